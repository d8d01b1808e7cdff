package portal

import (
	"bytes"
	"fmt"
	"html"
	"mime/multipart"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/intake/inbox"
	"anfang.example/inspections/store"
)

func (b *browser) upload(path string, fields map[string]string, files map[string]string) reply {
	b.w.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for k, v := range fields {
		if err := form.WriteField(k, v); err != nil {
			b.w.t.Fatal(err)
		}
	}
	for name, content := range files {
		part, err := form.CreateFormFile("files", name)
		if err != nil {
			b.w.t.Fatal(err)
		}
		if _, err := part.Write([]byte(content)); err != nil {
			b.w.t.Fatal(err)
		}
	}
	if err := form.Close(); err != nil {
		b.w.t.Fatal(err)
	}
	req, err := http.NewRequest(http.MethodPost, b.w.server.URL+path, &body)
	if err != nil {
		b.w.t.Fatal(err)
	}
	req.Header.Set("Content-Type", form.FormDataContentType())
	return b.do(req)
}

var hiddenField = regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)">`)

// commit sends the form of a preview that takes its rows.
func (b *browser) commit(page reply) reply {
	b.w.t.Helper()
	form := page.body[strings.Index(page.body, `action="/imports/commit"`):]
	form = form[:strings.Index(form, "</form>")]
	var pairs []string
	for _, m := range hiddenField.FindAllStringSubmatch(form, -1) {
		pairs = append(pairs, html.UnescapeString(m[1]), html.UnescapeString(m[2]))
	}
	return b.post("/imports/commit", pairs...)
}

func (w *world) signed(from, until calendar.Date) (n int) {
	w.t.Helper()
	w.tx(func(tx *store.Tx) error {
		list, err := tx.SignIns(from, until)
		n = len(list)
		return err
	})
	return n
}

func TestAFileIsLookedAtMappedAnsweredAndThenTaken(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.moveTo(shanghai(20, 9, 0))
	desk := w.as("ban")
	var township, village, name string
	w.tx(func(tx *store.Tx) error {
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		p := roster.Postings[0]
		m, _ := roster.Member(p.Member)
		team, _ := roster.Team(p.Team)
		place, _ := roster.Township(team.Township)
		township, village, name = place.Name, team.Village, m.Name
		return nil
	})
	file := "日期,乡镇,村,甲,手机号码,状态\n" +
		"2025-03-03," + township + "," + village + "," + name + ",,在岗\n" +
		"2025/3/4," + township + "," + village + ",生面孔,,在岗\n" +
		"2025.3.5," + township + "," + village + "," + name + ",,√\n"
	march := [2]calendar.Date{calendar.NewDate(2025, 3, 1), calendar.NewDate(2025, 3, 31)}
	desk.upload("/imports", map[string]string{"sort": "signins"}, nil).must(t, 422).has(t, "请选择文件")
	desk.upload("/imports", map[string]string{"sort": "signins", "month": "三月"}, map[string]string{"a.csv": file}).must(t, 422)
	desk.upload("/imports", map[string]string{"sort": "signins"}, map[string]string{"a.xlsx": "PK\x03\x04"}).must(t, 422)
	to := desk.upload("/imports", map[string]string{"sort": "signins"}, map[string]string{"2025-03.csv": file}).must(t, 303).to

	page := desk.get(to).must(t, 200).has(t, "姓名", "缺少必需的列", "m-甲")
	page = desk.get(to+"&m-甲=name").must(t, 200).has(t, "此行是谁", "不导入", "在岗", "生面孔").lacks(t, "缺少必需的列")
	if n := w.signed(march[0], march[1]); n != 0 {
		t.Errorf("a preview took %d days", n)
	}
	member := regexp.MustCompile(`<option value="(\d+ ` + name + ` [^"]*)">`).FindStringSubmatch(page.body)
	if member == nil {
		t.Fatal("the page names nobody to choose")
	}
	desk.commit(page).must(t, 303)
	if n := w.signed(march[0], march[1]); n != 2 {
		t.Errorf("got %d days, want 2", n)
	}
	again := desk.get(to+"&m-甲=name").must(t, 200).has(t, "已经导入过")
	again.lacks(t, `action="/imports/commit"`)

	// The answer makes it another import; what was taken before stays.
	page = desk.get(to+"&m-甲=name&w-0-3-="+strings.ReplaceAll(member[1], " ", "+")).must(t, 200).has(t, "已按您的答复认定此人")
	desk.commit(page).must(t, 303)
	if n := w.signed(march[0], march[1]); n != 3 {
		t.Errorf("got %d days, want 3", n)
	}
	w.as("ling").get("/imports").must(t, 403)
	desk.get("/imports/preview?sort=signins&file="+strings.Repeat("0", 64)+"+x").must(t, 404)
}

