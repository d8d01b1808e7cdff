package portal

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/office"
	"anfang.example/reports"
)

type rectifyLine struct {
	R                casework.Rectification
	Party            string
	State            string
	Last             calendar.Date // last day of the term
	MayReport, Check bool
	Visits           []followChoice // that may have checked it
	Notice           bool           // its notices are seen and signed on their page
	Papers           []paperLine    // issued notices that this person may have
}

// Path is where the line's forms go.
func (l rectifyLine) Path() string { return "/rectifications/" + strconv.FormatInt(int64(l.R.ID), 10) }

// Name gives a field of the line its name on a page with several.
func (l rectifyLine) Name(field string) string { return branchName(field, int64(l.R.ID)) }

type partyChoice struct{ Value, Name string }

type rectifyView struct {
	Lines   []rectifyLine
	State   string // "open" or "all"
	Desk    bool
	Parties []partyChoice
	Finding inspections.Finding // from which a line is begun; ID 0: none
	Problem string
	Party   string // proposed
	Pages   paging
}

// rectificationList shows who puts what right by when, with the forms to add, report and close.
func rectificationList(x *exchange) (answer, error) {
	view := rectifyView{State: x.r.URL.Query().Get("state"), Desk: atDesk(x.who)}
	if view.State != "all" {
		view.State = "open"
	}
	err := x.view(func(tx Tx) error {
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		if view.Desk {
			if err := view.begin(tx, x, roster); err != nil {
				return err
			}
		}
		list, err := tx.Rectifications()
		if err != nil {
			return err
		}
		slices.Reverse(list) // the newest first
		list = slices.DeleteFunc(list, func(r casework.Rectification) bool {
			return !seesRectification(x.who, r) || view.State == "open" && !r.Verified.IsZero()
		})
		view.Pages = pagingOf(x.r, len(list))
		for _, r := range list[view.Pages.From:view.Pages.Until] {
			line := rectifyLine{R: r, Party: roster.PartyName(r.Party), State: r.State(x.now), Last: calendar.DateOf(r.Due.Add(-1))}
			line.Notice = x.actor().Is(caseFileRead...)
			if line.Papers, err = noticesOf(tx, x, r.ID); err != nil {
				return err
			}
			line.MayReport = r.Verified.IsZero() && (view.Desk || r.Party == x.who.Party)
			if line.Check = view.Desk && line.State == casework.RectifyReported; line.Check {
				if line.Visits, err = checkedBy(tx, x, roster, r); err != nil {
					return err
				}
			}
			view.Lines = append(view.Lines, line)
		}
		return nil
	})
	return show("rectifications", x.words.T("portal.rectify.title"), view), err
}

// noticesOf lists the issued notices of a line that this person may have, the newest first.
func noticesOf(tx Tx, x *exchange, id inspections.MeasureID) ([]paperLine, error) {
	papers, err := tx.IssuedPapers(inspections.PaperFilter{Subject: fmt.Sprintf("rectify/%d", id)})
	if err != nil {
		return nil, err
	}
	return x.paperLines(slices.DeleteFunc(papers, func(p inspections.IssuedPaper) bool { return !reports.ReadsPaper(x.actor(), p) })), nil
}

// begin fills the form for a new line, from the finding of the query where there is one.
func (v *rectifyView) begin(tx Tx, x *exchange, roster *inspections.Roster) error {
	for _, t := range roster.Townships {
		v.Parties = append(v.Parties, partyChoice{partyValue(inspections.Party{Kind: inspections.PartyTownship, ID: int64(t.ID)}), t.Name})
	}
	for _, u := range roster.Units {
		v.Parties = append(v.Parties, partyChoice{partyValue(inspections.Party{Kind: inspections.PartyUnit, ID: int64(u.ID)}), u.Name})
	}
	id, err := strconv.ParseInt(x.r.FormValue("finding"), 10, 64)
	if err != nil || id <= 0 {
		return nil
	}
	f, err := findingSeen(tx, x, inspections.FindingID(id))
	if err != nil {
		return err
	}
	v.Finding, v.Problem, v.Party = f, x.words.Label("matter", f.Kind), partyValue(casework.PartyOf(f))
	return nil
}

func partyValue(p inspections.Party) string {
	return string(p.Kind) + "/" + strconv.FormatInt(p.ID, 10)
}

// findingSeen gives a finding of a visit that the person may see; another does not exist for them.
func findingSeen(tx Tx, x *exchange, id inspections.FindingID) (inspections.Finding, error) {
	findings, err := tx.Findings(inspections.FindingFilter{})
	if err != nil {
		return inspections.Finding{}, err
	}
	for _, f := range findings {
		if f.ID != id {
			continue
		}
		if f.Visit != 0 {
			_, err = visibleVisit(tx, x, f.Visit)
		}
		return f, err
	}
	return inspections.Finding{}, noPage()
}

