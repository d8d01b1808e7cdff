package storetest

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/store"
)

// keptSignDays takes in ledgers that correct each other, in any order of imports, teams and days, over the end of
// a month, and compares what is kept with what counts after each.
func keptSignDays(t *testing.T, db Database) {
	s, base := grounded(t, db)
	var members []inspections.MemberID
	teams := []inspections.TeamID{base.team.ID}
	write(t, s, func(tx *store.Tx) error {
		for range 140 { // more than one block
			m := inspections.Member{Name: "某人"}
			if err := tx.AddMember(&m); err != nil {
				return err
			}
			members = append(members, m.ID)
		}
		other := inspections.Team{Township: base.township.ID, Village: "另村", Kind: inspections.TeamPoverty, From: calendar.NewDate(2025, 1, 1)}
		err := tx.AddTeam(&other)
		teams = append(teams, other.ID)
		return err
	})
	imports := []inspections.ImportID{base.imported.ID}
	statuses := []inspections.SignStatus{inspections.SignPresent, inspections.SignLeave, inspections.SignTravel, inspections.SignAbsent}
	rapid.Check(t, func(r *rapid.T) {
		write(t, s, func(tx *store.Tx) error {
			imp := inspections.Import{Kind: "signins", Name: "b.csv"}
			if err := tx.AddImport(&imp); err != nil {
				return err
			}
			imports = append(imports, imp.ID)
			rows := make([]inspections.SignIn, rapid.IntRange(0, 30).Draw(r, "rows"))
			for i := range rows {
				rows[i] = inspections.SignIn{
					Member: rapid.SampledFrom([]inspections.MemberID{members[0], members[1], members[139]}).Draw(r, "member"),
					Team:   rapid.SampledFrom(teams).Draw(r, "team"),
					Day:    calendar.NewDate(2025, 1, 28).Add(rapid.IntRange(0, 8).Draw(r, "day")),
					Status: rapid.SampledFrom(statuses).Draw(r, "status"),
					Odd:    rapid.Bool().Draw(r, "odd"),
					Marks:  rapid.SampledFrom([]string{"", inspections.MarkLocated}).Draw(r, "marks"),
					Import: rapid.SampledFrom(imports).Draw(r, "import"), // late rows of an early import too
				}
			}
			return tx.AddSignIns(rows)
		})
		for _, month := range []calendar.Month{{Year: 2025, Month: 1}, {Year: 2025, Month: 2}, {Year: 2025, Month: 3}} {
			SameSignDays(t, s, month)
		}
	})
}

// SameSignDays compares what SignDays gives of a month with what SignIns does.
func SameSignDays(t testing.TB, s *store.Store, month calendar.Month) {
	t.Helper()
	view(t, s, func(tx *store.Tx) error {
		list, err := tx.SignIns(month.First(), month.Last())
		if err != nil {
			return err
		}
		slices.SortFunc(list, func(a, b inspections.SignIn) int {
			return cmp.Or(cmp.Compare(a.Member, b.Member), cmp.Compare(a.Team, b.Team), cmp.Compare(a.Day, b.Day))
		})
		var want, got []string
		for _, d := range list {
			want = append(want, fmt.Sprint(d.Member, d.Team, d.Day, d.Status, d.Odd))
		}
		kept, err := tx.SignDays(month)
		for _, d := range kept {
			got = append(got, fmt.Sprint(d.Member, d.Team, d.Day, d.Status, d.Odd))
		}
		equal(t, got, want)
		return err
	})
}
