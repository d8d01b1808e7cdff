package portal

import (
	"slices"
	"strings"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/scheduler"
	"anfang.example/scheduler/draw"
)

// weekSteps says which of a week's forms are open now, and what they begin with.
type weekSteps struct {
	CoSeed    bool   // sealed in time, not begun, none given yet
	Beacon    string // name of the public beacon that the book wants and nobody has entered; "" none
	Exception bool   // not begun, none signed yet
	Plan      bool   // not sealed yet
	Stands    *inspections.WeekPlan
	Slots     []planSlot
	Evenings  []planSlot
}

// planSlot is a slot that a plan may drop or add; Chosen: the plan that stands does.
type planSlot struct {
	Day    calendar.Date
	Part   string
	Chosen bool
}

// Mark is the value by which a form names the slot.
func (s planSlot) Mark() string { return s.Day.String() + "/" + s.Part }

// weekStepsOf looks at what may still be done to a week.
func weekStepsOf(tx Tx, x *exchange, w calendar.Week, row inspections.Freeze, excepted bool) (*weekSteps, error) {
	if !atDesk(x.who) {
		return nil, nil
	}
	begun, sealed := !x.now.Before(w.Monday().Start()), row.Hash != ""
	s := &weekSteps{
		CoSeed: sealed && !begun && !row.Late && row.CoSeed == "", Exception: !begun && !excepted,
		Plan: !sealed && x.now.Before(scheduler.FreezeTime(w)),
	}
	plan, err := tx.WeekPlan(w)
	if err == nil {
		s.Stands = &plan
	} else if !inspections.IsNotFound(err) {
		return nil, err
	}
	if sealed && !x.now.After(w.Sunday().End()) {
		if s.Beacon, err = beaconWanted(tx, w, row); err != nil {
			return nil, err
		}
	}
	if s.Plan {
		s.Slots, s.Evenings = planSlots(x, w, plan)
	}
	return s, nil
}

// beaconWanted gives the beacon that the sealed book names and whose value is not there yet.
func beaconWanted(tx Tx, w calendar.Week, row inspections.Freeze) (string, error) {
	all, err := tx.Settings()
	if err != nil || inspections.SettingsOn(all, w.Monday())[inspections.SetBeacon] == "" {
		return "", err
	}
	name, err := scheduler.BeaconNamed(row)
	if err != nil || name == "" {
		return "", err
	}
	if _, err := tx.Beacon(w); err == nil {
		return "", nil
	} else if !inspections.IsNotFound(err) {
		return "", err
	}
	return name, nil
}

// planSlots lists the slots on days off of a week in which a weekday is off, which a plan may drop, and the
// days to which it may add an evening. Where the calendar lacks the year none is listed, and the verb says
// what is missing.
func planSlots(x *exchange, w calendar.Week, plan inspections.WeekPlan) (slots []planSlot, evenings []planSlot) {
	holiday := false
	var off []calendar.Date
	for i := range 7 {
		date := w.Monday().Add(i)
		evenings = append(evenings, planSlot{Day: date, Part: string(draw.Evening), Chosen: slices.Contains(plan.Evenings, date)})
		if day, err := x.p.cfg.Office.Calendar.Day(date); err == nil && !day.Workday {
			off, holiday = append(off, date), holiday || i < 5
		}
	}
	if !holiday {
		return nil, evenings
	}
	for _, date := range off {
		for _, part := range []draw.Part{draw.Morning, draw.Afternoon} {
			mark := inspections.SlotMark{Day: date, Part: string(part)}
			slots = append(slots, planSlot{date, mark.Part, slices.Contains(plan.Dropped, mark)})
		}
	}
	return slots, evenings
}

// weekOfPath reads the week of a form's address.
func weekOfPath(x *exchange) (calendar.Week, error) {
	w, err := calendar.ParseWeek(x.r.PathValue("week"))
	if err != nil {
		return w, noPage()
	}
	return w, nil
}

// weekStep carries out a form of a week's page and goes back to it.
func weekStep(x *exchange, done string, do func(*form, calendar.Week) error) (answer, error) {
	w, err := weekOfPath(x)
	if err != nil {
		return answer{}, err
	}
	page := func() (answer, error) { return weekPageOf(x, w) }
	f := x.form()
	if err := do(f, w); err != nil {
		return x.refused(err, page)
	}
	if len(f.faults) > 0 {
		return f.again(page)
	}
	to := goTo("/week", done)
	to.to += "&week=" + w.String()
	return to, nil
}

// weekCoSeed takes the ten dice of a sealed week.
func weekCoSeed(x *exchange) (answer, error) {
	return weekStep(x, "week_coseed", func(f *form, w calendar.Week) error {
		text := strings.Join(strings.Fields(f.must("coseed")), "")
		if len(f.faults) > 0 {
			return nil
		}
		return x.p.cfg.Draws.AddCoSeed(x.ctx(), x.actor(), w, text, f.text("giver"))
	})
}

// weekBeacon takes the value of the public beacon that the book names.
func weekBeacon(x *exchange) (answer, error) {
	return weekStep(x, "week_beacon", func(f *form, w calendar.Week) error {
		value := strings.ToLower(f.must("beacon"))
		if len(f.faults) > 0 {
			return nil
		}
		return x.p.cfg.Draws.SetBeacon(x.ctx(), x.actor(), w, value)
	})
}

// weekExcept records that a week may have fewer than two visits, signed before it begins.
func weekExcept(x *exchange) (answer, error) {
	return weekStep(x, "week_excepted", func(f *form, w calendar.Week) error {
		reason := f.must("exception")
		if len(f.faults) > 0 {
			return nil
		}
		return x.p.cfg.Draws.AddException(x.ctx(), x.actor(), w, reason, f.text("exceptor"))
	})
}

// weekPlan drops slots of days off and adds evenings.
func weekPlan(x *exchange) (answer, error) {
	return weekStep(x, "week_planned", func(f *form, w calendar.Week) error {
		plan := inspections.WeekPlan{
			Year: w.Year, Week: w.Number, Reason: f.must("plan"), Signer: f.text("planner"),
			Dropped: []inspections.SlotMark{}, Evenings: []calendar.Date{},
		}
		for _, mark := range x.r.PostForm["drop"] {
			day, part, _ := strings.Cut(mark, "/")
			date, err := calendar.ParseDate(day)
			if err != nil {
				f.fail("plan", "not_chosen")
				break
			}
			plan.Dropped = append(plan.Dropped, inspections.SlotMark{Day: date, Part: part})
		}
		for _, day := range x.r.PostForm["evening"] {
			date, err := calendar.ParseDate(day)
			if err != nil {
				f.fail("plan", "not_chosen")
				break
			}
			plan.Evenings = append(plan.Evenings, date)
		}
		if len(f.faults) > 0 {
			return nil
		}
		_, err := x.p.cfg.Draws.PlanWeek(x.ctx(), x.actor(), x.p.cfg.Office.Calendar, plan)
		return err
	})
}
