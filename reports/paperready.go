package reports

import (
	"context"
	"slices"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// Ready is what a signer must know before a paper is issued, which cannot be taken back.
type Ready struct {
	Form    OrderForm   // that was gathered; "" of other papers than a rectification notice
	Forms   []OrderForm // that fit where the matter stands
	To      string      // "" nobody in particular
	Letter  bool        // they are not under the county: it is a letter 函
	Mailed  bool        // a letter with the paper leaves to them
	Due     calendar.Date
	Issued  []inspections.IssuedPaper // of the matter, all forms, by id
	Stands  inspections.PaperID       // what would be given, or corrected; 0: nothing is issued yet
	Missing []string                  // keys of settings without which nothing official leaves
}

// RectifyOrderReady says it of a rectification notice. Errors: those of RectifyOrder.
func (p *Press) RectifyOrderReady(ctx context.Context, by inspections.Actor, id inspections.MeasureID, form OrderForm) (Ready, error) {
	return p.ready(ctx, by, func(tx Tx) (numbered, error) { return rectifyOrder(tx, id, form, false) })
}

// RecallReady says it of the notice of a recall. Errors: those of Recall.
func (p *Press) RecallReady(ctx context.Context, by inspections.Actor, id inspections.CaseID, measure inspections.MeasureID) (Ready, error) {
	return p.ready(ctx, by, func(tx Tx) (numbered, error) { return recall(tx, id, measure, false) })
}

// YearlyReady says it of the report of a year. Errors: those of Yearly.
func (p *Press) YearlyReady(ctx context.Context, by inspections.Actor, year int) (Ready, error) {
	return p.ready(ctx, by, func(tx Tx) (numbered, error) { return p.yearly(tx, year) })
}

func (p *Press) ready(ctx context.Context, by inspections.Actor, gather func(Tx) (numbered, error)) (Ready, error) {
	var r Ready
	if err := mayRead(by); err != nil {
		return r, err
	}
	err := p.View(ctx, func(tx Tx) error {
		f, err := gather(tx)
		if err != nil {
			return err
		}
		paper := f.blank()
		r = Ready{Form: OrderForm(paper.Form), To: paper.Name, Due: paper.Due, Letter: paper.Letter}
		if o, ok := f.(RectifyOrder); ok {
			r.Forms = slices.DeleteFunc(slices.Clone(orderForms), func(form OrderForm) bool {
				_, err := fitting(o.Line, form, tx.Now())
				return err != nil
			})
		}
		if r.Issued, err = tx.IssuedPapers(inspections.PaperFilter{Subject: paper.Subject}); err != nil {
			return err
		}
		last, _ := standingPaper(r.Issued, paper.Kind, paper.Form)
		r.Stands = last.ID
		set, err := settings(tx)
		if err != nil {
			return err
		}
		r.Missing = set.Missing()
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		r.Mailed = paper.To.Kind != inspections.PartyCounty && roster.ContactOf(paper.To, tx.Now().Date()).Email != ""
		return nil
	})
	return r, err
}
