package main

import (
	"context"

	"anfang.example/cmd/anfang/app"
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/duties"
	"anfang.example/inspections/intake"
	"anfang.example/inspections/office"
	"anfang.example/inspections/store"
)

// importDuties settles obligations by a list of what was handed in.
func (c *cli) importDuties(ctx context.Context, a *app.App, files []intake.File, _ taking) ([]batch, error) {
	var roster *inspections.Roster
	var open []duties.Obligation
	err := a.Store.View(ctx, func(tx *store.Tx) (err error) {
		if roster, err = tx.Roster(); err != nil {
			return err
		}
		open, err = tx.Obligations(duties.Filter{Open: true})
		return err
	})
	if err != nil {
		return nil, err
	}
	lines, problems, err := intake.ReadDutyLines(files, roster, open, calendar.DateOf(a.Now()))
	if err != nil {
		return nil, err
	}
	return []batch{{files, problems, func(ctx context.Context, by inspections.Actor, src office.Source) (office.Tally, error) {
		return a.Office.ImportSubmissions(ctx, by, src, lines)
	}}}, nil
}
