package reports

import (
	"context"

	"anfang.example/inspections"
	"anfang.example/inspections/duties"
)

// DutyReceipt is the receipt 报送回执 for what was handed in for a duty, by page, file or command line. Asked for again, it is
// the same.
type DutyReceipt struct {
	Issuer     string
	Sample     bool // the settings of papers are not complete
	Duty       duties.Obligation
	Submission duties.Submission
	Sealed     string // signed head of the journal before the day of the receipt; "" while there is none

	Roster   *inspections.Roster
	Settings inspections.Settings
}

// Number is that of the receipt.
func (r DutyReceipt) Number() string { return r.Submission.Number() }

// DutyReceipt gives the receipt for what settled an obligation, to the office and to the body that owed it. Errors:
// NotFound, Forbidden "duty.not_yours", Conflict "duty.nothing_in" when nothing was handed in for it.
func (p *Press) DutyReceipt(ctx context.Context, by inspections.Actor, id inspections.ObligationID) (DutyReceipt, error) {
	var r DutyReceipt
	err := p.View(ctx, func(tx Tx) (err error) {
		if r.Duty, err = tx.Obligation(id); err != nil {
			return err
		}
		lines, err := tx.Submissions(id)
		if err != nil {
			return err
		}
		if len(lines) == 0 {
			return inspections.Fail(inspections.Conflict, "duty.nothing_in", "obligation", int64(id))
		}
		desk := by.Is(inspections.RoleClerk, inspections.RoleAdmin, inspections.RoleLeader, inspections.RoleReviewer)
		if !desk && (by.Party.ID == 0 || by.Party != r.Duty.Party) {
			return inspections.Fail(inspections.Forbidden, "duty.not_yours")
		}
		r.Submission = lines[len(lines)-1]
		if r.Settings, err = settings(tx); err != nil {
			return err
		}
		r.Issuer, r.Sample = r.Settings[inspections.SetIssuer], !r.Settings.Official()
		if r.Roster, err = tx.Roster(); err != nil {
			return err
		}
		r.Sealed, err = p.sealedBefore(tx, r.Submission.At)
		return err
	})
	return r, err
}

// ReceiptHead gives the signed head that a receipt given now bears; "" while there is none.
func (p *Press) ReceiptHead(ctx context.Context) (head string, err error) {
	err = p.View(ctx, func(tx Tx) error {
		head, err = p.sealedBefore(tx, tx.Now())
		return err
	})
	return head, err
}

// DutyReceiptPDF is that receipt on paper. Errors: those of DutyReceipt.
func (p *Press) DutyReceiptPDF(ctx context.Context, by inspections.Actor, id inspections.ObligationID) (Paper, error) {
	f, err := p.DutyReceipt(ctx, by, id)
	return made(ctx, p, f, err)
}
