package portal

import (
	"strings"
	"testing"
	"time"

	"anfang.example/inspections/calendar"
	"anfang.example/inspections/duties"
	"anfang.example/inspections/store"
)

func TestWhoOwesWhatInOneLook(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.dutiesKept()
	desk := w.as("ban")
	page := desk.get("/owed").must(t, 200).has(t, "禾山镇", "柳塘乡", "县水利局", "县扶贫办", "/duties?of=township/1", "未明确牵头单位")
	if strings.Index(page.body, "禾山镇") > strings.Index(page.body, "柳塘乡") {
		t.Error("the townships do not stand in division-code order")
	}
	desk.get("/owed?party=unit").must(t, 200).has(t, `href="/owed/table?party=unit&amp;as=csv"`)
	desk.get("/duties?day=2025-03-16").must(t, 200).has(t, `href="/duties/table?day=2025-03-16&amp;as=csv"`)
	desk.get("/owed?party=unit").must(t, 200).lacks(t, `/duties?of=township/1"`)
	desk.get("/duties?of=township/1").must(t, 200).has(t, "只看：禾山镇", `href="/townships/1"`).lacks(t, `href="/townships/2"`)
	desk.get("/duties?clause=2.4d").must(t, 200).has(t, `<a href="/units/1">县水利局`).lacks(t, "召开每周工作队员例会（")
	desk.get("/duties?day=2025-03-16").must(t, 200).has(t, "召开每周工作队员例会（").lacks(t, "按标准拨付生活补助（")
	desk.get("/duties/calendar?month=2025-03&party=township").must(t, 200).has(t, "召开每周工作队员例会", "2件", "非工作日")
	csv := desk.get("/duties/table?party=township&as=csv").must(t, 200)
	if !strings.HasPrefix(csv.body, "\ufeff") || !strings.Contains(csv.body, "禾山镇") || strings.Contains(csv.body, "县水利局") {
		t.Errorf("got %q", csv.body)
	}
	if book := desk.get("/duties/table").must(t, 200); !strings.HasPrefix(book.body, "PK") {
		t.Error("no workbook came")
	}
	if csv := desk.get("/owed/table?party=township&as=csv").must(t, 200); !strings.Contains(csv.body, "禾山镇,0,3,") || strings.Contains(csv.body, "县水利局") {
		t.Errorf("got %q", csv.body)
	}
	w.as("heshan").get("/owed").must(t, 403)
	w.as("heshan").get("/duties/table?as=csv").must(t, 200).lacks(t, "柳塘乡")
	w.moveTo(calendar.NewDate(2025, time.March, 18).At(9, 0))
	w.as("ban").get("/townships/1").must(t, 200).has(t, "逾期1件")
}

