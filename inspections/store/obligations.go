package store

import (
	"anfang.example/inspections"
	"anfang.example/inspections/duties"
)

// obligationRow says how the party of an obligation is stored.
type obligationRow struct {
	duties.Obligation
	partyColumns
}

var obligations = table[obligationRow]{name: "obligations", noun: "obligation"}

// AddObligation writes one and sets its id; false when one of that kind, party, period and subject stands.
func (t *Tx) AddObligation(o *duties.Obligation) (bool, error) {
	w := by("kind = ?", o.Kind)
	w.and("party_kind = ?", o.Party.Kind)
	w.and("party_id = ?", o.Party.ID)
	w.and("period = ?", o.Period)
	w.and("subject = ?", o.Subject)
	_, err := obligations.one(t, o.Kind, w, "")
	if !inspections.IsNotFound(err) {
		return false, err
	}
	if err := claim(t, "obligation", &o.ID); err != nil {
		return false, err
	}
	if err := obligations.insert(t, obligationRow{*o, columnsOfParty(o.Party)}); err != nil {
		return false, err
	}
	return true, nil
}

// SaveObligation replaces the obligation of that id.
func (t *Tx) SaveObligation(o duties.Obligation) error {
	return obligations.update(t, obligationRow{o, columnsOfParty(o.Party)})
}

// Obligations lists by due time, undetermined first, then by id.
func (t *Tx) Obligations(f duties.Filter) ([]duties.Obligation, error) {
	var w where
	if f.Kind != "" {
		w.and("kind = ?", f.Kind)
	}
	if f.Party != "" {
		w.and("party_kind = ?", f.Party)
	}
	if f.Period != "" {
		w.and("period = ?", f.Period)
	}
	if f.Subject != "" {
		w.and("subject = ?", f.Subject)
	}
	if f.Open {
		w.and("done_at = ''")
	}
	if !f.DueBy.IsZero() {
		w.and("due_at <> '' AND due_at <= ?", f.DueBy)
	}
	if f.Unescalated {
		w.and("escalated_at = ''")
	}
	rows, err := obligations.all(t, w, "ORDER BY due_at, id")
	if err != nil {
		return nil, err
	}
	var list []duties.Obligation
	for _, r := range rows {
		r.Party = r.party()
		list = append(list, r.Obligation)
	}
	return list, nil
}
