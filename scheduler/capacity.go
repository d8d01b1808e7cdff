package scheduler

import (
	"math"
	"strconv"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/scheduler/draw"
)

// Outlook says what a number of visits a week means for a county.
type Outlook struct {
	VisitsMilli     int  `json:"visits_milli"`     // completed random visits a week, in 1/1000
	NeedMilli       int  `json:"need_milli"`       // least of them for nearly every team's turn (λ_min), with the slack
	AlphaPercent    int  `json:"alpha_percent"`    // share of draws from the teams not yet visited
	RelaxPercent    int  `json:"relax_percent"`    // what a team just visited keeps of its chance, at least
	CoveragePercent int  `json:"coverage_percent"` // teams expected to have their turn within the horizon
	Weeks           int  `json:"weeks"`            // the shortest horizon in which nearly every team has its turn
	Enough          bool `json:"enough"`
}

// OutlookOf computes an outlook for equal weights. Formula of the need: (N/H)·ln(1/α)/(1−α) (DRAW.md); of
// the share still waiting after n = λ·H visits: (1+q)·e^(−(1−α)·n/N) − q with q = α/(1−α).
func OutlookOf(teams, horizonWeeks, visitsMilli int) (Outlook, error) {
	o := Outlook{VisitsMilli: visitsMilli}
	if teams == 0 {
		return o, nil
	}
	capacity, err := draw.SolveAlpha(teams, horizonWeeks, visitsMilli, Slack, MaxAlpha)
	if err != nil {
		return o, err
	}
	need, err := draw.LambdaMinMilli(teams, horizonWeeks, MaxAlpha)
	if err != nil {
		return o, err
	}
	o.NeedMilli, o.Enough = (need*(100+Slack)+99)/100, capacity.Enough
	alpha := float64(capacity.Alpha) / 65536
	o.AlphaPercent = int(math.Ceil(100 * alpha))
	o.RelaxPercent = 100 - o.AlphaPercent
	visits := float64(visitsMilli) / 1000 * float64(horizonWeeks)
	q := alpha / (1 - alpha)
	waiting := max(0, (1+q)*math.Exp(-(1-alpha)*visits/float64(teams))-q)
	o.CoveragePercent = min(99, int(100*(1-waiting))) // certain coverage would let the last team know
	least, most := 1, 1<<15
	for least < most {
		middle := (least + most) / 2
		one, err := draw.SolveAlpha(teams, middle, visitsMilli, Slack, MaxAlpha)
		if err != nil {
			return o, err
		}
		if one.Enough {
			most = middle
		} else {
			least = middle + 1
		}
	}
	o.Weeks = least
	return o, nil
}

// SettingTx is what a setting is held against.
type SettingTx interface {
	Roster() (*inspections.Roster, error)
	Settings() ([]inspections.Setting, error)
}

// Holds refuses a setting of the draw that cannot hold, with the arithmetic: a number of visits that the
// week's slots cannot carry or that its floor alone passes, a buffer that leaves no slot free, and less
// than covers the teams within the horizon, unless it covers more of them than the present settings.
// Error: kind Conflict, keys "setting.slots_few", "setting.floor_passes", "setting.buffer_all",
// "setting.coverage".
func Holds(tx SettingTx, key, value string, from calendar.Date) error {
	switch key {
	case inspections.SetLambda, inspections.SetBuffer, inspections.SetCompletion, inspections.SetHorizonWeeks:
	default:
		return nil
	}
	all, err := tx.Settings()
	if err != nil {
		return err
	}
	now := inspections.SettingsOn(all, from)
	then := inspections.Settings{}
	for k, v := range now {
		then[k] = v
	}
	then[key] = value
	aimed, buffer := then.Int(inspections.SetLambda), then.Int(inspections.SetBuffer)
	week := draw.Week{Slots: defaultSlots, Buffer: buffer, CompletionPPM: then.Int(inspections.SetCompletion)}
	if draw.Floor+buffer >= defaultSlots {
		return inspections.Fail(inspections.Conflict, "setting.buffer_all", "slots", defaultSlots, "buffer", buffer)
	}
	least, err := week.ExpectedNano(0)
	if err != nil {
		return err
	}
	most, err := week.ExpectedNano(math.MaxUint64)
	if err != nil {
		return err
	}
	switch wanted := int64(aimed) * 1_000_000; {
	case wanted > most:
		return inspections.Fail(inspections.Conflict, "setting.slots_few", "aimed", milli(aimed), "slots", defaultSlots, "most", milli(int(most/1_000_000)))
	case wanted < least:
		return inspections.Fail(inspections.Conflict, "setting.floor_passes", "aimed", milli(aimed), "least", milli(int((least+999_999)/1_000_000)))
	}
	roster, err := tx.Roster()
	if err != nil {
		return err
	}
	return covers(now, then, len(roster.TeamsOn(from)))
}

// defaultSlots is how many slots an ordinary week has.
const defaultSlots = 14

// covers refuses less than the least number of visits for nearly every team's turn, unless it is a step up.
func covers(now, then inspections.Settings, teams int) error {
	if teams == 0 {
		return nil
	}
	need := func(s inspections.Settings) (int, error) {
		return draw.LambdaMinMilli(teams, s.Int(inspections.SetHorizonWeeks), MaxAlpha)
	}
	before, err := need(now)
	if err != nil {
		return err
	}
	after, err := need(then)
	if err != nil {
		return err
	}
	aimed, was := then.Int(inspections.SetLambda), now.Int(inspections.SetLambda)
	if aimed >= after || int64(aimed)*int64(before) > int64(was)*int64(after) || aimed == was && after == before {
		return nil
	}
	weeks := then.Int(inspections.SetHorizonWeeks)
	return inspections.Fail(inspections.Conflict, "setting.coverage", "teams", teams, "weeks", weeks, "need", milli(after), "aimed", milli(aimed),
		"ratio", milli(1000*teams/weeks))
}

// milli writes thousandths as people do, with at most three decimals.
func milli(n int) string { return strconv.FormatFloat(float64(n)/1000, 'f', -1, 64) }
