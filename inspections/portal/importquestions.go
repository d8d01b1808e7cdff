package portal

import (
	"fmt"
	"slices"
	"strings"

	"anfang.example/inspections"
	"anfang.example/inspections/intake"
)

type questionLine struct {
	inspections.NameMatter
	Reason    string
	File      string   // in which it stood first
	Namesakes []string // members of exactly that name
	Holds     string   // what was answered last
}

type questionsView struct {
	Open, Answered []questionLine
	Members        []string
}

// importQuestions lists the names that somebody must settle, and what was answered.
func importQuestions(x *exchange) (answer, error) {
	var view questionsView
	err := x.view(func(tx Tx) error {
		matters, err := nameMatters(tx)
		if err != nil {
			return err
		}
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		for _, m := range matters {
			line := questionLine{NameMatter: m, Reason: x.words.T("problem." + m.Key), Holds: x.held(m, roster)}
			first, err := tx.Import(m.Imports[0])
			if err != nil {
				return err
			}
			line.File = first.Name
			for _, one := range roster.Namesakes(m.Name) {
				line.Namesakes = append(line.Namesakes, memberChoiceOf(roster, one))
			}
			if m.Open {
				view.Open = append(view.Open, line)
			} else {
				view.Answered = append(view.Answered, line)
			}
		}
		slices.Reverse(view.Answered)
		view.Members = memberChoicesIn(roster)
		return nil
	})
	return show("importquestions", x.words.T("portal.questions.title"), view), err
}

func nameMatters(tx Tx) ([]inspections.NameMatter, error) {
	questions, err := tx.NameQuestions(false)
	if err != nil {
		return nil, err
	}
	answers, err := tx.NameAnswers()
	return inspections.NameMatters(questions, answers), err
}

// held says what was answered last; "" nothing.
func (x *exchange) held(m inspections.NameMatter, roster *inspections.Roster) string {
	switch {
	case m.Answer == nil:
		return ""
	case m.Answer.Verdict == inspections.NameMember:
		member, _ := roster.Member(m.Answer.Member)
		return memberChoiceOf(roster, member)
	}
	return x.words.Label("naming.verdict", m.Answer.Verdict)
}

// importAnswer keeps whom a name means; the rows that waited are taken with it.
func importAnswer(x *exchange) (answer, error) {
	id, err := x.number("id")
	if err != nil {
		return answer{}, err
	}
	var question inspections.NameQuestion
	err = x.view(func(tx Tx) (err error) {
		question, err = tx.NameQuestion(id)
		return err
	})
	if err != nil {
		return answer{}, err
	}
	f := x.form()
	said := inspections.NameAnswer{Spelling: question.Spelling, Verdict: inspections.NameVerdict(f.text("verdict"))}
	page := func() (answer, error) { return importQuestions(x) }
	if said.Verdict == inspections.NameMember {
		field := fmt.Sprintf("who-%d", id)
		number, _, _ := strings.Cut(f.text(field), " ")
		said.Member = inspections.MemberID(max(wholeNumber(number), 0))
		if said.Member == 0 {
			f.fail(field, "not_chosen")
			return f.again(page)
		}
	}
	if _, err := x.p.cfg.Office.AnswerName(x.ctx(), x.actor(), said, intake.Reread); err != nil {
		return x.refused(err, page)
	}
	return goTo("/imports/questions", "import_answered"), nil
}

// memberChoicesIn lists whom an answer may name: the id first, so that homonyms are told apart.
func memberChoicesIn(roster *inspections.Roster) []string {
	var list []string
	for _, m := range roster.Members {
		list = append(list, memberChoiceOf(roster, m))
	}
	return list
}

func memberChoiceOf(roster *inspections.Roster, m inspections.Member) string {
	return fmt.Sprintf("%d %s %s", m.ID, m.Name, strings.Join(roster.Served(m.ID), " "))
}

// questionTasks asks a clerk to settle the names that wait.
func questionTasks(tx Tx, x *exchange, _ *inspections.Roster) ([]task, error) {
	if !x.actor().Is(clerks...) {
		return nil, nil
	}
	open, err := tx.NameQuestions(true)
	if err != nil || len(open) == 0 {
		return nil, err
	}
	n := len(inspections.NameMatters(open, nil))
	return []task{{Key: "questions", What: x.words.T("portal.task.questions.names", "n", n), Path: "/imports/questions"}}, nil
}
