package portal

import (
	"slices"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// pageSize is how many lines a list shows at a time.
const pageSize = 50

type visitLine struct {
	V                 inspections.Visit
	Township, Village string
	Pair              []string
	ToVerify          int
}

type visitListView struct {
	Lines  []visitLine
	State  string
	Week   string
	States []inspections.VisitState
	Pages  paging
	Order  bool // this person may send a special visit
}

// visitList shows the visits a person may see, the newest first. Filters: state, week.
func visitList(x *exchange) (answer, error) {
	q := x.r.URL.Query()
	view := visitListView{State: q.Get("state"), Week: q.Get("week"), Order: atDesk(x.who)}
	view.States = []inspections.VisitState{inspections.VisitReleased, inspections.VisitCompleted, inspections.VisitCancelled}
	filter := inspections.VisitFilter{}
	if slices.Contains(view.States, inspections.VisitState(view.State)) {
		filter.State = inspections.VisitState(view.State)
	} else {
		view.State = ""
	}
	if view.Week != "" {
		w, err := calendar.ParseWeek(view.Week)
		if err != nil {
			return answer{}, inspections.Fail(inspections.Invalid, "usage.week", "value", view.Week)
		}
		filter.Year, filter.Week = w.Year, w.Number
	}
	err := x.view(func(tx Tx) error {
		visits, err := visibleVisits(tx, x, filter)
		if err != nil {
			return err
		}
		slices.Reverse(visits)
		view.Pages = pagingOf(x.r, len(visits))
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		for _, v := range visits[view.Pages.From:view.Pages.Until] {
			line, err := visitLineOf(tx, roster, v)
			if err != nil {
				return err
			}
			view.Lines = append(view.Lines, line)
		}
		return nil
	})
	return show("visits", x.words.T("portal.visits.title"), view), err
}

// visibleVisits lists what fits and may be seen, by start time.
func visibleVisits(tx Tx, x *exchange, filter inspections.VisitFilter) ([]inspections.Visit, error) {
	all, err := tx.Visits(filter)
	if err != nil {
		return nil, err
	}
	seen := make([]inspections.Visit, 0, len(all))
	for _, v := range all {
		if seesVisit(x.who, v, x.now) {
			seen = append(seen, v)
		}
	}
	return seen, nil
}

func visitLineOf(tx Tx, roster *inspections.Roster, v inspections.Visit) (visitLine, error) {
	line := visitLine{V: v, Pair: inspectorNames(roster, v.First, v.Second)}
	line.Township, line.Village = placeOf(roster, v.Team)
	if v.State != inspections.VisitCompleted {
		return line, nil
	}
	present, err := tx.Attendances(v.ID)
	for _, a := range present {
		if a.Presence == inspections.ToVerify {
			line.ToVerify++
		}
	}
	return line, err
}
