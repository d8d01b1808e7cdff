package portal

import (
	"encoding/json"
	"errors"
	"fmt"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/duties"
	"anfang.example/reports"
)

type issueView struct {
	Month    calendar.Month
	Issue    inspections.Issue // zero: nothing is drafted
	Figures  reports.Figures
	PaperSHA string                  // of the paper this person may download; "" it is still being made
	Copies   []inspections.IssueCopy // of an issued bulletin, for the desk
	Others   int                     // readers without an address
	Readers  []reports.Recipient     // one letter each leaves with the signature
	Due      calendar.Instant
	Window   calendar.Instant // end of the fact-check window
	Missing  []string         // settings without which nothing official leaves
	MaySign  bool
	MayDraft bool
	MayLook  bool // at a sample
	Ended    bool // the month is over
	Extract  bool // a township may have its own part by itself

	WindowRuns bool
	Read       string // check value of the figures shown
}

const kindBulletin = "bulletin"

// bulletinPage shows a month's figures and, when it is drafted, the signature it waits for.
func bulletinPage(x *exchange) (answer, error) {
	m, err := calendar.ParseMonth(x.r.PathValue("month"))
	if err != nil {
		return answer{}, noPage()
	}
	view := issueView{Month: m, MayLook: atDesk(x.who), Ended: x.now.Date() > m.Last()}
	err = x.view(func(tx Tx) error {
		i, err := visibleIssue(tx, x, m)
		if inspections.IsNotFound(err) && atDesk(x.who) {
			view.MayDraft = view.Ended && x.actor().Is(clerks...)
			return nil
		}
		if err != nil {
			return err
		}
		view.Issue, view.Extract = i, x.who.Role == inspections.RoleTownship && i.State == inspections.IssueIssued
		if i.State == inspections.IssueIssued {
			if view.PaperSHA, err = paperFor(tx, x.who, i); err != nil {
				return err
			}
			if atDesk(x.who) {
				if view.Copies, err = tx.IssueCopies(i.ID); err != nil {
					return err
				}
			}
		}
		view.Read = reports.FiguresSHA(i)
		view.MaySign = i.State == inspections.IssueDraft && x.actor().Is(leader...)
		if err := json.Unmarshal(i.Figures, &view.Figures); err != nil {
			return fmt.Errorf("portal: figures of %s: %w", m, err)
		}
		view.Due, err = signDue(tx, i)
		return err
	})
	if err == nil {
		err = signing(x, &view)
	}
	if err == nil && view.Issue.ID == 0 {
		view.Figures, _, err = x.p.cfg.Press.Preview(x.ctx(), m)
		if year, missing := missingYear(err); missing {
			err = inspections.Fail(inspections.Conflict, "portal.calendar_missing", "year", year)
		}
	}
	return show("bulletin", x.words.T("portal.bulletin.title", "month", m), view), err
}

// visibleIssue gives the month's bulletin if the person may see it.
func visibleIssue(tx Tx, x *exchange, m calendar.Month) (inspections.Issue, error) {
	i, err := tx.IssueOf(kindBulletin, m.String())
	if err == nil && !seesIssue(x.who, i) {
		err = noPage()
	}
	return i, err
}

// signing says what a signature would send, to whom, and what stands against it.
func signing(x *exchange, view *issueView) error {
	if !view.MaySign && !(view.Issue.State == inspections.IssueDraft && atDesk(x.who)) {
		return nil
	}
	facts, err := x.p.cfg.Press.Signing(x.ctx(), view.Month)
	if err != nil {
		return err
	}
	view.Readers, view.Others = facts.Recipients, facts.Others
	view.Window = facts.FactCheckUntil
	view.WindowRuns = x.now.Before(view.Window.Time)
	for _, key := range facts.Missing {
		view.Missing = append(view.Missing, x.words.Label("setting", key))
	}
	view.MaySign = view.MaySign && len(view.Missing) == 0 && !view.WindowRuns
	return nil
}

// signDue finds by when a draft must be signed.
func signDue(tx Tx, i inspections.Issue) (calendar.Instant, error) {
	open, err := tx.Obligations(duties.Filter{Kind: duties.BulletinSign, Period: i.Month, Open: true})
	if err != nil || len(open) == 0 {
		return calendar.Instant{}, err
	}
	return open[0].Due, nil
}

// missingYear reads out of an error which year the calendar lacks.
func missingYear(err error) (string, bool) {
	var missing *calendar.MissingYearError
	if errors.As(err, &missing) {
		return fmt.Sprint(missing.Year), true
	}
	return "", false
}
