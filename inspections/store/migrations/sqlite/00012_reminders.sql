-- +goose Up
-- reminders: who was reminded of an obligation, when and by which letter; each stage once.
CREATE TABLE reminders (
    county_id INTEGER NOT NULL,
    obligation_id INTEGER NOT NULL,
    stage TEXT NOT NULL CHECK (stage IN ('before', 'at', 'after', 'raised')),
    round INTEGER NOT NULL,
    due_at TEXT NOT NULL CHECK (length(due_at) IN (0, 27)),
    reader TEXT NOT NULL,
    name TEXT NOT NULL,
    letter_key TEXT NOT NULL,
    "at" TEXT NOT NULL CHECK (length("at") IN (0, 27)),
    PRIMARY KEY (county_id, obligation_id, stage, round, due_at, reader),
    FOREIGN KEY (county_id, obligation_id) REFERENCES obligations (county_id, id)
) STRICT, WITHOUT ROWID;

-- +goose StatementBegin
CREATE TRIGGER reminders_stay BEFORE DELETE ON reminders BEGIN SELECT RAISE(ABORT, 'anfang:store.no_delete'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER reminders_sealed BEFORE UPDATE ON reminders BEGIN SELECT RAISE(ABORT, 'anfang:store.sealed'); END;
-- +goose StatementEnd
