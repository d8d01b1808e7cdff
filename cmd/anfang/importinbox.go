package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"anfang.example/cmd/anfang/app"
	"anfang.example/inspections/intake/inbox"
)

// importInbox is `anfang import inbox`: one look into the watched folder, and what waits there for a person.
func (c *cli) importInbox() *cobra.Command {
	return c.command("import.inbox", "inbox", func(ctx context.Context, _ []string) error {
		return c.with(ctx, func(a *app.App) error {
			if a.Inbox == nil {
				return wrong("usage.no_inbox")
			}
			taken, failed := a.Inbox.Look(ctx)
			waiting, err := a.Inbox.Waiting()
			if err != nil {
				return errors.Join(failed, err)
			}
			if taken == nil {
				taken = []inbox.Outcome{}
			}
			if waiting == nil {
				waiting = []inbox.Waiting{}
			}
			growing := append([]string{}, a.Inbox.Growing()...)
			return errors.Join(c.reply(map[string]any{"folder": a.Inbox.Folder, "files": taken, "waiting": waiting, "growing": growing}, func() {
				c.say("import.inbox.looked", "folder", a.Inbox.Folder, "n", len(taken))
				for _, one := range taken {
					c.say("import.inbox.file", "file", one.File, "went", c.words.Label("inbox.went", one.Went), "n", one.Tally.Rows)
				}
				for _, name := range growing {
					c.say("import.inbox.growing", "file", name)
				}
				for _, one := range waiting {
					c.say("import.inbox.waits", "file", one.Name, "went", c.words.Label("inbox.went", one.Where), "since", c.words.FullMoment(one.Since.Time))
				}
			}), failed)
		})
	})
}

// inbox looks at the watched folder and at what waits in it.
func (x *examination) inbox(a *app.App) {
	if a.Inbox == nil {
		return
	}
	waiting, err := a.Inbox.Waiting()
	switch {
	case err != nil:
		x.fault("inbox", err)
	case len(waiting) > 0:
		x.note(checkWarn, "inbox", "waits", "folder", a.Inbox.Folder, "n", len(waiting))
	default:
		x.note(checkOK, "inbox", "ok", "folder", a.Inbox.Folder)
	}
}
