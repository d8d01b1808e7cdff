package portal

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/office"
	"anfang.example/inspections/store"
)

// lived fills a month: a sealed week, two visits, one with a verified absence and its case, ledgers of one
// township, a bulletin drafted. It ends on 10 April.
func (w *world) lived() {
	w.t.Helper()
	ctx := w.t.Context()
	id := w.dispatch(shipo)
	second := w.dispatch(quantang)
	w.moveTo(shanghai(12, 10, 30))
	w.tx(func(tx *store.Tx) error {
		week := calendar.Week{Year: 2025, Number: 11}
		f := inspections.Freeze{Year: 2025, Week: 11, Body: "{}", Hash: strings.Repeat("ab12", 16), Frozen: calendar.InstantOf(shanghai(9, 18, 0))}
		if err := tx.AddFreeze(f); err != nil {
			return err
		}
		if err := tx.AddAnchor(inspections.Anchor{Year: 2025, Hex: strings.Repeat("ef", 32), At: calendar.InstantOf(shanghai(1, 9, 0))}); err != nil {
			return err
		}
		for i, v := range []inspections.VisitID{0, id, second} {
			s := inspections.Slot{Year: week.Year, Week: week.Number, Slot: i + 4, Outcome: inspections.SlotNone, Released: calendar.InstantOf(shanghai(11+i, 8, 10)), Row: []byte("{}")}
			if v != 0 {
				s.Outcome, s.Visit = inspections.SlotDispatch, v
			}
			if err := tx.AddSlot(s); err != nil {
				return err
			}
			if err := tx.RevealSlot(week, i+4, strings.Repeat("cd", 32)); err != nil {
				return err
			}
		}
		imp := inspections.Import{Kind: "signins", Name: "三月.csv", SHA: strings.Repeat("0", 64), At: tx.Now()}
		if err := tx.AddImport(&imp); err != nil {
			return err
		}
		var days []inspections.SignIn
		for d := 1; d <= 31; d++ {
			days = append(days, inspections.SignIn{Member: zhao, Team: shipo, Day: calendar.NewDate(2025, 3, d), Clock: "08:10:00", Status: inspections.SignPresent, Import: imp.ID, Row: d})
			if d < 12 {
				days = append(days, inspections.SignIn{Member: qian, Team: shipo, Day: calendar.NewDate(2025, 3, d), Clock: "08:12:00", Status: inspections.SignPresent, Import: imp.ID, Row: 40 + d})
			}
		}
		if err := tx.AddSignIns(days); err != nil {
			return err
		}
		for _, key := range []string{inspections.SetIssuer, inspections.SetPrefix, inspections.SetSigner} {
			if err := tx.AddSetting(inspections.Setting{Key: key, Value: "青溪县驻村办", From: calendar.NewDate(2025, 1, 1), Recorded: tx.Now()}); err != nil {
				return err
			}
		}
		return nil
	})
	w.record(id, false)
	w.record(second, true)
	w.moveTo(shanghai(12, 16, 0))
	verified, err := w.office.VerifyVisit(ctx, inspections.System, id, nil)
	if err != nil || len(verified.Cases) != 1 {
		w.t.Fatalf("verify: %+v, %v", verified, err)
	}
	w.moveTo(calendar.NewDate(2025, 4, 7).At(9, 0))
	march := calendar.Month{Year: 2025, Month: 3}
	if _, err := w.press.Draft(ctx, inspections.System, march); err != nil {
		w.t.Fatal(err)
	}
	w.moveTo(calendar.NewDate(2025, 4, 10).At(9, 0))
}

func (w *world) record(id inspections.VisitID, all bool) {
	w.t.Helper()
	rec := office.VisitRecord{Visit: id, Visited: calendar.InstantOf(shanghai(12, 9, 45)), Note: "村部有人值守"}
	if all {
		rec.Members = []office.MemberSeen{{Member: sun, Present: true}}
	} else {
		rec.Members = []office.MemberSeen{{Member: zhao, Present: true}, {Member: qian, Explanation: "电话称在县城"}}
		rec.Checks = []office.CheckMade{{Item: "ledger", Result: inspections.CheckProblem, Note: "三月以来没有登记"}}
	}
	if _, err := w.office.RecordVisit(w.t.Context(), inspections.System, rec); err != nil {
		w.t.Fatal(err)
	}
}

