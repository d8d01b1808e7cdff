package intake_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/intake"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// mess is one ledger with what was done to it: for each row of the file (from 1) the record it came from and
// the defects in it. A row without record says nothing of anybody.
type mess struct {
	file intake.File
	rows map[int]messyRow
}

type messyRow struct {
	record   *record
	stranger bool // of nobody on the roster
	defects  []string
}

// messyHeads are headings in orders and words of their own; each column has its field.
var messyHeads = [][][2]string{
	{{"序号", ""}, {"年月日", "day"}, {"所在镇街", "township"}, {"", ""}, {"驻点", "village"}, {"驻村干部姓名", "name"}, {"移动电话", "phone"}, {"到岗时间", "clock"}, {"在岗情况", "status"}, {"东经", "lon"}, {"北纬", "lat"}, {"情况说明", ""}},
	{{"驻村队员的姓名", "name"}, {"联系方式（手机）", "phone"}, {"乡镇（街道）", "township"}, {"行政村", "village"}, {"考勤日期*", "day"}, {"签到时刻", "clock"}, {"考勤结果：", "status"}, {"GPS纬度", "lat"}, {"GPS经度", "lon"}},
	{{"乡　镇", "township"}, {"村（居）", "village"}, {"姓  名", "name"}, {"手机号", "phone"}, {"签到日期", "day"}, {"打卡时间", "clock"}, {"是否在岗", "status"}, {"备注", ""}},
}

// writeMess writes the county's ledger with about one defect in every `often` rows.
func (c *messyCounty) writeMess(t *testing.T, form string, often int) mess {
	t.Helper()
	head := messyHeads[c.rng.IntN(len(messyHeads))]
	out := mess{rows: map[int]messyRow{}}
	titles := make([]string, len(head))
	for i, h := range head {
		titles[i] = h[0]
	}
	table := [][]string{{"（内部资料）驻村工作队员2024年5月签到台账"}}
	if c.rng.IntN(2) == 0 { // two rows of headings, as a merged head becomes in csv
		upper, lower := make([]string, len(head)), make([]string, len(head))
		for i, title := range titles {
			if upper[i] = title; head[i][1] == "clock" || head[i][1] == "status" {
				upper[i], lower[i] = "签到情况栏", title
			}
		}
		table = append(table, upper, lower)
	} else {
		table = append(table, titles)
	}
	add := func(cells []string, row messyRow) {
		table = append(table, cells)
		out.rows[len(table)] = row
	}
	for i := range c.records {
		r := &c.records[i]
		values := c.plainValues(*r)
		if !slices.ContainsFunc(head, func(h [2]string) bool { return h[1] == "lat" }) {
			delete(values, "lat")
		}
		row := messyRow{record: r}
		for n := 0; c.rng.IntN(often) == 0 && n < 3; n++ {
			if d := c.damage(values, *r, strings.HasSuffix(form, "xlsx")); d != "" {
				row.defects = append(row.defects, d)
			}
		}
		cells := make([]string, len(head))
		for j, h := range head {
			cells[j] = values[h[1]]
		}
		add(cells, row)
		switch c.rng.IntN(often * 40) {
		case 0:
			add(cells, messyRow{record: r, defects: append([]string{"double"}, row.defects...)})
		case 1:
			add(titles, messyRow{defects: []string{"head again"}})
		case 2:
			add(make([]string, len(head)), messyRow{defects: []string{"blank"}})
		case 3:
			add([]string{"本日小计", "", "", "37人"}[:min(4, len(head))], messyRow{})
		case 4:
			stranger := append([]string(nil), cells...)
			for j, h := range head {
				if h[1] == "name" {
					stranger[j] = "牛不详"
				}
			}
			add(stranger, messyRow{stranger: true, defects: []string{"stranger"}})
		case 5:
			later := c.plainValues(*r)
			if r.status == inspections.SignPresent {
				later["clock"] = "18:30:00"
				cells = slices.Clone(cells)
				for j, h := range head {
					cells[j] = later[h[1]]
				}
				add(cells, messyRow{record: r, defects: []string{"second sign-in"}})
			}
		}
	}
	table = append(table, []string{"合计", fmt.Sprint(len(c.records))}, []string{"注：本表一式两份"}, []string{"填表人：", "", "审核人："})
	out.file = intake.File{Name: "台账." + form[strings.LastIndex(form, " ")+1:], Data: encodeMess(t, form, table)}
	return out
}

