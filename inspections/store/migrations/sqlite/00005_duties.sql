-- +goose Up
-- What stands beside the duties: lines handed in, waivers, lead units, tips, funds; and what a ledger
-- showed about the place of a sign-in.

ALTER TABLE sign_ins ADD COLUMN marks TEXT NOT NULL DEFAULT '';

-- submissions: what was handed in for an obligation, or why it is waived; one line each, nothing is written over.
CREATE TABLE submissions (
    county_id INTEGER NOT NULL,
    id INTEGER NOT NULL CHECK (id BETWEEN 1 AND 4294967295),
    obligation_id INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('done', 'waived')),
    done_day TEXT NOT NULL CHECK (length(done_day) IN (0, 10)),
    note TEXT NOT NULL,
    blob_sha256 TEXT NOT NULL,
    given_by TEXT NOT NULL,
    given_at TEXT NOT NULL CHECK (length(given_at) IN (0, 27)),
    PRIMARY KEY (county_id, id),
    FOREIGN KEY (county_id, obligation_id) REFERENCES obligations (county_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX submissions_obligation_id ON submissions (county_id, obligation_id);

-- township_links: the lead unit of a township and the county leader linked to it, over time.
CREATE TABLE township_links (
    county_id INTEGER NOT NULL,
    id INTEGER NOT NULL CHECK (id BETWEEN 1 AND 4294967295),
    township_id INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('lead_unit', 'county_leader')),
    unit_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    from_day TEXT NOT NULL CHECK (length(from_day) IN (0, 10)),
    recorded_at TEXT NOT NULL CHECK (length(recorded_at) IN (0, 27)),
    PRIMARY KEY (county_id, id),
    FOREIGN KEY (county_id, township_id) REFERENCES townships (county_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX township_links_township_id ON township_links (county_id, township_id);

-- tips: work tips and task lists of the business departments, for teams of their kind.
CREATE TABLE tips (
    county_id INTEGER NOT NULL,
    id INTEGER NOT NULL CHECK (id BETWEEN 1 AND 4294967295),
    month TEXT NOT NULL,
    team_kind TEXT NOT NULL CHECK (team_kind IN ('poverty', 'branch', 'village')),
    title TEXT NOT NULL,
    tasks TEXT NOT NULL,
    given_by TEXT NOT NULL,
    given_at TEXT NOT NULL CHECK (length(given_at) IN (0, 27)),
    PRIMARY KEY (county_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX tips_month ON tips (county_id, month);

-- funds: transfers of aid and team funds with amount and date.
CREATE TABLE funds (
    county_id INTEGER NOT NULL,
    id INTEGER NOT NULL CHECK (id BETWEEN 1 AND 4294967295),
    clause TEXT NOT NULL,
    day TEXT NOT NULL CHECK (length(day) IN (0, 10)),
    party_kind TEXT NOT NULL,
    party_id INTEGER NOT NULL,
    township_id INTEGER NOT NULL,
    team_id INTEGER NOT NULL,
    cents INTEGER NOT NULL CHECK (cents > 0),
    purpose TEXT NOT NULL,
    given_by TEXT NOT NULL,
    recorded_at TEXT NOT NULL CHECK (length(recorded_at) IN (0, 27)),
    PRIMARY KEY (county_id, id),
    FOREIGN KEY (county_id, township_id) REFERENCES townships (county_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX funds_day ON funds (county_id, day);

-- Nothing recorded is deleted or written over.
-- +goose StatementBegin
CREATE TRIGGER submissions_stay BEFORE DELETE ON submissions BEGIN SELECT RAISE(ABORT, 'anfang:store.no_delete'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER submissions_sealed BEFORE UPDATE ON submissions BEGIN SELECT RAISE(ABORT, 'anfang:store.sealed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER township_links_stay BEFORE DELETE ON township_links BEGIN SELECT RAISE(ABORT, 'anfang:store.no_delete'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER township_links_sealed BEFORE UPDATE ON township_links BEGIN SELECT RAISE(ABORT, 'anfang:store.sealed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER tips_stay BEFORE DELETE ON tips BEGIN SELECT RAISE(ABORT, 'anfang:store.no_delete'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER tips_sealed BEFORE UPDATE ON tips BEGIN SELECT RAISE(ABORT, 'anfang:store.sealed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER funds_stay BEFORE DELETE ON funds BEGIN SELECT RAISE(ABORT, 'anfang:store.no_delete'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER funds_sealed BEFORE UPDATE ON funds BEGIN SELECT RAISE(ABORT, 'anfang:store.sealed'); END;
-- +goose StatementEnd
