-- +goose Up
-- Of a name in files only the name and the number may go, when the member's data is lawfully erased.
DROP TRIGGER name_questions_sealed ON name_questions;
DROP TRIGGER name_answers_sealed ON name_answers;
CREATE TRIGGER name_questions_sealed BEFORE UPDATE ON name_questions FOR EACH ROW
WHEN (NOT ((NEW.name = OLD.name AND NEW.phone = OLD.phone OR NEW.name = '■■■' AND NEW.phone = '')
    AND NEW.county_id = OLD.county_id AND NEW.id = OLD.id AND NEW.import_id = OLD.import_id
    AND NEW.township = OLD.township AND NEW.village = OLD.village AND NEW."key" = OLD."key"
    AND NEW.row_count = OLD.row_count AND NEW.sheet = OLD.sheet AND NEW.first_row = OLD.first_row))
EXECUTE FUNCTION anfang_sealed();
CREATE TRIGGER name_answers_sealed BEFORE UPDATE ON name_answers FOR EACH ROW
WHEN (NOT ((OLD.superseded_by = 0 AND NEW.name = OLD.name AND NEW.phone = OLD.phone
        OR NEW.superseded_by = OLD.superseded_by AND NEW.name = '■■■' AND NEW.phone = '')
    AND NEW.county_id = OLD.county_id AND NEW.id = OLD.id
    AND NEW.township = OLD.township AND NEW.village = OLD.village AND NEW.verdict = OLD.verdict
    AND NEW.member_id = OLD.member_id AND NEW.given_by = OLD.given_by AND NEW.recorded_at = OLD.recorded_at))
EXECUTE FUNCTION anfang_sealed();
