package simulate

import (
	"context"

	"anfang.example/inspections"
	"anfang.example/inspections/office"
)

// officeTx is what the office's verbs see of a Memory. Recording a visit nobody was absent from and
// cancelling one ask for no more than Tx has and these; anything else would stop the run at once.
type officeTx struct {
	*Tx
	beyond
}

// beyond lies one step deeper than Tx, so that Tx answers what it can.
type beyond struct{ office.Tx }

// PutCheck keeps no checklist: nothing drawn depends on one.
func (officeTx) PutCheck(inspections.Check) error { return nil }

func (m *Memory) inOffice(ctx context.Context, fn func(office.Tx) error) error {
	return m.inTx(ctx, func(tx *Tx) error { return fn(officeTx{Tx: tx}) })
}
