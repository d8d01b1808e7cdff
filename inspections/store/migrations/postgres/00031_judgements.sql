-- +goose Up
-- judgements: grades and townships' opinions of the yearly assessment; a change is a new row, only words may be erased.
CREATE TABLE judgements (
    county_id BIGINT NOT NULL,
    id numbered NOT NULL,
    year BIGINT NOT NULL,
    party_kind plain NOT NULL CHECK (party_kind IN ('member', 'team', 'unit')),
    party_id BIGINT NOT NULL,
    kind plain NOT NULL CHECK (kind IN ('opinion', 'grade')),
    township_id BIGINT NOT NULL,
    grade plain NOT NULL CHECK (grade IN ('', 'excellent', 'competent', 'basic', 'failed')),
    text plain NOT NULL,
    given_by plain NOT NULL,
    recorded_at instant NOT NULL,
    PRIMARY KEY (county_id, id)
);
CREATE INDEX judgements_year ON judgements (county_id, year);

CREATE TRIGGER judgements_stay BEFORE DELETE ON judgements FOR EACH ROW EXECUTE FUNCTION anfang_no_delete();
CREATE TRIGGER judgements_whole BEFORE TRUNCATE ON judgements FOR EACH STATEMENT EXECUTE FUNCTION anfang_no_delete();
CREATE TRIGGER judgements_sealed BEFORE UPDATE ON judgements FOR EACH ROW
WHEN (NOT (NEW.text = '■■■' AND NEW.county_id = OLD.county_id AND NEW.id = OLD.id AND NEW.year = OLD.year AND NEW.party_kind = OLD.party_kind
    AND NEW.party_id = OLD.party_id AND NEW.kind = OLD.kind AND NEW.township_id = OLD.township_id AND NEW.grade = OLD.grade
    AND NEW.given_by = OLD.given_by AND NEW.recorded_at = OLD.recorded_at))
EXECUTE FUNCTION anfang_sealed();
ALTER TABLE judgements ENABLE ROW LEVEL SECURITY;
ALTER TABLE judgements FORCE ROW LEVEL SECURITY;
CREATE POLICY one_county ON judgements USING (county_id = CAST(NULLIF(current_setting('anfang.county', true), '') AS BIGINT));
