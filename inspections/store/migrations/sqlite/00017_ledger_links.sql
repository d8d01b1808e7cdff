-- +goose Up
-- The links of sign_ins are checked by statement on PostgreSQL; SQLite's own check of each row is cheap.
SELECT 1;
