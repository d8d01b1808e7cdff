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
}

type dutyListView struct {
	Lines []dutyLine
	State string
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
	err := x.view(func(tx Tx) error {
		owed, err := tx.Obligations(duties.Filter{Open: view.State == "open" || view.State == "overdue"})
		if err != nil {
			return err
		}
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		var lines []dutyLine
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
			line, err := dutyLineOf(tx, x, roster, o)
			if err != nil {
				return err
			}
			lines = append(lines, line)
		}
		if view.State == "done" || view.State == "all" {
			slices.Reverse(lines) // the latest first
		}
		view.Pages = pagingOf(x.r, len(lines))
		view.Lines = lines[view.Pages.From:view.Pages.Until]
		return nil
	})
	return show("duties", x.words.T("portal.duties.title"), view), err
}

func dutyLineOf(tx Tx, x *exchange, roster *inspections.Roster, o duties.Obligation) (dutyLine, error) {
	line := dutyLine{O: o, What: dutyWords(x, o), Path: dutyPath(o), Overdue: o.Overdue(x.now)}
	line.Party = x.words.Label("party", o.Party.Kind)
	if name := partyName(roster, o.Party); name != "" {
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
