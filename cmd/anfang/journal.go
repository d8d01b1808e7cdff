package main

import (
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"errors"

	"github.com/spf13/cobra"

	"anfang.example/cmd/anfang/app"
	"anfang.example/inspections"
	"anfang.example/inspections/intake"
	"anfang.example/inspections/journal"
	"anfang.example/inspections/office"
	"anfang.example/inspections/store"
)

// journal is `anfang journal`: the chain over everything recorded.
func (c *cli) journal() *cobra.Command {
	return c.group("journal", "journal", c.journalVerify(), c.journalHead(), c.journalErase())
}

// journalVerify checks the chain, and each old paper against it: a paper also shows a tail that was cut
// off and a database that was set back.
func (c *cli) journalVerify() *cobra.Command {
	var told, files []string
	cmd := c.command("journal.verify", "verify", func(ctx context.Context, _ []string) error {
		papers, err := papersOf(told, files)
		if err != nil {
			return err
		}
		return c.with(ctx, func(a *app.App) error {
			var public ed25519.PublicKey // the chain itself needs no key; papers do
			if len(papers) > 0 {
				signer, err := a.Keys().KnownSigner()
				if err != nil {
					return err
				}
				public = signer.Public()
			}
			var n int64
			var head string
			var words office.Words
			err = a.Store.View(ctx, func(tx *store.Tx) (err error) {
				if n, head, err = journal.VerifyPapers(tx, papers, public); err != nil {
					return err
				}
				words, err = office.CheckWords(tx)
				return err
			})
			if err != nil {
				return tornSaid(err)
			}
			return c.reply(map[string]any{"records": n, "head": head, "papers": len(papers), "words": words.Checked, "erased": words.Erased,
				"members": words.Members, "members_erased": words.MembersErased, "members_unheld": words.Unheld}, func() {
				c.say("journal.whole", "n", n, "head", head)
				c.say("journal.words", "n", words.Checked, "erased", words.Erased)
				c.say("journal.members", "n", words.Members, "erased", words.MembersErased)
				if words.Unheld > 0 {
					c.say("journal.unheld", "n", words.Unheld)
				}
				if len(papers) > 0 {
					c.say("journal.papers", "n", len(papers))
				}
			})
		})
	})
	c.texts(cmd, &told, "head", "SEQ:HASH[:SIG]")
	c.texts(cmd, &files, "paper", "FILE")
	return cmd
}

// papersOf collects the heads that were typed in or stand in text files.
func papersOf(told, files []string) ([]journal.Head, error) {
	var papers []journal.Head
	for _, text := range told {
		found := journal.HeadsIn(text)
		if len(found) != 1 {
			return nil, wrong("usage.pair", "flag", "--head", "value", text, "form", "SEQ:HASH[:SIG]")
		}
		papers = append(papers, found...)
	}
	for _, path := range files {
		file, err := intake.Load(path)
		if err != nil {
			return nil, err
		}
		found := journal.HeadsIn(string(file.Data))
		if len(found) == 0 {
			return nil, inspections.Fail(inspections.Invalid, "journal.no_head", "file", path)
		}
		papers = append(papers, found...)
	}
	return papers, nil
}

// tornSaid turns what verification found into a sentence.
func tornSaid(err error) error {
	var torn *journal.TornError
	var changed *office.ChangedError
	switch {
	case errors.As(err, &changed):
		return inspections.Fail(inspections.Conflict, "journal.words_changed", "seq", changed.Seq, "field", changed.Field).Because(err)
	case errors.As(err, &torn) && torn.Reason == "cut":
		return inspections.Fail(inspections.Conflict, "journal.cut", "paper", torn.Paper.Seq, "last", torn.Last).Because(err)
	case errors.As(err, &torn) && torn.Reason == "rewound":
		return inspections.Fail(inspections.Conflict, "journal.rewound", "paper", torn.Paper.Seq).Because(err)
	case errors.As(err, &torn):
		return inspections.Fail(inspections.Conflict, "journal.forged", "paper", torn.Paper.Seq).Because(err)
	}
	return err
}

// journalHead prints where the chain stands, signed, to be kept on paper.
func (c *cli) journalHead() *cobra.Command {
	return c.command("journal.head", "head", func(ctx context.Context, _ []string) error {
		return c.with(ctx, func(a *app.App) error {
			signer, err := a.Keys().KnownSigner()
			if err != nil {
				return err
			}
			var r journal.Record
			err = a.Store.View(ctx, func(tx *store.Tx) (err error) {
				r, err = tx.JournalHead()
				return err
			})
			if err != nil {
				return err
			}
			head := journal.HeadOf(r, signer)
			public := hex.EncodeToString(signer.Public())
			return c.reply(map[string]any{"head": head, "printed": head.String(), "public": public}, func() {
				c.say("journal.head", "seq", head.Seq, "head", head.String(), "public", public)
			})
		})
	})
}

// journalErase erases what a record of the journal commits to, or a member's data; it needs a signature and a reason.
func (c *cli) journalErase() *cobra.Command {
	var reason, member string
	cmd := c.command("journal.erase", "erase [SEQ]", func(ctx context.Context, args []string) error {
		if (len(args) == 1) == (member != "") {
			return wrong("usage.missing", "use", "anfang journal erase SEQ | --member NAME|ID")
		}
		return c.with(ctx, func(a *app.App) error {
			who, err := c.signer(ctx, a)
			if err != nil {
				return err
			}
			if member != "" {
				return c.eraseMember(ctx, a, who.AsActor(), member, reason)
			}
			seq, err := number("SEQ", args[0])
			if err != nil {
				return err
			}
			done, err := a.Office.EraseWords(ctx, who.AsActor(), seq, reason)
			if err != nil {
				return err
			}
			return c.reply(map[string]any{"erased": done}, func() { c.say("journal.erased", "seq", seq, "files", done.Files) })
		})
	})
	c.text(cmd, &member, "member", "", "NAME|PHONE|ID")
	c.text(cmd, &reason, "reason", "", "TEXT")
	return cmd
}

// eraseMember erases a member's data, and tells what is left to see to.
func (c *cli) eraseMember(ctx context.Context, a *app.App, by inspections.Actor, member, reason string) error {
	roster, err := rosterOf(ctx, a)
	if err != nil {
		return err
	}
	m, err := servedIn(roster, "member", member, 0)
	if err != nil {
		return err
	}
	done, err := a.Office.EraseMember(ctx, by, m.ID, reason)
	if err != nil {
		return err
	}
	return c.reply(map[string]any{"erased": done}, func() {
		c.say("journal.member_erased", "member", int64(m.ID), "letters", done.Letters, "notes", done.Notes)
		if done.Left > 0 {
			c.say("journal.member_left", "n", done.Left)
		}
		if len(done.Cases) > 0 {
			c.say("journal.member_cases", "cases", c.words.Join(done.Cases))
		}
	})
}
