package store_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/jmoiron/sqlx"

	"anfang.example/inspections"
	"anfang.example/inspections/attendance"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/store"
	"anfang.example/inspections/store/storetest"
)

// A month whose ledgers came before the table of kept days was there is read from its rows, and kept whole once
// a day of it is corrected.
func TestAMonthOfBeforeIsReadAndThenKept(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := openIn(t, dir)
	people, team := ledgerCounty(t, s, 2)
	month := calendar.Month{Year: 2025, Month: 3}
	takeIn := func(day int, member inspections.MemberID, status inspections.SignStatus) {
		if err := s.InTx(t.Context(), func(tx *store.Tx) error {
			file := inspections.Import{Kind: "signins"}
			if err := tx.AddImport(&file); err != nil {
				return err
			}
			return tx.AddSignIns([]inspections.SignIn{{Member: member, Team: team, Day: month.First().Add(day), Import: file.ID, Status: status}})
		}); err != nil {
			t.Fatal(err)
		}
	}
	takeIn(0, people[0], inspections.SignPresent)
	takeIn(4, people[1], inspections.SignAbsent)
	db, err := sqlx.Open("sqlite", filepath.Join(dir, "anfang.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	must(t, db, `DROP TRIGGER sign_months_stay`, `DELETE FROM sign_months`)
	storetest.SameSignDays(t, s, month)
	takeIn(4, people[1], inspections.SignLeave)
	storetest.SameSignDays(t, s, month)
	if err := s.View(t.Context(), func(tx *store.Tx) error {
		days, err := tx.SignDays(month)
		if len(days) != 2 {
			t.Errorf("got %d days, want the one of before and the corrected one", len(days))
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

// BenchmarkYearFromDatabase reads a year of 1,500 members, some 360,000 days, with its roster, settings and
// leave, and makes the yearly table.
func BenchmarkYearFromDatabase(b *testing.B) {
	for name, fresh := range map[string]func(testing.TB) storetest.Database{
		"sqlite":   storetest.FreshSQLite,
		"postgres": func(t testing.TB) storetest.Database { return storetest.Postgres(t)(t) },
	} {
		b.Run(name, func(b *testing.B) {
			s := fresh(b)(b, storetest.County, nil)
			fillYear(b, s, 1500)
			first := calendar.Month{Year: 2025, Month: 1}
			b.ReportAllocs()
			for b.Loop() {
				if err := s.View(b.Context(), func(tx *store.Tx) error {
					roster, err := tx.Roster()
					if err != nil {
						return err
					}
					all, err := tx.Settings()
					if err != nil {
						return err
					}
					months, err := attendance.ReadMonths(tx, roster, all, first, first.Add(11), calendar.BuiltIn())
					if err != nil {
						return err
					}
					years := attendance.Year(roster, months, nil)
					if len(years) != 1500 || years[0].Signed != 240 {
						b.Fatalf("got %d members, the first with %d days", len(years), years[0].Signed)
					}
					return nil
				}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// fillYear takes in twelve ledgers of twenty days of a county with three members a team.
func fillYear(b *testing.B, s *store.Store, members int) {
	b.Helper()
	inTx := func(fn func(*store.Tx) error) {
		if err := s.InTx(b.Context(), fn); err != nil {
			b.Fatal(err)
		}
	}
	posts := make([]inspections.Posting, members)
	inTx(func(tx *store.Tx) error {
		town := inspections.Township{Code: "431023001", Name: "便江街道"}
		if err := tx.AddTownship(&town); err != nil {
			return err
		}
		var team inspections.Team
		for i := range members {
			if i%3 == 0 {
				team = inspections.Team{Township: town.ID, Village: fmt.Sprint("村", i), Kind: inspections.TeamPoverty, From: calendar.NewDate(2024, 1, 1)}
				if err := tx.AddTeam(&team); err != nil {
					return err
				}
			}
			m := inspections.Member{Name: fmt.Sprint("队员", i)}
			if err := tx.AddMember(&m); err != nil {
				return err
			}
			posts[i] = inspections.Posting{Member: m.ID, Team: team.ID, Role: inspections.RoleMember, From: calendar.NewDate(2024, 1, 1)}
			if err := tx.AddPosting(&posts[i]); err != nil {
				return err
			}
		}
		return nil
	})
	for m := range 12 {
		month := calendar.Month{Year: 2025, Month: 1}.Add(m)
		inTx(func(tx *store.Tx) error {
			file := inspections.Import{Kind: "signins", Name: month.String()}
			if err := tx.AddImport(&file); err != nil {
				return err
			}
			var rows []inspections.SignIn
			for _, p := range posts {
				for day := range 20 {
					rows = append(rows, inspections.SignIn{
						Member: p.Member, Team: p.Team, Day: month.First().Add(day), Import: file.ID, Row: len(rows) + 2,
						Clock: "08:15:00", Status: inspections.SignPresent,
					})
				}
			}
			return tx.AddSignIns(rows)
		})
	}
}
