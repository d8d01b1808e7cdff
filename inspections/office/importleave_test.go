package office_test

import (
	"fmt"
	"slices"
	"strings"
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

func TestALaterListCorrectsALeaveAndBothStayOnRecord(t *testing.T) {
	t.Parallel()
	type entry struct {
		kind        string
		from, until calendar.Date
	}
	march, april := func(d int) calendar.Date { return calendar.NewDate(2025, 3, d) }, func(d int) calendar.Date { return calendar.NewDate(2025, 4, d) }
	for name, c := range map[string]struct{ first, second, counts []entry }{
		"back early":             {[]entry{{"sick", march(3), march(10)}}, []entry{{"sick", march(3), march(6)}}, []entry{{"sick", march(3), march(6)}}},
		"longer":                 {[]entry{{"sick", march(3), march(5)}}, []entry{{"sick", march(3), march(8)}}, []entry{{"sick", march(3), march(8)}}},
		"another kind":           {[]entry{{"sick", march(3), march(5)}}, []entry{{"annual", march(3), march(5)}}, []entry{{"annual", march(3), march(5)}}},
		"travel within a leave":  {[]entry{{"annual", march(3), march(10)}}, []entry{{"travel", march(5), march(5)}}, []entry{{"annual", march(3), march(10)}, {"travel", march(5), march(5)}}},
		"another leave":          {[]entry{{"sick", march(3), march(5)}}, []entry{{"sick", march(6), march(8)}}, []entry{{"sick", march(3), march(5)}, {"sick", march(6), march(8)}}},
		"named again, and more":  {[]entry{{"sick", march(3), march(5)}}, []entry{{"sick", march(3), march(5)}, {"sick", march(5), march(7)}}, []entry{{"sick", march(3), march(5)}, {"sick", march(5), march(7)}}},
		"cut by the next month":  {[]entry{{"sick", march(28), april(5)}}, []entry{{"sick", april(1), april(5)}}, []entry{{"sick", march(28), april(5)}, {"sick", april(1), april(5)}}},
		"cut by its own month":   {[]entry{{"sick", march(28), april(5)}}, []entry{{"sick", march(28), march(31)}}, []entry{{"sick", march(28), april(5)}, {"sick", march(28), march(31)}}},
		"one of two that follow": {[]entry{{"sick", march(3), march(10)}}, []entry{{"sick", march(3), march(5)}, {"sick", march(8), march(10)}}, []entry{{"sick", march(3), march(5)}, {"sick", march(8), march(10)}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := open(t)
			var own []inspections.MemberID
			d.do(t, func(tx *store.Tx) error {
				roster, err := tx.Roster()
				own = append(own, roster.Members[0].ID, roster.Members[1].ID)
				return err
			})
			leaves := func(list []entry) (out []inspections.Leave) {
				for _, e := range list {
					out = append(out, inspections.Leave{Member: own[0], Kind: e.kind, From: e.from, Until: e.until})
				}
				return out
			}
			other := inspections.Leave{Member: own[1], Kind: "sick", From: march(1), Until: april(30)} // nobody else's is touched
			if _, err := d.ImportLeaves(t.Context(), clerk, office.Source{SHA: "00"}, []inspections.Leave{other}); err != nil {
				t.Fatal(err)
			}
			for i, list := range [][]entry{c.first, c.second} {
				if _, err := d.ImportLeaves(t.Context(), clerk, office.Source{SHA: string(rune('a' + i))}, leaves(list)); err != nil {
					t.Fatal(err)
				}
			}
			d.do(t, func(tx *store.Tx) error {
				counting, err := tx.Leaves(march(1), april(30))
				if err != nil {
					return err
				}
				all, err := tx.LeaveHistory(march(1), april(30))
				var got []entry
				for _, l := range counting[1:] {
					got = append(got, entry{l.Kind, l.From, l.Until})
				}
				if counting[0].Member != own[1] || !slices.Equal(got, c.counts) {
					t.Errorf("got %v, want %v", got, c.counts)
				}
				written := map[entry]bool{}
				for _, e := range append(c.first, c.second...) {
					written[e] = true
				}
				if len(all)-1 != len(written) {
					t.Errorf("got %d on record, want %d", len(all)-1, len(written))
				}
				return err
			})
		})
	}
}

func TestTheJournalNamesTheLimitsALedgerWasReadBy(t *testing.T) {
	t.Parallel()
	d := open(t)
	src := office.Source{SHA: "aa", Rules: []inspections.Rule{{Key: inspections.SetOddMetres, Value: "2500"}}}
	days := []inspections.SignIn{{Member: 1, Team: 1, Day: calendar.NewDate(2025, 3, 3), Status: inspections.SignPresent, Row: 2}}
	tally, err := d.ImportSignIns(t.Context(), clerk, src, days)
	if err != nil {
		t.Fatal(err)
	}
	d.do(t, func(tx *store.Tx) error {
		records, err := tx.JournalOf(fmt.Sprintf("import/%d", tally.Import))
		if len(records) != 1 || !strings.Contains(string(records[0].Body), `"rules":[{"from":"","key":"odd_place_metres","value":"2500"}]`) {
			t.Errorf("got %+v", records)
		}
		return err
	})
}
