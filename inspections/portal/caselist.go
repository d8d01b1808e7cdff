package portal

import (
	"slices"

	"anfang.example/inspections"
	"anfang.example/inspections/casework"
)

type caseLine struct {
	C                 casework.Case
	Township, Village string
	Units             []string
	Done, All         int    // investigations concluded, and all
	Next              string // what it waits for from this person; "" nothing
	NextPath          string
}

type caseListView struct {
	Lines  []caseLine
	State  string // of cases, or "mine": those that wait for this person
	States []casework.State
	Pages  paging
	Counts bool // this person may see what the cases of the county came to
	Kinds  bool // may see the table of kinds of problem
}

// caseList shows the cases a person may see, the newest first. Filter: state.
func caseList(x *exchange) (answer, error) {
	view := caseListView{State: x.r.URL.Query().Get("state"), Counts: x.actor().Is(caseFileRead...), Kinds: x.actor().Is(desk...)}
	view.States = []casework.State{casework.Proposed, casework.Open, casework.Closed, casework.Refused}
	state := casework.State(view.State)
	if !slices.Contains(view.States, state) {
		if state = ""; view.State != mineOnly {
			view.State = ""
		}
	}
	err := x.view(func(tx Tx) error {
		cases, err := tx.Cases(casework.Filter{State: state})
		if err != nil {
			return err
		}
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		var lines []caseLine
		for _, c := range slices.Backward(cases) {
			branches, err := tx.Branches(c.ID)
			if err != nil {
				return err
			}
			if !seesCase(x.who, c, branches) {
				continue
			}
			line := caseLineOf(x, roster, c, branches)
			if line.Next, line.NextPath, err = mine(tx, x, c, branches); err != nil {
				return err
			}
			if view.State != mineOnly || line.Next != "" {
				lines = append(lines, line)
			}
		}
		view.Pages = pagingOf(x.r, len(lines))
		view.Lines = lines[view.Pages.From:view.Pages.Until]
		return nil
	})
	return show("cases", x.words.T("portal.cases.title"), view), err
}

// mineOnly picks the cases that wait for the person who looks (我的事项).
const mineOnly = "mine"

// mine says what a case waits for from this person, and where that is done; "" when it waits for somebody else.
func mine(tx Tx, x *exchange, c casework.Case, branches []casework.Branch) (string, string, error) {
	if c.State != casework.Proposed && c.State != casework.Open && c.State != casework.Closed {
		return "", "", nil
	}
	if actsForBody(x.who) {
		if _, asked := caseStep(x.who, c, branches); asked {
			return x.words.T("portal.task.state"), "/cases/" + c.Number + "/acts/statement", nil
		}
		return "", "", nil
	}
	if !atDesk(x.who) {
		return "", "", nil
	}
	step, path, ok, err := nextTask(tx, x, c, branches)
	if !ok || err != nil {
		return "", "", err
	}
	return x.words.Label("case_next", step.Kind), path, nil
}

func caseLineOf(x *exchange, roster *inspections.Roster, c casework.Case, branches []casework.Branch) caseLine {
	line := caseLine{C: c, Units: unitNames(roster, roster.UnitsOf(c.Team, c.FactAt.Date()))}
	line.Township, line.Village = placeOf(roster, c.Team)
	for _, b := range ownBranches(x.who, branches) {
		line.All++
		if b.State == casework.BranchConcluded {
			line.Done++
		}
	}
	return line
}
