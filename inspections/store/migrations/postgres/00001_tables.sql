-- +goose Up
-- The first migration (DESIGN.md, "Decided in the first migration"): the county comes first in every primary
-- key and unique index; times are fixed-width UTC text ('' = not yet), days are YYYY-MM-DD of the office
-- ('' = none); nothing recorded is deleted.

CREATE DOMAIN plain AS TEXT COLLATE "C"; -- sorts by bytes, as SQLite does
CREATE DOMAIN instant AS TEXT COLLATE "C" CHECK (length(VALUE) IN (0, 27));
CREATE DOMAIN day AS TEXT COLLATE "C" CHECK (length(VALUE) IN (0, 10));
CREATE DOMAIN numbered AS BIGINT CHECK (VALUE BETWEEN 1 AND 4294967295);

-- counters: the last id or number given out in each series; it only grows.
CREATE TABLE counters (
    county_id BIGINT NOT NULL,
    series plain NOT NULL,
    last BIGINT NOT NULL,
    PRIMARY KEY (county_id, series)
);

-- townships: townships and street offices.
CREATE TABLE townships (
    county_id BIGINT NOT NULL,
    id numbered NOT NULL,
    code plain NOT NULL,
    name plain NOT NULL,
    PRIMARY KEY (county_id, id)
);
CREATE UNIQUE INDEX townships_code ON townships (county_id, code) WHERE code <> '';

-- units: aid units.
CREATE TABLE units (
    county_id BIGINT NOT NULL,
    id numbered NOT NULL,
    name plain NOT NULL,
    PRIMARY KEY (county_id, id)
);

-- teams: village work teams.
CREATE TABLE teams (
    county_id BIGINT NOT NULL,
    id numbered NOT NULL,
    code plain NOT NULL,
    township_id BIGINT NOT NULL,
    village plain NOT NULL,
    village_code plain NOT NULL,
    kind plain NOT NULL CHECK (kind IN ('', 'poverty', 'branch', 'village', 'unstated')),
    from_day day NOT NULL,
    until_day day NOT NULL,
    PRIMARY KEY (county_id, id),
    FOREIGN KEY (county_id, township_id) REFERENCES townships (county_id, id)
);

-- team_units: which unit sends people to which team, and when.
CREATE TABLE team_units (
    county_id BIGINT NOT NULL,
    team_id BIGINT NOT NULL,
    unit_id BIGINT NOT NULL,
    from_day day NOT NULL,
    until_day day NOT NULL,
    PRIMARY KEY (county_id, team_id, unit_id, from_day),
    FOREIGN KEY (county_id, team_id) REFERENCES teams (county_id, id),
    FOREIGN KEY (county_id, unit_id) REFERENCES units (county_id, id)
);

-- members: persons posted to villages.
CREATE TABLE members (
    county_id BIGINT NOT NULL,
    id numbered NOT NULL,
    name plain NOT NULL,
    sex plain NOT NULL CHECK (sex IN ('', 'm', 'f')),
    phone plain NOT NULL,
    salt plain NOT NULL,
    PRIMARY KEY (county_id, id)
);

-- postings: who serves in which team for which unit, and when; unit 0 is to be named.
CREATE TABLE postings (
    county_id BIGINT NOT NULL,
    id numbered NOT NULL,
    member_id BIGINT NOT NULL,
    team_id BIGINT NOT NULL,
    unit_id BIGINT NOT NULL,
    role plain NOT NULL CHECK (role IN ('', 'member', 'head')),
    from_day day NOT NULL,
    until_day day NOT NULL,
    PRIMARY KEY (county_id, id),
    FOREIGN KEY (county_id, member_id) REFERENCES members (county_id, id),
    FOREIGN KEY (county_id, team_id) REFERENCES teams (county_id, id)
);
CREATE INDEX postings_team_id ON postings (county_id, team_id);
CREATE INDEX postings_member_id ON postings (county_id, member_id);

-- holders: who holds a post of a township or unit, and when.
CREATE TABLE holders (
    county_id BIGINT NOT NULL,
    id numbered NOT NULL,
    party_kind plain NOT NULL,
    party_id BIGINT NOT NULL,
    post plain NOT NULL,
    name plain NOT NULL,
    phone plain NOT NULL,
    email plain NOT NULL,
    from_day day NOT NULL,
    until_day day NOT NULL,
    PRIMARY KEY (county_id, id)
);

