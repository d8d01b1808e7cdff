package office

import (
	"context"
	"fmt"
	"slices"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/duties"
)

// Act records one act of a case: a talk signed by two, a fact-check, a hand-over slip and its receipt, a
// naming, a reply, an appeal and the like. What the act changes happens in the same transaction. Errors:
// Forbidden for who must stand aside, Invalid and Conflict as the act's kind needs.
func (o *Office) Act(ctx context.Context, by inspections.Actor, id inspections.CaseID, a casework.Act) (casework.Act, error) {
	return o.ActWith(ctx, by, id, a, Scan{})
}

// Scan is a stamped original as it was scanned or sent: JPEG, PNG or PDF.
type Scan struct {
	Media string
	Data  []byte
}

// ActWith is Act with the original that shows it; the act names its bytes by their hash. A township or
// unit states, replies, appeals and asks for recusal in its own investigation, and for its own member in theirs.
func (o *Office) ActWith(ctx context.Context, by inspections.Actor, id inspections.CaseID, a casework.Act, scan Scan) (casework.Act, error) {
	n, _ := casework.Needs(a.Kind)
	body := by.Is(inspections.RoleTownship, inspections.RoleUnit) && by != inspections.System
	roles := []inspections.Role{inspections.RoleClerk, inspections.RoleAdmin, inspections.RoleLeader}
	switch {
	case n.Leader:
		roles = []inspections.Role{inspections.RoleLeader}
	case n.Bodies:
		roles = append(roles, inspections.RoleTownship, inspections.RoleUnit)
	}
	if err := allow(by, roles...); err != nil {
		return a, err
	}
	err := o.InTx(ctx, func(tx Tx) error {
		w, err := wholeOf(tx, id)
		if err != nil {
			return err
		}
		a.Case, a.At, a.By = id, tx.Now(), by.User
		if err := a.Check(w.Case, w.Branches, w.Measures, w.Acts); err != nil {
			return err
		}
		if body {
			if err := ownPart(tx, by, w, &a); err != nil {
				return err
			}
		} else if a.Kind != casework.ActRecused && a.Kind != casework.ActRecusalAsk {
			if err := standsAside(tx, by, w); err != nil {
				return err
			}
		}
		if len(scan.Data) > 0 {
			if a.SHA, err = tx.PutBlob(scan.Media, scan.Data); err != nil {
				return err
			}
		}
		if a.Kind == casework.ActOriginal && a.SHA == "" {
			return inspections.Fail(inspections.Invalid, "case.original_missing", "case", w.Case.Number)
		}
		if err := o.consequence(tx, by, w, &a); err != nil {
			return err
		}
		if err := tx.AddAct(&a); err != nil {
			return err
		}
		if err := o.owedBy(tx, by, w, a); err != nil {
			return err
		}
		return o.recordAct(tx, by, a)
	})
	return a, err
}

// recordAct writes an act's entry in the journal; its words are salted commitments.
func (o *Office) recordAct(tx Tx, by inspections.Actor, a casework.Act) error {
	about := map[string]any{
		"act": a.Seq, "kind": string(a.Kind), "branch": a.Branch, "answers": a.Answers, "measure": int64(a.Measure), "second": int64(a.Second), "sha256": a.SHA,
	}
	if a.How != "" {
		about["how"], about["member"] = a.How, int64(a.Member)
	}
	return o.recordWords(tx, by, entryAct, subjectCase(a.Case), about, wordsOfAct(a))
}

// ownPart holds a township or unit to its own investigation, or its own member's, and the measures that came out of it; a
// case that it was not told of does not exist for it.
func ownPart(tx Tx, by inspections.Actor, w file, a *casework.Act) error {
	if w.Case.State != casework.Open && w.Case.State != casework.Closed {
		return inspections.Fail(inspections.NotFound, "case.unknown", "case", w.Case.Number)
	}
	own := map[int]bool{}
	for _, b := range w.Branches {
		if b.Party == by.Party && by.Party.ID != 0 {
			own[b.Seq] = true
		}
	}
	if len(own) == 0 {
		return inspections.Fail(inspections.NotFound, "case.unknown", "case", w.Case.Number)
	}
	branch := a.Branch
	for _, m := range w.Measures {
		if a.Measure == m.ID {
			branch = m.Branch
		}
	}
	if own[branch] {
		return nil
	}
	roster, err := tx.Roster()
	if err != nil {
		return err
	}
	for _, b := range w.Branches {
		if b.Seq == branch && SpeaksFor(roster, by.Party, w.Case, b) {
			return speak(roster, by, w, b, a)
		}
	}
	return inspections.Fail(inspections.Forbidden, "case.not_your_branch", "case", w.Case.Number, "branch", branch)
}

