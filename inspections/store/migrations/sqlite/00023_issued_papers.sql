-- +goose Up
-- issued_papers: rectification notices, notices of recall and yearly reports as they left, each with its number.
CREATE TABLE issued_papers (
    county_id INTEGER NOT NULL,
    id INTEGER NOT NULL CHECK (id BETWEEN 1 AND 4294967295),
    kind TEXT NOT NULL CHECK (kind IN ('rectify', 'recall', 'year')),
    form TEXT NOT NULL,
    subject TEXT NOT NULL,
    letter INTEGER NOT NULL CHECK (letter IN (0, 1)),
    party_kind TEXT NOT NULL,
    party_id INTEGER NOT NULL,
    to_name TEXT NOT NULL,
    title TEXT NOT NULL,
    prefix TEXT NOT NULL,
    number_year INTEGER NOT NULL,
    number INTEGER NOT NULL CHECK (number > 0),
    signed_by TEXT NOT NULL,
    issued_at TEXT NOT NULL CHECK (length(issued_at) IN (0, 27)),
    due_on TEXT NOT NULL CHECK (length(due_on) IN (0, 10)),
    replaces_id INTEGER NOT NULL,
    reason TEXT NOT NULL,
    pdf_sha256 TEXT NOT NULL,
    PRIMARY KEY (county_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX issued_papers_number ON issued_papers (county_id, prefix, number_year, number);
CREATE UNIQUE INDEX issued_papers_once ON issued_papers (county_id, subject, kind, form, replaces_id);
CREATE INDEX issued_papers_pdf ON issued_papers (county_id, pdf_sha256);

-- +goose StatementBegin
CREATE TRIGGER issued_papers_stay BEFORE DELETE ON issued_papers BEGIN SELECT RAISE(ABORT, 'anfang:store.no_delete'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER issued_papers_sealed BEFORE UPDATE ON issued_papers BEGIN SELECT RAISE(ABORT, 'anfang:store.sealed'); END;
-- +goose StatementEnd
