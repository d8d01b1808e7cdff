-- +goose Up
-- What a case file must show beside the branches: every act of a case in order, the table of powers and
-- proposals, the ledger of rectification, and what became of a clock.

ALTER TABLE measures ADD COLUMN proposed plain NOT NULL DEFAULT '';
ALTER TABLE measures ADD COLUMN reason plain NOT NULL DEFAULT '';
ALTER TABLE measures ADD COLUMN authority plain NOT NULL DEFAULT '';
ALTER TABLE measures ADD COLUMN decided_by BIGINT NOT NULL DEFAULT 0;
ALTER TABLE obligations ADD COLUMN first_due_at instant NOT NULL DEFAULT '';
ALTER TABLE obligations ADD COLUMN extended_by BIGINT NOT NULL DEFAULT 0;
ALTER TABLE obligations ADD COLUMN workdays BIGINT NOT NULL DEFAULT 0;
ALTER TABLE obligations ADD COLUMN counted plain NOT NULL DEFAULT '';

-- case_acts: what was done in a case, in order; written once.
CREATE TABLE case_acts (
    county_id BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    seq numbered NOT NULL,
    branch_seq BIGINT NOT NULL,
    kind plain NOT NULL,
    "at" instant NOT NULL,
    by_user BIGINT NOT NULL,
    second_user BIGINT NOT NULL,
    answers BIGINT NOT NULL,
    measure_id BIGINT NOT NULL,
    member_id BIGINT NOT NULL,
    person plain NOT NULL,
    body plain NOT NULL,
    text plain NOT NULL,
    outcome plain NOT NULL,
    sha256 plain NOT NULL,
    due_at instant NOT NULL,
    PRIMARY KEY (county_id, case_id, seq),
    FOREIGN KEY (county_id, case_id) REFERENCES cases (county_id, id)
);

-- case_rules: dated lines that say who may do what and which measure is proposed.
CREATE TABLE case_rules (
    county_id BIGINT NOT NULL,
    seq numbered NOT NULL,
    what plain NOT NULL CHECK (what IN ('start', 'measure', 'propose')),
    side plain NOT NULL CHECK (side IN ('township', 'unit', 'member')),
    kind plain NOT NULL,
    times BIGINT NOT NULL,
    measure plain NOT NULL,
    body plain NOT NULL,
    basis plain NOT NULL,
    from_day day NOT NULL,
    recorded_at instant NOT NULL,
    PRIMARY KEY (county_id, seq)
);

-- rectifications: the ledger of what must be put right; a line closes when somebody verified it.
CREATE TABLE rectifications (
    county_id BIGINT NOT NULL,
    id numbered NOT NULL,
    case_id BIGINT NOT NULL,
    finding_id BIGINT NOT NULL,
    party_kind plain NOT NULL,
    party_id BIGINT NOT NULL,
    problem plain NOT NULL,
    clause plain NOT NULL,
    action plain NOT NULL,
    person plain NOT NULL,
    times BIGINT NOT NULL,
    opened_at instant NOT NULL,
    due_at instant NOT NULL,
    reported_at instant NOT NULL,
    proof plain NOT NULL,
    proof_sha256 plain NOT NULL,
    visit_id BIGINT NOT NULL,
    verified_at instant NOT NULL,
    verified_by BIGINT NOT NULL,
    how plain NOT NULL,
    PRIMARY KEY (county_id, id)
);
CREATE INDEX rectifications_verified_at_due_at ON rectifications (county_id, verified_at, due_at);

-- Acts and rules are written once; nothing is deleted.
-- +goose StatementBegin
DO $$
DECLARE t TEXT;
BEGIN
    FOREACH t IN ARRAY ARRAY['case_acts', 'case_rules', 'rectifications'] LOOP
        EXECUTE format('CREATE TRIGGER %I BEFORE DELETE ON %I FOR EACH ROW EXECUTE FUNCTION anfang_no_delete()', t || '_stay', t);
        EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION anfang_no_delete()', t || '_whole', t);
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
        EXECUTE format('CREATE POLICY one_county ON %I USING (county_id = CAST(NULLIF(current_setting(''anfang.county'', true), '''') AS BIGINT))', t);
    END LOOP;
END
$$;
-- +goose StatementEnd
CREATE TRIGGER case_acts_sealed BEFORE UPDATE ON case_acts FOR EACH ROW EXECUTE FUNCTION anfang_sealed();
CREATE TRIGGER case_rules_sealed BEFORE UPDATE ON case_rules FOR EACH ROW EXECUTE FUNCTION anfang_sealed();

-- A case that handed something over waits for the receipt.
-- +goose StatementBegin
CREATE FUNCTION anfang_handover_gate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state = 'closed' AND EXISTS (SELECT 1 FROM case_acts a WHERE a.county_id = NEW.county_id AND a.case_id = NEW.id AND a.kind = 'handover'
        AND NOT EXISTS (SELECT 1 FROM case_acts r WHERE r.county_id = a.county_id AND r.case_id = a.case_id AND r.kind = 'receipt' AND r.answers = a.seq)) THEN
        RAISE EXCEPTION 'anfang:case.gate';
    END IF;
    RETURN NEW;
END
$$;
-- +goose StatementEnd
CREATE TRIGGER cases_gate_handover BEFORE UPDATE ON cases FOR EACH ROW EXECUTE FUNCTION anfang_handover_gate();

-- A line of the ledger is closed by somebody who says how it was verified, after it was reported, and stays so.
-- +goose StatementBegin
CREATE FUNCTION anfang_rectify_gate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.verified_at <> '' THEN
            RAISE EXCEPTION 'anfang:rectify.gate';
        END IF;
    ELSIF OLD.verified_at <> '' OR (NEW.verified_at <> '' AND (NEW.reported_at = '' OR NEW.how = '')) THEN
        RAISE EXCEPTION 'anfang:rectify.gate';
    END IF;
    RETURN NEW;
END
$$;
-- +goose StatementEnd
CREATE TRIGGER rectifications_gate BEFORE INSERT OR UPDATE ON rectifications FOR EACH ROW EXECUTE FUNCTION anfang_rectify_gate();
