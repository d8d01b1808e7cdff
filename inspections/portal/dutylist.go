package portal

import (
	"html/template"
	"slices"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/duties"
	"anfang.example/inspections/office"
)

type dutyLine struct {
	O       duties.Obligation
	Looked  duties.Looked // what a visit saw of it; Visit 0: none did
	Paper   bool          // the document that was handed in is kept
	Receipt bool          // something was handed in
	Link    string        // page of the party, "" none
	What    string
	Party   string
	Subject string // what it is about
	Path    string
	Overdue bool
	Settle  bool // this person may settle it with one line
}

type dutyListView struct {
	Lines  []dutyLine
	Filter dutyFilter
	Kinds  []string // of parties to choose from
	Of     string   // name of the one party chosen
	Days   []dutyDay
	Waive  bool // only the office waives
	Pages  paging
	Query  template.URL // of the address, for the table to save
	Desk   bool
	Forms  []changeForm
}

// dutyFilter is what the address narrows the list to; the zero value is what is open.
type dutyFilter struct {
	State  string
	Party  string
	Of     inspections.Party
	Clause string
	Period string
	Day    calendar.Date // on which it is due
}

// dutyStates are the filters of the list; "open" is what it begins with.
var dutyStates = []string{"open", "overdue", "done", "all"}

func dutyFilterOf(x *exchange) dutyFilter {
	q := x.r.URL.Query()
	f := dutyFilter{State: q.Get("state"), Clause: q.Get("clause"), Period: q.Get("period")}
	if !slices.Contains(dutyStates, f.State) {
		f.State = "open"
	}
	if party := q.Get("party"); slices.Contains(dutyParties, party) {
		f.Party = party
	}
	if q.Has("of") {
		f.Of = partyFrom(q.Get("of"))
		f.Party = string(f.Of.Kind)
	}
	if d, err := calendar.ParseDate(q.Get("day")); err == nil {
		f.Day = d
	}
	return f
}

// OfValue is the one party chosen as the address has it.
func (v dutyListView) OfValue() string { return partyValue(v.Filter.Of) }

// keeps reports whether the filter lets an obligation through.
func (f dutyFilter) keeps(o duties.Obligation, now calendar.Instant) bool {
	switch {
	case f.State == "overdue" && !o.Overdue(now), f.State == "done" && o.Open(),
		f.Of.Kind != "" && o.Party != f.Of, f.Clause != "" && o.Clause != f.Clause, f.Day != 0 && (o.Due.IsZero() || lastDay(o.Due) != f.Day):
		return false
	}
	return true
}

// dutiesSeen lists what passes the filter and may be seen, by due time; the latest first where done ones are among them.
func dutiesSeen(tx Tx, x *exchange, f dutyFilter) ([]duties.Obligation, error) {
	owed, err := tx.Obligations(duties.Filter{Open: f.State == "open" || f.State == "overdue", Party: inspections.PartyKind(f.Party), Period: f.Period})
	if err != nil {
		return nil, err
	}
	var seen []duties.Obligation
	for _, o := range owed {
		if !f.keeps(o, x.now) {
			continue
		}
		ok, err := seesObligation(tx, x.who, o, x.now)
		if err != nil {
			return nil, err
		}
		if ok {
			seen = append(seen, o)
		}
	}
	if f.State == "done" || f.State == "all" {
		slices.Reverse(seen)
	}
	return seen, nil
}

// dutyList shows who owes what by when and what was done.
func dutyList(x *exchange) (answer, error) {
	view := dutyListView{Filter: dutyFilterOf(x), Kinds: dutyParties, Waive: x.actor().Is(clerks...), Query: x.filters(), Desk: atDesk(x.who)}
	err := x.view(func(tx Tx) error {
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		seen, err := dutiesSeen(tx, x, view.Filter)
		if err != nil {
			return err
		}
		view.Days = dutyDays(seen, x.now)
		view.Pages = pagingOf(x.r, len(seen))
		shown := seen[view.Pages.From:view.Pages.Until]
		looked, err := lookedAt(tx, x, roster, shown)
		if err != nil {
			return err
		}
		for _, o := range shown {
			line, err := dutyLineOf(tx, x, roster, o)
			if err != nil {
				return err
			}
			line.Looked = looked[o.ID]
			if !o.Open() {
				in, err := handedIn(tx, o)
				if err != nil {
					return err
				}
				line.Paper, line.Receipt = in.SHA != "", in.ID != 0
			}
			view.Lines = append(view.Lines, line)
		}
		if view.Filter.Of.Kind != "" {
			view.Of = x.words.Body(roster, nil, view.Filter.Of)
		}
		if view.Waive || actsForBody(x.who) {
			view.Forms = []changeForm{tellForm(x, roster)}
		}
		return nil
	})
	return show("duties", x.words.T("portal.duties.title"), view), err
}

// lookedAt gives what visits saw of obligations, for those who may read all visits.
func lookedAt(tx Tx, x *exchange, roster *inspections.Roster, shown []duties.Obligation) (map[inspections.ObligationID]duties.Looked, error) {
	if !atDesk(x.who) || len(shown) == 0 {
		return nil, nil
	}
	from := x.now.Date()
	for _, o := range shown {
		from = min(from, o.Started.Date())
	}
	looked, err := office.LookedAt(tx, roster, from, x.now.Date())
	return duties.Verify(shown, looked), err
}

func dutyLineOf(tx Tx, x *exchange, roster *inspections.Roster, o duties.Obligation) (dutyLine, error) {
	line := dutyLine{O: o, What: dutyWords(x, o), Path: dutyPath(o), Overdue: o.Overdue(x.now), Settle: maySettle(x, o)}
	line.Party, line.Link, line.Subject = x.words.Body(roster, nil, o.Party), bodyPath(o.Party), o.About
	noun, id, ok := subjectOf(o)
	if !ok {
		return line, nil
	}
	switch noun {
	case "visit":
		v, err := tx.Visit(inspections.VisitID(id))
		if err != nil {
			return line, err
		}
		line.Subject = placeWords(x, roster, v.Team)
	case "case":
		c, err := tx.Case(inspections.CaseID(id))
		if err != nil {
			return line, err
		}
		line.Subject = x.words.T("portal.case.of", "number", c.Number, "place", placeWords(x, roster, c.Team))
		line.Path = "/cases/" + c.Number
	}
	return line, nil
}
