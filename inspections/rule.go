package inspections

import (
	"slices"

	"anfang.example/inspections/calendar"
)

// Rule is a setting's value and the day from which it was in force.
type Rule struct {
	Key   string        `json:"key"`
	Value string        `json:"value"`
	From  calendar.Date `json:"from"` // zero: from the first day of the span asked for
}

// RulesIn lists what was in force of some settings from first to last, both included: by key the value of the first
// day and every change. all is everything ever set.
func RulesIn(all []Setting, first, last calendar.Date, keys ...string) []Rule {
	days := []calendar.Date{first}
	for _, s := range all {
		if first < s.From && s.From <= last {
			days = append(days, s.From)
		}
	}
	slices.Sort(days)
	rules := []Rule{}
	have := map[string]string{}
	for _, d := range slices.Compact(days) {
		set := SettingsOn(all, d)
		for _, key := range keys {
			switch {
			case d == first:
				rules = append(rules, Rule{Key: key, Value: set[key]})
			case set[key] != have[key]:
				rules = append(rules, Rule{Key: key, Value: set[key], From: d})
			}
			have[key] = set[key]
		}
	}
	return rules
}
