package store

import (
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// signInRow numbers the rows of an import, so that a ledger that names a day twice keeps both.
type signInRow struct {
	inspections.SignIn
	Seq int `db:"seq"`
}

var (
	imports = table[inspections.Import]{name: "imports", noun: "import"}
	signIns = table[signInRow]{name: "sign_ins", noun: "sign_in", keys: []string{"day", "member_id", "import_id", "seq"}}
	leaves  = table[inspections.Leave]{name: "leaves", noun: "leave"}
)

// AddImport sets the id.
func (t *Tx) AddImport(v *inspections.Import) error {
	if err := claim(t, "import", &v.ID); err != nil {
		return err
	}
	return imports.insert(t, *v)
}

// ImportBySHA finds the newest import of the same bytes. Error: NotFound.
func (t *Tx) ImportBySHA(kind, sha string) (inspections.Import, error) {
	w := by("kind = ?", kind)
	w.and("sha256 = ?", sha)
	return imports.one(t, sha, w, "ORDER BY id DESC LIMIT 1")
}

// Import reads one. Error: NotFound.
func (t *Tx) Import(id inspections.ImportID) (inspections.Import, error) {
	return imports.one(t, id, by("id = ?", id), "")
}

// AddSignIns writes the rows of an import and what SignDays reads; earlier imports of the same days stay on record.
func (t *Tx) AddSignIns(list []inspections.SignIn) error {
	touched, err := t.monthsOf(list)
	if err != nil {
		return err
	}
	last := map[inspections.ImportID]int{}
	rows := make([]signInRow, len(list))
	for i, s := range list {
		if _, known := last[s.Import]; !known {
			var n int
			if _, err := t.get(&n, `SELECT COALESCE(MAX(seq), 0) FROM sign_ins WHERE county_id = ? AND import_id = ?`,
				t.County(), s.Import); err != nil {
				return err
			}
			last[s.Import] = n
		}
		last[s.Import]++
		rows[i] = signInRow{s, last[s.Import]}
	}
	if err := signIns.insert(t, rows...); err != nil {
		return err
	}
	return t.keepDays(touched, rows)
}

// SignIns lists the counting row of each member and day, both days included, by day and member: of the
// newest import, and of its rows the last, less what an answer about a name credited that holds no longer. Where
// that one bears no place (an export without coordinates), the place is that of the newest row of the day that has
// one and says the same.
func (t *Tx) SignIns(from, until calendar.Date) ([]inspections.SignIn, error) {
	w := by("day >= ?", from)
	w.and("day <= ?", until)
	w.and(answerHolds, t.County())
	rows, err := signIns.all(t, w, "ORDER BY day, member_id, import_id, seq")
	return countingOf(rows), err
}

// countingOf picks the counting row of each member and day out of rows that stand by day, member, import and order.
func countingOf(rows []signInRow) []inspections.SignIn {
	var counting []inspections.SignIn
	var located inspections.SignIn
	for i, r := range rows {
		if located.Day != r.Day || located.Member != r.Member || r.Has(inspections.MarkLocated) {
			located = r.SignIn
		}
		if i+1 < len(rows) && rows[i+1].Day == r.Day && rows[i+1].Member == r.Member {
			continue
		}
		if !r.Has(inspections.MarkLocated) && located.Has(inspections.MarkLocated) && located.Status == r.Status && located.Team == r.Team {
			r.Odd, r.Marks = r.Odd || located.Odd, located.Marks
		}
		counting = append(counting, r.SignIn)
	}
	return counting
}

// AddLeave sets the id.
func (t *Tx) AddLeave(v *inspections.Leave) error {
	if err := claim(t, "leave", &v.ID); err != nil {
		return err
	}
	return leaves.insert(t, *v)
}

// Leaves lists those that count and touch the span, by id; one without a last day lasts on. What a later entry corrects
// does not count.
func (t *Tx) Leaves(from, until calendar.Date) ([]inspections.Leave, error) {
	w := touching(from, until)
	w.and(answerHolds, t.County())
	w.and("id NOT IN (SELECT replaces FROM leaves WHERE county_id = ? AND replaces > 0 AND "+answerHolds+")", t.County(), t.County())
	return leaves.all(t, w, "ORDER BY id")
}

// LeaveHistory is Leaves with what was corrected since.
func (t *Tx) LeaveHistory(from, until calendar.Date) ([]inspections.Leave, error) {
	return leaves.all(t, touching(from, until), "ORDER BY id")
}

func touching(from, until calendar.Date) where {
	w := by("from_day <= ?", until)
	w.and("(until_day >= ? OR until_day = '')", from)
	return w
}
