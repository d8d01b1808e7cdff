package demo

import (
	"fmt"
	"io"
	"strings"

	"anfang.example/inspections/calendar"
)

// bar shows how far the month has run: one line that is written over on a terminal, else a line a week.
type bar struct {
	out         io.Writer
	terminal    bool
	words       func(string, ...any) string
	first, last calendar.Date
	shown       calendar.Date
}

const barWidth = 30

func newBar(opt Options) *bar {
	last := opt.Month.Add(1).First().Add(8) // when the bulletin leaves, as a rule
	return &bar{out: opt.Progress, terminal: opt.Terminal, words: opt.Words.T, first: opt.Month.First(), last: last}
}

// show draws the bar when a new day begins.
func (b *bar) show(day calendar.Date) {
	if b.out == nil || day <= b.shown {
		return
	}
	week := calendar.WeekOf(day)
	if !b.terminal {
		if b.shown.IsZero() || calendar.WeekOf(b.shown) != week {
			fmt.Fprintln(b.out, b.words("demo.progress.week", "week", week, "day", day))
		}
		b.shown = day
		return
	}
	b.shown = day
	done := min(barWidth, int(day-b.first)*barWidth/int(b.last-b.first))
	fmt.Fprintf(b.out, "\r[%s%s] %s ", strings.Repeat("█", done), strings.Repeat("░", barWidth-done), b.words("demo.progress.day", "day", day))
}

func (b *bar) end() {
	if b.out != nil && b.terminal {
		fmt.Fprintf(b.out, "\r[%s] %s\n", strings.Repeat("█", barWidth), b.words("demo.progress.done"))
	}
}
