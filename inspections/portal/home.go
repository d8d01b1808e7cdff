package portal

import (
	"fmt"
	"slices"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/duties"
)

// task is one thing a person must do.
type task struct {
	Key   string // "portal.task."+Key
	What  string // what it is about
	Due   calendar.Instant
	Path  string
	Words []any  // arguments of the sentence
	Name  string // what is to be done, where it is a duty of the catalog
}

// soon is how far ahead a duty is a thing to do now.
const soon = 30 * 24 * time.Hour

type weekPanel struct {
	Week      calendar.Week
	Sealed    bool
	Freeze    inspections.Freeze
	Completed int
	Exception *inspections.Exception
}

type homeView struct {
	Week    calendar.Week
	Tasks   []task
	Later   int           // duties due later than soon
	Panel   *weekPanel    // only at the desk
	Goes    bool          // an inspector, who is on standby
	Standby []standbySlot // this person's own, of this week and the next
}

// home shows what this person must do now, with its times, and how the week stands.
func home(x *exchange) (answer, error) {
	view := homeView{Week: calendar.WeekOf(x.now.Date())}
	err := x.view(func(tx Tx) error {
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		for _, collect := range []func(Tx, *exchange, *inspections.Roster) ([]task, error){visitTasks, caseTasks, bulletinTasks, inboxTasks, questionTasks, owedTasks} {
			more, err := collect(tx, x, roster)
			if err != nil {
				return err
			}
			view.Tasks = append(view.Tasks, more...)
		}
		slices.SortStableFunc(view.Tasks, func(a, b task) int {
			switch {
			case a.Due.IsZero() != b.Due.IsZero():
				if a.Due.IsZero() {
					return 1
				}
				return -1
			}
			return a.Due.Compare(b.Due.Time)
		})
		view.Tasks, view.Later = untilSoon(view.Tasks, x.now.Add(soon))
		if atDesk(x.who) {
			view.Panel, err = weekPanelOf(tx, view.Week)
		}
		if err == nil && x.who.Role == inspections.RoleInspector {
			view.Goes = true
			view.Standby, err = standbyOf(tx, x, view.Week)
		}
		return err
	})
	return show("home", x.words.T("portal.home.title"), view), err
}

// inboxTasks asks a clerk to look at the files of the watched folder that wait for somebody.
func inboxTasks(_ Tx, x *exchange, _ *inspections.Roster) ([]task, error) {
	if x.p.cfg.Waiting == nil || !x.actor().Is(clerks...) {
		return nil, nil
	}
	waiting, err := x.p.cfg.Waiting()
	if err != nil || len(waiting) == 0 {
		return nil, err
	}
	return []task{{Key: "inbox", What: x.words.T("portal.task.inbox.files", "n", len(waiting)), Path: "/imports#inbox"}}, nil
}

// untilSoon leaves out duties that are due later, and counts them.
func untilSoon(all []task, until time.Time) (tasks []task, later int) {
	for _, t := range all {
		if t.Name != "" && t.Due.After(until) {
			later++
			continue
		}
		tasks = append(tasks, t)
	}
	return tasks, later
}

// weekPanelOf says how a week stands, and nothing about slots still to come.
func weekPanelOf(tx Tx, w calendar.Week) (*weekPanel, error) {
	p := &weekPanel{Week: w}
	f, err := tx.Freeze(w)
	if err == nil {
		p.Sealed, p.Freeze = true, f
	} else if !inspections.IsNotFound(err) {
		return nil, err
	}
	done, err := tx.Visits(inspections.VisitFilter{Kind: inspections.VisitRandom, State: inspections.VisitCompleted, Year: w.Year, Week: w.Number})
	if err != nil {
		return nil, err
	}
	p.Completed = len(done)
	e, err := tx.Exception(w)
	if err == nil {
		p.Exception = &e
	} else if !inspections.IsNotFound(err) {
		return nil, err
	}
	return p, nil
}

// dueOf finds the end of an open obligation's time; zero when there is none.
func dueOf(tx Tx, kind duties.Kind, subject string) (calendar.Instant, error) {
	open, err := tx.Obligations(duties.Filter{Kind: kind, Subject: subject, Open: true})
	if err != nil || len(open) == 0 {
		return calendar.Instant{}, err
	}
	return open[0].Due, nil
}

// visitTasks lists visits to record and absences to verify.
func visitTasks(tx Tx, x *exchange, roster *inspections.Roster) ([]task, error) {
	if !x.actor().Is(recorders...) {
		return nil, nil
	}
	var list []task
	awaited, err := visibleVisits(tx, x, inspections.VisitFilter{State: inspections.VisitReleased})
	if err != nil {
		return nil, err
	}
	for _, v := range awaited {
		t := task{Key: "record", What: placeWords(x, roster, v.Team), Path: fmt.Sprintf("/visits/%d", v.ID)}
		if t.Due, err = dueOf(tx, duties.RecordVisit, fmt.Sprintf("visit/%d", v.ID)); err != nil {
			return nil, err
		}
		if t.Due.IsZero() {
			t.Due = v.End
		}
		list = append(list, t)
	}
	if !x.actor().Is(clerks...) {
		return list, nil
	}
	open, err := tx.Obligations(duties.Filter{Kind: duties.VerifyAbsence, Open: true})
	if err != nil {
		return nil, err
	}
	for _, o := range open {
		_, id, ok := subjectOf(o)
		if !ok {
			continue
		}
		v, err := tx.Visit(inspections.VisitID(id))
		if err != nil {
			return nil, err
		}
		list = append(list, task{Key: "verify", What: placeWords(x, roster, v.Team), Due: o.Due, Path: fmt.Sprintf("/visits/%d", id)})
	}
	return list, nil
}

