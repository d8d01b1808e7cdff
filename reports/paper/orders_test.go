package paper

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/duties"
	"anfang.example/reports"
	"anfang.example/reports/pdf"
	"anfang.example/templates/catalog"
)

// paperText is what a reader sees of a paper, from head to signature.
func paperText(doc pdf.Document) string {
	form := string(doc.Kind)
	if doc.Sample != "" {
		form += " " + doc.Sample
	}
	lines := []string{"[" + form + "] " + doc.Mark, doc.Number, "# " + doc.Title, doc.To}
	lines = append(lines, strings.TrimRight(plainOf(doc.Body), "\n"), "> "+doc.Signature, "> "+doc.Date, "< "+doc.Imprint.CopyLead+doc.Imprint.CopyTo+" "+doc.Imprint.IssuedBy+" "+doc.Imprint.IssuedOn)
	var seen []string
	for _, l := range lines {
		if strings.Trim(l, "<> ") != "" {
			seen = append(seen, l)
		}
	}
	return strings.Join(seen, "\n") + "\n\n"
}

func orderOf(form reports.OrderForm) reports.RectifyOrder {
	return reports.RectifyOrder{
		Issuer: "永兴县驻村办", Form: form, Kind: inspections.PartyTownship, Party: "马田镇", Answer: day(time.April, 10), At: at(time.April, 3, 9),
		Line: casework.Rectification{
			ID: 7, Party: inspections.Party{Kind: inspections.PartyTownship, ID: 1}, Problem: "考勤工作台账缺记", Clause: "3.3", Action: "补齐3月台账", Times: 1,
			Opened: at(time.March, 20, 9), Due: at(time.March, 31, 0), Verified: at(time.April, 2, 9),
		},
		Official: &reports.Official{Prefix: "永驻村办改", Year: 2025, Number: 3, Sealed: "812:ab:cd"},
	}
}

func recallOf() reports.Recall {
	return reports.Recall{
		Issuer: "永兴县驻村办", Unit: "县水利局", Township: "马田镇", Village: "丹江村", Number: "2025-001", ReplaceBy: day(time.April, 6), At: at(time.April, 3, 9),
		Measure:  casework.Measure{Kind: casework.MeasureRecall, Person: "李军", Body: "县委组织部", Decided: at(time.April, 2, 9)},
		Official: &reports.Official{Prefix: "永驻村办发", Year: 2025, Number: 7},
	}
}

func recordOf() reports.VisitRecord {
	return reports.VisitRecord{
		Issuer: "永兴县驻村办", Township: "马田镇", Village: "丹江村", Units: []string{"县水利局", "县委办"}, Pair: []string{"朱伟", "何文静"},
		Visit: inspections.Visit{ID: 17, Kind: inspections.VisitRandom, State: inspections.VisitCompleted, Visited: at(time.March, 12, 9), Recorded: at(time.March, 12, 11), Note: "天雨"},
		Lines: []reports.VisitLine{
			{Attendance: inspections.Attendance{Member: 1, SeenAs: inspections.Present, Presence: inspections.Present}, Name: "王芳", Unit: "县委办"},
			{Attendance: inspections.Attendance{Member: 2, SeenAs: inspections.ToVerify, Presence: inspections.OnLeave, Explanation: "3月11日至13日请假"}, Name: "李军", Unit: "县水利局"},
		},
		Checks: []inspections.Check{
			{Party: inspections.PartyTownship, Clause: "3.3", Item: "ledger", Result: inspections.CheckProblem, Note: "缺3月10日"},
			{Party: inspections.PartyTeam, Clause: "1.4a", Item: "lodging", Result: inspections.CheckOK},
		},
		Evidence: []inspections.Evidence{{ID: 1, Name: "台账.jpg", SHA: strings.Repeat("9f", 32), Taken: at(time.March, 12, 9)}},
	}
}

