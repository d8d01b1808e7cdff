package scheduler

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/duties"
	"anfang.example/scheduler/draw"
	"anfang.example/scheduler/pairing"
)

// SpecialTx keeps what stands beside the random draws.
type SpecialTx interface {
	Visit(inspections.VisitID) (inspections.Visit, error)
	AddSpecialOrder(inspections.SpecialOrder) error
	SpecialOrder(inspections.VisitID) (inspections.SpecialOrder, error)
	AddInspectorLeave(*inspections.InspectorLeave) error
	InspectorLeaves(from, until calendar.Date) ([]inspections.InspectorLeave, error) // those that touch the span
}

// Special is a visit that a person sends, not chance: a tip-off, or a look back (回头看) at an earlier visit.
type Special struct {
	Reason  string // needed
	AskedBy string // who asked for it; needed
	Team    inspections.TeamID
	Pair    [2]inspections.InspectorID
	Start   calendar.Instant // window; Start is the time of arrival
	End     calendar.Instant
	Follows inspections.VisitID // makes it a look back; its team is taken where Team is 0
}

// specialWindow bounds how long the window of a special visit may be.
const specialWindow = 24 * time.Hour

// SendSpecial sends a special visit: the pair gets its letters at once and nobody else any. It stands
// beside the random visits: it counts for no week's two, leaves the bag alone and is printed as what it
// is. Conflicts of the pair are those of the draw. Errors: Forbidden; Invalid "special.reason",
// "special.pair", "special.window"; NotFound "special.team", "visit.unknown"; Conflict "special.barred" and
// its kin, "special.busy", "special.not_completed".
func (s *Scheduler) SendSpecial(ctx context.Context, by inspections.Actor, order Special) (inspections.Visit, error) {
	var visit inspections.Visit
	if err := maySign(by); err != nil {
		return visit, err
	}
	if order.Reason == "" || order.AskedBy == "" {
		return visit, inspections.Fail(inspections.Invalid, "special.reason")
	}
	err := s.InTx(ctx, func(tx Tx) error {
		var err error
		if visit, err = draftSpecial(tx, order); err != nil {
			return err
		}
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		if err := s.checkSpecialPair(ctx, tx, roster, visit); err != nil {
			return err
		}
		if err := tx.AddVisit(&visit); err != nil {
			return err
		}
		err = tx.AddSpecialOrder(inspections.SpecialOrder{
			Visit: visit.ID, Reason: order.Reason, AskedBy: order.AskedBy, Follows: order.Follows, By: by.Ref(), At: tx.Now(),
		})
		if err != nil {
			return err
		}
		if err := oweRecord(tx, visit); err != nil {
			return err
		}
		if err := s.writeSpecial(ctx, tx, roster, visit); err != nil {
			return err
		}
		return record(tx, by, "visit.special", fmt.Sprintf("visit/%d", visit.ID), map[string]any{
			"kind": string(visit.Kind), "team": int64(visit.Team), "pair": []int64{int64(visit.First), int64(visit.Second)},
			"start": visit.Start, "end": visit.End, "follows": int64(order.Follows),
			"reason_sha256": sha256Hex([]byte(order.Reason)), "asked_by_sha256": sha256Hex([]byte(order.AskedBy)),
		})
	})
	return visit, err
}

// draftSpecial makes the visit of an order after a look at its window and team.
func draftSpecial(tx Tx, order Special) (inspections.Visit, error) {
	visit := inspections.Visit{
		Kind: inspections.VisitManual, Team: order.Team, Start: order.Start, End: order.End, Arrive: order.Start,
		Released: tx.Now(), State: inspections.VisitReleased, Reason: order.Reason,
	}
	visit.First, visit.Second = min(order.Pair[0], order.Pair[1]), max(order.Pair[0], order.Pair[1])
	if order.Start.IsZero() || order.Start.Before(tx.Now().Time) || !order.End.After(order.Start.Time) || order.End.Sub(order.Start.Time) > specialWindow {
		return visit, inspections.Fail(inspections.Invalid, "special.window", "start", order.Start, "end", order.End)
	}
	if order.Follows != 0 {
		earlier, err := tx.Visit(order.Follows)
		if inspections.IsNotFound(err) {
			return visit, inspections.Fail(inspections.NotFound, "visit.unknown", "visit", int64(order.Follows))
		}
		if err != nil {
			return visit, err
		}
		if earlier.State != inspections.VisitCompleted || order.Team != 0 && order.Team != earlier.Team {
			return visit, inspections.Fail(inspections.Conflict, "special.not_completed", "visit", int64(order.Follows))
		}
		visit.Kind, visit.Team = inspections.VisitFollowUp, earlier.Team
	}
	week := calendar.WeekOf(order.Start.Date())
	visit.Year, visit.Week = week.Year, week.Number
	return visit, nil
}

