package scheduler

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/duties"
	"anfang.example/scheduler/draw"
)

const (
	// freezeHour is the hour of the Sunday before a week at which its book is sealed.
	freezeHour = 18
	// grace is how late a freeze or a release may be and still count as made in time: a restart, no more.
	grace = 10 * time.Minute
)

// FreezeTime gives the moment a week's book is sealed: Sunday 18:00 before it.
func FreezeTime(week calendar.Week) time.Time { return week.Monday().Add(-1).At(freezeHour, 0) }

// freezeWeeks seals every week whose time has come, oldest first.
func (t *tick) freezeWeeks() error {
	var faults []error
	for _, week := range t.weeks {
		if t.now.Before(FreezeTime(week)) {
			break
		}
		faults = append(faults, t.freezeWeek(week))
	}
	return errors.Join(faults...)
}

// FreezeWeek seals one week whose time has come, as Tick does; false when it was sealed before. Errors:
// Conflict "week.freeze_early" before its Sunday 18:00, "week.not_counted" for a week before the first
// that counts, "week.no_teams" while the roster has none.
func (s *Scheduler) FreezeWeek(ctx context.Context, now time.Time, week calendar.Week) (bool, error) {
	s.ticking.Lock()
	defer s.ticking.Unlock()
	t := &tick{Scheduler: s, ctx: ctx, now: now, anchored: map[int]error{}}
	if at := FreezeTime(week); now.Before(at) {
		return false, inspections.Fail(inspections.Conflict, "week.freeze_early", "week", week.String(), "at", calendar.InstantOf(at))
	}
	if err := t.beginSet(); err != nil {
		return false, err
	}
	if t.first == (calendar.Week{}) || week.Before(t.first) {
		return false, inspections.Fail(inspections.Conflict, "week.not_counted", "week", week.String())
	}
	if err := t.freezeWeek(week); err != nil {
		return false, err
	}
	if len(t.report.Frozen) > 0 {
		return true, nil
	}
	_, _, err := t.sealed(ctx, week)
	if inspections.IsNotFound(err) {
		err = inspections.Fail(inspections.Conflict, "week.no_teams", "week", week.String())
	}
	return false, err
}

// freezeWeek seals one week, once. A county without teams owes its visits all the same, but has nothing
// to seal yet.
func (t *tick) freezeWeek(week calendar.Week) error {
	sealed, owed, teams := false, false, 0
	err := t.view(t.ctx, func(tx Tx) error {
		_, err := tx.Freeze(week)
		if sealed = err == nil; sealed || !inspections.IsNotFound(err) {
			return err
		}
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		teams = len(roster.TeamsOn(week.Monday()))
		known, err := tx.Obligations(duties.Filter{Kind: duties.WeeklyVisits, Period: week.String()})
		owed = len(known) > 0
		return err
	})
	switch {
	case err != nil || sealed:
		return err
	case teams == 0 && owed:
		return nil
	case teams == 0:
		return t.InTx(t.ctx, func(tx Tx) error { return oweVisits(tx, week) })
	}
	if err := t.anchor(week.Year); err != nil {
		return err
	}
	made := false
	err = t.InTx(t.ctx, func(tx Tx) error {
		_, err := tx.Freeze(week)
		if made = inspections.IsNotFound(err); !made {
			return err
		}
		t.told = nil
		return t.seal(tx, week)
	})
	if err == nil && made {
		t.report.Frozen = append(t.report.Frozen, week)
		t.log().Info("week sealed", "week", week.String())
		t.reportAlarms()
	}
	return err
}