-- inspectors: county inspectors; avoid is a JSON list of unit ids.
CREATE TABLE inspectors (
    county_id BIGINT NOT NULL,
    id numbered NOT NULL,
    name plain NOT NULL,
    office plain NOT NULL,
    phone plain NOT NULL,
    email plain NOT NULL,
    home_township_id BIGINT NOT NULL,
    own_unit_id BIGINT NOT NULL,
    avoid plain NOT NULL,
    from_day day NOT NULL,
    until_day day NOT NULL,
    PRIMARY KEY (county_id, id)
);

-- settings: dated settings, in the order in which they were recorded.
CREATE TABLE settings (
    county_id BIGINT NOT NULL,
    seq numbered NOT NULL,
    "key" plain NOT NULL,
    value plain NOT NULL,
    from_day day NOT NULL,
    recorded_at instant NOT NULL,
    PRIMARY KEY (county_id, seq)
);

-- imports: files that were taken in.
CREATE TABLE imports (
    county_id BIGINT NOT NULL,
    id numbered NOT NULL,
    kind plain NOT NULL,
    name plain NOT NULL,
    sha256 plain NOT NULL,
    row_count BIGINT NOT NULL,
    problem_count BIGINT NOT NULL,
    imported_at instant NOT NULL,
    PRIMARY KEY (county_id, id)
);
CREATE INDEX imports_kind_sha256 ON imports (county_id, kind, sha256);

-- sign_ins: ledger days of members; the newest import of a day counts, earlier ones stay.
CREATE TABLE sign_ins (
    county_id BIGINT NOT NULL,
    day day NOT NULL,
    member_id BIGINT NOT NULL,
    import_id BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    team_id BIGINT NOT NULL,
    clock plain NOT NULL,
    status plain NOT NULL CHECK (status IN ('present', 'leave', 'travel', 'absent')),
    leave_kind plain NOT NULL,
    odd_place BOOLEAN NOT NULL,
    source_row BIGINT NOT NULL,
    PRIMARY KEY (county_id, day, member_id, import_id, seq),
    FOREIGN KEY (county_id, member_id) REFERENCES members (county_id, id),
    FOREIGN KEY (county_id, team_id) REFERENCES teams (county_id, id),
    FOREIGN KEY (county_id, import_id) REFERENCES imports (county_id, id)
);
CREATE INDEX sign_ins_import_id_seq ON sign_ins (county_id, import_id, seq);

-- leaves: leave and duty travel reported to the office.
CREATE TABLE leaves (
    county_id BIGINT NOT NULL,
    id numbered NOT NULL,
    member_id BIGINT NOT NULL,
    kind plain NOT NULL,
    from_day day NOT NULL,
    until_day day NOT NULL,
    approver plain NOT NULL,
    note plain NOT NULL,
    recorded_at instant NOT NULL,
    PRIMARY KEY (county_id, id),
    FOREIGN KEY (county_id, member_id) REFERENCES members (county_id, id)
);
CREATE INDEX leaves_from_day ON leaves (county_id, from_day);

-- blobs: photos and papers by SHA-256.
CREATE TABLE blobs (
    county_id BIGINT NOT NULL,
    sha256 plain NOT NULL,
    media plain NOT NULL,
    size BIGINT NOT NULL,
    stored_at instant NOT NULL,
    data BYTEA NOT NULL,
    PRIMARY KEY (county_id, sha256)
);

-- visits: unannounced inspections.
CREATE TABLE visits (
    county_id BIGINT NOT NULL,
    id numbered NOT NULL,
    kind plain NOT NULL CHECK (kind IN ('random', 'manual', 'followup')),
    team_id BIGINT NOT NULL,
    iso_year BIGINT NOT NULL,
    iso_week BIGINT NOT NULL,
    slot BIGINT NOT NULL,
    start_at instant NOT NULL,
    end_at instant NOT NULL,
    arrive_at instant NOT NULL,
    released_at instant NOT NULL,
    first_inspector_id BIGINT NOT NULL,
    second_inspector_id BIGINT NOT NULL,
    state plain NOT NULL CHECK (state IN ('released', 'completed', 'cancelled')),
    visited_at instant NOT NULL,
    recorded_at instant NOT NULL,
    reason plain NOT NULL,
    note plain NOT NULL,
    PRIMARY KEY (county_id, id),
    FOREIGN KEY (county_id, team_id) REFERENCES teams (county_id, id)
);
CREATE UNIQUE INDEX visits_iso_year_iso_week_slot ON visits (county_id, iso_year, iso_week, slot) WHERE kind = 'random';
CREATE INDEX visits_start_at ON visits (county_id, start_at);

