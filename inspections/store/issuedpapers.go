package store

import "anfang.example/inspections"

// issuedPaperRow says how the addressee of a paper is stored.
type issuedPaperRow struct {
	inspections.IssuedPaper
	partyColumns
}

var issuedPapers = table[issuedPaperRow]{name: "issued_papers", noun: "issued_paper"}

// AddIssuedPaper sets the id. Error: Conflict when the number is taken, or the same paper is issued already.
func (t *Tx) AddIssuedPaper(v *inspections.IssuedPaper) error {
	if err := claim(t, "issued_paper", &v.ID); err != nil {
		return err
	}
	return issuedPapers.insert(t, issuedPaperRow{*v, columnsOfParty(v.To)})
}

// IssuedPaper reads one. Error: NotFound.
func (t *Tx) IssuedPaper(id inspections.PaperID) (inspections.IssuedPaper, error) {
	row, err := issuedPapers.one(t, int64(id), by("id = ?", id), "")
	return row.paper(), err
}

// IssuedPapers lists by id.
func (t *Tx) IssuedPapers(f inspections.PaperFilter) ([]inspections.IssuedPaper, error) {
	var w where
	if f.Subject != "" {
		w.and("subject = ?", f.Subject)
	}
	if f.SHA != "" {
		w.and("pdf_sha256 = ?", f.SHA)
	}
	if f.To.Kind != "" {
		w.and("party_kind = ?", f.To.Kind)
		w.and("party_id = ?", f.To.ID)
	}
	rows, err := issuedPapers.all(t, w, "ORDER BY id")
	if err != nil {
		return nil, err
	}
	var list []inspections.IssuedPaper
	for _, r := range rows {
		list = append(list, r.paper())
	}
	return list, nil
}

func (r issuedPaperRow) paper() inspections.IssuedPaper {
	r.To = r.party()
	return r.IssuedPaper
}
