package scheduler

import (
	"context"
	"fmt"
	"slices"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// RecordInspectorLeave records that an inspector cannot go. What is recorded before a week is sealed
// keeps the person off its standby, what is recorded before a slot's cut-off out of that slot's pair, and
// what comes later changes no draw: nobody can fall ill to spare a team that is drawn. Inspectors record
// their own. Errors: Forbidden; Invalid "inspector_leave.span", "inspector_leave.kind"; NotFound
// "inspector_leave.unknown".
func (s *Scheduler) RecordInspectorLeave(ctx context.Context, by inspections.Actor, l inspections.InspectorLeave) (inspections.InspectorLeave, error) {
	own := by.Is(inspections.RoleInspector) && by.Party == inspections.Party{Kind: inspections.PartyInspector, ID: int64(l.Inspector)}
	if err := maySign(by); err != nil && !own {
		return l, err
	}
	if l.From.IsZero() || !l.Until.IsZero() && l.Until < l.From {
		return l, inspections.Fail(inspections.Invalid, "inspector_leave.span", "from", l.From, "until", l.Until)
	}
	if !slices.Contains(inspections.InspectorLeaveKinds(), l.Kind) {
		return l, inspections.Fail(inspections.Invalid, "inspector_leave.kind", "kind", l.Kind)
	}
	err := s.InTx(ctx, func(tx Tx) error {
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		if _, known := roster.Inspector(l.Inspector); !known {
			return inspections.Fail(inspections.NotFound, "inspector_leave.unknown", "inspector", int64(l.Inspector))
		}
		l.ID, l.Recorded = 0, tx.Now()
		if err := tx.AddInspectorLeave(&l); err != nil {
			return err
		}
		// The kind stays out of the journal: illness is nobody else's business.
		return record(tx, by, "inspector.leave", fmt.Sprintf("inspector/%d", l.Inspector), map[string]any{
			"leave": int64(l.ID), "from": l.From, "until": l.Until,
		})
	})
	return l, err
}

// awayOn gives the inspectors whose leave or illness covers a day and was recorded before a moment.
func awayOn(tx Tx, day calendar.Date, before time.Time) (map[inspections.InspectorID]bool, error) {
	leaves, err := tx.InspectorLeaves(day, day)
	if err != nil {
		return nil, err
	}
	away := map[inspections.InspectorID]bool{}
	for _, l := range leaves {
		if l.Recorded.Before(before) {
			away[l.Inspector] = true
		}
	}
	return away, nil
}

// soFar is a moment before which everything on record lies: records of this very moment too.
func soFar(tx Tx) time.Time { return tx.Now().Add(time.Microsecond) }
