package paper

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/reports"
	"anfang.example/reports/pdf"
	"anfang.example/templates/catalog"
)

var update = flag.Bool("update", false, "rewrite the golden texts")

// golden compares a text with testdata/name, or rewrites it.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; run with -update and read the change\n%s", name, firstChange(string(want), got))
	}
}

func firstChange(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range max(len(w), len(g)) {
		var a, b string
		if i < len(w) {
			a = w[i]
		}
		if i < len(g) {
			b = g[i]
		}
		if a != b {
			return "want " + a + "\ngot  " + b
		}
	}
	return ""
}

// plainOf is the words of blocks, a line each; a table's cells with a bar between.
func plainOf(blocks []pdf.Block) string {
	var b strings.Builder
	for _, block := range blocks {
		switch x := block.(type) {
		case pdf.Heading:
			b.WriteString(x.Text + x.RunIn + "\n")
		case pdf.Para:
			b.WriteString("　　" + x.Lead + x.Text + "\n")
		case pdf.Item:
			b.WriteString("　　" + x.Marker + x.Text + "\n")
		case pdf.Table:
			rows := append([][]string{x.Head}, x.Rows...)
			if x.Caption != "" {
				b.WriteString("[" + x.Caption + "]\n")
			}
			for _, r := range rows {
				b.WriteString(strings.ReplaceAll(strings.Join(r, " | "), "\n", "") + "\n")
			}
			if x.Note != "" {
				b.WriteString(x.Note + "\n")
			}
		case pdf.KeyValues:
			for _, kv := range x.Items {
				b.WriteString(kv.Key + " | " + kv.Value + "\n")
			}
		case pdf.Chart:
			b.WriteString("[" + x.Caption + "]\n")
			for _, bar := range x.Bars {
				b.WriteString(bar.Label + " | " + bar.Text + "\n")
			}
			b.WriteString(x.Note + "\n")
		}
	}
	return b.String()
}

func fig(n int) reports.Figure {
	f := reports.Figure{N: n}
	for i := range n {
		f.Rows = append(f.Rows, int64(i+1))
	}
	return f
}

func day(month time.Month, d int) calendar.Date { return calendar.NewDate(2025, month, d) }

func at(month time.Month, d, hour int) calendar.Instant {
	return calendar.InstantOf(day(month, d).At(hour, 0))
}

func week(number int, visits int) reports.WeekFigure {
	w := calendar.Week{Year: 2025, Number: number}
	return reports.WeekFigure{Week: w.String(), From: w.Monday(), Until: w.Sunday(), Measured: true, Completed: fig(visits)}
}

func baseFigures() reports.Figures {
	return reports.Figures{Schema: reports.FiguresSchema, Month: "2025-03", From: day(time.February, 24), Until: day(time.March, 30)}
}

func problem(no, times int, kind string) reports.Problem {
	return reports.Problem{
		Finding: int64(no), Visit: int64(no), At: at(time.March, 10+no, 9), Township: "马田镇", Village: "丹江村", Units: []string{"县水利局"},
		Person: kind == inspections.FindingAbsent, Kind: kind, Clause: "1.4b", Times: times,
	}
}

