package office_test

import (
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/office"
	"anfang.example/inspections/store"
)

func TestALeaveThatALaterListNamesAgainIsKeptOnce(t *testing.T) {
	t.Parallel()
	d := open(t)
	var member inspections.MemberID
	d.do(t, func(tx *store.Tx) error {
		roster, err := tx.Roster()
		member = roster.Members[0].ID
		return err
	})
	spell := func(from, until int) inspections.Leave {
		return inspections.Leave{Member: member, Kind: "sick", From: calendar.NewDate(2025, 3, from), Until: calendar.NewDate(2025, 3, until)}
	}
	for _, step := range []struct {
		sha   string
		list  []inspections.Leave
		added int
	}{
		{"01", []inspections.Leave{spell(3, 5)}, 1},
		{"02", []inspections.Leave{spell(3, 5), spell(10, 11)}, 1},
		{"02", []inspections.Leave{spell(3, 5), spell(10, 11)}, 0},
	} {
		tally, err := d.ImportLeaves(t.Context(), clerk, office.Source{SHA: step.sha}, step.list)
		if err != nil {
			t.Fatal(err)
		}
		if got := tally.Added["leave"]; got != step.added {
			t.Errorf("list %s: got %d added, want %d", step.sha, got, step.added)
		}
	}
}
