package calendar

import (
	_ "embed"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"sort"
	"strings"
	"sync"
	"time"
)

// workdays.csv lists the days that differ from Monday–Friday and the named holidays, after the State
// Council's notices; made from the npm package chinese-days 1.5.7 (MIT).
//
//go:embed workdays.csv
var builtIn string

// MissingYearError says that no notice for a year is known, so that working days in it cannot be
// counted; the fact is recorded all the same and its clock stands undetermined.
type MissingYearError struct{ Year int }

func (e *MissingYearError) Error() string { return fmt.Sprintf("calendar: year %d is missing", e.Year) }

// Day is one day's entry: worked or not, and the holiday's name where it has one.
type Day struct {
	Workday bool
	Name    string
}

// Calendar tells working days. The zero value knows no year. It may be asked while it takes years.
type Calendar struct {
	mu    sync.RWMutex
	years map[int]bool
	days  map[Date]Day
}

// BuiltIn gives the calendar of 2017–2026.
func BuiltIn() *Calendar {
	c, err := Read(strings.NewReader(builtIn))
	if err != nil {
		panic(fmt.Sprintf("calendar: built-in table: %v", err))
	}
	return c
}

// Read reads a table with the columns date, workday (0 or 1) and name. A year is known when any of its
// days is listed; unlisted days of a known year are worked Monday to Friday.
func Read(r io.Reader) (*Calendar, error) {
	c := &Calendar{years: map[int]bool{}, days: map[Date]Day{}}
	rows, err := csv.NewReader(r).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("calendar: %w", err)
	}
	if len(rows) == 0 || strings.Join(rows[0], ",") != "date,workday,name" {
		return nil, errors.New("calendar: the first line must be date,workday,name")
	}
	for i, row := range rows[1:] {
		d, err := ParseDate(row[0])
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", i+2, err)
		}
		if row[1] != "0" && row[1] != "1" {
			return nil, fmt.Errorf("calendar: line %d: workday must be 0 or 1, not %q", i+2, row[1])
		}
		if _, twice := c.days[d]; twice {
			return nil, fmt.Errorf("calendar: line %d: %s stands twice", i+2, d)
		}
		y, _, _ := d.Parts()
		c.years[y] = true
		c.days[d] = Day{Workday: row[1] == "1", Name: row[2]}
	}
	return c, nil
}

// Years lists the known years in order.
func (c *Calendar) Years() []int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	years := make([]int, 0, len(c.years))
	for y := range c.years {
		years = append(years, y)
	}
	sort.Ints(years)
	return years
}

// Day tells whether d is worked and the holiday's name. Error: *MissingYearError.
func (c *Calendar) Day(d Date) (Day, error) {
	y, _, _ := d.Parts()
	c.mu.RLock()
	defer c.mu.RUnlock()
	if !c.years[y] {
		return Day{}, &MissingYearError{y}
	}
	if day, ok := c.days[d]; ok {
		return day, nil
	}
	wd := d.Weekday()
	return Day{Workday: wd != time.Saturday && wd != time.Sunday}, nil
}

// AddWorkdays gives the n-th working day after d (n ≥ 1); d itself does not count, make-up workdays do
// (3.2b: three working days, counted from the next day). Error: *MissingYearError.
func (c *Calendar) AddWorkdays(d Date, n int) (Date, error) {
	for left := n; left > 0; {
		d = d.Add(1)
		day, err := c.Day(d)
		if err != nil {
			return 0, err
		}
		if day.Workday {
			left--
		}
	}
	return d, nil
}

// Workdays counts the working days of a span, both ends included. Error: *MissingYearError.
func (c *Calendar) Workdays(from, to Date) (int, error) {
	n := 0
	for d := from; d <= to; d = d.Add(1) {
		day, err := c.Day(d)
		if err != nil {
			return 0, err
		}
		if day.Workday {
			n++
		}
	}
	return n, nil
}

// Take adopts the years another table, which nobody else holds, knows in place of its own.
func (c *Calendar) Take(o *Calendar) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for d := range c.days {
		if y, _, _ := d.Parts(); o.years[y] {
			delete(c.days, d)
		}
	}
	for d, day := range o.days {
		c.days[d] = day
	}
	for y := range o.years {
		c.years[y] = true
	}
}
