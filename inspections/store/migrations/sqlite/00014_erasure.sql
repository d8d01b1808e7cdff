-- +goose Up
-- Lawful erasure: the salts of what the journal commits to, and bytes that were destroyed.

-- journal_salts: of records that commit to words; destroyed when the words are erased.
CREATE TABLE journal_salts (
    county_id INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    salt TEXT NOT NULL CHECK (length(salt) IN (0, 32)),
    erased_at TEXT NOT NULL CHECK (length(erased_at) IN (0, 27)),
    PRIMARY KEY (county_id, seq),
    FOREIGN KEY (county_id, seq) REFERENCES journal (county_id, seq)
) STRICT, WITHOUT ROWID;

ALTER TABLE blobs ADD COLUMN erased_at TEXT NOT NULL DEFAULT '' CHECK (length(erased_at) IN (0, 27));

-- +goose StatementBegin
CREATE TRIGGER journal_salts_stay BEFORE DELETE ON journal_salts BEGIN SELECT RAISE(ABORT, 'anfang:store.no_delete'); END;
-- +goose StatementEnd
-- A salt is destroyed once, and never comes back.
-- +goose StatementBegin
CREATE TRIGGER journal_salts_sealed BEFORE UPDATE ON journal_salts
WHEN NOT (OLD.salt <> '' AND NEW.salt = '' AND OLD.erased_at = '' AND NEW.erased_at <> '' AND NEW.county_id = OLD.county_id AND NEW.seq = OLD.seq)
BEGIN SELECT RAISE(ABORT, 'anfang:store.sealed'); END;
-- +goose StatementEnd

-- Of an act only the words may go.
DROP TRIGGER case_acts_sealed;
-- +goose StatementBegin
CREATE TRIGGER case_acts_sealed BEFORE UPDATE ON case_acts
WHEN NOT (NEW.text = '■■■' AND NEW.person = '' AND NEW.body = '' AND NEW.outcome = ''
    AND NEW.county_id = OLD.county_id AND NEW.case_id = OLD.case_id AND NEW.seq = OLD.seq AND NEW.branch_seq = OLD.branch_seq
    AND NEW.kind = OLD.kind AND NEW."at" = OLD."at" AND NEW.by_user = OLD.by_user AND NEW.second_user = OLD.second_user
    AND NEW.answers = OLD.answers AND NEW.measure_id = OLD.measure_id AND NEW.member_id = OLD.member_id
    AND NEW.sha256 = OLD.sha256 AND NEW.due_at = OLD.due_at)
BEGIN SELECT RAISE(ABORT, 'anfang:store.sealed'); END;
-- +goose StatementEnd
