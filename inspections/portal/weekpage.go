package portal

import (
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

type slotLine struct {
	S                 inspections.Slot
	Township, Village string
	State             inspections.VisitState
}

type weekView struct {
	Week      calendar.Week
	Back, On  string
	Freeze    inspections.Freeze // Hash "" when the week is not sealed
	Exception *inspections.Exception
	Over      bool // the week has ended and its slots are published
	Completed int
	Slots     []slotLine
	Counts    bool // completed visits are shown while the week runs
	Sealed    []inspections.Freeze
	Steps     *weekSteps // what the desk may do to this week; nil for others
}

// weeksAhead is how far ahead a week may be looked at, to plan it or sign an exception.
const weeksAhead = 8

// sealedShown is how many sealed weeks the page lists.
const sealedShown = 12

// weekPage shows a sealed week: its check value at once, what its slots brought when the whole week is
// over. While it runs the page says nothing of any slot.
func weekPage(x *exchange) (answer, error) {
	this := calendar.WeekOf(x.now.Date())
	w := this
	if text := x.r.URL.Query().Get("week"); text != "" {
		var err error
		if w, err = calendar.ParseWeek(text); err != nil {
			return answer{}, noPage()
		}
	}
	return weekPageOf(x, w)
}

func weekPageOf(x *exchange, w calendar.Week) (answer, error) {
	this := calendar.WeekOf(x.now.Date())
	view := weekView{Week: w, Back: w.Add(-1).String(), Over: x.now.After(w.Sunday().End()), Counts: atDesk(x.who)}
	if w.Before(this.Add(weeksAhead)) {
		view.On = w.Add(1).String()
	}
	err := x.view(func(tx Tx) error {
		panel, err := weekPanelOf(tx, w)
		if err != nil {
			return err
		}
		view.Freeze, view.Exception = panel.Freeze, panel.Exception
		if view.Over || view.Counts {
			view.Completed = panel.Completed
		}
		if view.Over {
			if view.Slots, err = slotLines(tx, x, w); err != nil {
				return err
			}
		}
		if view.Steps, err = weekStepsOf(tx, x, w, view.Freeze, view.Exception != nil); err != nil {
			return err
		}
		freezes, err := tx.Freezes()
		for i := len(freezes) - 1; i >= 0 && len(view.Sealed) < sealedShown; i-- {
			view.Sealed = append(view.Sealed, freezes[i])
		}
		return err
	})
	return show("week", x.words.T("portal.week.title", "week", w), view), err
}

func slotLines(tx Tx, x *exchange, w calendar.Week) ([]slotLine, error) {
	slots, err := tx.Slots(w)
	if err != nil {
		return nil, err
	}
	roster, err := tx.Roster()
	if err != nil {
		return nil, err
	}
	lines := make([]slotLine, 0, len(slots))
	for _, s := range slots {
		line := slotLine{S: s}
		if s.Visit != 0 {
			v, err := tx.Visit(s.Visit)
			if err != nil {
				return nil, err
			}
			line.State = v.State
			line.Township, line.Village = placeOf(roster, v.Team)
		}
		lines = append(lines, line)
	}
	return lines, nil
}