// seal writes the week's book, its journal line, the note to the leaders and what the week owes.
func (t *tick) seal(tx Tx, week calendar.Week) error {
	book, err := t.compose(tx, week)
	if err != nil {
		return err
	}
	body, err := book.Canonical()
	if err != nil {
		return err
	}
	row := inspections.Freeze{
		Year: week.Year, Week: week.Number, Body: string(body), Hash: draw.FreezeHash(body).String(),
		Late: book.Late, Frozen: tx.Now(),
	}
	if err := tx.AddFreeze(row); err != nil {
		return err
	}
	values, err := settingsOn(tx, tx.Now().Date())
	if err != nil {
		return err
	}
	if values[inspections.SetHorizonStart] == "" {
		if err := setWeek(tx, inspections.SetHorizonStart, week, tx.Now().Date()); err != nil {
			return err
		}
	}
	if err := record(tx, inspections.System, "week.frozen", "week/"+week.String(), map[string]any{
		"hash": row.Hash, "late": row.Late, "teams": len(book.Teams), "slots": len(book.Slots),
	}); err != nil {
		return err
	}
	if err := oweVisits(tx, week); err != nil {
		return err
	}
	if err := t.warnOfBook(tx, week, book); err != nil {
		return err
	}
	return writeFreezeNote(tx, row, book)
}

// compose gathers what a week's draws depend on but chance and what happens in the week.
func (t *tick) compose(tx Tx, week calendar.Week) (*draw.Freeze, error) {
	values, err := settingsOn(tx, week.Monday())
	if err != nil {
		return nil, err
	}
	roster, err := tx.Roster()
	if err != nil {
		return nil, err
	}
	anchor, err := tx.Anchor(week.Year)
	if err != nil {
		return nil, err
	}
	book := &draw.Freeze{
		Algorithm: draw.Version, County: uint64(tx.County()), Year: week.Year, Week: week.Number,
		Buffer: values.Int(inspections.SetBuffer), LambdaMilli: values.Int(inspections.SetLambda),
		CompletionPPM: values.Int(inspections.SetCompletion), LeadMinutes: values.Int(inspections.SetLead),
		Beacon: values[inspections.SetBeacon], Late: latest(t.now, tx.Now().Time).After(FreezeTime(week).Add(grace)),
	}
	if book.Anchor, err = draw.ParseHash(anchor.Hex); err != nil {
		return nil, err
	}
	if _, err := io.ReadFull(t.Chance, book.Salt[:]); err != nil {
		return nil, fmt.Errorf("salt: %w", err)
	}
	if book.Slots, err = plannedSlots(tx, week); err != nil {
		return nil, err
	}
	if err := t.roster(tx, book, week, roster, values.Int(inspections.SetStandby)); err != nil {
		return nil, err
	}
	if err := t.bag(tx, book, week, roster, values.Int(inspections.SetHorizonWeeks)); err != nil {
		return nil, err
	}
	capacity, err := draw.SolveAlpha(len(book.Teams), book.Horizon.Weeks, book.LambdaMilli, Slack, MaxAlpha)
	if err != nil {
		return nil, err
	}
	book.Alpha = capacity.Alpha
	return book, book.Solve()
}

const (
	// Slack is what capacity asks for above the least number of visits, in percent (DRAW.md).
	Slack = 15
	// MaxAlpha bounds the share drawn from the bag at one half: a team just visited keeps at least half
	// of its chance, so that no visit makes anybody safe.
	MaxAlpha = 32768
	// equalRisk is every team's weight until findings move it.
	equalRisk = 1000
)

// bag lists the teams with their flags: in the bag is who has had no completed random visit recorded
// since the horizon began. The bag refills every H weeks, not when it is empty.
func (t *tick) bag(tx Tx, book *draw.Freeze, week calendar.Week, roster *inspections.Roster, horizonWeeks int) error {
	book.Horizon = draw.Horizon{Number: 1, Year: week.Year, Week: week.Number, Weeks: horizonWeeks}
	cleared := map[inspections.TeamID]bool{}
	last, began, err := t.lastHorizon(tx, week)
	if err != nil {
		return err
	}
	if last.Number > 0 {
		first := calendar.Week{Year: last.Year, Number: last.Week}
		if int(week.Monday()-first.Monday())/7 >= horizonWeeks {
			book.Horizon.Number = last.Number + 1
		} else {
			book.Horizon = draw.Horizon{Number: last.Number, Year: last.Year, Week: last.Week, Weeks: horizonWeeks}
			visits, err := recordedSince(tx, began)
			if err != nil {
				return err
			}
			for _, v := range visits {
				cleared[v.Team] = true
			}
		}
	}
	teams := roster.TeamsOn(week.Monday())
	risks := map[inspections.TeamID]Risk{}
	if t.Risks != nil {
		if risks, err = t.Risks(tx, week, teams); err != nil {
			return err
		}
	}
	for _, team := range teams {
		risk, weighed := risks[team.ID]
		if !weighed {
			risk.Weight = equalRisk
		}
		book.Teams = append(book.Teams, draw.Team{ID: uint64(team.ID), Risk: risk.Weight, Reasons: risk.Reasons, Bag: !cleared[team.ID]})
	}
	return nil
}

