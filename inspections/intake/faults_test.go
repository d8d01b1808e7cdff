package intake_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/intake"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
)

const memberHead = "序号,乡镇（街道）,村（社区）,姓名,性别,派出单位,职务,手机号码,驻村起始时间,离队时间,备注\n"

const smallMembers = memberHead +
	"1,便江街道,滨河路社区,何孝忠,男,县公安局,队长,19100003727,2024-05-05,,\n" +
	"2,便江街道,滨河路社区,张华,女,县公安局,队员,19100003839,2024-05-05,,\n"

// book makes a workbook of one sheet.
func book(t *testing.T, options excelize.Options, rows ...[]any) []byte {
	t.Helper()
	f := excelize.NewFile()
	for i, row := range rows {
		cell, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			t.Fatal(err)
		}
		if err := f.SetSheetRow("Sheet1", cell, &row); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b, options); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func zipOf(t *testing.T, parts map[string][]byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, data := range parts {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(data); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// bomb makes a workbook with a part of 8 MB of zeros that claims to have another size.
func bomb(t *testing.T, claims uint64) []byte {
	t.Helper()
	var zeros bytes.Buffer
	w, err := flate.NewWriter(&zeros, flate.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(make([]byte, 8<<20)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	if _, err := z.Create("xl/workbook.xml"); err != nil {
		t.Fatal(err)
	}
	part, err := z.CreateRaw(&zip.FileHeader{Name: "xl/worksheets/sheet1.xml", Method: zip.Deflate,
		CompressedSize64: uint64(zeros.Len()), UncompressedSize64: claims})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := part.Write(zeros.Bytes()); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func gb(t *testing.T, s string) []byte {
	t.Helper()
	b, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestStructuralFaultsRejectTheFile(t *testing.T) {
	t.Parallel()
	whole := book(t, excelize.Options{}, []any{"乡镇", "村", "姓名", "派出单位", "手机号码"}, []any{"便江街道", "滨河路社区", "何孝忠", "县公安局", "19100003727"})
	cases := map[string]struct {
		data []byte
		key  string
		args string
	}{
		"nothing in it":                   {[]byte(" \n\n"), "intake.empty", ""},
		"a heading and no row":            {[]byte(memberHead), "intake.no_rows", ""},
		"the name column is missing":      {[]byte(strings.ReplaceAll(smallMembers, "姓名", "甲")), "intake.missing_column", "columns=姓名"},
		"two columns are missing":         {[]byte(strings.ReplaceAll(strings.ReplaceAll(smallMembers, "姓名", "甲"), "手机号码", "乙")), "intake.missing_column", "columns=姓名、手机号码"},
		"another table altogether":        {[]byte("甲,乙\n1,2\n"), "intake.unknown_table", ""},
		"text cut within a row":           {[]byte(smallMembers[:len(smallMembers)-20]), "intake.cut_off", ""},
		"text cut within a character":     {[]byte(smallMembers[:strings.LastIndex(smallMembers, "县公")+4]), "intake.cut_off", ""},
		"GB18030 cut within a character":  {gb(t, smallMembers)[:len(gb(t, smallMembers[:strings.LastIndex(smallMembers, "县公")+3]))+1], "intake.cut_off", ""},
		"bytes that are no text":          {[]byte("姓名,\xff\xff\xfe\xc0\x80,\x81\n" + strings.Repeat("\xff\xfe\x80,", 50)), "intake.encoding", ""},
		"a picture":                       {[]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00"), "intake.not_table", ""},
		"a packed table":                  {[]byte("\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"), "intake.packed", ""},
		"zeros":                           {make([]byte, 100), "intake.not_table", ""},
		"a quotation mark never closed":   {[]byte(memberHead + `1,便江街道,"滨河路社区,` + strings.Repeat("\n2,便江街道,甲村,何孝忠,男,乙,丙,丁,戊,,", 80)), "intake.quotes", ""},
		"an encrypted workbook":           {book(t, excelize.Options{Password: "geheim"}, []any{"乡镇"}), "intake.encrypted", ""},
		"an old xls":                      {append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 600)...), "intake.old_xls", ""},
		"half a workbook":                 {whole[:len(whole)/2], "intake.cut_off", ""},
		"another zip":                     {zipOf(t, map[string][]byte{"a.txt": []byte("x")}), "intake.not_workbook", ""},
		"a workbook whose parts are junk": {zipOf(t, map[string][]byte{"xl/workbook.xml": []byte("<a"), "[Content_Types].xml": []byte("<")}), "intake.damaged", ""},
		"a zip bomb":                      {bomb(t, 300<<20), "intake.too_large", ""},
		"a zip bomb that lies":            {bomb(t, 100), "intake.damaged", ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rows, problems, err := intake.ReadRoster("队员.csv", c.data, nil)
			checkFault(t, err, c.key, c.args)
			if rows.Len() != 0 || len(problems) != 0 {
				t.Errorf("got %d rows and %d problems from a rejected file", rows.Len(), len(problems))
			}
		})
	}
}

func checkFault(t *testing.T, err error, key, args string) {
	t.Helper()
	var fault *inspections.Error
	if !errors.As(err, &fault) {
		t.Fatalf("got %v, want an expected error %s", err, key)
	}
	if fault.Key != key || !strings.Contains(fault.Error(), args) {
		t.Errorf("got %v, want %s with %q", fault, key, args)
	}
	known := false
	for _, k := range intake.ErrorKeys() {
		known = known || k == fault.Key
	}
	if !known {
		t.Errorf("%s is not among ErrorKeys", fault.Key)
	}
}

func TestLoadRefusesWhatIsNoFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	_, err := intake.Load(dir)
	checkFault(t, err, "intake.directory", dir)
	_, err = intake.Load(filepath.Join(dir, "no.csv"))
	checkFault(t, err, "intake.not_found", "no.csv")
	path := filepath.Join(dir, "a.csv")
	if err := os.WriteFile(path, []byte(smallMembers), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := intake.Load(path)
	if err != nil || f.Name != "a.csv" || string(f.Data) != smallMembers {
		t.Errorf("got %q with %d bytes, %v", f.Name, len(f.Data), err)
	}
}

func TestEncodingsGiveTheSameRows(t *testing.T) {
	t.Parallel()
	want, _, err := intake.ReadRoster("a.csv", []byte(smallMembers), nil)
	if err != nil || len(want.Members) != 2 {
		t.Fatalf("got %d members, %v", len(want.Members), err)
	}
	utf16 := []byte("\xff\xfe")
	for _, r := range strings.ReplaceAll(smallMembers, ",", "\t") {
		utf16 = append(utf16, byte(r), byte(r>>8))
	}
	for name, data := range map[string][]byte{
		"UTF-8 with a mark":      []byte("\ufeff" + smallMembers),
		"GB18030":                gb(t, smallMembers),
		"UTF-16 with tabs":       utf16,
		"semicolons":             []byte(strings.ReplaceAll(smallMembers, ",", ";")),
		"lines ending in CR LF":  []byte(strings.ReplaceAll(smallMembers, "\n", "\r\n")),
		"no end of the last one": []byte(strings.TrimSuffix(smallMembers, "\n")),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, _, err := intake.ReadRoster("a.csv", data, nil)
			if err != nil {
				t.Fatal(err)
			}
			if len(got.Members) != 2 || got.Members[0] != want.Members[0] || got.Members[1] != want.Members[1] {
				t.Errorf("got %+v, want %+v", got.Members, want.Members)
			}
		})
	}
}

func TestLedgersWithoutARosterAreRefused(t *testing.T) {
	t.Parallel()
	_, _, err := intake.ReadSignIns([]intake.File{{Name: "a.csv", Data: []byte(smallLedger)}}, &inspections.Roster{}, calendar.Month{}, nil)
	checkFault(t, err, "intake.no_roster", "")
	_, _, err = intake.ReadLeave(nil, nil)
	checkFault(t, err, "intake.no_roster", "")
}

func TestCalendarsAreChecked(t *testing.T) {
	t.Parallel()
	c, err := intake.ReadCalendar(intake.File{Name: "2027.csv", Data: []byte("\ufeffdate,workday,name\r\n2027-01-01,0,元旦\r\n")})
	if err != nil || len(c.Years()) != 1 || c.Years()[0] != 2027 {
		t.Fatalf("got %v, %v", c, err)
	}
	for name, x := range map[string]struct{ data, key, args string }{
		"another heading": {"day,workday,name\n", "intake.calendar_head", "file=a.csv"},
		"no rows":         {"date,workday,name\n", "intake.no_rows", ""},
		"no such day":     {"date,workday,name\n2027-01-01,0,a\n2027-02-30,0,b\n", "intake.calendar_row", "row=3"},
		"not 0 or 1":      {"date,workday,name\n2027-01-01,yes,a\n", "intake.calendar_row", "row=2"},
		"a day twice":     {"date,workday,name\n2027-01-01,0,a\n2027-01-01,1,a\n", "intake.calendar_twice", "row=3"},
		"nothing":         {"", "intake.empty", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := intake.ReadCalendar(intake.File{Name: "a.csv", Data: []byte(x.data)})
			checkFault(t, err, x.key, x.args)
		})
	}
}
