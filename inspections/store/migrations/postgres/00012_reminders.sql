-- +goose Up
-- reminders: who was reminded of an obligation, when and by which letter; each stage once.
CREATE TABLE reminders (
    county_id BIGINT NOT NULL,
    obligation_id BIGINT NOT NULL,
    stage plain NOT NULL CHECK (stage IN ('before', 'at', 'after', 'raised')),
    round BIGINT NOT NULL,
    due_at instant NOT NULL,
    reader plain NOT NULL,
    name plain NOT NULL,
    letter_key plain NOT NULL,
    "at" instant NOT NULL,
    PRIMARY KEY (county_id, obligation_id, stage, round, due_at, reader),
    FOREIGN KEY (county_id, obligation_id) REFERENCES obligations (county_id, id)
);

-- +goose StatementBegin
DO $$
DECLARE t TEXT := 'reminders';
BEGIN
    EXECUTE format('CREATE TRIGGER %I BEFORE DELETE ON %I FOR EACH ROW EXECUTE FUNCTION anfang_no_delete()', t || '_stay', t);
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION anfang_no_delete()', t || '_whole', t);
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE ON %I FOR EACH ROW EXECUTE FUNCTION anfang_sealed()', t || '_sealed', t);
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY one_county ON %I USING (county_id = CAST(NULLIF(current_setting(''anfang.county'', true), '''') AS BIGINT))', t);
END
$$;
-- +goose StatementEnd
