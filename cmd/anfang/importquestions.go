package main

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"anfang.example/cmd/anfang/app"
	"anfang.example/inspections"
	"anfang.example/inspections/intake"
	"anfang.example/inspections/store"
)

// nameMatters reads what is asked about names, with the roster.
func nameMatters(ctx context.Context, a *app.App) (list []inspections.NameMatter, roster *inspections.Roster, err error) {
	err = a.Store.View(ctx, func(tx *store.Tx) error {
		questions, err := tx.NameQuestions(false)
		if err != nil {
			return err
		}
		answers, err := tx.NameAnswers()
		if err != nil {
			return err
		}
		list = inspections.NameMatters(questions, answers)
		roster, err = tx.Roster()
		return err
	})
	return list, roster, err
}

// importQuestions is `anfang import questions`: names in files that somebody must settle.
func (c *cli) importQuestions() *cobra.Command {
	var answered bool
	cmd := c.command("import.questions", "questions", func(ctx context.Context, _ []string) error {
		return c.with(ctx, func(a *app.App) error {
			list, roster, err := nameMatters(ctx, a)
			if err != nil {
				return err
			}
			if !answered {
				list = slices.DeleteFunc(list, func(m inspections.NameMatter) bool { return !m.Open })
			}
			return c.reply(map[string]any{"questions": list}, func() { c.tellQuestions(list, roster) })
		})
	})
	c.toggle(cmd, &answered, "answered")
	return cmd
}

func (c *cli) tellQuestions(list []inspections.NameMatter, roster *inspections.Roster) {
	if len(list) == 0 {
		c.say("import.questions.none")
		return
	}
	var rows [][]string
	for _, m := range list {
		rows = append(rows, []string{
			strconv.FormatInt(m.ID, 10), spelledOut(m.Spelling), c.words.T("problem." + m.Key), strconv.Itoa(m.Rows), c.held(m, roster),
		})
	}
	c.table([]string{"question", "spelled", "cause", "rows", "holds"}, rows)
	for _, m := range list {
		var same []string
		for _, one := range roster.Namesakes(m.Name) {
			same = append(same, c.memberPlaced(one, roster))
		}
		if m.Open && len(same) > 0 {
			c.say("import.questions.namesakes", "id", m.ID, "who", c.words.Join(same))
		}
	}
}

func spelledOut(s inspections.Spelling) string {
	return strings.Join(slices.DeleteFunc([]string{s.Name, s.Township, s.Village, s.Phone}, func(part string) bool { return part == "" }), " ")
}

// held says what was answered last.
func (c *cli) held(m inspections.NameMatter, roster *inspections.Roster) string {
	switch {
	case m.Answer == nil:
		return c.words.T("naming.none")
	case m.Answer.Verdict == inspections.NameMember:
		member, _ := roster.Member(m.Answer.Member)
		return c.memberPlaced(member, roster)
	}
	return c.words.Label("naming.verdict", m.Answer.Verdict)
}

func (c *cli) memberPlaced(m inspections.Member, roster *inspections.Roster) string {
	return c.words.T("cli.import.questions.member", "id", int64(m.ID), "name", m.Name, "place", c.words.Join(roster.Served(m.ID)))
}

// importAnswer is `anfang import answer`: whom a name means, for the rows that wait and for later files.
func (c *cli) importAnswer() *cobra.Command {
	return c.step("import.answer", "answer ID WHO", func(ctx context.Context, a *app.App, by inspections.Actor, args []string) error {
		id, err := number("ID", args[0])
		if err != nil {
			return err
		}
		var question inspections.NameQuestion
		err = a.Store.View(ctx, func(tx *store.Tx) (err error) {
			question, err = tx.NameQuestion(id)
			return err
		})
		if err != nil {
			return err
		}
		said := inspections.NameAnswer{Spelling: question.Spelling}
		switch args[1] {
		case "none":
			said.Verdict = inspections.NameOther
		case "open":
			said.Verdict = inspections.NameOpen
		default:
			roster, err := rosterOf(ctx, a)
			if err != nil {
				return err
			}
			member, err := memberTold(roster, "WHO", args[1])
			if err != nil {
				return err
			}
			said.Verdict, said.Member = inspections.NameMember, member.ID
		}
		done, err := a.Office.AnswerName(ctx, by, said, intake.Reread)
		if err != nil {
			return err
		}
		return c.reply(done, func() { c.say("import.answered", "name", question.Name, "n", done.Rows) })
	})
}