func (c *messyCounty) plainValues(r record) map[string]string {
	word := map[inspections.SignStatus]string{inspections.SignPresent: "在岗", inspections.SignLeave: "请假", inspections.SignTravel: "公出", inspections.SignAbsent: "未签到"}
	v := map[string]string{"day": r.day.String(), "township": r.township, "village": r.village, "name": r.name, "phone": r.phone, "clock": r.clock, "status": word[r.status]}
	if r.status == inspections.SignPresent {
		v["lat"], v["lon"] = fmt.Sprintf("%.6f", r.lat), fmt.Sprintf("%.6f", r.lon)
	}
	return v
}

var traditional = strings.NewReplacer("张", "張", "陈", "陳", "刘", "劉", "黄", "黃", "龙", "龍", "谢", "謝", "邓", "鄧", "许", "許", "罗", "羅", "马", "馬", "叶", "葉", "国", "國", "丽", "麗", "华", "華")

// damage does one thing to a row and says what; "" when it does not apply.
func (c *messyCounty) damage(v map[string]string, r record, workbook bool) string {
	y, m, d := r.day.Parts()
	full := func(s string) string {
		return strings.Map(func(x rune) rune {
			if x >= '0' && x <= '9' {
				return x + 0xfee0
			}
			return x
		}, s)
	}
	set := func(field, value string) string {
		if v[field] == value || v[field] == "" {
			return ""
		}
		v[field] = value
		return field + " " + value
	}
	ways := []string{
		fmt.Sprintf("%d/%d/%d", y, m, d), fmt.Sprintf("%d.%d.%d", y, m, d), fmt.Sprintf("%d月%d日", m, d), fmt.Sprintf("%02d.%d.%d", y%100, m, d),
		fmt.Sprintf("%d年%d月%d日 上午8:05", y, m, d), fmt.Sprintf("%d年%d月%d日（星期%s）", y, m, d, "三"), fmt.Sprintf("%d%02d%02d", y, m, d),
		full(r.day.String()), fmt.Sprintf("%d/%d", m, d), fmt.Sprintf("%d日", d), fmt.Sprintf("%s 08:05:00", r.day), fmt.Sprintf("%d/%d/%d", d, m, y), fmt.Sprintf("%d年%02d月%02d", y, m, d),
	}
	if !workbook {
		ways = append(ways, fmt.Sprint(int(r.day-calendar.NewDate(1899, 12, 30))))
	}
	switch c.rng.IntN(22) {
	case 0, 1, 2, 3:
		return set("day", ways[c.rng.IntN(len(ways))])
	case 4:
		return set("day", []string{"", "昨天", "2024/5/32", "2024-02-30", fmt.Sprintf("2025-%02d-%02d", m, d), "#VALUE!"}[c.rng.IntN(6)])
	case 5:
		return set("name", strings.Join(strings.Split(v["name"], ""), " "))
	case 6:
		return set("name", traditional.Replace(v["name"]))
	case 7:
		return set("name", strings.ReplaceAll(v["name"], "·", []string{"•", ".", "‧", ""}[c.rng.IntN(4)]))
	case 8:
		return set("name", v["name"]+"（队员）")
	case 9:
		v["name"] = ""
		return "name missing"
	case 10:
		runes := []rune(v["name"])
		if len(runes) < 2 {
			return ""
		}
		runes[len(runes)-1] = '某'
		return set("name", string(runes))
	case 11:
		v["phone"] = ""
		return "phone missing"
	case 12:
		if len(r.phone) != 11 {
			return ""
		}
		return set("phone", []string{"+86 " + r.phone, r.phone[:3] + "-" + r.phone[3:7] + "-" + r.phone[7:], full(r.phone), r.phone + "（微信同号）", "0871-68811234/" + r.phone, r.phone[:3] + " " + r.phone[3:7] + " " + r.phone[7:], r.phone + ".0"}[c.rng.IntN(7)])
	case 13:
		return set("phone", r.phone[:1]+"."+r.phone[1:3]+"E+10")
	case 14:
		return set("phone", r.phone[:1]+"."+r.phone[1:]+"E+10")
	case 15:
		return set("township", []string{strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(r.township, "街道"), "镇"), "乡"), "某县" + r.township, r.township + "人民政府", traditional.Replace(r.township)}[c.rng.IntN(4)])
	case 16:
		return set("village", []string{strings.TrimSuffix(r.village, "村"), r.village + "委会", r.township + r.village, strings.TrimSuffix(r.village, "村") + "村民委员会", traditional.Replace(r.village)}[c.rng.IntN(5)])
	case 17:
		return set("clock", []string{strings.TrimPrefix(r.clock, "0"), "上午" + r.clock, full(r.clock), strings.ReplaceAll(r.clock, ":", "："), strings.Replace(strings.Replace(r.clock, ":", "时", 1), ":", "分", 1) + "秒"}[c.rng.IntN(5)])
	case 18:
		words := map[inspections.SignStatus][]string{
			inspections.SignPresent: {"√", "在村", "正常", "在岗在位", "已签到"}, inspections.SignLeave: {"假", "病假", "请假（事假）", "年休假"},
			inspections.SignTravel: {"出差", "开会", "公出（县里开会）"}, inspections.SignAbsent: {"缺勤", "×", "旷工"},
		}[r.status]
		return set("status", words[c.rng.IntN(len(words))])
	case 19:
		if r.status != inspections.SignPresent || v["lat"] == "" {
			return ""
		}
		v["lat"], v["lon"] = v["lon"], v["lat"]
		return "swapped"
	case 20:
		return set("status", "？？")
	case 21:
		return set("name", " "+v["name"]+"\n")
	}
	return ""
}

