package portal

import (
	"fmt"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// bulletinDraft freezes a month's figures.
func bulletinDraft(x *exchange) (answer, error) {
	m, err := calendar.ParseMonth(x.r.PathValue("month"))
	if err != nil {
		return answer{}, noPage()
	}
	if _, err := x.p.cfg.Press.Draft(x.ctx(), x.actor(), m); err != nil {
		return x.refused(err, func() (answer, error) { return bulletinPage(x) })
	}
	return goTo("/bulletins/"+m.String(), "bulletin_drafted"), nil
}

// bulletinSign signs and issues a bulletin; its letters leave with it. The leader says that they read what
// leaves and to whom.
func bulletinSign(x *exchange) (answer, error) {
	m, err := calendar.ParseMonth(x.r.PathValue("month"))
	if err != nil {
		return answer{}, noPage()
	}
	f := x.form()
	f.choice("read", "yes")
	page := func() (answer, error) { return bulletinPage(x) }
	if len(f.faults) > 0 {
		return f.again(page)
	}
	if _, err := x.p.cfg.Press.SignOffRead(x.ctx(), x.actor(), m, f.text("figures")); err != nil {
		return x.refused(err, page)
	}
	return goTo("/bulletins/"+m.String(), "bulletin_signed"), nil
}

// bulletinPDF gives the issued paper, byte for byte as it left, or at the desk a sample of a draft.
func bulletinPDF(x *exchange) (answer, error) {
	m, err := calendar.ParseMonth(x.r.PathValue("month"))
	if err != nil {
		return answer{}, noPage()
	}
	a := answer{media: "application/pdf"}
	err = x.view(func(tx Tx) error {
		i, err := visibleIssue(tx, x, m)
		if err != nil {
			return err
		}
		if i.State != inspections.IssueIssued {
			return noPage()
		}
		a.name = x.words.T("portal.bulletin.file", "month", m, "number", fmt.Sprintf("%d-%d", i.Year, i.Number)) + ".pdf"
		a.body, err = paperOf(tx, x.who, i)
		return err
	})
	return a, err
}

// bulletinSample gives a watermarked sample of what a month's bulletin would be; nothing is kept.
func bulletinSample(x *exchange) (answer, error) {
	m, err := calendar.ParseMonth(x.r.PathValue("month"))
	if err != nil {
		return answer{}, noPage()
	}
	_, paper, err := x.p.cfg.Press.Preview(x.ctx(), m)
	if year, missing := missingYear(err); missing {
		err = inspections.Fail(inspections.Conflict, "portal.calendar_missing", "year", year)
	}
	return answer{body: paper.PDF, media: "application/pdf", name: x.words.T("portal.bulletin.sample", "month", m) + ".pdf"}, err
}
