package reports

import (
	"context"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/journal"
)

// Answer records what a township or unit said to a drafted bulletin, with how it was weighed where that is
// known already. Errors: Forbidden, Conflict once the bulletin is issued, Invalid.
func (p *Press) Answer(ctx context.Context, by inspections.Actor, m calendar.Month, a inspections.FactAnswer) (inspections.FactAnswer, error) {
	if !by.Is(inspections.RoleClerk, inspections.RoleAdmin, inspections.RoleLeader) {
		return a, inspections.Fail(inspections.Forbidden, "forbidden", "role", string(by.Role))
	}
	err := p.InTx(ctx, func(tx Tx) error {
		if err := p.drafted(tx, m); err != nil {
			return err
		}
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		if a.Text == "" || partyName(roster, a.Party) == "" {
			return inspections.Fail(inspections.Invalid, "bulletin.answer_incomplete")
		}
		if err := weighed(a.Weighed, a.Reason); err != nil {
			return err
		}
		a.Month, a.By, a.At = m.String(), by.Name, tx.Now()
		if err := tx.AddFactAnswer(&a); err != nil {
			return err
		}
		_, err = journal.Append(tx, journal.Entry{Kind: "bulletin.answer", Actor: by.Ref(), Subject: subject(m), Body: map[string]any{
			"answer": a.ID, "party": string(a.Party.Kind), "party_id": a.Party.ID, "weighed": string(a.Weighed),
		}})
		return err
	})
	return a, err
}

// Weigh says what became of an answer. Errors: Forbidden, Conflict, NotFound, Invalid.
func (p *Press) Weigh(ctx context.Context, by inspections.Actor, m calendar.Month, id int64, as inspections.Weighing, reason string) error {
	if !by.Is(inspections.RoleClerk, inspections.RoleAdmin, inspections.RoleLeader) {
		return inspections.Fail(inspections.Forbidden, "forbidden", "role", string(by.Role))
	}
	if as == "" {
		return inspections.Fail(inspections.Invalid, "bulletin.weighing")
	}
	if err := weighed(as, reason); err != nil {
		return err
	}
	return p.InTx(ctx, func(tx Tx) error {
		if err := p.drafted(tx, m); err != nil {
			return err
		}
		list, err := tx.FactAnswers(m.String())
		if err != nil {
			return err
		}
		for _, a := range list {
			if a.ID != id {
				continue
			}
			a.Weighed, a.Reason = as, reason
			if err := tx.SaveFactAnswer(a); err != nil {
				return err
			}
			_, err := journal.Append(tx, journal.Entry{Kind: "bulletin.answer_weighed", Actor: by.Ref(), Subject: subject(m), Body: map[string]any{"answer": id, "weighed": string(as)}})
			return err
		}
		return inspections.Fail(inspections.NotFound, "bulletin.no_answer", "id", id)
	})
}

// drafted refuses when the month has no draft that waits for its signature.
func (p *Press) drafted(tx Tx, m calendar.Month) error {
	issue, err := tx.IssueOf(kindBulletin, m.String())
	switch {
	case inspections.IsNotFound(err):
		return inspections.Fail(inspections.Conflict, "bulletin.not_drafted", "month", m.String())
	case err != nil:
		return err
	case issue.State != inspections.IssueDraft:
		return inspections.Fail(inspections.Conflict, "bulletin.issued", "month", m.String(), "number", issue.Number)
	}
	return nil
}

// weighed refuses an unknown weighing, and one that is not adopted in full without a reason: it is printed.
func weighed(as inspections.Weighing, reason string) error {
	switch as {
	case "", inspections.Adopted:
		return nil
	case inspections.Partly, inspections.Rejected:
		if reason == "" {
			return inspections.Fail(inspections.Invalid, "bulletin.weighing_reason")
		}
		return nil
	}
	return inspections.Fail(inspections.Invalid, "bulletin.weighing")
}

// printedAnswers are a month's answers as annex 3 prints them: bodies, no persons.
func printedAnswers(tx Tx, month string) ([]Answer, error) {
	list, err := tx.FactAnswers(month)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	roster, err := tx.Roster()
	if err != nil {
		return nil, err
	}
	m, err := calendar.ParseMonth(month)
	if err != nil {
		return nil, err
	}
	roster = roster.On(monthEnd(m)) // a copy printed after a renaming is the paper that left
	var printed []Answer
	for _, a := range list {
		printed = append(printed, Answer{From: partyName(roster, a.Party), Text: a.Text, Weighed: string(a.Weighed), Reason: a.Reason})
	}
	return printed, nil
}

// partyName is a township's or unit's name; "" for others.
func partyName(roster *inspections.Roster, p inspections.Party) string {
	switch p.Kind {
	case inspections.PartyTownship:
		t, _ := roster.Township(inspections.TownshipID(p.ID))
		return t.Name
	case inspections.PartyUnit:
		u, _ := roster.Unit(inspections.UnitID(p.ID))
		return u.Name
	}
	return ""
}
