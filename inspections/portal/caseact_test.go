package portal

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/office"
	"anfang.example/inspections/store"
)

// send sends a form with one file.
func (b *browser) send(path, field, name string, file []byte, pairs ...string) reply {
	b.w.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for i := 0; i < len(pairs); i += 2 {
		if err := form.WriteField(pairs[i], pairs[i+1]); err != nil {
			b.w.t.Fatal(err)
		}
	}
	part, err := form.CreateFormFile(field, name)
	if err == nil {
		_, err = part.Write(file)
	}
	if err == nil {
		err = form.Close()
	}
	if err != nil {
		b.w.t.Fatal(err)
	}
	req, err := http.NewRequest("POST", b.w.server.URL+path, &body)
	if err != nil {
		b.w.t.Fatal(err)
	}
	req.Header.Set("Content-Type", form.FormDataContentType())
	return b.do(req)
}

// opened brings the case of the lived month to its investigations.
func (w *world) opened() {
	w.t.Helper()
	w.lived()
	w.moveTo(shanghai(12, 17, 0))
	w.as("ling").post("/cases/2025-001/approval", "duty", "县驻村办主任").must(w.t, 303)
}

func TestACaseIsWorkedThroughItsForms(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.opened()
	ban, ling, town, unit := w.as("ban"), w.as("ling"), w.as("heshan"), w.as("shui")
	const page = "/cases/2025-001"
	ban.get(page).must(t, 200).has(t, "下一步", "听取情况说明", page+"/acts/talk", "尚未催办").lacks(t, page+"/acts/extended")
	ling.get(page).must(t, 200).has(t, page+"/acts/extended")
	ban.get("/").must(t, 200).has(t, "听取情况说明")
	// Each side's time to make a statement is a clock of its own; it is shown to the side as the end it has.
	ban.get(page).must(t, 200).has(t, "在期限内说明情况<br><small>禾山镇", "在期限内说明情况<br><small>县水利局")
	town.get(page).must(t, 200).has(t, "说明期限", "3月15日（周六）24:00").lacks(t, "在期限内说明情况")
	town.get("/").must(t, 200).has(t, "3月15日（周六）24:00").lacks(t, "3月19日")
	town.get("/duties").must(t, 200).has(t, "在期限内说明情况", "2025-001")
	ban.get("/cases?state=mine").must(t, 200).has(t, "2025-001", "听取情况说明", "我的事项")
	town.get("/cases?state=mine").must(t, 200).has(t, "2025-001", page+"/acts/statement")
	ban.get(page+"/acts/extended").must(t, 404)
	ban.get(page+"/acts/nonsense").must(t, 404)

	// A township states in its own investigation and nowhere else; it never sees the unit's.
	town.get(page).must(t, 200).has(t, page+"/acts/statement").lacks(t, page+"/acts/talk")
	town.get(page+"/acts/statement").must(t, 200).has(t, "禾山镇").lacks(t, "县水利局")
	town.post(page+"/acts/statement", "act_branch", "2", "act_text", "不是我们的").must(t, 422)
	town.post(page+"/acts/statement", "act_branch", "1", "act_text", "当日已口头报告").must(t, 303)
	town.post(page+"/acts/talk", "act_branch", "1", "act_text", "x").must(t, 404)
	w.as("liutang").get(page+"/acts/statement").must(t, 404)
	unit.post(page+"/acts/recusal_ask", "act_branch", "2", "act_text", "承办人与我单位有直接关系").must(t, 303)

	ban.post(page+"/acts/talk", "act_branch", "2", "act_text", "与分管领导谈话").must(t, 422).has(t, "另一名谈话人")
	ban.post(page+"/acts/talk", "act_branch", "2", "act_second", "3", "act_text", "与分管领导谈话").must(t, 303)
	scan := []byte("%PDF-1.4\n% talk record signed by two\n")
	ban.send(page+"/acts/statement", "scan", "说明.pdf", scan, "act_branch", "3", "act_text", "没有请假").must(t, 303)
	ban.send(page+"/acts/original", "scan", "坏.txt", []byte("plain words"), "act_branch", "0", "act_text", "原件").must(t, 422)
	ban.post(page+"/acts/original", "act_branch", "0", "act_text", "原件").must(t, 422).has(t, "请附上用印原件")
	var with int
	w.tx(func(tx *store.Tx) error {
		acts, err := tx.Acts(1)
		for _, a := range acts {
			if a.SHA != "" {
				with = a.Seq
			}
		}
		return err
	})
	r := w.as("ping").get(fmt.Sprintf("%s/originals/%d", page, with)).must(t, 200)
	if r.body != string(scan) || r.header.Get("Content-Type") != "application/pdf" {
		t.Errorf("got %q as %s", r.body, r.header.Get("Content-Type"))
	}
	town.get(fmt.Sprintf("%s/originals/%d", page, with)).must(t, 403)

	for seq := 1; seq <= 3; seq++ {
		ban.post(page+"/acts/fact_check", "act_branch", fmt.Sprint(seq), "act_text", "逐项核对无误").must(t, 303)
	}
	ban.post(page+"/acts/opinion", "act_branch", "1", "act_text", "请求从轻，因当日报告", "act_outcome", "partly").must(t, 303)
	ban.get("/cases?state=mine").must(t, 200).lacks(t, "2025-001") // the conclusion is a leader's
	ling.get("/cases?state=mine").must(t, 200).has(t, "2025-001", "作出核查结论")
	town.get("/cases?state=mine").must(t, 200).lacks(t, "2025-001")
	ban.get(page).must(t, 200).has(t, "作出核查结论", "部分采纳").lacks(t, "听取情况说明</a>")
	ling.post(page+"/branches/1/conclusion", "conclusion-1", "已履行报告职责", "liable-1", "no", "writer-1", "2").must(t, 303)
	for _, seq := range []string{"2", "3"} {
		ling.post(page+"/branches/"+seq+"/conclusion", "conclusion-"+seq, "未尽职责", "liable-"+seq, "yes", "writer-"+seq, "2").must(t, 303)
	}

	// A body decides days after the conclusion; then it is served and carried out, each on record.
	ling.get(page).must(t, 200).has(t, "决定处理措施或提出处理建议", page+"/branches/2/measures")
	ban.post(page+"/branches/2/measures", "measure-2", "talk", "person-2", "陈副局长", "body-2", "县委组织部").must(t, 403)
	ling.post(page+"/branches/1/measures", "measure-1", "talk", "person-1", "x", "body-1", "县委组织部").must(t, 422)
	ling.post(page+"/branches/2/measures", "measure-2", "talk", "person-2", "陈副局长", "body-2", "县委组织部").must(t, 303)
	ling.post(page+"/branches/3/measures", "measure-3", "recall", "person-3", "钱二山", "body-3", "县委组织部").must(t, 422) // not what the table proposes
	ling.post(page+"/branches/3/measures", "measure-3", "recall", "person-3", "钱二山", "body-3", "县委组织部", "why-3", "本人不适合驻村").must(t, 303)
	ban.get(page).must(t, 200).has(t, "送达处理决定")
	ban.post(page+"/acts/executed", "act_measure", "1", "act_text", "约谈完毕").must(t, 404) // nothing is served yet
	for _, m := range []string{"1", "2"} {
		ban.post(page+"/acts/served", "act_measure", m, "act_text", "当面送达，本人签收").must(t, 303)
		ban.post(page+"/acts/executed", "act_measure", m, "act_text", "已执行").must(t, 303)
	}
	ban.get(page).must(t, 200).has(t, "选派接替人员", "三天内调整、补派工作队员")
	unit.post(page+"/acts/appeal", "act_measure", "1", "act_text", "已按月到村检查").must(t, 303)
	ling.post(page+"/acts/appeal_end", "act_answers", "99", "act_outcome", "upheld", "act_text", "x").must(t, 422)
	ling.get(page).must(t, 200).has(t, "答复申诉")
	ban.post(page+"/closure").must(t, 303)
	ban.post(page+"/acts/talk", "act_branch", "2", "act_second", "3", "act_text", "迟到的谈话").must(t, 404)
	w.tx(func(tx *store.Tx) error {
		measures, err := tx.Measures(1)
		for _, m := range measures {
			if m.Served.IsZero() || m.Executed.IsZero() || m.DecidedBy == 0 {
				t.Errorf("got %+v, want it served, carried out and decided by somebody", m)
			}
		}
		c, err2 := tx.Case(inspections.CaseID(1))
		if c.State != casework.Closed || err2 != nil {
			t.Errorf("got %s %v", c.State, err2)
		}
		return err
	})
}

