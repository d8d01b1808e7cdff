package reports

import (
	"context"
	"encoding/json"
	"fmt"

	"anfang.example/inspections"
	"anfang.example/inspections/office"
)

// LetterForm is a letter as an official paper, for those who are reached on paper only: a freeze note, a start notice, an
// opinion. Its contents were fixed when the letter was written.
type LetterForm struct {
	Issuer string
	Sample bool // the settings of papers are not complete
	Letter inspections.Letter
	PrintedLetter
	External bool // to a unit that is not under the county: a letter 函
}

// LetterForm gathers it for the office, and for the letter's own reader. Errors: NotFound, also for a letter to somebody else;
// Forbidden "mail.not_printed" for letters of an assignment.
func (p *Press) LetterForm(ctx context.Context, by inspections.Actor, id inspections.LetterID) (LetterForm, error) {
	var f LetterForm
	err := p.View(ctx, func(tx Tx) error {
		l, err := tx.Letter(id)
		if err != nil {
			return err
		}
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		if mayRead(by) != nil && !office.Reads(roster, by, l) {
			return inspections.Fail(inspections.NotFound, "store.not_found", "what", "letter", "id", int64(id))
		}
		set, err := settings(tx)
		if err != nil {
			return err
		}
		var form struct {
			External bool `json:"external"`
		}
		if err := json.Unmarshal(l.Args, &form); err != nil {
			return fmt.Errorf("reports: letter %d: %w", id, err)
		}
		f = LetterForm{Issuer: set[inspections.SetIssuer], Sample: !set.Official(), Letter: l, External: form.External}
		f.PrintedLetter, err = p.Print(l)
		return err
	})
	return f, err
}

// LetterPDF is that paper. Errors: those of LetterForm.
func (p *Press) LetterPDF(ctx context.Context, by inspections.Actor, id inspections.LetterID) (Paper, error) {
	f, err := p.LetterForm(ctx, by, id)
	return made(ctx, p, f, err)
}
