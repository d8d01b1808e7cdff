package main

import (
	"context"
	"path/filepath"
	"strconv"

	"github.com/spf13/cobra"

	"anfang.example/cmd/anfang/app"
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/office"
	"anfang.example/inspections/store"
	"anfang.example/reports/post"
)

// mail is `anfang mail`: the outbox.
func (c *cli) mail() *cobra.Command {
	return c.group("mail", "mail", c.mailList(), c.mailResults(), c.mailRetry(), c.mailResend(), c.mailArrived(), c.mailStops(), c.mailLift(), c.mailCheck(),
		c.mailTest(), c.mailPaper())
}

// letterLine is a letter in the list. Of assignment letters it does not say which go and which end a
// standby: nobody but those on standby is told.
type letterLine struct {
	ID      inspections.LetterID    `json:"id"`
	Kind    string                  `json:"kind"`
	Name    string                  `json:"name"`
	Email   string                  `json:"email"`
	State   inspections.LetterState `json:"state"`
	Tries   int                     `json:"tries"`
	Created calendar.Instant        `json:"created"`
	NextTry calendar.Instant        `json:"next_try"`
	Settled calendar.Instant        `json:"settled"`
	Answer  string                  `json:"answer"`
	// Standing is the state as people read it: it tells what lies in a folder, what came back, and what was sent once more.
	Standing inspections.LetterState `json:"standing"`
	// Received is when the reader confirmed it in the portal; zero: not.
	Received calendar.Instant `json:"received"`
}

func (c *cli) mailList() *cobra.Command {
	var state string
	cmd := c.command("mail.list", "list", func(ctx context.Context, _ []string) error {
		var only inspections.LetterState
		if state != "" {
			var err error
			only, err = lookUp("--state", state, inspections.LetterQueued, inspections.LetterSending,
				inspections.LetterAccepted, inspections.LetterRefused, inspections.LetterUnknown)
			if err != nil {
				return err
			}
		}
		return c.with(ctx, func(a *app.App) error {
			lines := []letterLine{}
			err := a.Store.View(ctx, func(tx *store.Tx) error {
				letters, err := tx.Letters(inspections.LetterFilter{})
				if err != nil {
					return err
				}
				given, err := tx.Receipts()
				received := map[inspections.LetterID]calendar.Instant{}
				for _, r := range given {
					received[r.Letter] = r.At
				}
				copies := office.CopiesOf(letters)
				for _, l := range letters {
					if only != "" && l.State != only {
						continue
					}
					line := c.letter(l)
					line.Received, line.Standing = received[l.ID], copies.Standing(l)
					lines = append(lines, line)
				}
				return err
			})
			if err != nil {
				return err
			}
			return c.reply(map[string]any{"letters": lines}, func() {
				var rows [][]string
				for _, l := range lines {
					rows = append(rows, []string{
						strconv.FormatInt(int64(l.ID), 10), c.letterKind(l.Kind), l.Name, l.Email,
						c.words.Label("letter_state", l.Standing), c.moment(l.Created), l.Answer,
					})
				}
				c.table([]string{"id", "letter", "name", "email", "state", "created", "answer"}, rows)
			})
		})
	})
	c.text(cmd, &state, "state", "", "STATE")
	return cmd
}

func (c *cli) letter(l inspections.Letter) letterLine {
	line := letterLine{
		ID: l.ID, Kind: string(l.Kind), Name: l.Name, Email: l.Email, State: l.State, Tries: l.Tries,
		Created: l.Created, NextTry: l.NextTry, Settled: l.Settled, Answer: post.Explain(c.words, l), Standing: l.Standing(),
	}
	if l.Kind.Assignment() {
		line.Kind = "assignment"
	}
	return line
}

func (c *cli) letterKind(kind string) string {
	if kind == "assignment" {
		return c.words.T("cli.letter.assignment")
	}
	return c.words.Label("letter_kind", kind)
}

