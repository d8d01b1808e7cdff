package simulate

import (
	"context"
	"fmt"
	"strings"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/scheduler"
	"anfang.example/scheduler/draw"
)

// cycled carries the notices of the known years on into later ones, day by day: 2027 has the holidays of
// the first known year, and so on.
func cycled(years int) (*calendar.Calendar, error) {
	known := calendar.BuiltIn()
	from := known.Years()
	var table strings.Builder
	table.WriteString("date,workday,name\n")
	for year := firstYear; year <= firstYear+years; year++ {
		source := from[(year-firstYear)%len(from)]
		for d := calendar.NewDate(source, time.January, 1); d <= calendar.NewDate(source, time.December, 31); d++ {
			day, err := known.Day(d)
			if err != nil {
				return nil, err
			}
			_, month, number := d.Parts()
			same := calendar.NewDate(year, month, number)
			if _, _, n := same.Parts(); day.Name == "" || n != number { // 29 February, where there is none
				continue
			}
			worked := 0
			if day.Workday {
				worked = 1
			}
			fmt.Fprintf(&table, "%s,%d,%s\n", same, worked, day.Name)
		}
	}
	return calendar.Read(strings.NewReader(table.String()))
}

// planAhead signs the plans of the weeks that will be sealed within the next seven days.
func (w *world) planAhead(ctx context.Context) error {
	for ; !w.now.Before(scheduler.FreezeTime(w.planned).AddDate(0, 0, -7)); w.planned = w.planned.Add(1) {
		dropped, err := w.holidaySlots(w.planned)
		if err != nil {
			return err
		}
		if len(dropped) == 0 {
			continue
		}
		plan := inspections.WeekPlan{Year: w.planned.Year, Week: w.planned.Number, Dropped: dropped, Reason: "simulate"}
		if _, err := w.PlanWeek(ctx, inspections.System, w.calendar, plan); err != nil {
			return fmt.Errorf("simulate: plan of %s: %w", w.planned, err)
		}
	}
	return nil
}

// holidaySlots lists what an office drops: the afternoons of the holidays of a week that has one on a
// weekday. The mornings stay as duty slots.
func (w *world) holidaySlots(week calendar.Week) ([]inspections.SlotMark, error) {
	var dropped []inspections.SlotMark
	onWeekday := false
	for i := range 7 {
		date := week.Monday().Add(i)
		day, err := w.calendar.Day(date)
		if err != nil {
			return nil, fmt.Errorf("simulate: %w", err)
		}
		if !day.Workday {
			onWeekday = onWeekday || i < 5
			if day.Name != "" {
				dropped = append(dropped, inspections.SlotMark{Day: date, Part: string(draw.Afternoon)})
			}
		}
	}
	if !onWeekday {
		return nil, nil
	}
	return dropped, nil
}
