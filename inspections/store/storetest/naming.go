package storetest

import (
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/store"
)

var spelled = inspections.Spelling{Name: "张华", Township: "便江", Village: "泉塘"}

// naming: questions and answers come back as written, and change only in what may change.
func naming(t *testing.T, db Database) {
	s, base := grounded(t, db)
	other := spelled
	other.Phone = "19900001001"
	question := inspections.NameQuestion{Import: base.imported.ID, Spelling: spelled, Key: "person_ambiguous", Rows: 3, Sheet: "三月", Row: 17}
	second := inspections.NameQuestion{Import: base.imported.ID, Spelling: other, Key: "person_unknown", Rows: 1, Row: 18}
	answer := inspections.NameAnswer{Spelling: spelled, Verdict: inspections.NameMember, Member: base.member.ID, By: "clerk/1", Recorded: calendar.InstantOf(Now())}
	taken := inspections.NameAnswer{Spelling: spelled, Verdict: inspections.NameOpen, By: "clerk/1", Recorded: calendar.InstantOf(Now())}
	file := inspections.ImportFile{Import: base.imported.ID, Origin: base.imported.ID, SHA: "ab", Name: "a.csv", Month: "2025-03", Told: "{}"}
	write(t, s, func(tx *store.Tx) error {
		return first(tx.AddNameQuestion(&question), tx.AddNameQuestion(&second), tx.AddNameAnswer(&answer), tx.AddNameAnswer(&taken), tx.AddImportFile(file))
	})
	second.Settled = calendar.InstantOf(Now())
	answer.Superseded = taken.ID
	write(t, s, func(tx *store.Tx) error { return first(tx.SaveNameQuestion(second), tx.SaveNameAnswer(answer)) })
	view(t, s, func(tx *store.Tx) error {
		open, err := tx.NameQuestions(true)
		equal(t, open, []inspections.NameQuestion{question})
		all, err2 := tx.NameQuestions(false)
		equal(t, all, []inspections.NameQuestion{question, second})
		of, err3 := tx.NameQuestionsOf(other)
		equal(t, of, []inspections.NameQuestion{second})
		in, err4 := tx.NameQuestionsIn("ab")
		equal(t, in, all)
		one, err5 := tx.NameQuestion(second.ID)
		equal(t, one, second)
		answers, err6 := tx.NameAnswers()
		equal(t, answers, []inspections.NameAnswer{answer, taken})
		got, err7 := tx.ImportFile(base.imported.ID)
		equal(t, got, file)
		return first(err, err2, err3, err4, err5, err6, err7)
	})
	question.Rows = 4
	refuse(t, s, inspections.Conflict, "store.sealed", func(tx *store.Tx) error { return tx.SaveNameQuestion(question) })
	answer.Superseded = taken.ID + 1
	refuse(t, s, inspections.Conflict, "store.sealed", func(tx *store.Tx) error { return tx.SaveNameAnswer(answer) })
	taken.Verdict = inspections.NameOther
	refuse(t, s, inspections.Conflict, "store.sealed", func(tx *store.Tx) error { return tx.SaveNameAnswer(taken) })
	refuse(t, s, inspections.NotFound, "store.not_found", func(tx *store.Tx) error { _, err := tx.NameQuestion(99); return err })
	refuse(t, s, inspections.NotFound, "store.not_found", func(tx *store.Tx) error { _, err := tx.ImportFile(99); return err })
}

// creditedRows: what a superseded answer credited stays on record and counts no longer.
func creditedRows(t *testing.T, db Database) {
	s, base := grounded(t, db)
	day := calendar.NewDate(2025, 3, 3)
	answer := inspections.NameAnswer{Spelling: spelled, Verdict: inspections.NameMember, Member: base.member.ID}
	sign := func(answer int64, of inspections.ImportID, clock string) inspections.SignIn {
		return inspections.SignIn{Member: base.member.ID, Team: base.team.ID, Day: day, Import: of, Clock: clock, Status: inspections.SignPresent, Answer: answer}
	}
	write(t, s, func(tx *store.Tx) error {
		newer := inspections.Import{Kind: "signins", Name: "b.csv"}
		own := inspections.Leave{Member: base.member.ID, Kind: "sick", From: day.Add(1), Until: day.Add(5)}
		err := first(tx.AddNameAnswer(&answer), tx.AddImport(&newer), tx.AddLeave(&own))
		credited := inspections.Leave{Member: base.member.ID, Kind: "sick", From: day.Add(1), Until: day.Add(2), Replaces: own.ID, Answer: answer.ID}
		return first(err, tx.AddLeave(&credited), tx.AddSignIns([]inspections.SignIn{sign(0, base.imported.ID, "08:00:00")}), tx.AddSignIns([]inspections.SignIn{sign(answer.ID, newer.ID, "09:00:00")}))
	})
	counts := func(clock string, leave inspections.LeaveID) {
		t.Helper()
		view(t, s, func(tx *store.Tx) error {
			signs, err := tx.SignIns(day, day)
			equal(t, signs[0].Clock, clock)
			leaves, err2 := tx.Leaves(day, day.Add(9))
			equal(t, ids(leaves, func(l inspections.Leave) inspections.LeaveID { return l.ID }), []int64{int64(leave)})
			return first(err, err2)
		})
	}
	counts("09:00:00", 2)
	write(t, s, func(tx *store.Tx) error {
		taken := inspections.NameAnswer{Spelling: spelled, Verdict: inspections.NameOpen}
		err := tx.AddNameAnswer(&taken)
		answer.Superseded = taken.ID
		return first(err, tx.SaveNameAnswer(answer))
	})
	counts("08:00:00", 1)
}

// erasedNames: with a member's data the name and number go under which files named the member, and nothing else.
func erasedNames(t *testing.T, db Database) {
	s, base := grounded(t, db)
	numbered := spelled
	numbered.Phone = "19900001001"
	other := spelled
	other.Village = "新村"
	write(t, s, func(tx *store.Tx) error {
		var failed []error
		for _, one := range []inspections.Spelling{numbered, other} {
			q := inspections.NameQuestion{Import: base.imported.ID, Spelling: one, Key: "person_unknown", Rows: 1}
			failed = append(failed, tx.AddNameQuestion(&q))
		}
		own := inspections.NameAnswer{Spelling: numbered, Verdict: inspections.NameMember, Member: base.member.ID}
		back := inspections.NameAnswer{Spelling: numbered, Verdict: inspections.NameOpen}
		failed = append(failed, tx.AddNameAnswer(&own), tx.AddNameAnswer(&back))
		own.Superseded = back.ID
		return first(append(failed, tx.SaveNameAnswer(own), tx.EraseMemberNotes(base.member.ID))...)
	})
	view(t, s, func(tx *store.Tx) error {
		questions, err := tx.NameQuestions(false)
		erased := inspections.Spelling{Name: inspections.ErasedWords, Township: spelled.Township, Village: spelled.Village}
		equal(t, []inspections.Spelling{questions[0].Spelling, questions[1].Spelling}, []inspections.Spelling{erased, other})
		answers, err2 := tx.NameAnswers()
		equal(t, []inspections.Spelling{answers[0].Spelling, answers[1].Spelling}, []inspections.Spelling{erased, erased})
		equal(t, answers[0].Superseded, answers[1].ID)
		return first(err, err2)
	})
}