// file is a case with all its parts.
type file struct {
	casework.Whole
	Acts []casework.Act
}

func wholeOf(tx Tx, id inspections.CaseID) (file, error) {
	var w file
	var err error
	if w.Case, err = tx.Case(id); err != nil {
		return w, err
	}
	if w.Branches, err = tx.Branches(id); err != nil {
		return w, err
	}
	if w.Measures, err = tx.Measures(id); err != nil {
		return w, err
	}
	w.Acts, err = tx.Acts(id)
	return w, err
}

// standsAside refuses who may not handle a case: of their own unit or township, or recused from it.
func standsAside(tx Tx, by inspections.Actor, w file) error {
	refusal := inspections.Fail(inspections.Forbidden, "case.stands_aside", "case", w.Case.Number)
	if by.User != 0 && casework.Recused(w.Acts, by.User) {
		return refusal
	}
	if by.Party.ID == 0 {
		return nil
	}
	own := map[inspections.Party]bool{by.Party: true}
	if by.Party.Kind == inspections.PartyInspector {
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		if n, ok := roster.Inspector(inspections.InspectorID(by.Party.ID)); ok {
			own[inspections.Party{Kind: inspections.PartyTownship, ID: int64(n.Home)}] = n.Home != 0
			for _, unit := range append(n.Avoid, n.OwnUnit) {
				own[inspections.Party{Kind: inspections.PartyUnit, ID: int64(unit)}] = unit != 0
			}
		}
	}
	for _, b := range w.Branches {
		if own[b.Party] {
			return refusal
		}
	}
	return nil
}

// consequence does what an act brings about.
func (o *Office) consequence(tx Tx, by inspections.Actor, w file, a *casework.Act) error {
	switch a.Kind {
	case casework.ActInvited:
		return o.invited(tx, a)
	case casework.ActStatement:
		return saveStatement(tx, w, a.Branch, a.Text)
	case casework.ActReopened:
		return o.reopen(tx, w, a)
	case casework.ActExtended:
		return o.extend(tx, by, w, a)
	case casework.ActNamed:
		return naming(w, a)
	case casework.ActServed:
		for _, m := range w.Measures {
			if m.ID == a.Measure && m.Served.IsZero() {
				m.Served = tx.Now()
				if err := tx.SaveMeasure(m); err != nil {
					return err
				}
				return o.served(tx, by, m.ID)
			}
		}
		return inspections.Fail(inspections.Conflict, "case.measure_served", "measure", int64(a.Measure))
	case casework.ActExecuted:
		return executed(tx, w, a.Measure)
	case casework.ActReplaced:
		return replaced(tx, a.Measure)
	case casework.ActAppeal:
		return o.mayAppeal(tx, w, a)
	case casework.ActAppealEnd:
		if n, _ := casework.Needs(a.Kind); !slices.Contains(n.Outcomes, a.Outcome) {
			return inspections.Fail(inspections.Invalid, "case.appeal_outcome", "outcome", a.Outcome)
		}
	}
	return nil
}

// executed ends a measure that was served.
func executed(tx Tx, w file, id inspections.MeasureID) error {
	for _, m := range w.Measures {
		switch {
		case m.ID != id:
			continue
		case !m.Executed.IsZero():
			return inspections.Fail(inspections.Conflict, "case.measure_done", "measure", int64(id))
		case m.Served.IsZero():
			return inspections.Fail(inspections.Conflict, "case.not_served", "measure", int64(id))
		}
		m.Executed = tx.Now()
		return tx.SaveMeasure(m)
	}
	return inspections.Fail(inspections.NotFound, "case.measure_not_found", "measure", int64(id))
}

func saveStatement(tx Tx, w file, seq int, text string) error {
	for _, b := range w.Branches {
		if b.Seq == seq {
			b.Statement = text
			return tx.SaveBranch(b)
		}
	}
	return nil
}

