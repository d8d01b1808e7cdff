-- +goose Up
-- How an act came that somebody handed in for a member who has no account; '' for acts of before and of those who act themselves.
ALTER TABLE case_acts ADD COLUMN how plain NOT NULL DEFAULT '' CHECK (how IN ('', 'paper', 'phone', 'in_person'));

DROP TRIGGER case_acts_sealed ON case_acts;
CREATE TRIGGER case_acts_sealed BEFORE UPDATE ON case_acts FOR EACH ROW
WHEN (NOT (NEW.text = '■■■' AND NEW.person = '' AND NEW.body = '' AND NEW.outcome = ''
    AND NEW.county_id = OLD.county_id AND NEW.case_id = OLD.case_id AND NEW.seq = OLD.seq AND NEW.branch_seq = OLD.branch_seq
    AND NEW.kind = OLD.kind AND NEW."at" = OLD."at" AND NEW.by_user = OLD.by_user AND NEW.second_user = OLD.second_user
    AND NEW.answers = OLD.answers AND NEW.measure_id = OLD.measure_id AND NEW.member_id = OLD.member_id
    AND NEW.sha256 = OLD.sha256 AND NEW.due_at = OLD.due_at AND NEW.how = OLD.how))
EXECUTE FUNCTION anfang_sealed();