// pathOf gives a real address of a route in the lived world.
func pathOf(rt route) string {
	return strings.NewReplacer("{$}", "", "{id}", "1", "{n}", "1", "{year}", "2025", "{number}", "2025-001", "{seq}", "1", "{measure}", "1",
		"{paper...}", "approval", "{kind}", "recusal_ask", "{month}", "2025-03", "{name}", "portal.css", "{key}", inspections.SetCopyTo).Replace(rt.Path)
}

var unfilled = regexp.MustCompile(`«[^»]*»|\{[a-z][a-z0-9_]*\}|%!|<no value>`)

func TestEveryPageInEveryLanguageForEveryRole(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.lived()
	han := regexp.MustCompile(`\p{Han}`)
	for role, login := range rolesAndLogins {
		b := w.as(login)
		for _, rt := range Routes() {
			if rt.Method != "GET" || rt.Open || !slices.Contains(rt.Roles, role) || strings.HasSuffix(rt.Path, "{n}") {
				continue
			}
			for _, lang := range []string{"zh", "en"} {
				b.lang = lang
				r := b.get(pathOf(rt))
				if r.status >= 500 {
					t.Errorf("%s as %s in %s: %d\n%s", pathOf(rt), role, lang, r.status, r.body)
				}
				if found := unfilled.FindString(r.body); found != "" && strings.Contains(r.header.Get("Content-Type"), "html") {
					t.Errorf("%s as %s in %s: %s stands in the page", pathOf(rt), role, lang, found)
				}
				if lang == "zh" && strings.Contains(r.header.Get("Content-Type"), "html") && !han.MatchString(r.body) {
					t.Errorf("%s as %s: not in Chinese", pathOf(rt), role)
				}
			}
		}
	}
}

func TestEmptyPagesSayWhatWillStandThere(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	b := w.as("ban")
	for _, path := range []string{"/", "/visits", "/cases", "/duties", "/bulletins", "/mail", "/week", "/leaves", "/attendance/2025-03"} {
		if r := b.get(path).must(t, 200); !strings.Contains(r.body, `class="empty"`) && !strings.Contains(r.body, "未报送") {
			t.Errorf("%s does not say what will stand there", path)
		}
	}
}

// TestTheTableOfRoutesHolds tries every route as every role and as nobody.
func TestTheTableOfRoutesHolds(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.lived()
	browsers := map[inspections.Role]*browser{"": w.browser()}
	for role, login := range rolesAndLogins {
		browsers[role] = w.as(login)
	}
	for _, rt := range Routes() {
		for role, b := range browsers {
			if rt.Open || rt.Path == "/sign-out" {
				continue
			}
			try := b.get
			if rt.Method == "POST" {
				try = func(path string) reply { return b.post(path, "nonsense", "x") }
			}
			r := try(pathOf(rt))
			name := fmt.Sprintf("%s %s as %q: %d", rt.Method, pathOf(rt), role, r.status)
			switch {
			case role == "" && rt.Method == "GET":
				if r.status != 303 || !strings.HasPrefix(r.to, "/sign-in") {
					t.Error(name, "is not led to the sign-in page")
				}
			case role == "":
				if r.status != 401 {
					t.Error(name, "want 401")
				}
			case !slices.Contains(rt.Roles, role):
				if r.status != 403 {
					t.Error(name, "want 403")
				}
			case r.status == 401 || r.status == 403 && rt.Method == "GET" || r.status >= 500:
				t.Error(name, "is in the table and does not get there")
			}
		}
	}
}

