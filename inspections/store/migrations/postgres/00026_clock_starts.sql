-- +goose Up
-- What sets a clock going, the first day that it counts, and its length in calendar days; '' and 0 for clocks of before.
ALTER TABLE obligations ADD COLUMN length BIGINT NOT NULL DEFAULT 0;
ALTER TABLE obligations ADD COLUMN starts plain NOT NULL DEFAULT '';
ALTER TABLE obligations ADD COLUMN first_day plain NOT NULL DEFAULT '' CHECK (first_day IN ('', 'next_day', 'same_day', 'next_workday'));
