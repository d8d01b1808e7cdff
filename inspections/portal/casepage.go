package portal

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/office"
	"anfang.example/reports"
)

type branchView struct {
	B                            casework.Branch
	Name                         string
	Posts                        []casework.Post
	Measures                     []casework.Measure
	Kinds                        []casework.MeasureKind // that fit the side
	MayState, MayName, MayDecide bool
	MayMeasure                   bool             // found responsible, and a measure may still be decided
	Asked                        bool             // this person's body is asked for a statement
	ReplyBy                      calendar.Instant // until when; zero: it was not asked
	Proposed                     office.Proposal  // of the rule table, where somebody is to decide
}

type caseView struct {
	C                 casework.Case
	Township, Village string
	Member            string
	Against           string // clause of its finding; "" there is none
	Steps             []step
	Acts              []casework.Act
	Next              []nextView         // what the case waits for, for those who see all of it
	May               []casework.ActKind // acts that this person may record now
	Speak             []speakView        // members for whom this person's body may speak
	Clocks            []clockView
	Branches          []branchView
	Writers           []inspections.User // who may have drawn up a conclusion
	Units             []inspections.Unit // to choose from where one is to be named
	Sheets            []reports.Sheet    // papers to print
	Reads             []office.Reading   // the newest of them, for those who may see the case file
	AllReads          int

	MayDecide, MayWork, MayClose, MayFile bool
	Hidden                                bool // other sides' investigations are not shown
}

// casePage shows one case: its clock, its investigations side by side, and what this person may do. That it is read goes
// on record first.
func casePage(x *exchange) (answer, error) {
	if err := x.readCase(office.ReadPage, ""); err != nil {
		return answer{}, err
	}
	var view caseView
	err := x.view(func(tx Tx) error {
		c, branches, err := visibleCase(tx, x)
		if err != nil {
			return err
		}
		view, err = caseViewOf(tx, x, c, branches)
		return err
	})
	return show("case", x.words.T("portal.case.title", "number", view.C.Number), view), err
}

// readCase records that this person reads the case of the address, if it exists for them.
func (x *exchange) readCase(what, ref string) error {
	var c casework.Case
	err := x.view(func(tx Tx) (err error) {
		c, _, err = visibleCase(tx, x)
		return err
	})
	if err != nil {
		return err
	}
	return x.p.cfg.Office.ReadCase(x.ctx(), x.actor(), c.ID, what, ref)
}

// readsShown is how many readings the page of a case lists.
const readsShown = 20

// visibleCase gives the case of the address, if the person may see it; any other does not exist for them.
func visibleCase(tx Tx, x *exchange) (casework.Case, []casework.Branch, error) {
	c, err := tx.CaseByNumber(x.r.PathValue("number"))
	if err != nil {
		return c, nil, err
	}
	branches, err := tx.Branches(c.ID)
	if err == nil && !seesCase(x.who, c, branches) {
		err = noPage()
	}
	return c, branches, err
}

