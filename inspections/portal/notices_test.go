package portal

import (
	"strings"
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/store"
)

func TestALeaderSignsARectificationNoticeOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.lived()
	w.ordered()
	const page = "/rectifications/1/notice"
	clerk, leader, township := w.as("ban"), w.as("ling"), w.as("heshan")
	clerk.get("/rectifications").must(t, 200).has(t, page)
	clerk.get(page).must(t, 200).has(t, "禾山镇", "签发后随信寄出", "考勤台账没有登记", "2025年4月19日").lacks(t, "签发并寄送")
	servesPDF(t, clerk.get(page+"/sample?form=order&letter=yes"))
	clerk.get(page+"?form=urge").must(t, 409)
	clerk.get(page+"?form=angry").must(t, 422)
	clerk.post(page, "read", "yes").must(t, 403)
	township.get(page).must(t, 403)
	township.get("/rectifications").must(t, 200).lacks(t, page, "/papers/issued/")

	leader.get(page).must(t, 200).has(t, "签发并寄送禾山镇")
	leader.post(page, "form", "order").must(t, 422).has(t, `href="#read"`)
	leader.post(page, "form", "order", "read", "yes").must(t, 303)
	w.tx(func(tx *store.Tx) error {
		letters, err := tx.Letters(inspections.LetterFilter{Kind: inspections.LetterPaper})
		if err != nil || len(letters) != 1 || letters[0].Email != "heshan@example.com" {
			t.Errorf("got %+v, %v, want one letter to the township", letters, err)
		}
		return err
	})
	leader.get(page).must(t, 200).has(t, "青溪县驻村办〔2025〕1号", "签发更正件", "/papers/issued/1").lacks(t, "签发并寄送")
	servesPDF(t, township.get("/papers/issued/1"))
	township.get("/rectifications").must(t, 200).has(t, "/papers/issued/1")
	w.as("liutang").get("/papers/issued/1").must(t, 404)
	township.get("/letters").must(t, 200).has(t, "文书")

	leader.post(page, "form", "order", "read", "yes", "corrects", "1").must(t, 422).has(t, `href="#correction"`)
	correction := []string{"form", "order", "read", "yes", "corrects", "1", "correction", "期限有误"}
	leader.post(page, correction...).must(t, 303)
	leader.post(page, correction...).must(t, 409) // what was corrected does not stand
	leader.get(page).must(t, 200).has(t, "已由青溪县驻村办〔2025〕2号更正", `name="corrects" value="2"`)
}

func TestARecallIsSignedOnThePageOfItsMeasure(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.opened()
	leader := w.as("ling")
	leader.get("/cases/2025-001/recalls/1").must(t, 404)
	w.as("ban").post("/cases/2025-001/branches/3/statement", "statement-3", "没有请假").must(t, 303)
	leader.post("/cases/2025-001/branches/3/conclusion", "conclusion-3", "未履行请假手续，情节严重", "liable-3", "yes", "writer-3", "2", "measure-3", "recall", "person-3", "钱二山", "body-3", "县委组织部", "why-3", "多次").must(t, 303)
	const page = "/cases/2025-001/recalls/1"
	leader.get("/cases/2025-001").must(t, 200).has(t, page)
	leader.get(page).must(t, 200).has(t, "县水利局", "签发并寄送县水利局")
	servesPDF(t, leader.get(page+"/sample"))
	leader.post(page, "read", "yes", "letter", "yes").must(t, 303)
	servesPDF(t, w.as("shui").get("/papers/issued/1"))
	w.as("shui").get("/papers").must(t, 200).has(t, "/papers/issued/1")
	for _, login := range []string{"heshan", "liutang"} {
		w.as(login).get("/papers/issued/1").must(t, 404)
		w.as(login).get(page).must(t, 403)
	}
	w.tx(func(tx *store.Tx) error {
		p, err := tx.IssuedPaper(1)
		if err != nil || !p.Letter || p.Name != "县水利局" || strings.Contains(p.Title, "钱二山") {
			t.Errorf("got %+v, %v", p, err)
		}
		return err
	})
}

func TestTheYearlyReportIsSignedWhenTheYearIsOver(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.lived()
	const page = "/assessments/2025/report"
	w.as("ling").get("/assessments/2025").must(t, 200).has(t, page)
	w.as("ling").get(page).must(t, 200).has(t, "2025年尚未结束", page+"/sample").lacks(t, `name="read"`)
	w.as("ling").post(page, "read", "yes").must(t, 409)
	servesPDF(t, w.as("ban").get(page+"/sample"))
	w.moveTo(calendar.NewDate(2026, 1, 8).At(9, 0))
	w.as("ling").get(page).must(t, 200).has(t, `name="read"`)
	w.as("ling").post(page, "read", "yes").must(t, 303)
	w.as("ban").get(page).must(t, 200).has(t, "青溪县驻村办〔2026〕1号")
	w.as("ban").get("/papers").must(t, 200).has(t, "不寄送")
	w.as("heshan").get("/papers/issued/1").must(t, 404)
}

func TestNoticePagesInABrowser(t *testing.T) {
	t.Parallel()
	ctx, heard := openBrowser(t)
	w := newWorld(t)
	w.lived()
	w.ordered()
	walk(t, ctx, heard, w, "ling", []string{"/rectifications/1/notice", "/assessments/2025/report"})
	w.as("ling").post("/rectifications/1/notice", "form", "order", "read", "yes").must(t, 303)
	walk(t, ctx, heard, w, "ling", []string{"/rectifications/1/notice?form=order", "/rectifications", "/papers"})
}

func TestWhetherAUnitIsUnderTheCountyIsSetOnItsPage(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	clerk := w.as("ban")
	clerk.get("/units/1").must(t, 200).has(t, "隶属本县")
	clerk.post("/units/1/place", "place-place", "moon").must(t, 422)
	w.as("ling").post("/units/1/place", "place-place", "outside").must(t, 403)
	clerk.post("/units/1/place", "place-place", "outside").must(t, 303)
	w.as("ling").get("/units/1").must(t, 200).has(t, "不相隶属，用函")
	w.tx(func(tx *store.Tx) error {
		roster, err := tx.Roster()
		if u, _ := roster.Unit(waterBureau); !u.Outside || u.Name != "县水利局" {
			t.Errorf("got %+v", u)
		}
		return err
	})
}