func TestATownshipSpeaksForItsMemberOnTheCasePage(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.opened()
	ban, ling, town, unit := w.as("ban"), w.as("ling"), w.as("heshan"), w.as("shui")
	const page = "/cases/2025-001"
	town.get(page).must(t, 200).has(t, "代钱二山提交", page+"/acts/statement?for=3", page+"/acts/reply?for=3").lacks(t, page+"/acts/appeal?for=3", page+"/acts/talk?for=3")
	ban.get(page).must(t, 200).lacks(t, "?for=3")
	town.get(page+"/acts/statement?for=3").must(t, 200).has(t, "代钱二山提交情况说明", "怎样收到", "当面").lacks(t, "县水利局")
	for _, path := range []string{"/acts/statement?for=1", "/acts/statement?for=2", "/acts/statement?for=9", "/acts/statement?for=x", "/acts/appeal?for=3", "/acts/talk?for=3"} {
		town.get(page+path).must(t, 404)
		town.post(page+path, "act_branch", "3", "act_how", "phone", "act_text", "x").must(t, 404)
	}
	ban.get(page+"/acts/statement?for=3").must(t, 404)
	w.as("liutang").get(page+"/acts/statement?for=3").must(t, 404)

	town.post(page+"/acts/statement", "act_branch", "3", "act_text", "不经代为提交").must(t, 422)
	town.post(page+"/acts/statement?for=3", "act_branch", "3", "act_text", "家人急病").must(t, 422).has(t, "怎样收到", "家人急病")
	scan := []byte("%PDF-1.4\n% a letter of the member\n")
	town.send(page+"/acts/statement?for=3", "scan", "说明.pdf", scan, "act_branch", "3", "act_how", "paper", "act_text", "家人急病").must(t, 303)
	town.get(page).must(t, 200).has(t, "家人急病", "书面")
	unit.get(page).must(t, 200).has(t, "代钱二山提交").lacks(t, "家人急病") // what the township handed in
	ban.get(page).must(t, 200).has(t, "由禾山镇代为提交，书面")

	ling.post(page+"/branches/3/conclusion", "conclusion-3", "未请假", "liable-3", "yes", "writer-3", "2", "measure-3", "criticism", "person-3", "钱二山", "body-3", "县委组织部", "why-3", "首次").must(t, 303)
	unit.get(page).must(t, 200).lacks(t, page+"/acts/appeal?for=3", "批评教育") // nobody was told of it yet
	ban.post(page+"/acts/served", "act_measure", "1", "act_text", "当面送达").must(t, 303)
	unit.get(page).must(t, 200).has(t, page+"/acts/appeal?for=3").lacks(t, page+"/acts/statement?for=3")
	unit.post(page+"/acts/appeal?for=3", "act_measure", "1", "act_how", "in_person", "act_text", "请求复查").must(t, 303)
	ban.get(page).must(t, 200).has(t, "由县水利局代为提交，当面")
}

func TestReadingACaseGoesOnRecordForThoseWhoMaySeeIt(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.opened()
	const page = "/cases/2025-001"
	who := func() (names []string) {
		w.tx(func(tx *store.Tx) error {
			list, err := office.Readings(tx, 1)
			for _, r := range list {
				names = append(names, r.Name)
			}
			return err
		})
		return names
	}
	had := len(who()) // of whoever went through the page so far
	w.as("liutang").get(page).must(t, 404)
	w.as("heshan").get("/cases").must(t, 200)
	if got := who(); len(got) != had {
		t.Errorf("got %v, want nothing of those who saw no case", got)
	}
	w.as("heshan").get(page).must(t, 200).lacks(t, "调阅记录")
	w.as("heshan").get(page).must(t, 200)
	if got := who(); len(got) != had+1 || got[0] != "禾山镇专干" {
		t.Errorf("got %v, want the township's look, once", got)
	}
	w.as("ping").get(page).must(t, 200).has(t, "调阅记录", "禾山镇专干", "评查员", "查看事项页面")
	w.as("ban").post(page+"/file").must(t, 200)
	w.as("ban").get(page).must(t, 200).has(t, "调阅案卷", "郑办事")
}
