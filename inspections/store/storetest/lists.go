package storetest

import (
	"testing"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/duties"
	"anfang.example/inspections/store"
)

// moment gives the moment n hours after the tests' clock.
func moment(n int) calendar.Instant {
	return calendar.InstantOf(Now().Add(time.Duration(n) * time.Hour))
}

func visitLists(t *testing.T, db Database) {
	s, base := grounded(t, db)
	rows := []inspections.Visit{ // ids 1…6
		{Kind: inspections.VisitRandom, Year: 2025, Week: 11, Slot: 1, Start: moment(5), First: 1, Second: 2, State: inspections.VisitReleased},
		{Kind: inspections.VisitRandom, Year: 2025, Week: 11, Slot: 2, Start: moment(3), First: 2, Second: 3, State: inspections.VisitCompleted},
		{Kind: inspections.VisitRandom, Year: 2025, Week: 12, Slot: 1, Start: moment(9), First: 3, Second: 4, State: inspections.VisitCancelled},
		{Kind: inspections.VisitManual, Year: 2025, Week: 11, Start: moment(3), First: 1, Second: 4, State: inspections.VisitReleased},
		{Kind: inspections.VisitManual, Year: 2026, Week: 11, Start: moment(3), First: 1, Second: 4, State: inspections.VisitReleased},
		{Kind: inspections.VisitFollowUp, Year: 2025, Week: 12, State: inspections.VisitReleased}, // no start sorts first
	}
	var other inspections.Team
	write(t, s, func(tx *store.Tx) error {
		other = inspections.Team{Township: base.township.ID, Village: "另一村"}
		if err := tx.AddTeam(&other); err != nil {
			return err
		}
		for i := range rows {
			rows[i].Team = base.team.ID
			if i == 2 {
				rows[i].Team = other.ID
			}
			if err := tx.AddVisit(&rows[i]); err != nil {
				return err
			}
		}
		return nil
	})
	for _, c := range []struct {
		filter inspections.VisitFilter
		want   []int64
	}{
		{inspections.VisitFilter{}, []int64{6, 2, 4, 5, 1, 3}},
		{inspections.VisitFilter{Kind: inspections.VisitRandom}, []int64{2, 1, 3}},
		{inspections.VisitFilter{State: inspections.VisitReleased}, []int64{6, 4, 5, 1}},
		{inspections.VisitFilter{Team: other.ID}, []int64{3}},
		{inspections.VisitFilter{Inspector: 3}, []int64{2, 3}},
		{inspections.VisitFilter{From: moment(5)}, []int64{1, 3}},
		{inspections.VisitFilter{From: moment(3), Until: moment(9)}, []int64{2, 4, 5, 1}},
		{inspections.VisitFilter{Year: 2025, Week: 11}, []int64{2, 4, 1}},
		{inspections.VisitFilter{Year: 2025, Week: 11, Kind: inspections.VisitRandom, Inspector: 1}, []int64{1}},
		{inspections.VisitFilter{Team: 99}, []int64{}},
	} {
		view(t, s, func(tx *store.Tx) error {
			list, err := tx.Visits(c.filter)
			equal(t, ids(list, func(v inspections.Visit) inspections.VisitID { return v.ID }), c.want)
			return err
		})
	}
}

func findingLists(t *testing.T, db Database) {
	s := db(t, County, nil)
	write(t, s, func(tx *store.Tx) error {
		for _, f := range []inspections.Finding{
			{Kind: "absent", Visit: 1, Township: 1, Team: 1, Member: 5, At: moment(1)},
			{Kind: "checklist", Visit: 1, Township: 1, Team: 1, At: moment(1)},
			{Kind: "absent", Visit: 2, Township: 2, Team: 3, Member: 5, At: moment(8)},
		} {
			if err := tx.AddFinding(&f); err != nil {
				return err
			}
		}
		return first(
			tx.AddEvidence(&inspections.Evidence{Visit: 1, SHA: "aa"}),
			tx.AddEvidence(&inspections.Evidence{Case: 1, SHA: "bb"}),
			tx.AddEvidence(&inspections.Evidence{Visit: 1, Case: 1, SHA: "aa"}),
		)
	})
	view(t, s, func(tx *store.Tx) error {
		for _, c := range []struct {
			filter inspections.FindingFilter
			want   []int64
		}{
			{inspections.FindingFilter{}, []int64{1, 2, 3}},
			{inspections.FindingFilter{Kind: "absent"}, []int64{1, 3}},
			{inspections.FindingFilter{Visit: 1}, []int64{1, 2}},
			{inspections.FindingFilter{Member: 5, Township: 2}, []int64{3}},
			{inspections.FindingFilter{Team: 1}, []int64{1, 2}},
			{inspections.FindingFilter{From: moment(1), Until: moment(8)}, []int64{1, 2}},
			{inspections.FindingFilter{From: moment(2)}, []int64{3}},
		} {
			list, err := tx.Findings(c.filter)
			if err != nil {
				return err
			}
			equal(t, ids(list, func(v inspections.Finding) inspections.FindingID { return v.ID }), c.want)
		}
		for _, c := range []struct {
			visit inspections.VisitID
			owner inspections.CaseID
			want  []int64
		}{{0, 0, []int64{1, 2, 3}}, {1, 0, []int64{1, 3}}, {0, 1, []int64{2, 3}}, {1, 1, []int64{3}}, {2, 0, []int64{}}} {
			list, err := tx.Evidence(c.visit, c.owner)
			if err != nil {
				return err
			}
			equal(t, ids(list, func(v inspections.Evidence) inspections.EvidenceID { return v.ID }), c.want)
		}
		return nil
	})
}

