package scheduler

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"anfang.example/inspections"
	"anfang.example/inspections/attendance"
	"anfang.example/inspections/calendar"
	"anfang.example/scheduler/draw"
)

// Evidence is what speaks for looking at a team more often, counted at the sealing of a week.
type Evidence struct {
	Below          int // members short of the days expected, in the newest month whose ledger arrived (1.4a)
	Unexcused      int // absences without leave found in the last year (3.4)
	Contradictions int // days the ledger has as present on which the pair or the office's leave record says otherwise
	NotPutRight    int // earlier findings of the checklist that no later visit found in order
	Complaints     int // told to the office in the last year
}

// The codes of reasons, as the sealed book has them: code, "=" and the count that weighed; words: "risk."+code.
const (
	RiskBelow         = "attendance"
	RiskUnexcused     = "unexcused"
	RiskContradiction = "contradiction"
	RiskNotPutRight   = "not_put_right"
	RiskComplaint     = "complaint"
	RiskChange        = "change" // set by two persons; the count is the number of their decision
)

// riskRule says what one piece of evidence adds and how many of its kind count at most: complaints little,
// so that nobody can steer a visit by writing letters.
type riskRule struct {
	code       string
	count      func(Evidence) int
	each, most int
}

func riskRules() []riskRule {
	return []riskRule{
		{RiskBelow, func(e Evidence) int { return e.Below }, 200, 3},
		{RiskComplaint, func(e Evidence) int { return e.Complaints }, 100, 2},
		{RiskContradiction, func(e Evidence) int { return e.Contradictions }, 250, 2},
		{RiskNotPutRight, func(e Evidence) int { return e.NotPutRight }, 200, 3},
		{RiskUnexcused, func(e Evidence) int { return e.Unexcused }, 300, 3},
	}
}

// Weigh gives a team's weight, 1000 with nothing against it and at most 3000, and its reasons. Evidence
// only raises: below 1000 a weight goes by the decision of two persons.
func Weigh(e Evidence) Risk {
	weight, reasons := equalRisk, []string{}
	for _, rule := range riskRules() {
		if n := min(rule.count(e), rule.most); n > 0 {
			weight += n * rule.each
			reasons = append(reasons, fmt.Sprintf("%s=%d", rule.code, n))
		}
	}
	return Risk{Weight: uint32(min(weight, draw.MaxRisk)), Reasons: reasons}
}

// WeightByReasons gives the weight that the evidence among a sealed team's reasons makes, so that anybody
// can check a book's weights against their reasons.
func WeightByReasons(reasons []string) int {
	weight := equalRisk
	for _, reason := range reasons {
		code, text, _ := strings.Cut(reason, "=")
		n, err := strconv.Atoi(text)
		if err != nil {
			continue
		}
		for _, rule := range riskRules() {
			if rule.code == code {
				weight += min(n, rule.most) * rule.each
			}
		}
	}
	return min(weight, draw.MaxRisk)
}

// RiskTx is what the weighing reads.
type RiskTx interface {
	Findings(inspections.FindingFilter) ([]inspections.Finding, error)
	Checks(inspections.VisitID) ([]inspections.Check, error)
	SignIns(from, until calendar.Date) ([]inspections.SignIn, error)
	Leaves(from, until calendar.Date) ([]inspections.Leave, error)
	AddWeightChange(*inspections.WeightChange) error
	SaveWeightChange(inspections.WeightChange) error
	WeightChange(inspections.WeightChangeID) (inspections.WeightChange, error)
	WeightChanges() ([]inspections.WeightChange, error) // by id
	AddComplaint(*inspections.Complaint) error
	Complaints(from, until calendar.Date) ([]inspections.Complaint, error)
}

// yearOfDays is how long findings and complaints weigh.
const yearOfDays = 365

// Weigher gives the weights of a week for Scheduler.Risks: the evidence on record, and over it what two
// persons decided for the week's Monday.
func Weigher(cal *calendar.Calendar) func(Tx, calendar.Week, []inspections.Team) (map[inspections.TeamID]Risk, error) {
	return func(tx Tx, week calendar.Week, teams []inspections.Team) (map[inspections.TeamID]Risk, error) {
		evidence, err := gather(tx, cal, teams)
		if err != nil {
			return nil, err
		}
		changes, err := changesInForce(tx, week)
		if err != nil {
			return nil, err
		}
		risks := map[inspections.TeamID]Risk{}
		for _, team := range teams {
			risk := Weigh(evidence[team.ID])
			if change, changed := changes[team.ID]; changed {
				risk.Weight = uint32(change.Weight)
				risk.Reasons = append(risk.Reasons, fmt.Sprintf("%s=%d", RiskChange, change.ID))
				slices.Sort(risk.Reasons)
			}
			risks[team.ID] = risk
		}
		return risks, nil
	}
}

// changesInForce gives the decision that holds for each team on a week's Monday: of several the newest.
func changesInForce(tx Tx, week calendar.Week) (map[inspections.TeamID]inspections.WeightChange, error) {
	all, err := tx.WeightChanges()
	if err != nil {
		return nil, err
	}
	inForce := map[inspections.TeamID]inspections.WeightChange{}
	for _, c := range all {
		if c.InForce(calendar.InstantOf(soFar(tx)), week.Monday()) && !c.Decided.Before(inForce[c.Team].Decided.Time) {
			inForce[c.Team] = c
		}
	}
	return inForce, nil
}

