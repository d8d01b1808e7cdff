-- +goose Up
-- issue_copies: who is to have which copy of an issued paper, and the hash of the copy once it is made.
CREATE TABLE issue_copies (
    county_id INTEGER NOT NULL,
    id INTEGER NOT NULL CHECK (id BETWEEN 1 AND 4294967295),
    issue_id INTEGER NOT NULL,
    party_kind TEXT NOT NULL,
    party_id INTEGER NOT NULL,
    to_name TEXT NOT NULL,
    to_email TEXT NOT NULL,
    scope TEXT NOT NULL CHECK (scope IN ('all', 'own')),
    mark INTEGER NOT NULL CHECK (mark IN (0, 1)),
    args TEXT NOT NULL,
    pdf_sha256 TEXT NOT NULL,
    made_at TEXT NOT NULL CHECK (length(made_at) IN (0, 27)),
    PRIMARY KEY (county_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX issue_copies_reader ON issue_copies (county_id, issue_id, party_kind, party_id);
CREATE INDEX issue_copies_pdf ON issue_copies (county_id, pdf_sha256);

-- +goose StatementBegin
CREATE TRIGGER issue_copies_stay BEFORE DELETE ON issue_copies BEGIN SELECT RAISE(ABORT, 'anfang:store.no_delete'); END;
-- +goose StatementEnd
