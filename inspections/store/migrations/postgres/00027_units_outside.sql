-- +goose Up
-- outside: the unit is not under the county and is written to by letter.
ALTER TABLE units ADD COLUMN outside BOOLEAN NOT NULL DEFAULT FALSE;
