-- +goose Up
-- fact_answers: what those concerned said to a drafted bulletin, and how it was weighed (事实核对).
CREATE TABLE fact_answers (
    county_id BIGINT NOT NULL,
    id numbered NOT NULL,
    month plain NOT NULL,
    party_kind plain NOT NULL,
    party_id BIGINT NOT NULL,
    text plain NOT NULL,
    weighed plain NOT NULL CHECK (weighed IN ('', 'adopted', 'partly', 'rejected')),
    reason plain NOT NULL,
    given_by plain NOT NULL,
    given_at instant NOT NULL,
    PRIMARY KEY (county_id, id)
);
CREATE INDEX fact_answers_month ON fact_answers (county_id, month);

-- +goose StatementBegin
DO $$
DECLARE t TEXT;
BEGIN
    FOREACH t IN ARRAY ARRAY['fact_answers'] LOOP
        EXECUTE format('CREATE TRIGGER %I BEFORE DELETE ON %I FOR EACH ROW EXECUTE FUNCTION anfang_no_delete()', t || '_stay', t);
        EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION anfang_no_delete()', t || '_whole', t);
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
        EXECUTE format('CREATE POLICY one_county ON %I USING (county_id = CAST(NULLIF(current_setting(''anfang.county'', true), '''') AS BIGINT))', t);
    END LOOP;
END
$$;
-- +goose StatementEnd