func taskOf() reports.TaskNotice {
	return reports.TaskNotice{
		Issuer: "永兴县驻村办", Visit: 17, Letter: inspections.Letter{Created: at(time.March, 12, 8)},
		PrintedLetter: reports.PrintedLetter{Title: "督查任务通知", To: "朱伟、何文静同志：", Paras: []string{"请你们于3月12日9时到马田镇丹江村开展暗访督查。"}, Signature: []string{"永兴县驻村办", "2025年3月12日"}},
	}
}

func yearOf(n int) reports.YearFigures {
	y := reports.YearFigures{Issuer: "永兴县驻村办", Year: 2025, AllOf: 260, At: at(time.December, 31, 9), Kinds: map[string]int{}, Measures: map[string]reports.Figure{}}
	for month := time.January; month <= time.December; month++ {
		y.Months = append(y.Months, reports.YearMonth{Month: calendar.Month{Year: 2025, Month: month}, Random: n * 9, Weeks: 4, Frozen: month < time.December})
	}
	y.Weeks = 48
	if n == 0 {
		y.Weeks, y.Short, y.Months = 9, 9, y.Months[:2]
		y.Months[0].Short, y.Months[1].Short, y.At = 4, 5, at(time.March, 1, 9)
		return y
	}
	y.Months[0].Weeks, y.Months[3].Short, y.Months[5].Problems, y.Months[5].Started = 0, 1, 3, 1
	y.Random, y.Manual, y.Teams, y.Short, y.Problems, y.Started, y.Closed, y.Own = fig(108*n), fig(3), fig(100), 1, fig(3), fig(1), fig(1), fig(2)
	y.Kinds = map[string]int{inspections.FindingAbsent: 2, "checklist.ledger": 1}
	y.Measures["talk"] = fig(2)
	return y
}

func minutesOf() reports.Minutes {
	return reports.Minutes{
		Title: "驻村帮扶工作|专题会议纪要", Number: "〔2025〕3号", Date: day(time.March, 14), Issuer: "永兴县驻村办", Created: at(time.March, 15, 9), CopyTo: "县委办",
		Text:    []string{"2025年3月14日，县驻村办召开专题会议，研究一季度督查发现的问题。现纪要如下。", "一、关于台账管理", "会议要求，各乡镇于3月底前补齐台账。"},
		Present: []string{"王小明", "李军"}, Excused: []string{"赵强"}, Also: []string{"县财政局张敏"},
	}
}

// TestEveryOtherPaper holds the words of each paper in each form, in both languages.
func receiptOf(kind duties.SubmissionKind) reports.DutyReceipt {
	r := reports.DutyReceipt{
		Issuer: "永兴县驻村办", Roster: &inspections.Roster{Townships: []inspections.Township{{ID: 1, Name: "马田镇"}}}, Sealed: "7:" + strings.Repeat("0f", 32) + ":" + strings.Repeat("a1", 64),
		Duty: duties.Obligation{
			Kind: "weekly_meeting", Clause: "1.2a", Party: inspections.Party{Kind: inspections.PartyTownship, ID: 1}, Period: "2025-W11",
			Due: calendar.InstantOf(day(time.March, 16).End()), Done: at(time.March, 12, 9),
		},
		Submission: duties.Submission{ID: 12, Kind: kind, Day: day(time.March, 11), At: at(time.March, 12, 9), SHA: strings.Repeat("ab", 32)},
	}
	if kind == duties.SubmissionWaived {
		r.Submission.Note, r.Submission.SHA = "全镇防汛", ""
	}
	return r
}

