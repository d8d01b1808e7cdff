package portal

import (
	"strings"
	"testing"
)

func TestDutyPagesInABrowser(t *testing.T) {
	t.Parallel()
	ctx, heard := openBrowser(t)
	w := newWorld(t)
	w.lived()
	receipt := receiptPath(w.dutiesKept().ID)
	w.as("ban").post(strings.Replace(receipt, "receipt", "submission", 1), "kind", "done", "note", "例会记录").must(t, 303)
	w.as("ling").post("/assessments/2025/grades?of=member/2", "grade-grade", "basic", "reason-grade", "驻村天数不足").must(t, 303)
	w.as("heshan").post("/assessments/2025/opinions?of=member/2", "opinion-opinion", "入户较少，建议加强").must(t, 303)
	walk(t, ctx, heard, w, "ling", []string{
		"/owed?all=1", "/assessments/2025", "/assessments/2025?table=members", "/assessments/2025?of=township/1", "/assessments/2025?member=2", "/assessments/2025/judgements", "/assessments/2025/judgements?of=member/2",
		"/duties/calendar?month=2025-03", "/townships/1", "/units/1", "/members/1", "/care", "/tips?month=2025-03", "/funds",
	})
	walk(t, ctx, heard, w, "ban", []string{"/teams/1", "/townships/2", "/duties", receipt})
}
