package store

import (
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/duties"
)

// fundRow says how the payer of a transfer is stored.
type fundRow struct {
	inspections.Fund
	partyColumns
}

var (
	submissions   = table[duties.Submission]{name: "submissions", noun: "submission"}
	townshipLinks = table[inspections.TownshipLink]{name: "township_links", noun: "township_link"}
	tips          = table[inspections.Tip]{name: "tips", noun: "tip"}
	funds         = table[fundRow]{name: "funds", noun: "fund"}
)

// Obligation reads one. Error: NotFound.
func (t *Tx) Obligation(id inspections.ObligationID) (duties.Obligation, error) {
	row, err := obligations.one(t, id, by("id = ?", id), "")
	row.Party = row.party()
	return row.Obligation, err
}

// AddSubmission sets the id.
func (t *Tx) AddSubmission(v *duties.Submission) error {
	if err := claim(t, "submission", &v.ID); err != nil {
		return err
	}
	return submissions.insert(t, *v)
}

// Submissions lists what was handed in for an obligation, by id; a zero id does not narrow.
func (t *Tx) Submissions(of inspections.ObligationID) ([]duties.Submission, error) {
	var w where
	if of != 0 {
		w.and("obligation_id = ?", of)
	}
	return submissions.all(t, w, "ORDER BY id")
}

// AddTownshipLink sets the id.
func (t *Tx) AddTownshipLink(v *inspections.TownshipLink) error {
	if err := claim(t, "township_link", &v.ID); err != nil {
		return err
	}
	return townshipLinks.insert(t, *v)
}

// TownshipLinks lists all ever recorded, by id.
func (t *Tx) TownshipLinks() ([]inspections.TownshipLink, error) {
	return townshipLinks.all(t, where{}, "ORDER BY id")
}

// AddTip sets the id.
func (t *Tx) AddTip(v *inspections.Tip) error {
	if err := claim(t, "tip", &v.ID); err != nil {
		return err
	}
	return tips.insert(t, *v)
}

// Tips lists those of a month ("" all), by id.
func (t *Tx) Tips(month string) ([]inspections.Tip, error) {
	var w where
	if month != "" {
		w.and("month = ?", month)
	}
	return tips.all(t, w, "ORDER BY id")
}

// AddFund sets the id.
func (t *Tx) AddFund(v *inspections.Fund) error {
	if err := claim(t, "fund", &v.ID); err != nil {
		return err
	}
	return funds.insert(t, fundRow{*v, columnsOfParty(v.Payer)})
}

// Funds lists transfers of a span, both days included, by day and id.
func (t *Tx) Funds(from, until calendar.Date) ([]inspections.Fund, error) {
	w := by("day >= ?", from)
	w.and("day <= ?", until)
	rows, err := funds.all(t, w, "ORDER BY day, id")
	var list []inspections.Fund
	for _, r := range rows {
		r.Payer = r.party()
		list = append(list, r.Fund)
	}
	return list, err
}
