package store

import "anfang.example/inspections"

// judgementRow says how whom a judgement is about is stored.
type judgementRow struct {
	inspections.Judgement
	partyColumns
}

var judgements = table[judgementRow]{name: "judgements", noun: "judgement"}

// AddJudgement sets the id.
func (t *Tx) AddJudgement(v *inspections.Judgement) error {
	if err := claim(t, "judgement", &v.ID); err != nil {
		return err
	}
	return judgements.insert(t, judgementRow{*v, columnsOfParty(v.Of)})
}

// Judgements lists all ever recorded for a year, by id; 0: of all years.
func (t *Tx) Judgements(year int) ([]inspections.Judgement, error) {
	var w where
	if year != 0 {
		w.and("year = ?", year)
	}
	rows, err := judgements.all(t, w, "ORDER BY id")
	list := make([]inspections.Judgement, len(rows))
	for i, r := range rows {
		r.Of = r.party()
		list[i] = r.Judgement
	}
	return list, err
}

// EraseJudgement puts mark in the place of a judgement's words. Error: NotFound.
func (t *Tx) EraseJudgement(id int64, mark string) error {
	n, err := t.exec(`UPDATE judgements SET text = ? WHERE county_id = ? AND id = ?`, mark, t.County(), id)
	if err == nil && n == 0 {
		err = missing("judgement", id)
	}
	return err
}
