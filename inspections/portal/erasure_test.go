package portal

import (
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/store"
)

func TestTheAdministratorErasesAMembersDataAfterAConfirmation(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	const page = "/members/3/erasure"
	admin := w.as("guan")
	admin.get("/members/3").must(t, 200).lacks(t, page)
	admin.get(page).must(t, 409).has(t, "还在派驻")
	w.tx(func(tx *store.Tx) error {
		return tx.SavePosting(inspections.Posting{
			ID: 3, Member: sun, Team: quantang, Unit: school, Role: inspections.RoleHead, From: calendar.NewDate(2025, 1, 1), Until: calendar.NewDate(2025, 3, 1),
		})
	})
	admin.get("/members/3").must(t, 200).has(t, page)
	w.as("ban").get("/members/3").must(t, 200).lacks(t, page)
	for _, login := range []string{"ban", "ling", "liutang", "ping"} {
		w.as(login).get(page).must(t, 403)
		w.as(login).post(page, "reason", "期限已满", "confirm", "1", "sure", "yes").must(t, 403)
	}
	admin.get("/members/99/erasure").must(t, 404)
	admin.get(page).must(t, 200).has(t, "孙三溪", "删除的理由", "名册中的姓名").lacks(t, `name="confirm"`)
	admin.post(page).must(t, 422)
	admin.post(page, "reason", "保存期限已满").must(t, 200).has(t, "保存期限已满", `name="confirm"`, "不能恢复")
	admin.post(page, "reason", "保存期限已满", "confirm", "1").must(t, 422).has(t, "请勾选确认")
	admin.post(page, "reason", "孙三溪申请", "confirm", "1", "sure", "yes").must(t, 422).has(t, "不能写3号队员的姓名")
	name := func() (name string) {
		w.tx(func(tx *store.Tx) error {
			roster, err := tx.Roster()
			m, _ := roster.Member(sun)
			name = m.Name
			return err
		})
		return name
	}
	if got := name(); got != "孙三溪" {
		t.Errorf("got %s before anything was confirmed", got)
	}
	admin.post(page, "reason", "保存期限已满", "confirm", "1", "sure", "yes").must(t, 303)
	if got := name(); got != inspections.ErasedWords {
		t.Errorf("got %s, want it erased", got)
	}
	admin.get("/members/3").must(t, 200).has(t, inspections.ErasedWords).lacks(t, page, "孙三溪")
	admin.get(page).must(t, 409).has(t, "已经删除")
}
