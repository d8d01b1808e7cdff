package office

import (
	"context"
	"fmt"

	"anfang.example/inspections"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/duties"
)

func subjectRectify(id inspections.MeasureID) string { return fmt.Sprintf("rectify/%d", id) }

// OpenRectification adds a line to the ledger of rectification: a problem, who puts it right and by when.
// Its clock is an obligation of the party. Errors: Forbidden, Invalid without problem, action or an end,
// Conflict when the party has a line for the finding already.
func (o *Office) OpenRectification(ctx context.Context, by inspections.Actor, r casework.Rectification) (casework.Rectification, error) {
	if err := allow(by, inspections.RoleClerk, inspections.RoleAdmin, inspections.RoleLeader); err != nil {
		return r, err
	}
	err := o.InTx(ctx, func(tx Tx) error {
		if r.Problem == "" || r.Action == "" || r.Party.Kind == "" || !r.Due.After(tx.Now().Time) {
			return inspections.Fail(inspections.Invalid, "rectify.incomplete")
		}
		earlier, err := tx.Rectifications()
		if err != nil {
			return err
		}
		r.Times, r.Opened = 1, tx.Now()
		for _, other := range earlier {
			if r.Finding != 0 && other.Finding == r.Finding && other.Party == r.Party {
				return inspections.Fail(inspections.Conflict, "rectify.stands", "id", int64(other.ID), "finding", int64(r.Finding))
			}
			if other.Party == r.Party && other.Problem == r.Problem && other.Opened.Local().Year() == tx.Now().Local().Year() {
				r.Times++
			}
		}
		if err := tx.AddRectification(&r); err != nil {
			return err
		}
		owed := duties.Obligation{Kind: duties.Rectify, Clause: r.Clause, Party: r.Party, Subject: subjectRectify(r.ID), Started: tx.Now(), Due: r.Due}
		if _, err := tx.AddObligation(&owed); err != nil {
			return err
		}
		return record(tx, by, "rectify.opened", subjectRectify(r.ID), map[string]any{"case": int64(r.Case), "party": r.Party, "due": r.Due, "times": r.Times})
	})
	return r, err
}

// Proof is what a party shows for what it did: words, and a scan or picture where there is one.
type Proof struct {
	Text  string
	Media string
	Data  []byte
}

// ReportRectification keeps what the party says it did, with its proof; the line stays open until verified.
func (o *Office) ReportRectification(ctx context.Context, by inspections.Actor, id inspections.MeasureID, proof Proof) error {
	return o.rectify(ctx, by, id, "rectify.reported", func(tx Tx, r *casework.Rectification) error {
		own := by.Is(inspections.RoleTownship, inspections.RoleUnit) && by.Party == r.Party
		if !own && !by.Is(inspections.RoleClerk, inspections.RoleAdmin, inspections.RoleLeader) {
			return inspections.Fail(inspections.Forbidden, "forbidden", "role", string(by.Role))
		}
		sha := ""
		if len(proof.Data) > 0 {
			var err error
			if sha, err = tx.PutBlob(proof.Media, proof.Data); err != nil {
				return err
			}
		}
		return r.Report(proof.Text, sha, tx.Now())
	})
}

// VerifyRectification closes a line of what was checked, on a follow-up visit or otherwise.
func (o *Office) VerifyRectification(ctx context.Context, by inspections.Actor, id inspections.MeasureID, how string, visit inspections.VisitID) error {
	return o.rectify(ctx, by, id, "rectify.verified", func(tx Tx, r *casework.Rectification) error {
		if err := allow(by, inspections.RoleClerk, inspections.RoleAdmin, inspections.RoleLeader); err != nil {
			return err
		}
		if visit != 0 {
			if v, err := tx.Visit(visit); err != nil {
				return err
			} else if v.State != inspections.VisitCompleted {
				return inspections.Fail(inspections.Conflict, "visit.not_recorded", "visit", int64(visit))
			}
		}
		if err := r.Verify(by.User, how, visit, tx.Now()); err != nil {
			return err
		}
		return duties.Fulfil(tx, duties.Filter{Kind: duties.Rectify, Subject: subjectRectify(id)}, subjectRectify(id))
	})
}

func (o *Office) rectify(ctx context.Context, by inspections.Actor, id inspections.MeasureID, kind string, move func(Tx, *casework.Rectification) error) error {
	return o.InTx(ctx, func(tx Tx) error {
		r, err := tx.Rectification(id)
		if err != nil {
			return err
		}
		if err := move(tx, &r); err != nil {
			return err
		}
		if err := tx.SaveRectification(r); err != nil {
			return err
		}
		return record(tx, by, kind, subjectRectify(id), map[string]any{"proof_sha256": r.ProofSHA, "visit": int64(r.Visit)})
	})
}
