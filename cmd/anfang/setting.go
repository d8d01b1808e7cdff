package main

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"anfang.example/cmd/anfang/app"
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/office"
	"anfang.example/inspections/store"
)

// setting is `anfang setting`: dated values; what was in force on a day stays on record.
func (c *cli) setting() *cobra.Command {
	return c.group("setting", "setting", c.settingList(), c.settingSet())
}

func (c *cli) settingList() *cobra.Command {
	var text string
	cmd := c.step("setting.list", "list", func(ctx context.Context, a *app.App, by inspections.Actor, _ []string) error {
		day, err := c.dateOf(text)
		if err != nil {
			return err
		}
		if err := a.Office.ReadDraw(ctx, by, office.ReadSettings, ""); err != nil {
			return err
		}
		var all []inspections.Setting
		err = a.Store.View(ctx, func(tx *store.Tx) (err error) {
			all, err = tx.Settings()
			return err
		})
		if err != nil {
			return err
		}
		values := inspections.SettingsOn(all, day)
		return c.reply(map[string]any{"day": day, "settings": values}, func() {
			var rows [][]string
			for _, key := range inspections.SettingKeys() {
				rows = append(rows, []string{key, values[key], c.words.T("setting." + key)})
			}
			c.table([]string{"key", "setting", "meaning"}, rows)
		})
	})
	c.text(cmd, &text, "day", "", "DAY")
	return cmd
}

func (c *cli) settingSet() *cobra.Command {
	var text, reason string
	cmd := c.step("setting.set", "set KEY VALUE", func(ctx context.Context, a *app.App, by inspections.Actor, args []string) error {
		from := calendar.DateOf(a.Now())
		if text != "" {
			var err error
			if from, err = c.dateOf(text); err != nil {
				return err
			}
		}
		if err := a.Office.ChangeSetting(ctx, by, inspections.Setting{Key: args[0], Value: args[1], From: from}, reason); err != nil {
			return err
		}
		return c.reply(map[string]any{"key": args[0], "value": args[1], "from": from}, func() {
			c.say("setting.set", "key", c.words.T("setting."+args[0]), "value", args[1], "from", from)
			if args[1] == "" && slices.Contains(inspections.Settings{}.Missing(), args[0]) {
				c.say("setting.samples", "from", from)
			}
		})
	})
	c.text(cmd, &text, "from", "", "DAY")
	c.text(cmd, &reason, "reason", "", "TEXT")
	return cmd
}

var negative = regexp.MustCompile(`^-\d`)

// valueLast puts a negative value of `setting set` behind "--", where it is no flag, so that the setting itself says
// why it does not fit.
func valueLast(args []string) []string {
	at := slices.Index(args, "setting")
	if at < 0 || at+1 >= len(args) || args[at+1] != "set" || slices.Contains(args, "--") {
		return args
	}
	for i := at + 3; i < len(args); i++ {
		if negative.MatchString(args[i]) && !strings.HasPrefix(args[i-1], "--") {
			return append(slices.Delete(slices.Clone(args), i, i+1), "--", args[i])
		}
	}
	return args
}
