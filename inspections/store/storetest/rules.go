package storetest

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/duties"
	"anfang.example/inspections/store"
)

// zeroRoundTrips writes nouns of which only what the schema asks for is set.
func zeroRoundTrips(t *testing.T, db Database) {
	s, base := grounded(t, db)
	write(t, s, func(tx *store.Tx) error {
		v := inspections.Visit{Kind: inspections.VisitManual, State: inspections.VisitReleased, Team: base.team.ID}
		c := casework.Case{State: casework.Proposed}
		i := inspections.Issue{State: inspections.IssueDraft}
		h, n := inspections.Holder{}, inspections.Inspector{}
		if err := first(tx.AddVisit(&v), tx.AddCase(&c), tx.AddIssue(&i), tx.AddHolder(&h), tx.AddInspector(&n)); err != nil {
			return err
		}
		if _, err := tx.Enqueue(inspections.Letter{}); err != nil {
			return err
		}
		gotVisit, err := tx.Visit(v.ID)
		equal(t, gotVisit, v)
		gotCase, err2 := tx.Case(c.ID)
		equal(t, gotCase, c)
		gotIssue, err3 := tx.Issue(i.ID)
		equal(t, gotIssue, i)
		gotLetter, err4 := tx.Letter(1)
		equal(t, gotLetter, inspections.Letter{ID: 1, State: inspections.LetterQueued, Created: tx.Now()})
		r, err5 := tx.Roster()
		equal(t, r.Holders, []inspections.Holder{h})
		equal(t, r.Inspectors, []inspections.Inspector{n})
		head, err6 := tx.JournalHead()
		equal(t, head.Seq, int64(0))
		return first(err, err2, err3, err4, err5, err6)
	})
}

func savingMissing(t *testing.T, db Database) {
	s, base := grounded(t, db)
	week := calendar.Week{Year: 2025, Number: 11}
	write(t, s, func(tx *store.Tx) error {
		for i, err := range []error{
			tx.SaveTownship(inspections.Township{ID: 99}), tx.SaveUnit(inspections.Unit{ID: 99}),
			tx.SaveTeam(inspections.Team{ID: 99}), tx.SaveMember(inspections.Member{ID: 99}),
			tx.SaveTeamUnit(inspections.TeamUnit{Team: base.team.ID, Unit: base.unit.ID}),
			tx.SavePosting(inspections.Posting{ID: 99}), tx.SaveHolder(inspections.Holder{ID: 99}),
			tx.SaveInspector(inspections.Inspector{ID: 99}), tx.SaveVisit(inspections.Visit{ID: 99}),
			tx.SaveCase(casework.Case{ID: 99}), tx.SaveBranch(casework.Branch{Case: 99, Seq: 1}),
			tx.SaveMeasure(casework.Measure{ID: 99}), tx.SaveObligation(duties.Obligation{ID: 99}),
			tx.SaveLetter(inspections.Letter{ID: 99}), tx.SaveIssue(inspections.Issue{ID: 99}),
			tx.SaveUser(inspections.User{ID: 99}), tx.RevealSlot(week, 1, "ab"),
			tx.SetCoSeed(week, "1", "x", tx.Now()),
		} {
			if keyOf(err) != "store.not_found" {
				t.Errorf("save %d: got %v, want store.not_found", i, err)
			}
		}
		return nil
	})
}

func readingMissing(t *testing.T, db Database) {
	s := db(t, County, nil)
	week := calendar.Week{Year: 2025, Number: 11}
	view(t, s, func(tx *store.Tx) error {
		for name, read := range map[string]func() error{
			"visit":     func() error { _, err := tx.Visit(1); return err },
			"import":    func() error { _, err := tx.ImportBySHA("roster", "aa"); return err },
			"case":      func() error { _, err := tx.Case(1); return err },
			"number":    func() error { _, err := tx.CaseByNumber("2025-001"); return err },
			"letter":    func() error { _, err := tx.Letter(1); return err },
			"issue":     func() error { _, err := tx.Issue(1); return err },
			"month":     func() error { _, err := tx.IssueOf("bulletin", "2025-03"); return err },
			"run":       func() error { _, err := tx.LastRun("freeze"); return err },
			"freeze":    func() error { _, err := tx.Freeze(week); return err },
			"exception": func() error { _, err := tx.Exception(week); return err },
			"anchor":    func() error { _, err := tx.Anchor(2025); return err },
			"user":      func() error { _, err := tx.User(1); return err },
			"login":     func() error { _, err := tx.UserByLogin("a"); return err },
			"session":   func() error { _, err := tx.Session("a"); return err },
			"blob":      func() error { _, err := tx.Blob("aa"); return err },
		} {
			if err := read(); inspections.KindOf(err) != inspections.NotFound || keyOf(err) != "store.not_found" {
				t.Errorf("%s: got %v, want store.not_found", name, err)
			}
		}
		return nil
	})
}

