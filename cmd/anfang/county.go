package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"anfang.example/cmd/anfang/app"
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/store"
)

// countyFacts is what county answers: whose records these are and how many there are of each kind, today.
type countyFacts struct {
	County     inspections.CountyID `json:"county"`
	Name       string               `json:"name"` // of the office, as on its papers
	Database   string               `json:"database"`
	Schema     int64                `json:"schema_version"`
	Townships  int                  `json:"townships"`
	Units      int                  `json:"units"`
	Teams      int                  `json:"teams"`
	Members    int                  `json:"members"`
	Inspectors int                  `json:"inspectors"`
	Visits     int                  `json:"visits"`
	Cases      int                  `json:"cases"`
	Issues     int                  `json:"issues"`
	Letters    int                  `json:"letters"`
	Journal    store.JournalMark    `json:"journal"`
}

// county is `anfang county`.
func (c *cli) county() *cobra.Command {
	return c.command("county", "county", func(ctx context.Context, _ []string) error {
		return c.with(ctx, func(a *app.App) error {
			facts, err := factsOf(ctx, a)
			if err != nil {
				return err
			}
			return c.reply(facts, func() { c.tellCounty(facts) })
		})
	})
}

func factsOf(ctx context.Context, a *app.App) (countyFacts, error) {
	facts := countyFacts{County: a.Store.County(), Database: "sqlite"}
	if a.Config.DSN != "" {
		facts.Database = "postgresql"
	}
	steps, err := a.Store.MigrateStatus(ctx)
	if err != nil {
		return facts, err
	}
	facts.Schema = steps[len(steps)-1].Version // open has seen that every step stands
	set, err := a.Settings(ctx)
	if err != nil {
		return facts, err
	}
	facts.Name = set[inspections.SetIssuer]
	err = a.Store.View(ctx, func(tx *store.Tx) error {
		counts, err := tx.Counts()
		if err != nil {
			return err
		}
		head, err := tx.JournalHead()
		if err != nil {
			return err
		}
		facts.Journal = store.JournalMark{Seq: head.Seq, Hash: head.Hash}
		facts.Townships, facts.Units = counts["townships"], counts["units"]
		facts.Visits, facts.Cases, facts.Issues, facts.Letters = counts["visits"], counts["cases"], counts["issues"], counts["letters"]
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		facts.count(roster, tx.Now().Date())
		return nil
	})
	return facts, err
}

// count takes those who serve on a day; who left stays on record and is not counted.
func (f *countyFacts) count(r *inspections.Roster, day calendar.Date) {
	f.Teams = len(r.TeamsOn(day))
	serving := map[inspections.MemberID]bool{}
	for _, p := range r.Postings {
		if inspections.Covers(p.From, p.Until, day) {
			serving[p.Member] = true
		}
	}
	f.Members = len(serving)
	for _, i := range r.Inspectors {
		if inspections.Covers(i.From, i.Until, day) {
			f.Inspectors++
		}
	}
}

func (c *cli) tellCounty(f countyFacts) {
	name := f.Name
	if name == "" {
		name = c.words.T("cli.county.unnamed")
	}
	c.say("county.head", "county", fmt.Sprintf("%06d", int64(f.County)), "name", name, "database", c.words.T("cli.county."+f.Database), "version", f.Schema)
	c.say("county.roster", "townships", f.Townships, "units", f.Units, "teams", f.Teams, "members", f.Members, "inspectors", f.Inspectors)
	c.say("county.work", "visits", f.Visits, "cases", f.Cases, "issues", f.Issues, "letters", f.Letters)
	c.say("county.journal", "seq", f.Journal.Seq, "head", f.Journal.Hash)
}
