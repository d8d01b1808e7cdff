-- +goose Up
-- name_questions: rows of an import of which nobody could tell whom they mean, one for each spelling.
CREATE TABLE name_questions (
    county_id INTEGER NOT NULL,
    id INTEGER NOT NULL CHECK (id BETWEEN 1 AND 4294967295),
    import_id INTEGER NOT NULL,
    name TEXT NOT NULL CHECK (name <> ''),
    township TEXT NOT NULL,
    village TEXT NOT NULL,
    phone TEXT NOT NULL,
    "key" TEXT NOT NULL,
    row_count INTEGER NOT NULL,
    sheet TEXT NOT NULL,
    first_row INTEGER NOT NULL,
    settled_at TEXT NOT NULL CHECK (length(settled_at) IN (0, 27)),
    PRIMARY KEY (county_id, id),
    FOREIGN KEY (county_id, import_id) REFERENCES imports (county_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX name_questions_name ON name_questions (county_id, name);
CREATE INDEX name_questions_import_id ON name_questions (county_id, import_id);

-- name_answers: whom a spelling means, as a person said; the newest of a spelling holds.
CREATE TABLE name_answers (
    county_id INTEGER NOT NULL,
    id INTEGER NOT NULL CHECK (id BETWEEN 1 AND 4294967295),
    name TEXT NOT NULL CHECK (name <> ''),
    township TEXT NOT NULL,
    village TEXT NOT NULL,
    phone TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('member', 'not_ours', 'open')),
    member_id INTEGER NOT NULL CHECK ((member_id > 0) = (verdict = 'member')),
    given_by TEXT NOT NULL,
    recorded_at TEXT NOT NULL CHECK (length(recorded_at) IN (0, 27)),
    superseded_by INTEGER NOT NULL CHECK (superseded_by = 0 OR superseded_by > id),
    PRIMARY KEY (county_id, id)
) STRICT, WITHOUT ROWID;

-- import_files: what an import with questions was read from.
CREATE TABLE import_files (
    county_id INTEGER NOT NULL,
    import_id INTEGER NOT NULL,
    origin_id INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    name TEXT NOT NULL,
    month TEXT NOT NULL,
    told TEXT NOT NULL,
    PRIMARY KEY (county_id, import_id),
    FOREIGN KEY (county_id, import_id) REFERENCES imports (county_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX import_files_sha256 ON import_files (county_id, sha256);

-- The answer by which a row was credited; 0 where it says itself whom it means.
ALTER TABLE sign_ins ADD COLUMN answer_id INTEGER NOT NULL DEFAULT 0;
ALTER TABLE leaves ADD COLUMN answer_id INTEGER NOT NULL DEFAULT 0;

-- +goose StatementBegin
CREATE TRIGGER name_questions_stay BEFORE DELETE ON name_questions BEGIN SELECT RAISE(ABORT, 'anfang:store.no_delete'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER name_questions_sealed BEFORE UPDATE ON name_questions
WHEN NOT (NEW.county_id = OLD.county_id AND NEW.id = OLD.id AND NEW.import_id = OLD.import_id AND NEW.name = OLD.name
    AND NEW.township = OLD.township AND NEW.village = OLD.village AND NEW.phone = OLD.phone AND NEW."key" = OLD."key"
    AND NEW.row_count = OLD.row_count AND NEW.sheet = OLD.sheet AND NEW.first_row = OLD.first_row)
BEGIN SELECT RAISE(ABORT, 'anfang:store.sealed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER name_answers_stay BEFORE DELETE ON name_answers BEGIN SELECT RAISE(ABORT, 'anfang:store.no_delete'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER name_answers_sealed BEFORE UPDATE ON name_answers
WHEN NOT (OLD.superseded_by = 0 AND NEW.county_id = OLD.county_id AND NEW.id = OLD.id AND NEW.name = OLD.name
    AND NEW.township = OLD.township AND NEW.village = OLD.village AND NEW.phone = OLD.phone AND NEW.verdict = OLD.verdict
    AND NEW.member_id = OLD.member_id AND NEW.given_by = OLD.given_by AND NEW.recorded_at = OLD.recorded_at)
BEGIN SELECT RAISE(ABORT, 'anfang:store.sealed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER import_files_stay BEFORE DELETE ON import_files BEGIN SELECT RAISE(ABORT, 'anfang:store.no_delete'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER import_files_sealed BEFORE UPDATE ON import_files BEGIN SELECT RAISE(ABORT, 'anfang:store.sealed'); END;
-- +goose StatementEnd
