-- +goose Up
-- letter_returns: what a mail that came back to the office said of a letter, once for each mail.
CREATE TABLE letter_returns (
    county_id BIGINT NOT NULL,
    notice plain NOT NULL CHECK (length(notice) = 64),
    letter_id BIGINT NOT NULL,
    status plain NOT NULL,
    answer plain NOT NULL,
    read_at instant NOT NULL,
    PRIMARY KEY (county_id, notice, letter_id),
    FOREIGN KEY (county_id, letter_id) REFERENCES letters (county_id, id)
);
CREATE INDEX letters_message ON letters (county_id, message_id);

CREATE TRIGGER letter_returns_stay BEFORE DELETE ON letter_returns FOR EACH ROW EXECUTE FUNCTION anfang_no_delete();
CREATE TRIGGER letter_returns_whole BEFORE TRUNCATE ON letter_returns FOR EACH STATEMENT EXECUTE FUNCTION anfang_no_delete();
CREATE TRIGGER letter_returns_sealed BEFORE UPDATE ON letter_returns FOR EACH ROW EXECUTE FUNCTION anfang_sealed();
ALTER TABLE letter_returns ENABLE ROW LEVEL SECURITY;
ALTER TABLE letter_returns FORCE ROW LEVEL SECURITY;
CREATE POLICY one_county ON letter_returns USING (county_id = CAST(NULLIF(current_setting('anfang.county', true), '') AS BIGINT));