func caseLists(t *testing.T, db Database) {
	s, base := grounded(t, db)
	write(t, s, func(tx *store.Tx) error {
		second := inspections.Township{Name: "另一镇"}
		if err := tx.AddTownship(&second); err != nil {
			return err
		}
		for i, c := range []casework.Case{
			{State: casework.Open, Township: base.township.ID, Member: 4, Visit: 7, Proposed: moment(0)},
			{State: casework.Proposed, Township: second.ID, Proposed: moment(5)},
			{State: casework.Open, Township: second.ID, Member: 4, Proposed: moment(9)},
		} {
			if err := tx.AddCase(&c); err != nil {
				return err
			}
			for seq, party := range []inspections.Party{
				{Kind: inspections.PartyTownship, ID: int64(c.Township)}, {Kind: inspections.PartyUnit, ID: int64(i + 1)},
			} {
				err := tx.AddBranch(casework.Branch{Case: c.ID, Seq: 2 - seq, Side: casework.SideUnit, State: casework.BranchOpen, Party: party})
				if err != nil {
					return err
				}
			}
		}
		return nil
	})
	view(t, s, func(tx *store.Tx) error {
		for _, c := range []struct {
			filter casework.Filter
			want   []int64
		}{
			{casework.Filter{}, []int64{1, 2, 3}},
			{casework.Filter{State: casework.Open}, []int64{1, 3}},
			{casework.Filter{Township: 2}, []int64{2, 3}},
			{casework.Filter{Unit: 2}, []int64{2}},
			{casework.Filter{Member: 4}, []int64{1, 3}},
			{casework.Filter{Visit: 7}, []int64{1}},
			{casework.Filter{From: moment(5)}, []int64{2, 3}},
			{casework.Filter{From: moment(0), Until: moment(5)}, []int64{1}},
		} {
			list, err := tx.Cases(c.filter)
			if err != nil {
				return err
			}
			equal(t, ids(list, func(v casework.Case) inspections.CaseID { return v.ID }), c.want)
		}
		parts, err := tx.Branches(1)
		equal(t, ids(parts, func(b casework.Branch) int64 { return int64(b.Seq) }), []int64{1, 2})
		return err
	})
}

func obligationLists(t *testing.T, db Database) {
	s := db(t, County, nil)
	write(t, s, func(tx *store.Tx) error {
		for _, o := range []duties.Obligation{
			{Kind: duties.Bulletin, Period: "2025-03", Due: moment(50)},
			{Kind: duties.CaseConclude, Subject: "case/1", Due: moment(7), Done: moment(6)},
			{Kind: duties.Opinion, Subject: "report/1", Undetermined: "calendar 2027"},
			{Kind: duties.CaseConclude, Subject: "case/2", Due: moment(7), Escalated: moment(8), Party: inspections.Party{Kind: inspections.PartyTownship, ID: 2}},
		} {
			if _, err := tx.AddObligation(&o); err != nil {
				return err
			}
		}
		return nil
	})
	view(t, s, func(tx *store.Tx) error {
		for _, c := range []struct {
			filter duties.Filter
			want   []int64
		}{
			{duties.Filter{}, []int64{3, 2, 4, 1}},
			{duties.Filter{Kind: duties.CaseConclude}, []int64{2, 4}},
			{duties.Filter{Open: true}, []int64{3, 4, 1}},
			{duties.Filter{DueBy: moment(7)}, []int64{2, 4}}, // what is undetermined is not due
			{duties.Filter{Open: true, DueBy: moment(99), Unescalated: true}, []int64{1}},
			{duties.Filter{Party: inspections.PartyTownship}, []int64{4}},
			{duties.Filter{Period: "2025-03"}, []int64{1}},
			{duties.Filter{Subject: "report/1"}, []int64{3}},
		} {
			list, err := tx.Obligations(c.filter)
			if err != nil {
				return err
			}
			equal(t, ids(list, func(v duties.Obligation) inspections.ObligationID { return v.ID }), c.want)
		}
		return nil
	})
}