-- attendances: who was there on a visit; seen_as is what the pair wrote.
CREATE TABLE attendances (
    county_id BIGINT NOT NULL,
    visit_id BIGINT NOT NULL,
    member_id BIGINT NOT NULL,
    presence plain NOT NULL CHECK (presence IN ('present', 'to_verify', 'on_leave', 'on_travel', 'unexcused')),
    seen_as plain NOT NULL CHECK (seen_as IN ('present', 'to_verify')),
    explanation plain NOT NULL,
    verified_at instant NOT NULL,
    verified_by BIGINT NOT NULL,
    PRIMARY KEY (county_id, visit_id, member_id),
    FOREIGN KEY (county_id, visit_id) REFERENCES visits (county_id, id),
    FOREIGN KEY (county_id, member_id) REFERENCES members (county_id, id)
);

-- checks: answers to the checklist of a visit.
CREATE TABLE checks (
    county_id BIGINT NOT NULL,
    visit_id BIGINT NOT NULL,
    party_kind plain NOT NULL,
    clause plain NOT NULL,
    item plain NOT NULL,
    result plain NOT NULL CHECK (result IN ('ok', 'problem', 'none')),
    note plain NOT NULL,
    PRIMARY KEY (county_id, visit_id, party_kind, clause, item),
    FOREIGN KEY (county_id, visit_id) REFERENCES visits (county_id, id)
);

-- evidence: photos and papers of a visit or case.
CREATE TABLE evidence (
    county_id BIGINT NOT NULL,
    id numbered NOT NULL,
    visit_id BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    sha256 plain NOT NULL,
    name plain NOT NULL,
    media plain NOT NULL,
    taken_at instant NOT NULL,
    note plain NOT NULL,
    PRIMARY KEY (county_id, id)
);
CREATE INDEX evidence_visit_id ON evidence (county_id, visit_id);
CREATE INDEX evidence_case_id ON evidence (county_id, case_id);

-- findings: verified problems.
CREATE TABLE findings (
    county_id BIGINT NOT NULL,
    id numbered NOT NULL,
    visit_id BIGINT NOT NULL,
    kind plain NOT NULL,
    clause plain NOT NULL,
    party_kind plain NOT NULL,
    township_id BIGINT NOT NULL,
    unit_id BIGINT NOT NULL,
    team_id BIGINT NOT NULL,
    member_id BIGINT NOT NULL,
    "at" instant NOT NULL,
    times BIGINT NOT NULL,
    note plain NOT NULL,
    found_at instant NOT NULL,
    PRIMARY KEY (county_id, id)
);
CREATE INDEX findings_at ON findings (county_id, "at");

-- cases: one case, several investigations.
CREATE TABLE cases (
    county_id BIGINT NOT NULL,
    id numbered NOT NULL,
    number plain NOT NULL,
    state plain NOT NULL CHECK (state IN ('proposed', 'refused', 'open', 'closed')),
    source plain NOT NULL,
    visit_id BIGINT NOT NULL,
    finding_id BIGINT NOT NULL,
    kind plain NOT NULL,
    township_id BIGINT NOT NULL,
    team_id BIGINT NOT NULL,
    member_id BIGINT NOT NULL,
    fact_at instant NOT NULL,
    reported BOOLEAN NOT NULL,
    proposed_at instant NOT NULL,
    due_at instant NOT NULL,
    decided_at instant NOT NULL,
    decided_by BIGINT NOT NULL,
    decide_duty plain NOT NULL,
    reason plain NOT NULL,
    closed_at instant NOT NULL,
    PRIMARY KEY (county_id, id)
);
CREATE UNIQUE INDEX cases_number ON cases (county_id, number);

