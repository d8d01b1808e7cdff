package simulate

import (
	"fmt"
	"math"

	"anfang.example/scheduler/draw"
)

// Schema is the format number of a result.
const Schema = 1

// Metric is one number DRAW.md promises, its goal and whether it was reached. Value is a number, or null
// where the run was too short to measure it (Pass is then false); that of pairs has three parts.
type Metric struct {
	Value  any            `json:"value"`
	Goal   any            `json:"goal"`
	Pass   bool           `json:"pass"`
	Detail map[string]any `json:"detail,omitempty"`
}

// Metrics are those of DRAW.md under its names.
type Metrics struct {
	Edge     Metric  `json:"edge"`
	Relax    Metric  `json:"relax"`
	MaxP     Metric  `json:"maxp"`
	Timing   Metric  `json:"timing"`
	Memory   Metric  `json:"memory"`
	Coverage Metric  `json:"coverage"`
	Floor    Metric  `json:"floor"`
	Exact    Metric  `json:"exact"`
	Pairs    *Metric `json:"pairs,omitempty"`  // nil for other policies: their pairs were not drawn
	Replay   *Metric `json:"replay,omitempty"` // nil for other policies: they leave no proof
}

// Named is one metric with its name.
type Named struct {
	Name string
	Metric
}

// List gives the metrics in the order of DRAW.md.
func (m Metrics) List() []Named {
	list := []Named{
		{"edge", m.Edge}, {"relax", m.Relax}, {"maxp", m.MaxP}, {"timing", m.Timing}, {"memory", m.Memory},
		{"coverage", m.Coverage}, {"floor", m.Floor}, {"exact", m.Exact},
	}
	if m.Pairs != nil {
		list = append(list, Named{"pairs", *m.Pairs})
	}
	if m.Replay != nil {
		list = append(list, Named{"replay", *m.Replay})
	}
	return list
}

// Result is what a run found. As JSON it is one object: the metrics stand beside what was run.
type Result struct {
	Schema int `json:"schema"`

	Years        int     `json:"years"`
	Teams        int     `json:"teams"`
	PerWeek      float64 `json:"per_week"`
	HorizonWeeks int     `json:"horizon_weeks"`
	Inspectors   int     `json:"inspectors"`
	FallThrough  float64 `json:"fall_through"`
	Seed         uint64  `json:"seed"`
	EqualRisks   bool    `json:"equal_risks"`

	Weeks     int     `json:"weeks"`
	Slots     int     `json:"slots"`
	Visits    int     `json:"visits"`     // completed
	LambdaMin float64 `json:"lambda_min"` // completed visits a week this county needs at its alpha
	Alpha     float64 `json:"alpha"`
	Enough    bool    `json:"enough"` // per_week reaches lambda_min and 15 %

	Metrics
	Pass bool `json:"pass"` // all of them

	Compare map[string]Metrics `json:"compare,omitempty"`
}

// Pairs is the value of that metric.
type Pairs struct {
	Conflicts int     `json:"conflicts"`
	Gini      float64 `json:"gini"`
	Repeats   float64 `json:"repeats"`
}

// measured makes a metric of one number; NaN is not measured.
func measured(value float64, goal string, pass bool, detail map[string]any) Metric {
	if math.IsNaN(value) || math.IsInf(value, 0) {
		return Metric{Goal: goal, Detail: detail}
	}
	return Metric{Value: value, Goal: goal, Pass: pass, Detail: detail}
}

// choiceMetrics fills what depends on the choice of teams.
func (m *Metrics) choiceMetrics(c *choice, fit *fit, coverageGoal float64) {
	edge, predictor, named := c.edge()
	m.Edge = measured(edge, "≤ 1.10", edge <= 1.10, map[string]any{
		"predictor": predictor, "named": number(named), "draws": c.lateDraws,
	})
	relax := c.relax()
	m.Relax = measured(relax, "≥ 0.55", relax >= 0.55, nil)
	m.MaxP = measured(c.most, "≤ 0.08", c.most <= 0.08, nil)
	share := math.NaN()
	if c.owed > 0 {
		share = float64(c.forgotten) / float64(c.owed)
	}
	m.Coverage = measured(share, fmt.Sprintf("≤ %g", coverageGoal), share <= coverageGoal, map[string]any{
		"missed": c.forgotten, "pairs": c.owed,
	})
	p := fit.both()
	m.Exact = measured(p, "> 0.0001", p > 1e-4, map[string]any{
		"chi_square_p": number(fit.chiSquare()), "kolmogorov_p": number(fit.kolmogorov()), "draws": len(fit.transform),
	})
}

// number stands in JSON also where there is none.
func number(x float64) any {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return x
}

// timingMetrics fills what depends on the slots alone.
func (m *Metrics) timingMetrics(t *timing) {
	value := t.least
	m.Timing = measured(value, "1.00 ± 0.01", math.Abs(value-1) <= 0.01 && math.Abs(t.most-1) <= 0.01, map[string]any{
		"highest": number(t.most),
	})
	difference, p := t.memory()
	var classes []map[string]any
	for k, c := range t.free {
		classes = append(classes, map[string]any{"completed": k, "slots": c.slots, "dispatched": c.dispatched, "expected": c.expected})
	}
	m.Memory = measured(difference, "= 0", difference == 0 && !(p < 1e-6), map[string]any{"p": number(p), "classes": classes})
	share := float64(t.below) / float64(t.weeks)
	m.Floor = measured(share, "≤ 0.00001", share <= 1e-5 && t.silent == 0, map[string]any{
		"weeks": t.weeks, "below": t.below, "without_alarm": t.silent,
	})
}

// pairsMetric fills who went.
func (p *pairs) metric() *Metric {
	mean := math.NaN()
	if len(p.ginis) > 0 {
		mean = 0
		for _, g := range p.ginis {
			mean += g / float64(len(p.ginis))
		}
	}
	repeats := 0.0
	if p.chance > 0 {
		repeats = p.repeats / p.chance
	}
	m := &Metric{
		Goal: map[string]string{"conflicts": "0", "gini": "≤ 0.08", "repeats": "≤ 1"},
		Detail: map[string]any{
			"pairs": p.went, "no_pair": p.nobody, "late_visitor_again": p.again, "half_years": len(p.ginis),
		},
	}
	if !math.IsNaN(mean) {
		m.Value = Pairs{p.conflict, mean, repeats}
		m.Pass = p.conflict == 0 && mean <= 0.08 && repeats <= 1
	}
	return m
}

// replay counts slots that recompute bit-equal.
type replay struct {
	slots, equal int
	first        string // the first difference
}

func (r *replay) metric() *Metric {
	value := float64(r.equal) / float64(r.slots)
	m := measured(value, "= 1", r.equal == r.slots, map[string]any{"slots": r.slots})
	if r.first != "" {
		m.Detail["difference"] = r.first
	}
	return &m
}

// capacity fills what the county's own numbers allow.
func (r *Result) capacity(teams, horizonWeeks, lambdaMilli, slack int, maxAlpha uint16) error {
	c, err := draw.SolveAlpha(teams, horizonWeeks, lambdaMilli, slack, maxAlpha)
	r.LambdaMin, r.Alpha, r.Enough = float64(c.LambdaMinMilli)/1000, float64(c.Alpha)/(1<<16), c.Enough
	return err
}
