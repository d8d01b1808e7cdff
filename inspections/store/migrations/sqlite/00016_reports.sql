-- +goose Up
-- township_reports: what townships told of absence, non-release and the like, with its receipt and the opinion.
CREATE TABLE township_reports (
    county_id INTEGER NOT NULL,
    id INTEGER NOT NULL CHECK (id BETWEEN 1 AND 4294967295),
    number TEXT NOT NULL,
    township_id INTEGER NOT NULL,
    team_id INTEGER NOT NULL,
    member_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    how TEXT NOT NULL CHECK (how IN ('page', 'file', 'paper', 'phone')),
    "at" TEXT NOT NULL CHECK (length("at") IN (0, 27)),
    discovered_on TEXT NOT NULL CHECK (length(discovered_on) IN (0, 10)),
    received_at TEXT NOT NULL CHECK (length(received_at) IN (0, 27)),
    recorded_at TEXT NOT NULL CHECK (length(recorded_at) IN (0, 27)),
    by_user INTEGER NOT NULL,
    what TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    prompt INTEGER NOT NULL CHECK (prompt IN (0, 1)),
    case_id INTEGER NOT NULL,
    opinion TEXT NOT NULL,
    opinion_at TEXT NOT NULL CHECK (length(opinion_at) IN (0, 27)),
    opinion_by INTEGER NOT NULL,
    PRIMARY KEY (county_id, id),
    UNIQUE (county_id, number),
    FOREIGN KEY (county_id, township_id) REFERENCES townships (county_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX township_reports_township_id ON township_reports (county_id, township_id);

-- +goose StatementBegin
CREATE TRIGGER township_reports_stay BEFORE DELETE ON township_reports BEGIN SELECT RAISE(ABORT, 'anfang:store.no_delete'); END;
-- +goose StatementEnd
