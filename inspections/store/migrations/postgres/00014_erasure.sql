-- +goose Up
-- Lawful erasure: the salts of what the journal commits to, and bytes that were destroyed.

-- journal_salts: of records that commit to words; destroyed when the words are erased.
CREATE TABLE journal_salts (
    county_id BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    salt plain NOT NULL CHECK (length(salt) IN (0, 32)),
    erased_at instant NOT NULL,
    PRIMARY KEY (county_id, seq),
    FOREIGN KEY (county_id, seq) REFERENCES journal (county_id, seq)
);

ALTER TABLE blobs ADD COLUMN erased_at instant NOT NULL DEFAULT '';

-- +goose StatementBegin
DO $$
DECLARE t TEXT := 'journal_salts';
BEGIN
    EXECUTE format('CREATE TRIGGER %I BEFORE DELETE ON %I FOR EACH ROW EXECUTE FUNCTION anfang_no_delete()', t || '_stay', t);
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION anfang_no_delete()', t || '_whole', t);
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY one_county ON %I USING (county_id = CAST(NULLIF(current_setting(''anfang.county'', true), '''') AS BIGINT))', t);
END
$$;
-- +goose StatementEnd
-- A salt is destroyed once, and never comes back.
CREATE TRIGGER journal_salts_sealed BEFORE UPDATE ON journal_salts FOR EACH ROW
WHEN (NOT (OLD.salt <> '' AND NEW.salt = '' AND OLD.erased_at = '' AND NEW.erased_at <> '' AND NEW.county_id = OLD.county_id AND NEW.seq = OLD.seq))
EXECUTE FUNCTION anfang_sealed();

-- Of an act only the words may go.
DROP TRIGGER case_acts_sealed ON case_acts;
CREATE TRIGGER case_acts_sealed BEFORE UPDATE ON case_acts FOR EACH ROW
WHEN (NOT (NEW.text = '■■■' AND NEW.person = '' AND NEW.body = '' AND NEW.outcome = ''
    AND NEW.county_id = OLD.county_id AND NEW.case_id = OLD.case_id AND NEW.seq = OLD.seq AND NEW.branch_seq = OLD.branch_seq
    AND NEW.kind = OLD.kind AND NEW."at" = OLD."at" AND NEW.by_user = OLD.by_user AND NEW.second_user = OLD.second_user
    AND NEW.answers = OLD.answers AND NEW.measure_id = OLD.measure_id AND NEW.member_id = OLD.member_id
    AND NEW.sha256 = OLD.sha256 AND NEW.due_at = OLD.due_at))
EXECUTE FUNCTION anfang_sealed();
