package portal

import (
	"fmt"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/reports/sheet"
)

// assessmentRecords names the rows that a figure of the assessment counts.
type assessmentRecords struct {
	tx       Tx
	x        *exchange
	roster   *inspections.Roster
	year     int
	findings map[inspections.FindingID]inspections.Finding
	funds    map[int64]inspections.Fund
}

// line names one row of a figure.
func (r *assessmentRecords) line(key string, id int64) (recordLine, error) {
	switch key {
	case "seen", "missed", "visits":
		return r.visit(inspections.VisitID(id))
	case "findings":
		return r.finding(inspections.FindingID(id))
	case "cases", "liable":
		c, err := r.tx.Case(inspections.CaseID(id))
		return recordLine{c.Number + " " + r.x.words.Label("kind", c.Kind), r.x.words.Date(c.FactAt.Date()), "/cases/" + c.Number}, err
	case "funds":
		return r.fund(id)
	}
	o, err := r.tx.Obligation(inspections.ObligationID(id))
	if err != nil {
		return recordLine{}, err
	}
	line := recordLine{What: dutyWords(r.x, o), When: r.x.words.FullMoment(o.Due.Time) + " · " + dutyState(r.x, o), Path: "/duties?state=all&of=" + partyValue(o.Party) + "&clause=" + o.Clause}
	if o.Period != "" {
		line.Path += "&period=" + o.Period
	}
	return line, nil
}

func (r *assessmentRecords) visit(id inspections.VisitID) (recordLine, error) {
	v, err := r.tx.Visit(id)
	if err != nil {
		return recordLine{}, err
	}
	line := recordLine{What: r.x.words.Label("visit_kind", v.Kind) + " " + placeWords(r.x, r.roster, v.Team), When: r.x.words.Date(v.Visited.Date())}
	if seesVisit(r.x.who, v, r.x.now) {
		line.Path = fmt.Sprintf("/visits/%d", id)
	}
	return line, nil
}

func (r *assessmentRecords) finding(id inspections.FindingID) (recordLine, error) {
	if r.findings == nil {
		r.findings = map[inspections.FindingID]inspections.Finding{}
		list, err := r.tx.Findings(inspections.FindingFilter{From: calendar.InstantOf(calendar.NewDate(r.year, 1, 1).Start()), Until: calendar.InstantOf(calendar.NewDate(r.year+1, 1, 1).Start())})
		if err != nil {
			return recordLine{}, err
		}
		for _, f := range list {
			r.findings[f.ID] = f
		}
	}
	f := r.findings[id]
	line := recordLine{What: r.x.words.Label("kind", f.Kind) + " " + placeWords(r.x, r.roster, f.Team), When: r.x.words.Date(f.At.Date())}
	if f.Visit != 0 {
		line.Path = fmt.Sprintf("/visits/%d", f.Visit)
	}
	return line, nil
}

func (r *assessmentRecords) fund(id int64) (recordLine, error) {
	if r.funds == nil {
		r.funds = map[int64]inspections.Fund{}
		list, err := r.tx.Funds(calendar.NewDate(r.year, 1, 1), calendar.NewDate(r.year, 12, 31))
		if err != nil {
			return recordLine{}, err
		}
		for _, f := range list {
			r.funds[f.ID] = f
		}
	}
	f := r.funds[id]
	return recordLine{f.Purpose + " " + sheet.Yuan(f.Cents), r.x.words.Date(f.Day), fmt.Sprintf("/funds?year=%d", r.year)}, nil
}
