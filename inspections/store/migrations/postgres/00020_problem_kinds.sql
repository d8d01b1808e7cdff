-- +goose Up
-- problem_kinds: dated lines of the kinds of problem that a case can be about, each with its clause.
CREATE TABLE problem_kinds (
    county_id BIGINT NOT NULL,
    seq numbered NOT NULL,
    kind plain NOT NULL,
    clause plain NOT NULL,
    told BOOLEAN NOT NULL,
    retired BOOLEAN NOT NULL,
    from_day day NOT NULL,
    recorded_at instant NOT NULL,
    PRIMARY KEY (county_id, seq)
);

-- +goose StatementBegin
DO $$
DECLARE t TEXT := 'problem_kinds';
BEGIN
    EXECUTE format('CREATE TRIGGER %I BEFORE DELETE ON %I FOR EACH ROW EXECUTE FUNCTION anfang_no_delete()', t || '_stay', t);
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION anfang_no_delete()', t || '_whole', t);
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY one_county ON %I USING (county_id = CAST(NULLIF(current_setting(''anfang.county'', true), '''') AS BIGINT))', t);
END
$$;
-- +goose StatementEnd
CREATE TRIGGER problem_kinds_sealed BEFORE UPDATE ON problem_kinds FOR EACH ROW EXECUTE FUNCTION anfang_sealed();
