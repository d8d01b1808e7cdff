package portal

import (
	"fmt"
	"testing"

	"anfang.example/inspections/duties"
	"anfang.example/inspections/office"
	"anfang.example/inspections/store"
)

// dutiesKept makes what the catalog owes on a day and gives the township's weekly meeting.
func (w *world) dutiesKept() (meeting duties.Obligation) {
	w.t.Helper()
	w.tx(func(tx *store.Tx) error {
		if _, err := office.KeepDuties(tx, duties.Catalog(), tx.Now().Date()); err != nil {
			return err
		}
		list, err := tx.Obligations(duties.Filter{Kind: "weekly_meeting"})
		if err == nil && len(list) == 0 {
			w.t.Fatal("no weekly meeting is owed")
		}
		meeting = list[0]
		return err
	})
	return meeting
}

func TestADutyIsSettledOnItsPage(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.moveTo(shanghai(12, 10, 30))
	meeting := w.dutiesKept()
	desk := w.as("ban")
	path := fmt.Sprintf("/duties/%d/submission", meeting.ID)
	desk.get("/duties?party=township").must(t, 200).has(t, path, "近期到期日历", "召开每周工作队员例会")
	desk.get("/duties?party=unit").must(t, 200).lacks(t, path)
	desk.post(path, "kind", "waived").must(t, 422)
	desk.post(path, "kind", "waived", "note", "全镇防汛").must(t, 303)
	desk.post(path, "kind", "done").must(t, 409)
	w.tx(func(tx *store.Tx) error {
		o, err := tx.Obligation(meeting.ID)
		if o.Open() || o.Reason != "全镇防汛" {
			t.Errorf("got %+v", o)
		}
		return err
	})
	inspector := w.as("li")
	inspector.post(path, "kind", "done").must(t, 403)
}
