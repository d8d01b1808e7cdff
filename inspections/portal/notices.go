package portal

import (
	"fmt"

	"anfang.example/inspections"
	"anfang.example/inspections/office"
	"anfang.example/reports"
)

// noticeView is the page of a paper that is signed and numbered: what would leave, and what has left.
type noticeView struct {
	R        reports.Ready
	Path     string // of the page; the sample and the signature go below it
	Back     string
	About    []string // what it is about, a line each
	Letter   bool     // as a letter 函
	Formless bool     // there is one form only, and it goes to nobody: the yearly report
	MaySign  bool
	Blocked  string // why it cannot be signed yet; "" it can
	Issued   []paperLine
}

// Query keeps the choice of form in an address.
func (v noticeView) Query() string {
	if v.Letter {
		return fmt.Sprintf("?form=%s&letter=yes", v.R.Form)
	}
	return fmt.Sprintf("?form=%s", v.R.Form)
}

// notice completes the view of a paper's page.
func (x *exchange) notice(v noticeView, r reports.Ready) noticeView {
	v.R, v.Letter = r, r.Letter || x.r.FormValue("letter") == "yes"
	v.MaySign = x.actor().Is(leader...) && len(r.Missing) == 0 && v.Blocked == ""
	for i, key := range r.Missing {
		v.R.Missing[i] = x.words.Label("setting", key)
	}
	v.Issued = x.paperLines(r.Issued)
	return v
}

// signed carries out the form of a paper's page.
func (x *exchange) signed(page func() (answer, error), path, done string, issue func(letter bool, c reports.Correcting) error) (answer, error) {
	f := x.form()
	if f.text("read") == "" {
		f.fail("read", "field_empty")
	}
	c := reports.Correcting{Replaces: inspections.PaperID(f.chosen("corrects", false))}
	if c.Replaces != 0 {
		c.Reason = f.must("correction")
	}
	if len(f.faults) > 0 {
		return f.again(page)
	}
	if err := issue(f.text("letter") == "yes", c); err != nil {
		return x.refused(err, page)
	}
	return goTo(path, done), nil
}

// rectifyNotice is the page of the notices for one line of the ledger of rectification.
func rectifyNotice(x *exchange) (answer, error) {
	id, err := visibleRectification(x)
	if err != nil {
		return answer{}, err
	}
	r, err := x.p.cfg.Press.RectifyOrderReady(x.ctx(), x.actor(), id, x.orderForm())
	if err != nil {
		return answer{}, err
	}
	view := noticeView{Path: fmt.Sprintf("/rectifications/%d/notice", id), Back: "/rectifications"}
	err = x.view(func(tx Tx) error {
		line, err := tx.Rectification(id)
		view.About = []string{line.Problem, line.Action}
		return err
	})
	return show("notice", x.words.T("portal.notice.rectify", "name", r.To), x.notice(view, r)), err
}

// orderForm is the form of a rectification notice that was chosen.
func (x *exchange) orderForm() reports.OrderForm { return reports.OrderForm(x.r.FormValue("form")) }

func rectifySample(x *exchange) (answer, error) {
	id, err := visibleRectification(x)
	if err != nil {
		return answer{}, err
	}
	return printed(x.p.cfg.Press.RectifyOrderPDF(x.ctx(), x.actor(), id, x.orderForm(), x.r.FormValue("letter") == "yes"))
}

func rectifySign(x *exchange) (answer, error) {
	id, err := visibleRectification(x)
	if err != nil {
		return answer{}, err
	}
	page := func() (answer, error) { return rectifyNotice(x) }
	return x.signed(page, fmt.Sprintf("/rectifications/%d/notice", id), "paper_issued", func(letter bool, c reports.Correcting) error {
		_, err := x.p.cfg.Press.IssueRectifyOrder(x.ctx(), x.actor(), id, x.orderForm(), letter, c)
		return err
	})
}

// recallOf reads which recall an address means; that the case is read goes on record first.
func recallOf(x *exchange) (inspections.CaseID, inspections.MeasureID, error) {
	m, err := x.number("measure")
	if err != nil {
		return 0, 0, err
	}
	if err := x.readCase(office.ReadPapers, ""); err != nil {
		return 0, 0, err
	}
	var id inspections.CaseID
	err = x.view(func(tx Tx) error {
		c, _, err := visibleCase(tx, x)
		id = c.ID
		return err
	})
	return id, inspections.MeasureID(m), err
}

// recallNotice is the page of the notice of a recall.
func recallNotice(x *exchange) (answer, error) {
	id, m, err := recallOf(x)
	if err != nil {
		return answer{}, err
	}
	r, err := x.p.cfg.Press.RecallReady(x.ctx(), x.actor(), id, m)
	if err != nil {
		return answer{}, err
	}
	number := x.r.PathValue("number")
	view := noticeView{Path: fmt.Sprintf("/cases/%s/recalls/%d", number, m), Back: "/cases/" + number, About: []string{x.words.T("portal.case.title", "number", number)}}
	return show("notice", x.words.T("portal.notice.recall", "name", r.To), x.notice(view, r)), nil
}

func recallSample(x *exchange) (answer, error) {
	id, m, err := recallOf(x)
	if err != nil {
		return answer{}, err
	}
	return printed(x.p.cfg.Press.RecallPDF(x.ctx(), x.actor(), id, m, x.r.FormValue("letter") == "yes"))
}

func recallSign(x *exchange) (answer, error) {
	id, m, err := recallOf(x)
	if err != nil {
		return answer{}, err
	}
	path := fmt.Sprintf("/cases/%s/recalls/%d", x.r.PathValue("number"), m)
	return x.signed(func() (answer, error) { return recallNotice(x) }, path, "paper_issued", func(letter bool, c reports.Correcting) error {
		_, err := x.p.cfg.Press.IssueRecall(x.ctx(), x.actor(), id, m, letter, c)
		return err
	})
}

// assessmentReport is the page of a year's report.
func assessmentReport(x *exchange) (answer, error) {
	year, err := x.year()
	if err != nil {
		return answer{}, err
	}
	r, err := x.p.cfg.Press.YearlyReady(x.ctx(), x.actor(), year)
	if err != nil {
		return answer{}, err
	}
	view := noticeView{Path: fmt.Sprintf("/assessments/%d/report", year), Back: fmt.Sprintf("/assessments/%d", year), Formless: true}
	if now, _, _ := x.now.Date().Parts(); year >= now {
		view.Blocked = x.words.T("error.paper.year_runs", "year", year)
	}
	return show("notice", x.words.T("portal.notice.year", "year", year), x.notice(view, r)), nil
}

func assessmentSample(x *exchange) (answer, error) {
	year, err := x.year()
	if err != nil {
		return answer{}, err
	}
	return printed(x.p.cfg.Press.YearlyPDF(x.ctx(), x.actor(), year))
}

func assessmentSign(x *exchange) (answer, error) {
	year, err := x.year()
	if err != nil {
		return answer{}, err
	}
	page := func() (answer, error) { return assessmentReport(x) }
	return x.signed(page, fmt.Sprintf("/assessments/%d/report", year), "report_issued", func(_ bool, c reports.Correcting) error {
		_, err := x.p.cfg.Press.IssueYearly(x.ctx(), x.actor(), year, c)
		return err
	})
}
