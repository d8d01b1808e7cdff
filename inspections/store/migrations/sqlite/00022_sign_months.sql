-- +goose Up
-- sign_months: the counting days of a month of a block of members, made from sign_ins in the transaction of each
-- import, so that a year can be read at once. A month that has no row here is read from sign_ins.
CREATE TABLE sign_months (
    county_id INTEGER NOT NULL,
    month TEXT NOT NULL CHECK (length(month) = 7),
    block INTEGER NOT NULL,
    days TEXT NOT NULL,
    PRIMARY KEY (county_id, month, block)
) STRICT;

-- +goose StatementBegin
CREATE TRIGGER sign_months_stay BEFORE DELETE ON sign_months BEGIN SELECT RAISE(ABORT, 'anfang:store.no_delete'); END;
-- +goose StatementEnd
