package storetest

import (
	"fmt"
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/store"
)

// caseParts checks that acts, rules and the ledger come back as written and number themselves.
func caseParts(t *testing.T, db Database) {
	s := db(t, County, nil)
	rounds(t, s, func(g *generator, tx *store.Tx) {
		c := casework.Case{State: casework.Open}
		g.done(tx.AddCase(&c))
		var list []casework.Act
		for i := range 2 {
			var a casework.Act
			g.fill(&a)
			a.Case, a.Seq, a.Kind, a.How = c.ID, 0, casework.ActTalk, casework.HowPhone
			g.done(tx.AddAct(&a))
			g.same(a.Seq, i+1)
			list = append(list, a)
		}
		got, err := tx.Acts(c.ID)
		g.done(err)
		g.same(got, list)

		var told casework.Report
		g.fill(&told)
		told.ID, told.Number, told.How, told.Township, told.Opinion = 0, "", casework.HowPaper, 1, ""
		g.done(tx.AddTownship(&inspections.Township{Code: fmt.Sprint(c.ID), Name: fmt.Sprint(c.ID)}))
		g.done(tx.AddReport(&told))
		list2, err := tx.Reports()
		g.done(err)
		g.same(last(list2), told)
		g.done(told.Answer("x", 1, tx.Now()))
		g.done(tx.SaveReport(told))
		back, err := tx.Report(told.ID)
		g.done(err)
		g.same(back, told)

		var rule casework.Rule
		g.fill(&rule)
		rule.What = casework.RulePropose
		g.done(tx.AddRule(&rule))
		rules, err := tx.Rules()
		g.done(err)
		g.same(last(rules), rule)

		var kind casework.Problem
		g.fill(&kind)
		g.done(tx.AddProblem(&kind))
		kinds, err := tx.Problems()
		g.done(err)
		g.same(last(kinds), kind)

		var line casework.Rectification
		g.fill(&line)
		line.Verified = calendar.Instant{}
		g.done(tx.AddRectification(&line))
		read, err := tx.Rectification(line.ID)
		g.done(err)
		g.same(read, line)
		line.Reported, line.How = tx.Now(), "x"
		line.Verified = tx.Now()
		g.done(tx.SaveRectification(line))
		all, err := tx.Rectifications()
		g.done(err)
		g.same(last(all), line)
	})
}

// casePartsGate checks that acts are written once, that a hand-over slip holds its case open, and that the
// ledger closes only what was reported and verified.
func casePartsGate(t *testing.T, db Database) {
	s := db(t, County, nil)
	var c casework.Case
	var slip casework.Act
	var line casework.Rectification
	write(t, s, func(tx *store.Tx) error {
		c = casework.Case{State: casework.Open}
		if err := tx.AddCase(&c); err != nil {
			return err
		}
		slip = casework.Act{Case: c.ID, Kind: casework.ActHandover, Text: "x"}
		return first(tx.AddBranch(casework.Branch{Case: c.ID, Seq: 1, Side: casework.SideTownship, State: casework.BranchConcluded}),
			tx.AddAct(&slip), tx.AddRectification(&line))
	})
	closing := func(tx *store.Tx) error {
		closed := c
		closed.State, closed.ClosedAt = casework.Closed, tx.Now()
		return tx.SaveCase(closed)
	}
	refuse(t, s, inspections.Conflict, "case.gate", closing)
	write(t, s, func(tx *store.Tx) error { // an answer to another act is no receipt
		return tx.AddAct(&casework.Act{Case: c.ID, Kind: casework.ActReceipt, Answers: slip.Seq + 5})
	})
	refuse(t, s, inspections.Conflict, "case.gate", closing)
	write(t, s, func(tx *store.Tx) error {
		return first(tx.AddAct(&casework.Act{Case: c.ID, Kind: casework.ActReceipt, Answers: slip.Seq}), closing(tx))
	})

	verified := line
	verified.Verified, verified.How = moment(3), "x"
	refuse(t, s, inspections.Conflict, "rectify.gate", func(tx *store.Tx) error { return tx.SaveRectification(verified) })
	verified.Reported, verified.How = moment(2), ""
	refuse(t, s, inspections.Conflict, "rectify.gate", func(tx *store.Tx) error { return tx.SaveRectification(verified) })
	verified.How = "x"
	write(t, s, func(tx *store.Tx) error { return tx.SaveRectification(verified) })
	refuse(t, s, inspections.Conflict, "rectify.gate", func(tx *store.Tx) error { return tx.SaveRectification(line) })
}