// TestNoRouteOutsideTheTable reads the package: handlers that no line of the table names, and patterns
// registered elsewhere, are faults.
func TestNoRouteOutsideTheTable(t *testing.T) {
	t.Parallel()
	files := token.NewFileSet()
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var handlers []string
	named := map[string]bool{"nowhere": true}
	registered := 0
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(files, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil && isHandler(f.Type) {
				handlers = append(handlers, f.Name.Name)
			}
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.KeyValueExpr:
				key, ok := n.Key.(*ast.Ident)
				if value, isName := n.Value.(*ast.Ident); ok && isName && key.Name == "serve" {
					named[value.Name] = true
				}
			case *ast.CallExpr:
				if sel, ok := n.Fun.(*ast.SelectorExpr); ok && (sel.Sel.Name == "Handle" || sel.Sel.Name == "HandleFunc") {
					registered++
					if name != "portal.go" {
						t.Errorf("%s registers a pattern", name)
					}
				}
			}
			return true
		})
	}
	if registered != 2 {
		t.Errorf("patterns are registered in %d places, want the table's and the one for what does not exist", registered)
	}
	if len(handlers) < 30 {
		t.Fatalf("found only the handlers %v", handlers)
	}
	for _, h := range handlers {
		if !named[h] {
			t.Errorf("handler %s stands in no line of the table", h)
		}
	}
	for _, rt := range Routes() {
		if rt.Open == (len(rt.Roles) > 0) || rt.serve == nil {
			t.Errorf("%s %s: open, or for some roles, never both or neither", rt.Method, rt.Path)
		}
	}
}

func isHandler(f *ast.FuncType) bool {
	if f.Params == nil || len(f.Params.List) != 1 || f.Results == nil || len(f.Results.List) != 2 {
		return false
	}
	star, ok := f.Params.List[0].Type.(*ast.StarExpr)
	if !ok {
		return false
	}
	in, ok := star.X.(*ast.Ident)
	out, ok2 := f.Results.List[0].Type.(*ast.Ident)
	return ok && ok2 && in.Name == "exchange" && out.Name == "answer"
}

func TestTheMainPath(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.dispatch(shipo)
	w.moveTo(shanghai(12, 10, 30))
	w.as("li").post(fmt.Sprintf("/visits/%d/record", id), recordForm()...).must(t, 303)

	clerk := w.as("ban")
	clerk.get("/").must(t, 200).has(t, "核实不在岗情况", "禾山镇石坡村")
	page := clerk.get(fmt.Sprintf("/visits/%d", id)).must(t, 200)
	page.has(t, "核实1名队员并记录结果", "电话称在县城")
	r := clerk.post(fmt.Sprintf("/visits/%d/verification", id), "said-2", "至今未提供手续").must(t, 303)
	clerk.get(r.to).must(t, 200).has(t, "无故不在岗", "2025-001", "至今未提供手续")
	w.as("ling").post(fmt.Sprintf("/visits/%d/verification", id)).must(t, 403)

	leader := w.as("ling")
	leader.get("/").must(t, 200).has(t, "/cases/2025-001")
	leader.get("/cases/2025-001").must(t, 200).has(t, "批准启动3项核查并发出通知", "冯副书记", "陈副局长")
	township := w.as("heshan")
	township.get("/cases/2025-001").must(t, 404) // not told yet
	clerk.post("/cases/2025-001/approval", "duty", "x").must(t, 403)
	leader.post("/cases/2025-001/approval").must(t, 422).has(t, `href="#duty"`)
	leader.post("/cases/2025-001/approval", "duty", "县驻村办主任").must(t, 303)
	leader.post("/cases/2025-001/approval", "duty", "县驻村办主任").must(t, 409)

	own := township.get("/cases/2025-001").must(t, 200)
	own.has(t, "禾山镇", "冯副书记")
	own.lacks(t, "陈副局长")
	w.as("liutang").get("/cases/2025-001").must(t, 404)
	clerk.get("/mail").must(t, 200).has(t, "heshan@example.com")

	clerk.post("/cases/2025-001/branches/1/statement", "statement-1", "当日已口头报告").must(t, 303)
	clerk.post("/cases/2025-001/branches/2/statement", "statement-2", "将加强管理").must(t, 303)
	clerk.post("/cases/2025-001/branches/3/statement", "statement-3", "没有请假").must(t, 303)
	clerk.post("/cases/2025-001/closure").must(t, 409)
	leader.post("/cases/2025-001/branches/1/conclusion", "conclusion-1", "已履行报告职责", "liable-1", "no", "writer-1", "3").must(t, 403) // writer is the leader
	for seq, pairs := range [][]string{
		{"conclusion-1", "已履行报告职责", "liable-1", "no", "writer-1", "2"},
		{"conclusion-2", "管理不到位", "liable-2", "yes", "writer-2", "2", "measure-2", "talk", "person-2", "县水利局", "body-2", "县委组织部"},
		{"conclusion-3", "未履行请假手续", "liable-3", "yes", "writer-3", "2", "measure-3", "criticism", "person-3", "钱二山", "body-3", "县驻村办"},
	} {
		leader.post(fmt.Sprintf("/cases/2025-001/branches/%d/conclusion", seq+1), pairs...).must(t, 303)
	}
	for m := 1; m <= 2; m++ {
		clerk.post(fmt.Sprintf("/cases/2025-001/measures/%d/execution", m)).must(t, 303)
	}
	clerk.get("/cases/2025-001").must(t, 200).has(t, "办结该事项")
	clerk.post("/cases/2025-001/closure").must(t, 303)
	if got := w.as("ping").post("/cases/2025-001/file").must(t, 200); got.header.Get("Content-Type") != "application/pdf" {
		t.Errorf("the case file is %q", got.header.Get("Content-Type"))
	}
	clerk.get("/cases/2025-001").has(t, "启动审批表", "/cases/2025-001/papers/start/1")
	if got := w.as("ping").post("/cases/2025-001/papers/start/1").must(t, 200); got.header.Get("Content-Type") != "application/pdf" {
		t.Errorf("the start notice is %q", got.header.Get("Content-Type"))
	}
	clerk.post("/cases/2025-001/papers/talk/77").must(t, 404)
	body := w.as("heshan")
	body.get("/cases/2025-001").must(t, 200).has(t, "/cases/2025-001/papers/start/1").lacks(t, "/papers/approval")
	body.post("/cases/2025-001/papers/start/1").must(t, 200)
	for _, other := range []string{"start/2", "approval", "comparison"} {
		body.post("/cases/2025-001/papers/"+other).must(t, 404)
	}
	w.tx(func(tx *store.Tx) error {
		c, err := tx.CaseByNumber("2025-001")
		if err == nil && c.State != casework.Closed {
			t.Errorf("the case is %s", c.State)
		}
		return err
	})
}

