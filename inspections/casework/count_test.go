package casework_test

import (
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
)

func TestAMeasureThatAnAppealUndidCountsForNobody(t *testing.T) {
	t.Parallel()
	unit := inspections.Party{Kind: inspections.PartyUnit, ID: 1}
	var cases []casework.Whole
	for i := range 2 {
		id := inspections.CaseID(i + 1)
		month := calendar.InstantOf(calendar.NewDate(2025, 3, 10).AddMonths(i).At(9, 0))
		cases = append(cases, casework.Whole{
			Case:     casework.Case{ID: id, State: casework.Closed},
			Branches: []casework.Branch{{Case: id, Seq: 1, Side: casework.SideUnit, Party: unit, State: casework.BranchConcluded, Liable: true}},
			Measures: []casework.Measure{{ID: inspections.MeasureID(i + 1), Case: id, Branch: 1, Kind: casework.MeasureTalk, Person: "陈某", Decided: month}},
		})
	}
	acts := map[inspections.CaseID][]casework.Act{}
	count := func() (casework.Count, int) {
		return casework.CountUp(cases, acts).Count(), len(casework.InARow(cases, acts, casework.SideUnit, casework.MeasureTalk, 2))
	}
	if n, rows := count(); n.PersonTimes != 2 || n.Persons != 1 || rows != 1 {
		t.Errorf("got %+v and %d rows, want one person, twice, in a row", n, rows)
	}
	acts[2] = []casework.Act{
		{Case: 2, Seq: 1, Kind: casework.ActAppeal, Measure: 2},
		{Case: 2, Seq: 2, Kind: casework.ActAppealEnd, Answers: 1, Outcome: casework.OutcomeDismissed},
	}
	if n, rows := count(); n.PersonTimes != 2 || rows != 1 {
		t.Errorf("dismissed: got %+v and %d rows, want nothing changed", n, rows)
	}
	acts[2][1].Outcome = casework.OutcomeUpheld
	if n, rows := count(); n.PersonTimes != 1 || n.Persons != 1 || n.Problems != 2 || rows != 0 {
		t.Errorf("upheld: got %+v and %d rows, want one measure less and no row", n, rows)
	}
}
