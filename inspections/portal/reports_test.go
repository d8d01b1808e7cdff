package portal

import (
	"net/http"
	"strings"
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/duties"
	"anfang.example/inspections/store"
)

func TestATownshipReportsAndGetsItsReceiptAndTheOpinion(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.moveTo(shanghai(12, 16, 0))
	town, other := w.as("heshan"), w.as("liutang")
	town.get("/reports").must(t, http.StatusOK).has(t, "m/2", "t/1", "当天在这里报告").lacks(t, "m/3", "received")
	form := []string{"reported", "m/2", "report_kind", "absent", "report_at", "2025-03-12T09:00", "report_what", "点名未到，电话不通"}
	other.post("/reports", form...).must(t, http.StatusUnprocessableEntity) // not one of theirs
	town.post("/reports", append(form, "discovered", "2025-03-20")...).must(t, http.StatusUnprocessableEntity).has(t, "发现日期")
	town.post("/reports", append(form[:6:6], "report_what", "")...).must(t, http.StatusUnprocessableEntity)
	w.as("shui").post("/reports", form...).must(t, http.StatusForbidden)
	r := town.send("/reports", "scan", "报告.pdf", []byte("%PDF-1.4\n%"), form...).must(t, http.StatusSeeOther)
	if !strings.HasPrefix(r.to, "/reports/1") {
		t.Errorf("got led to %s", r.to)
	}
	town.get("/reports/1").must(t, http.StatusOK).has(t, "收件回执2025-001", "在发现当天报告", "3月17日", "/reports/1/original").lacks(t, "/cases/2025-001")
	if got := town.get("/reports/1/original").must(t, http.StatusOK); got.header.Get("Content-Type") != "application/pdf" {
		t.Errorf("got %s", got.header.Get("Content-Type"))
	}
	other.get("/reports/1").must(t, http.StatusNotFound)
	other.get("/reports").must(t, http.StatusOK).lacks(t, "2025-001")

	// One line by the clerk for a paper that came the day before: its terms count from its receipt.
	w.moveTo(shanghai(13, 9, 0))
	town, other = w.as("heshan"), w.as("liutang") // their sessions ended meanwhile
	ban, ling := w.as("ban"), w.as("ling")
	ban.post("/reports", "reported", "t/2", "report_kind", "not_released", "report_at", "2025-03-12T10:00", "report_what", "队员仍在原单位上班",
		"how_came", "paper", "received", "2025-03-12T17:00").must(t, http.StatusSeeOther)
	ban.get("/reports").must(t, http.StatusOK).has(t, "书面报告", "当天报告", "未与原单位工作脱钩")
	other.get("/reports/2").must(t, http.StatusOK).has(t, "书面报告")
	ban.post("/reports/1/opinion", "opinion", "x").must(t, http.StatusForbidden)
	ling.post("/reports/1/opinion", "opinion", "").must(t, http.StatusUnprocessableEntity)
	ling.post("/reports/1/opinion", "opinion", "启动“一案双查”，先由乡镇核对去向").must(t, http.StatusSeeOther)
	ling.post("/reports/1/opinion", "opinion", "又一个意见").must(t, http.StatusConflict)
	town.get("/reports/1").must(t, http.StatusOK).has(t, "先由乡镇核对去向")
	w.tx(func(tx *store.Tx) error {
		for _, kind := range []inspections.LetterKind{inspections.LetterReceipt, inspections.LetterOpinion} {
			letters, err := tx.Letters(inspections.LetterFilter{Kind: kind})
			if err != nil || len(letters) != 1 || letters[0].Email != "heshan@example.com" || strings.Contains(string(letters[0].Args), "钱二山") {
				t.Errorf("%s: got %+v %v, want one letter to the township that names nobody", kind, letters, err)
			}
		}
		second, err := tx.Report(2)
		if err != nil || !second.Prompt || second.How != casework.HowPaper {
			t.Errorf("got %+v %v, want the paper prompt by the day of its receipt", second, err)
		}
		owed, err := tx.Obligations(duties.Filter{Kind: duties.Opinion})
		for _, o := range owed {
			if o.Started.Date().String() != "2025-03-12" || o.Last().String() != "2025-03-17" {
				t.Errorf("got the opinion counted from %s to %s, want 12 to 17 March", o.Started.Date(), o.Last())
			}
			if o.Open() != (o.Subject == "case/2") {
				t.Errorf("%s: open %t", o.Subject, o.Open())
			}
		}
		return err
	})
}
