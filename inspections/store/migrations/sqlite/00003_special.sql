-- +goose Up
-- What stands beside the random draws: special visits, inspectors away, weights set by two persons,
-- complaints, holiday weeks and public beacons. Nothing of it is deleted or written over.

-- special_orders: why a special visit was sent and who asked for it.
CREATE TABLE special_orders (
    county_id INTEGER NOT NULL,
    visit_id INTEGER NOT NULL,
    reason TEXT NOT NULL,
    asked_by TEXT NOT NULL,
    follows_id INTEGER NOT NULL,
    ordered_by TEXT NOT NULL,
    ordered_at TEXT NOT NULL CHECK (length(ordered_at) IN (0, 27)),
    PRIMARY KEY (county_id, visit_id),
    FOREIGN KEY (county_id, visit_id) REFERENCES visits (county_id, id)
) STRICT, WITHOUT ROWID;

-- inspector_leaves: days on which an inspector cannot go.
CREATE TABLE inspector_leaves (
    county_id INTEGER NOT NULL,
    id INTEGER NOT NULL CHECK (id BETWEEN 1 AND 4294967295),
    inspector_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    from_day TEXT NOT NULL CHECK (length(from_day) IN (0, 10)),
    until_day TEXT NOT NULL CHECK (length(until_day) IN (0, 10)),
    note TEXT NOT NULL,
    recorded_at TEXT NOT NULL CHECK (length(recorded_at) IN (0, 27)),
    PRIMARY KEY (county_id, id),
    FOREIGN KEY (county_id, inspector_id) REFERENCES inspectors (county_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX inspector_leaves_from_day ON inspector_leaves (county_id, from_day);

-- weight_changes: risk weights set by two persons.
CREATE TABLE weight_changes (
    county_id INTEGER NOT NULL,
    id INTEGER NOT NULL CHECK (id BETWEEN 1 AND 4294967295),
    team_id INTEGER NOT NULL,
    weight INTEGER NOT NULL,
    from_day TEXT NOT NULL CHECK (length(from_day) IN (0, 10)),
    until_day TEXT NOT NULL CHECK (length(until_day) IN (0, 10)),
    reason TEXT NOT NULL,
    proposer_id INTEGER NOT NULL,
    proposed_at TEXT NOT NULL CHECK (length(proposed_at) IN (0, 27)),
    decider_id INTEGER NOT NULL,
    decided_at TEXT NOT NULL CHECK (length(decided_at) IN (0, 27)),
    approved INTEGER NOT NULL CHECK (approved IN (0, 1)),
    PRIMARY KEY (county_id, id),
    FOREIGN KEY (county_id, team_id) REFERENCES teams (county_id, id)
) STRICT, WITHOUT ROWID;

-- complaints: what was told to the office about a team.
CREATE TABLE complaints (
    county_id INTEGER NOT NULL,
    id INTEGER NOT NULL CHECK (id BETWEEN 1 AND 4294967295),
    team_id INTEGER NOT NULL,
    day TEXT NOT NULL CHECK (length(day) IN (0, 10)),
    source TEXT NOT NULL,
    note TEXT NOT NULL,
    recorded_at TEXT NOT NULL CHECK (length(recorded_at) IN (0, 27)),
    PRIMARY KEY (county_id, id),
    FOREIGN KEY (county_id, team_id) REFERENCES teams (county_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX complaints_day ON complaints (county_id, day);

-- week_plans: slots dropped and evenings added, before a week is sealed; the newest counts.
CREATE TABLE week_plans (
    county_id INTEGER NOT NULL,
    id INTEGER NOT NULL CHECK (id BETWEEN 1 AND 4294967295),
    iso_year INTEGER NOT NULL,
    iso_week INTEGER NOT NULL,
    dropped TEXT NOT NULL,
    evenings TEXT NOT NULL,
    reason TEXT NOT NULL,
    signed_by TEXT NOT NULL,
    signed_at TEXT NOT NULL CHECK (length(signed_at) IN (0, 27)),
    PRIMARY KEY (county_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX week_plans_iso_year_iso_week ON week_plans (county_id, iso_year, iso_week);

-- beacons: values of public beacons, taken from where the sealed book says.
CREATE TABLE beacons (
    county_id INTEGER NOT NULL,
    iso_year INTEGER NOT NULL,
    iso_week INTEGER NOT NULL,
    value TEXT NOT NULL,
    entered_by TEXT NOT NULL,
    entered_at TEXT NOT NULL CHECK (length(entered_at) IN (0, 27)),
    PRIMARY KEY (county_id, iso_year, iso_week)
) STRICT, WITHOUT ROWID;

-- Nothing recorded is deleted, and only the decision of a weight change comes later.
-- +goose StatementBegin
CREATE TRIGGER special_orders_stay BEFORE DELETE ON special_orders BEGIN SELECT RAISE(ABORT, 'anfang:store.no_delete'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER special_orders_sealed BEFORE UPDATE ON special_orders BEGIN SELECT RAISE(ABORT, 'anfang:store.sealed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER inspector_leaves_stay BEFORE DELETE ON inspector_leaves BEGIN SELECT RAISE(ABORT, 'anfang:store.no_delete'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER inspector_leaves_sealed BEFORE UPDATE ON inspector_leaves BEGIN SELECT RAISE(ABORT, 'anfang:store.sealed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER weight_changes_stay BEFORE DELETE ON weight_changes BEGIN SELECT RAISE(ABORT, 'anfang:store.no_delete'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER complaints_stay BEFORE DELETE ON complaints BEGIN SELECT RAISE(ABORT, 'anfang:store.no_delete'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER complaints_sealed BEFORE UPDATE ON complaints BEGIN SELECT RAISE(ABORT, 'anfang:store.sealed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER week_plans_stay BEFORE DELETE ON week_plans BEGIN SELECT RAISE(ABORT, 'anfang:store.no_delete'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER week_plans_sealed BEFORE UPDATE ON week_plans BEGIN SELECT RAISE(ABORT, 'anfang:store.sealed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER beacons_stay BEFORE DELETE ON beacons BEGIN SELECT RAISE(ABORT, 'anfang:store.no_delete'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER beacons_sealed BEFORE UPDATE ON beacons BEGIN SELECT RAISE(ABORT, 'anfang:store.sealed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER weight_changes_sealed BEFORE UPDATE ON weight_changes
WHEN NOT (OLD.decided_at = '' AND NEW.decided_at <> ''
    AND NEW.county_id IS OLD.county_id
    AND NEW.id IS OLD.id
    AND NEW.team_id IS OLD.team_id
    AND NEW.weight IS OLD.weight
    AND NEW.from_day IS OLD.from_day
    AND NEW.until_day IS OLD.until_day
    AND NEW.reason IS OLD.reason
    AND NEW.proposer_id IS OLD.proposer_id
    AND NEW.proposed_at IS OLD.proposed_at)
BEGIN SELECT RAISE(ABORT, 'anfang:store.sealed'); END;
-- +goose StatementEnd
