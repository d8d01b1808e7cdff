package main

import (
	"context"

	"github.com/spf13/cobra"

	"anfang.example/cmd/anfang/app"
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/office"
)

// rosterUnlink is `anfang roster unlink`: a team no longer works in one of its further villages.
func (c *cli) rosterUnlink() *cobra.Command {
	var township, village, further, from string
	cmd := c.rosterChange("roster.unlink", "unlink", &from, func(ctx context.Context, a *app.App, by inspections.Actor, roster *inspections.Roster, day calendar.Date) error {
		team, err := villageTeam(roster, township, village)
		if err != nil {
			return err
		}
		if err := a.Office.EndLink(ctx, by, team.ID, further, day); err != nil {
			return err
		}
		return c.reply(map[string]any{"team": team.ID, "village": further, "from": day}, func() {
			c.say("roster.unlinked", "village", team.Village, "further", further, "from", day)
		})
	})
	c.text(cmd, &township, "township", "", "NAME")
	c.text(cmd, &village, "village", "", "NAME")
	c.text(cmd, &further, "further", "", "NAME")
	return cmd
}

// rosterMergeTownship is `anfang roster merge-township`: a township goes up in another.
func (c *cli) rosterMergeTownship() *cobra.Command {
	var township, into, reason, from string
	cmd := c.rosterChange("roster.merge_township", "merge-township", &from, func(ctx context.Context, a *app.App, by inspections.Actor, roster *inspections.Roster, day calendar.Date) error {
		gone, err := townshipNamed(roster, township)
		if err != nil {
			return err
		}
		stays, err := townshipNamed(roster, into)
		if err != nil {
			return err
		}
		moved, err := a.Office.MergeTownships(ctx, by, office.TownshipMerger{Gone: gone.ID, Into: stays.ID, From: day, Reason: reason})
		if err != nil {
			return err
		}
		return c.reply(map[string]any{"township": gone.ID, "into": stays.ID, "from": day, "moved": moved}, func() {
			c.say("roster.townships_merged", "township", gone.Name, "into", stays.Name, "from", day, "n", moved)
		})
	})
	c.text(cmd, &township, "township", "", "NAME")
	c.text(cmd, &into, "into", "", "NAME")
	c.text(cmd, &reason, "reason", "", "TEXT")
	return cmd
}

// rosterUnmergeTownship is `anfang roster unmerge-township`: a merger of townships that did not take place is corrected.
func (c *cli) rosterUnmergeTownship() *cobra.Command {
	var township string
	cmd := c.step("roster.unmerge_township", "unmerge-township", func(ctx context.Context, a *app.App, by inspections.Actor, _ []string) error {
		roster, err := rosterOf(ctx, a)
		if err != nil {
			return err
		}
		gone, err := townshipNamed(roster, township)
		if err != nil {
			return err
		}
		moved, err := a.Office.UndoTownshipMerger(ctx, by, gone.ID)
		if err != nil {
			return err
		}
		return c.reply(map[string]any{"township": gone.ID, "moved": moved}, func() {
			c.say("roster.township_stands", "township", gone.Name, "n", moved)
		})
	})
	c.text(cmd, &township, "township", "", "NAME")
	return cmd
}
