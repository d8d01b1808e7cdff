package portal

import (
	"fmt"

	"anfang.example/inspections"
	"anfang.example/inspections/office"
)

// erasureView shows what the erasure of a member's data takes and leaves; with a reason it asks to confirm.
type erasureView struct {
	M      inspections.Member
	Plan   office.MemberErasure
	Reason string // given, and to be confirmed
}

// erasureForm shows the county's administrator what an erasure would take, and asks for the reason.
func erasureForm(x *exchange) (answer, error) { return erasurePage(x, "") }

func erasurePage(x *exchange, reason string) (answer, error) {
	id, err := x.number("id")
	if err != nil {
		return answer{}, err
	}
	view := erasureView{Reason: reason}
	err = x.view(func(tx Tx) error {
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		view.M, _ = roster.Member(inspections.MemberID(id))
		view.Plan, err = office.ErasureOf(tx, inspections.MemberID(id))
		return err
	})
	return show("erasure", x.words.T("portal.erase.title", "name", view.M.Name), view), err
}

// erasureSend asks to confirm, and erases what was confirmed.
func erasureSend(x *exchange) (answer, error) {
	id, err := x.number("id")
	if err != nil {
		return answer{}, err
	}
	f := x.form()
	reason := f.must("reason")
	if len(f.faults) > 0 {
		return f.again(func() (answer, error) { return erasureForm(x) })
	}
	confirm := func() (answer, error) { return erasurePage(x, reason) }
	if !x.r.PostForm.Has("confirm") {
		return confirm()
	}
	if x.r.PostForm.Get("sure") != "yes" {
		f.fail("sure", "not_confirmed")
		return f.again(confirm)
	}
	if _, err := x.p.cfg.Office.EraseMember(x.ctx(), x.actor(), inspections.MemberID(id), reason); err != nil {
		return x.refused(err, func() (answer, error) { return erasureForm(x) })
	}
	return goTo(fmt.Sprintf("/members/%d", id), "member_erased"), nil
}
