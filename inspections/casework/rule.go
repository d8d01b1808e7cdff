package casework

import (
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// RuleWhat is what a line of the rule table decides.
type RuleWhat string

// What rules decide.
const (
	RuleStart   RuleWhat = "start"   // Body may approve the start of an investigation of Side
	RuleMeasure RuleWhat = "measure" // Body may decide Measure against Side
	RulePropose RuleWhat = "propose" // Measure is proposed for Side from the Times-th time on
)

// Rule is one dated line of the table of powers and proposals. Of each group (what, side, and the measure
// or kind it speaks of) the lines with the newest day that has come are in force.
type Rule struct {
	Seq      int              `json:"seq" db:"seq"`
	What     RuleWhat         `json:"what" db:"what"`
	Side     Side             `json:"side" db:"side"`
	Kind     string           `json:"kind" db:"kind"` // of the finding; "" every kind
	Times    int              `json:"times" db:"times"`
	Measure  MeasureKind      `json:"measure" db:"measure"`
	Body     string           `json:"body" db:"body"`   // a body, or the post of an approver as printed
	Basis    string           `json:"basis" db:"basis"` // the paper that gives the power
	From     calendar.Date    `json:"from" db:"from_day"`
	Recorded calendar.Instant `json:"recorded" db:"recorded_at"`
}

// Rules is everything ever set, by Seq.
type Rules []Rule

// Check refuses a line that decides nothing. Error: Invalid.
func (r Rule) Check() error {
	if r.Side != SideTownship && r.Side != SideUnit && r.Side != SideMember || r.From.IsZero() {
		return inspections.Fail(inspections.Invalid, "case.rule_incomplete")
	}
	switch r.What {
	case RuleStart:
		if r.Body == "" {
			return inspections.Fail(inspections.Invalid, "case.rule_incomplete")
		}
		return nil
	case RuleMeasure:
		if r.Body == "" {
			return inspections.Fail(inspections.Invalid, "case.rule_incomplete")
		}
	case RulePropose:
		if r.Times < 1 {
			return inspections.Fail(inspections.Invalid, "case.rule_incomplete")
		}
	default:
		return inspections.Fail(inspections.Invalid, "case.rule_incomplete")
	}
	return CheckMeasure(r.Side, r.Measure)
}

// standard is proposed where a county has no table of its own: after the practice of Shaodong 2019 (once,
// twice, three times) for members; a talk for bodies and, from the third month on, an admonition.
var standard = Rules{
	{What: RulePropose, Side: SideMember, Times: 1, Measure: MeasureCriticism},
	{What: RulePropose, Side: SideMember, Times: 2, Measure: MeasureAdmonish},
	{What: RulePropose, Side: SideMember, Times: 3, Measure: MeasureRecall},
	{What: RulePropose, Side: SideTownship, Times: 1, Measure: MeasureTalk},
	{What: RulePropose, Side: SideTownship, Times: 3, Measure: MeasureAdmonish},
	{What: RulePropose, Side: SideUnit, Times: 1, Measure: MeasureTalk},
	{What: RulePropose, Side: SideUnit, Times: 3, Measure: MeasureAdmonish},
}

// force lists the lines that fit and are in force on a day: those of the newest day that has come.
func (r Rules) force(day calendar.Date, fits func(Rule) bool) Rules {
	var newest calendar.Date
	var list Rules
	for _, one := range r {
		if one.From > day || !fits(one) || one.From < newest {
			continue
		}
		if one.From > newest {
			newest, list = one.From, nil
		}
		list = append(list, one)
	}
	return list
}

// Propose gives the measure that the table proposes for the times-th time, with its rule; ok is false
// where the table proposes none. A line for the kind goes before one for every kind.
func (r Rules) Propose(day calendar.Date, side Side, kind string, times int) (Rule, bool) {
	lines := r.force(day, func(x Rule) bool { return x.What == RulePropose && x.Side == side && x.Kind == kind })
	if len(lines) == 0 && kind != "" {
		lines = r.force(day, func(x Rule) bool { return x.What == RulePropose && x.Side == side && x.Kind == "" })
	}
	if len(lines) == 0 {
		lines = standard.force(day, func(x Rule) bool { return x.Side == side })
	}
	var best Rule
	for _, x := range lines {
		if x.Times <= times && x.Times >= best.Times {
			best = x
		}
	}
	return best, best.Times > 0
}

// MayStart refuses an approver without the competence for that kind of body: a township committee's is
// higher than a unit's. Where no line stands, every leader may. Error: Forbidden.
func (r Rules) MayStart(day calendar.Date, side Side, duty string) error {
	lines := r.force(day, func(x Rule) bool { return x.What == RuleStart && x.Side == side })
	if _, ok := byBody(lines, duty); ok {
		return nil
	}
	return inspections.Fail(inspections.Forbidden, "case.start_power", "duty", duty, "side", string(side))
}

// MayDecide refuses a body without the power to decide a measure against that side, and gives the line
// it has the power by. Error: Forbidden.
func (r Rules) MayDecide(day calendar.Date, side Side, m MeasureKind, body string) (Rule, error) {
	lines := r.force(day, func(x Rule) bool { return x.What == RuleMeasure && x.Side == side && x.Measure == m })
	if line, ok := byBody(lines, body); ok {
		return line, nil
	}
	return Rule{}, inspections.Fail(inspections.Forbidden, "case.measure_power", "body", body, "measure", string(m))
}

func byBody(lines Rules, body string) (Rule, bool) {
	for _, x := range lines {
		if x.Body == body {
			return x, true
		}
	}
	return Rule{}, len(lines) == 0
}
