package portal

import (
	"net/http"
	"strings"
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/store"
)

// seal writes the book of a week, as the scheduler would on its Sunday.
func (w *world) seal(week calendar.Week) {
	w.t.Helper()
	w.tx(func(tx *store.Tx) error {
		return tx.AddFreeze(inspections.Freeze{Year: week.Year, Week: week.Number, Body: "{}", Hash: strings.Repeat("ab12", 16), Frozen: tx.Now()})
	})
}

func TestTheLeaderAddsTheCoSeedOnThePageOfTheWeek(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	week := calendar.Week{Year: 2025, Number: 12}
	w.moveTo(shanghai(16, 18, 1))
	ling := w.as("ling")
	ling.get("/week?week=2025-W12").must(t, http.StatusOK).lacks(t, `name="coseed"`)
	w.seal(week)
	ling.get("/week?week=2025-W12").must(t, http.StatusOK).has(t, `name="coseed"`, "十次骰子点数")
	w.as("ping").get("/week?week=2025-W12").must(t, http.StatusOK).lacks(t, `name="coseed"`)
	w.as("li").post("/week/2025-W12/coseed", "coseed", "6213455126").must(t, http.StatusForbidden)

	bad := ling.post("/week/2025-W12/coseed", "coseed", "62134551", "giver", "王主任").must(t, http.StatusUnprocessableEntity)
	bad.has(t, `value="62134551"`, `aria-invalid="true"`)
	r := ling.post("/week/2025-W12/coseed", "coseed", "62134 55126", "giver", "王主任").must(t, http.StatusSeeOther)
	ling.get(r.to).must(t, http.StatusOK).has(t, "附加随机数已加入", "王主任加入").lacks(t, `name="coseed"`)
	ling.post("/week/2025-W12/coseed", "coseed", "1111111111").must(t, http.StatusConflict)
	w.tx(func(tx *store.Tx) error {
		f, err := tx.Freeze(week)
		if got, want := f.CoSeed, "6213455126"; got != want {
			t.Errorf("got co-seed %q, want %q", got, want)
		}
		return err
	})
	w.moveTo(shanghai(17, 0, 0)) // the week has begun
	w.as("ling").get("/week?week=2025-W12").must(t, http.StatusOK).lacks(t, `name="coseed"`, `name="exception"`)
}

func TestAWeekIsExceptedAndPlannedOnItsPage(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.moveTo(calendar.NewDate(2025, 4, 25).At(9, 0))
	ban := w.as("ban")
	page := ban.get("/week?week=2025-W18").must(t, http.StatusOK) // 1 May and the days round it are off
	page.has(t, `value="2025-05-01/morning"`, `name="evening"`)
	page.lacks(t, `value="2025-04-29/morning"`)
	ban.get("/week?week=2025-W21").must(t, http.StatusOK).has(t, "没有法定节假日")

	ban.post("/week/2025-W18/exception", "exception", "").must(t, http.StatusUnprocessableEntity).has(t, "details class=\"aside\" open")
	r := ban.post("/week/2025-W18/exception", "exception", "防汛值班", "exceptor", "王主任").must(t, http.StatusSeeOther)
	ban.get(r.to).must(t, http.StatusOK).has(t, "例外已签批", "防汛值班", "王主任")
	r = ban.post("/week/2025-W18/plan", "drop", "2025-05-01/morning", "drop", "2025-05-01/afternoon", "evening", "2025-04-29", "plan", "五一假期", "planner", "王主任").must(t, http.StatusSeeOther)
	ban.get(r.to).must(t, http.StatusOK).has(t, "减去节假日时段2个，增加晚间时段1个", `value="2025-05-01/morning" checked`)
	ban.post("/week/2025-W18/plan", "drop", "2025-04-29/morning", "plan", "x").must(t, http.StatusUnprocessableEntity)
	ban.post("/week/2025-W18/plan", "drop", "nonsense", "plan", "x").must(t, http.StatusUnprocessableEntity)
	ban.post("/week/nonsense/plan", "plan", "x").must(t, http.StatusNotFound)
}