func TestABulletinIsSignedOnceByTheLeader(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.lived()
	clerk, leader := w.as("ban"), w.as("ling")
	leader.get("/").must(t, 200).has(t, "签发督查通报", "/bulletins/2025-03")
	leader.get("/bulletins/2025-03").must(t, 200).has(t, "签发并寄送3份", "禾山镇", "未报送")
	w.as("heshan").get("/bulletins/2025-03").must(t, 404)
	clerk.post("/bulletins/2025-03/signature", "read", "yes").must(t, 403)
	leader.post("/bulletins/2025-03/signature").must(t, 422).has(t, `href="#read"`)
	leader.post("/bulletins/2025-03/signature", "read", "yes", "figures", strings.Repeat("0", 64)).must(t, 409).has(t, "重新审阅现在的文稿")
	read := regexpFind(t, leader.get("/bulletins/2025-03").body, `name="figures" value="([0-9a-f]{64})"`)
	leader.post("/bulletins/2025-03/signature", "read", "yes", "figures", read).must(t, 303)
	leader.post("/bulletins/2025-03/signature", "read", "yes").must(t, 409)
	w.as("heshan").get("/bulletins/2025-03").must(t, 200).has(t, "正在制作")
	w.as("heshan").get("/bulletins/2025-03/paper").must(t, 409)
	if _, err := w.press.MakeCopies(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.as("heshan").get("/bulletins/2025-03").must(t, 200).has(t, "下载通报")
	leader.get("/bulletins/2025-03").has(t, "份发件", "本单位明细")
	paper := w.as("shui").get("/bulletins/2025-03/paper").must(t, 200)
	if !strings.HasPrefix(paper.body, "%PDF-1.7 paper县") || !strings.Contains(paper.header.Get("Content-Disposition"), "attachment") {
		t.Errorf("got %q, %q", paper.body, paper.header.Get("Content-Disposition"))
	}
}

func TestLeaveIsRecordedBeforeVerification(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.dispatch(shipo)
	w.moveTo(shanghai(12, 10, 30))
	w.record(id, false)
	form := []string{"member", "2", "kind", "personal", "from", "2025-03-11", "until", "2025-03-13", "approver", "冯副书记", "approved_by", "township"}
	w.as("liutang").post("/leaves", form...).must(t, 422) // not theirs
	w.as("heshan").post("/leaves", form...).must(t, 303)
	clerk := w.as("ban")
	clerk.get(fmt.Sprintf("/visits/%d", id)).must(t, 200).has(t, "事假 3月11日至13日")
	clerk.post("/leaves", "member", "2", "kind", "personal", "from", "2025-03-13", "until", "2025-03-11", "approver", "冯", "approved_by", "township").must(t, 422).has(t, `href="#until"`)
	r := clerk.post(fmt.Sprintf("/visits/%d/verification", id)).must(t, 303)
	if !strings.Contains(r.to, "visit_covered") {
		t.Errorf("got %q", r.to)
	}
	page := clerk.get(r.to).must(t, 200)
	page.has(t, "请假")
	page.lacks(t, "/cases/2025")
}

// A leave of ten days that only the township approved is kept, and listed as a question where people look.
func TestALeaveApprovedTooLowIsListed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.moveTo(shanghai(12, 10, 30))
	clerk := w.as("ban")
	page := clerk.get("/leaves").must(t, 200)
	page.has(t, "连续请假不超过3天的由乡镇党委批准", `<datalist id="members">`)
	label := regexpFind(t, page.body, `<option value="([^"]+（[^"]+）)"`)
	form := []string{"member", label, "kind", "personal", "from", "2025-03-11", "until", "2025-03-20", "approver", "冯副书记", "approved_by", "township"}
	clerk.post("/leaves", append([]string{"member", "无此人"}, form[2:]...)...).must(t, 422).has(t, `href="#member"`, `value="无此人"`)
	clerk.post("/leaves", form[:len(form)-2]...).must(t, 422).has(t, `href="#approved_by"`)
	clerk.get("/attendance/2025-03/check").must(t, 200).has(t, "没有前后矛盾之处")
	clerk.post("/leaves", form...).must(t, 303)
	clerk.get("/leaves").must(t, 200).has(t, "按请假天数应由县驻村办批准")
	clerk.get("/attendance/2025-03/check").must(t, 200).has(t, "请假批准机关低于规定", "3月11日", "等10天", "按请假天数应由县驻村办批准")
	w.as("heshan").get("/attendance/2025-03/check").must(t, 403)
}

