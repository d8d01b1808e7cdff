package scheduler

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/duties"
	"anfang.example/scheduler/draw"
)

// PlanTx keeps the plans of holiday weeks and the beacons.
type PlanTx interface {
	AddWeekPlan(*inspections.WeekPlan) error
	WeekPlan(calendar.Week) (inspections.WeekPlan, error)
	AddBeacon(inspections.Beacon) error
	Beacon(calendar.Week) (inspections.Beacon, error)
}

// PlanWeek drops slots on the days off of a holiday week, down to its duty slots, and adds evenings (who
// sleeps in the village?). It is signed before the week is sealed and journalled; a later plan replaces it.
// Fewer slots than two visits and the buffer need need an exception that stands already. Errors: Forbidden;
// Invalid "plan.reason", "plan.slot", "plan.evening", "plan.workday"; Conflict "plan.late", "plan.few";
// *calendar.MissingYearError.
func (s *Scheduler) PlanWeek(ctx context.Context, by inspections.Actor, cal *calendar.Calendar, plan inspections.WeekPlan) (inspections.WeekPlan, error) {
	if err := maySign(by); err != nil {
		return plan, err
	}
	if plan.Signer == "" {
		plan.Signer = by.Name
	}
	if plan.Reason == "" || plan.Signer == "" {
		return plan, inspections.Fail(inspections.Invalid, "plan.reason")
	}
	week := calendar.Week{Year: plan.Year, Number: plan.Week}
	if err := checkDropped(cal, week, plan.Dropped); err != nil {
		return plan, err
	}
	err := s.InTx(ctx, func(tx Tx) error {
		if _, err := tx.Freeze(week); err == nil || !tx.Now().Before(FreezeTime(week)) {
			return inspections.Fail(inspections.Conflict, "plan.late", "week", week.String())
		} else if !inspections.IsNotFound(err) {
			return err
		}
		slots, err := slotsOf(week, plan)
		if err != nil {
			return err
		}
		values, err := settingsOn(tx, week.Monday())
		if err != nil {
			return err
		}
		least := draw.Floor + values.Int(inspections.SetBuffer)
		if len(slots) < least {
			_, err := tx.Exception(week)
			if inspections.IsNotFound(err) {
				return inspections.Fail(inspections.Conflict, "plan.few", "week", week.String(), "n", len(slots), "least", least, "buffer", least-draw.Floor)
			}
			if err != nil {
				return err
			}
		}
		plan.ID, plan.At = 0, tx.Now()
		if err := tx.AddWeekPlan(&plan); err != nil {
			return err
		}
		return record(tx, by, "week.planned", "week/"+week.String(), map[string]any{
			"dropped": plan.Dropped, "evenings": plan.Evenings, "slots": len(slots), "reason_sha256": sha256Hex([]byte(plan.Reason)),
		})
	})
	return plan, err
}

// checkDropped allows only days off of a week that has a holiday on a weekday: an ordinary week is not
// thinned out.
func checkDropped(cal *calendar.Calendar, week calendar.Week, dropped []inspections.SlotMark) error {
	holiday := false
	for i := range 5 {
		day, err := cal.Day(week.Monday().Add(i))
		if err != nil {
			return err
		}
		holiday = holiday || !day.Workday
	}
	for _, mark := range dropped {
		day, err := cal.Day(mark.Day)
		if err != nil {
			return err
		}
		if !holiday || day.Workday {
			return inspections.Fail(inspections.Invalid, "plan.workday", "day", mark.Day)
		}
	}
	return nil
}

// slotsOf gives the slots of a planned week. Errors: Invalid "plan.slot", "plan.evening".
func slotsOf(week calendar.Week, plan inspections.WeekPlan) ([]draw.Slot, error) {
	var parts [7][]draw.Part
	for i := range parts {
		parts[i] = []draw.Part{draw.Morning, draw.Afternoon}
	}
	dayOf := func(day calendar.Date) (int, bool) {
		i := int(day - week.Monday())
		return i, i >= 0 && i < len(parts)
	}
	for _, mark := range plan.Dropped {
		i, inWeek := dayOf(mark.Day)
		if !inWeek || !slices.Contains(parts[i], draw.Part(mark.Part)) {
			return nil, inspections.Fail(inspections.Invalid, "plan.slot", "day", mark.Day, "part", mark.Part)
		}
		parts[i] = slices.DeleteFunc(parts[i], func(p draw.Part) bool { return p == draw.Part(mark.Part) })
	}
	for _, day := range plan.Evenings {
		i, inWeek := dayOf(day)
		if !inWeek || slices.Contains(parts[i], draw.Evening) {
			return nil, inspections.Fail(inspections.Invalid, "plan.evening", "day", day)
		}
		parts[i] = append(parts[i], draw.Evening)
	}
	slots, err := draw.MakeSlots(week.Year, week.Number, &parts)
	if err == nil && len(slots) == 0 {
		err = inspections.Fail(inspections.Invalid, "plan.none", "week", week.String())
	}
	return slots, err
}

