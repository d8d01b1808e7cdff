-- +goose Up
-- What no program may do to the records, whichever way it comes.

-- Nothing recorded is deleted; sessions end.
-- +goose StatementBegin
CREATE TRIGGER townships_stay BEFORE DELETE ON townships BEGIN SELECT RAISE(ABORT, 'anfang:store.no_delete'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER units_stay BEFORE DELETE ON units BEGIN SELECT RAISE(ABORT, 'anfang:store.no_delete'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER teams_stay BEFORE DELETE ON teams BEGIN SELECT RAISE(ABORT, 'anfang:store.no_delete'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER team_units_stay BEFORE DELETE ON team_units BEGIN SELECT RAISE(ABORT, 'anfang:store.no_delete'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER members_stay BEFORE DELETE ON members BEGIN SELECT RAISE(ABORT, 'anfang:store.no_delete'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER postings_stay BEFORE DELETE ON postings BEGIN SELECT RAISE(ABORT, 'anfang:store.no_delete'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER holders_stay BEFORE DELETE ON holders BEGIN SELECT RAISE(ABORT, 'anfang:store.no_delete'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER inspectors_stay BEFORE DELETE ON inspectors BEGIN SELECT RAISE(ABORT, 'anfang:store.no_delete'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER settings_stay BEFORE DELETE ON settings BEGIN SELECT RAISE(ABORT, 'anfang:store.no_delete'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER imports_stay BEFORE DELETE ON imports BEGIN SELECT RAISE(ABORT, 'anfang:store.no_delete'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER sign_ins_stay BEFORE DELETE ON sign_ins BEGIN SELECT RAISE(ABORT, 'anfang:store.no_delete'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER leaves_stay BEFORE DELETE ON leaves BEGIN SELECT RAISE(ABORT, 'anfang:store.no_delete'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER blobs_stay BEFORE DELETE ON blobs BEGIN SELECT RAISE(ABORT, 'anfang:store.no_delete'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER visits_stay BEFORE DELETE ON visits BEGIN SELECT RAISE(ABORT, 'anfang:store.no_delete'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER attendances_stay BEFORE DELETE ON attendances BEGIN SELECT RAISE(ABORT, 'anfang:store.no_delete'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER checks_stay BEFORE DELETE ON checks BEGIN SELECT RAISE(ABORT, 'anfang:store.no_delete'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER evidence_stay BEFORE DELETE ON evidence BEGIN SELECT RAISE(ABORT, 'anfang:store.no_delete'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER findings_stay BEFORE DELETE ON findings BEGIN SELECT RAISE(ABORT, 'anfang:store.no_delete'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER cases_stay BEFORE DELETE ON cases BEGIN SELECT RAISE(ABORT, 'anfang:store.no_delete'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER branches_stay BEFORE DELETE ON branches BEGIN SELECT RAISE(ABORT, 'anfang:store.no_delete'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER measures_stay BEFORE DELETE ON measures BEGIN SELECT RAISE(ABORT, 'anfang:store.no_delete'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER obligations_stay BEFORE DELETE ON obligations BEGIN SELECT RAISE(ABORT, 'anfang:store.no_delete'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER letters_stay BEFORE DELETE ON letters BEGIN SELECT RAISE(ABORT, 'anfang:store.no_delete'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER issues_stay BEFORE DELETE ON issues BEGIN SELECT RAISE(ABORT, 'anfang:store.no_delete'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER standing_sign_offs_stay BEFORE DELETE ON standing_sign_offs BEGIN SELECT RAISE(ABORT, 'anfang:store.no_delete'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER runs_stay BEFORE DELETE ON runs BEGIN SELECT RAISE(ABORT, 'anfang:store.no_delete'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER freezes_stay BEFORE DELETE ON freezes BEGIN SELECT RAISE(ABORT, 'anfang:store.no_delete'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER slots_stay BEFORE DELETE ON slots BEGIN SELECT RAISE(ABORT, 'anfang:store.no_delete'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER exceptions_stay BEFORE DELETE ON exceptions BEGIN SELECT RAISE(ABORT, 'anfang:store.no_delete'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER anchors_stay BEFORE DELETE ON anchors BEGIN SELECT RAISE(ABORT, 'anfang:store.no_delete'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER users_stay BEFORE DELETE ON users BEGIN SELECT RAISE(ABORT, 'anfang:store.no_delete'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER journal_stay BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'anfang:store.no_delete'); END;
-- +goose StatementEnd

-- The journal is written once.
-- +goose StatementBegin
CREATE TRIGGER journal_sealed BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'anfang:store.sealed'); END;
-- +goose StatementEnd

-- A row of slots is sealed; only its link is added, once.
-- +goose StatementBegin
CREATE TRIGGER slots_sealed BEFORE UPDATE ON slots
WHEN NOT (OLD.link = '' AND NEW.link <> ''
    AND NEW.county_id IS OLD.county_id
    AND NEW.iso_year IS OLD.iso_year
    AND NEW.iso_week IS OLD.iso_week
    AND NEW.slot IS OLD.slot
    AND NEW.outcome IS OLD.outcome
    AND NEW.visit_id IS OLD.visit_id
    AND NEW.released_at IS OLD.released_at
    AND NEW."row" IS OLD."row")
BEGIN SELECT RAISE(ABORT, 'anfang:store.sealed'); END;
-- +goose StatementEnd

-- A row of freezes is sealed; only its coseed is added, once.
-- +goose StatementBegin
CREATE TRIGGER freezes_sealed BEFORE UPDATE ON freezes
WHEN NOT (OLD.coseed = '' AND NEW.coseed <> ''
    AND NEW.county_id IS OLD.county_id
    AND NEW.iso_year IS OLD.iso_year
    AND NEW.iso_week IS OLD.iso_week
    AND NEW.body IS OLD.body
    AND NEW.hash IS OLD.hash
    AND NEW.late IS OLD.late
    AND NEW.frozen_at IS OLD.frozen_at)
BEGIN SELECT RAISE(ABORT, 'anfang:store.sealed'); END;
-- +goose StatementEnd

-- 3.6: a case closes when every investigation is concluded and every measure carried out, and stays so.
-- +goose StatementBegin
CREATE TRIGGER cases_gate BEFORE UPDATE ON cases
WHEN NEW.state = 'closed' AND (NEW.closed_at = ''
    OR NOT EXISTS (SELECT 1 FROM branches b WHERE b.county_id = NEW.county_id AND b.case_id = NEW.id)
    OR EXISTS (SELECT 1 FROM branches b WHERE b.county_id = NEW.county_id AND b.case_id = NEW.id AND b.state <> 'concluded')
    OR EXISTS (SELECT 1 FROM measures m WHERE m.county_id = NEW.county_id AND m.case_id = NEW.id AND m.executed_at = ''))
BEGIN SELECT RAISE(ABORT, 'anfang:case.gate'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER cases_gate_new BEFORE INSERT ON cases
WHEN NEW.state = 'closed'
BEGIN SELECT RAISE(ABORT, 'anfang:case.gate'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER branches_gate_new BEFORE INSERT ON branches
WHEN NEW.state <> 'concluded' AND EXISTS (SELECT 1 FROM cases c WHERE c.county_id = NEW.county_id AND c.id = NEW.case_id AND c.state = 'closed')
BEGIN SELECT RAISE(ABORT, 'anfang:case.gate'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER measures_gate_new BEFORE INSERT ON measures
WHEN NEW.executed_at = '' AND EXISTS (SELECT 1 FROM cases c WHERE c.county_id = NEW.county_id AND c.id = NEW.case_id AND c.state = 'closed')
BEGIN SELECT RAISE(ABORT, 'anfang:case.gate'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER branches_gate BEFORE UPDATE ON branches
WHEN NEW.state <> 'concluded' AND EXISTS (SELECT 1 FROM cases c WHERE c.county_id = NEW.county_id AND c.id = NEW.case_id AND c.state = 'closed')
BEGIN SELECT RAISE(ABORT, 'anfang:case.gate'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER measures_gate BEFORE UPDATE ON measures
WHEN NEW.executed_at = '' AND EXISTS (SELECT 1 FROM cases c WHERE c.county_id = NEW.county_id AND c.id = NEW.case_id AND c.state = 'closed')
BEGIN SELECT RAISE(ABORT, 'anfang:case.gate'); END;
-- +goose StatementEnd
