package portal

import (
	"strings"

	"anfang.example/inspections"
	"anfang.example/inspections/duties"
)

// tellForm enters an event or what was done on demand; a body tells its own.
func tellForm(x *exchange, roster *inspections.Roster) changeForm {
	var what []partyChoice
	mine := x.who.Party.Kind
	for _, r := range duties.Catalog() {
		if r.Tellable() && inspections.Covers(r.From, r.Until, x.now.Date()) && (atDesk(x.who) || r.Party == mine) {
			what = append(what, partyChoice{r.Clause + " " + string(r.Kind), clauseOf(x.words, r.Clause).Short + " " + x.words.Label("duty", r.Kind)})
		}
	}
	var who []partyChoice
	for _, p := range roster.Parties() {
		if atDesk(x.who) || p == x.who.Party {
			who = append(who, partyChoice{partyValue(p), x.words.Body(roster, nil, p)})
		}
	}
	return formOf(x, "tell", "/duties/told", "what", what, "who", who, "day", "date", "about", "text")
}

// dutyTell enters what the form says.
func dutyTell(x *exchange) (answer, error) {
	f := x.form()
	clause, kind, _ := strings.Cut(f.must("what-tell"), " ")
	t := duties.Told{Clause: clause, Kind: duties.Kind(kind), Party: partyFrom(f.must("who-tell")), Day: f.date("day-tell", true), About: f.must("about-tell")}
	page := func() (answer, error) { return dutyList(x) }
	if len(f.faults) > 0 {
		return f.again(page)
	}
	if _, err := x.p.cfg.Office.TellDuty(x.ctx(), x.actor(), t); err != nil {
		return x.refused(err, page)
	}
	return goTo("/duties", "duty_told"), nil
}
