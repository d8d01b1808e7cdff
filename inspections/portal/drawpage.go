package portal

import (
	"fmt"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/scheduler"
)

// drawLine is one slot of a told draw, with the names that people read.
type drawLine struct {
	S                 scheduler.SlotStory
	Township, Village string
	Pair              []string
}

type drawView struct {
	Story scheduler.Story
	Lines []drawLine
	Sound bool // everything holds
}

// drawPage tells the draws of a week step by step, when the week is over and its links are published.
// Before that it is a page that does not exist.
func drawPage(x *exchange) (answer, error) {
	week, err := calendar.ParseWeek(x.r.PathValue("week"))
	if err != nil || !x.now.After(week.Sunday().End()) {
		return answer{}, noPage()
	}
	view := drawView{Sound: true}
	err = x.view(func(tx Tx) error {
		row, err := tx.Freeze(week)
		if inspections.IsNotFound(err) {
			return noPage()
		}
		if err != nil {
			return err
		}
		slots, err := tx.Slots(week)
		if err != nil {
			return err
		}
		view.Story, err = scheduler.TellWeek(row, slots)
		if inspections.IsNotFound(err) {
			return noPage()
		}
		if err != nil {
			return err
		}
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		view.Sound = view.Story.HashHolds
		for _, s := range view.Story.Slots {
			line := drawLine{S: s}
			if s.Team != 0 {
				line.Township, line.Village = placeOf(roster, s.Team)
			}
			for _, id := range s.Pair {
				i, _ := roster.Inspector(id)
				line.Pair = append(line.Pair, i.Name)
			}
			view.Sound = view.Sound && s.Holds
			view.Lines = append(view.Lines, line)
		}
		return nil
	})
	return show("draw", x.words.T("portal.draw.title", "week", week), view), err
}

// drawHelp is the chapter of the handbook that explains a draw.
func drawHelp(x *exchange) (answer, error) {
	return show("drawhelp", x.words.T("portal.draw.help"), nil), nil
}

// Percent writes 1/100 of a percent.
func (drawView) Percent(n int) string { return fmt.Sprintf("%d.%02d%%", n/100, n%100) }
