-- +goose Up
-- township_reports: what townships told of absence, non-release and the like, with its receipt and the opinion.
CREATE TABLE township_reports (
    county_id BIGINT NOT NULL,
    id numbered NOT NULL,
    number plain NOT NULL,
    township_id BIGINT NOT NULL,
    team_id BIGINT NOT NULL,
    member_id BIGINT NOT NULL,
    kind plain NOT NULL,
    how plain NOT NULL CHECK (how IN ('page', 'file', 'paper', 'phone')),
    "at" instant NOT NULL,
    discovered_on day NOT NULL,
    received_at instant NOT NULL,
    recorded_at instant NOT NULL,
    by_user BIGINT NOT NULL,
    what plain NOT NULL,
    sha256 plain NOT NULL,
    prompt BOOLEAN NOT NULL,
    case_id BIGINT NOT NULL,
    opinion plain NOT NULL,
    opinion_at instant NOT NULL,
    opinion_by BIGINT NOT NULL,
    PRIMARY KEY (county_id, id),
    UNIQUE (county_id, number),
    FOREIGN KEY (county_id, township_id) REFERENCES townships (county_id, id)
);
CREATE INDEX township_reports_township_id ON township_reports (county_id, township_id);

-- +goose StatementBegin
DO $$
DECLARE t TEXT := 'township_reports';
BEGIN
    EXECUTE format('CREATE TRIGGER %I BEFORE DELETE ON %I FOR EACH ROW EXECUTE FUNCTION anfang_no_delete()', t || '_stay', t);
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION anfang_no_delete()', t || '_whole', t);
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY one_county ON %I USING (county_id = CAST(NULLIF(current_setting(''anfang.county'', true), '''') AS BIGINT))', t);
END
$$;
-- +goose StatementEnd
