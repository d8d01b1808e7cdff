package portal

import (
	"fmt"

	"anfang.example/inspections"
)

// visitVerify checks who was absent against leave and duty travel.
func visitVerify(x *exchange) (answer, error) {
	id, err := x.number("id")
	if err != nil {
		return answer{}, err
	}
	f := x.form()
	said := map[inspections.MemberID]string{}
	err = x.view(func(tx Tx) error {
		v, err := visibleVisit(tx, x, inspections.VisitID(id))
		if err != nil {
			return err
		}
		lines, err := tx.Attendances(v.ID)
		for _, a := range lines {
			if text := f.text(fmt.Sprintf("said-%d", a.Member)); text != "" {
				said[a.Member] = text
			}
		}
		return err
	})
	if err != nil {
		return answer{}, err
	}
	page := func() (answer, error) { return visitPage(x) }
	if len(f.faults) > 0 {
		return f.again(page)
	}
	result, err := x.p.cfg.Office.VerifyVisit(x.ctx(), x.actor(), inspections.VisitID(id), said)
	if err != nil {
		return x.refused(err, page)
	}
	done := "visit_covered"
	if len(result.Cases) > 0 {
		done = "visit_case"
	}
	return goTo(fmt.Sprintf("/visits/%d", id), done), nil
}

// visitCancel gives up a visit, with a reason.
func visitCancel(x *exchange) (answer, error) {
	id, err := x.number("id")
	if err != nil {
		return answer{}, err
	}
	err = x.view(func(tx Tx) error {
		_, err := visibleVisit(tx, x, inspections.VisitID(id))
		return err
	})
	if err != nil {
		return answer{}, err
	}
	f := x.form()
	page := func() (answer, error) { return visitPage(x) }
	reason := f.must("reason")
	if len(f.faults) > 0 {
		return f.again(page)
	}
	if err := x.p.cfg.Office.CancelVisit(x.ctx(), x.actor(), inspections.VisitID(id), reason); err != nil {
		return x.refused(err, page)
	}
	return goTo(fmt.Sprintf("/visits/%d", id), "visit_cancelled"), nil
}