func TestTheSortOfAFileIsToldByItsHeadings(t *testing.T) {
	t.Parallel()
	desk := newWorld(t).as("ban")
	send := func(name, text string) reply {
		return desk.upload("/imports", map[string]string{"sort": "any"}, map[string]string{name: text})
	}
	for head, sort := range map[string]string{
		"日期,乡镇,村,姓名,手机号码,状态\n":            "signins",
		"姓名,手机号码,乡镇,村,类别,起始日期,结束日期,批准人\n": "leave",
		"责任主体,条款,周期,办理日期,办理方式,说明\n":       "duties",
	} {
		to := send("a.csv", head+"a,b,c,d,e,f\n").must(t, 303).to
		if !strings.Contains(to, "sort="+sort) {
			t.Errorf("got %s, want sort %s", to, sort)
		}
		desk.get(to).must(t, 200)
	}
	send("a.csv", "物资,数量,单价\n").must(t, 422).has(t, "认不出")
	send("a.csv", "date,workday,name\n2027-01-01,0,元旦\n").must(t, 422).has(t, "anfang import calendar")
}

// lay puts files into the watched folder that wait for somebody.
func (w *world) lay() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.lying = []inbox.Waiting{
		{Name: "便江街道2025年3月签到台账.xlsx", Where: inbox.Asked, Since: calendar.InstantOf(shanghai(10, 9, 30)),
			Note: "便江街道2025年3月签到台账.xlsx（2025年3月10日09:30）\r\n\r\n已导入310行，另有1行未导入：\r\n\r\n　第17行“姓名”：同村有同名的人［张华］\r\n"},
		{Name: "扫描件.csv", Where: inbox.Refused, Since: calendar.InstantOf(shanghai(11, 8, 0)), Note: "扫描件.csv不是表格。"},
	}
}

func TestWhatWaitsInTheWatchedFolderStandsOnThePages(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	desk := w.as("ban")
	desk.get("/").must(t, 200).lacks(t, "收件文件夹")
	desk.get("/imports").must(t, 200).has(t, "没有等待处理的文件")
	w.lay()
	desk.get("/").must(t, 200).has(t, "处理收件文件夹中的文件", "2份文件等待处理", `href="/imports#inbox"`)
	desk.get("/imports").must(t, 200).has(t, "便江街道2025年3月签到台账.xlsx", "待确认", "第17行", "扫描件.csv", "未导入")
	w.as("ling").get("/").must(t, 200).lacks(t, "收件文件夹")
}

// strange imports a ledger in which two names cannot be settled, and gives a member to be named.
func (w *world) strange() (member inspections.Member, ledger string) {
	w.t.Helper()
	var township, village string
	w.tx(func(tx *store.Tx) error {
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		p := roster.Postings[0]
		member, _ = roster.Member(p.Member)
		township, village = placeOf(roster, p.Team)
		return nil
	})
	ledger = "日期,乡镇,村,姓名,手机号码,状态\n"
	for _, name := range []string{"生面孔", "小" + string([]rune(member.Name)[:1])} {
		ledger += "2025-03-04," + township + "," + village + "," + name + ",,在岗\n"
	}
	return member, ledger
}

func TestNamesOfAnImportAreAnsweredOnAPage(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.moveTo(shanghai(20, 9, 0))
	desk := w.as("ban")
	member, ledger := w.strange()
	ledger += strings.Replace(strings.Split(ledger, "\n")[1], "生面孔", member.Name, 1) + "\n"
	march := [2]calendar.Date{calendar.NewDate(2025, 3, 1), calendar.NewDate(2025, 3, 31)}
	desk.get("/imports/questions").must(t, 200).has(t, "没有需要确认的姓名")
	to := desk.upload("/imports", map[string]string{"sort": "any"}, map[string]string{"2025-03.csv": ledger}).must(t, 303).to
	if to = desk.commit(desk.get(to).must(t, 200)).must(t, 303).to; !strings.HasPrefix(to, "/imports/questions") {
		t.Errorf("got to %s", to)
	}
	desk.get("/").must(t, 200).has(t, "确认导入文件中的姓名是谁", "2个姓名")
	desk.get("/imports/questions").must(t, 200).has(t, "生面孔", "是哪名队员", "不是本县工作队员")
	before := w.signed(march[0], march[1])

	desk.post("/imports/questions/1", "verdict", "member", "who-1", "").must(t, 422)
	desk.post("/imports/questions/1", "verdict", "nonsense").must(t, 422)
	desk.post("/imports/questions/1", "verdict", "not_ours").must(t, 303)
	desk.post("/imports/questions/2", "verdict", "member", "who-2", fmt.Sprintf("%d %s", member.ID, member.Name)).must(t, 303)
	if n := w.signed(march[0], march[1]) - before; n != 0 {
		t.Errorf("got %d more days of a member who is in already", n)
	}
	desk.get("/imports/questions").must(t, 200).has(t, "没有需要确认的姓名", "已答复", "不是本县队员", member.Name, "撤回")
	desk.post("/imports/questions/2", "verdict", "open").must(t, 303)
	desk.get("/imports/questions").must(t, 200).has(t, "已撤回", "就是此人")
	desk.post("/imports/questions/99", "verdict", "open").must(t, 404)
	w.as("ling").get("/imports/questions").must(t, 403)
	w.as("ling").post("/imports/questions/1", "verdict", "open").must(t, 403)
}
