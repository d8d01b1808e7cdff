package portal

import (
	"slices"
	"strconv"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/duties"
	"anfang.example/inspections/office"
)

type reportLine struct {
	R        casework.Report
	Township string
	Village  string
	Unit     string
	Member   string // only for those who reported and for the desk
	Case     string
	Due      calendar.Instant // of the opinion; zero: undetermined
	Done     bool             // an opinion was given or the start decided
	State    casework.State
}

type reportsView struct {
	Lines   []reportLine
	Members []reportedChoice // "m/3" posted members, "t/2" a whole team
	Kinds   []string
	Hows    []string
	Write   bool
	Desk    bool
	Today   calendar.Date
	Pages   paging
}

type reportedChoice struct{ ID, Label string }

type reportView struct {
	L      reportLine
	Answer bool // this person may give the opinion
	Scan   bool
	Link   bool // this person may open the case
}

// reportList shows what townships reported, with its receipts, and the form to report.
func reportList(x *exchange) (answer, error) {
	view := reportsView{Hows: []string{casework.HowPaper, casework.HowPhone}, Desk: atDesk(x.who), Write: x.actor().Is(reporting...), Today: x.now.Date()}
	err := x.view(func(tx Tx) error {
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		if view.Write {
			view.Members = reportable(x, roster)
		}
		kinds, err := tx.Problems()
		if err != nil {
			return err
		}
		view.Kinds = kinds.Reportable(x.now.Date())
		list, err := tx.Reports()
		if err != nil {
			return err
		}
		slices.Reverse(list) // the newest first
		list = slices.DeleteFunc(list, func(r casework.Report) bool { return !seesTownship(x.who, r.Township) })
		view.Pages = pagingOf(x.r, len(list))
		for _, r := range list[view.Pages.From:view.Pages.Until] {
			line, err := reportLineOf(tx, roster, r)
			if err != nil {
				return err
			}
			view.Lines = append(view.Lines, line)
		}
		return nil
	})
	return show("reports", x.words.T("portal.reports.title"), view), err
}

func reportLineOf(tx Tx, roster *inspections.Roster, r casework.Report) (reportLine, error) {
	l := reportLine{R: r}
	l.Township, l.Village = placeOf(roster, r.Team)
	if m, ok := roster.Member(r.Member); ok {
		l.Member = m.Name
	}
	c, err := tx.Case(r.Case)
	if err != nil {
		return l, err
	}
	l.Case, l.State = c.Number, c.State
	owed, err := tx.Obligations(duties.Filter{Kind: duties.Opinion, Subject: "case/" + strconv.FormatInt(int64(c.ID), 10)})
	if err != nil || len(owed) == 0 {
		return l, err
	}
	l.Due, l.Done = owed[0].Due, !owed[0].Open()
	return l, nil
}

// reportable lists whom a person may report: the members and teams of their township, at the desk all.
func reportable(x *exchange, roster *inspections.Roster) []reportedChoice {
	var list []reportedChoice
	for _, t := range roster.TeamsOn(x.now.Date()) {
		if !seesTownship(x.who, t.Township) {
			continue
		}
		town, _ := roster.Township(t.Township)
		for _, p := range roster.PostingsOf(t.ID, x.now.Date()) {
			m, _ := roster.Member(p.Member)
			list = append(list, reportedChoice{"m/" + strconv.FormatInt(int64(m.ID), 10), x.words.T("portal.leaves.member", "name", m.Name, "township", town.Name, "village", t.Village)})
		}
		list = append(list, reportedChoice{"t/" + strconv.FormatInt(int64(t.ID), 10), x.words.T("portal.reports.team", "township", town.Name, "village", t.Village)})
	}
	return list
}