func TestTheRosterChangesOnItsPages(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	desk := w.as("ban")
	desk.get("/teams/1").must(t, 200).has(t, "赵一禾", "钱二山", "队员离任", "村合并")
	w.as("ling").get("/teams/1").must(t, 200).lacks(t, "队员离任")
	w.as("liutang").get("/teams/1").must(t, 404)
	w.as("shui").get("/teams/2").must(t, 404)
	w.as("heshan").post("/teams/1/departures", "member-leave", "2").must(t, 403)

	desk.post("/teams/1/departures", "member-leave", "2", "last-leave", "2025-03-11").must(t, 422).has(t, `href="#reason-leave"`)
	desk.post("/teams/1/departures", "member-leave", "2", "last-leave", "2025-03-11", "reason-leave", "不胜任", "replace-leave", "yes").must(t, 303)
	desk.get("/teams/1").must(t, 200).has(t, "曾任队员", "至2025年3月11日")
	desk.get("/duties?of=unit/1").must(t, 200).has(t, "补派")
	arrival := []string{"unit-post", "1", "role-post", "member", "from-post", "2025-03-12", "replaces-post", "2"}
	desk.post("/teams/1/arrivals", append(arrival, "name-post", "孙三溪")...).must(t, 409).has(t, "同名")
	desk.post("/teams/1/arrivals", append(arrival, "name-post", "何新到", "phone-post", "19900001111")...).must(t, 303)
	desk.get("/duties?of=unit/1").must(t, 200).lacks(t, "补派")
	desk.post("/teams/1/head", "member-head", "4", "from-head", "2025-03-12").must(t, 303)
	desk.post("/teams/1/name", "name-rename", "石坡社区", "from-rename", "2025-03-12").must(t, 303)
	desk.post("/teams/1/villages", "name-further", "大路村", "from-further", "2025-03-12").must(t, 303)
	desk.post("/teams/1/units", "unit-behind", "3", "from-behind", "2025-03-12").must(t, 303)
	desk.post("/teams/1/merger", "into-merge", "2", "from-merge", "2025-03-12").must(t, 422)
	desk.get("/teams/1").must(t, 200).has(t, "石坡社区、大路村", "石坡村（至2025年3月11日）", "县供销社", "何新到</a> <small>村工作队长")
	desk.post("/teams/1/villages/end", "village-unlink", "大路村", "from-unlink", "2025-03-12").must(t, 422).has(t, "大路村")
	desk.get("/teams/1?day=2025-03-11").must(t, 200).has(t, "2025年3月11日的情况").lacks(t, "何新到</a> <small>村工作队长")

	desk.post("/townships/1/holders", "post-holder", "resident", "name-holder", "雷驻镇", "from-holder", "2025-03-12").must(t, 303)
	desk.post("/townships/1/lead-unit", "unit-lead", "1", "from-lead", "2025-03-12").must(t, 303)
	desk.post("/townships/1/county-leader", "name-leader", "周县长", "from-leader", "2025-03-12").must(t, 303)
	desk.get("/townships/1").must(t, 200).has(t, "雷驻镇", "周县长", "冯副书记", "/units/1").lacks(t, "未明确驻镇工作队长")
	desk.post("/units/3/name", "name-rename", "县供销联社", "from-rename", "2025-03-12").must(t, 303)
	desk.get("/units/3").must(t, 200).has(t, "县供销联社", "县供销社（至2025年3月11日）")
}

func TestTownshipsAreMergedAndRestoredOnTheirPages(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.dutiesKept()
	desk := w.as("ban")
	w.as("heshan").post("/townships/2/merger", "into_township-absorb", "1", "from-absorb", "2025-03-12", "order-absorb", "批复").must(t, 403)
	desk.get("/townships/2").must(t, 200).has(t, "乡镇合并", "已封存的督查底册不变")
	desk.post("/townships/2/merger", "into_township-absorb", "1", "from-absorb", "2025-03-12").must(t, 422).has(t, `href="#order-absorb"`)
	desk.post("/townships/2/merger", "into_township-absorb", "1", "from-absorb", "2025-03-12", "order-absorb", "县政函〔2025〕3号").must(t, 303)
	desk.get("/townships/2").must(t, 200).has(t, "乡镇撤销于", `href="/townships/1"`, "更正：合并登记有误").lacks(t, "乡镇合并：")
	desk.get("/townships/1").must(t, 200).has(t, "柳塘乡（自2025年3月12日）")
	desk.get("/roster").must(t, 200).lacks(t, "柳塘乡")
	desk.post("/townships/2/restoration").must(t, 303)
	desk.get("/roster").must(t, 200).has(t, "柳塘乡")
	desk.get("/townships/1").must(t, 200).lacks(t, "柳塘乡（自")
}

