-- +goose Up
-- judgements: grades and townships' opinions of the yearly assessment; a change is a new row, only words may be erased.
CREATE TABLE judgements (
    county_id INTEGER NOT NULL,
    id INTEGER NOT NULL CHECK (id BETWEEN 1 AND 4294967295),
    year INTEGER NOT NULL,
    party_kind TEXT NOT NULL CHECK (party_kind IN ('member', 'team', 'unit')),
    party_id INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('opinion', 'grade')),
    township_id INTEGER NOT NULL,
    grade TEXT NOT NULL CHECK (grade IN ('', 'excellent', 'competent', 'basic', 'failed')),
    text TEXT NOT NULL,
    given_by TEXT NOT NULL,
    recorded_at TEXT NOT NULL CHECK (length(recorded_at) IN (0, 27)),
    PRIMARY KEY (county_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX judgements_year ON judgements (county_id, year);

-- +goose StatementBegin
CREATE TRIGGER judgements_stay BEFORE DELETE ON judgements BEGIN SELECT RAISE(ABORT, 'anfang:store.no_delete'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER judgements_sealed BEFORE UPDATE ON judgements
WHEN NOT (NEW.text = '■■■' AND NEW.county_id = OLD.county_id AND NEW.id = OLD.id AND NEW.year = OLD.year AND NEW.party_kind = OLD.party_kind
    AND NEW.party_id = OLD.party_id AND NEW.kind = OLD.kind AND NEW.township_id = OLD.township_id AND NEW.grade = OLD.grade
    AND NEW.given_by = OLD.given_by AND NEW.recorded_at = OLD.recorded_at)
BEGIN SELECT RAISE(ABORT, 'anfang:store.sealed'); END;
-- +goose StatementEnd
