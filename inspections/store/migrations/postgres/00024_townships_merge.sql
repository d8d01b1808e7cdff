-- +goose Up
-- Townships that went up in another, and the teams that came along.
ALTER TABLE townships ADD COLUMN until_day day NOT NULL DEFAULT '';
ALTER TABLE townships ADD COLUMN into_id BIGINT NOT NULL DEFAULT 0;

-- team_moves: from when a team belongs to which township, and to which it belonged before.
CREATE TABLE team_moves (
    county_id BIGINT NOT NULL,
    id numbered NOT NULL,
    team_id BIGINT NOT NULL,
    township_id BIGINT NOT NULL,
    was_id BIGINT NOT NULL,
    from_day day NOT NULL,
    recorded_at instant NOT NULL,
    PRIMARY KEY (county_id, id),
    FOREIGN KEY (county_id, team_id) REFERENCES teams (county_id, id),
    FOREIGN KEY (county_id, township_id) REFERENCES townships (county_id, id),
    FOREIGN KEY (county_id, was_id) REFERENCES townships (county_id, id)
);

-- +goose StatementBegin
DO $$
BEGIN
    CREATE TRIGGER team_moves_stay BEFORE DELETE ON team_moves FOR EACH ROW EXECUTE FUNCTION anfang_no_delete();
    CREATE TRIGGER team_moves_whole BEFORE TRUNCATE ON team_moves FOR EACH STATEMENT EXECUTE FUNCTION anfang_no_delete();
    CREATE TRIGGER team_moves_sealed BEFORE UPDATE ON team_moves FOR EACH ROW EXECUTE FUNCTION anfang_sealed();
    ALTER TABLE team_moves ENABLE ROW LEVEL SECURITY;
    ALTER TABLE team_moves FORCE ROW LEVEL SECURITY;
    CREATE POLICY one_county ON team_moves USING (county_id = CAST(NULLIF(current_setting('anfang.county', true), '') AS BIGINT));
END
$$;
-- +goose StatementEnd
