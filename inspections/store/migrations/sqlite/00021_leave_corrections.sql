-- +goose Up
-- The leave that a later list corrects; 0 where it corrects none. Both stay on record, the later counts.
ALTER TABLE leaves ADD COLUMN replaces INTEGER NOT NULL DEFAULT 0 CHECK (replaces >= 0 AND replaces < id);
CREATE INDEX leaves_replaces ON leaves (county_id, replaces) WHERE replaces > 0;