// reopen takes a closed case up again: the named branch, or all, stand open and the clock of 3.6 starts anew.
func (o *Office) reopen(tx Tx, w file, a *casework.Act) error {
	c := w.Case
	if err := c.Reopen(a.Text); err != nil {
		return err
	}
	set, err := settings(tx)
	if err != nil {
		return err
	}
	owed := duties.Obligation{Subject: subjectCase(c.ID), Period: fmt.Sprintf("reopened %d", 1+reopenings(w.Acts))}
	if c.Due, err = o.oweCase(tx, &owed, set, inspections.StartReopened); err != nil {
		return err
	}
	if _, err := tx.AddObligation(&owed); err != nil {
		return err
	}
	a.Due = c.Due
	if err := tx.SaveCase(c); err != nil {
		return err
	}
	for _, b := range w.Branches {
		if a.Branch != 0 && b.Seq != a.Branch {
			continue
		}
		b.State, b.Concluded, b.ConcludedBy, b.ApprovedBy = casework.BranchOpen, calendar.Instant{}, 0, 0
		if err := tx.SaveBranch(b); err != nil {
			return err
		}
	}
	return nil
}

func reopenings(acts []casework.Act) int {
	n := 0
	for _, a := range acts {
		if a.Kind == casework.ActReopened {
			n++
		}
	}
	return n
}

// extend moves the clock of 3.6, with reason and approver; the first date stays visible.
func (o *Office) extend(tx Tx, by inspections.Actor, w file, a *casework.Act) error {
	open, err := tx.Obligations(duties.Filter{Kind: duties.CaseConclude, Subject: subjectCase(w.Case.ID), Open: true})
	if err != nil {
		return err
	}
	if len(open) == 0 {
		return inspections.Fail(inspections.Conflict, "duty.not_running", "duty", 0)
	}
	for _, owed := range open {
		if err := owed.Extend(a.Due, a.Text, by.User); err != nil {
			return err
		}
		if err := tx.SaveObligation(owed); err != nil {
			return err
		}
	}
	c := w.Case
	c.Due = a.Due
	return tx.SaveCase(c)
}

// naming approves that a person is named, which only a concluded measure allows.
func naming(w file, a *casework.Act) error {
	for _, m := range w.Measures {
		if m.ID == a.Measure && m.Executed.IsZero() {
			return inspections.Fail(inspections.Conflict, "case.naming_early", "measure", int64(a.Measure))
		}
	}
	if casework.Named(w.Acts, a.Measure) {
		return inspections.Fail(inspections.Conflict, "case.named", "measure", int64(a.Measure))
	}
	return nil
}

// replaced ends a vacancy and both replacement clocks (2.1, 3.1).
func replaced(tx Tx, m inspections.MeasureID) error {
	for _, kind := range []duties.Kind{duties.ReplaceUnit, duties.ReplaceCounty} {
		if err := duties.Fulfil(tx, duties.Filter{Kind: kind, Subject: subjectMeasure(m)}, "replaced"); err != nil {
			return err
		}
	}
	return nil
}

// owedBy starts and ends the clocks that stand on an act.
func (o *Office) owedBy(tx Tx, by inspections.Actor, w file, a casework.Act) error {
	switch a.Kind {
	case casework.ActInvited:
		i := index(w.Branches, func(b casework.Branch) bool { return b.Seq == a.Branch })
		return o.oweStatement(tx, w.Branches[i], w.Acts, a)
	case casework.ActHandover:
		owed := duties.Obligation{
			Kind: duties.HandoverReply, Clause: "3.6", Party: inspections.Party{Kind: inspections.PartyCounty}, Subject: a.Subject(),
			Started: tx.Now(), Due: a.Due,
		}
		if owed.Due.IsZero() {
			set, err := settings(tx)
			if err != nil {
				return err
			}
			if err := owed.RunDays(o.Calendar, tx.Now().Date(), set.Int(inspections.SetHandoverDays), duties.StartOf(set, inspections.StartSent)); err != nil {
				return err
			}
		}
		_, err := tx.AddObligation(&owed)
		return err
	case casework.ActAppeal:
		owed := duties.Obligation{
			Kind: duties.AppealAnswer, Clause: "3.6", Party: inspections.Party{Kind: inspections.PartyCounty}, Subject: a.Subject(), Started: tx.Now(), Due: a.Due,
		}
		_, err := tx.AddObligation(&owed)
		return err
	case casework.ActAppealEnd:
		appeal := casework.Act{Case: a.Case, Seq: a.Answers}
		if err := duties.Fulfil(tx, duties.Filter{Kind: duties.AppealAnswer, Subject: appeal.Subject()}, a.Subject()); err != nil {
			return err
		}
		return o.correct(tx, by, a)
	case casework.ActReceipt:
		slip := casework.Act{Case: a.Case, Seq: a.Answers}
		return duties.Fulfil(tx, duties.Filter{Kind: duties.HandoverReply, Subject: slip.Subject()}, a.Subject())
	}
	if a.Hears() {
		return endStatement(tx, a.Branch, w.Acts, a.Subject())
	}
	return nil
}