// lastHorizon gives the horizon of the newest sealed week before this one and the moment its bag was
// filled; the zero horizon when nothing was sealed yet.
func (t *tick) lastHorizon(tx Tx, week calendar.Week) (draw.Horizon, calendar.Instant, error) {
	for w := week.Add(-1); !w.Before(t.first); w = w.Add(-1) {
		row, err := tx.Freeze(w)
		if inspections.IsNotFound(err) {
			continue
		}
		if err != nil {
			return draw.Horizon{}, calendar.Instant{}, err
		}
		book, err := t.book(row)
		if err != nil {
			return draw.Horizon{}, calendar.Instant{}, err
		}
		first, err := tx.Freeze(calendar.Week{Year: book.Horizon.Year, Number: book.Horizon.Week})
		return book.Horizon, first.Frozen, err
	}
	return draw.Horizon{}, calendar.Instant{}, nil
}

// oweVisits starts the week's duty: two random visits by Sunday 24:00 (3.4).
func oweVisits(tx Tx, week calendar.Week) error {
	_, err := tx.AddObligation(&duties.Obligation{
		Kind: duties.WeeklyVisits, Clause: "3.4", Party: inspections.Party{Kind: inspections.PartyCounty},
		Period: week.String(), Started: tx.Now(), Due: calendar.InstantOf(week.Sunday().End()),
	})
	return err
}

// writeFreezeNote tells every leader that the book is sealed and by which hash, so that the program
// cannot show another one later.
func writeFreezeNote(tx Tx, row inspections.Freeze, book *draw.Freeze) error {
	week := row.ISOWeek()
	leaders, err := people(tx, inspections.RoleLeader)
	if err != nil {
		return err
	}
	begins := calendar.InstantOf(week.Monday().Start())
	args := inspections.FreezeArgs{
		Week: week, Frozen: row.Frozen, Late: row.Late, Teams: len(book.Teams), Hash: row.Hash,
		Slots: len(book.Slots), Enough: len(book.Slots) >= draw.Floor+book.Buffer, ExceptBy: begins, CoSeedBy: begins,
	}
	if row.Late {
		args.CoSeedBy = calendar.Instant{}
	}
	onStandby := map[uint64]bool{}
	for _, slot := range book.Slots {
		for _, id := range slot.Standby {
			onStandby[id] = true
		}
	}
	args.Inspectors = len(onStandby)
	if args.Last, err = lastWeek(tx, week.Add(-1)); err != nil {
		return err
	}
	if args.Changes, err = changesOf(tx, book); err != nil {
		return err
	}
	for _, leader := range leaders {
		args.Duty = leader.Duty
		if err := writeToUser(tx, inspections.LetterFreeze, "freeze/"+week.String(), args, leader); err != nil {
			return err
		}
	}
	return nil
}

// lastWeek says how a week went so far; nil when it was not sealed.
func lastWeek(tx Tx, week calendar.Week) (*inspections.LastWeek, error) {
	if _, err := tx.Freeze(week); inspections.IsNotFound(err) {
		return nil, nil // not measured, which the note leaves out
	} else if err != nil {
		return nil, err
	}
	done, err := completedIn(tx, week)
	if err != nil {
		return nil, err
	}
	last := &inspections.LastWeek{Visits: len(done), Met: len(done) >= draw.Floor}
	exception, err := tx.Exception(week)
	if err != nil && !inspections.IsNotFound(err) {
		return nil, err
	}
	last.Reason = exception.Reason
	return last, nil
}
