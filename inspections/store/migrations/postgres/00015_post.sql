-- +goose Up
-- What people decide about letters: asked for again, sent to another address, stopped, received.
ALTER TABLE letters ADD COLUMN asked_at instant NOT NULL DEFAULT '';
ALTER TABLE letters ADD COLUMN replaces_id BIGINT NOT NULL DEFAULT 0;
CREATE INDEX letters_party ON letters (county_id, party_kind, party_id, id);

-- dead_addresses: where nobody is, as a mail server said, until a person lifts it.
CREATE TABLE dead_addresses (
    county_id BIGINT NOT NULL,
    id numbered NOT NULL,
    address plain NOT NULL,
    letter_id BIGINT NOT NULL,
    answer plain NOT NULL,
    since_at instant NOT NULL,
    lifted_at instant NOT NULL,
    lifted_by plain NOT NULL,
    PRIMARY KEY (county_id, id)
);
CREATE UNIQUE INDEX dead_addresses_address ON dead_addresses (county_id, address) WHERE lifted_at = '';

-- letter_receipts: a reader's own word that a letter arrived.
CREATE TABLE letter_receipts (
    county_id BIGINT NOT NULL,
    letter_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    received_at instant NOT NULL,
    PRIMARY KEY (county_id, letter_id),
    FOREIGN KEY (county_id, letter_id) REFERENCES letters (county_id, id)
);

-- +goose StatementBegin
DO $$
DECLARE t TEXT;
BEGIN
    FOREACH t IN ARRAY ARRAY['dead_addresses', 'letter_receipts'] LOOP
        EXECUTE format('CREATE TRIGGER %I BEFORE DELETE ON %I FOR EACH ROW EXECUTE FUNCTION anfang_no_delete()', t || '_stay', t);
        EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION anfang_no_delete()', t || '_whole', t);
        IF t = 'letter_receipts' THEN
            EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE ON %I FOR EACH ROW EXECUTE FUNCTION anfang_sealed()', t || '_sealed', t);
        END IF;
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
        EXECUTE format('CREATE POLICY one_county ON %I USING (county_id = CAST(NULLIF(current_setting(''anfang.county'', true), '''') AS BIGINT))', t);
    END LOOP;
END
$$;
-- +goose StatementEnd
