package office

import (
	"context"
	"fmt"
	"slices"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// RecordLeave keeps a leave or duty travel that was reported. It is recorded when it reaches the office;
// what a visit found before stays on record. Errors: Forbidden, Invalid for an impossible span.
func (o *Office) RecordLeave(ctx context.Context, by inspections.Actor, l inspections.Leave) (inspections.Leave, error) {
	if err := allow(by, inspections.RoleClerk, inspections.RoleAdmin, inspections.RoleTownship, inspections.RoleUnit); err != nil {
		return l, err
	}
	if l.From.IsZero() || l.Until < l.From {
		return l, inspections.Fail(inspections.Invalid, "leave.span", "from", l.From, "until", l.Until)
	}
	if l.Kind == "" {
		return l, inspections.Fail(inspections.Invalid, "leave.kind_missing")
	}
	if l.ApprovedBy != "" && !slices.Contains(inspections.Approvals, l.ApprovedBy) {
		return l, inspections.Fail(inspections.Invalid, "leave.approved_by", "value", string(l.ApprovedBy))
	}
	err := o.InTx(ctx, func(tx Tx) error {
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		if _, ok := roster.Member(l.Member); !ok {
			return inspections.Fail(inspections.NotFound, "member.unknown", "member", int64(l.Member))
		}
		l.Recorded = tx.Now()
		if err := tx.AddLeave(&l); err != nil {
			return err
		}
		return record(tx, by, "leave.recorded", fmt.Sprintf("leave/%d", l.ID), map[string]any{
			"member": int64(l.Member), "travel": l.Kind == "travel", "from": l.From, "until": l.Until, "approved_by": l.ApprovedBy,
		})
	})
	return l, err
}

// addLeaves adds what a list names and the records do not have yet. An entry of before that the list does not name
// again and that one of its own corrects counts no longer.
func addLeaves(tx Tx, list []inspections.Leave, tally *Tally) error {
	old, err := leavesAround(tx, list)
	if err != nil {
		return err
	}
	known := map[spell]bool{}
	named := map[spell]bool{}
	for _, l := range old {
		known[spellOf(l)] = true
	}
	for _, l := range list {
		named[spellOf(l)] = true
	}
	replaced := map[inspections.LeaveID]bool{}
	for _, l := range list {
		if known[spellOf(l)] {
			continue // a later list names again what an earlier one has
		}
		known[spellOf(l)] = true
		l.Recorded = tx.Now()
		for _, o := range old {
			if l.Replaces == 0 && !named[spellOf(o)] && !replaced[o.ID] && l.Corrects(o) {
				l.Replaces, replaced[o.ID] = o.ID, true
			}
		}
		if err := tx.AddLeave(&l); err != nil {
			return err
		}
		if l.Replaces > 0 {
			tally.Changed["leave"]++
		} else {
			tally.Added["leave"]++
		}
	}
	return nil
}

// spell is what makes two entries the same leave.
type spell struct {
	member      inspections.MemberID
	kind        string
	from, until calendar.Date
}

func spellOf(l inspections.Leave) spell { return spell{l.Member, l.Kind, l.From, l.Until} }

// leavesAround gives the leaves that count and touch the days of a list.
func leavesAround(tx Tx, list []inspections.Leave) ([]inspections.Leave, error) {
	if len(list) == 0 {
		return nil, nil
	}
	from, until := list[0].From, list[0].Until
	for _, l := range list {
		from, until = min(from, l.From), max(until, l.Until)
	}
	return tx.Leaves(from, until)
}