// gather counts what is on record against each team.
func gather(tx Tx, cal *calendar.Calendar, teams []inspections.Team) (map[inspections.TeamID]Evidence, error) {
	today := tx.Now().Date()
	all := map[inspections.TeamID]Evidence{}
	add := func(team inspections.TeamID, to func(*Evidence)) {
		e := all[team]
		to(&e)
		all[team] = e
	}
	since := calendar.InstantOf(today.Add(-yearOfDays).Start())
	findings, err := tx.Findings(inspections.FindingFilter{From: since})
	if err != nil {
		return nil, err
	}
	told, err := tx.Complaints(today.Add(-yearOfDays), today)
	if err != nil {
		return nil, err
	}
	for _, c := range told {
		add(c.Team, func(e *Evidence) { e.Complaints++ })
	}
	ledger, err := tx.SignIns(today.Add(-yearOfDays), today)
	if err != nil {
		return nil, err
	}
	type memberDay struct {
		member inspections.MemberID
		day    calendar.Date
	}
	present := map[memberDay]bool{}
	for _, s := range ledger {
		present[memberDay{s.Member, s.Day}] = s.Status == inspections.SignPresent
	}
	for _, f := range findings {
		if f.Kind == inspections.FindingAbsent {
			add(f.Team, func(e *Evidence) { e.Unexcused++ })
			if present[memberDay{f.Member, f.At.Date()}] {
				add(f.Team, func(e *Evidence) { e.Contradictions++ })
			}
		}
	}
	open, err := notPutRight(tx, findings, since)
	if err != nil {
		return nil, err
	}
	for team, n := range open {
		add(team, func(e *Evidence) { e.NotPutRight = n })
	}
	months, err := newestMonths(tx, cal, ledger)
	if err != nil {
		return nil, err
	}
	for _, m := range months {
		if !m.Reached {
			add(m.Team, func(e *Evidence) { e.Below++ })
		}
		add(m.Team, func(e *Evidence) { e.Contradictions += m.Disputed })
	}
	return all, nil
}

// notPutRight counts, for each team, the items of the checklist found wrong that no later visit found in
// order.
func notPutRight(tx Tx, findings []inspections.Finding, since calendar.Instant) (map[inspections.TeamID]int, error) {
	type item struct {
		team inspections.TeamID
		name string
	}
	open := map[item]calendar.Instant{} // to when it was last found wrong
	for _, f := range findings {
		if name, is := strings.CutPrefix(f.Kind, inspections.FindingChecklist+"."); is {
			if at := open[item{f.Team, name}]; at.Before(f.At.Time) {
				open[item{f.Team, name}] = f.At
			}
		}
	}
	wrong := map[inspections.TeamID]bool{}
	for i := range open {
		wrong[i.team] = true
	}
	visits, err := tx.Visits(inspections.VisitFilter{State: inspections.VisitCompleted, From: since})
	if err != nil {
		return nil, err
	}
	for _, v := range visits {
		if !wrong[v.Team] {
			continue
		}
		checks, err := tx.Checks(v.ID)
		if err != nil {
			return nil, err
		}
		for _, c := range checks {
			if at, is := open[item{v.Team, c.Item}]; is && c.Result == inspections.CheckOK && v.Visited.After(at.Time) {
				delete(open, item{v.Team, c.Item})
			}
		}
	}
	count := map[inspections.TeamID]int{}
	for i := range open {
		count[i.team]++
	}
	return count, nil
}

// newestMonths gives each member's newest whole month, of the last two, for which the township's ledger
// arrived. What did not arrive speaks neither for nor against a team.
func newestMonths(tx Tx, cal *calendar.Calendar, ledger []inspections.SignIn) ([]attendance.MemberMonth, error) {
	roster, err := tx.Roster()
	if err != nil {
		return nil, err
	}
	this := calendar.MonthOf(tx.Now().Date())
	seen := map[inspections.TownshipID]bool{}
	var newest []attendance.MemberMonth
	for back := -1; back >= -2; back-- {
		month := this.Add(back)
		values, err := settingsOn(tx, month.Last())
		if err != nil {
			return nil, err
		}
		leaves, err := tx.Leaves(month.First(), month.Last())
		if err != nil {
			return nil, err
		}
		lines, err := attendance.Month(roster, ledger, leaves, month, cal, values)
		var missing *calendar.MissingYearError
		if errors.As(err, &missing) {
			continue // workdays of that year are not known: nothing can be said
		}
		if err != nil {
			return nil, err
		}
		now := map[inspections.TownshipID]bool{}
		for _, m := range lines {
			if m.Reported && !seen[m.Township] {
				newest, now[m.Township] = append(newest, m), true
			}
		}
		for id := range now {
			seen[id] = true
		}
	}
	return newest, nil
}

// TeamRisk is one team's weight as it would be sealed now.
type TeamRisk struct {
	Team    inspections.TeamID `json:"team"`
	Weight  int                `json:"weight"`
	Reasons []string           `json:"reasons"`
}

// Weights gives the weights that a week would be sealed with now, the heaviest first.
func (s *Scheduler) Weights(ctx context.Context, week calendar.Week) ([]TeamRisk, error) {
	list := []TeamRisk{}
	err := s.view(ctx, func(tx Tx) error {
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		teams, risks := roster.TeamsOn(week.Monday()), map[inspections.TeamID]Risk{}
		if s.Risks != nil {
			if risks, err = s.Risks(tx, week, teams); err != nil {
				return err
			}
		}
		for _, team := range teams {
			risk, weighed := risks[team.ID]
			if !weighed {
				risk.Weight = equalRisk
			}
			list = append(list, TeamRisk{team.ID, int(risk.Weight), append([]string{}, risk.Reasons...)})
		}
		slices.SortStableFunc(list, func(a, b TeamRisk) int {
			return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.Team, b.Team))
		})
		return nil
	})
	return list, err
}
