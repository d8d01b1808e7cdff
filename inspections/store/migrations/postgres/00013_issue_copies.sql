-- +goose Up
-- issue_copies: who is to have which copy of an issued paper, and the hash of the copy once it is made.
CREATE TABLE issue_copies (
    county_id BIGINT NOT NULL,
    id numbered NOT NULL,
    issue_id BIGINT NOT NULL,
    party_kind plain NOT NULL,
    party_id BIGINT NOT NULL,
    to_name plain NOT NULL,
    to_email plain NOT NULL,
    scope plain NOT NULL CHECK (scope IN ('all', 'own')),
    mark BOOLEAN NOT NULL,
    args plain NOT NULL,
    pdf_sha256 plain NOT NULL,
    made_at instant NOT NULL,
    PRIMARY KEY (county_id, id)
);
CREATE UNIQUE INDEX issue_copies_reader ON issue_copies (county_id, issue_id, party_kind, party_id);
CREATE INDEX issue_copies_pdf ON issue_copies (county_id, pdf_sha256);

-- +goose StatementBegin
DO $$
DECLARE t TEXT;
BEGIN
    FOREACH t IN ARRAY ARRAY['issue_copies'] LOOP
        EXECUTE format('CREATE TRIGGER %I BEFORE DELETE ON %I FOR EACH ROW EXECUTE FUNCTION anfang_no_delete()', t || '_stay', t);
        EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION anfang_no_delete()', t || '_whole', t);
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
        EXECUTE format('CREATE POLICY one_county ON %I USING (county_id = CAST(NULLIF(current_setting(''anfang.county'', true), '''') AS BIGINT))', t);
    END LOOP;
END
$$;
-- +goose StatementEnd