// checkedBy lists the visits to the finding's team since the line was opened: one of them may be the proof.
func checkedBy(tx Tx, x *exchange, roster *inspections.Roster, r casework.Rectification) ([]followChoice, error) {
	filter := inspections.VisitFilter{State: inspections.VisitCompleted, From: r.Opened, Until: x.now}
	if r.Finding != 0 {
		f, err := findingSeen(tx, x, r.Finding)
		if err != nil && !inspections.IsNotFound(err) {
			return nil, err
		}
		filter.Team = f.Team
	}
	visits, err := visibleVisits(tx, x, filter)
	var list []followChoice
	for _, v := range visits {
		list = append(list, followChoice{v.ID, placeWords(x, roster, v.Team), v.Start})
	}
	return list, err
}

// seesRectification says who may see a line: the desk and reviewers all of them, a party its own.
func seesRectification(u inspections.User, r casework.Rectification) bool {
	return atDesk(u) || u.Role == inspections.RoleReviewer || actsForBody(u) && r.Party == u.Party
}

// rectificationOpen adds a line.
func rectificationOpen(x *exchange) (answer, error) {
	f := x.form()
	r := casework.Rectification{Problem: f.must("problem"), Action: f.must("action"), Person: f.text("person")}
	var values []string
	page := func() (answer, error) { return rectificationList(x) }
	err := x.view(func(tx Tx) error {
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		var v rectifyView
		if err := v.begin(tx, x, roster); err != nil {
			return err
		}
		for _, p := range v.Parties {
			values = append(values, p.Value)
		}
		r.Finding, r.Clause = v.Finding.ID, v.Finding.Clause
		return nil
	})
	if err != nil {
		return answer{}, err
	}
	r.Party = partyFrom(f.choice("party", values...))
	if day := f.date("due", true); !day.IsZero() {
		r.Due = calendar.InstantOf(day.End())
	}
	if len(f.faults) > 0 {
		return f.again(page)
	}
	if _, err := x.p.cfg.Office.OpenRectification(x.ctx(), x.actor(), r); err != nil {
		return x.refused(err, page)
	}
	return goTo("/rectifications", "rectify_opened"), nil
}

// partyFrom reads what partyValue wrote.
func partyFrom(value string) inspections.Party {
	kind, text, _ := strings.Cut(value, "/")
	id, _ := strconv.ParseInt(text, 10, 64) // a value of the list
	return inspections.Party{Kind: inspections.PartyKind(kind), ID: id}
}

// rectificationReport keeps what the party says it did, with a picture of the proof.
func rectificationReport(x *exchange) (answer, error) {
	id, err := visibleRectification(x)
	if err != nil {
		return answer{}, err
	}
	f := x.form()
	proof := office.Proof{Text: f.must(branchName("proof", int64(id)))}
	page := func() (answer, error) { return rectificationList(x) }
	photos, err := readPhotos(x, "photos")
	if err != nil {
		return x.refused(err, page)
	}
	if len(photos) > 0 {
		proof.Media, proof.Data = photos[0].Media, photos[0].Data
	}
	if len(f.faults) > 0 {
		return f.again(page)
	}
	if err := x.p.cfg.Office.ReportRectification(x.ctx(), x.actor(), id, proof); err != nil {
		return x.refused(err, page)
	}
	return goTo("/rectifications", "rectify_reported"), nil
}

// rectificationVerify closes a line that was checked.
func rectificationVerify(x *exchange) (answer, error) {
	id, err := visibleRectification(x)
	if err != nil {
		return answer{}, err
	}
	f := x.form()
	how := f.must(branchName("how", int64(id)))
	visit := f.chosen(branchName("visit", int64(id)), false)
	page := func() (answer, error) { return rectificationList(x) }
	if len(f.faults) > 0 {
		return f.again(page)
	}
	if err := x.p.cfg.Office.VerifyRectification(x.ctx(), x.actor(), id, how, inspections.VisitID(visit)); err != nil {
		return x.refused(err, page)
	}
	return goTo("/rectifications", "rectify_verified"), nil
}

// visibleRectification reads the line of the address; one that the person may not see does not exist.
func visibleRectification(x *exchange) (inspections.MeasureID, error) {
	id, err := x.number("id")
	if err != nil {
		return 0, err
	}
	err = x.view(func(tx Tx) error {
		r, err := tx.Rectification(inspections.MeasureID(id))
		if err == nil && !seesRectification(x.who, r) {
			err = noPage()
		}
		return err
	})
	return inspections.MeasureID(id), err
}
