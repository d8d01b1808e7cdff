-- +goose Up
-- What a case file must show beside the branches: every act of a case in order, the table of powers and
-- proposals, the ledger of rectification, and what became of a clock.

ALTER TABLE measures ADD COLUMN proposed TEXT NOT NULL DEFAULT '';
ALTER TABLE measures ADD COLUMN reason TEXT NOT NULL DEFAULT '';
ALTER TABLE measures ADD COLUMN authority TEXT NOT NULL DEFAULT '';
ALTER TABLE measures ADD COLUMN decided_by INTEGER NOT NULL DEFAULT 0;
ALTER TABLE obligations ADD COLUMN first_due_at TEXT NOT NULL DEFAULT '' CHECK (length(first_due_at) IN (0, 27));
ALTER TABLE obligations ADD COLUMN extended_by INTEGER NOT NULL DEFAULT 0;
ALTER TABLE obligations ADD COLUMN workdays INTEGER NOT NULL DEFAULT 0;
ALTER TABLE obligations ADD COLUMN counted TEXT NOT NULL DEFAULT '';

-- case_acts: what was done in a case, in order; written once.
CREATE TABLE case_acts (
    county_id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    seq INTEGER NOT NULL CHECK (seq BETWEEN 1 AND 4294967295),
    branch_seq INTEGER NOT NULL,
    kind TEXT NOT NULL,
    "at" TEXT NOT NULL CHECK (length("at") IN (0, 27)),
    by_user INTEGER NOT NULL,
    second_user INTEGER NOT NULL,
    answers INTEGER NOT NULL,
    measure_id INTEGER NOT NULL,
    member_id INTEGER NOT NULL,
    person TEXT NOT NULL,
    body TEXT NOT NULL,
    text TEXT NOT NULL,
    outcome TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    due_at TEXT NOT NULL CHECK (length(due_at) IN (0, 27)),
    PRIMARY KEY (county_id, case_id, seq),
    FOREIGN KEY (county_id, case_id) REFERENCES cases (county_id, id)
) STRICT, WITHOUT ROWID;

-- case_rules: dated lines that say who may do what and which measure is proposed.
CREATE TABLE case_rules (
    county_id INTEGER NOT NULL,
    seq INTEGER NOT NULL CHECK (seq BETWEEN 1 AND 4294967295),
    what TEXT NOT NULL CHECK (what IN ('start', 'measure', 'propose')),
    side TEXT NOT NULL CHECK (side IN ('township', 'unit', 'member')),
    kind TEXT NOT NULL,
    times INTEGER NOT NULL,
    measure TEXT NOT NULL,
    body TEXT NOT NULL,
    basis TEXT NOT NULL,
    from_day TEXT NOT NULL CHECK (length(from_day) IN (0, 10)),
    recorded_at TEXT NOT NULL CHECK (length(recorded_at) IN (0, 27)),
    PRIMARY KEY (county_id, seq)
) STRICT, WITHOUT ROWID;

-- rectifications: the ledger of what must be put right; a line closes when somebody verified it.
CREATE TABLE rectifications (
    county_id INTEGER NOT NULL,
    id INTEGER NOT NULL CHECK (id BETWEEN 1 AND 4294967295),
    case_id INTEGER NOT NULL,
    finding_id INTEGER NOT NULL,
    party_kind TEXT NOT NULL,
    party_id INTEGER NOT NULL,
    problem TEXT NOT NULL,
    clause TEXT NOT NULL,
    action TEXT NOT NULL,
    person TEXT NOT NULL,
    times INTEGER NOT NULL,
    opened_at TEXT NOT NULL CHECK (length(opened_at) IN (0, 27)),
    due_at TEXT NOT NULL CHECK (length(due_at) IN (0, 27)),
    reported_at TEXT NOT NULL CHECK (length(reported_at) IN (0, 27)),
    proof TEXT NOT NULL,
    proof_sha256 TEXT NOT NULL,
    visit_id INTEGER NOT NULL,
    verified_at TEXT NOT NULL CHECK (length(verified_at) IN (0, 27)),
    verified_by INTEGER NOT NULL,
    how TEXT NOT NULL,
    PRIMARY KEY (county_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX rectifications_verified_at_due_at ON rectifications (county_id, verified_at, due_at);

-- +goose StatementBegin
CREATE TRIGGER case_acts_stay BEFORE DELETE ON case_acts BEGIN SELECT RAISE(ABORT, 'anfang:store.no_delete'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER case_rules_stay BEFORE DELETE ON case_rules BEGIN SELECT RAISE(ABORT, 'anfang:store.no_delete'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER rectifications_stay BEFORE DELETE ON rectifications BEGIN SELECT RAISE(ABORT, 'anfang:store.no_delete'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER case_acts_sealed BEFORE UPDATE ON case_acts BEGIN SELECT RAISE(ABORT, 'anfang:store.sealed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER case_rules_sealed BEFORE UPDATE ON case_rules BEGIN SELECT RAISE(ABORT, 'anfang:store.sealed'); END;
-- +goose StatementEnd

-- A case that handed something over waits for the receipt.
-- +goose StatementBegin
CREATE TRIGGER cases_gate_handover BEFORE UPDATE ON cases
WHEN NEW.state = 'closed' AND EXISTS (SELECT 1 FROM case_acts a WHERE a.county_id = NEW.county_id AND a.case_id = NEW.id AND a.kind = 'handover'
    AND NOT EXISTS (SELECT 1 FROM case_acts r WHERE r.county_id = a.county_id AND r.case_id = a.case_id AND r.kind = 'receipt' AND r.answers = a.seq))
BEGIN SELECT RAISE(ABORT, 'anfang:case.gate'); END;
-- +goose StatementEnd

-- A line of the ledger is closed by somebody who says how it was verified, after it was reported, and stays so.
-- +goose StatementBegin
CREATE TRIGGER rectifications_gate BEFORE UPDATE ON rectifications
WHEN OLD.verified_at <> '' OR (NEW.verified_at <> '' AND (NEW.reported_at = '' OR NEW.how = ''))
BEGIN SELECT RAISE(ABORT, 'anfang:rectify.gate'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER rectifications_gate_new BEFORE INSERT ON rectifications
WHEN NEW.verified_at <> ''
BEGIN SELECT RAISE(ABORT, 'anfang:rectify.gate'); END;
-- +goose StatementEnd
