package simulate

import (
	"math"
	"math/rand/v2"

	"anfang.example/inspections"
	"anfang.example/scheduler/draw"
)

// Options says what to run. The zero value of a number is not its default; see [Defaults].
type Options struct {
	Years        int     // ISO years from 2017 on, 1 … 100
	Teams        int     // 2 … 2,000
	PerWeekMilli int     // completed visits a week aimed at, in 1/1000, 2,000 … 28,000
	HorizonWeeks int     // 4 … 520
	Inspectors   int     // 2 … 200
	FallThrough  float64 // share of released visits that are cancelled, 0 … 0.9
	Seed         uint64
	EqualRisks   bool // every team weighs 1000 instead of log-uniform 500 … 3000
	Compare      bool // measure other policies on the same slots too

	// Progress hears after each week how many of all are done; nil for silence.
	Progress func(done, all int)
}

// Defaults are those of DRAW.md.
func Defaults() Options {
	return Options{Years: 50, Teams: 260, PerWeekMilli: 4000, HorizonWeeks: 104, Inspectors: 12, FallThrough: 0.06, Seed: 1}
}

// Check refuses what cannot be run. Error: kind Invalid, key "simulate.range".
func (o Options) Check() error {
	for _, n := range []struct {
		name             string
		value, low, high float64
	}{
		{"years", float64(o.Years), 1, 100},
		{"teams", float64(o.Teams), 2, 2000},
		{"per-week", float64(o.PerWeekMilli) / 1000, 2, 28},
		{"horizon-weeks", float64(o.HorizonWeeks), 4, 520},
		{"inspectors", float64(o.Inspectors), 2, 200},
		{"fall-through", o.FallThrough, 0, 0.9},
	} {
		if !(n.value >= n.low && n.value <= n.high) {
			return inspections.Fail(inspections.Invalid, "simulate.range", "flag", n.name, "value", n.value, "low", n.low, "high", n.high)
		}
	}
	return nil
}

// completionPPM is the share of released visits that get completed, as the office's setting has it.
func (o Options) completionPPM() int { return int(math.Round((1 - o.FallThrough) * draw.Million)) }

// risks draws each team's weight, log-uniform in 500 … 3000.
func (o Options) risks() []uint32 {
	chance := o.chance(1)
	list := make([]uint32, o.Teams)
	for i := range list {
		list[i] = 1000
		if !o.EqualRisks {
			list[i] = uint32(math.Round(draw.MinRisk * math.Pow(float64(draw.MaxRisk)/draw.MinRisk, chance.Float64())))
		}
	}
	return list
}

// chance gives one of the run's own streams of numbers; none of them is a key of the draw.
func (o Options) chance(stream uint64) *rand.Rand { return rand.New(rand.NewPCG(o.Seed, stream)) }