// variants are figures that call for every sentence of WORDING.zh.md, part one, section by section.
func variants() []struct {
	name    string
	section func(*bulletin) []pdf.Block
	set     func(*reports.Figures, *reports.Head)
} {
	type set = func(*reports.Figures, *reports.Head)
	visits, attended := (*bulletin).visits, (*bulletin).attendance
	problems, cases := (*bulletin).problems, (*bulletin).cases
	attendance := func(f *reports.Figures) *reports.AttendanceFigures {
		a := &f.Attendance
		a.CutOff, a.DaysMin, a.LodgingMin = day(time.April, 5), 20, 12
		a.Reported, a.Members, a.Reached, a.OnLeave, a.LeaveTimes, a.Unexcused, a.Times = fig(2), fig(40), fig(38), fig(3), 4, fig(2), 3
		a.Rows = []reports.AttendanceTownship{
			{Name: "便江街道", Members: 20, Reported: true, Reached: 19, OnLeave: 1, Unexcused: 1},
			{Name: "马田镇", Members: 20, Reported: true, Reached: 19, OnLeave: 2, Unexcused: 2},
		}
		return a
	}
	last := func(n int) set {
		return func(f *reports.Figures, _ *reports.Head) { attendance(f).Last = &n }
	}
	started := func(n, closed, open int) set {
		return func(f *reports.Figures, _ *reports.Head) {
			f.Cases.Started, f.Cases.Townships, f.Cases.Units, f.Cases.Closed, f.Cases.Open = fig(n), fig(n), fig(n), fig(closed), fig(open)
		}
	}
	line := func(state string) reports.LedgerLine {
		return reports.LedgerLine{Case: 1, Finding: 1, Number: "2025-001", Township: "马田镇", Village: "丹江村", Units: []string{"县水利局"}, Kind: "absent", Found: day(time.March, 3), Due: day(time.March, 10), State: state}
	}
	return []struct {
		name    string
		section func(*bulletin) []pdf.Block
		set     func(*reports.Figures, *reports.Head)
	}{
		{"一 no visit, no special visit", visits, func(f *reports.Figures, _ *reports.Head) {
			f.Weeks = []reports.WeekFigure{week(10, 0)}
			f.Weeks[0].Reason = "全员防汛"
		}},
		{"一 many, special ones, one week unmeasured", visits, func(f *reports.Figures, _ *reports.Head) {
			first := week(9, 0)
			first.Measured = false
			f.Weeks = []reports.WeekFigure{first, week(10, 2), week(11, 3)}
			f.Proof.Freezes = map[string]string{"2025-W10": "a"}
			f.Random, f.Manual, f.Villages, f.Townships, f.Teams, f.Units = fig(5), fig(1), fig(6), fig(4), fig(6), fig(7)
		}},
		{"一 a week below two, approved before", visits, func(f *reports.Figures, _ *reports.Head) {
			f.Weeks = []reports.WeekFigure{week(10, 2), week(11, 1)}
			f.Weeks[1].Exception = &reports.Exception{Reason: "春节放假", By: "分管领导", Day: day(time.March, 7)}
			f.Random, f.Villages, f.Townships, f.Teams, f.Units = fig(3), fig(3), fig(3), fig(3), fig(3)
		}},
		{"一 a week below two, missed without a reason", visits, func(f *reports.Figures, _ *reports.Head) {
			f.Weeks = []reports.WeekFigure{week(10, 1)}
			f.Random, f.Villages, f.Townships, f.Teams, f.Units = fig(1), fig(1), fig(1), fig(1), fig(1)
		}},
		{"二 nobody reported", attended, func(f *reports.Figures, _ *reports.Head) {
			attendance(f)
			f.Attendance.Reported, f.Attendance.NotReported, f.Attendance.NotNames = fig(0), fig(2), []string{"便江街道", "马田镇"}
		}},
		{"二 all reported, more than last month", attended, last(1)},
		{"二 fewer than last month", attended, last(5)},
		{"二 as many as last month", attended, last(3)},
		{"二 one missing, lodging unknown, last month's data missing", attended, func(f *reports.Figures, _ *reports.Head) {
			a := attendance(f)
			a.NotReported, a.NotNames, a.Missing, a.NoLodging = fig(1), []string{"悦来镇"}, fig(21), fig(40)
			a.Rows = append(a.Rows, reports.AttendanceTownship{Name: "悦来镇", Members: 21})
		}},
		{"二 by unit: all reported, some, none, unnamed", attended, func(f *reports.Figures, _ *reports.Head) {
			a := attendance(f)
			a.Units = []reports.AttendanceUnit{
				{Unit: 1, Name: "县水利局", Members: fig(3), Reported: fig(3), Reached: fig(2), OnLeave: fig(1), Unexcused: fig(1)},
				{Unit: 2, Name: "县委办", Members: fig(4), Reported: fig(2), Reached: fig(2)},
				{Unit: 3, Name: "县教育局", Members: fig(1)}, {Members: fig(1), Reported: fig(1)},
			}
		}},
		{"附件 many units stand apart", annexText, func(f *reports.Figures, _ *reports.Head) {
			a := attendance(f)
			for i := range int64(13) {
				a.Units = append(a.Units, reports.AttendanceUnit{Unit: i + 1, Name: fmt.Sprintf("第%d单位", i+1), Members: fig(2), Reported: fig(2), Reached: fig(1)})
			}
		}},
		{"二 a unit's copy: its own line", attended, func(f *reports.Figures, _ *reports.Head) {
			a := attendance(f)
			a.Units = []reports.AttendanceUnit{
				{Unit: 1, Name: "县水利局", Members: fig(3), Reported: fig(3), Reached: fig(2)}, {Unit: 2, Name: "县委办", Members: fig(4)},
			}
			*f = f.For(inspections.PartyUnit, "县水利局")
		}},
		{"二 several missing", attended, func(f *reports.Figures, _ *reports.Head) {
			a := attendance(f)
			a.NotReported, a.NotNames, a.Missing = fig(2), []string{"悦来镇", "金龟镇"}, fig(44)
		}},
		{"三 none", problems, func(*reports.Figures, *reports.Head) {}},
		{"三 one, first time", problems, func(f *reports.Figures, _ *reports.Head) {
			f.Problems = []reports.Problem{problem(1, 1, inspections.FindingAbsent)}
		}},
		{"三 many: repeated, reported by the township, checklist, unit unknown; one pending", problems, func(f *reports.Figures, _ *reports.Head) {
			reported, list, unknown := problem(2, 2, inspections.FindingAbsent), problem(3, 1, "checklist.ledger"), problem(4, 3, inspections.FindingAbsent)
			reported.Reported, reported.Visit, unknown.Units = true, 0, nil
			f.Problems = []reports.Problem{problem(1, 2, inspections.FindingAbsent), reported, list, unknown}
			f.ProblemTownships, f.ProblemUnits, f.ProblemMembers, f.Pending = fig(1), fig(1), fig(3), fig(1)
		}},
		{"三 a township's copy: one of three its own", problems, func(f *reports.Figures, _ *reports.Head) {
			other := problem(2, 1, inspections.FindingAbsent)
			other.Township = "悦来镇"
			f.Problems, f.ProblemTownships, f.ProblemUnits, f.ProblemMembers = []reports.Problem{problem(1, 1, inspections.FindingAbsent), other, other}, fig(2), fig(1), fig(3)
			*f = f.For(inspections.PartyTownship, "马田镇")
		}},
		{"三 a unit's copy: none of one its own", problems, func(f *reports.Figures, _ *reports.Head) {
			f.Problems = []reports.Problem{problem(1, 1, inspections.FindingAbsent)}
			*f = f.For(inspections.PartyUnit, "县教育局")
		}},
		{"二 a unit's copy: no table, others not named", attended, func(f *reports.Figures, _ *reports.Head) {
			a := attendance(f)
			a.NotReported, a.NotNames, a.Missing = fig(2), []string{"悦来镇", "金龟镇"}, fig(44)
			*f = f.For(inspections.PartyUnit, "县教育局")
		}},
		{"四 none", cases, func(*reports.Figures, *reports.Head) {}},
		{"四 one, running", cases, started(1, 0, 1)},
		{"四 many, all closed without measures", cases, started(2, 2, 0)},
		{"四 many, some closed; measures; not liable; overdue; awaiting", cases, func(f *reports.Figures, h *reports.Head) {
			started(3, 2, 1)(f, h)
			f.Cases.Measures = map[string]reports.Figure{"talk": fig(2), "criticism": fig(1), "admonish": fig(1), "recall": fig(1)}
			f.Cases.NotLiable = []reports.NotLiable{{Case: 1, Side: "township", Party: "马田镇"}, {Case: 2, Side: "unit", Party: "县水利局"}}
			f.Cases.Overdue, f.Cases.Awaiting = fig(1), fig(1)
		}},
		{"五 none", (*bulletin).earlier, func(*reports.Figures, *reports.Head) {}},
		{"五 many, one overdue", (*bulletin).earlier, func(f *reports.Figures, _ *reports.Head) {
			f.Earlier = reports.EarlierCases{Open: fig(3), Settled: fig(1), InTime: fig(1), Overdue: fig(1), Lines: []reports.LedgerLine{line(reports.LedgerOverdue)}}
		}},
		{"五 lines of the ledger, one overdue", (*bulletin).earlier, func(f *reports.Figures, _ *reports.Head) {
			f.Earlier.Rectify = reports.RectifyFigures{Open: fig(4), Settled: fig(2), InTime: fig(1), Overdue: fig(1)}
			f.Earlier.Lines = []reports.LedgerLine{{Rectify: 3, Township: "马田镇", Party: "township", Problem: "台账缺记", Due: day(time.March, 20), State: reports.LedgerOverdue}}
		}},
		{"六 a line of the ledger of a township, one of a unit, one reported", (*bulletin).asks, func(f *reports.Figures, _ *reports.Head) {
			f.Ledger = []reports.LedgerLine{
				{Rectify: 1, Township: "马田镇", Party: "township", Action: "补齐三月考勤台账", Due: day(time.April, 20), State: reports.LedgerInTime},
				{Rectify: 2, Units: []string{"县水利局"}, Party: "unit", Action: "主要领导到村检查指导", Due: day(time.April, 25), State: reports.LedgerInTime},
				{Rectify: 3, Units: []string{"县水利局"}, Party: "unit", Action: "已经做完的事", Due: day(time.April, 25), State: reports.LedgerReported},
			}
		}},
		{"六 nothing", (*bulletin).asks, func(*reports.Figures, *reports.Head) {}},
		{"六 a case running, one past its time, a ledger missing", (*bulletin).asks, func(f *reports.Figures, _ *reports.Head) {
			k := reports.CaseLine{Case: 1, Township: "马田镇", Village: "丹江村", Units: []string{"县水利局"}, State: "open", Due: day(time.April, 20)}
			late := k
			late.Due = day(time.March, 20)
			f.Cases.Lines = []reports.CaseLine{k, late, {State: "closed"}}
			f.Attendance.NotNames = []string{"悦来镇"}
		}},
		{"六 duties not handed in, of a township and of the office itself", (*bulletin).asks, func(f *reports.Figures, _ *reports.Head) {
			f.Duties = []reports.DutyLine{{Party: "county", Kind: "weekly_visits", Open: fig(1)}, {Party: "township", Kind: "weekly_meeting", Open: fig(3)}}
		}},
		{"七 none", (*bulletin).own, func(*reports.Figures, *reports.Head) {}},
		{"七 all done in time", (*bulletin).own, func(f *reports.Figures, _ *reports.Head) {
			f.Duties = []reports.DutyLine{{Party: "county", Kind: "opinion", Owed: fig(1), InTime: fig(1)}}
		}},
		{"七 a week below two, the rest in time", (*bulletin).own, func(f *reports.Figures, _ *reports.Head) {
			f.Weeks = []reports.WeekFigure{week(10, 1)}
			f.Duties = []reports.DutyLine{{Party: "county", Kind: "opinion", Owed: fig(1), InTime: fig(1)}}
		}},
		{"七 done late, not done with a reason", (*bulletin).own, func(f *reports.Figures, _ *reports.Head) {
			f.Own = []reports.OwnDuty{
				{Obligation: 1, Kind: "weekly_visits", Due: at(time.March, 16, 24), Reason: "全员防汛"},
				{Obligation: 2, Kind: "opinion", Due: at(time.March, 18, 24), Done: at(time.March, 19, 10)},
			}
		}},
		{"附件 a township's copy", annexText, func(f *reports.Figures, _ *reports.Head) {
			other := line(reports.LedgerOverdue)
			other.Township = "悦来镇"
			f.Ledger = []reports.LedgerLine{line(reports.LedgerSettled), other}
			*f = f.For(inspections.PartyTownship, "马田镇")
		}},
		{"附件 all empty", annexText, func(*reports.Figures, *reports.Head) {}},
		{"附件 ledger in every state, duties, replies in every weight, proof", annexText, func(f *reports.Figures, h *reports.Head) {
			for _, state := range []string{reports.LedgerSettled, reports.LedgerInTime, reports.LedgerOverdue, reports.LedgerWaiting} {
				f.Ledger = append(f.Ledger, line(state))
			}
			f.Ledger = append(f.Ledger, reports.LedgerLine{Finding: 5, Township: "悦来镇", Village: "江华村", Kind: "checklist.ledger", Found: day(time.March, 5), State: reports.LedgerNoted})
			f.Duties = []reports.DutyLine{{Party: "county", Kind: "weekly_visits", Clause: "3.4", Owed: fig(5), InTime: fig(3), Late: fig(1), Open: fig(1), Undetermined: fig(1)}}
			h.Answers = []reports.Answer{
				{From: "县水利局", Text: "当日该同志返县报账。", Weighed: "rejected", Reason: "没有公出记录"},
				{From: "马田镇党委", Text: "人数有误。", Weighed: "adopted", Reason: "以名册为准"},
				{From: "悦来镇党委", Text: "已当天报告。", Weighed: "partly", Reason: "电话报告，未书面报告"}, {From: "县委办", Text: "核对中。"},
			}
			f.Proof = reports.ProofFigures{Anchors: map[string]string{"2025": "ab"}, Freezes: map[string]string{"2025-W10": "cd"}, JournalSeq: 12, Journal: "ef"}
		}},
	}
}

func annexText(b *bulletin) []pdf.Block {
	var all []pdf.Block
	for _, a := range b.annexes() {
		all = append(all, pdf.Heading{Text: a.Label + " " + a.Title})
		all = append(all, a.Body...)
	}
	return all
}

func TestEverySentenceOfTheBulletin(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{catalog.Chinese, catalog.English} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			var all strings.Builder
			for _, v := range variants() {
				f, head := baseFigures(), reports.Head{Issuer: "示范县驻村办", Date: day(time.April, 9)}
				v.set(&f, &head)
				b := &bulletin{Catalog: catalog.For(lang), head: head, f: f, month: calendar.Month{Year: 2025, Month: time.March}}
				all.WriteString("== " + v.name + "\n" + plainOf(v.section(b)) + "\n")
			}
			text := all.String()
			if strings.Contains(text, "«") || strings.Contains(text, "{") {
				t.Errorf("a key or a placeholder is left in the text")
			}
			golden(t, "sentences."+lang+".txt", text)
		})
	}
}