func TestEveryOtherPaper(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{catalog.Chinese, catalog.English} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			p := Papers{Words: catalog.For(lang), Faces: papers(t).Faces}
			var all strings.Builder
			add := func(name string, doc pdf.Document) { all.WriteString("== " + name + "\n" + paperText(doc)) }
			for _, form := range []reports.OrderForm{reports.OrderGiven, reports.OrderReminder, reports.OrderUrged, reports.OrderClosed} {
				o := orderOf(form)
				add("rectification, "+string(form), p.noticeDocument(p.RectifyOrder(o)))
				o.Letter, o.Kind, o.Party = true, inspections.PartyUnit, "省电力公司"
				add("rectification, "+string(form)+", as a letter", p.noticeDocument(p.RectifyOrder(o)))
			}
			again := orderOf(reports.OrderGiven)
			again.Line.Times, again.Line.Person, again.Line.Clause, again.Issuer = 3, "陈副镇长", "", ""
			add("rectification, again, person named, no clause, no issuer set", p.noticeDocument(p.RectifyOrder(again)))
			r := recallOf()
			add("recall", p.noticeDocument(p.Recall(r)))
			corrected := r
			corrected.Official = &reports.Official{Prefix: "永驻村办发", Year: 2025, Number: 8, Reason: "报送日期有误", Corrects: &inspections.IssuedPaper{Title: "关于召回撤换驻村工作队员的通知", Prefix: "永驻村办发", Year: 2025, Number: 7}}
			add("recall, corrected", p.noticeDocument(p.Recall(corrected)))
			corrected.Official = nil
			add("recall, a sample", p.noticeDocument(p.Recall(corrected)))
			r.Letter, r.Unit = true, "省电力公司"
			add("recall, as a letter", p.noticeDocument(p.Recall(r)))
			add("record", p.recordDocument(recordOf()))
			bare := recordOf()
			bare.Lines, bare.Checks, bare.Evidence, bare.Visit.Note = nil, nil, nil, ""
			add("record of nobody and nothing", p.recordDocument(bare))
			add("year", p.yearDocument(yearOf(1)))
			issued := yearOf(1)
			issued.Official = &reports.Official{Prefix: "永驻村办发", Year: 2026, Number: 1}
			add("year, issued", p.yearDocument(issued))
			add("year in which nothing was found", p.yearDocument(yearOf(0)))
			add("minutes", p.minutesDocument(minutesOf()))
			add("receipt", p.receiptDocument(receiptOf(duties.SubmissionDone)))
			add("receipt of a waiver", p.receiptDocument(receiptOf(duties.SubmissionWaived)))
			head, f := county()
			for name, township := range map[string]string{"extract": "马田镇"} {
				b := bulletin{Catalog: p.Words, head: head, f: f.Of(township), month: calendar.Month{Year: 2025, Month: time.March}}
				add(name, b.extract(township))
			}
			text := all.String()
			if strings.Contains(text, "«") || strings.Contains(text, "{") {
				t.Error("a key or a placeholder is left in the text")
			}
			golden(t, "orders."+lang+".txt", text)
		})
	}
}

func TestOtherPapersAreSoundAndTheSameEachTime(t *testing.T) {
	t.Parallel()
	p := papers(t)
	head, figures := county()
	for name, form := range map[string]reports.Form{
		"order": orderOf(reports.OrderGiven), "recall": recallOf(), "record": recordOf(), "year": yearOf(1), "minutes": minutesOf(),
		"extract": reports.Extract{Head: head, Figures: figures, Township: "马田镇"}, "task": taskOf(), "receipt": receiptOf(duties.SubmissionDone),
	} {
		paper := func() ([]byte, error) {
			made, err := p.Form(t.Context(), form)
			if made.File == ".pdf" || strings.ContainsAny(made.File, "/|\n") || made.Title == "" {
				t.Errorf("%s: its file is %q, its title %q", name, made.File, made.Title)
			}
			return made.PDF, err
		}
		first, err := paper()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		second, err := paper()
		if err != nil || !bytes.Equal(first, second) {
			t.Errorf("%s: the same paper gave other bytes: %v", name, err)
		}
		program, err := exec.LookPath("qpdf")
		if err != nil {
			if os.Getenv("ANFANG_TEST_REQUIRE") == "all" {
				t.Fatal("qpdf is missing: apt-get install qpdf")
			}
			t.Skip("SKIPPED: qpdf is missing: apt-get install qpdf")
		}
		path := filepath.Join(t.TempDir(), name+".pdf")
		if err := os.WriteFile(path, first, 0o600); err != nil {
			t.Fatal(err)
		}
		if out, err := exec.Command(program, "--check", path).CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
	}
}
