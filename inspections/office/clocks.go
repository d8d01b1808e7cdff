package office

import (
	"context"
	"errors"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/duties"
)

// oweCase starts the clock of 3.6 of a case and gives the end that the case itself shows.
func (o *Office) oweCase(tx Tx, owed *duties.Obligation, set inspections.Settings, event inspections.ClockStart) (calendar.Instant, error) {
	owed.Kind, owed.Clause, owed.Party, owed.Started = duties.CaseConclude, "3.6", inspections.Party{Kind: inspections.PartyCounty}, tx.Now()
	err := owed.RunDays(o.Calendar, tx.Now().Date(), set.Int(inspections.SetCaseDays), duties.StartOf(set, event))
	return shownEnd(*owed), err
}

// shownEnd gives the end that a case shows; while a clock waits for a calendar, that counted from the next day.
func shownEnd(owed duties.Obligation) calendar.Instant {
	if owed.Due.IsZero() {
		return calendar.InstantOf(owed.Started.Date().Add(owed.Length).End())
	}
	return owed.Due
}

// restart sets the clocks going that wait for an event, with the length and the first day in force today, and gives
// them. Until the event they run from the beginning of the matter, so that nothing stands without an end; an end
// that was put off to a later day stays.
func (o *Office) restart(tx Tx, by inspections.Actor, f duties.Filter, event inspections.ClockStart, length string) ([]duties.Obligation, error) {
	set, err := settings(tx)
	if err != nil {
		return nil, err
	}
	f.Open = true
	open, err := tx.Obligations(f)
	if err != nil {
		return nil, err
	}
	var going []duties.Obligation
	for _, owed := range open {
		if owed.Starts != event {
			continue
		}
		put := owed.Due
		owed.Started = tx.Now()
		if err := owed.RunDays(o.Calendar, tx.Now().Date(), set.Int(length), duties.StartOf(set, event)); err != nil {
			return nil, err
		}
		if !owed.FirstDue.IsZero() && !owed.Due.IsZero() && put.After(owed.Due.Time) {
			owed.Due = put
		}
		if err := tx.SaveObligation(owed); err != nil {
			return nil, err
		}
		if err := record(tx, by, "clock.started", owed.Subject, map[string]any{"kind": string(owed.Kind), "starts": string(event), "due": owed.Due}); err != nil {
			return nil, err
		}
		going = append(going, owed)
	}
	return going, nil
}

// served sets the clocks going of a recall that count from its service.
func (o *Office) served(tx Tx, by inspections.Actor, m inspections.MeasureID) error {
	for _, owed := range [][2]string{{string(duties.ReplaceUnit), inspections.SetReplaceUnit}, {string(duties.ReplaceCounty), inspections.SetReplaceCounty}} {
		f := duties.Filter{Kind: duties.Kind(owed[0]), Subject: subjectMeasure(m)}
		if _, err := o.restart(tx, by, f, inspections.StartServed, owed[1]); err != nil {
			return err
		}
	}
	return nil
}

// oweReplacement starts the unit's three days (2.1) and the county office's week (3.1).
func (o *Office) oweReplacement(tx Tx, unit inspections.UnitID, subject string, ofUnit, ofCounty inspections.ClockStart) error {
	set, err := settings(tx)
	if err != nil {
		return err
	}
	for _, owed := range []struct {
		kind   duties.Kind
		clause string
		party  inspections.Party
		length string
		event  inspections.ClockStart
	}{
		{duties.ReplaceUnit, "2.1", inspections.Party{Kind: inspections.PartyUnit, ID: int64(unit)}, inspections.SetReplaceUnit, ofUnit},
		{duties.ReplaceCounty, "3.1", inspections.Party{Kind: inspections.PartyCounty}, inspections.SetReplaceCounty, ofCounty},
	} {
		line := duties.Obligation{Kind: owed.kind, Clause: owed.clause, Party: owed.party, Subject: subject, Started: tx.Now()}
		if err := line.RunDays(o.Calendar, tx.Now().Date(), set.Int(owed.length), duties.StartOf(set, owed.event)); err != nil {
			return err
		}
		if _, err := tx.AddObligation(&line); err != nil {
			return err
		}
	}
	return nil
}

// after gives the day after which a time counts that begins on a day; while the calendar lacks the year, the day itself.
func (o *Office) after(set inspections.Settings, start calendar.Date) (calendar.Date, error) {
	after, err := duties.StartOf(set, "").After(o.Calendar, start)
	var missing *calendar.MissingYearError
	if errors.As(err, &missing) {
		return start, nil
	}
	return after, err
}

// SettleClocks gives the clocks that waited for a calendar year their end, after that year was imported.
func (o *Office) SettleClocks(ctx context.Context, by inspections.Actor) ([]duties.Obligation, error) {
	var settled []duties.Obligation
	err := o.InTx(ctx, func(tx Tx) (err error) {
		settled, err = SettleClocks(tx, by, o.Calendar)
		return err
	})
	return settled, err
}

// SettleClocks does it in the caller's transaction, with a calendar that knows the year.
func SettleClocks(tx Tx, by inspections.Actor, cal *calendar.Calendar) ([]duties.Obligation, error) {
	settled, err := duties.Settle(tx, cal)
	if err != nil {
		return nil, err
	}
	for _, s := range settled {
		if s.Kind == duties.CaseConclude && s.Open() {
			c, err := caseOf(tx, s)
			if err != nil {
				return nil, err
			}
			c.Due = s.Due
			if err := tx.SaveCase(c); err != nil {
				return nil, err
			}
		}
		body := map[string]any{"kind": string(s.Kind), "due": s.Due}
		if err := record(tx, by, "clock.settled", s.Subject, body); err != nil {
			return nil, err
		}
	}
	return settled, nil
}
