-- +goose Up
-- fact_answers: what those concerned said to a drafted bulletin, and how it was weighed (事实核对).
CREATE TABLE fact_answers (
    county_id INTEGER NOT NULL,
    id INTEGER NOT NULL CHECK (id BETWEEN 1 AND 4294967295),
    month TEXT NOT NULL,
    party_kind TEXT NOT NULL,
    party_id INTEGER NOT NULL,
    text TEXT NOT NULL,
    weighed TEXT NOT NULL CHECK (weighed IN ('', 'adopted', 'partly', 'rejected')),
    reason TEXT NOT NULL,
    given_by TEXT NOT NULL,
    given_at TEXT NOT NULL CHECK (length(given_at) IN (0, 27)),
    PRIMARY KEY (county_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX fact_answers_month ON fact_answers (county_id, month);

-- +goose StatementBegin
CREATE TRIGGER fact_answers_stay BEFORE DELETE ON fact_answers BEGIN SELECT RAISE(ABORT, 'anfang:store.no_delete'); END;
-- +goose StatementEnd
