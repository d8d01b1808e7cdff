package portal

import (
	"strings"
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

func TestEveryFigureOfTheAssessmentOpensToItsRecords(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.dutiesKept() // those of March
	w.lived()
	desk := w.as("ling")
	if to := desk.get("/assessments").must(t, 303).to; to != "/assessments/2025" {
		t.Errorf("got %s", to)
	}
	page := desk.get("/assessments/2025").must(t, 200).has(t, "禾山镇", "柳塘乡", "2025年4月10日", "每月驻村天数下限：20")
	if strings.Index(page.body, "禾山镇") > strings.Index(page.body, "柳塘乡") {
		t.Error("the townships do not stand in division-code order")
	}
	desk.get("/assessments/2025?of=township/1").must(t, 200).has(t, "督查次数", "/visits/1", "考勤工作台账不规范", "逾期未办", "召开每周工作队员例会", "督查不符", "1/2")
	desk.get("/assessments/2025?of=unit/1").must(t, 200).has(t, "县水利局", "/visits/1", "分管领导到村检查指导")
	desk.get("/assessments/2025?table=teams").must(t, 200).has(t, "禾山镇石坡村", "/assessments/2025?of=team/1")
	desk.get("/assessments/2025?of=team/1").must(t, 200).has(t, "无故不在岗", "/visits/1")
	desk.get("/assessments/2025?table=members").must(t, 200).has(t, "赵一禾", "孙三溪", "未报送")
	desk.get("/assessments/2025?member=2").must(t, 200).has(t, "钱二山", "/attendance/2025-03", "规定20天", "无故不在岗", "/visits/1")
	desk.get("/assessments/2025?of=unit/99").must(t, 404)
	desk.get("/assessments/2031").must(t, 404)
	if book := desk.get("/assessments/2025/file").must(t, 200); !strings.HasPrefix(book.body, "PK") {
		t.Error("no workbook came")
	}
	if paper := desk.get("/assessments/2025/file?as=pdf").must(t, 200); !strings.HasPrefix(paper.body, "%PDF") {
		t.Error("no PDF came")
	}
	w.as("heshan").get("/assessments/2025").must(t, 403)
}

func TestTheMonthsFormsAreSavedFromThePage(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.lived()
	desk, township := w.as("ban"), w.as("heshan")
	desk.get("/attendance/2025-03?township=431099100").must(t, 200).has(t, "出勤登记表（xlsx）", "生活补助发放花名册（xlsx）", "2025年度考核")
	for _, path := range []string{"/attendance/2025-03/form?township=431099100", "/attendance/2025-03/form?township=431099100&kind=work"} {
		if book := desk.get(path).must(t, 200); !strings.HasPrefix(book.body, "PK") || !strings.Contains(book.header.Get("Content-Disposition"), "2025-03-431099100") {
			t.Errorf("%s: got %q", path, book.header.Get("Content-Disposition"))
		}
	}
	desk.get("/attendance/2025-03/form").must(t, 404)
	township.get("/attendance/2025-03/form").must(t, 200)
	township.get("/attendance/2025-03/allowance").must(t, 403)
	desk.get("/attendance/2025-03/allowance").must(t, 409).has(t, "生活补助")
	if err := w.office.SetSetting(t.Context(), inspections.System, "allowance_day_fen", "5000", calendar.NewDate(2025, 1, 1)); err != nil {
		t.Fatal(err)
	}
	if book := desk.get("/attendance/2025-03/allowance").must(t, 200); !strings.HasPrefix(book.body, "PK") {
		t.Error("no register came")
	}
}

func TestOpinionsAndGradesAreRecordedAndEachSeesItsOwn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.lived()
	const page = "/assessments/2025/judgements"
	township, desk, unit := w.as("heshan"), w.as("ban"), w.as("shui")
	township.get(page).must(t, 200).has(t, "赵一禾", "未登记").lacks(t, "柳塘乡")
	township.get(page+"?of=member/1").must(t, 200).has(t, "登记乡镇党委意见").lacks(t, "评定考核等次")
	township.post("/assessments/2025/opinions?of=member/1").must(t, 422).has(t, `href="#opinion-opinion"`)
	township.post("/assessments/2025/opinions?of=member/1", "opinion-opinion", "吃住在村，群众认可").must(t, 303)
	township.post("/assessments/2025/grades?of=member/1", "grade-grade", "excellent", "reason-grade", "好").must(t, 403)
	desk.post("/assessments/2025/grades?of=member/1", "grade-grade", "excellent", "reason-grade", "成绩突出").must(t, 303)
	desk.post("/assessments/2025/grades?of=member/1", "grade-grade", "competent", "reason-grade", "名额调整").must(t, 303)
	desk.get(page).must(t, 200).has(t, "吃住在村，群众认可", "合格", "名额调整").lacks(t, "成绩突出")
	desk.get(page+"?of=member/1").must(t, 200).has(t, "成绩突出", "名额调整", "禾山镇", "评定考核等次")
	unit.get(page).must(t, 200).has(t, "赵一禾", "吃住在村，群众认可")
	unit.get(page+"?of=member/1").must(t, 200).lacks(t, "评定考核等次", "登记乡镇党委意见")
	w.as("liutang").get(page).must(t, 200).lacks(t, "赵一禾", "吃住在村")
	w.as("liutang").get(page+"?of=member/1").must(t, 404)
	if paper := desk.get("/assessments/2025/file?as=pdf").must(t, 200); !strings.HasPrefix(paper.body, "%PDF") {
		t.Error("no PDF came")
	}
	figures, err := w.press.Assessment(t.Context(), 2025)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range figures.Members {
		if m.Member == 1 && (m.Grade != inspections.GradeGood || m.Opinion() != "吃住在村，群众认可") {
			t.Errorf("got %+v", m.Said)
		}
	}
}
