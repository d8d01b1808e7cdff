package office

import (
	"context"
	"fmt"

	"anfang.example/inspections"
)

// PlaceUnit records whether a unit stands outside the county's chain of command (不相隶属), as those of a province or city do: what
// asks something of it is then a letter 函 and no notice. Letters and papers that left stay as they are. Errors: Forbidden, NotFound.
func (o *Office) PlaceUnit(ctx context.Context, by inspections.Actor, id inspections.UnitID, outside bool) error {
	if err := allow(by, inspections.RoleClerk, inspections.RoleAdmin); err != nil {
		return err
	}
	return o.InTx(ctx, func(tx Tx) error {
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		u, ok := roster.Unit(id)
		switch {
		case !ok:
			return inspections.Fail(inspections.NotFound, "party.unknown", "kind", string(inspections.PartyUnit), "id", int64(id))
		case u.Outside == outside:
			return nil
		}
		u.Outside = outside
		if err := tx.SaveUnit(u); err != nil {
			return err
		}
		return record(tx, by, "roster.unit_placed", fmt.Sprintf("unit/%d", id), map[string]any{"outside": outside})
	})
}
