-- +goose Up
-- issued_papers: rectification notices, notices of recall and yearly reports as they left, each with its number.
CREATE TABLE issued_papers (
    county_id BIGINT NOT NULL,
    id numbered NOT NULL,
    kind plain NOT NULL CHECK (kind IN ('rectify', 'recall', 'year')),
    form plain NOT NULL,
    subject plain NOT NULL,
    letter BOOLEAN NOT NULL,
    party_kind plain NOT NULL,
    party_id BIGINT NOT NULL,
    to_name plain NOT NULL,
    title plain NOT NULL,
    prefix plain NOT NULL,
    number_year BIGINT NOT NULL,
    number BIGINT NOT NULL CHECK (number > 0),
    signed_by plain NOT NULL,
    issued_at instant NOT NULL,
    due_on day NOT NULL,
    replaces_id BIGINT NOT NULL,
    reason plain NOT NULL,
    pdf_sha256 plain NOT NULL,
    PRIMARY KEY (county_id, id)
);
CREATE UNIQUE INDEX issued_papers_number ON issued_papers (county_id, prefix, number_year, number);
CREATE UNIQUE INDEX issued_papers_once ON issued_papers (county_id, subject, kind, form, replaces_id);
CREATE INDEX issued_papers_pdf ON issued_papers (county_id, pdf_sha256);

-- +goose StatementBegin
DO $$
DECLARE t TEXT := 'issued_papers';
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
