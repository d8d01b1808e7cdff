package draw

import (
	"fmt"
	"time"
)

// Part is the part of a day a slot lies in.
type Part string

// The parts of a day.
const (
	Morning   Part = "morning"
	Afternoon Part = "afternoon"
	Evening   Part = "evening"
)

// Slot is one stretch of a week in which there may be a visit.
type Slot struct {
	Number  int      `json:"number"`  // 1 … 32 in time order
	Date    string   `json:"date"`    // 2025-03-10, Asia/Shanghai
	Part    Part     `json:"part"`    //
	Opens   int      `json:"opens"`   // window start, minutes after midnight
	Closes  int      `json:"closes"`  // window end, minutes after midnight, at most 1440
	Standby []uint64 `json:"standby"` // inspector ids, ascending
}

// shanghai has had no daylight saving since 1991, long before the first draw.
var shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)

// window hours of a part in minutes after midnight (DRAW.md, "Time").
var partWindows = map[Part][2]int{
	Morning:   {8*60 + 30, 11*60 + 30},
	Afternoon: {14*60 + 30, 17*60 + 30},
	Evening:   {19*60 + 30, 21*60 + 30},
}

// DefaultSlots returns the slots of an ISO week: every day, morning and
// afternoon, numbered 1 … 14, standby still empty.
func DefaultSlots(year, week int) ([]Slot, error) { return MakeSlots(year, week, nil) }

// MakeSlots returns the slots of an ISO week in time order. parts gives the
// parts of each day, Monday first, in time order; nil means morning and
// afternoon of all seven days. A day left out has no slot.
func MakeSlots(year, week int, parts *[7][]Part) ([]Slot, error) {
	monday, err := mondayOf(year, week)
	if err != nil {
		return nil, err
	}
	var slots []Slot
	for day := range 7 {
		today := []Part{Morning, Afternoon}
		if parts != nil {
			today = parts[day]
		}
		date := monday.AddDate(0, 0, day).Format(time.DateOnly)
		for _, part := range today {
			hours, known := partWindows[part]
			if !known {
				return nil, fmt.Errorf("%w: part of day %q", ErrFreeze, part)
			}
			slots = append(slots, Slot{Number: len(slots) + 1, Date: date, Part: part, Opens: hours[0], Closes: hours[1], Standby: []uint64{}})
		}
	}
	if len(slots) > MaxSlots {
		return nil, fmt.Errorf("%w: %d slots", ErrFreeze, len(slots))
	}
	return slots, nil
}

// Length returns the length of the window in minutes.
func (s Slot) Length() int { return s.Closes - s.Opens }

// Window returns the start and end of the window.
func (s Slot) Window() (start, end time.Time, err error) {
	midnight, err := time.ParseInLocation(time.DateOnly, s.Date, shanghai)
	if err != nil {
		return start, end, fmt.Errorf("%w: slot %d has date %q", ErrFreeze, s.Number, s.Date)
	}
	return midnight.Add(time.Duration(s.Opens) * time.Minute), midnight.Add(time.Duration(s.Closes) * time.Minute), nil
}

// CutOff returns the window start less the lead (minutes): what is recorded
// later does not count for this slot, and its link is not read earlier.
func (s Slot) CutOff(leadMinutes int) (time.Time, error) {
	start, _, err := s.Window()
	return start.Add(-time.Duration(leadMinutes) * time.Minute), err
}

// Arrival returns the time of the arrival minute (0 is the window's start).
func (s Slot) Arrival(minute int) (time.Time, error) {
	start, _, err := s.Window()
	return start.Add(time.Duration(minute) * time.Minute), err
}

// Release returns the moment outcome and letters come into being: the arrival
// minute less the lead.
func (s Slot) Release(minute, leadMinutes int) (time.Time, error) {
	return s.Arrival(minute - leadMinutes)
}

// mondayOf returns Monday 00:00 of an ISO week, ErrPlace if the year lacks it.
func mondayOf(year, week int) (time.Time, error) {
	fourth := time.Date(year, time.January, 4, 0, 0, 0, 0, shanghai) // always in week 1
	monday := fourth.AddDate(0, 0, 7*(week-1)-(int(fourth.Weekday())+6)%7)
	if y, w := monday.ISOWeek(); y != year || w != week {
		return time.Time{}, fmt.Errorf("%w: %d has no week %d", ErrPlace, year, week)
	}
	return monday, nil
}
