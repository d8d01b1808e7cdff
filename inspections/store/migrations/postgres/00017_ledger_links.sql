-- +goose Up
-- A month's ledger is some 17,000 rows, a province's day three million: three look-ups for each row cost more
-- than writing it. Nothing here is ever deleted, so one look at all new rows of a statement holds the same links.
ALTER TABLE sign_ins DROP CONSTRAINT sign_ins_county_id_member_id_fkey;
ALTER TABLE sign_ins DROP CONSTRAINT sign_ins_county_id_team_id_fkey;
ALTER TABLE sign_ins DROP CONSTRAINT sign_ins_county_id_import_id_fkey;
-- +goose StatementBegin
CREATE FUNCTION anfang_ledger_links() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM (SELECT DISTINCT county_id, member_id FROM fresh) f
            LEFT JOIN members m ON m.county_id = f.county_id AND m.id = f.member_id WHERE m.id IS NULL)
        OR EXISTS (SELECT FROM (SELECT DISTINCT county_id, team_id FROM fresh) f
            LEFT JOIN teams t ON t.county_id = f.county_id AND t.id = f.team_id WHERE t.id IS NULL)
        OR EXISTS (SELECT FROM (SELECT DISTINCT county_id, import_id FROM fresh) f
            LEFT JOIN imports i ON i.county_id = f.county_id AND i.id = f.import_id WHERE i.id IS NULL)
    THEN
        RAISE EXCEPTION 'sign_ins: member, team or import does not exist' USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END
$$;
-- +goose StatementEnd
CREATE TRIGGER sign_ins_links AFTER INSERT ON sign_ins REFERENCING NEW TABLE AS fresh
FOR EACH STATEMENT EXECUTE FUNCTION anfang_ledger_links();
CREATE TRIGGER sign_ins_relinks AFTER UPDATE ON sign_ins REFERENCING NEW TABLE AS fresh
FOR EACH STATEMENT EXECUTE FUNCTION anfang_ledger_links();
