package portal

import (
	"fmt"
	"strconv"

	"anfang.example/inspections"
	"anfang.example/reports"
	"anfang.example/reports/sheet"
)

// assessmentTables are the tables of a year, in their order; the address picks one.
var assessmentTables = []string{"townships", "units", "teams", "members"}

type assessmentView struct {
	A        reports.Assessment
	Table    string
	Tables   []string
	Back, On int
	Bodies   []reports.BodyLine
	Members  []reports.MemberLine
	Pages    paging
	Of       string // name of the one that is opened
	Member   *reports.MemberLine
	Body     *reports.BodyLine
	Groups   []recordGroup
	Path     string
}

// Link gives the address that opens a line.
func (v assessmentView) Link(of inspections.Party) string {
	return fmt.Sprintf("%s?of=%s", v.Path, partyValue(of))
}

// MemberLink gives the address that opens a member's line.
func (v assessmentView) MemberLink(id inspections.MemberID) string {
	return v.Link(inspections.Party{Kind: inspections.PartyMember, ID: int64(id)})
}

// recordGroup is what stands behind one figure.
type recordGroup struct {
	Key     string // words: "sheet.column."+Key
	Records []recordLine
}

type recordLine struct{ What, When, Path string }

func (x *exchange) year() (int, error) {
	year, err := strconv.Atoi(x.r.PathValue("year"))
	now, _, _ := x.now.Date().Parts()
	if err != nil || year < 2017 || year > now {
		return 0, noPage()
	}
	return year, nil
}

// nextYear gives the year after one, 0 while it has not begun.
func (x *exchange) nextYear(year int) int {
	if now, _, _ := x.now.Date().Parts(); year >= now {
		return 0
	}
	return year + 1
}

// assessmentNow leads to this year.
func assessmentNow(x *exchange) (answer, error) {
	year, _, _ := x.now.Date().Parts()
	return goTo(fmt.Sprintf("/assessments/%d", year), ""), nil
}

// assessmentPage shows a year's figures, a table at a time, and of one line the records behind each figure.
func assessmentPage(x *exchange) (answer, error) {
	year, err := x.year()
	if err != nil {
		return answer{}, err
	}
	figures, err := x.p.cfg.Press.Assessment(x.ctx(), year)
	if err != nil {
		return answer{}, err
	}
	q := x.r.URL.Query()
	view := assessmentView{A: figures, Table: "townships", Tables: assessmentTables, Back: year - 1, On: x.nextYear(year), Path: fmt.Sprintf("/assessments/%d", year)}
	for _, t := range assessmentTables {
		if q.Get("table") == t {
			view.Table = t
		}
	}
	if q.Has("of") || q.Has("member") {
		of := partyFrom(q.Get("of"))
		if id, err := strconv.ParseInt(q.Get("member"), 10, 64); err == nil {
			of = inspections.Party{Kind: inspections.PartyMember, ID: id}
		}
		err := x.view(func(tx Tx) error { return view.open(tx, x, of) })
		return show("assessment", x.words.T("portal.assessment.title", "year", year), view), err
	}
	switch view.Table {
	case "members":
		view.Pages = pagingOf(x.r, len(figures.Members))
		view.Members = figures.Members[view.Pages.From:view.Pages.Until]
	case "teams":
		view.Pages = pagingOf(x.r, len(figures.Teams))
		view.Bodies = figures.Teams[view.Pages.From:view.Pages.Until]
	case "units":
		view.Bodies = figures.Units
	default:
		view.Bodies = figures.Townships
	}
	return show("assessment", x.words.T("portal.assessment.title", "year", year), view), nil
}

// open lists the records behind each figure of one line.
func (v *assessmentView) open(tx Tx, x *exchange, of inspections.Party) error {
	roster, err := tx.Roster()
	if err != nil {
		return err
	}
	for i, m := range v.A.Members {
		if of == (inspections.Party{Kind: inspections.PartyMember, ID: int64(m.Member)}) {
			v.Member, v.Of = &v.A.Members[i], m.Name
			return v.behind(tx, x, roster, map[string]reports.Figure{"seen": m.Seen, "missed": m.Missed, "findings": m.Upheld})
		}
	}
	for _, list := range [][]reports.BodyLine{v.A.Townships, v.A.Units, v.A.Teams} {
		for i, b := range list {
			if b.Party == of {
				v.Body, v.Of = &list[i], b.Place+b.Name
				return v.behind(tx, x, roster, map[string]reports.Figure{
					"visits": b.Visits, "findings": b.Findings, "on_time": b.OnTime, "late": b.Late, "missing": b.Missing, "waived": b.Waived,
					"borne": b.Borne, "not_borne": b.NotBorne, "cases": b.Cases, "liable": b.Liable, "funds": b.Funds,
				})
			}
		}
	}
	return noPage()
}

// behind names the rows of figures; those of visits only when the visit may be seen.
func (v *assessmentView) behind(tx Tx, x *exchange, roster *inspections.Roster, figures map[string]reports.Figure) error {
	records := assessmentRecords{tx: tx, x: x, roster: roster, year: v.A.Year}
	for _, key := range []string{"seen", "missed", "visits", "findings", "on_time", "late", "missing", "waived", "borne", "not_borne", "cases", "liable", "funds"} {
		f, ok := figures[key]
		if !ok || f.N == 0 {
			continue
		}
		g := recordGroup{Key: key}
		for _, id := range f.Rows {
			line, err := records.line(key, id)
			if err != nil {
				return err
			}
			g.Records = append(g.Records, line)
		}
		v.Groups = append(v.Groups, g)
	}
	return nil
}

// assessmentFile saves a year: ?as=pdf prints it, else a workbook of four sheets.
func assessmentFile(x *exchange) (answer, error) {
	year, err := x.year()
	if err != nil {
		return answer{}, err
	}
	name := fmt.Sprintf("assessment-%d", year)
	if x.r.URL.Query().Get("as") == "pdf" {
		data, err := x.p.cfg.Press.AssessmentPDF(x.ctx(), year)
		return answer{body: data, media: "application/pdf", name: name + ".pdf"}, err
	}
	figures, err := x.p.cfg.Press.Assessment(x.ctx(), year)
	if err != nil {
		return answer{}, err
	}
	data, err := sheet.Forms{Words: x.words}.Assessment(figures)
	return answer{body: data, media: xlsxMedia, name: name + ".xlsx"}, err
}

const xlsxMedia = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