// encodeMess writes a table as one of the kinds of file offices have.
func encodeMess(t *testing.T, form string, table [][]string) []byte {
	t.Helper()
	if strings.HasSuffix(form, "xlsx") {
		return messyBook(t, form, table)
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	switch {
	case strings.Contains(form, "semicolons"):
		w.Comma = ';'
	case strings.Contains(form, "tabs"):
		w.Comma = '\t'
	}
	if err := w.WriteAll(table); err != nil {
		t.Fatal(err)
	}
	switch {
	case strings.Contains(form, "GB18030"):
		out, err := simplifiedchinese.GB18030.NewEncoder().Bytes(b.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		return out
	case strings.Contains(form, "UTF-16"):
		out := []byte{0xff, 0xfe}
		for _, u := range utf16.Encode([]rune(b.String())) {
			out = append(out, byte(u), byte(u>>8))
		}
		return out
	case strings.Contains(form, "mixed"):
		// Two offices' parts put together with a text editor, each line as it came.
		var out []byte
		for i, line := range bytes.SplitAfter(b.Bytes(), []byte("\n")) {
			if i > 3 && i%3 == 0 && bytes.Count(line, []byte(`"`)) == 0 {
				part, err := simplifiedchinese.GB18030.NewEncoder().Bytes(line)
				if err != nil {
					t.Fatal(err)
				}
				line = part
			}
			out = append(out, line...)
		}
		return out
	}
	return b.Bytes()
}

// messyBook writes a workbook: text cells, a hidden sheet of leftovers, a summary sheet; with 1904 dates
// the days are numbers of that epoch.
func messyBook(t *testing.T, form string, table [][]string) []byte {
	t.Helper()
	f := excelize.NewFile()
	must := func(err error) {
		if err != nil {
			t.Helper()
			t.Fatal(err)
		}
	}
	old := strings.Contains(form, "1904")
	if old {
		yes := true
		must(f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes}))
	}
	for i, row := range table {
		for j, v := range row {
			if v == "" {
				continue
			}
			cell, err := excelize.CoordinatesToCellName(j+1, i+1)
			must(err)
			if day, err := calendar.ParseDate(v); err == nil {
				serial := int(day - calendar.NewDate(1899, 12, 30))
				if old {
					serial -= 1462
				}
				must(f.SetCellValue("Sheet1", cell, serial))
				continue
			}
			must(f.SetCellStr("Sheet1", cell, v))
		}
	}
	must(f.MergeCell("Sheet1", "A1", "H1"))
	_, err := f.NewSheet("旧模板")
	must(err)
	must(f.SetSheetRow("旧模板", "A1", &[]any{"日期", "乡镇", "村", "姓名", "手机号码", "状态"}))
	must(f.SetSheetRow("旧模板", "A2", &[]any{"2024-05-01", "临江镇", "上坪村", "张伟", "", "在岗"}))
	must(f.SetSheetVisible("旧模板", false))
	_, err = f.NewSheet("汇总")
	must(err)
	must(f.SetSheetRow("汇总", "A1", &[]any{"乡镇", "姓名", "手机号码", "签到天数"}))
	must(f.SetSheetRow("汇总", "A2", &[]any{"临江镇", "张伟", "", 22}))
	var b bytes.Buffer
	must(f.Write(&b))
	return b.Bytes()
}
