package scheduler

import (
	"context"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/scheduler/draw"
)

// AddCoSeed takes the co-seed of a sealed week: ten dice or 32 hex digits, chosen by the leader or another
// body after the freeze and before Sunday 24:00, so that who holds the keys alone cannot know the draws.
// giver names who gave it. Errors: NotFound "week.not_frozen"; Invalid "week.coseed_text"; Conflict
// "week.coseed_closed" when the week has begun or was sealed late, "week.coseed_set" when one stands.
func (s *Scheduler) AddCoSeed(ctx context.Context, by inspections.Actor, week calendar.Week, text, giver string) error {
	if err := maySign(by); err != nil {
		return err
	}
	if coseed, err := draw.ParseCoSeed(text); err != nil || len(coseed) == 0 {
		return inspections.Fail(inspections.Invalid, "week.coseed_text")
	}
	return s.InTx(ctx, func(tx Tx) error {
		row, err := tx.Freeze(week)
		if inspections.IsNotFound(err) {
			return notFrozen(week)
		}
		if err != nil {
			return err
		}
		if row.Late || !tx.Now().Before(week.Monday().Start()) {
			return inspections.Fail(inspections.Conflict, "week.coseed_closed", "week", week.String())
		}
		if row.CoSeed != "" {
			return inspections.Fail(inspections.Conflict, "week.coseed_set", "week", week.String())
		}
		if giver == "" {
			giver = by.Name
		}
		if err := tx.SetCoSeed(week, text, giver, tx.Now()); err != nil {
			return err
		}
		return record(tx, by, "week.coseed", "week/"+week.String(), map[string]any{"sha256": sha256Hex([]byte(text))})
	})
}

// AddException records that a week may have fewer than two random visits, signed before it begins. signer
// names who signed. Errors: Invalid "week.exception_reason" without a reason or signer; Conflict
// "week.exception_late" once the week has begun, "week.exception_set" when one stands.
func (s *Scheduler) AddException(ctx context.Context, by inspections.Actor, week calendar.Week, reason, signer string) error {
	if err := maySign(by); err != nil {
		return err
	}
	if signer == "" {
		signer = by.Name
	}
	if reason == "" || signer == "" {
		return inspections.Fail(inspections.Invalid, "week.exception_reason", "week", week.String())
	}
	return s.InTx(ctx, func(tx Tx) error {
		if !tx.Now().Before(week.Monday().Start()) {
			return inspections.Fail(inspections.Conflict, "week.exception_late", "week", week.String())
		}
		if _, err := tx.Exception(week); err == nil {
			return inspections.Fail(inspections.Conflict, "week.exception_set", "week", week.String())
		} else if !inspections.IsNotFound(err) {
			return err
		}
		exception := inspections.Exception{Year: week.Year, Week: week.Number, Reason: reason, By: signer, At: tx.Now()}
		if err := tx.AddException(exception); err != nil {
			return err
		}
		return record(tx, by, "week.exception", "week/"+week.String(), map[string]any{
			"reason_sha256": sha256Hex([]byte(reason)), "at": exception.At,
		})
	})
}

// maySign allows the leader and the clerk who enters what the leader signed on paper.
func maySign(by inspections.Actor) error {
	if by.Is(inspections.RoleLeader, inspections.RoleClerk, inspections.RoleAdmin) {
		return nil
	}
	return inspections.Fail(inspections.Forbidden, "forbidden", "role", string(by.Role))
}
