package intake_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"anfang.example/inspections/calendar"
	"anfang.example/inspections/intake"
)

// worse writes the real county's clean tables anew with the kinds of defects its own files have, in other
// places and `times` as often. One row may have several.
type worse struct {
	rng   *rand.Rand
	times float64
}

// happens draws one of the county's own rates (per row), multiplied.
func (w worse) happens(rate float64) bool { return w.rng.Float64() < rate*w.times }

func (w worse) pick(forms ...string) string { return forms[w.rng.IntN(len(forms))] }

// Rates per row, as the county's list of injected defects has them.
const (
	rateSpaces, rateFullWidth, rateNoPhone, rateRounded = 0.0083, 0.0029, 0.0021, 0.0019
	rateNoName, rateTypo, rateTownship, rateVillage     = 0.0016, 0.0010, 0.0030, 0.0028
	rateDateForm, rateNoDate, rateClock, rateStatus     = 0.0040, 0.0005, 0.0038, 0.02
	rateSwapped, rateZero, rateTwice, rateDouble        = 0.0018, 0.0019, 0.0014, 0.0019
	rateBlank, rateHead, rateStranger                   = 0.00023, 0.00016, 0.0001
	rateRosterForm, rateRosterSmall                     = 0.05, 0.006
)

func (w worse) spaced(name string) string {
	runes := []rune(name)
	return string(runes[:1]) + w.pick("\u3000", " ", "  ", "\u00a0") + string(runes[1:])
}

func wide(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r + 0xfee0
		}
		return r
	}, s)
}

func (w worse) shortTownship(s string) string {
	for _, end := range []string{"街道", "镇", "乡"} {
		if rest, ok := strings.CutSuffix(s, end); ok && len([]rune(rest)) > 1 {
			return rest
		}
	}
	return s
}

// village writes a village as townships do; a short form only where it stays a name.
func (w worse) village(s string) string {
	if rest, ok := strings.CutSuffix(s, "村"); ok && len([]rune(rest)) > 1 {
		return w.pick(rest, s+"委会")
	}
	return s
}

// date writes a day in one of the county's seven ways. A year is left out only when noYear allows it.
func (w worse) date(day calendar.Date, noYear bool) string {
	y, m, d := day.Parts()
	forms := []string{
		fmt.Sprintf("%d.%d.%d", y, m, d), fmt.Sprintf("%d年%d月%d日", y, m, d), fmt.Sprintf("%d%02d%02d", y, m, d),
		strconv.Itoa(int(day - calendar.NewDate(1899, 12, 30))), fmt.Sprintf("%d/%d/%d", y, m, d),
	}
	if noYear {
		forms = append(forms, fmt.Sprintf("%d月%d日", m, d))
	}
	return w.pick(forms...)
}

func (w worse) clock(s string) string {
	h, _ := strconv.Atoi(s[:2])
	m, _ := strconv.Atoi(s[3:5])
	return w.pick(s[:2]+"点"+s[3:5], fmt.Sprintf("%d:%02d", h, m), "上午"+s[:5], s[:2]+"："+s[3:5], fmt.Sprintf("%.10f", float64(h*60+m)/1440))
}

// rosterRow damages one row of 队员 in place.
func (w worse) rosterRow(row map[string]string) {
	if w.happens(rateRosterForm) {
		row["乡镇（街道）"] = w.shortTownship(row["乡镇（街道）"])
	}
	if w.happens(rateRosterForm) {
		row["村（社区）"] = w.village(row["村（社区）"])
	}
	if w.happens(rateRosterForm) {
		row["姓名"] = w.pick(w.spaced(row["姓名"]), row["姓名"]+"\u3000", row["姓名"]+" ")
	}
	if w.happens(rateRosterForm) {
		row["派出单位"] = w.pick("永兴"+row["派出单位"], strings.TrimPrefix(row["派出单位"], "县"))
	}
	if day, err := calendar.ParseDate(row["驻村起始时间"]); err == nil && w.happens(rateRosterForm) {
		row["驻村起始时间"] = w.date(day, false)
	}
	if w.happens(rateRosterSmall) {
		row["性别"] = ""
	}
	switch phone := row["手机号码"]; {
	case w.happens(rateRosterSmall):
		row["手机号码"] = phone[:3] + "-" + phone[3:7] + "-" + phone[7:]
	case w.happens(rateRosterSmall):
		row["手机号码"] = wide(phone)
	case w.happens(rateRosterSmall):
		row["手机号码"] = phone[:len(phone)-1]
	case w.happens(rateRosterSmall):
		row["手机号码"] = ""
	}
}

// roster gives the roster's five tables, the members' damaged; some of their rows stand twice.
func (w worse) roster(t *testing.T) []intake.File {
	t.Helper()
	var files []intake.File
	for _, name := range []string{"工作队", "乡镇", "督查人员", "帮扶单位"} {
		files = append(files, load(t, county(t, "花名册", "csv_utf8bom", name+".csv"))...)
	}
	head := []string{"序号", "乡镇（街道）", "村（社区）", "姓名", "性别", "派出单位", "职务", "手机号码", "驻村起始时间", "离队时间", "备注"}
	table := [][]string{head}
	for _, row := range truth(t, "队员.csv") {
		w.rosterRow(row)
		cells := make([]string, len(head))
		for i, h := range head {
			cells[i] = row[h]
		}
		table = append(table, cells)
		if w.happens(rateRosterSmall) {
			table = append(table, cells)
		}
	}
	return append(files, intake.File{Name: "队员.csv", Data: tableOf(t, table)})
}

