package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"anfang.example/cmd/anfang/app"
	"anfang.example/inspections"
	"anfang.example/inspections/store"
)

// visitVerify checks who was absent against leave and duty travel.
func (c *cli) visitVerify() *cobra.Command {
	var said []string
	cmd := c.step("visit.verify", "verify ID", func(ctx context.Context, a *app.App, by inspections.Actor, args []string) error {
		id, err := number("ID", args[0])
		if err != nil {
			return err
		}
		explanations, err := c.explanations(ctx, a, inspections.VisitID(id), said)
		if err != nil {
			return err
		}
		verified, err := a.Office.VerifyVisit(ctx, by, inspections.VisitID(id), explanations)
		if err != nil {
			return err
		}
		return c.reply(verified, func() {
			c.say("visit.verified", "visit", id, "covered", len(verified.Covered), "findings", len(verified.Findings))
			for _, matter := range verified.Cases {
				c.say("visit.case", "number", matter.Number, "due", c.moment(matter.Due))
			}
		})
	})
	c.texts(cmd, &said, "explain", "MEMBER=TEXT")
	return cmd
}

// explanations reads MEMBER=TEXT of those who await verification.
func (c *cli) explanations(ctx context.Context, a *app.App, id inspections.VisitID, said []string) (map[inspections.MemberID]string, error) {
	if len(said) == 0 {
		return nil, nil
	}
	var team []postedLine
	err := a.Store.View(ctx, func(tx *store.Tx) error {
		team = nil
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		lines, err := tx.Attendances(id)
		for _, l := range lines {
			m, _ := roster.Member(l.Member)
			team = append(team, postedLine{Member: l.Member, Name: m.Name})
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	texts := map[inspections.MemberID]string{}
	for _, one := range said {
		who, text, ok := strings.Cut(one, "=")
		if !ok {
			return nil, wrong("usage.pair", "flag", "--explain", "value", one, "form", "MEMBER=TEXT")
		}
		member, err := memberIn(team, who)
		if err != nil {
			return nil, err
		}
		texts[member] = text
	}
	return texts, nil
}