func TestSettingsAreDatedAndChecked(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	clerk := w.as("ban")
	clerk.post("/settings/days_min", "value", "99", "from", "2025-04-01").must(t, 422).has(t, `href="#value"`, `value="99"`)
	clerk.post("/settings/days_min", "value", "22", "from", "2025-04-01").must(t, 303)
	clerk.get("/settings").must(t, 200).has(t, "2025年4月1日起：22")
	clerk.post("/settings/days_min", "value", "21", "from", "2025-01-01").must(t, 422).has(t, `href="#reason"`, "至", "已经过去")
	clerk.post("/settings/days_min", "value", "21", "from", "2025-01-01", "reason", "按县委文件").must(t, 303)
	clerk.get("/visits?week=abc").must(t, 422).has(t, "“abc”不是周次，应写成2025-W11的形式。")
	clerk.get("/settings/nothing").must(t, 404)
	w.as("ling").post("/settings/days_min", "value", "22", "from", "2025-04-01").must(t, 403)
}

func TestEverySettingHasItsPlace(t *testing.T) {
	t.Parallel()
	var shown []string
	for _, g := range settingGroups {
		shown = append(shown, g.keys...)
	}
	slices.Sort(shown)
	if want := inspections.SettingKeys(); !slices.Equal(shown, want) {
		t.Errorf("got %v, want %v", shown, want)
	}
}

func TestAnInspectorSeesTheirOwnStandby(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.tx(func(tx *store.Tx) error {
		return tx.AddFreeze(inspections.Freeze{
			Year: 2025, Week: 11, Hash: strings.Repeat("ab", 32), Frozen: calendar.InstantOf(shanghai(9, 18, 0)),
			Body: `{"slots":[{"number":7,"date":"2025-03-13","part":"morning","opens":510,"closes":690,"standby":[1,2]},` +
				`{"number":8,"date":"2025-03-13","part":"afternoon","opens":870,"closes":1050,"standby":[2,3]}]}`,
		})
	})
	own := w.as("li").get("/").must(t, 200)
	own.has(t, "备勤时段", "08:30", "11:30")
	own.lacks(t, "14:30")
	w.as("ban").get("/").must(t, 200).lacks(t, "08:30", "14:30")
}
