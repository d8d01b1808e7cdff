-- +goose Up
-- The first migration (DESIGN.md, "Decided in the first migration"): the county comes first in every primary
-- key and unique index; times are fixed-width UTC text ('' = not yet), days are YYYY-MM-DD of the office
-- ('' = none); nothing recorded is deleted.

-- counters: the last id or number given out in each series; it only grows.
CREATE TABLE counters (
    county_id INTEGER NOT NULL,
    series TEXT NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (county_id, series)
) STRICT, WITHOUT ROWID;

-- townships: townships and street offices.
CREATE TABLE townships (
    county_id INTEGER NOT NULL,
    id INTEGER NOT NULL CHECK (id BETWEEN 1 AND 4294967295),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (county_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX townships_code ON townships (county_id, code) WHERE code <> '';

-- units: aid units.
CREATE TABLE units (
    county_id INTEGER NOT NULL,
    id INTEGER NOT NULL CHECK (id BETWEEN 1 AND 4294967295),
    name TEXT NOT NULL,
    PRIMARY KEY (county_id, id)
) STRICT, WITHOUT ROWID;

-- teams: village work teams.
CREATE TABLE teams (
    county_id INTEGER NOT NULL,
    id INTEGER NOT NULL CHECK (id BETWEEN 1 AND 4294967295),
    code TEXT NOT NULL,
    township_id INTEGER NOT NULL,
    village TEXT NOT NULL,
    village_code TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('', 'poverty', 'branch', 'village', 'unstated')),
    from_day TEXT NOT NULL CHECK (length(from_day) IN (0, 10)),
    until_day TEXT NOT NULL CHECK (length(until_day) IN (0, 10)),
    PRIMARY KEY (county_id, id),
    FOREIGN KEY (county_id, township_id) REFERENCES townships (county_id, id)
) STRICT, WITHOUT ROWID;

-- team_units: which unit sends people to which team, and when.
CREATE TABLE team_units (
    county_id INTEGER NOT NULL,
    team_id INTEGER NOT NULL,
    unit_id INTEGER NOT NULL,
    from_day TEXT NOT NULL CHECK (length(from_day) IN (0, 10)),
    until_day TEXT NOT NULL CHECK (length(until_day) IN (0, 10)),
    PRIMARY KEY (county_id, team_id, unit_id, from_day),
    FOREIGN KEY (county_id, team_id) REFERENCES teams (county_id, id),
    FOREIGN KEY (county_id, unit_id) REFERENCES units (county_id, id)
) STRICT, WITHOUT ROWID;

-- members: persons posted to villages.
CREATE TABLE members (
    county_id INTEGER NOT NULL,
    id INTEGER NOT NULL CHECK (id BETWEEN 1 AND 4294967295),
    name TEXT NOT NULL,
    sex TEXT NOT NULL CHECK (sex IN ('', 'm', 'f')),
    phone TEXT NOT NULL,
    salt TEXT NOT NULL,
    PRIMARY KEY (county_id, id)
) STRICT, WITHOUT ROWID;

-- postings: who serves in which team for which unit, and when; unit 0 is to be named.
CREATE TABLE postings (
    county_id INTEGER NOT NULL,
    id INTEGER NOT NULL CHECK (id BETWEEN 1 AND 4294967295),
    member_id INTEGER NOT NULL,
    team_id INTEGER NOT NULL,
    unit_id INTEGER NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('', 'member', 'head')),
    from_day TEXT NOT NULL CHECK (length(from_day) IN (0, 10)),
    until_day TEXT NOT NULL CHECK (length(until_day) IN (0, 10)),
    PRIMARY KEY (county_id, id),
    FOREIGN KEY (county_id, member_id) REFERENCES members (county_id, id),
    FOREIGN KEY (county_id, team_id) REFERENCES teams (county_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX postings_team_id ON postings (county_id, team_id);
CREATE INDEX postings_member_id ON postings (county_id, member_id);

-- holders: who holds a post of a township or unit, and when.
CREATE TABLE holders (
    county_id INTEGER NOT NULL,
    id INTEGER NOT NULL CHECK (id BETWEEN 1 AND 4294967295),
    party_kind TEXT NOT NULL,
    party_id INTEGER NOT NULL,
    post TEXT NOT NULL,
    name TEXT NOT NULL,
    phone TEXT NOT NULL,
    email TEXT NOT NULL,
    from_day TEXT NOT NULL CHECK (length(from_day) IN (0, 10)),
    until_day TEXT NOT NULL CHECK (length(until_day) IN (0, 10)),
    PRIMARY KEY (county_id, id)
) STRICT, WITHOUT ROWID;

-- inspectors: county inspectors; avoid is a JSON list of unit ids.
CREATE TABLE inspectors (
    county_id INTEGER NOT NULL,
    id INTEGER NOT NULL CHECK (id BETWEEN 1 AND 4294967295),
    name TEXT NOT NULL,
    office TEXT NOT NULL,
    phone TEXT NOT NULL,
    email TEXT NOT NULL,
    home_township_id INTEGER NOT NULL,
    own_unit_id INTEGER NOT NULL,
    avoid TEXT NOT NULL,
    from_day TEXT NOT NULL CHECK (length(from_day) IN (0, 10)),
    until_day TEXT NOT NULL CHECK (length(until_day) IN (0, 10)),
    PRIMARY KEY (county_id, id)
) STRICT, WITHOUT ROWID;

-- settings: dated settings, in the order in which they were recorded.
CREATE TABLE settings (
    county_id INTEGER NOT NULL,
    seq INTEGER NOT NULL CHECK (seq BETWEEN 1 AND 4294967295),
    "key" TEXT NOT NULL,
    value TEXT NOT NULL,
    from_day TEXT NOT NULL CHECK (length(from_day) IN (0, 10)),
    recorded_at TEXT NOT NULL CHECK (length(recorded_at) IN (0, 27)),
    PRIMARY KEY (county_id, seq)
) STRICT, WITHOUT ROWID;

-- imports: files that were taken in.
CREATE TABLE imports (
    county_id INTEGER NOT NULL,
    id INTEGER NOT NULL CHECK (id BETWEEN 1 AND 4294967295),
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    row_count INTEGER NOT NULL,
    problem_count INTEGER NOT NULL,
    imported_at TEXT NOT NULL CHECK (length(imported_at) IN (0, 27)),
    PRIMARY KEY (county_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX imports_kind_sha256 ON imports (county_id, kind, sha256);

-- sign_ins: ledger days of members; the newest import of a day counts, earlier ones stay.
CREATE TABLE sign_ins (
    county_id INTEGER NOT NULL,
    day TEXT NOT NULL CHECK (length(day) IN (0, 10)),
    member_id INTEGER NOT NULL,
    import_id INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    team_id INTEGER NOT NULL,
    clock TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('present', 'leave', 'travel', 'absent')),
    leave_kind TEXT NOT NULL,
    odd_place INTEGER NOT NULL CHECK (odd_place IN (0, 1)),
    source_row INTEGER NOT NULL,
    PRIMARY KEY (county_id, day, member_id, import_id, seq),
    FOREIGN KEY (county_id, member_id) REFERENCES members (county_id, id),
    FOREIGN KEY (county_id, team_id) REFERENCES teams (county_id, id),
    FOREIGN KEY (county_id, import_id) REFERENCES imports (county_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX sign_ins_import_id_seq ON sign_ins (county_id, import_id, seq);

-- leaves: leave and duty travel reported to the office.
CREATE TABLE leaves (
    county_id INTEGER NOT NULL,
    id INTEGER NOT NULL CHECK (id BETWEEN 1 AND 4294967295),
    member_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    from_day TEXT NOT NULL CHECK (length(from_day) IN (0, 10)),
    until_day TEXT NOT NULL CHECK (length(until_day) IN (0, 10)),
    approver TEXT NOT NULL,
    note TEXT NOT NULL,
    recorded_at TEXT NOT NULL CHECK (length(recorded_at) IN (0, 27)),
    PRIMARY KEY (county_id, id),
    FOREIGN KEY (county_id, member_id) REFERENCES members (county_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX leaves_from_day ON leaves (county_id, from_day);

-- blobs: photos and papers by SHA-256.
CREATE TABLE blobs (
    county_id INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    media TEXT NOT NULL,
    size INTEGER NOT NULL,
    stored_at TEXT NOT NULL CHECK (length(stored_at) IN (0, 27)),
    PRIMARY KEY (county_id, sha256)
) STRICT, WITHOUT ROWID;

-- visits: unannounced inspections.
CREATE TABLE visits (
    county_id INTEGER NOT NULL,
    id INTEGER NOT NULL CHECK (id BETWEEN 1 AND 4294967295),
    kind TEXT NOT NULL CHECK (kind IN ('random', 'manual', 'followup')),
    team_id INTEGER NOT NULL,
    iso_year INTEGER NOT NULL,
    iso_week INTEGER NOT NULL,
    slot INTEGER NOT NULL,
    start_at TEXT NOT NULL CHECK (length(start_at) IN (0, 27)),
    end_at TEXT NOT NULL CHECK (length(end_at) IN (0, 27)),
    arrive_at TEXT NOT NULL CHECK (length(arrive_at) IN (0, 27)),
    released_at TEXT NOT NULL CHECK (length(released_at) IN (0, 27)),
    first_inspector_id INTEGER NOT NULL,
    second_inspector_id INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('released', 'completed', 'cancelled')),
    visited_at TEXT NOT NULL CHECK (length(visited_at) IN (0, 27)),
    recorded_at TEXT NOT NULL CHECK (length(recorded_at) IN (0, 27)),
    reason TEXT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (county_id, id),
    FOREIGN KEY (county_id, team_id) REFERENCES teams (county_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX visits_iso_year_iso_week_slot ON visits (county_id, iso_year, iso_week, slot) WHERE kind = 'random';
CREATE INDEX visits_start_at ON visits (county_id, start_at);

-- attendances: who was there on a visit; seen_as is what the pair wrote.
CREATE TABLE attendances (
    county_id INTEGER NOT NULL,
    visit_id INTEGER NOT NULL,
    member_id INTEGER NOT NULL,
    presence TEXT NOT NULL CHECK (presence IN ('present', 'to_verify', 'on_leave', 'on_travel', 'unexcused')),
    seen_as TEXT NOT NULL CHECK (seen_as IN ('present', 'to_verify')),
    explanation TEXT NOT NULL,
    verified_at TEXT NOT NULL CHECK (length(verified_at) IN (0, 27)),
    verified_by INTEGER NOT NULL,
    PRIMARY KEY (county_id, visit_id, member_id),
    FOREIGN KEY (county_id, visit_id) REFERENCES visits (county_id, id),
    FOREIGN KEY (county_id, member_id) REFERENCES members (county_id, id)
) STRICT, WITHOUT ROWID;

-- checks: answers to the checklist of a visit.
CREATE TABLE checks (
    county_id INTEGER NOT NULL,
    visit_id INTEGER NOT NULL,
    party_kind TEXT NOT NULL,
    clause TEXT NOT NULL,
    item TEXT NOT NULL,
    result TEXT NOT NULL CHECK (result IN ('ok', 'problem', 'none')),
    note TEXT NOT NULL,
    PRIMARY KEY (county_id, visit_id, party_kind, clause, item),
    FOREIGN KEY (county_id, visit_id) REFERENCES visits (county_id, id)
) STRICT, WITHOUT ROWID;

-- evidence: photos and papers of a visit or case.
CREATE TABLE evidence (
    county_id INTEGER NOT NULL,
    id INTEGER NOT NULL CHECK (id BETWEEN 1 AND 4294967295),
    visit_id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    name TEXT NOT NULL,
    media TEXT NOT NULL,
    taken_at TEXT NOT NULL CHECK (length(taken_at) IN (0, 27)),
    note TEXT NOT NULL,
    PRIMARY KEY (county_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX evidence_visit_id ON evidence (county_id, visit_id);
CREATE INDEX evidence_case_id ON evidence (county_id, case_id);

-- findings: verified problems.
CREATE TABLE findings (
    county_id INTEGER NOT NULL,
    id INTEGER NOT NULL CHECK (id BETWEEN 1 AND 4294967295),
    visit_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    clause TEXT NOT NULL,
    party_kind TEXT NOT NULL,
    township_id INTEGER NOT NULL,
    unit_id INTEGER NOT NULL,
    team_id INTEGER NOT NULL,
    member_id INTEGER NOT NULL,
    "at" TEXT NOT NULL CHECK (length("at") IN (0, 27)),
    times INTEGER NOT NULL,
    note TEXT NOT NULL,
    found_at TEXT NOT NULL CHECK (length(found_at) IN (0, 27)),
    PRIMARY KEY (county_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX findings_at ON findings (county_id, "at");

-- cases: one case, several investigations.
CREATE TABLE cases (
    county_id INTEGER NOT NULL,
    id INTEGER NOT NULL CHECK (id BETWEEN 1 AND 4294967295),
    number TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('proposed', 'refused', 'open', 'closed')),
    source TEXT NOT NULL,
    visit_id INTEGER NOT NULL,
    finding_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    township_id INTEGER NOT NULL,
    team_id INTEGER NOT NULL,
    member_id INTEGER NOT NULL,
    fact_at TEXT NOT NULL CHECK (length(fact_at) IN (0, 27)),
    reported INTEGER NOT NULL CHECK (reported IN (0, 1)),
    proposed_at TEXT NOT NULL CHECK (length(proposed_at) IN (0, 27)),
    due_at TEXT NOT NULL CHECK (length(due_at) IN (0, 27)),
    decided_at TEXT NOT NULL CHECK (length(decided_at) IN (0, 27)),
    decided_by INTEGER NOT NULL,
    decide_duty TEXT NOT NULL,
    reason TEXT NOT NULL,
    closed_at TEXT NOT NULL CHECK (length(closed_at) IN (0, 27)),
    PRIMARY KEY (county_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX cases_number ON cases (county_id, number);

-- branches: the investigations of a case; party 0 is to be named.
CREATE TABLE branches (
    county_id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    seq INTEGER NOT NULL CHECK (seq BETWEEN 1 AND 4294967295),
    side TEXT NOT NULL CHECK (side IN ('township', 'unit', 'member')),
    party_kind TEXT NOT NULL,
    party_id INTEGER NOT NULL,
    responsible TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('awaiting', 'open', 'concluded', 'dropped')),
    statement TEXT NOT NULL,
    liable INTEGER NOT NULL CHECK (liable IN (0, 1)),
    conclusion TEXT NOT NULL,
    concluded_by INTEGER NOT NULL,
    approved_by INTEGER NOT NULL,
    concluded_at TEXT NOT NULL CHECK (length(concluded_at) IN (0, 27)),
    PRIMARY KEY (county_id, case_id, seq),
    FOREIGN KEY (county_id, case_id) REFERENCES cases (county_id, id)
) STRICT, WITHOUT ROWID;

-- measures: accountability measures of a branch.
CREATE TABLE measures (
    county_id INTEGER NOT NULL,
    id INTEGER NOT NULL CHECK (id BETWEEN 1 AND 4294967295),
    case_id INTEGER NOT NULL,
    branch_seq INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('talk', 'criticism', 'admonish', 'recall')),
    person TEXT NOT NULL,
    body TEXT NOT NULL,
    decided_at TEXT NOT NULL CHECK (length(decided_at) IN (0, 27)),
    served_at TEXT NOT NULL CHECK (length(served_at) IN (0, 27)),
    executed_at TEXT NOT NULL CHECK (length(executed_at) IN (0, 27)),
    PRIMARY KEY (county_id, id),
    FOREIGN KEY (county_id, case_id, branch_seq) REFERENCES branches (county_id, case_id, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX measures_case_id ON measures (county_id, case_id);

-- obligations: what is owed by when, and what was done.
CREATE TABLE obligations (
    county_id INTEGER NOT NULL,
    id INTEGER NOT NULL CHECK (id BETWEEN 1 AND 4294967295),
    kind TEXT NOT NULL,
    clause TEXT NOT NULL,
    party_kind TEXT NOT NULL,
    party_id INTEGER NOT NULL,
    period TEXT NOT NULL,
    subject TEXT NOT NULL,
    started_at TEXT NOT NULL CHECK (length(started_at) IN (0, 27)),
    due_at TEXT NOT NULL CHECK (length(due_at) IN (0, 27)),
    undetermined TEXT NOT NULL,
    done_at TEXT NOT NULL CHECK (length(done_at) IN (0, 27)),
    done_ref TEXT NOT NULL,
    escalated_at TEXT NOT NULL CHECK (length(escalated_at) IN (0, 27)),
    reason TEXT NOT NULL,
    PRIMARY KEY (county_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX obligations_kind_party_kind_party_id_period_subject ON obligations (county_id, kind, party_kind, party_id, period, subject);
CREATE INDEX obligations_done_at_due_at ON obligations (county_id, done_at, due_at);

-- letters: the post: one message to one reader.
CREATE TABLE letters (
    county_id INTEGER NOT NULL,
    id INTEGER NOT NULL CHECK (id BETWEEN 1 AND 4294967295),
    kind TEXT NOT NULL,
    "key" TEXT NOT NULL,
    party_kind TEXT NOT NULL,
    party_id INTEGER NOT NULL,
    to_name TEXT NOT NULL,
    to_email TEXT NOT NULL,
    args TEXT NOT NULL,
    attach TEXT NOT NULL,
    created_at TEXT NOT NULL CHECK (length(created_at) IN (0, 27)),
    state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'accepted', 'refused', 'unknown')),
    tries INTEGER NOT NULL,
    next_try_at TEXT NOT NULL CHECK (length(next_try_at) IN (0, 27)),
    message_id TEXT NOT NULL,
    body_sha256 TEXT NOT NULL,
    settled_at TEXT NOT NULL CHECK (length(settled_at) IN (0, 27)),
    answer TEXT NOT NULL,
    PRIMARY KEY (county_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX letters_key ON letters (county_id, "key");
CREATE INDEX letters_state_next_try_at ON letters (county_id, state, next_try_at);

-- issues: published papers: bulletins and corrections.
CREATE TABLE issues (
    county_id INTEGER NOT NULL,
    id INTEGER NOT NULL CHECK (id BETWEEN 1 AND 4294967295),
    kind TEXT NOT NULL,
    month TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'signed', 'issued')),
    figures TEXT NOT NULL,
    drafted_at TEXT NOT NULL CHECK (length(drafted_at) IN (0, 27)),
    signed_by TEXT NOT NULL,
    signed_at TEXT NOT NULL CHECK (length(signed_at) IN (0, 27)),
    standing INTEGER NOT NULL CHECK (standing IN (0, 1)),
    number_year INTEGER NOT NULL,
    number INTEGER NOT NULL,
    issued_at TEXT NOT NULL CHECK (length(issued_at) IN (0, 27)),
    pdf_sha256 TEXT NOT NULL,
    PRIMARY KEY (county_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX issues_kind_number_year_number ON issues (county_id, kind, number_year, number) WHERE number > 0;

-- standing_sign_offs: sign-offs that hold for a period.
CREATE TABLE standing_sign_offs (
    county_id INTEGER NOT NULL,
    seq INTEGER NOT NULL CHECK (seq BETWEEN 1 AND 4294967295),
    signed_by TEXT NOT NULL,
    from_day TEXT NOT NULL CHECK (length(from_day) IN (0, 10)),
    until_day TEXT NOT NULL CHECK (length(until_day) IN (0, 10)),
    recorded_at TEXT NOT NULL CHECK (length(recorded_at) IN (0, 27)),
    PRIMARY KEY (county_id, seq)
) STRICT, WITHOUT ROWID;

-- runs: scheduled jobs at their nominal time; the pair is unique, so a job fires once.
CREATE TABLE runs (
    county_id INTEGER NOT NULL,
    job TEXT NOT NULL,
    due_at TEXT NOT NULL CHECK (length(due_at) IN (0, 27)),
    done_at TEXT NOT NULL CHECK (length(done_at) IN (0, 27)),
    note TEXT NOT NULL,
    PRIMARY KEY (county_id, job, due_at)
) STRICT, WITHOUT ROWID;

-- freezes: the sealed book of a week.
CREATE TABLE freezes (
    county_id INTEGER NOT NULL,
    iso_year INTEGER NOT NULL,
    iso_week INTEGER NOT NULL,
    body TEXT NOT NULL,
    hash TEXT NOT NULL,
    late INTEGER NOT NULL CHECK (late IN (0, 1)),
    frozen_at TEXT NOT NULL CHECK (length(frozen_at) IN (0, 27)),
    coseed TEXT NOT NULL,
    coseed_by TEXT NOT NULL,
    coseed_at TEXT NOT NULL CHECK (length(coseed_at) IN (0, 27)),
    PRIMARY KEY (county_id, iso_year, iso_week)
) STRICT, WITHOUT ROWID;

-- slots: what the slots brought; a row appears at its release.
CREATE TABLE slots (
    county_id INTEGER NOT NULL,
    iso_year INTEGER NOT NULL,
    iso_week INTEGER NOT NULL,
    slot INTEGER NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('none', 'dispatch', 'missed', 'nopair')),
    visit_id INTEGER NOT NULL,
    released_at TEXT NOT NULL CHECK (length(released_at) IN (0, 27)),
    "row" TEXT NOT NULL,
    link TEXT NOT NULL,
    PRIMARY KEY (county_id, iso_year, iso_week, slot)
) STRICT, WITHOUT ROWID;

-- exceptions: weeks with fewer than two visits, signed before they begin.
CREATE TABLE exceptions (
    county_id INTEGER NOT NULL,
    iso_year INTEGER NOT NULL,
    iso_week INTEGER NOT NULL,
    reason TEXT NOT NULL,
    signed_by TEXT NOT NULL,
    signed_at TEXT NOT NULL CHECK (length(signed_at) IN (0, 27)),
    PRIMARY KEY (county_id, iso_year, iso_week)
) STRICT, WITHOUT ROWID;

-- anchors: published check values of the chains of links.
CREATE TABLE anchors (
    county_id INTEGER NOT NULL,
    iso_year INTEGER NOT NULL,
    anchor TEXT NOT NULL,
    recorded_at TEXT NOT NULL CHECK (length(recorded_at) IN (0, 27)),
    PRIMARY KEY (county_id, iso_year)
) STRICT, WITHOUT ROWID;

-- users: persons who sign in.
CREATE TABLE users (
    county_id INTEGER NOT NULL,
    id INTEGER NOT NULL CHECK (id BETWEEN 1 AND 4294967295),
    login TEXT NOT NULL,
    name TEXT NOT NULL,
    duty TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('admin', 'clerk', 'leader', 'inspector', 'reviewer', 'township', 'unit')),
    party_kind TEXT NOT NULL,
    party_id INTEGER NOT NULL,
    email TEXT NOT NULL,
    password TEXT NOT NULL,
    created_at TEXT NOT NULL CHECK (length(created_at) IN (0, 27)),
    disabled_at TEXT NOT NULL CHECK (length(disabled_at) IN (0, 27)),
    PRIMARY KEY (county_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX users_login ON users (county_id, login);

-- sessions: signed-in browsers, by the SHA-256 of their token.
CREATE TABLE sessions (
    county_id INTEGER NOT NULL,
    token_sha256 TEXT NOT NULL,
    user_id INTEGER NOT NULL,
    created_at TEXT NOT NULL CHECK (length(created_at) IN (0, 27)),
    expires_at TEXT NOT NULL CHECK (length(expires_at) IN (0, 27)),
    PRIMARY KEY (county_id, token_sha256),
    FOREIGN KEY (county_id, user_id) REFERENCES users (county_id, id)
) STRICT, WITHOUT ROWID;

-- journal: the chain over everything recorded.
CREATE TABLE journal (
    county_id INTEGER NOT NULL,
    seq INTEGER NOT NULL CHECK (seq BETWEEN 1 AND 4294967295),
    "at" TEXT NOT NULL CHECK (length("at") IN (0, 27)),
    kind TEXT NOT NULL,
    actor TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    alg TEXT NOT NULL,
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (county_id, seq)
) STRICT, WITHOUT ROWID;
