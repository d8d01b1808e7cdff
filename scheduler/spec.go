package scheduler

import (
	"fmt"
	"strings"
	"time"

	"github.com/robfig/cron/v3"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// Spec reads a five-field cron line in Asia/Shanghai and gives its nominal times for a Job. Refused, with
// kind Invalid and key "cron.spec": what does not parse, a zone of its own (TZ=0 would panic the parser),
// a line that never comes (30 February), and day of month together with day of week, which cron joins by
// "or" while people mean "and".
func Spec(line string) (func(after, until time.Time) []time.Time, error) {
	schedule, err := parseSpec(line)
	if err != nil {
		return nil, inspections.Fail(inspections.Invalid, "cron.spec", "value", line).Because(err)
	}
	return func(after, until time.Time) []time.Time {
		var times []time.Time
		for at := schedule.Next(after.In(calendar.Shanghai)); !at.IsZero() && !at.After(until); at = schedule.Next(at) {
			times = append(times, at)
		}
		return times
	}, nil
}

func parseSpec(line string) (cron.Schedule, error) {
	fields := strings.Fields(line)
	if len(fields) != 5 {
		return nil, fmt.Errorf("%d fields instead of 5", len(fields))
	}
	for _, field := range fields {
		if strings.ContainsAny(field, "=@") {
			return nil, fmt.Errorf("field %q", field)
		}
	}
	if fields[2] != "*" && fields[2] != "?" && fields[4] != "*" && fields[4] != "?" {
		return nil, fmt.Errorf("day of month and day of week together")
	}
	schedule, err := cron.ParseStandard(line)
	if err != nil {
		return nil, err
	}
	if schedule.Next(calendar.NewDate(2024, time.January, 1).Start()).IsZero() {
		return nil, fmt.Errorf("never comes")
	}
	return schedule, nil
}
