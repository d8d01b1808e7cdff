package portal

import (
	"encoding/json"
	"fmt"
	"slices"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/scheduler/draw"
)

// standbySlot is one stretch in which a person must be ready; whether they will be sent is known to nobody.
type standbySlot struct {
	Start, End calendar.Instant
}

// standbyOf lists a person's own standby of a week and, once it is sealed, of the next. Every slot of the
// roster looks alike, drawn or not.
func standbyOf(tx Tx, x *exchange, w calendar.Week) ([]standbySlot, error) {
	if x.who.Party.Kind != inspections.PartyInspector {
		return nil, nil
	}
	var list []standbySlot
	for _, week := range []calendar.Week{w, w.Add(1)} {
		f, err := tx.Freeze(week)
		if inspections.IsNotFound(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		var book struct {
			Slots []draw.Slot `json:"slots"`
		}
		if err := json.Unmarshal([]byte(f.Body), &book); err != nil {
			return nil, fmt.Errorf("portal: book of %s: %w", week, err)
		}
		for _, s := range book.Slots {
			if !slices.Contains(s.Standby, uint64(x.who.Party.ID)) {
				continue
			}
			day, err := calendar.ParseDate(s.Date)
			if err != nil {
				return nil, fmt.Errorf("portal: book of %s: %w", week, err)
			}
			slot := standbySlot{calendar.InstantOf(day.At(s.Opens/60, s.Opens%60)), calendar.InstantOf(day.At(s.Closes/60, s.Closes%60))}
			if slot.End.After(x.now.Time) {
				list = append(list, slot)
			}
		}
	}
	return list, nil
}
