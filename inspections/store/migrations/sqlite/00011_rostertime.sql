-- +goose Up
-- The roster over time: names that a village, unit or township bore or was merged under; care for members;
-- what an obligation told by hand is about.

ALTER TABLE obligations ADD COLUMN about TEXT NOT NULL DEFAULT '';

-- aliases: former names, further villages of a team, and villages that were merged into one.
CREATE TABLE aliases (
    county_id INTEGER NOT NULL,
    id INTEGER NOT NULL CHECK (id BETWEEN 1 AND 4294967295),
    party_kind TEXT NOT NULL CHECK (party_kind IN ('team', 'unit', 'township')),
    party_id INTEGER NOT NULL,
    why TEXT NOT NULL CHECK (why IN ('renamed', 'linked', 'merged')),
    name TEXT NOT NULL,
    code TEXT NOT NULL,
    from_day TEXT NOT NULL CHECK (length(from_day) IN (0, 10)),
    until_day TEXT NOT NULL CHECK (length(until_day) IN (0, 10)),
    recorded_at TEXT NOT NULL CHECK (length(recorded_at) IN (0, 27)),
    PRIMARY KEY (county_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX aliases_party ON aliases (county_id, party_kind, party_id);

-- care: health checks, insurance and visits of sympathy that a unit gave a member (2.3).
CREATE TABLE care (
    county_id INTEGER NOT NULL,
    id INTEGER NOT NULL CHECK (id BETWEEN 1 AND 4294967295),
    member_id INTEGER NOT NULL,
    unit_id INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('health', 'insurance', 'sympathy')),
    day TEXT NOT NULL CHECK (length(day) IN (0, 10)),
    until_day TEXT NOT NULL CHECK (length(until_day) IN (0, 10)),
    note TEXT NOT NULL,
    given_by TEXT NOT NULL,
    recorded_at TEXT NOT NULL CHECK (length(recorded_at) IN (0, 27)),
    PRIMARY KEY (county_id, id),
    FOREIGN KEY (county_id, member_id) REFERENCES members (county_id, id),
    FOREIGN KEY (county_id, unit_id) REFERENCES units (county_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX care_day ON care (county_id, day);

-- Nothing recorded is deleted; care is never written over.
-- +goose StatementBegin
CREATE TRIGGER aliases_stay BEFORE DELETE ON aliases BEGIN SELECT RAISE(ABORT, 'anfang:store.no_delete'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER aliases_sealed BEFORE UPDATE ON aliases BEGIN SELECT RAISE(ABORT, 'anfang:store.sealed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER care_stay BEFORE DELETE ON care BEGIN SELECT RAISE(ABORT, 'anfang:store.no_delete'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER care_sealed BEFORE UPDATE ON care BEGIN SELECT RAISE(ABORT, 'anfang:store.sealed'); END;
-- +goose StatementEnd
