-- +goose Up
-- A case file reads the records of its own matter: without an index it would read the whole chain.
CREATE INDEX journal_subject ON journal (county_id, subject, seq);

