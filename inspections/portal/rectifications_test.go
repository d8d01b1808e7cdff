package portal

import (
	"net/http"
	"strings"
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/store"
)

func TestAProblemGoesThroughTheLedgerOfRectification(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.lived()
	var finding inspections.Finding
	w.tx(func(tx *store.Tx) error {
		list, err := tx.Findings(inspections.FindingFilter{})
		finding = list[0]
		return err
	})
	ban, town, other := w.as("ban"), w.as("heshan"), w.as("liutang")
	ban.get("/rectifications").must(t, http.StatusOK).has(t, "没有整改事项")
	ban.get("/visits/1").must(t, http.StatusOK).has(t, `/rectifications?finding=1`)
	ban.get("/rectifications?finding=1").must(t, http.StatusOK).has(t, `name="finding" value="1"`, `value="township/1" selected`, `value="考勤工作台账不规范"`)
	ban.get("/rectifications?finding=77").must(t, http.StatusNotFound)
	form := []string{"finding", "1", "party", "township/1", "problem", "工作队员不在岗", "action", "每日核对请假手续", "person", "冯副书记"}
	ban.post("/rectifications", form...).must(t, http.StatusUnprocessableEntity).has(t, "每日核对请假手续", "details class=\"aside\" open")
	ban.post("/rectifications", append(form, "due", "2025-04-01")...).must(t, http.StatusUnprocessableEntity) // a day gone by
	town.post("/rectifications", append(form, "due", "2025-04-30")...).must(t, http.StatusForbidden)
	ban.post("/rectifications", append(form, "due", "2025-04-30")...).must(t, http.StatusSeeOther)
	ban.post("/rectifications", append(form, "due", "2025-04-30", "person", "x")...).must(t, http.StatusConflict).has(t, "已列入整改台账第1项")

	// The party sees its own line and no other's; it reports, and cannot close.
	other.get("/rectifications").must(t, http.StatusOK).lacks(t, "每日核对请假手续")
	other.post("/rectifications/1/report", "proof-1", "不是我们").must(t, http.StatusNotFound)
	town.get("/rectifications").must(t, http.StatusOK).has(t, "每日核对请假手续", "/rectifications/1/report").lacks(t, "/verification")
	ban.post("/rectifications/1/verification", "how-1", "看过").must(t, http.StatusConflict) // nothing was reported
	town.post("/rectifications/1/report", "proof-1", "").must(t, http.StatusUnprocessableEntity)
	town.post("/rectifications/1/report", "proof-1", "已建立台账，每日核对").must(t, http.StatusSeeOther)
	town.post("/rectifications/1/verification", "how-1", "自己看过").must(t, http.StatusForbidden)
	ban.get("/rectifications").must(t, http.StatusOK).has(t, "已报送，待核验", "/rectifications/1/verification")
	ban.post("/rectifications/1/verification", "how-1", "查看台账属实").must(t, http.StatusSeeOther)
	ban.get("/rectifications").must(t, http.StatusOK).lacks(t, "每日核对请假手续")
	ban.get("/rectifications?state=all").must(t, http.StatusOK).has(t, "已销号", "查看台账属实")
	town.post("/rectifications/1/report", "proof-1", "又报").must(t, http.StatusConflict)
	w.tx(func(tx *store.Tx) error {
		r, err := tx.Rectification(1)
		if r.Finding != finding.ID || r.Clause != finding.Clause || !strings.Contains(r.Proof, "台账") {
			t.Errorf("got %+v of finding %+v", r, finding)
		}
		return err
	})
}
