-- +goose Up
-- Which body approved a leave; '' where nothing told.
ALTER TABLE leaves ADD COLUMN approved_by plain NOT NULL DEFAULT '' CHECK (approved_by IN ('', 'unit', 'township', 'county'));
