-- +goose Up
-- problem_kinds: dated lines of the kinds of problem that a case can be about, each with its clause.
CREATE TABLE problem_kinds (
    county_id INTEGER NOT NULL,
    seq INTEGER NOT NULL CHECK (seq BETWEEN 1 AND 4294967295),
    kind TEXT NOT NULL,
    clause TEXT NOT NULL,
    told INTEGER NOT NULL CHECK (told IN (0, 1)),
    retired INTEGER NOT NULL CHECK (retired IN (0, 1)),
    from_day TEXT NOT NULL CHECK (length(from_day) IN (0, 10)),
    recorded_at TEXT NOT NULL CHECK (length(recorded_at) IN (0, 27)),
    PRIMARY KEY (county_id, seq)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER problem_kinds_stay BEFORE DELETE ON problem_kinds BEGIN SELECT RAISE(ABORT, 'anfang:store.no_delete'); END;
CREATE TRIGGER problem_kinds_sealed BEFORE UPDATE ON problem_kinds BEGIN SELECT RAISE(ABORT, 'anfang:store.sealed'); END;