func TestCareTipsAndFundsHaveTheirPages(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.dutiesKept()
	desk, unit, township := w.as("ban"), w.as("shui"), w.as("heshan")
	desk.get("/members/1").must(t, 200).has(t, "赵一禾", "未报送", "登记体检、保险、慰问")
	desk.post("/members/1/care", "kind-care", "insurance", "day-care", "2025-03-01", "until-care", "2025-02-01").must(t, 422)
	desk.post("/members/1/care", "kind-care", "insurance", "day-care", "2025-03-01", "until-care", "2025-03-10").must(t, 303)
	desk.post("/members/1/care", "kind-care", "health", "day-care", "2025-03-01").must(t, 303)
	desk.get("/care?only=gaps").must(t, 200).has(t, "赵一禾", "已到期", "孙三溪")
	unit.get("/care").must(t, 200).has(t, "钱二山").lacks(t, "孙三溪")
	desk.get("/care?only=gaps").must(t, 200).has(t, `/care/table?only=gaps&amp;as=csv`)
	desk.get("/care/table?as=csv").must(t, 200).has(t, "赵一禾", "保险到期日", "2025年3月10日", "孙三溪")
	unit.get("/care/table?as=csv").must(t, 200).has(t, "钱二山").lacks(t, "孙三溪")
	unit.get("/members/3").must(t, 404)
	township.get("/care").must(t, 403)

	desk.post("/tips", "team_kind-tip", "poverty", "month-tip", "2025-03", "title-tip", "三月清单").must(t, 422).has(t, `href="#tasks-tip"`)
	desk.post("/tips", "team_kind-tip", "poverty", "month-tip", "2025-03", "title-tip", "三月清单", "tasks-tip", "1.入户核实").must(t, 303)
	township.get("/tips").must(t, 200).has(t, "三月清单", "1.入户核实", "本月尚未下发").lacks(t, "发布给该类工作队")
	township.get("/teams/1").must(t, 200).has(t, "三月清单")
	w.as("liutang").get("/teams/2").must(t, 200).lacks(t, "三月清单") // a team of another kind

	desk.post("/funds", "clause-fund", "2.5", "township-fund", "1", "yuan-fund", "NaN", "day-fund", "2025-03-10").must(t, 422)
	desk.post("/funds", "clause-fund", "2.5", "payer-fund", "1", "township-fund", "1", "yuan-fund", "10000", "day-fund", "2025-03-10", "purpose-fund", "驻镇工作队长工作经费").must(t, 303)
	desk.get("/funds").must(t, 200).has(t, "10,000.00", "县水利局", "合计10,000.00元")
	unit.get("/funds").must(t, 200).has(t, "10,000.00")
	desk.get("/roster?township=431099100").must(t, 200).has(t, `/roster/table?township=431099100&amp;as=csv`)
	desk.get("/roster/table?as=csv").must(t, 200).has(t, "赵一禾", "钱二山", "派出单位").lacks(t, "1990000", "«")
	desk.get("/roster/table?township=431099100&as=csv").must(t, 200).has(t, "禾山镇").lacks(t, "柳塘乡")
	w.as("liutang").get("/roster/table?township=431099100&as=csv").must(t, 200).lacks(t, "禾山镇")
	desk.get("/funds/table?as=csv").must(t, 200).has(t, "10,000.00", "县水利局", "驻镇工作队长工作经费")
	w.as("liutang").get("/funds/table?as=csv").must(t, 200).lacks(t, "10,000.00")
	if book := desk.get("/funds/table").must(t, 200); !strings.HasPrefix(book.body, "PK") {
		t.Error("no workbook came")
	}
	w.as("liutang").get("/funds").must(t, 200).lacks(t, "10,000.00")
	w.tx(func(tx *store.Tx) error {
		list, err := tx.Obligations(duties.Filter{Kind: duties.TaskList})
		for _, o := range list {
			if o.Open() == (o.Clause == "4.2") {
				t.Errorf("%s: open %t", o.Clause, o.Open())
			}
		}
		return err
	})
}

func TestAnEventIsToldOnThePage(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	desk, township := w.as("ban"), w.as("heshan")
	desk.post("/duties/told", "what-tell", "1.7 check_funds", "who-tell", "township/1", "day-tell", "2025-03-12").must(t, 422).has(t, `href="#about-tell"`)
	desk.post("/duties/told", "what-tell", "1.7 check_funds", "who-tell", "unit/1", "day-tell", "2025-03-12", "about-tell", "购置").must(t, 422)
	desk.post("/duties/told", "what-tell", "1.7 check_funds", "who-tell", "township/1", "day-tell", "2025-03-12", "about-tell", "购置办公用品").must(t, 303)
	township.post("/duties/told", "what-tell", "1.9 vehicle", "who-tell", "township/2", "day-tell", "2025-03-12", "about-tell", "派车").must(t, 403)
	township.post("/duties/told", "what-tell", "1.9 vehicle", "who-tell", "township/1", "day-tell", "2025-03-12", "about-tell", "派车到三个村").must(t, 303)
	desk.get("/duties").must(t, 200).has(t, "购置办公用品").lacks(t, "派车到三个村</td>")
	desk.get("/duties?state=done").must(t, 200).has(t, "派车到三个村")
}

func TestADutyShowsWhatAVisitSawOfIt(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.dispatch(shipo)
	w.dutiesKept()
	w.moveTo(shanghai(12, 10, 30))
	w.record(id, false)
	w.as("ban").get("/duties?clause=1.3").must(t, 200).has(t, "2025年3月12日督查核对不符", "三月以来没有登记", "/visits/1")
	w.as("heshan").get("/duties?clause=1.3").must(t, 200).lacks(t, "督查核对")
}
