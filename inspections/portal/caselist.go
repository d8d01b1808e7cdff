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
	Done, All         int // investigations concluded, and all
}

type caseListView struct {
	Lines  []caseLine
	State  string
	States []casework.State
	Pages  paging
}

// caseList shows the cases a person may see, the newest first. Filter: state.
func caseList(x *exchange) (answer, error) {
	view := caseListView{State: x.r.URL.Query().Get("state")}
	view.States = []casework.State{casework.Proposed, casework.Open, casework.Closed, casework.Refused}
	if !slices.Contains(view.States, casework.State(view.State)) {
		view.State = ""
	}
	err := x.view(func(tx Tx) error {
		cases, err := tx.Cases(casework.Filter{State: casework.State(view.State)})
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
			if seesCase(x.who, c, branches) {
				lines = append(lines, caseLineOf(x, roster, c, branches))
			}
		}
		view.Pages = pagingOf(x.r, len(lines))
		view.Lines = lines[view.Pages.From:view.Pages.Until]
		return nil
	})
	return show("cases", x.words.T("portal.cases.title"), view), err
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
