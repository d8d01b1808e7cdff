package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/journal"
	"anfang.example/scheduler/draw"
)

// usageError is wrong usage: exit status 2.
type usageError struct{ error }

func (e *usageError) Unwrap() error { return e.error }

// wrong makes the error of wrong usage; args alternate name and value.
func wrong(key string, args ...any) error {
	return &usageError{inspections.Fail(inspections.Invalid, key, args...)}
}

// complain writes one sentence with its key; of an internal error also its detail, for whoever looks into it.
func (c *cli) complain(err error) {
	err = expected(err)
	sentence := c.words.Error(err)
	var e *inspections.Error
	if errors.As(err, &e) {
		fmt.Fprintf(c.errs, "%s [%s]\n", oneLine(sentence), e.Key)
		return
	}
	fmt.Fprintf(c.errs, "%s [internal] %s\n", oneLine(sentence), oneLine(err.Error()))
}

// expected turns errors of the rooms that have types of their own into ones that people can read.
func expected(err error) error {
	var known *inspections.Error
	if errors.As(err, &known) {
		return err
	}
	var year *calendar.MissingYearError
	var broken *journal.BrokenError
	var differs *draw.Difference
	switch {
	case errors.As(err, &year):
		return inspections.Fail(inspections.Conflict, "calendar.year_missing", "year", year.Year).Because(err)
	case errors.As(err, &broken):
		return inspections.Fail(inspections.Conflict, "journal.broken", "seq", broken.Seq, "reason", broken.Reason).Because(err)
	case errors.As(err, &differs):
		return inspections.Fail(inspections.Conflict, "proof.differs", "week", fmt.Sprintf("%04d-W%02d", differs.Year, differs.Week),
			"slot", differs.Slot, "field", differs.Field).Because(err)
	case errors.Is(err, context.Canceled):
		return inspections.Fail(inspections.Busy, "cli.interrupted").Because(err)
	}
	return err
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// flagFault says what is wrong with a flag.
func (c *cli) flagFault(cmd *cobra.Command, err error) error {
	name, value := "", ""
	if e, ok := err.(interface{ GetSpecifiedName() string }); ok {
		name = "--" + e.GetSpecifiedName()
	}
	if e, ok := err.(interface{ GetValue() string }); ok {
		value = e.GetValue()
	}
	// The flag library's own types are told by name: it is not one of this program's dependencies.
	switch fmt.Sprintf("%T", err) {
	case "*pflag.NotExistError":
		return wrong("usage.unknown_flag", "flag", name, "command", cmd.CommandPath())
	case "*pflag.ValueRequiredError":
		return wrong("usage.flag_value", "flag", name)
	case "*pflag.InvalidValueError":
		return wrong("usage.flag_wrong", "value", value)
	}
	return wrong("usage.flags", "command", cmd.CommandPath())
}
