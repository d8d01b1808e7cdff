-- +goose Up
-- Townships that went up in another, and the teams that came along.
ALTER TABLE townships ADD COLUMN until_day TEXT NOT NULL DEFAULT '' CHECK (length(until_day) IN (0, 10));
ALTER TABLE townships ADD COLUMN into_id INTEGER NOT NULL DEFAULT 0;

-- team_moves: from when a team belongs to which township, and to which it belonged before.
CREATE TABLE team_moves (
    county_id INTEGER NOT NULL,
    id INTEGER NOT NULL CHECK (id BETWEEN 1 AND 4294967295),
    team_id INTEGER NOT NULL,
    township_id INTEGER NOT NULL,
    was_id INTEGER NOT NULL,
    from_day TEXT NOT NULL CHECK (length(from_day) IN (0, 10)),
    recorded_at TEXT NOT NULL CHECK (length(recorded_at) IN (0, 27)),
    PRIMARY KEY (county_id, id),
    FOREIGN KEY (county_id, team_id) REFERENCES teams (county_id, id),
    FOREIGN KEY (county_id, township_id) REFERENCES townships (county_id, id),
    FOREIGN KEY (county_id, was_id) REFERENCES townships (county_id, id)
) STRICT, WITHOUT ROWID;

-- +goose StatementBegin
CREATE TRIGGER team_moves_stay BEFORE DELETE ON team_moves BEGIN SELECT RAISE(ABORT, 'anfang:store.no_delete'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER team_moves_sealed BEFORE UPDATE ON team_moves BEGIN SELECT RAISE(ABORT, 'anfang:store.sealed'); END;
-- +goose StatementEnd
