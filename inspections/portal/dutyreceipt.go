package portal

import (
	"fmt"

	"anfang.example/inspections"
	"anfang.example/reports"
)

func receiptPath(id inspections.ObligationID) string { return fmt.Sprintf("/duties/%d/receipt", id) }

type dutyReceiptView struct {
	R     reports.DutyReceipt
	What  string
	Party string
	PDF   string // path
}

// receiptOf reads the obligation of the address; one that the person may not see does not exist.
func receiptOf(x *exchange) (inspections.ObligationID, error) {
	id, err := x.number("id")
	if err != nil {
		return 0, err
	}
	err = x.view(func(tx Tx) error {
		o, err := tx.Obligation(inspections.ObligationID(id))
		if err != nil {
			return err
		}
		seen, err := seesObligation(tx, x.who, o, x.now)
		if err == nil && !seen {
			err = noPage()
		}
		return err
	})
	return inspections.ObligationID(id), err
}

// dutyReceipt shows the receipt for what was handed in: its number, its time and the signed head that proves it later.
func dutyReceipt(x *exchange) (answer, error) {
	id, err := receiptOf(x)
	if err != nil {
		return answer{}, err
	}
	r, err := x.p.cfg.Press.DutyReceipt(x.ctx(), x.actor(), id)
	if err != nil {
		return answer{}, err
	}
	view := dutyReceiptView{R: r, What: dutyWords(x, r.Duty), Party: x.words.Body(r.Roster, r.Settings, r.Duty.Party), PDF: receiptPath(id) + "/pdf"}
	return show("dutyreceipt", x.words.T("portal.receipt.title", "number", r.Number()), view), nil
}

// dutyReceiptPDF gives the same on paper, to be stamped.
func dutyReceiptPDF(x *exchange) (answer, error) {
	id, err := receiptOf(x)
	if err != nil {
		return answer{}, err
	}
	return printed(x.p.cfg.Press.DutyReceiptPDF(x.ctx(), x.actor(), id))
}
