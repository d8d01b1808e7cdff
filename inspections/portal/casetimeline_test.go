package portal

import (
	"cmp"
	"fmt"
	"net/http"
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/office"
	"anfang.example/inspections/store"
	"anfang.example/templates/catalog"
)

// TestACasesTimelineTellsTheReportAndWhoConfirmedTheirNotice shows the whole to the office and each body what went to and from it.
func TestACasesTimelineTellsTheReportAndWhoConfirmedTheirNotice(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.moveTo(shanghai(12, 16, 0))
	town, unit, ling := w.as("heshan"), w.as("shui"), w.as("ling")
	town.post("/reports", "reported", "m/2", "report_kind", "absent", "report_at", "2025-03-12T09:00", "report_what", "点名未到，电话不通").must(t, http.StatusSeeOther)
	ling.post("/reports/1/opinion", "opinion", "启动“一案双查”").must(t, http.StatusSeeOther)
	page := "/cases/2025-001"
	ling.get(page).must(t, http.StatusOK).has(t, "所反映事项发生", "收到乡镇党委报告，收件编号2025-001", "对2025-001号报告提出处理意见").lacks(t, "督查发现", "确认收到启动通知")
	ling.post(page+"/approval", "duty", "县驻村办主任").must(t, http.StatusSeeOther)
	var notice inspections.LetterID
	w.tx(func(tx *store.Tx) error {
		list, err := tx.Letters(inspections.LetterFilter{Kind: inspections.LetterCaseTownship})
		if err != nil || len(list) != 1 {
			t.Fatalf("got %+v %v, want one start notice to the township", list, err)
		}
		notice = list[0].ID
		return nil
	})
	town.post(fmt.Sprintf("/letters/%d/receipt", notice)).must(t, http.StatusSeeOther)
	confirmed := "确认收到启动通知（乡镇党委）（禾山镇专干）"
	ling.get(page).must(t, http.StatusOK).has(t, confirmed)
	town.get(page).must(t, http.StatusOK).has(t, confirmed, "收件编号2025-001")
	unit.get(page).must(t, http.StatusOK).lacks(t, confirmed, "收件编号")
}

// TestACasePageTellsTheClauseOfTheFactFromTheBasis opens one case of the kind's clause and one of a clause told.
func TestACasePageTellsTheClauseOfTheFactFromTheBasis(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.moveTo(shanghai(12, 16, 0))
	for _, clause := range []string{"", "2.3a"} {
		hand := office.HandCase{Kind: "absent", Clause: clause, Team: 1, FactAt: calendar.InstantOf(shanghai(12, 9, 0)), Reason: "群众来信反映"}
		c, err := w.office.OpenCase(t.Context(), inspections.System, hand)
		if err != nil {
			t.Fatal(err)
		}
		want := catalog.For(catalog.Chinese).Label("clause.short", cmp.Or(clause, "1.4b"))
		r := w.as("ling").get("/cases/"+c.Number).must(t, http.StatusOK)
		r.has(t, "涉及条款", ">"+want+"<", "核查依据", ">三·6<")
	}
}

func TestACasePageGivesTheYearOfAnotherYear(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.moveTo(shanghai(12, 16, 0))
	hand := office.HandCase{Kind: "absent", Team: 1, FactAt: calendar.InstantOf(calendar.NewDate(2024, 12, 30).At(9, 0)), Reason: "群众来信反映"}
	c, err := w.office.OpenCase(t.Context(), inspections.System, hand)
	if err != nil {
		t.Fatal(err)
	}
	w.as("ling").get("/cases/"+c.Number).must(t, http.StatusOK).has(t, ">2024年12月30日（周一）09:00<", ">3月12日（周三）16:00<")
}