-- branches: the investigations of a case; party 0 is to be named.
CREATE TABLE branches (
    county_id BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    seq numbered NOT NULL,
    side plain NOT NULL CHECK (side IN ('township', 'unit', 'member')),
    party_kind plain NOT NULL,
    party_id BIGINT NOT NULL,
    responsible plain NOT NULL,
    state plain NOT NULL CHECK (state IN ('awaiting', 'open', 'concluded', 'dropped')),
    statement plain NOT NULL,
    liable BOOLEAN NOT NULL,
    conclusion plain NOT NULL,
    concluded_by BIGINT NOT NULL,
    approved_by BIGINT NOT NULL,
    concluded_at instant NOT NULL,
    PRIMARY KEY (county_id, case_id, seq),
    FOREIGN KEY (county_id, case_id) REFERENCES cases (county_id, id)
);

-- measures: accountability measures of a branch.
CREATE TABLE measures (
    county_id BIGINT NOT NULL,
    id numbered NOT NULL,
    case_id BIGINT NOT NULL,
    branch_seq BIGINT NOT NULL,
    kind plain NOT NULL CHECK (kind IN ('talk', 'criticism', 'admonish', 'recall')),
    person plain NOT NULL,
    body plain NOT NULL,
    decided_at instant NOT NULL,
    served_at instant NOT NULL,
    executed_at instant NOT NULL,
    PRIMARY KEY (county_id, id),
    FOREIGN KEY (county_id, case_id, branch_seq) REFERENCES branches (county_id, case_id, seq)
);
CREATE INDEX measures_case_id ON measures (county_id, case_id);

-- obligations: what is owed by when, and what was done.
CREATE TABLE obligations (
    county_id BIGINT NOT NULL,
    id numbered NOT NULL,
    kind plain NOT NULL,
    clause plain NOT NULL,
    party_kind plain NOT NULL,
    party_id BIGINT NOT NULL,
    period plain NOT NULL,
    subject plain NOT NULL,
    started_at instant NOT NULL,
    due_at instant NOT NULL,
    undetermined plain NOT NULL,
    done_at instant NOT NULL,
    done_ref plain NOT NULL,
    escalated_at instant NOT NULL,
    reason plain NOT NULL,
    PRIMARY KEY (county_id, id)
);
CREATE UNIQUE INDEX obligations_kind_party_kind_party_id_period_subject ON obligations (county_id, kind, party_kind, party_id, period, subject);
CREATE INDEX obligations_done_at_due_at ON obligations (county_id, done_at, due_at);

-- letters: the post: one message to one reader.
CREATE TABLE letters (
    county_id BIGINT NOT NULL,
    id numbered NOT NULL,
    kind plain NOT NULL,
    "key" plain NOT NULL,
    party_kind plain NOT NULL,
    party_id BIGINT NOT NULL,
    to_name plain NOT NULL,
    to_email plain NOT NULL,
    args plain NOT NULL,
    attach plain NOT NULL,
    created_at instant NOT NULL,
    state plain NOT NULL CHECK (state IN ('queued', 'sending', 'accepted', 'refused', 'unknown')),
    tries BIGINT NOT NULL,
    next_try_at instant NOT NULL,
    message_id plain NOT NULL,
    body_sha256 plain NOT NULL,
    settled_at instant NOT NULL,
    answer plain NOT NULL,
    PRIMARY KEY (county_id, id)
);
CREATE UNIQUE INDEX letters_key ON letters (county_id, "key");
CREATE INDEX letters_state_next_try_at ON letters (county_id, state, next_try_at);

-- issues: published papers: bulletins and corrections.
CREATE TABLE issues (
    county_id BIGINT NOT NULL,
    id numbered NOT NULL,
    kind plain NOT NULL,
    month plain NOT NULL,
    state plain NOT NULL CHECK (state IN ('draft', 'signed', 'issued')),
    figures plain NOT NULL,
    drafted_at instant NOT NULL,
    signed_by plain NOT NULL,
    signed_at instant NOT NULL,
    standing BOOLEAN NOT NULL,
    number_year BIGINT NOT NULL,
    number BIGINT NOT NULL,
    issued_at instant NOT NULL,
    pdf_sha256 plain NOT NULL,
    PRIMARY KEY (county_id, id)
);
CREATE UNIQUE INDEX issues_kind_number_year_number ON issues (county_id, kind, number_year, number) WHERE number > 0;

