package intake

import (
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// placeKeys are the settings that say which places of a ledger are odd.
var placeKeys = []string{inspections.SetOddMetres, inspections.SetSpotMembers}

// placeLimits say what about places is no chance.
type placeLimits struct {
	// odd is how far a sign-in may lie from where the village's others lie, in metres. Villages of the county are a
	// few kilometres across and the honest scatter stays below one.
	odd float64
	// crowd is how many members with the very same coordinates, to the last digit, are too many to be chance: two
	// colleagues may stand side by side, their phones still differ.
	crowd int
}

// limits finds the limits in force on a day.
type limits struct {
	set []inspections.Setting
	on  map[calendar.Date]placeLimits
}

func (l limits) of(day calendar.Date) placeLimits {
	have, known := l.on[day]
	if !known {
		set := inspections.SettingsOn(l.set, day)
		have = placeLimits{odd: float64(set.Int(inspections.SetOddMetres)), crowd: set.Int(inspections.SetSpotMembers)}
		l.on[day] = have
	}
	return have
}

// apart reports whether two rows of a member's day lie further from each other than the day's limit.
func (r *ledgerReader) apart(first *entry, e entry) bool {
	return first.located && e.located && first.spot.metres(e.spot) > r.limits.of(e.sign.Day).odd
}

// PlaceRules lists the limits by which the places of a ledger's days were told odd, for the record.
func PlaceRules(days []inspections.SignIn, set []inspections.Setting) []inspections.Rule {
	if len(days) == 0 {
		return nil
	}
	first, last := days[0].Day, days[0].Day
	for _, s := range days {
		first, last = min(first, s.Day), max(last, s.Day)
	}
	return inspections.RulesIn(set, first, last, placeKeys...)
}