func TestInspectorsSpeakForThemselvesAlone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	liming := w.as("li")
	liming.get("/inspectors").must(t, http.StatusOK).has(t, "李明").lacks(t, "周晓", "吴清")
	liming.post("/inspectors/leaves", "inspector", "2", "kind", "leave", "from", "2025-03-13").must(t, http.StatusUnprocessableEntity)
	r := liming.post("/inspectors/leaves", "inspector", "1", "kind", "illness", "from", "2025-03-13", "until", "2025-03-12").must(t, http.StatusUnprocessableEntity)
	r.has(t, `value="2025-03-13"`)
	liming.post("/inspectors/leaves", "inspector", "1", "kind", "illness", "from", "2025-03-13").must(t, http.StatusSeeOther)
	liming.get("/inspectors").must(t, http.StatusOK).has(t, "2025年3月13日起")
	ban := w.as("ban")
	ban.post("/inspectors/leaves", "inspector", "2", "kind", "duty", "from", "2025-03-14", "until", "2025-03-15", "note", "开会").must(t, http.StatusSeeOther)
	ban.get("/inspectors").must(t, http.StatusOK).has(t, "周晓", "李明")
	w.as("wu").get("/inspectors").must(t, http.StatusOK).lacks(t, "李明", "周晓")
	w.as("heshan").get("/inspectors").must(t, http.StatusForbidden)
}

func TestASpecialVisitIsOrderedOnAPageAndSeenByItsPairAlone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ling := w.as("ling")
	ling.get("/visits").must(t, http.StatusOK).has(t, "/visits/special")
	w.as("li").get("/visits/special").must(t, http.StatusForbidden)
	form := []string{"team", "1", "first", "1", "second", "2", "start", "2025-03-12T10:00", "end", "2025-03-12T12:00", "asked", "王主任"}
	ling.post("/visits/special", form...).must(t, http.StatusUnprocessableEntity).has(t, `<option value="1" selected>`, `value="2025-03-12T10:00"`)
	r := ling.post("/visits/special", append(form, "reason", "群众来电")...).must(t, http.StatusSeeOther)
	ling.get(r.to).must(t, http.StatusOK).has(t, "只通知了督查组").lacks(t, `href="/visits/1"`)
	w.as("li").get("/visits").must(t, http.StatusOK).has(t, `href="/visits/1"`, "石坡村")
	w.as("wu").get("/visits").must(t, http.StatusOK).lacks(t, `href="/visits/1"`)
	ling.post("/visits/special", append(form, "reason", "再去一次")...).must(t, http.StatusConflict)
	past := append([]string{}, form...)
	past[7] = "2025-03-11T10:00"
	ling.post("/visits/special", append(past, "reason", "过去")...).must(t, http.StatusUnprocessableEntity)
	// The numbers on the page do not tell of the one under way.
	w.as("ban").get("/visits/special").must(t, http.StatusOK).has(t, "近半年专项督查0次")
}

func TestTwoPersonsMoveAWeight(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ban, ling := w.as("ban"), w.as("ling")
	ban.get("/weights").must(t, http.StatusOK).has(t, "其余2支工作队权重都是1000", "没有人工调整过权重")
	form := []string{"team", "2", "from", "2025-03-17", "until", "2025-04-13", "reason", "村内疫情隔离"}
	ban.post("/weights/changes", append(form, "weight", "many")...).must(t, http.StatusUnprocessableEntity)
	ban.post("/weights/changes", append(form, "weight", "9000")...).must(t, http.StatusUnprocessableEntity).has(t, `value="9000"`)
	ban.post("/weights/changes", append(form, "weight", "0")...).must(t, http.StatusSeeOther)
	ban.get("/weights").must(t, http.StatusOK).has(t, "暂不列入", "待审定", "郑办事提出").lacks(t, "/decision")
	ban.post("/weights/changes/1/decision", "decision", "approve").must(t, http.StatusForbidden)
	ling.get("/weights").must(t, http.StatusOK).has(t, "/weights/changes/1/decision")
	ling.post("/weights/changes/1/decision", "decision", "maybe").must(t, http.StatusUnprocessableEntity)
	ling.post("/weights/changes/1/decision", "decision", "approve").must(t, http.StatusSeeOther)
	ling.post("/weights/changes/1/decision", "decision", "refuse").must(t, http.StatusConflict)
	// What a leader proposed is not his to decide.
	ling.post("/weights/changes", append(form, "weight", "600")...).must(t, http.StatusSeeOther)
	ling.get("/weights").must(t, http.StatusOK).lacks(t, "/weights/changes/2/decision")
	ling.post("/weights/changes/2/decision", "decision", "approve").must(t, http.StatusConflict)

	ban.post("/weights/complaints", "told", "1", "day", "2025-03-12", "source", "来信", "complaint", "").must(t, http.StatusUnprocessableEntity)
	ban.post("/weights/complaints", "told", "1", "day", "2025-03-11", "source", "来信", "complaint", "队员常不在村").must(t, http.StatusSeeOther)
	ban.get("/weights").must(t, http.StatusOK).has(t, "石坡村")
}
