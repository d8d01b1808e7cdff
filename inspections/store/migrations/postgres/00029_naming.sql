-- +goose Up
-- name_questions: rows of an import of which nobody could tell whom they mean, one for each spelling.
CREATE TABLE name_questions (
    county_id BIGINT NOT NULL,
    id numbered NOT NULL,
    import_id BIGINT NOT NULL,
    name plain NOT NULL CHECK (name <> ''),
    township plain NOT NULL,
    village plain NOT NULL,
    phone plain NOT NULL,
    "key" plain NOT NULL,
    row_count BIGINT NOT NULL,
    sheet plain NOT NULL,
    first_row BIGINT NOT NULL,
    settled_at instant NOT NULL,
    PRIMARY KEY (county_id, id),
    FOREIGN KEY (county_id, import_id) REFERENCES imports (county_id, id)
);
CREATE INDEX name_questions_name ON name_questions (county_id, name);
CREATE INDEX name_questions_import_id ON name_questions (county_id, import_id);

-- name_answers: whom a spelling means, as a person said; the newest of a spelling holds.
CREATE TABLE name_answers (
    county_id BIGINT NOT NULL,
    id numbered NOT NULL,
    name plain NOT NULL CHECK (name <> ''),
    township plain NOT NULL,
    village plain NOT NULL,
    phone plain NOT NULL,
    verdict plain NOT NULL CHECK (verdict IN ('member', 'not_ours', 'open')),
    member_id BIGINT NOT NULL CHECK ((member_id > 0) = (verdict = 'member')),
    given_by plain NOT NULL,
    recorded_at instant NOT NULL,
    superseded_by BIGINT NOT NULL CHECK (superseded_by = 0 OR superseded_by > id),
    PRIMARY KEY (county_id, id)
);

-- import_files: what an import with questions was read from.
CREATE TABLE import_files (
    county_id BIGINT NOT NULL,
    import_id BIGINT NOT NULL,
    origin_id BIGINT NOT NULL,
    sha256 plain NOT NULL,
    name plain NOT NULL,
    month plain NOT NULL,
    told plain NOT NULL,
    PRIMARY KEY (county_id, import_id),
    FOREIGN KEY (county_id, import_id) REFERENCES imports (county_id, id)
);
CREATE INDEX import_files_sha256 ON import_files (county_id, sha256);

-- The answer by which a row was credited; 0 where it says itself whom it means.
ALTER TABLE sign_ins ADD COLUMN answer_id BIGINT NOT NULL DEFAULT 0;
ALTER TABLE leaves ADD COLUMN answer_id BIGINT NOT NULL DEFAULT 0;

CREATE TRIGGER name_questions_sealed BEFORE UPDATE ON name_questions FOR EACH ROW
WHEN (NOT (NEW.county_id = OLD.county_id AND NEW.id = OLD.id AND NEW.import_id = OLD.import_id AND NEW.name = OLD.name
    AND NEW.township = OLD.township AND NEW.village = OLD.village AND NEW.phone = OLD.phone AND NEW."key" = OLD."key"
    AND NEW.row_count = OLD.row_count AND NEW.sheet = OLD.sheet AND NEW.first_row = OLD.first_row))
EXECUTE FUNCTION anfang_sealed();
CREATE TRIGGER name_answers_sealed BEFORE UPDATE ON name_answers FOR EACH ROW
WHEN (NOT (OLD.superseded_by = 0 AND NEW.county_id = OLD.county_id AND NEW.id = OLD.id AND NEW.name = OLD.name
    AND NEW.township = OLD.township AND NEW.village = OLD.village AND NEW.phone = OLD.phone AND NEW.verdict = OLD.verdict
    AND NEW.member_id = OLD.member_id AND NEW.given_by = OLD.given_by AND NEW.recorded_at = OLD.recorded_at))
EXECUTE FUNCTION anfang_sealed();
CREATE TRIGGER import_files_sealed BEFORE UPDATE ON import_files FOR EACH ROW EXECUTE FUNCTION anfang_sealed();

-- +goose StatementBegin
DO $$
DECLARE t TEXT;
BEGIN
    FOREACH t IN ARRAY ARRAY['name_questions', 'name_answers', 'import_files'] LOOP
        EXECUTE format('CREATE TRIGGER %I BEFORE DELETE ON %I FOR EACH ROW EXECUTE FUNCTION anfang_no_delete()', t || '_stay', t);
        EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION anfang_no_delete()', t || '_whole', t);
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
        EXECUTE format('CREATE POLICY one_county ON %I USING (county_id = CAST(NULLIF(current_setting(''anfang.county'', true), '''') AS BIGINT))', t);
    END LOOP;
END
$$;
-- +goose StatementEnd
