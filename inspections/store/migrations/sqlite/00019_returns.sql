-- +goose Up
-- letter_returns: what a mail that came back to the office said of a letter, once for each mail.
CREATE TABLE letter_returns (
    county_id INTEGER NOT NULL,
    notice TEXT NOT NULL CHECK (length(notice) = 64),
    letter_id INTEGER NOT NULL,
    status TEXT NOT NULL,
    answer TEXT NOT NULL,
    read_at TEXT NOT NULL CHECK (length(read_at) IN (0, 27)),
    PRIMARY KEY (county_id, notice, letter_id),
    FOREIGN KEY (county_id, letter_id) REFERENCES letters (county_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX letters_message ON letters (county_id, message_id);

-- +goose StatementBegin
CREATE TRIGGER letter_returns_stay BEFORE DELETE ON letter_returns BEGIN SELECT RAISE(ABORT, 'anfang:store.no_delete'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER letter_returns_sealed BEFORE UPDATE ON letter_returns BEGIN SELECT RAISE(ABORT, 'anfang:store.sealed'); END;
-- +goose StatementEnd
