package reports

import (
	"context"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// Minutes are those of a meeting 纪要 (clause 10.3), as a clerk writes them.
type Minutes struct {
	Title   string           `json:"title"`
	Number  string           `json:"number"` // as printed; may be empty
	Date    calendar.Date    `json:"date"`
	Text    []string         `json:"text"`    // paragraphs; one that begins with 一、 and stands alone is a level
	Present []string         `json:"present"` // 出席
	Excused []string         `json:"excused"` // 请假
	Also    []string         `json:"also"`    // 列席
	CopyTo  string           `json:"copy_to"`
	Issuer  string           `json:"-"`
	Sample  bool             `json:"-"` // the settings of papers are not complete
	Created calendar.Instant `json:"-"`
}

// Check refuses minutes that lack what every paper of the kind has. Error: Invalid, naming the field.
func (m Minutes) Check() error {
	for _, f := range []struct {
		name    string
		missing bool
	}{{"title", m.Title == ""}, {"date", m.Date.IsZero()}, {"text", len(m.Text) == 0}, {"present", len(m.Present) == 0}} {
		if f.missing {
			return inspections.Fail(inspections.Invalid, "paper.minutes_lack", "field", f.name)
		}
	}
	return nil
}

// Minutes takes what a clerk wrote and adds issuer and day; nothing is kept. Errors: Forbidden, those of Check.
func (p *Press) Minutes(ctx context.Context, by inspections.Actor, m Minutes) (Minutes, error) {
	if err := mayRead(by); err != nil {
		return m, err
	}
	if err := m.Check(); err != nil {
		return m, err
	}
	err := p.View(ctx, func(tx Tx) error {
		set, err := settings(tx)
		m.Issuer, m.Sample, m.Created = set[inspections.SetIssuer], !set.Official(), tx.Now()
		return err
	})
	return m, err
}