// checkSpecialPair refuses a pair that the draw would not send, or that has another visit or a standby in
// the window: taking somebody from a standby would narrow a draw to come.
func (s *Scheduler) checkSpecialPair(ctx context.Context, tx Tx, roster *inspections.Roster, visit inspections.Visit) error {
	day := visit.Start.Date()
	if !slices.ContainsFunc(roster.TeamsOn(day), func(t inspections.Team) bool { return t.ID == visit.Team }) {
		return inspections.Fail(inspections.NotFound, "special.team", "team", int64(visit.Team))
	}
	if visit.First == visit.Second {
		return inspections.Fail(inspections.Invalid, "special.pair")
	}
	for _, id := range []inspections.InspectorID{visit.First, visit.Second} {
		if _, known := roster.Inspector(id); !known {
			return inspections.Fail(inspections.Invalid, "special.pair")
		}
	}
	bars, err := barsOf(tx, roster, visit.Team, day)
	if err != nil {
		return err
	}
	for _, bar := range bars {
		if id := inspections.InspectorID(bar.Inspector); id == visit.First || id == visit.Second {
			inspector, _ := roster.Inspector(id)
			return barred(inspector.Name, bar.Reason)
		}
	}
	for _, id := range []inspections.InspectorID{visit.First, visit.Second} {
		busy, err := s.busy(ctx, tx, id, visit)
		if err != nil {
			return err
		}
		if busy {
			inspector, _ := roster.Inspector(id)
			return inspections.Fail(inspections.Conflict, "special.busy", "name", inspector.Name)
		}
	}
	return nil
}

// busy reports whether an inspector is on standby or has a visit of their own in the window. A standby
// that has ended without a visit does not bind; which it is the person knows and nobody else, so that
// every standby whose window is not over counts the same.
func (s *Scheduler) busy(ctx context.Context, tx Tx, id inspections.InspectorID, visit inspections.Visit) (bool, error) {
	overlaps := func(start, end time.Time) bool { return start.Before(visit.End.Time) && end.After(visit.Start.Time) }
	visits, err := tx.Visits(inspections.VisitFilter{
		Kind: inspections.VisitManual, Inspector: id, State: inspections.VisitReleased, From: calendar.InstantOf(visit.Start.Add(-specialWindow)), Until: visit.End,
	})
	if err != nil {
		return false, err
	}
	back, err := tx.Visits(inspections.VisitFilter{
		Kind: inspections.VisitFollowUp, Inspector: id, State: inspections.VisitReleased, From: calendar.InstantOf(visit.Start.Add(-specialWindow)), Until: visit.End,
	})
	if err != nil {
		return false, err
	}
	for _, v := range append(visits, back...) {
		if overlaps(v.Start.Time, v.End.Time) {
			return true, nil
		}
	}
	for week := calendar.WeekOf(visit.Start.Date()); !calendar.WeekOf(visit.End.Date()).Before(week); week = week.Add(1) {
		row, err := tx.Freeze(week)
		if inspections.IsNotFound(err) {
			continue
		}
		if err != nil {
			return false, err
		}
		book, err := s.book(row)
		if err != nil {
			return false, err
		}
		for _, slot := range book.Slots {
			start, end, err := slot.Window()
			if err != nil {
				return false, err
			}
			if overlaps(start, end) && slices.Contains(slot.Standby, uint64(id)) {
				return true, nil
			}
		}
	}
	return false, ctx.Err()
}

