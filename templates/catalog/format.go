package catalog

import (
	"fmt"
	"strings"
	"time"

	"anfang.example/inspections/calendar"
)

// Date gives "2026年11月2日" or "2 November 2026"; "" for no date.
func (c *Catalog) Date(d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	y, m, day := d.Parts()
	if c.lang == English {
		return fmt.Sprintf("%d %s %d", day, m, y)
	}
	return fmt.Sprintf("%d年%d月%d日", y, m, day)
}

// DayMonth gives "3月12日" or "12 March".
func (c *Catalog) DayMonth(d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	_, m, day := d.Parts()
	if c.lang == English {
		return fmt.Sprintf("%d %s", day, m)
	}
	return fmt.Sprintf("%d月%d日", m, day)
}

// Day gives "3月12日（周三）" or "Wed 12 March".
func (c *Catalog) Day(d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	if c.lang == English {
		return c.Weekday(d.Weekday()) + " " + c.DayMonth(d)
	}
	return c.DayMonth(d) + "（" + c.Weekday(d.Weekday()) + "）"
}

// Weekday gives "周三" or "Wed".
func (c *Catalog) Weekday(w time.Weekday) string { return c.T(fmt.Sprintf("weekday.%d", int(w))) }

// Clock gives "14:30" in Shanghai.
func (c *Catalog) Clock(t time.Time) string { return t.In(calendar.Shanghai).Format("15:04") }

// Moment gives day and hour in Shanghai: "3月12日（周三）14:30" or "Wed 12 March, 14:30"; "" for no time.
// Midnight belongs to the day that ends: limits that are counted in days end at 24:00.
func (c *Catalog) Moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	day, clock := dayAndClock(t)
	if c.lang == English {
		return c.Day(day) + ", " + clock
	}
	return c.Day(day) + clock
}

// Brief gives day and hour without the weekday, as papers do: "3月12日14:30" or "12 March, 14:30".
func (c *Catalog) Brief(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	day, clock := dayAndClock(t)
	if c.lang == English {
		return c.DayMonth(day) + ", " + clock
	}
	return c.DayMonth(day) + clock
}

// FullMoment gives year, day and hour: "2025年3月12日14:30" or "12 March 2025, 14:30".
func (c *Catalog) FullMoment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	day, clock := dayAndClock(t)
	if c.lang == English {
		return c.Date(day) + ", " + clock
	}
	return c.Date(day) + clock
}

// MomentIn is Moment with the year, unless it is the given one: "2024年12月30日（周一）09:40" or "Mon 30 December 2024, 09:40".
func (c *Catalog) MomentIn(year int, t time.Time) string {
	day, clock := dayAndClock(t)
	switch y, _, _ := day.Parts(); {
	case t.IsZero() || y == year:
		return c.Moment(t)
	case c.lang == English:
		return c.Weekday(day.Weekday()) + " " + c.FullMoment(t)
	}
	return c.Date(day) + "（" + c.Weekday(day.Weekday()) + "）" + clock
}

// BriefIn is Brief, or FullMoment when the year is not the given one.
func (c *Catalog) BriefIn(year int, t time.Time) string {
	day, _ := dayAndClock(t)
	if y, _, _ := day.Parts(); t.IsZero() || y == year {
		return c.Brief(t)
	}
	return c.FullMoment(t)
}

// Stamp is FullMoment in two lines, for a narrow column: the day, and the hour below it.
func (c *Catalog) Stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	day, clock := dayAndClock(t)
	return c.Date(day) + "\n" + clock
}

func dayAndClock(t time.Time) (calendar.Date, string) {
	t = t.In(calendar.Shanghai)
	if t.Hour() == 0 && t.Minute() == 0 && t.Second() == 0 {
		return calendar.DateOf(t).Add(-1), "24:00"
	}
	return calendar.DateOf(t), t.Format("15:04")
}

// Span gives two days as people write them: "3月3日至9日", "3月31日至4月6日", with the year where it changes.
func (c *Catalog) Span(from, to calendar.Date) string {
	fy, fm, fd := from.Parts()
	ty, tm, td := to.Parts()
	if c.lang == English {
		switch {
		case from == to:
			return c.DayMonth(from)
		case fy == ty && fm == tm:
			return fmt.Sprintf("%d–%d %s", fd, td, tm)
		case fy == ty:
			return c.DayMonth(from) + " – " + c.DayMonth(to)
		}
		return c.Date(from) + " – " + c.Date(to)
	}
	switch {
	case from == to:
		return c.DayMonth(from)
	case fy == ty && fm == tm:
		return fmt.Sprintf("%s至%d日", c.DayMonth(from), td)
	case fy == ty:
		return c.DayMonth(from) + "至" + c.DayMonth(to)
	}
	return c.Date(from) + "至" + c.Date(to)
}

// HalfDay gives "上午", "下午" or "晚上" for the start of a slot.
func (c *Catalog) HalfDay(t time.Time) string {
	switch h := t.In(calendar.Shanghai).Hour(); {
	case h < 12:
		return c.T("halfday.morning")
	case h < 18:
		return c.T("halfday.afternoon")
	}
	return c.T("halfday.evening")
}

// Month gives "2025年3月" or "March 2025".
func (c *Catalog) Month(m calendar.Month) string {
	if c.lang == English {
		return fmt.Sprintf("%s %d", m.Month, m.Year)
	}
	return fmt.Sprintf("%d年%d月", m.Year, m.Month)
}

// Week gives "2025年第11周" or "week 11 of 2025".
func (c *Catalog) Week(w calendar.Week) string {
	if c.lang == English {
		return fmt.Sprintf("week %d of %d", w.Number, w.Year)
	}
	return fmt.Sprintf("%d年第%d周", w.Year, w.Number)
}

// Join lists things: with 、 in Chinese, with commas in English.
func (c *Catalog) Join(list []string) string {
	if c.lang == English {
		return strings.Join(list, ", ")
	}
	return strings.Join(list, "、")
}
