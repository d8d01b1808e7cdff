package portal

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/reports"
)

// paperFor gives the hash of the paper a person may have of an issue: their own copy, or, for those who work for the
// county, the paper itself. "" while a copy is being made. A body without a copy has no paper to see.
func paperFor(tx Tx, who inspections.User, i inspections.Issue) (string, error) {
	copies, err := tx.IssueCopies(i.ID)
	if err != nil {
		return "", err
	}
	official := inspections.Party{Kind: inspections.PartyOfficial, ID: int64(who.ID)}
	for _, c := range copies {
		if c.To == official || actsForBody(who) && c.To == who.Party {
			return c.PDF, nil
		}
	}
	if actsForBody(who) && len(copies) > 0 { // an issue from before there were copies went to everybody as it is
		return "", noPage()
	}
	return i.PDF, nil
}

// paperOf gives that paper. Error: Conflict while it is being made.
func paperOf(tx Tx, who inspections.User, i inspections.Issue) ([]byte, error) {
	sha, err := paperFor(tx, who, i)
	if err != nil {
		return nil, err
	}
	if sha == "" {
		return nil, inspections.Fail(inspections.Conflict, "portal.copy_in_work")
	}
	return tx.Blob(sha)
}

// paperLine is one issued paper, of whatever kind, as a line of the archive.
type paperLine struct {
	Path     string // where it is fetched
	Name     string
	Number   string
	To       string // to whom it went
	Year     int
	Month    string // of a bulletin, "2025-03"
	Issued   calendar.Instant
	SignedBy string
	SHA      string // of the paper this person may have; "" in work
	Extract  string // where a township fetches its extract; "" none
	Instead  string // number of the paper that corrects it; "" it stands
}

type paperListView struct {
	Lines []paperLine
	Query string
	Year  string
	Years []string
	All   int  // issued papers this person may see, before the search
	Desk  bool // minutes of meetings are written here
	Pages paging
}

// paperList is the archive: every issued paper a person may see, searched by words, number, month or check value.
func paperList(x *exchange) (answer, error) {
	q := x.r.URL.Query()
	view := paperListView{Query: strings.TrimSpace(q.Get("q")), Year: q.Get("year"), Desk: atDesk(x.who)}
	err := x.view(func(tx Tx) error {
		bulletins, err := bulletinLines(tx, x)
		if err != nil {
			return err
		}
		all, err := issuedLines(tx, x)
		if err != nil {
			return err
		}
		all = append(all, bulletins...)
		slices.SortStableFunc(all, func(a, b paperLine) int { return b.Issued.Compare(a.Issued.Time) }) // the newest first
		view.All = len(all)
		for _, l := range all {
			if year := strconv.Itoa(l.Year); !slices.Contains(view.Years, year) {
				view.Years = append(view.Years, year)
			}
		}
		found := slices.DeleteFunc(all, func(l paperLine) bool { return !l.fits(x, view.Query, view.Year) })
		view.Pages = pagingOf(x.r, len(found))
		view.Lines = found[view.Pages.From:view.Pages.Until]
		return nil
	})
	return show("papers", x.words.T("portal.papers.title"), view), err
}