func uniqueness(t *testing.T, db Database) {
	s, base := grounded(t, db)
	week := calendar.Week{Year: 2025, Number: 11}
	for _, c := range []struct {
		key string
		add func(*store.Tx) error
	}{
		{"store.duplicate", func(tx *store.Tx) error { return tx.AddTownship(&inspections.Township{Code: "431099001"}) }},
		{"store.duplicate", func(tx *store.Tx) error {
			return tx.AddVisit(&inspections.Visit{Kind: inspections.VisitRandom, Team: base.team.ID, Year: 2025, Week: 11, Slot: 3, State: inspections.VisitReleased})
		}},
		{"store.duplicate", func(tx *store.Tx) error { return tx.AddFreeze(inspections.Freeze{Year: week.Year, Week: week.Number}) }},
		{"store.duplicate", func(tx *store.Tx) error {
			return tx.AddSlot(inspections.Slot{Year: week.Year, Week: week.Number, Slot: 1, Outcome: inspections.SlotNone})
		}},
		{"store.duplicate", func(tx *store.Tx) error {
			return tx.AddException(inspections.Exception{Year: week.Year, Week: week.Number})
		}},
		{"store.duplicate", func(tx *store.Tx) error { return tx.AddAnchor(inspections.Anchor{Year: 2025}) }},
		{"store.duplicate", func(tx *store.Tx) error {
			return tx.AddIssue(&inspections.Issue{Kind: "bulletin", Year: 2025, Number: 4, State: inspections.IssueIssued})
		}},
		{"store.duplicate", func(tx *store.Tx) error {
			return tx.AddTeamUnit(inspections.TeamUnit{Team: base.team.ID, Unit: base.unit.ID})
		}},
		{"store.duplicate", func(tx *store.Tx) error {
			return tx.AddCase(&casework.Case{Number: "2025-001", State: casework.Proposed})
		}},
		{"user.login_taken", func(tx *store.Tx) error {
			return tx.AddUser(&inspections.User{Login: "li", Role: inspections.RoleClerk})
		}},
	} {
		write(t, s, c.add)
		refuse(t, s, inspections.Conflict, c.key, c.add)
	}
	// What is not numbered, or not random, may stand twice.
	write(t, s, func(tx *store.Tx) error {
		for range 2 {
			err := first(
				tx.AddTownship(&inspections.Township{Name: "无码镇"}),
				tx.AddVisit(&inspections.Visit{Kind: inspections.VisitManual, Team: base.team.ID, Year: 2025, Week: 11, State: inspections.VisitReleased}),
				tx.AddIssue(&inspections.Issue{Kind: "bulletin", Month: "2025-03", State: inspections.IssueDraft}),
			)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

func standing(t *testing.T, db Database) {
	s := db(t, County, nil)
	write(t, s, func(tx *store.Tx) error {
		for _, want := range []bool{true, false, false} {
			o := duties.Obligation{Kind: duties.Bulletin, Period: "2025-03", Party: inspections.Party{Kind: inspections.PartyCounty}}
			got, err := tx.AddObligation(&o)
			queued, err2 := tx.Enqueue(inspections.Letter{Key: "a/1"})
			ran, err3 := tx.AddRun(inspections.Run{Job: "freeze", Due: tx.Now()})
			equal(t, []bool{got, queued, ran}, []bool{want, want, want})
			if err := first(err, err2, err3); err != nil {
				return err
			}
		}
		later := tx.Now()
		later.Time = later.Add(time.Microsecond)
		ran, err := tx.AddRun(inspections.Run{Job: "freeze", Due: later, Note: "second"})
		equal(t, ran, true)
		if err != nil {
			return err
		}
		last, err := tx.LastRun("freeze")
		equal(t, last.Note, "second")
		return err
	})
}

func badTexts(t *testing.T, db Database) {
	s := db(t, County, nil)
	for _, c := range []struct {
		key string
		add func(*store.Tx) error
	}{
		{"store.nul", func(tx *store.Tx) error { return tx.AddUnit(&inspections.Unit{Name: "a\x00b"}) }},
		{"store.not_utf8", func(tx *store.Tx) error { return tx.AddUnit(&inspections.Unit{Name: "\xb2\xe2"}) }},
		{"store.too_long", func(tx *store.Tx) error { return tx.AddUnit(&inspections.Unit{Name: strings.Repeat("县", 201)}) }},
		{"store.too_long", func(tx *store.Tx) error {
			return tx.AddFinding(&inspections.Finding{Note: strings.Repeat("县", 10_001)})
		}},
		{"store.nul", func(tx *store.Tx) error { _, err := tx.Enqueue(inspections.Letter{Key: "\x00"}); return err }},
		{"store.nul", func(tx *store.Tx) error { _, err := tx.PutBlob("a\x00", nil); return err }},
		{"store.id_range", func(tx *store.Tx) error { return tx.AddUnit(&inspections.Unit{ID: 1 << 32}) }},
		{"store.id_range", func(tx *store.Tx) error { return tx.AddUnit(&inspections.Unit{ID: -1}) }},
		{"store.check", func(tx *store.Tx) error { return tx.AddCase(&casework.Case{State: "else"}) }},
	} {
		refuse(t, s, inspections.Invalid, c.key, c.add)
	}
	write(t, s, func(tx *store.Tx) error {
		return first(
			tx.AddUnit(&inspections.Unit{Name: strings.Repeat("县", 200)}),
			tx.AddFinding(&inspections.Finding{Note: strings.Repeat("😀", 10_000)}),
			tx.AddFreeze(inspections.Freeze{Year: 2025, Week: 1, Body: `"` + strings.Repeat("a", 500_000) + `"`}),
		)
	})
}

func references(t *testing.T, db Database) {
	s, base := grounded(t, db)
	for _, add := range []func(*store.Tx) error{
		func(tx *store.Tx) error { return tx.AddTeam(&inspections.Team{Township: 99}) },
		func(tx *store.Tx) error { return tx.AddPosting(&inspections.Posting{Member: 99, Team: base.team.ID}) },
		func(tx *store.Tx) error { return tx.AddTeamUnit(inspections.TeamUnit{Team: base.team.ID, Unit: 99}) },
		func(tx *store.Tx) error {
			return tx.AddVisit(&inspections.Visit{Team: 99, Kind: inspections.VisitManual, State: inspections.VisitReleased})
		},
		func(tx *store.Tx) error {
			return tx.AddBranch(casework.Branch{Case: 99, Seq: 1, Side: casework.SideUnit, State: casework.BranchOpen})
		},
		func(tx *store.Tx) error { return tx.AddSession(inspections.Session{TokenSHA: "a", User: 99}) },
		func(tx *store.Tx) error {
			return tx.AddSignIns([]inspections.SignIn{{Member: base.member.ID, Team: base.team.ID, Import: 99, Status: inspections.SignAbsent}})
		},
	} {
		refuse(t, s, inspections.Invalid, "store.reference", add)
	}
}

func idsNeverReused(t *testing.T, db Database) {
	s := db(t, County, nil)
	add := func(id inspections.UnitID) func(*store.Tx) error {
		return func(tx *store.Tx) error { return tx.AddUnit(&inspections.Unit{ID: id, Name: fmt.Sprint(id)}) }
	}
	write(t, s, add(0))  // 1
	write(t, s, add(40)) // kept
	write(t, s, add(0))  // 41
	write(t, s, add(7))  // free still
	write(t, s, add(inspections.UnitID(1<<32-2)))
	write(t, s, add(0)) // the last there is
	refuse(t, s, inspections.Invalid, "store.id_range", add(0))
	refuse(t, s, inspections.Conflict, "store.duplicate", add(40))
	write(t, s, func(tx *store.Tx) error {
		township := inspections.Township{}
		err := tx.AddTownship(&township)
		equal(t, township.ID, inspections.TownshipID(1)) // each noun counts for itself
		return err
	})
	view(t, s, func(tx *store.Tx) error {
		r, err := tx.Roster()
		equal(t, ids(r.Units, func(u inspections.Unit) inspections.UnitID { return u.ID }), []int64{1, 7, 40, 41, 1<<32 - 2, 1<<32 - 1})
		return err
	})
}
