package reports

import (
	"context"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// Recipient is one who will receive a bulletin.
type Recipient struct {
	To   inspections.Party
	Name string
}

// Signing is what a signer must know before the step that cannot be taken back.
type Signing struct {
	Recipients     []Recipient      // one letter each
	Others         int              // readers without an address: by the portal, a folder or on paper
	FactCheckUntil calendar.Instant // before this it is refused; zero: not enforced
	Missing        []string         // keys of settings without which nothing official leaves
}

// Signing says what a signature under a month's draft would send, and what still stands against it.
// Error: NotFound when nothing is drafted.
func (p *Press) Signing(ctx context.Context, m calendar.Month) (Signing, error) {
	var s Signing
	err := p.View(ctx, func(tx Tx) error {
		s = Signing{}
		issue, err := tx.IssueOf(kindBulletin, m.String())
		if err != nil {
			return err
		}
		set, err := settings(tx)
		if err != nil {
			return err
		}
		s.Missing = set.Missing()
		if s.FactCheckUntil, err = p.factCheckEnd(set, issue.Drafted); err != nil {
			return err
		}
		list, err := readers(tx, set, tx.Now().Date())
		for _, r := range list {
			if r.email == "" {
				s.Others++
				continue
			}
			s.Recipients = append(s.Recipients, Recipient{r.to, r.name})
		}
		return err
	})
	return s, err
}