// bulletinLines lists bulletins and corrections, the newest first.
func bulletinLines(tx Tx, x *exchange) ([]paperLine, error) {
	issues, err := tx.Issues()
	if err != nil {
		return nil, err
	}
	var list []paperLine
	for _, i := range slices.Backward(issues) {
		if i.State != inspections.IssueIssued {
			continue
		}
		sha, err := paperFor(tx, x.who, i)
		if inspections.IsNotFound(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		m, err := calendar.ParseMonth(i.Month)
		if err != nil {
			return nil, err
		}
		l := paperLine{
			Path: fmt.Sprintf("/papers/%d", i.ID), Name: x.words.Month(m) + " " + x.words.Label("issue_kind", i.Kind), To: x.words.T("portal.papers.to.all"), Year: i.Year, Month: i.Month, Issued: i.Issued, SignedBy: i.SignedBy, SHA: sha,
			Number: x.words.T("portal.number", "year", i.Year, "number", i.Number),
		}
		if x.who.Role == inspections.RoleTownship && i.Kind == kindBulletin {
			l.Extract = "/bulletins/" + i.Month + "/extract"
		}
		list = append(list, l)
	}
	return list, nil
}

// issuedLines lists the other issued papers that a person may have, the newest first.
func issuedLines(tx Tx, x *exchange) ([]paperLine, error) {
	papers, err := tx.IssuedPapers(inspections.PaperFilter{})
	if err != nil {
		return nil, err
	}
	papers = slices.DeleteFunc(papers, func(p inspections.IssuedPaper) bool { return !reports.ReadsPaper(x.actor(), p) })
	return x.paperLines(papers), nil
}

// paperLines gives issued papers as lines, the newest first; one that was corrected says by which.
func (x *exchange) paperLines(papers []inspections.IssuedPaper) []paperLine {
	var list []paperLine
	instead := map[inspections.PaperID]string{}
	for _, p := range slices.Backward(papers) {
		l := paperLine{
			Path: issuedPath(p), Name: p.Title, Number: x.docNumber(p), To: p.Name, Year: p.Year, Issued: p.Issued, SignedBy: p.SignedBy, SHA: p.PDF, Instead: instead[p.ID],
		}
		if l.To == "" {
			l.To = x.words.T("portal.papers.to.none")
		}
		instead[p.Replaces] = l.Number
		list = append(list, l)
	}
	return list
}

func issuedPath(p inspections.IssuedPaper) string { return fmt.Sprintf("/papers/issued/%d", p.ID) }

// docNumber is 发文字号 as printed.
func (x *exchange) docNumber(p inspections.IssuedPaper) string {
	return x.words.T("bulletin.number", "prefix", p.Prefix, "year", p.Year, "number", p.Number)
}

// fits reports whether every word of a search stands in what a person reads of a paper.
func (l paperLine) fits(x *exchange, query, year string) bool {
	if year != "" && strconv.Itoa(l.Year) != year {
		return false
	}
	text := strings.ToLower(strings.Join([]string{l.Name, l.Number, l.To, l.SignedBy, l.SHA, l.Issued.Date().String(), x.words.Date(l.Issued.Date()), l.Month}, " "))
	for _, word := range strings.Fields(strings.ToLower(query)) {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

// issuedPaper gives an issued notice or report, byte for byte as it left.
func issuedPaper(x *exchange) (answer, error) {
	id, err := x.number("id")
	if err != nil {
		return answer{}, err
	}
	paper, pdf, err := x.p.cfg.Press.IssuedPaperPDF(x.ctx(), x.actor(), inspections.PaperID(id))
	return answer{body: pdf, media: "application/pdf", name: x.docNumber(paper) + " " + paper.Title + ".pdf"}, err
}

// paperPDF gives one issued paper, byte for byte as it left.
func paperPDF(x *exchange) (answer, error) {
	id, err := strconv.ParseInt(x.r.PathValue("id"), 10, 64)
	if err != nil {
		return answer{}, noPage()
	}
	a := answer{media: "application/pdf"}
	err = x.view(func(tx Tx) error {
		i, err := tx.Issue(inspections.IssueID(id))
		if err != nil {
			return err
		}
		if i.State != inspections.IssueIssued {
			return noPage()
		}
		m, err := calendar.ParseMonth(i.Month)
		if err != nil {
			return err
		}
		a.name = x.words.T("portal.papers.file", "kind", x.words.Label("issue_kind", i.Kind), "month", m, "number", fmt.Sprintf("%d-%d", i.Year, i.Number)) + ".pdf"
		a.body, err = paperOf(tx, x.who, i)
		return err
	})
	return a, err
}

type paperCheckView struct {
	Asked  string // the check value looked for; "" nothing was asked
	Ours   bool
	Origin reports.Origin
	Month  calendar.Month
	Number string // of a paper other than a bulletin
	Whose  bool   // the desk reads whose copy it is
}

// paperCheck answers whether a PDF is ours, by the file itself or by its check value. Nothing of the file is kept.
func paperCheck(x *exchange) (answer, error) {
	return x.checked(strings.ToLower(strings.Join(strings.Fields(x.r.URL.Query().Get("sha")), "")))
}

// paperCheckFile is the same for a file that was sent.
func paperCheckFile(x *exchange) (answer, error) {
	f := x.form()
	sha, err := sentHash(x, "file")
	if err != nil {
		return answer{}, err
	}
	if sha == "" {
		f.fail("file", "no_file")
		return f.again(func() (answer, error) { return x.checked("") })
	}
	return x.checked(sha)
}

// sentHash is the SHA-256 of an uploaded file; "" when none came.
func sentHash(x *exchange, field string) (string, error) {
	if x.r.MultipartForm == nil || len(x.r.MultipartForm.File[field]) == 0 || x.r.MultipartForm.File[field][0].Size == 0 {
		return "", nil
	}
	file, err := x.r.MultipartForm.File[field][0].Open()
	if err != nil {
		return "", err
	}
	defer file.Close() // read only
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

func (x *exchange) checked(sha string) (answer, error) {
	view := paperCheckView{Asked: sha, Whose: atDesk(x.who)}
	if sha != "" {
		from, err := x.p.cfg.Press.Ours(x.ctx(), sha)
		var e *inspections.Error
		switch {
		case err == nil:
			view.Ours, view.Origin = true, from
			if from.Paper != nil {
				view.Number = x.docNumber(*from.Paper)
				break
			}
			if view.Month, err = calendar.ParseMonth(from.Month); err != nil {
				return answer{}, err
			}
		case !errors.As(err, &e) || e.Kind != inspections.NotFound:
			return answer{}, err
		}
	}
	return show("papercheck", x.words.T("portal.papercheck.title"), view), nil
}
