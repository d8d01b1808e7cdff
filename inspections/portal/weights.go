package portal

import (
	"slices"
	"strconv"
	"strings"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/office"
	"anfang.example/scheduler"
	"anfang.example/scheduler/draw"
)

type weightLine struct {
	R                 scheduler.TeamRisk
	Township, Village string
	Why               []string
}

type changeLine struct {
	C                 inspections.WeightChange
	Township, Village string
	State             string // open, approved, refused
	Proposer, Decider string
	Decide            bool // this person may decide it
}

type weightsView struct {
	Week    calendar.Week // the next one to be sealed
	Moved   []weightLine  // teams whose weight differs from 1000, the heaviest first
	Equal   int           // teams with 1000
	Changes []changeLine
	Reads   []office.Reading // who looked at what the draws depend on, the newest first
	Teams   []teamChoice
	Least   int
	Most    int
}

// equalWeight is what a team weighs of which nothing is known.
const equalWeight = 1000

// weightList shows what the draw weighs the teams with, why, and what people changed.
func weightList(x *exchange) (answer, error) {
	view := weightsView{Week: calendar.WeekOf(x.now.Date()).Add(1), Least: draw.MinRisk, Most: draw.MaxRisk}
	if err := x.p.cfg.Office.ReadDraw(x.ctx(), x.actor(), office.ReadWeights, ""); err != nil {
		return answer{}, err
	}
	risks, err := x.p.cfg.Draws.Weights(x.ctx(), view.Week)
	if err != nil {
		return answer{}, err
	}
	err = x.view(func(tx Tx) error {
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		view.Teams = teamChoices(x, roster)
		for _, r := range risks {
			if r.Weight == equalWeight && len(r.Reasons) == 0 {
				view.Equal++
				continue
			}
			line := weightLine{R: r, Why: riskWords(x, r.Reasons)}
			line.Township, line.Village = placeOf(roster, r.Team)
			view.Moved = append(view.Moved, line)
		}
		if view.Reads, err = office.DrawReadings(tx, readsShown); err != nil {
			return err
		}
		view.Changes, err = changeLines(tx, x, roster)
		return err
	})
	return show("weights", x.words.T("portal.weights.title"), view), err
}

// riskWords turns "attendance=3" into words with its number.
func riskWords(x *exchange, reasons []string) []string {
	var list []string
	for _, reason := range reasons {
		code, n, _ := strings.Cut(reason, "=")
		list = append(list, x.words.T("portal.weights.reason", "why", x.words.Label("risk", code), "n", n))
	}
	return list
}

func changeLines(tx Tx, x *exchange, roster *inspections.Roster) ([]changeLine, error) {
	changes, err := tx.WeightChanges()
	if err != nil {
		return nil, err
	}
	users, err := tx.Users()
	if err != nil {
		return nil, err
	}
	names := map[inspections.UserID]string{}
	for _, u := range users {
		names[u.ID] = u.Name
	}
	var lines []changeLine
	for _, c := range changes {
		line := changeLine{C: c, State: "open", Proposer: names[c.Proposer], Decider: names[c.Decider]}
		line.Township, line.Village = placeOf(roster, c.Team)
		switch {
		case c.Decided.IsZero():
			line.Decide = x.actor().Is(leader...) && c.Proposer != x.who.ID
		case c.Approved:
			line.State = "approved"
		default:
			line.State = "refused"
		}
		lines = append(lines, line)
	}
	slices.Reverse(lines) // the newest first
	return lines, nil
}

// weightPropose proposes another weight; another person decides.
func weightPropose(x *exchange) (answer, error) {
	f := x.form()
	c := inspections.WeightChange{Team: inspections.TeamID(f.chosen("team", true)), From: f.date("from", true), Until: f.date("until", true), Reason: f.must("reason")}
	n, err := strconv.Atoi(f.text("weight"))
	if err != nil {
		f.fail("weight", "not_number")
	}
	c.Weight = n
	page := func() (answer, error) { return weightList(x) }
	if len(f.faults) > 0 {
		return f.again(page)
	}
	if _, err := x.p.cfg.Draws.ProposeWeight(x.ctx(), x.actor(), c); err != nil {
		return x.refused(err, page)
	}
	return goTo("/weights", "weight_proposed"), nil
}

// weightDecide approves or refuses what somebody else proposed.
func weightDecide(x *exchange) (answer, error) {
	id, err := strconv.ParseInt(x.r.PathValue("id"), 10, 64)
	if err != nil {
		return answer{}, noPage()
	}
	f := x.form()
	approve := f.choice("decision", "approve", "refuse") == "approve"
	page := func() (answer, error) { return weightList(x) }
	if len(f.faults) > 0 {
		return f.again(page)
	}
	if _, err := x.p.cfg.Draws.DecideWeight(x.ctx(), x.actor(), inspections.WeightChangeID(id), approve); err != nil {
		return x.refused(err, page)
	}
	if approve {
		return goTo("/weights", "weight_approved"), nil
	}
	return goTo("/weights", "weight_refused"), nil
}

// weightComplaint records what somebody told about a team.
func weightComplaint(x *exchange) (answer, error) {
	f := x.form()
	c := inspections.Complaint{Team: inspections.TeamID(f.chosen("told", true)), Day: f.date("day", true), Source: f.text("source"), Note: f.must("complaint")}
	page := func() (answer, error) { return weightList(x) }
	if len(f.faults) > 0 {
		return f.again(page)
	}
	if _, err := x.p.cfg.Draws.RecordComplaint(x.ctx(), x.actor(), c); err != nil {
		return x.refused(err, page)
	}
	return goTo("/weights", "complaint_recorded"), nil
}
