package main

import (
	"bytes"
	"context"
	"errors"
	"os"

	"github.com/spf13/cobra"

	"anfang.example/cmd/anfang/app"
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/scheduler"
	"anfang.example/scheduler/draw"
)

// proof is `anfang proof`: what a stranger needs to recompute the draws, and the check of it.
func (c *cli) proof() *cobra.Command {
	return c.group("proof", "proof", c.proofExport(), c.proofVerify())
}

func (c *cli) proofExport() *cobra.Command {
	var from, to string
	cmd := c.command("proof.export", "export FILE", func(ctx context.Context, args []string) error {
		first, err := c.needWeekFlag("--from", from)
		if err != nil {
			return err
		}
		last, err := c.needWeekFlag("--to", to)
		if err != nil {
			return err
		}
		return c.with(ctx, func(a *app.App) error {
			proof, err := a.Scheduler.ExportProof(ctx, first, last, c.shown(calendar.InstantOf(a.Now())))
			if err != nil {
				return err
			}
			var b bytes.Buffer
			if err := proof.Write(&b); err != nil {
				return err
			}
			if err := c.writeFile(args[0], b.Bytes()); err != nil {
				return err
			}
			return c.reply(map[string]any{"file": args[0], "weeks": len(proof.Weeks)}, func() {
				c.say("proof.exported", "file", args[0], "n", len(proof.Weeks))
			})
		})
	})
	c.text(cmd, &from, "from", "", "WEEK")
	c.text(cmd, &to, "to", "", "WEEK")
	return cmd
}

// proofVerify needs no database and no configuration.
func (c *cli) proofVerify() *cobra.Command {
	return c.command("proof.verify", "verify FILE", func(_ context.Context, args []string) error {
		raw, err := os.ReadFile(args[0])
		if err != nil {
			return inspections.Fail(inspections.NotFound, "cli.cannot_read", "file", args[0]).Because(err)
		}
		proof, err := draw.ReadProof(bytes.NewReader(raw))
		if err != nil {
			return inspections.Fail(inspections.Invalid, "proof.unreadable", "file", args[0]).Because(err)
		}
		report, err := scheduler.CheckProof(proof)
		var differs *draw.Difference
		if err != nil && !errors.As(err, &differs) {
			return err
		}
		answer := struct {
			Sound      bool             `json:"sound"`
			Report     draw.Report      `json:"report"`
			Difference *draw.Difference `json:"difference"` // the first one; null: none
		}{err == nil, report, differs}
		if said := c.reply(answer, func() { c.tellProof(proof, report, err == nil) }); said != nil {
			return said
		}
		return err
	})
}

func (c *cli) tellProof(proof draw.Proof, r draw.Report, sound bool) {
	if !sound {
		return // the error says where
	}
	c.say("proof.sound", "county", proof.County, "weeks", r.Weeks, "slots", r.Slots, "dispatched", r.Dispatched, "none", r.None, "missed", r.Missed)
	if r.Sealed+r.Pending > 0 {
		c.say("proof.sealed", "sealed", r.Sealed, "pending", r.Pending)
	}
	for _, anchor := range r.Anchors {
		c.say("proof.anchor", "anchor", anchor)
	}
	for _, change := range r.Unexplained {
		c.say("proof.unexplained", "year", change.Year, "week", change.Week, "team", change.Team)
	}
}

// writeFile writes what a command gives out.
func (c *cli) writeFile(path string, data []byte) error {
	if err := writeWhole(path, data); err != nil {
		return inspections.Fail(inspections.Forbidden, "cli.cannot_write", "file", path).Because(err)
	}
	return nil
}
