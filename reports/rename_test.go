package reports_test

import (
	"slices"
	"testing"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/store"
	"anfang.example/reports"
)

// renamed gives township 1, the village of team 1 and its unit new names from a day on, as the office records it.
func (p *press) renamed(t *testing.T, from calendar.Date) {
	t.Helper()
	p.do(t, func(tx *store.Tx) error {
		for _, a := range []inspections.Alias{
			{Of: inspections.Party{Kind: inspections.PartyTownship, ID: 1}, Name: "马田镇"},
			{Of: inspections.Party{Kind: inspections.PartyTeam, ID: 1}, Name: "村0"},
			{Of: inspections.Party{Kind: inspections.PartyUnit, ID: 1}, Name: "县农业局"},
		} {
			a.Why, a.Until, a.Recorded = inspections.AliasRenamed, from.Add(-1), tx.Now()
			if err := tx.AddAlias(&a); err != nil {
				return err
			}
		}
		if err := tx.SaveTownship(inspections.Township{ID: 1, Code: "431023109", Name: "马田街道"}); err != nil {
			return err
		}
		if err := tx.SaveUnit(inspections.Unit{ID: 1, Name: "县农业农村局"}); err != nil {
			return err
		}
		return tx.SaveTeam(inspections.Team{ID: 1, Township: 1, Village: "零社区", Kind: inspections.TeamPoverty})
	})
}

func TestAPaperOfAPastDayBearsTheNamesOfThatDay(t *testing.T) {
	t.Parallel()
	p := open(t, true)
	p.visits(t)
	at := calendar.InstantOf(calendar.NewDate(2025, time.March, 10).At(10, 0))
	p.do(t, func(tx *store.Tx) error {
		if err := tx.AddUnit(&inspections.Unit{Name: "县农业局"}); err != nil {
			return err
		}
		if err := tx.SavePosting(inspections.Posting{ID: 1, Member: 1, Team: 1, Unit: 1, Role: inspections.RoleMember}); err != nil {
			return err
		}
		return tx.AddCase(&casework.Case{Number: "2025-001", Finding: 1, Visit: 1, Kind: inspections.FindingAbsent, Township: 1, Team: 1, Member: 1, FactAt: at, Proposed: at, State: casework.Proposed})
	})
	p.now = calendar.NewDate(2025, time.April, 20).At(9, 0)
	p.renamed(t, calendar.NewDate(2025, time.April, 15))

	march, _, err := p.Preview(t.Context(), calendar.Month{Year: 2025, Month: time.March})
	if err != nil || len(march.Problems) != 1 {
		t.Fatalf("got %+v, %v", march.Problems, err)
	}
	if one := march.Problems[0]; one.Township != "马田镇" || one.Village != "村0" || !slices.Equal(one.Units, []string{"县农业局"}) {
		t.Errorf("the bulletin of March: got %s, %s, %v", one.Township, one.Village, one.Units)
	}
	april, _, err := p.Preview(t.Context(), calendar.Month{Year: 2025, Month: time.April})
	if err != nil || !slices.ContainsFunc(april.Attendance.Rows, func(a reports.AttendanceTownship) bool { return a.Name == "马田街道" }) {
		t.Errorf("the bulletin of April: got %+v, %v", april.Attendance.Rows, err)
	}
	r, err := p.VisitRecord(t.Context(), clerk, 1)
	if err != nil || r.Township != "马田镇" || r.Village != "村0" || !slices.Equal(r.Units, []string{"县农业局"}) {
		t.Errorf("the record of the visit: got %+v, %v", r, err)
	}
	var file reports.CaseFile
	p.do(t, func(tx *store.Tx) error { file, err = reports.GatherCase(tx, 1); return err })
	if file.Township != "马田镇" || file.Village != "村0" || file.Unit != "县农业局" {
		t.Errorf("the case file: got %s, %s, %s", file.Township, file.Village, file.Unit)
	}
	if e, err := p.Extract(t.Context(), clerk, calendar.Month{Year: 2025, Month: time.March}, 1); err != nil || e.Township != "马田镇" {
		t.Errorf("the township's extract: got %s, %v", e.Township, err)
	}
}
