package office

import (
	"anfang.example/inspections"
	"anfang.example/inspections/casework"
)

// SpeaksFor reports whether a township or unit may speak for the member of an investigation: those concerned are heard
// (3.6), and a member has no account. It may for its own member alone, who on the day of the fact served in the township,
// or was sent by the unit.
func SpeaksFor(roster *inspections.Roster, body inspections.Party, c casework.Case, b casework.Branch) bool {
	if b.Side != casework.SideMember || body.ID == 0 {
		return false
	}
	for _, p := range roster.PostingsOf(c.Team, c.FactAt.Date()) {
		if int64(p.Member) != b.Party.ID {
			continue
		}
		if body.Kind == inspections.PartyTownship && int64(c.Township) == body.ID || body.Kind == inspections.PartyUnit && int64(p.Unit) == body.ID {
			return true
		}
	}
	return false
}

// speak makes an act one that a township or unit hands in for its member: who speaks and how it came stand in it. Errors:
// Invalid "case.how_missing", Conflict "case.not_served" for an appeal against a measure that nobody was told of yet.
func speak(roster *inspections.Roster, by inspections.Actor, w file, b casework.Branch, a *casework.Act) error {
	if a.How == "" {
		return inspections.Fail(inspections.Invalid, "case.how_missing", "case", w.Case.Number)
	}
	for _, m := range w.Measures {
		if m.ID == a.Measure && m.Served.IsZero() {
			return inspections.Fail(inspections.Conflict, "case.not_served", "measure", int64(m.ID))
		}
	}
	a.Branch, a.Member = b.Seq, inspections.MemberID(b.Party.ID)
	a.Person, a.Body = roster.PartyName(b.Party), roster.PartyName(by.Party)
	return nil
}
