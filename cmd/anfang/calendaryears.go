package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"time"

	"anfang.example/cmd/anfang/app"
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/intake"
	"anfang.example/inspections/office"
	"anfang.example/inspections/store"
)

// calendarFolder holds one file for each imported year, "2027.csv", in the data directory.
func calendarFolder(data string) string { return filepath.Join(data, "calendar") }

// extendCalendar adds the imported years to those that come with the program.
func extendCalendar(a *app.App) error {
	years, err := filepath.Glob(filepath.Join(calendarFolder(a.Config.Data), "[0-9][0-9][0-9][0-9].csv"))
	if err != nil {
		return fmt.Errorf("calendar: %w", err)
	}
	sort.Strings(years)
	for _, path := range years {
		file, err := intake.Load(path)
		if err != nil {
			return err
		}
		year, err := intake.ReadCalendar(file)
		if err != nil {
			return err
		}
		a.Calendar.Take(year)
	}
	return nil
}

// settleBy settles the clocks that waited for the years of a table, and gives how many.
func settleBy(tx *store.Tx, by inspections.Actor, known, more *calendar.Calendar) (int, error) {
	known.Take(more)
	settled, err := office.SettleClocks(tx, by, known)
	return len(settled), err
}

// keepYears writes each year of a table as its own file, complete or not at all.
func keepYears(data string, c *calendar.Calendar) error {
	dir := calendarFolder(data)
	fail := func(err error) error {
		return inspections.Fail(inspections.Forbidden, "cli.no_access", "path", dir).Because(err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fail(err)
	}
	for _, year := range c.Years() {
		text, err := yearTable(c, year)
		if err != nil {
			return err
		}
		if err := writeWhole(filepath.Join(dir, fmt.Sprintf("%04d.csv", year)), []byte(text)); err != nil {
			return fail(err)
		}
	}
	return nil
}

// yearTable lists the days of a year that differ from Monday to Friday or have a name; 1 January always,
// so that the year is known.
func yearTable(c *calendar.Calendar, year int) (string, error) {
	var b strings.Builder
	b.WriteString("date,workday,name\n")
	first := calendar.NewDate(year, time.January, 1)
	for d := first; d <= calendar.NewDate(year, time.December, 31); d = d.Add(1) {
		day, err := c.Day(d)
		if err != nil {
			return "", err
		}
		weekday := d.Weekday() != time.Saturday && d.Weekday() != time.Sunday
		if d != first && day.Workday == weekday && day.Name == "" {
			continue
		}
		worked := 0
		if day.Workday {
			worked = 1
		}
		fmt.Fprintf(&b, "%s,%d,\"%s\"\n", d, worked, strings.ReplaceAll(day.Name, `"`, `""`))
	}
	return b.String(), nil
}

// writeWhole writes a file for its owner, complete or not at all.
func writeWhole(path string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".part-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // after the rename there is nothing left to remove
	_, err = f.Write(data)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
