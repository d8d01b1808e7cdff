-- +goose Up
-- outside: the unit is not under the county and is written to by letter.
ALTER TABLE units ADD COLUMN outside INTEGER NOT NULL DEFAULT 0 CHECK (outside IN (0, 1));
