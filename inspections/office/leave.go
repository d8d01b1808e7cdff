package office

import (
	"context"
	"fmt"

	"anfang.example/inspections"
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
			"member": int64(l.Member), "travel": l.Kind == "travel", "from": l.From, "until": l.Until,
		})
	})
	return l, err
}