func letterLists(t *testing.T, db Database) {
	s := db(t, County, nil)
	write(t, s, func(tx *store.Tx) error {
		for _, l := range []inspections.Letter{
			{Key: "a", Kind: inspections.LetterGo},
			{Key: "b", Kind: inspections.LetterGo, NextTry: moment(3), State: inspections.LetterQueued},
			{Key: "c", Kind: inspections.LetterTest, NextTry: moment(1), State: inspections.LetterAccepted},
			{Key: "d", Kind: inspections.LetterTest, NextTry: moment(9), State: inspections.LetterQueued},
			{Key: "e", Kind: inspections.LetterStandbyOver, NextTry: moment(9)},
		} {
			if _, err := tx.Enqueue(l); err != nil {
				return err
			}
		}
		return nil
	})
	view(t, s, func(tx *store.Tx) error {
		for _, c := range []struct {
			filter inspections.LetterFilter
			want   []int64
		}{
			{inspections.LetterFilter{}, []int64{1, 2, 3, 4, 5}},
			{inspections.LetterFilter{Kind: inspections.LetterTest}, []int64{3, 4}},
			{inspections.LetterFilter{Standby: true}, []int64{1, 2, 5}},
			{inspections.LetterFilter{State: inspections.LetterQueued}, []int64{1, 2, 4, 5}},
			{inspections.LetterFilter{State: inspections.LetterQueued, DueBy: moment(3)}, []int64{1, 2}},
			{inspections.LetterFilter{State: inspections.LetterQueued, DueBy: moment(99), Limit: 2}, []int64{1, 2}},
		} {
			list, err := tx.Letters(c.filter)
			if err != nil {
				return err
			}
			equal(t, ids(list, func(v inspections.Letter) inspections.LetterID { return v.ID }), c.want)
		}
		l, err := tx.Letter(1)
		equal(t, l.Created, tx.Now())
		return err
	})
}

func byteOrder(t *testing.T, db Database) {
	s, base := grounded(t, db)
	want := []string{"1.10", "1.2", "B", "a", "é", "某"} // a language would sort these otherwise
	write(t, s, func(tx *store.Tx) error {
		v := inspections.Visit{Kind: inspections.VisitManual, Team: base.team.ID, State: inspections.VisitReleased}
		if err := tx.AddVisit(&v); err != nil {
			return err
		}
		for i := range want {
			clause := want[(i*5+3)%len(want)]
			if err := tx.PutCheck(inspections.Check{Visit: v.ID, Clause: clause, Result: inspections.CheckOK}); err != nil {
				return err
			}
		}
		list, err := tx.Checks(v.ID)
		var got []string
		for _, c := range list {
			got = append(got, c.Clause)
		}
		equal(t, got, want)
		return err
	})
}

func momentOrder(t *testing.T, db Database) {
	s := db(t, County, nil)
	base := time.Date(2024, 12, 31, 23, 59, 59, 0, time.UTC)
	steps := []time.Duration{0, time.Microsecond, 10 * time.Microsecond, time.Millisecond, 999 * time.Millisecond, time.Second, 24 * time.Hour, 3000 * time.Hour}
	write(t, s, func(tx *store.Tx) error {
		for i := range steps {
			at := calendar.InstantOf(base.Add(steps[(i*3+5)%len(steps)]).In(calendar.Shanghai))
			if _, err := tx.AddObligation(&duties.Obligation{Subject: at.Text(), Due: at}); err != nil {
				return err
			}
		}
		list, err := tx.Obligations(duties.Filter{})
		var got, want []string
		for i, o := range list {
			got, want = append(got, o.Subject), append(want, calendar.InstantOf(base.Add(steps[i])).Text())
			equal(t, o.Due, calendar.InstantOf(base.Add(steps[i])))
		}
		equal(t, got, want)
		return err
	})
}