// writeSpecial writes the letters of a special visit: to its pair and to nobody else.
func (s *Scheduler) writeSpecial(ctx context.Context, tx Tx, roster *inspections.Roster, visit inspections.Visit) error {
	w := writing{tick: &tick{Scheduler: s, ctx: ctx, now: tx.Now().Time}, tx: tx}
	args, err := w.assignment(roster, visit)
	if err != nil {
		return err
	}
	for _, id := range []inspections.InspectorID{visit.First, visit.Second} {
		inspector, _ := roster.Inspector(id)
		to := inspections.Party{Kind: inspections.PartyInspector, ID: int64(id)}
		key := fmt.Sprintf("special/%d/inspector/%d", visit.ID, id)
		if err := enqueue(tx, inspections.LetterGo, key, to, inspector.Name, inspector.Email, args); err != nil {
			return err
		}
	}
	return nil
}

// oweRecord starts what the pair of a visit owes.
func oweRecord(tx Tx, visit inspections.Visit) error {
	week := calendar.Week{Year: visit.Year, Number: visit.Week}
	_, err := tx.AddObligation(&duties.Obligation{
		Kind: duties.RecordVisit, Clause: "3.4", Party: inspections.Party{Kind: inspections.PartyInspector, ID: int64(visit.First)},
		Period: week.String(), Subject: fmt.Sprintf("visit/%d", visit.ID),
		Started: tx.Now(), Due: calendar.InstantOf(visit.End.Add(recordWithin)),
	})
	return err
}

// barsOf says who of all inspectors may not go to a team on a day, from what stands on record.
func barsOf(tx Tx, roster *inspections.Roster, team inspections.TeamID, day calendar.Date) ([]draw.Bar, error) {
	away, err := awayOn(tx, day, soFar(tx))
	if err != nil {
		return nil, err
	}
	var persons []pairing.Person
	for _, i := range roster.Inspectors {
		p := person(uint64(i.ID), i, roster, day)
		p.OnLeave = p.OnLeave || away[i.ID]
		persons = append(persons, p)
	}
	target, err := targetOf(tx, roster, team, day, soFar(tx))
	if err != nil {
		return nil, err
	}
	return pairing.Bars(persons, target), nil
}

// targetOf says what the pair rules ask about a team on a day, from what was recorded before a moment.
func targetOf(tx Tx, roster *inspections.Roster, id inspections.TeamID, day calendar.Date, before time.Time) (pairing.Target, error) {
	target := pairing.Target{Team: uint64(id)}
	if team, ok := roster.Team(id); ok {
		target.Township = uint64(team.Township)
	}
	for _, unit := range roster.UnitsOf(id, day) {
		target.Units = append(target.Units, uint64(unit))
	}
	var err error
	target.Visitors, err = lastVisitors(tx, id, before)
	return target, err
}

// barred is the refusal of somebody the draw would not send.
func barred(name string, reason draw.BarReason) error {
	switch reason {
	case draw.BarHomeTownship:
		return inspections.Fail(inspections.Conflict, "special.barred_home", "name", name)
	case draw.BarOwnUnit:
		return inspections.Fail(inspections.Conflict, "special.barred_unit", "name", name)
	case draw.BarRecentVisit:
		return inspections.Fail(inspections.Conflict, "special.barred_recent", "name", name)
	case draw.BarLeave:
		return inspections.Fail(inspections.Conflict, "special.barred_leave", "name", name)
	}
	return inspections.Fail(inspections.Conflict, "special.barred", "name", name)
}

// FeasiblePairs says how many pairs of the inspectors serving on a day may go to a team.
type FeasiblePairs struct {
	Team  inspections.TeamID `json:"team"`
	Pairs int                `json:"pairs"`
}

// FewPairs lists the teams to which fewer than least pairs of all inspectors serving today may go, the
// fewest first: there a draw may end without a pair.
func (s *Scheduler) FewPairs(ctx context.Context, least int) ([]FeasiblePairs, error) {
	few := []FeasiblePairs{}
	err := s.view(ctx, func(tx Tx) error {
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		day := tx.Now().Date()
		for _, team := range roster.TeamsOn(day) {
			bars, err := barsOf(tx, roster, team.ID, day)
			if err != nil {
				return err
			}
			out := map[uint64]bool{}
			for _, bar := range bars {
				out[bar.Inspector] = true
			}
			if n := pairing.Feasible(len(roster.Inspectors), len(out)); n < least {
				few = append(few, FeasiblePairs{team.ID, n})
			}
		}
		slices.SortStableFunc(few, func(a, b FeasiblePairs) int {
			return cmp.Or(cmp.Compare(a.Pairs, b.Pairs), cmp.Compare(a.Team, b.Team))
		})
		return nil
	})
	return few, err
}