// plannedSlots gives the slots that a week is sealed with.
func plannedSlots(tx Tx, week calendar.Week) ([]draw.Slot, error) {
	plan, err := tx.WeekPlan(week)
	if inspections.IsNotFound(err) {
		return draw.DefaultSlots(week.Year, week.Number)
	}
	if err != nil {
		return nil, err
	}
	return slotsOf(week, plan)
}

// CloseNoPair ends what a drawn team without a pair leaves open: the office sends nobody and says why. The
// slot stays as it was drawn, nothing is drawn again. Errors: Forbidden; Invalid "nopair.reason"; NotFound
// "nopair.none" when nothing of the slot is open.
func (s *Scheduler) CloseNoPair(ctx context.Context, by inspections.Actor, week calendar.Week, slot int, reason string) error {
	if err := maySign(by); err != nil {
		return err
	}
	if reason == "" {
		return inspections.Fail(inspections.Invalid, "nopair.reason")
	}
	return s.InTx(ctx, func(tx Tx) error {
		subject := subjectSlot(slotKey{week, slot})
		open, err := tx.Obligations(duties.Filter{Kind: duties.NoPair, Subject: subject, Open: true})
		if err != nil {
			return err
		}
		if len(open) == 0 {
			return inspections.Fail(inspections.NotFound, "nopair.none", "week", week.String(), "slot", slot)
		}
		for _, o := range open {
			o.Done, o.DoneRef, o.Reason = tx.Now(), by.Ref(), reason
			if err := tx.SaveObligation(o); err != nil {
				return err
			}
		}
		return record(tx, by, "slot.nopair_closed", subject, map[string]any{"reason_sha256": sha256Hex([]byte(reason))})
	})
}

// BeaconNamed gives the name of the public beacon that a sealed week takes, "" for none.
func BeaconNamed(row inspections.Freeze) (string, error) {
	book, err := draw.ParseFreeze([]byte(row.Body))
	if err != nil {
		return "", inspections.Fail(inspections.Conflict, "week.hash", "week", row.ISOWeek().String()).Because(err)
	}
	return book.Beacon, nil
}

// SetBeacon enters the value of a week's public beacon, which the sealed book names. It goes into the
// slots whose cut-off comes later; slots before it go without and their rows say so. A stranger compares
// it with what the beacon published. Errors: Forbidden; Invalid "beacon.value"; NotFound "week.not_frozen";
// Conflict "beacon.none", "beacon.set".
func (s *Scheduler) SetBeacon(ctx context.Context, by inspections.Actor, week calendar.Week, value string) error {
	if err := maySign(by); err != nil {
		return err
	}
	if _, err := draw.ParseHash(value); err != nil {
		return inspections.Fail(inspections.Invalid, "beacon.value").Because(err)
	}
	return s.InTx(ctx, func(tx Tx) error {
		row, err := tx.Freeze(week)
		if inspections.IsNotFound(err) {
			return notFrozen(week)
		}
		if err != nil {
			return err
		}
		book, err := s.book(row)
		if err != nil {
			return err
		}
		if book.Beacon == "" {
			return inspections.Fail(inspections.Conflict, "beacon.none", "week", week.String())
		}
		if _, err := tx.Beacon(week); !inspections.IsNotFound(err) {
			return errors.Join(err, inspections.Fail(inspections.Conflict, "beacon.set", "week", week.String()))
		}
		b := inspections.Beacon{Year: week.Year, Week: week.Number, Value: value, By: by.Ref(), At: tx.Now()}
		if err := tx.AddBeacon(b); err != nil {
			return err
		}
		return record(tx, by, "week.beacon", "week/"+week.String(), map[string]any{"beacon": book.Beacon, "value": value})
	})
}

// beaconBefore is how long before a slot's cut-off its beacon must stand: a value whose transaction was
// still under way at the cut-off must not move a minute that is known already.
const beaconBefore = time.Minute

// beaconOf gives the value of a week's beacon for a slot: what was entered before its cut-off,
// "" where nothing was.
func beaconOf(tx Tx, book *draw.Freeze, week calendar.Week, number int) (string, error) {
	if book.Beacon == "" {
		return "", nil
	}
	slot, err := book.Slot(number)
	if err != nil {
		return "", err
	}
	cutOff, err := slot.CutOff(book.LeadMinutes)
	if err != nil {
		return "", err
	}
	b, err := tx.Beacon(week)
	if inspections.IsNotFound(err) || err == nil && !b.At.Before(cutOff.Add(-beaconBefore)) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("beacon: %w", err)
	}
	return b.Value, nil
}
