package reports

import (
	"context"

	"anfang.example/inspections"
)

// VisitRecord is what a pair recorded and what became of it 督查记录.
type VisitRecord struct {
	Issuer            string
	Sample            bool // the settings of papers are not complete
	Visit             inspections.Visit
	Township, Village string
	Units             []string
	Pair              []string
	Lines             []VisitLine
	Checks            []inspections.Check
	Evidence          []inspections.Evidence
}

// VisitLine is one member at a visit.
type VisitLine struct {
	inspections.Attendance
	Name, Unit string
}

// VisitRecord gathers the record of a visit that took place, for those who may see the visit. Errors: NotFound, Conflict
// "paper.not_recorded".
func (p *Press) VisitRecord(ctx context.Context, by inspections.Actor, id inspections.VisitID) (VisitRecord, error) {
	var r VisitRecord
	err := p.View(ctx, func(tx Tx) error {
		v, err := shownVisit(tx, by, id)
		if err != nil {
			return err
		}
		if v.State != inspections.VisitCompleted {
			return inspections.Fail(inspections.Conflict, "paper.not_recorded", "id", int64(id))
		}
		set, err := settings(tx)
		if err != nil {
			return err
		}
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		roster = roster.On(v.Visited.Date())
		team, _ := roster.Team(v.Team)
		t, _ := roster.Township(team.Township)
		r = VisitRecord{Issuer: set[inspections.SetIssuer], Sample: !set.Official(), Visit: v, Township: t.Name, Village: team.Village}
		for _, u := range roster.UnitsOf(v.Team, v.Visited.Date()) {
			r.Units = append(r.Units, roster.PartyName(inspections.Party{Kind: inspections.PartyUnit, ID: int64(u)}))
		}
		for _, i := range []inspections.InspectorID{v.First, v.Second} {
			if one, ok := roster.Inspector(i); ok {
				r.Pair = append(r.Pair, one.Name)
			}
		}
		seen, err := tx.Attendances(id)
		if err != nil {
			return err
		}
		for _, a := range seen {
			line := VisitLine{Attendance: a, Name: roster.PartyName(inspections.Party{Kind: inspections.PartyMember, ID: int64(a.Member)})}
			for _, posting := range roster.PostingsOf(v.Team, v.Visited.Date()) {
				if posting.Member == a.Member {
					line.Unit = roster.PartyName(inspections.Party{Kind: inspections.PartyUnit, ID: int64(posting.Unit)})
				}
			}
			r.Lines = append(r.Lines, line)
		}
		if r.Checks, err = tx.Checks(id); err != nil {
			return err
		}
		r.Evidence, err = tx.Evidence(id, 0)
		return err
	})
	return r, err
}