func caseViewOf(tx Tx, x *exchange, c casework.Case, branches []casework.Branch) (caseView, error) {
	roster, err := tx.Roster()
	if err != nil {
		return caseView{}, err
	}
	view := caseView{C: c}
	view.Township, view.Village = placeOf(roster, c.Team)
	if m, ok := roster.Member(c.Member); ok {
		view.Member = m.Name
	}
	if view.Against, err = clauseAgainst(tx, c); err != nil {
		return view, err
	}
	open := c.State == casework.Open
	view.MayDecide = c.State == casework.Proposed && x.actor().Is(leader...)
	view.MayWork = open && atDesk(x.who)
	view.MayFile = x.actor().Is(caseFileRead...)
	measures, err := tx.Measures(c.ID)
	if err != nil {
		return view, err
	}
	own := ownBranches(x.who, branches)
	view.Hidden = len(own) < len(branches)
	view.MayClose = view.MayWork && settled(branches, measures)
	w := casework.Whole{Case: c, Branches: branches, Measures: measures}
	acts, err := tx.Acts(c.ID)
	if err != nil {
		return view, err
	}
	view.May = actsFor(x, w, acts)
	if view.Speak, err = speaksOf(tx, x, roster, w, acts); err != nil {
		return view, err
	}
	if !view.Hidden { // acts speak of every side
		view.Acts = acts
		view.Next = nextOf(x, roster, w, acts)
		if view.Clocks, err = clocksOf(tx, x, roster, c, measures, acts); err != nil {
			return view, err
		}
	}
	if view.Sheets, err = sheetsFor(tx, x, c, branches, measures); err != nil {
		return view, err
	}
	for _, b := range own {
		line, err := branchViewOf(x, roster, c, b, measures)
		if err != nil {
			return view, err
		}
		line.ReplyBy = casework.ReplyBy(b, acts)
		if line.MayDecide || line.MayMeasure {
			if line.Proposed, err = office.ProposeIn(tx, c, b); err != nil {
				return view, err
			}
		}
		view.Branches = append(view.Branches, line)
	}
	told, err := toldOf(tx, x, w, own, acts)
	if err != nil {
		return view, err
	}
	view.Steps = stepsOf(x, c, view.Branches, told)
	if view.MayFile {
		if view.Reads, err = office.Readings(tx, c.ID); err != nil {
			return view, err
		}
		view.AllReads = len(view.Reads)
		view.Reads = view.Reads[:min(readsShown, view.AllReads)]
	}
	if view.MayWork {
		if view.Writers, err = writers(tx, x.who); err != nil {
			return view, err
		}
		view.Units = roster.Units
	}
	return view, nil
}

// clauseAgainst gives the clause that the fact of a case is against, as its finding has it.
func clauseAgainst(tx Tx, c casework.Case) (string, error) {
	found, err := tx.Findings(inspections.FindingFilter{Kind: c.Kind, From: c.FactAt, Until: calendar.InstantOf(c.FactAt.Add(time.Second))})
	for _, f := range found {
		if f.ID == c.Finding {
			return f.Clause, err
		}
	}
	return "", err
}

// settled reports whether nothing of a case is left to do but to close it.
func settled(branches []casework.Branch, measures []casework.Measure) bool {
	return !slices.ContainsFunc(branches, func(b casework.Branch) bool { return b.State != casework.BranchConcluded }) &&
		!slices.ContainsFunc(measures, func(m casework.Measure) bool { return m.Executed.IsZero() })
}

func branchViewOf(x *exchange, roster *inspections.Roster, c casework.Case, b casework.Branch, measures []casework.Measure) (branchView, error) {
	v := branchView{B: b, Name: roster.PartyName(b.Party)}
	if b.Responsible != "" {
		if err := json.Unmarshal([]byte(b.Responsible), &v.Posts); err != nil {
			return v, fmt.Errorf("portal: responsible persons of case %s: %w", c.Number, err)
		}
	}
	for _, m := range measures {
		if m.Branch == b.Seq {
			v.Measures = append(v.Measures, m)
		}
	}
	for _, k := range []casework.MeasureKind{casework.MeasureTalk, casework.MeasureCriticism, casework.MeasureAdmonish, casework.MeasureRecall} {
		if casework.CheckMeasure(b.Side, k) == nil {
			v.Kinds = append(v.Kinds, k)
		}
	}
	working := atDesk(x.who) && b.State == casework.BranchOpen
	v.MayState = working
	v.Asked = actsForBody(x.who) && b.State == casework.BranchOpen && b.Statement == ""
	v.MayName = atDesk(x.who) && b.Side == casework.SideUnit && b.Party.ID == 0 && c.State != casework.Closed && c.State != casework.Refused
	v.MayMeasure = x.actor().Is(leader...) && c.State == casework.Open && b.State == casework.BranchConcluded && b.Liable
	v.MayDecide = working && x.actor().Is(leader...) && b.Party.ID != 0
	return v, nil
}

// writers lists who may have drawn up a conclusion: those of the desk but the one who approves it.
func writers(tx Tx, approver inspections.User) ([]inspections.User, error) {
	users, err := tx.Users()
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(users, func(u inspections.User) bool {
		return !atDesk(u) || u.ID == approver.ID || !u.Disabled.IsZero()
	}), nil
}
