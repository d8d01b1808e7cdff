package portal

import (
	"strconv"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/scheduler"
)

type teamChoice struct {
	ID    inspections.TeamID
	Label string
}

type followChoice struct {
	ID    inspections.VisitID
	Label string
	At    calendar.Instant
}

type specialView struct {
	Teams      []teamChoice
	Inspectors []inspectorChoice
	Earlier    []followChoice // completed visits that may be looked back at
	Watch      scheduler.Pattern
	Share      int // percent of special visits with this one
}

const (
	followWeeks = 26
	// watchDelay keeps the numbers of the page free of a special visit that is still under way.
	watchDelay = 24 * time.Hour
)

// specialPage is the order of a visit that a person sends: a tip-off, or a look back at an earlier visit.
func specialPage(x *exchange) (answer, error) {
	view := specialView{}
	err := x.view(func(tx Tx) error {
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		view.Teams = teamChoices(x, roster)
		view.Inspectors = inspectorChoices(roster, x.now.Date())
		visits, err := visibleVisits(tx, x, inspections.VisitFilter{
			State: inspections.VisitCompleted, From: calendar.InstantOf(x.now.AddDate(0, 0, -7*followWeeks)), Until: x.now,
		})
		for i := len(visits) - 1; i >= 0; i-- {
			view.Earlier = append(view.Earlier, followChoice{visits[i].ID, placeWords(x, roster, visits[i].Team), visits[i].Start})
		}
		return err
	})
	if err != nil {
		return answer{}, err
	}
	watch, err := x.p.cfg.Draws.Look(x.ctx(), calendar.InstantOf(x.now.Add(-watchDelay)))
	view.Watch = watch.Pattern
	view.Share = (view.Watch.Special + 1) * 100 / (view.Watch.Special + view.Watch.Random + 1)
	return show("special", x.words.T("portal.special.title"), view), err
}

func teamChoices(x *exchange, roster *inspections.Roster) []teamChoice {
	var list []teamChoice
	for _, t := range roster.TeamsOn(x.now.Date()) {
		list = append(list, teamChoice{t.ID, placeWords(x, roster, t.ID)})
	}
	return list
}

// chosen reads a number that was chosen from a list; 0 and a fault where none was and one is needed.
func (f *form) chosen(field string, needed bool) int64 {
	text := f.x.r.PostForm.Get(field)
	id, err := strconv.ParseInt(text, 10, 64)
	if text == "" && !needed {
		return 0
	}
	if err != nil || id <= 0 {
		f.fail(field, "not_chosen")
		return 0
	}
	return id
}

// specialSend sends it; the pair gets its letters at once and nobody else any.
func specialSend(x *exchange) (answer, error) {
	f := x.form()
	order := scheduler.Special{Follows: inspections.VisitID(f.chosen("follows", false))}
	order.Team = inspections.TeamID(f.chosen("team", order.Follows == 0))
	order.Pair[0] = inspections.InspectorID(f.chosen("first", true))
	order.Pair[1] = inspections.InspectorID(f.chosen("second", true))
	order.Start, order.End = f.moment("start"), f.moment("end")
	order.Reason, order.AskedBy = f.must("reason"), f.must("asked")
	page := func() (answer, error) { return specialPage(x) }
	if len(f.faults) > 0 {
		return f.again(page)
	}
	if _, err := x.p.cfg.Draws.SendSpecial(x.ctx(), x.actor(), order); err != nil {
		return x.refused(err, page)
	}
	return goTo("/visits", "special_sent"), nil
}
