package inspections

import (
	"cmp"
	"slices"

	"anfang.example/inspections/calendar"
)

// TeamMove says that a team belongs to another township from a day on: its township went up in that one. Moves are
// never written over; undoing one is a later move from the same day.
type TeamMove struct {
	ID       int64            `json:"id" db:"id"`
	Team     TeamID           `json:"team" db:"team_id"`
	Township TownshipID       `json:"township" db:"township_id"`
	Was      TownshipID       `json:"was" db:"was_id"` // to which it belonged before
	From     calendar.Date    `json:"from" db:"from_day"`
	Recorded calendar.Instant `json:"recorded" db:"recorded_at"`
}

// TownshipsOn lists the townships that stand on a day, by id.
func (r *Roster) TownshipsOn(day calendar.Date) []Township {
	return slices.DeleteFunc(slices.Clone(r.Townships), func(t Township) bool { return !t.StandsOn(day) })
}

// StandsOn reports whether a township has not gone up in another before a day.
func (t Township) StandsOn(day calendar.Date) bool { return t.Until.IsZero() || day <= t.Until }

// Successor gives the township that answers today for what was one: the one it went up in, or itself.
func (r *Roster) Successor(id TownshipID) TownshipID {
	for range r.Townships { // a chain has no more links than there are townships
		t, _ := r.Township(id)
		if t.Into == 0 {
			break
		}
		id = t.Into
	}
	return id
}

// moved gives the township that each team that ever moved belonged to on a day.
func (r *Roster) moved(day calendar.Date) map[TeamID]TownshipID {
	moves := slices.SortedStableFunc(slices.Values(r.Moves), func(a, b TeamMove) int { return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.ID, b.ID)) })
	at := map[TeamID]TownshipID{}
	for _, m := range moves {
		if _, known := at[m.Team]; !known {
			at[m.Team] = m.Was
		}
		if m.From <= day {
			at[m.Team] = m.Township
		}
	}
	return at
}
