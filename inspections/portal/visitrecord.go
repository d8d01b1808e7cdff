package portal

import (
	"fmt"

	"anfang.example/inspections"
	"anfang.example/inspections/office"
)

// visitRecord takes in what a pair brings home.
func visitRecord(x *exchange) (answer, error) {
	id, err := x.number("id")
	if err != nil {
		return answer{}, err
	}
	rec, f, err := readRecord(x, inspections.VisitID(id))
	if err != nil {
		return answer{}, err
	}
	page := func() (answer, error) { return visitPage(x) }
	if len(f.faults) > 0 {
		return f.again(page)
	}
	if rec.Photos, err = readPhotos(x, "photos"); err != nil {
		return x.refused(err, page)
	}
	if _, err := x.p.cfg.Office.RecordVisit(x.ctx(), x.actor(), rec); err != nil {
		return x.refused(err, page)
	}
	return goTo(fmt.Sprintf("/visits/%d", id), "visit_recorded"), nil
}

// readRecord reads the fields of the form. Whether somebody was there must be said of every member: a
// forgotten line must never count as either.
func readRecord(x *exchange, id inspections.VisitID) (office.VisitRecord, *form, error) {
	f := x.form()
	rec := office.VisitRecord{Visit: id, Visited: f.moment("visited"), Note: f.text("note")}
	var members []memberLine
	err := x.view(func(tx Tx) error {
		v, err := visibleVisit(tx, x, id)
		if err != nil {
			return err
		}
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		if !rec.Visited.IsZero() {
			v.Visited = rec.Visited // the team as it stood when the pair was there
		}
		members, err = membersOf(tx, roster, v)
		return err
	})
	if err != nil {
		return rec, f, err
	}
	for _, m := range members {
		field := fmt.Sprintf("m-%d", m.ID)
		seen := office.MemberSeen{Member: m.ID, Explanation: f.text("why-" + fmt.Sprint(int64(m.ID)))}
		n := len(f.faults)
		seen.Present = f.choice(field, "present", "absent") == "present"
		for i := range f.faults[n:] {
			f.faults[n+i].Label = m.Name
		}
		rec.Members = append(rec.Members, seen)
	}
	for _, item := range inspections.Checklist() {
		made := office.CheckMade{Item: item.Item, Note: f.text("note-" + item.Item)}
		made.Result = inspections.CheckResult(f.choice("c-"+item.Item, string(inspections.CheckOK), string(inspections.CheckProblem), string(inspections.CheckNone)))
		if made.Result == inspections.CheckProblem && made.Note == "" {
			f.fail("note-"+item.Item, "problem_unsaid")
		}
		rec.Checks = append(rec.Checks, made)
	}
	return rec, f, nil
}
