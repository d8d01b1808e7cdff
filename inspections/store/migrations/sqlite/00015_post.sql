-- +goose Up
-- What people decide about letters: asked for again, sent to another address, stopped, received.
ALTER TABLE letters ADD COLUMN asked_at TEXT NOT NULL DEFAULT '' CHECK (length(asked_at) IN (0, 27));
ALTER TABLE letters ADD COLUMN replaces_id INTEGER NOT NULL DEFAULT 0;
CREATE INDEX letters_party ON letters (county_id, party_kind, party_id, id);

-- dead_addresses: where nobody is, as a mail server said, until a person lifts it.
CREATE TABLE dead_addresses (
    county_id INTEGER NOT NULL,
    id INTEGER NOT NULL CHECK (id BETWEEN 1 AND 4294967295),
    address TEXT NOT NULL,
    letter_id INTEGER NOT NULL,
    answer TEXT NOT NULL,
    since_at TEXT NOT NULL CHECK (length(since_at) IN (0, 27)),
    lifted_at TEXT NOT NULL CHECK (length(lifted_at) IN (0, 27)),
    lifted_by TEXT NOT NULL,
    PRIMARY KEY (county_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX dead_addresses_address ON dead_addresses (county_id, address) WHERE lifted_at = '';

-- letter_receipts: a reader's own word that a letter arrived.
CREATE TABLE letter_receipts (
    county_id INTEGER NOT NULL,
    letter_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    received_at TEXT NOT NULL CHECK (length(received_at) IN (0, 27)),
    PRIMARY KEY (county_id, letter_id),
    FOREIGN KEY (county_id, letter_id) REFERENCES letters (county_id, id)
) STRICT, WITHOUT ROWID;

-- +goose StatementBegin
CREATE TRIGGER dead_addresses_stay BEFORE DELETE ON dead_addresses BEGIN SELECT RAISE(ABORT, 'anfang:store.no_delete'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER letter_receipts_stay BEFORE DELETE ON letter_receipts BEGIN SELECT RAISE(ABORT, 'anfang:store.no_delete'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER letter_receipts_sealed BEFORE UPDATE ON letter_receipts BEGIN SELECT RAISE(ABORT, 'anfang:store.sealed'); END;
-- +goose StatementEnd
