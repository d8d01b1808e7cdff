package portal

import (
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/duties"
)

type dueView struct {
	Month    calendar.Month
	Back, On string
	Party    string
	Kinds    []string
	Days     []dueDay
}

type dueDay struct {
	Day     calendar.Date
	Free    bool // no working day
	Today   bool
	Entries []dueEntry
}

// dueEntry is what is due of one kind on a day, with a name where only one party owes it.
type dueEntry struct {
	What, Who  string
	Owed, Open int
	Late       bool
}

// dutyCalendar shows a month of what is due, day by day.
func dutyCalendar(x *exchange) (answer, error) {
	q := x.r.URL.Query()
	view := dueView{Month: calendar.MonthOf(x.now.Date()), Party: q.Get("party"), Kinds: dutyParties}
	if m, err := calendar.ParseMonth(q.Get("month")); err == nil {
		view.Month = m
	}
	view.Back, view.On = view.Month.Add(-1).String(), view.Month.Add(1).String()
	err := x.view(func(tx Tx) error {
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		seen, err := dutiesSeen(tx, x, dutyFilter{State: "all", Party: view.Party})
		if err != nil {
			return err
		}
		for d := view.Month.First(); d <= view.Month.Last(); d = d.Add(1) {
			day := dueDay{Day: d, Today: d == x.now.Date(), Entries: dueOn(x, roster, seen, d)}
			if worked, err := x.p.cfg.Office.Calendar.Day(d); err == nil {
				day.Free = !worked.Workday
			}
			if len(day.Entries) > 0 || day.Today {
				view.Days = append(view.Days, day)
			}
		}
		return nil
	})
	return show("calendar", x.words.T("portal.calendar.title", "month", view.Month), view), err
}

func dueOn(x *exchange, roster *inspections.Roster, seen []duties.Obligation, d calendar.Date) []dueEntry {
	at := map[string]int{}
	var entries []dueEntry
	for _, o := range seen {
		if o.Due.IsZero() || lastDay(o.Due) != d {
			continue
		}
		key := string(o.Kind) + o.Clause + o.Period
		i, have := at[key]
		if !have {
			i = len(entries)
			at[key] = i
			entries = append(entries, dueEntry{What: dutyWords(x, o), Who: x.words.Body(roster, nil, o.Party)})
		}
		e := &entries[i]
		if e.Owed++; e.Owed > 1 {
			e.Who = x.words.Label("party", o.Party.Kind)
		}
		if o.Open() {
			e.Open++
			e.Late = e.Late || o.Overdue(x.now)
		}
	}
	return entries
}
