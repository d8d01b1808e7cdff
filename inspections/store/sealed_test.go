package store_test

import (
	"strings"
	"testing"

	"github.com/jmoiron/sqlx"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/journal"
	"anfang.example/inspections/store"
)

// writeSealed writes one row of each kind that is written once.
func writeSealed(t *testing.T, s *store.Store) {
	t.Helper()
	week := calendar.Week{Year: 2025, Number: 11}
	if err := s.InTx(t.Context(), func(tx *store.Tx) error {
		if _, err := journal.Append(tx, journal.Entry{Kind: "a", Body: map[string]any{}}); err != nil {
			return err
		}
		if err := tx.AddSalt(journal.Salt{Seq: 1, Salt: strings.Repeat("ab", 16)}); err != nil {
			return err
		}
		for _, slot := range []int{1, 2} {
			if err := tx.AddSlot(inspections.Slot{Year: 2025, Week: 11, Slot: slot, Outcome: inspections.SlotNone}); err != nil {
				return err
			}
		}
		if err := tx.RevealSlot(week, 1, "aa"); err != nil {
			return err
		}
		if err := tx.AddFreeze(inspections.Freeze{Year: 2025, Week: 11, Body: "{}", Hash: "aa"}); err != nil {
			return err
		}
		if err := tx.AddIssuedPaper(&inspections.IssuedPaper{Kind: inspections.PaperYear, Subject: "year/2025", Prefix: "永驻村办发", Year: 2025, Number: 1}); err != nil {
			return err
		}
		return addUnit(tx)
	}); err != nil {
		t.Fatal(err)
	}
}

// refuseForgery tries, by plain SQL, to change what is sealed; prepare is run first on the connection.
func refuseForgery(t *testing.T, db *sqlx.DB, prepare string) {
	t.Helper()
	db.SetMaxOpenConns(1)
	if prepare != "" {
		if _, err := db.Exec(prepare); err != nil {
			t.Fatal(err)
		}
	}
	for query, key := range map[string]string{
		`UPDATE journal SET body = 'x'`:                                           "store.sealed",
		`UPDATE journal SET county_id = 1`:                                        "store.sealed",
		`DELETE FROM journal`:                                                     "store.no_delete",
		`UPDATE journal_salts SET salt = 'cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd'`:      "store.sealed",
		`UPDATE journal_salts SET salt = ''`:                                      "store.sealed",
		`DELETE FROM journal_salts`:                                               "store.no_delete",
		`UPDATE slots SET outcome = 'missed' WHERE slot = 2`:                      "store.sealed",
		`UPDATE slots SET link = 'bb', visit_id = 7 WHERE slot = 2`:               "store.sealed",
		`UPDATE slots SET link = 'bb' WHERE slot = 1`:                             "store.sealed",
		`UPDATE slots SET link = '' WHERE slot = 1`:                               "store.sealed",
		`DELETE FROM slots`:                                                       "store.no_delete",
		`UPDATE freezes SET hash = 'bb'`:                                          "store.sealed",
		`UPDATE freezes SET coseed = '1', body = '[]'`:                            "store.sealed",
		`UPDATE freezes SET coseed_by = 'x'`:                                      "store.sealed",
		`DELETE FROM freezes`:                                                     "store.no_delete",
		`UPDATE issued_papers SET number = 2`:                                     "store.sealed",
		`DELETE FROM issued_papers`:                                               "store.no_delete",
		`DELETE FROM units`:                                                       "store.no_delete",
		`UPDATE units SET id = 0`:                                                 "",
		`INSERT INTO units (county_id, id, name) VALUES (431099, 5000000000, '')`: "",
		`INSERT INTO runs (county_id, job, due_at, done_at, note) VALUES (431099, 'a', '2025-03-01 09:00', '', '')`: "",
	} {
		_, err := db.Exec(query)
		if err == nil || !strings.Contains(err.Error(), key) {
			t.Errorf("%s: got %v, want a refusal %s", query, err, key)
		}
	}
	// What may be added once is added.
	for _, query := range []string{`UPDATE slots SET link = 'bb' WHERE slot = 2`, `UPDATE freezes SET coseed = '1', coseed_by = 'x'`} {
		if _, err := db.Exec(query); err != nil {
			t.Errorf("%s: %v", query, err)
		}
	}
}