-- standing_sign_offs: sign-offs that hold for a period.
CREATE TABLE standing_sign_offs (
    county_id BIGINT NOT NULL,
    seq numbered NOT NULL,
    signed_by plain NOT NULL,
    from_day day NOT NULL,
    until_day day NOT NULL,
    recorded_at instant NOT NULL,
    PRIMARY KEY (county_id, seq)
);

-- runs: scheduled jobs at their nominal time; the pair is unique, so a job fires once.
CREATE TABLE runs (
    county_id BIGINT NOT NULL,
    job plain NOT NULL,
    due_at instant NOT NULL,
    done_at instant NOT NULL,
    note plain NOT NULL,
    PRIMARY KEY (county_id, job, due_at)
);

-- freezes: the sealed book of a week.
CREATE TABLE freezes (
    county_id BIGINT NOT NULL,
    iso_year BIGINT NOT NULL,
    iso_week BIGINT NOT NULL,
    body plain NOT NULL,
    hash plain NOT NULL,
    late BOOLEAN NOT NULL,
    frozen_at instant NOT NULL,
    coseed plain NOT NULL,
    coseed_by plain NOT NULL,
    coseed_at instant NOT NULL,
    PRIMARY KEY (county_id, iso_year, iso_week)
);

-- slots: what the slots brought; a row appears at its release.
CREATE TABLE slots (
    county_id BIGINT NOT NULL,
    iso_year BIGINT NOT NULL,
    iso_week BIGINT NOT NULL,
    slot BIGINT NOT NULL,
    outcome plain NOT NULL CHECK (outcome IN ('none', 'dispatch', 'missed', 'nopair')),
    visit_id BIGINT NOT NULL,
    released_at instant NOT NULL,
    "row" plain NOT NULL,
    link plain NOT NULL,
    PRIMARY KEY (county_id, iso_year, iso_week, slot)
);

-- exceptions: weeks with fewer than two visits, signed before they begin.
CREATE TABLE exceptions (
    county_id BIGINT NOT NULL,
    iso_year BIGINT NOT NULL,
    iso_week BIGINT NOT NULL,
    reason plain NOT NULL,
    signed_by plain NOT NULL,
    signed_at instant NOT NULL,
    PRIMARY KEY (county_id, iso_year, iso_week)
);

-- anchors: published check values of the chains of links.
CREATE TABLE anchors (
    county_id BIGINT NOT NULL,
    iso_year BIGINT NOT NULL,
    anchor plain NOT NULL,
    recorded_at instant NOT NULL,
    PRIMARY KEY (county_id, iso_year)
);

-- users: persons who sign in.
CREATE TABLE users (
    county_id BIGINT NOT NULL,
    id numbered NOT NULL,
    login plain NOT NULL,
    name plain NOT NULL,
    duty plain NOT NULL,
    role plain NOT NULL CHECK (role IN ('admin', 'clerk', 'leader', 'inspector', 'reviewer', 'township', 'unit')),
    party_kind plain NOT NULL,
    party_id BIGINT NOT NULL,
    email plain NOT NULL,
    password plain NOT NULL,
    created_at instant NOT NULL,
    disabled_at instant NOT NULL,
    PRIMARY KEY (county_id, id)
);
CREATE UNIQUE INDEX users_login ON users (county_id, login);

-- sessions: signed-in browsers, by the SHA-256 of their token.
CREATE TABLE sessions (
    county_id BIGINT NOT NULL,
    token_sha256 plain NOT NULL,
    user_id BIGINT NOT NULL,
    created_at instant NOT NULL,
    expires_at instant NOT NULL,
    PRIMARY KEY (county_id, token_sha256),
    FOREIGN KEY (county_id, user_id) REFERENCES users (county_id, id)
);

-- journal: the chain over everything recorded.
CREATE TABLE journal (
    county_id BIGINT NOT NULL,
    seq numbered NOT NULL,
    "at" instant NOT NULL,
    kind plain NOT NULL,
    actor plain NOT NULL,
    subject plain NOT NULL,
    body plain NOT NULL,
    alg plain NOT NULL,
    prev_hash plain NOT NULL,
    hash plain NOT NULL,
    PRIMARY KEY (county_id, seq)
);
