-- +goose Up
-- Of care for a member only the words may go, when the member's data is lawfully erased.
DROP TRIGGER care_sealed;
-- +goose StatementBegin
CREATE TRIGGER care_sealed BEFORE UPDATE ON care
WHEN NOT (NEW.note = '■■■' AND NEW.county_id = OLD.county_id AND NEW.id = OLD.id AND NEW.member_id = OLD.member_id AND NEW.unit_id = OLD.unit_id
    AND NEW.kind = OLD.kind AND NEW.day = OLD.day AND NEW.until_day = OLD.until_day AND NEW.given_by = OLD.given_by AND NEW.recorded_at = OLD.recorded_at)
BEGIN SELECT RAISE(ABORT, 'anfang:store.sealed'); END;
-- +goose StatementEnd
-- A member whose data was erased stays so.
-- +goose StatementBegin
CREATE TRIGGER members_erased BEFORE UPDATE ON members
WHEN OLD.salt = '' AND OLD.name = '■■■'
BEGIN SELECT RAISE(ABORT, 'anfang:store.sealed'); END;
-- +goose StatementEnd
