package portal

import (
	"slices"

	"anfang.example/inspections"
	"anfang.example/inspections/duties"
)

type dutyLine struct {
	O       duties.Obligation
	What    string
	Party   string
	Subject string // what it is about
	Path    string
	Overdue bool
	Settle  bool // this person may settle it with one line
}

type dutyListView struct {
	Lines []dutyLine
	State string
	Party string   // kind of party chosen, "" all
	Kinds []string // of parties to choose from
	Days  []dutyDay
	Waive bool // only the office waives
	Pages paging
}

// dutyStates are the filters of the list; "open" is what it begins with.
var dutyStates = []string{"open", "overdue", "done", "all"}

// dutyList shows who owes what by when and what was done.
func dutyList(x *exchange) (answer, error) {
	view := dutyListView{State: x.r.URL.Query().Get("state")}
	if !slices.Contains(dutyStates, view.State) {
		view.State = "open"
	}
	view.Kinds, view.Waive = dutyParties, x.actor().Is(clerks...)
	if party := x.r.URL.Query().Get("party"); slices.Contains(dutyParties, party) {
		view.Party = party
	}
	err := x.view(func(tx Tx) error {
		owed, err := tx.Obligations(duties.Filter{Open: view.State == "open" || view.State == "overdue", Party: inspections.PartyKind(view.Party)})
		if err != nil {
			return err
		}
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		var seen []duties.Obligation
		for _, o := range owed {
			if view.State == "overdue" && !o.Overdue(x.now) || view.State == "done" && o.Open() {
				continue
			}
			ok, err := seesObligation(tx, x.who, o, x.now)
			if err != nil {
				return err
			}
			if !ok {
				continue
			}
			seen = append(seen, o)
		}
		view.Days = dutyDays(seen, x.now)
		if view.State == "done" || view.State == "all" {
			slices.Reverse(seen) // the latest first
		}
		view.Pages = pagingOf(x.r, len(seen))
		for _, o := range seen[view.Pages.From:view.Pages.Until] {
			line, err := dutyLineOf(tx, x, roster, o)
			if err != nil {
				return err
			}
			view.Lines = append(view.Lines, line)
		}
		return nil
	})
	return show("duties", x.words.T("portal.duties.title"), view), err
}

func dutyLineOf(tx Tx, x *exchange, roster *inspections.Roster, o duties.Obligation) (dutyLine, error) {
	line := dutyLine{O: o, What: dutyWords(x, o), Path: dutyPath(o), Overdue: o.Overdue(x.now), Settle: maySettle(x, o)}
	line.Party = x.words.Label("party", o.Party.Kind)
	if name := roster.PartyName(o.Party); name != "" {
		line.Party = name
	}
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