// placeWords names a team by township and village.
func placeWords(x *exchange, roster *inspections.Roster, id inspections.TeamID) string {
	township, village := placeOf(roster, id)
	return x.words.T("portal.place", "township", township, "village", village)
}

// caseTasks lists cases that wait for this person.
func caseTasks(tx Tx, x *exchange, roster *inspections.Roster) ([]task, error) {
	if !x.actor().Is(caseRead...) || x.who.Role == inspections.RoleReviewer {
		return nil, nil
	}
	var list []task
	for _, state := range []casework.State{casework.Proposed, casework.Open} {
		cases, err := tx.Cases(casework.Filter{State: state})
		if err != nil {
			return nil, err
		}
		for _, c := range cases {
			branches, err := tx.Branches(c.ID)
			if err != nil {
				return nil, err
			}
			key, ok := caseStep(x.who, c, branches)
			if !ok || !seesCase(x.who, c, branches) {
				continue
			}
			t := task{Key: key, What: placeWords(x, roster, c.Team), Due: c.Due, Path: "/cases/" + c.Number, Words: []any{"number", c.Number}}
			if key == "conclude" {
				step, path, ok, err := nextTask(tx, x, c, branches)
				if err != nil {
					return nil, err
				}
				if !ok {
					continue // what is left is a leader's
				}
				t.Path = path
				t.What = x.words.T("portal.task.step", "step", x.words.Label("case_next", step.Kind), "place", t.What)
				if !step.Due.IsZero() {
					t.Due = step.Due
				}
			}
			if key == "state" {
				if t.Due, err = replyBy(tx, x.who, c, branches); err != nil {
					return nil, err
				}
			}
			if key == "approve" {
				if t.Due, err = dueOf(tx, duties.CaseApprove, fmt.Sprintf("case/%d", c.ID)); err != nil {
					return nil, err
				}
			}
			list = append(list, t)
		}
	}
	return list, nil
}

// replyBy gives until when a body may make its statement.
func replyBy(tx Tx, u inspections.User, c casework.Case, branches []casework.Branch) (calendar.Instant, error) {
	acts, err := tx.Acts(c.ID)
	for _, b := range ownBranches(u, branches) {
		if due := casework.ReplyBy(b, acts); b.State == casework.BranchOpen && b.Statement == "" && !due.IsZero() {
			return due, err
		}
	}
	return c.Due, err
}

// caseStep says what a case waits for from a person.
func caseStep(u inspections.User, c casework.Case, branches []casework.Branch) (string, bool) {
	switch {
	case c.State == casework.Proposed:
		return "approve", u.Role == inspections.RoleLeader
	case actsForBody(u):
		for _, b := range ownBranches(u, branches) {
			if b.State == casework.BranchOpen && b.Statement == "" {
				return "state", true
			}
		}
		return "", false
	case atDesk(u):
		return "conclude", true
	}
	return "", false
}

// bulletinTasks lists drafts that wait for a signature.
func bulletinTasks(tx Tx, x *exchange, _ *inspections.Roster) ([]task, error) {
	if !x.actor().Is(leader...) {
		return nil, nil
	}
	issues, err := tx.Issues()
	if err != nil {
		return nil, err
	}
	var list []task
	for _, i := range issues {
		if i.State != inspections.IssueDraft {
			continue
		}
		t := task{Key: "sign", What: monthWords(x, i.Month), Path: "/bulletins/" + i.Month}
		if t.Due, err = signDue(tx, i); err != nil {
			return nil, err
		}
		list = append(list, t)
	}
	return list, nil
}

func monthWords(x *exchange, text string) string {
	m, err := calendar.ParseMonth(text)
	if err != nil {
		return text
	}
	return x.words.Month(m)
}

// shownElsewhere are obligations that the lists above show with more words.
var shownElsewhere = []duties.Kind{duties.RecordVisit, duties.VerifyAbsence, duties.CaseApprove, duties.CaseConclude, duties.BulletinSign, duties.Statement}

// owedTasks lists what else is owed by this person or, at the desk, by the county office.
func owedTasks(tx Tx, x *exchange, roster *inspections.Roster) ([]task, error) {
	open, err := tx.Obligations(duties.Filter{Open: true})
	if err != nil {
		return nil, err
	}
	var list []task
	for _, o := range open {
		if slices.Contains(shownElsewhere, o.Kind) || atDesk(x.who) && o.Party.Kind != inspections.PartyCounty && o.Party.Kind != inspections.PartyOfficial {
			continue
		}
		ok, err := seesObligation(tx, x.who, o, x.now)
		if err != nil {
			return nil, err
		}
		if ok {
			t := task{Key: "owed", Name: x.words.Label("duty", o.Kind), What: x.words.Period(o.Period), Due: o.Due, Path: dutyPath(o)}
			if t.What == "" {
				t.What = roster.PartyName(o.Party)
			}
			if t.Path == "" {
				t.Path = "/duties?of=" + partyValue(o.Party) + "&clause=" + o.Clause
			}
			list = append(list, t)
		}
	}
	return list, nil
}
