package store

import (
	"fmt"

	"anfang.example/inspections/casework"
)

var townshipReports = table[casework.Report]{name: "township_reports", noun: "report"}

// AddReport writes a township's report and sets its id and the number of its receipt, "2025-003".
func (t *Tx) AddReport(r *casework.Report) error {
	if err := claim(t, "report", &r.ID); err != nil {
		return err
	}
	if r.Number == "" {
		year := r.Received.Local().Year()
		n, err := t.NextNumber("report", year)
		if err != nil {
			return err
		}
		r.Number = fmt.Sprintf("%04d-%03d", year, n)
	}
	return townshipReports.insert(t, *r)
}

// SaveReport replaces the report of that id.
func (t *Tx) SaveReport(r casework.Report) error { return townshipReports.update(t, r) }

// Report reads one. Error: NotFound.
func (t *Tx) Report(id int64) (casework.Report, error) {
	return townshipReports.one(t, id, by("id = ?", id), "")
}

// Reports lists them by id.
func (t *Tx) Reports() ([]casework.Report, error) {
	return townshipReports.all(t, where{}, "ORDER BY id")
}