func (c *cli) mailRetry() *cobra.Command {
	return c.step("mail.retry", "retry ID", func(ctx context.Context, a *app.App, by inspections.Actor, args []string) error {
		id, err := number("ID", args[0])
		if err != nil {
			return err
		}
		if err := a.Office.RetryLetter(ctx, by, inspections.LetterID(id)); err != nil {
			return err
		}
		return c.reply(map[string]any{"id": id}, func() { c.say("mail.queued", "id", id) })
	})
}

// number reads an id.
func number(flag, text string) (int64, error) {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 1 {
		return 0, wrong("usage.number", "flag", flag, "value", text)
	}
	return n, nil
}

// mailTest signs in to the mail server; with an address it also sends one letter there.
func (c *cli) mailTest() *cobra.Command {
	return c.step("mail.test", "test [ADDRESS]", func(ctx context.Context, a *app.App, _ inspections.Actor, args []string) error {
		if server, ok := a.Outbox.Courier.(interface{ Test(context.Context) error }); ok {
			if err := server.Test(ctx); err != nil {
				return err
			}
		} else if a.Config.Mail.Folder == "" {
			return inspections.Fail(inspections.Conflict, "mail.not_configured")
		}
		for _, box := range []any{a.Outbox.Archive, a.Outbox.Returns} {
			if box, ok := box.(interface{ Test(context.Context) error }); ok {
				if err := box.Test(ctx); err != nil {
					return err
				}
			}
		}
		if len(args) == 0 {
			return c.reply(map[string]any{"server": a.Config.Mail.Server, "folder": a.Config.Mail.Folder}, func() {
				c.say("mail.reached", "server", a.Config.Mail.Server+a.Config.Mail.Sendmail+a.Config.Mail.Folder)
			})
		}
		return c.sendTest(ctx, a, args[0])
	})
}

// sendTest puts one letter into the outbox and, where no daemon empties it, does so itself.
func (c *cli) sendTest(ctx context.Context, a *app.App, address string) error {
	at := calendar.InstantOf(a.Now())
	set, err := a.Settings(ctx)
	if err != nil {
		return err
	}
	to := inspections.Party{Kind: inspections.PartyOfficial}
	letter, err := inspections.NewLetter(inspections.LetterTest, "test/"+at.Text(), to, address, address,
		inspections.TestArgs{At: at, Issuer: set[inspections.SetIssuer]})
	if err != nil {
		return err
	}
	letter.Created = at
	if err := a.Store.InTx(ctx, func(tx *store.Tx) error { _, err := tx.Enqueue(letter); return err }); err != nil {
		return err
	}
	if a.Config.DSN == "" {
		unlock, err := lockFile(filepath.Join(a.Config.Data, serveLock))
		if err != nil {
			return c.reply(map[string]any{"to": address, "state": inspections.LetterQueued}, func() { c.say("mail.with_daemon", "to", address) })
		}
		defer unlock()
	}
	if _, err := a.Drain(ctx); err != nil {
		return err
	}
	var sent inspections.Letter
	err = a.Store.View(ctx, func(tx *store.Tx) error {
		letters, err := tx.Letters(inspections.LetterFilter{Kind: inspections.LetterTest})
		for _, l := range letters {
			if l.Key == letter.Key {
				sent = l
			}
		}
		return err
	})
	if err != nil {
		return err
	}
	if sent.State != inspections.LetterAccepted {
		return inspections.Fail(inspections.Busy, "mail.test_failed", "to", address, "state", c.words.Label("letter_state", sent.State), "answer", post.Explain(c.words, sent))
	}
	return c.reply(map[string]any{"to": address, "state": sent.State, "standing": sent.Standing(), "answer": sent.Answer}, func() {
		key := "mail.sent"
		if sent.Standing() != sent.State { // no server has it
			key = "mail.left"
		}
		c.say(key, "to", address, "state", c.words.Label("letter_state", sent.Standing()), "answer", post.Explain(c.words, sent))
	})
}
