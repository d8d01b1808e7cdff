-- +goose Up
-- What stands beside the duties: lines handed in, waivers, lead units, tips, funds; and what a ledger
-- showed about the place of a sign-in.

ALTER TABLE sign_ins ADD COLUMN marks plain NOT NULL DEFAULT '';

-- submissions: what was handed in for an obligation, or why it is waived; one line each, nothing is written over.
CREATE TABLE submissions (
    county_id BIGINT NOT NULL,
    id numbered NOT NULL,
    obligation_id BIGINT NOT NULL,
    kind plain NOT NULL CHECK (kind IN ('done', 'waived')),
    done_day day NOT NULL,
    note plain NOT NULL,
    blob_sha256 plain NOT NULL,
    given_by plain NOT NULL,
    given_at instant NOT NULL,
    PRIMARY KEY (county_id, id),
    FOREIGN KEY (county_id, obligation_id) REFERENCES obligations (county_id, id)
);
CREATE INDEX submissions_obligation_id ON submissions (county_id, obligation_id);

-- township_links: the lead unit of a township and the county leader linked to it, over time.
CREATE TABLE township_links (
    county_id BIGINT NOT NULL,
    id numbered NOT NULL,
    township_id BIGINT NOT NULL,
    kind plain NOT NULL CHECK (kind IN ('lead_unit', 'county_leader')),
    unit_id BIGINT NOT NULL,
    name plain NOT NULL,
    email plain NOT NULL,
    from_day day NOT NULL,
    recorded_at instant NOT NULL,
    PRIMARY KEY (county_id, id),
    FOREIGN KEY (county_id, township_id) REFERENCES townships (county_id, id)
);
CREATE INDEX township_links_township_id ON township_links (county_id, township_id);

-- tips: work tips and task lists of the business departments, for teams of their kind.
CREATE TABLE tips (
    county_id BIGINT NOT NULL,
    id numbered NOT NULL,
    month plain NOT NULL,
    team_kind plain NOT NULL CHECK (team_kind IN ('poverty', 'branch', 'village')),
    title plain NOT NULL,
    tasks plain NOT NULL,
    given_by plain NOT NULL,
    given_at instant NOT NULL,
    PRIMARY KEY (county_id, id)
);
CREATE INDEX tips_month ON tips (county_id, month);

-- funds: transfers of aid and team funds with amount and date.
CREATE TABLE funds (
    county_id BIGINT NOT NULL,
    id numbered NOT NULL,
    clause plain NOT NULL,
    day day NOT NULL,
    party_kind plain NOT NULL,
    party_id BIGINT NOT NULL,
    township_id BIGINT NOT NULL,
    team_id BIGINT NOT NULL,
    cents BIGINT NOT NULL CHECK (cents > 0),
    purpose plain NOT NULL,
    given_by plain NOT NULL,
    recorded_at instant NOT NULL,
    PRIMARY KEY (county_id, id),
    FOREIGN KEY (county_id, township_id) REFERENCES townships (county_id, id)
);
CREATE INDEX funds_day ON funds (county_id, day);

-- Nothing recorded is deleted or written over.
-- +goose StatementBegin
DO $$
DECLARE t TEXT;
BEGIN
    FOREACH t IN ARRAY ARRAY['submissions', 'township_links', 'tips', 'funds'] LOOP
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