// reportTake takes a report: from the township itself, or one line by the clerk for a paper or a call.
func reportTake(x *exchange) (answer, error) {
	f := x.form()
	var allowed, kinds []string
	err := x.view(func(tx Tx) error {
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		for _, m := range reportable(x, roster) {
			allowed = append(allowed, m.ID)
		}
		table, err := tx.Problems()
		kinds = table.Reportable(x.now.Date())
		return err
	})
	if err != nil {
		return answer{}, err
	}
	r := office.Report{Kind: f.choice("report_kind", kinds...), At: f.moment("report_at"), What: f.must("report_what"), Discovered: f.date("discovered", false)}
	if who := f.choice("reported", allowed...); len(who) > 2 {
		id, _ := strconv.ParseInt(who[2:], 10, 64) // a value of the list
		if who[0] == 'm' {
			r.Member = inspections.MemberID(id)
		} else {
			r.Team = inspections.TeamID(id)
		}
	}
	if atDesk(x.who) {
		r.How = f.choice("how_came", casework.HowPaper, casework.HowPhone)
		if f.text("received") != "" {
			r.Received = f.moment("received")
		}
	}
	page := func() (answer, error) { return reportList(x) }
	if r.Scan, err = readScan(x, "scan"); err != nil {
		return x.refused(err, page)
	}
	if len(f.faults) > 0 {
		return f.again(page)
	}
	told, _, err := x.p.cfg.Office.TakeReport(x.ctx(), x.actor(), r)
	if err != nil {
		return x.refused(err, page)
	}
	return goTo("/reports/"+strconv.FormatInt(told.ID, 10), "report_taken"), nil
}

// visibleReport reads the report of the address; one that the person may not see does not exist.
func visibleReport(tx Tx, x *exchange) (casework.Report, error) {
	id, err := x.number("id")
	if err != nil {
		return casework.Report{}, err
	}
	r, err := tx.Report(id)
	if err == nil && !seesTownship(x.who, r.Township) {
		err = noPage()
	}
	return r, err
}

// reportPage is the dated receipt of a report, with the opinion on it.
func reportPage(x *exchange) (answer, error) {
	var view reportView
	err := x.view(func(tx Tx) error {
		r, err := visibleReport(tx, x)
		if err != nil {
			return err
		}
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		view.L, err = reportLineOf(tx, roster, r)
		view.Answer = x.actor().Is(leader...) && r.Opinion == ""
		view.Scan = r.SHA != ""
		if err != nil {
			return err
		}
		c, err := tx.Case(r.Case)
		if err != nil {
			return err
		}
		branches, err := tx.Branches(c.ID)
		view.Link = seesCase(x.who, c, branches)
		return err
	})
	return show("report", x.words.T("portal.report.title", "number", view.L.R.Number), view), err
}

// reportAnswer gives the handling opinion (3.2b).
func reportAnswer(x *exchange) (answer, error) {
	var r casework.Report
	err := x.view(func(tx Tx) (err error) {
		r, err = visibleReport(tx, x)
		return err
	})
	if err != nil {
		return answer{}, err
	}
	f := x.form()
	opinion := f.must("opinion")
	page := func() (answer, error) { return reportPage(x) }
	if len(f.faults) > 0 {
		return f.again(page)
	}
	if _, err := x.p.cfg.Office.GiveOpinion(x.ctx(), x.actor(), r.ID, opinion); err != nil {
		return x.refused(err, page)
	}
	return goTo("/reports/"+strconv.FormatInt(r.ID, 10), "report_answered"), nil
}

// reportScan gives the paper that came with a report.
func reportScan(x *exchange) (answer, error) {
	a := answer{}
	err := x.view(func(tx Tx) error {
		r, err := visibleReport(tx, x)
		if err != nil {
			return err
		}
		if r.SHA == "" {
			return noPage()
		}
		if a.body, err = tx.Blob(r.SHA); err != nil {
			return err
		}
		a.media, a.name = scanMedia(a.body), x.words.T("portal.report.title", "number", r.Number)
		return nil
	})
	return a, err
}
