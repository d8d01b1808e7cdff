package office

import (
	"context"

	"anfang.example/inspections"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/duties"
)

// ApproveCase records the approval to start: branches open and the letters to both sides leave, in one
// transaction. duty is the approver's post as printed. Errors: Forbidden, Conflict, NotFound.
func (o *Office) ApproveCase(ctx context.Context, by inspections.Actor, id inspections.CaseID, duty string) (casework.Case, error) {
	return o.decide(ctx, by, id, casework.BranchOpen, duty, func(tx Tx, c *casework.Case) error {
		if err := c.Approve(by.User, duty, tx.Now()); err != nil {
			return err
		}
		going, err := o.restart(tx, by, duties.Filter{Kind: duties.CaseConclude, Subject: subjectCase(id)}, inspections.StartApproved, inspections.SetCaseDays)
		if err != nil {
			return err
		}
		for _, owed := range going {
			c.Due = shownEnd(owed)
		}
		return o.sendStartLetters(tx, *c)
	})
}

// RefuseCase closes a proposed case as not started, with a reason that stays visible.
func (o *Office) RefuseCase(ctx context.Context, by inspections.Actor, id inspections.CaseID, duty, reason string) (casework.Case, error) {
	return o.decide(ctx, by, id, casework.BranchDropped, duty, func(tx Tx, c *casework.Case) error {
		if err := c.Refuse(by.User, duty, reason, tx.Now()); err != nil {
			return err
		}
		return duties.Fulfil(tx, duties.Filter{Kind: duties.CaseConclude, Subject: subjectCase(id)}, "refused")
	})
}

func (o *Office) decide(ctx context.Context, by inspections.Actor, id inspections.CaseID, to casework.BranchState, duty string, move func(Tx, *casework.Case) error) (casework.Case, error) {
	if err := allow(by, inspections.RoleLeader); err != nil {
		return casework.Case{}, err
	}
	var c casework.Case
	err := o.InTx(ctx, func(tx Tx) error {
		var err error
		if c, err = tx.Case(id); err != nil {
			return err
		}
		branches, err := tx.Branches(id)
		if err != nil {
			return err
		}
		if err := mayDecideStart(tx, by, c, branches, duty); err != nil {
			return err
		}
		if err := move(tx, &c); err != nil {
			return err
		}
		for _, b := range branches {
			b.State = to
			if err := tx.SaveBranch(b); err != nil {
				return err
			}
		}
		if err := tx.SaveCase(c); err != nil {
			return err
		}
		subject := subjectCase(id)
		for _, kind := range []duties.Kind{duties.CaseApprove, duties.Opinion} {
			if err := duties.Fulfil(tx, duties.Filter{Kind: kind, Subject: subject}, string(c.State)); err != nil {
				return err
			}
		}
		return o.recordWords(tx, by, "case."+string(c.State), subject, map[string]any{"number": c.Number, "duty": c.DecideDuty}, map[string]string{"reason": c.Reason})
	})
	return c, err
}

// mayDecideStart holds the approver to the powers: whoever decides the start of a case must have the
// competence for every side of it, and must not belong to one. A member's branch goes with the others.
func mayDecideStart(tx Tx, by inspections.Actor, c casework.Case, branches []casework.Branch, duty string) error {
	acts, err := tx.Acts(c.ID)
	if err != nil {
		return err
	}
	if err := standsAside(tx, by, file{casework.Whole{Case: c, Branches: branches}, acts}); err != nil {
		return err
	}
	rules, err := tx.Rules()
	if err != nil {
		return err
	}
	for _, b := range branches {
		if err := rules.MayStart(tx.Now().Date(), b.Side, duty); err != nil {
			return err
		}
	}
	return nil
}
