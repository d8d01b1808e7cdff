-- +goose Up
-- The roster over time: names that a village, unit or township bore or was merged under; care for members;
-- what an obligation told by hand is about.

ALTER TABLE obligations ADD COLUMN about plain NOT NULL DEFAULT '';

-- aliases: former names, further villages of a team, and villages that were merged into one.
CREATE TABLE aliases (
    county_id BIGINT NOT NULL,
    id numbered NOT NULL,
    party_kind plain NOT NULL CHECK (party_kind IN ('team', 'unit', 'township')),
    party_id BIGINT NOT NULL,
    why plain NOT NULL CHECK (why IN ('renamed', 'linked', 'merged')),
    name plain NOT NULL,
    code plain NOT NULL,
    from_day day NOT NULL,
    until_day day NOT NULL,
    recorded_at instant NOT NULL,
    PRIMARY KEY (county_id, id)
);
CREATE INDEX aliases_party ON aliases (county_id, party_kind, party_id);

-- care: health checks, insurance and visits of sympathy that a unit gave a member (2.3).
CREATE TABLE care (
    county_id BIGINT NOT NULL,
    id numbered NOT NULL,
    member_id BIGINT NOT NULL,
    unit_id BIGINT NOT NULL,
    kind plain NOT NULL CHECK (kind IN ('health', 'insurance', 'sympathy')),
    day day NOT NULL,
    until_day day NOT NULL,
    note plain NOT NULL,
    given_by plain NOT NULL,
    recorded_at instant NOT NULL,
    PRIMARY KEY (county_id, id),
    FOREIGN KEY (county_id, member_id) REFERENCES members (county_id, id),
    FOREIGN KEY (county_id, unit_id) REFERENCES units (county_id, id)
);
CREATE INDEX care_day ON care (county_id, day);

-- Nothing recorded is deleted or written over.
-- +goose StatementBegin
DO $$
DECLARE t TEXT;
BEGIN
    FOREACH t IN ARRAY ARRAY['aliases', 'care'] LOOP
        EXECUTE format('CREATE TRIGGER %I BEFORE DELETE ON %I FOR EACH ROW EXECUTE FUNCTION anfang_no_delete()', t || '_stay', t);
        EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION anfang_no_delete()', t || '_whole', t);
        EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE ON %I FOR EACH ROW EXECUTE FUNCTION anfang_sealed()', t || '_sealed', t);
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
        EXECUTE format('CREATE POLICY one_county ON %I USING (county_id = CAST(NULLIF(current_setting(''anfang.county'', true), '''') AS BIGINT))', t);
    END LOOP;
END
$$;
-- +goose StatementEnd
