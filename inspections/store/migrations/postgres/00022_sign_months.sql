-- +goose Up
-- sign_months: the counting days of a month of a block of members, made from sign_ins in the transaction of each
-- import, so that a year can be read at once. A month that has no row here is read from sign_ins.
CREATE TABLE sign_months (
    county_id BIGINT NOT NULL,
    month plain NOT NULL CHECK (length(month) = 7),
    block BIGINT NOT NULL,
    days plain NOT NULL,
    PRIMARY KEY (county_id, month, block)
);

-- +goose StatementBegin
DO $$
DECLARE t TEXT := 'sign_months';
BEGIN
    EXECUTE format('CREATE TRIGGER %I BEFORE DELETE ON %I FOR EACH ROW EXECUTE FUNCTION anfang_no_delete()', t || '_stay', t);
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION anfang_no_delete()', t || '_whole', t);
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY one_county ON %I USING (county_id = CAST(NULLIF(current_setting(''anfang.county'', true), '''') AS BIGINT))', t);
END
$$;
-- +goose StatementEnd
