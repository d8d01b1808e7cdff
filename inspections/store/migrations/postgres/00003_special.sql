-- +goose Up
-- What stands beside the random draws: special visits, inspectors away, weights set by two persons,
-- complaints, holiday weeks and public beacons. Nothing of it is deleted or written over.

-- special_orders: why a special visit was sent and who asked for it.
CREATE TABLE special_orders (
    county_id BIGINT NOT NULL,
    visit_id BIGINT NOT NULL,
    reason plain NOT NULL,
    asked_by plain NOT NULL,
    follows_id BIGINT NOT NULL,
    ordered_by plain NOT NULL,
    ordered_at instant NOT NULL,
    PRIMARY KEY (county_id, visit_id),
    FOREIGN KEY (county_id, visit_id) REFERENCES visits (county_id, id)
);

-- inspector_leaves: days on which an inspector cannot go.
CREATE TABLE inspector_leaves (
    county_id BIGINT NOT NULL,
    id numbered NOT NULL,
    inspector_id BIGINT NOT NULL,
    kind plain NOT NULL,
    from_day day NOT NULL,
    until_day day NOT NULL,
    note plain NOT NULL,
    recorded_at instant NOT NULL,
    PRIMARY KEY (county_id, id),
    FOREIGN KEY (county_id, inspector_id) REFERENCES inspectors (county_id, id)
);
CREATE INDEX inspector_leaves_from_day ON inspector_leaves (county_id, from_day);

-- weight_changes: risk weights set by two persons.
CREATE TABLE weight_changes (
    county_id BIGINT NOT NULL,
    id numbered NOT NULL,
    team_id BIGINT NOT NULL,
    weight BIGINT NOT NULL,
    from_day day NOT NULL,
    until_day day NOT NULL,
    reason plain NOT NULL,
    proposer_id BIGINT NOT NULL,
    proposed_at instant NOT NULL,
    decider_id BIGINT NOT NULL,
    decided_at instant NOT NULL,
    approved BOOLEAN NOT NULL,
    PRIMARY KEY (county_id, id),
    FOREIGN KEY (county_id, team_id) REFERENCES teams (county_id, id)
);

-- complaints: what was told to the office about a team.
CREATE TABLE complaints (
    county_id BIGINT NOT NULL,
    id numbered NOT NULL,
    team_id BIGINT NOT NULL,
    day day NOT NULL,
    source plain NOT NULL,
    note plain NOT NULL,
    recorded_at instant NOT NULL,
    PRIMARY KEY (county_id, id),
    FOREIGN KEY (county_id, team_id) REFERENCES teams (county_id, id)
);
CREATE INDEX complaints_day ON complaints (county_id, day);

-- week_plans: slots dropped and evenings added, before a week is sealed; the newest counts.
CREATE TABLE week_plans (
    county_id BIGINT NOT NULL,
    id numbered NOT NULL,
    iso_year BIGINT NOT NULL,
    iso_week BIGINT NOT NULL,
    dropped plain NOT NULL,
    evenings plain NOT NULL,
    reason plain NOT NULL,
    signed_by plain NOT NULL,
    signed_at instant NOT NULL,
    PRIMARY KEY (county_id, id)
);
CREATE INDEX week_plans_iso_year_iso_week ON week_plans (county_id, iso_year, iso_week);

-- beacons: values of public beacons, taken from where the sealed book says.
CREATE TABLE beacons (
    county_id BIGINT NOT NULL,
    iso_year BIGINT NOT NULL,
    iso_week BIGINT NOT NULL,
    value plain NOT NULL,
    entered_by plain NOT NULL,
    entered_at instant NOT NULL,
    PRIMARY KEY (county_id, iso_year, iso_week)
);

-- Nothing recorded is deleted, and only the decision of a weight change comes later.
-- +goose StatementBegin
DO $$
DECLARE t TEXT;
BEGIN
    FOREACH t IN ARRAY ARRAY[
        'special_orders', 'inspector_leaves', 'weight_changes', 'complaints', 'week_plans', 'beacons'
    ] LOOP
        EXECUTE format('CREATE TRIGGER %I BEFORE DELETE ON %I FOR EACH ROW EXECUTE FUNCTION anfang_no_delete()', t || '_stay', t);
        EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION anfang_no_delete()', t || '_whole', t);
        IF t <> 'weight_changes' THEN
            EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE ON %I FOR EACH ROW EXECUTE FUNCTION anfang_sealed()', t || '_sealed', t);
        END IF;
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
        EXECUTE format('CREATE POLICY one_county ON %I USING (county_id = CAST(NULLIF(current_setting(''anfang.county'', true), '''') AS BIGINT))', t);
    END LOOP;
END
$$;
-- +goose StatementEnd
CREATE TRIGGER weight_changes_sealed BEFORE UPDATE ON weight_changes FOR EACH ROW
WHEN (NOT (OLD.decided_at = '' AND NEW.decided_at <> ''
    AND NEW.county_id = OLD.county_id
    AND NEW.id = OLD.id
    AND NEW.team_id = OLD.team_id
    AND NEW.weight = OLD.weight
    AND NEW.from_day = OLD.from_day
    AND NEW.until_day = OLD.until_day
    AND NEW.reason = OLD.reason
    AND NEW.proposer_id = OLD.proposer_id
    AND NEW.proposed_at = OLD.proposed_at))
EXECUTE FUNCTION anfang_sealed();