func tableOf(t *testing.T, table [][]string) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := csv.NewWriter(&b).WriteAll(table); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

var worseHead = []string{"序号", "日期", "乡镇", "村", "姓名", "手机号码", "签到时间", "状态", "经度", "纬度", "地点", "备注"}

// worseRow is one row of the ledger with the member's day it came from ("" for none) and its defects.
type worseRow struct {
	of      dayOf
	defects []string
}

// ledger writes one month; the rows' facts are by line, from 1.
func (w worse) ledger(t *testing.T, month calendar.Month, days []map[string]string) (intake.File, map[int]worseRow) {
	t.Helper()
	table, facts := [][]string{worseHead}, map[int]worseRow{}
	add := func(row worseRow, cells []string) {
		table = append(table, cells)
		facts[len(table)] = row
	}
	for i, day := range days {
		cells, defects := w.ledgerRow(t, i, day)
		of := dayOf{person(day), day["日期"]}
		if w.happens(rateTwice) && day["状态"] == "在岗" {
			again := slices.Clone(cells)
			again[6] = "08:59:59"
			add(worseRow{of, append(slices.Clone(defects), "同人同日两次签到")}, again)
		}
		add(worseRow{of, defects}, cells)
		switch {
		case w.happens(rateDouble):
			add(worseRow{of, append(slices.Clone(defects), "整行重复")}, cells)
		case w.happens(rateBlank):
			add(worseRow{defects: []string{"空行"}}, make([]string, len(worseHead)))
		case w.happens(rateHead):
			add(worseRow{defects: []string{"中间又出现表头"}}, worseHead)
		case w.happens(rateStranger):
			stranger := slices.Clone(cells)
			stranger[4], stranger[6] = w.pick("朱", string([]rune(day["姓名"])[:1]))+"不详", "08:29:02"
			add(worseRow{defects: []string{"花名册中没有的人"}}, stranger)
		}
	}
	return intake.File{Name: month.String() + "签到台账.csv", Data: tableOf(t, table)}, facts
}

func (w worse) ledgerRow(t *testing.T, i int, day map[string]string) ([]string, []string) {
	t.Helper()
	date, err := calendar.ParseDate(day["日期"])
	if err != nil {
		t.Fatal(err)
	}
	y, m, d := date.Parts()
	cells := []string{strconv.Itoa(i + 1), fmt.Sprintf("%d/%d/%d", y, m, d), day["乡镇"], day["村"], day["姓名"], day["手机号码"], day["时间"], day["状态"], day["经度"], day["纬度"], "", day["假别"]}
	var defects []string
	by := map[int]string{} // the column's defect; a later one replaces it
	damage := func(rate float64, name string, column int, form func(string) string) {
		if cells[column] == "" || !w.happens(rate) {
			return
		}
		if made := form(cells[column]); made != cells[column] {
			cells[column], by[column] = made, name
		}
	}
	none := func(string) string { return "" }
	damage(rateDateForm, "日期写法", 1, func(string) string { return w.date(date, true) })
	damage(rateNoDate, "日期不可用", 1, func(string) string {
		return w.pick("", fmt.Sprintf("%d/2/30", y), fmt.Sprintf("%d/%d/%d", y+1, m, d))
	})
	damage(rateTownship, "乡镇简称", 2, w.shortTownship)
	damage(rateVillage, "村名写法", 3, w.village)
	damage(rateSpaces, "姓名中有空格", 4, w.spaced)
	damage(rateTypo, "姓名错字", 4, func(s string) string { return string([]rune(s)[:1]) + w.pick("鸣", "铭") })
	damage(rateNoName, "姓名缺", 4, none)
	damage(rateFullWidth, "全角数字", 5, wide)
	damage(rateRounded, "科学计数法手机号", 5, func(string) string { phone := day["手机号码"]; return phone[:1] + "." + phone[1:3] + "E+10" })
	damage(rateNoPhone, "号码缺", 5, none)
	damage(rateClock, "时间写法", 6, w.clock)
	if day["状态"] == "请假" {
		damage(rateStatus, "状态写法", 7, func(string) string { return w.pick("事假", "假", "请 假", "公休", "病假") })
	}
	for _, column := range slices.Sorted(maps.Keys(by)) {
		defects = append(defects, by[column])
	}
	if day["状态"] == "在岗" {
		if w.happens(rateSwapped) {
			cells[8], cells[9] = cells[9], cells[8]
			defects = append(defects, "经纬度颠倒")
		} else if w.happens(rateZero) {
			cells[8], cells[9] = "0", "0"
			defects = append(defects, "坐标为0")
		}
	}
	return cells, defects
}
