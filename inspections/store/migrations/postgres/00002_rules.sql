-- +goose Up
-- What no program may do to the records, whichever way it comes.

-- Nothing recorded is deleted; sessions end.
-- +goose StatementBegin
CREATE FUNCTION anfang_no_delete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'anfang:store.no_delete';
END
$$;
-- +goose StatementEnd
-- +goose StatementBegin
DO $$
DECLARE t TEXT;
BEGIN
    FOREACH t IN ARRAY ARRAY[
        'townships', 'units', 'teams', 'team_units', 'members', 'postings', 'holders', 'inspectors',
        'settings', 'imports', 'sign_ins', 'leaves', 'blobs', 'visits', 'attendances', 'checks',
        'evidence', 'findings', 'cases', 'branches', 'measures', 'obligations', 'letters', 'issues',
        'standing_sign_offs', 'runs', 'freezes', 'slots', 'exceptions', 'anchors', 'users', 'journal'
    ] LOOP
        EXECUTE format('CREATE TRIGGER %I BEFORE DELETE ON %I FOR EACH ROW EXECUTE FUNCTION anfang_no_delete()', t || '_stay', t);
        EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION anfang_no_delete()', t || '_whole', t);
    END LOOP;
END
$$;
-- +goose StatementEnd

-- The journal is written once.
-- +goose StatementBegin
CREATE FUNCTION anfang_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'anfang:store.sealed';
END
$$;
-- +goose StatementEnd
CREATE TRIGGER journal_sealed BEFORE UPDATE ON journal FOR EACH ROW EXECUTE FUNCTION anfang_sealed();

-- A row of slots is sealed; only its link is added, once.
CREATE TRIGGER slots_sealed BEFORE UPDATE ON slots FOR EACH ROW
WHEN (NOT (OLD.link = '' AND NEW.link <> ''
    AND NEW.county_id = OLD.county_id
    AND NEW.iso_year = OLD.iso_year
    AND NEW.iso_week = OLD.iso_week
    AND NEW.slot = OLD.slot
    AND NEW.outcome = OLD.outcome
    AND NEW.visit_id = OLD.visit_id
    AND NEW.released_at = OLD.released_at
    AND NEW."row" = OLD."row"))
EXECUTE FUNCTION anfang_sealed();

-- A row of freezes is sealed; only its coseed is added, once.
CREATE TRIGGER freezes_sealed BEFORE UPDATE ON freezes FOR EACH ROW
WHEN (NOT (OLD.coseed = '' AND NEW.coseed <> ''
    AND NEW.county_id = OLD.county_id
    AND NEW.iso_year = OLD.iso_year
    AND NEW.iso_week = OLD.iso_week
    AND NEW.body = OLD.body
    AND NEW.hash = OLD.hash
    AND NEW.late = OLD.late
    AND NEW.frozen_at = OLD.frozen_at))
EXECUTE FUNCTION anfang_sealed();

-- 3.6: a case closes when every investigation is concluded and every measure carried out, and stays so.
-- +goose StatementBegin
CREATE FUNCTION anfang_case_gate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state = 'closed' AND (TG_OP = 'INSERT' OR NEW.closed_at = ''
        OR NOT EXISTS (SELECT 1 FROM branches b WHERE b.county_id = NEW.county_id AND b.case_id = NEW.id)
        OR EXISTS (SELECT 1 FROM branches b WHERE b.county_id = NEW.county_id AND b.case_id = NEW.id AND b.state <> 'concluded')
        OR EXISTS (SELECT 1 FROM measures m WHERE m.county_id = NEW.county_id AND m.case_id = NEW.id AND m.executed_at = '')) THEN
        RAISE EXCEPTION 'anfang:case.gate';
    END IF;
    RETURN NEW;
END
$$;
-- +goose StatementEnd
CREATE TRIGGER cases_gate BEFORE INSERT OR UPDATE ON cases FOR EACH ROW EXECUTE FUNCTION anfang_case_gate();
-- +goose StatementBegin
CREATE FUNCTION anfang_branches_gate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state <> 'concluded' AND EXISTS (SELECT 1 FROM cases c WHERE c.county_id = NEW.county_id AND c.id = NEW.case_id AND c.state = 'closed') THEN
        RAISE EXCEPTION 'anfang:case.gate';
    END IF;
    RETURN NEW;
END
$$;
-- +goose StatementEnd
CREATE TRIGGER branches_gate BEFORE INSERT OR UPDATE ON branches FOR EACH ROW EXECUTE FUNCTION anfang_branches_gate();
-- +goose StatementBegin
CREATE FUNCTION anfang_measures_gate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.executed_at = '' AND EXISTS (SELECT 1 FROM cases c WHERE c.county_id = NEW.county_id AND c.id = NEW.case_id AND c.state = 'closed') THEN
        RAISE EXCEPTION 'anfang:case.gate';
    END IF;
    RETURN NEW;
END
$$;
-- +goose StatementEnd
CREATE TRIGGER measures_gate BEFORE INSERT OR UPDATE ON measures FOR EACH ROW EXECUTE FUNCTION anfang_measures_gate();

-- The second wall: without SET LOCAL anfang.county a plain role sees and writes no row, with it one county's.
-- +goose StatementBegin
DO $$
DECLARE t TEXT;
BEGIN
    FOREACH t IN ARRAY ARRAY[
        'counters', 'townships', 'units', 'teams', 'team_units', 'members', 'postings', 'holders',
        'inspectors', 'settings', 'imports', 'sign_ins', 'leaves', 'blobs', 'visits', 'attendances',
        'checks', 'evidence', 'findings', 'cases', 'branches', 'measures', 'obligations', 'letters',
        'issues', 'standing_sign_offs', 'runs', 'freezes', 'slots', 'exceptions', 'anchors', 'users',
        'sessions', 'journal'
    ] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
        EXECUTE format('CREATE POLICY one_county ON %I USING (county_id = CAST(NULLIF(current_setting(''anfang.county'', true), '''') AS BIGINT))', t);
    END LOOP;
END
$$;
-- +goose StatementEnd
