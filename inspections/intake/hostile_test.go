package intake_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/intake"
)

// packed makes a workbook of given parts; each is written by its function, compressed.
func packed(t testing.TB, sheet func(io.Writer), more ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	part := func(name string, write func(io.Writer)) {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		write(w)
	}
	text := func(s string) func(io.Writer) { return func(w io.Writer) { _, _ = io.WriteString(w, s) } }
	part("[Content_Types].xml", text(`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`))
	part("_rels/.rels", text(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`))
	part("xl/workbook.xml", text(`<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="三月" sheetId="1" r:id="rId1"/></sheets></workbook>`))
	part("xl/_rels/workbook.xml.rels", text(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`))
	part("xl/worksheets/sheet1.xml", sheet)
	for i := 0; i+1 < len(more); i += 2 {
		part(more[i], text(more[i+1]))
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const sheetHead = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`
const sheetFoot = `</sheetData></worksheet>`

func inlineRow(n int, cells ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<row r="%d">`, n)
	for i, c := range cells {
		if strings.HasPrefix(c, "<") {
			fmt.Fprintf(&b, `<c r="%c%d">%s</c>`, 'A'+i, n, c)
			continue
		}
		fmt.Fprintf(&b, `<c r="%c%d" t="inlineStr"><is><t>%s</t></is></c>`, 'A'+i, n, c)
	}
	return b.String() + "</row>"
}

func hostileFiles(t testing.TB) map[string]struct {
	data []byte
	key  string
} {
	head := inlineRow(1, "日期", "乡镇", "村", "姓名", "手机号码", "状态")
	row := inlineRow(2, "2025-03-01", "便江街道", "泉塘村", "何孝忠", "19900001001", "在岗")
	zeros := make([]byte, 1<<20)
	repeat := func(before string, times int, after string) func(io.Writer) {
		return func(w io.Writer) {
			_, _ = io.WriteString(w, before)
			for range times {
				_, _ = w.Write(zeros)
			}
			_, _ = io.WriteString(w, after)
		}
	}
	letters := bytes.Repeat([]byte("a"), 1<<20)
	var many bytes.Buffer
	z := zip.NewWriter(&many)
	if _, err := z.CreateRaw(&zip.FileHeader{Name: "a"}); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	// The one entry of the directory, a million times.
	at := bytes.Index(many.Bytes(), []byte("PK\x01\x02"))
	entry := many.Bytes()[at : at+46+1]
	million := append([]byte("PK\x03\x04"), bytes.Repeat(entry, 1_000_000)...)
	million = append(million, many.Bytes()[bytes.Index(many.Bytes(), []byte("PK\x05\x06")):]...)
	type file = struct {
		data []byte
		key  string
	}
	return map[string]file{
		"a part of 300 MB in a file of 300 kB": {packed(t, repeat(sheetHead, 300, sheetFoot)), "intake.too_large"},
		"a cell of 100 MB in a workbook": {packed(t, func(w io.Writer) {
			_, _ = io.WriteString(w, sheetHead+head+`<row r="2"><c r="A2" t="inlineStr"><is><t>`)
			for range 100 {
				_, _ = w.Write(letters)
			}
			_, _ = io.WriteString(w, `</t></is></c></row>`+sheetFoot)
		}), "intake.long_cell"},
		"a shared string of 100 MB": {packed(t, func(w io.Writer) { _, _ = io.WriteString(w, sheetHead+head+row+sheetFoot) },
			"xl/sharedStrings.xml", `<sst><si><t>`+strings.Repeat(string(letters), 100)+`</t></si></sst>`), "intake.long_cell"},
		"a cell of 60 MB in a csv":        {append([]byte(ledgerHead+"1,"), append(bytes.Repeat(letters, 60), '\n')...), "intake.long_cell"},
		"a csv of 100 MB":                 {append([]byte(ledgerHead+"1,"), append(bytes.Repeat(letters, 100), '\n')...), "intake.too_large"},
		"an archive of a million entries": {million, "intake.damaged"},
		"an entity of the outside": {packed(t, func(w io.Writer) {
			_, _ = io.WriteString(w, `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>`+sheetHead+head+strings.Replace(row, "何孝忠", "&a;", 1)+sheetFoot)
		}), "intake.damaged"},
		"entities that multiply": {packed(t, func(w io.Writer) {
			_, _ = io.WriteString(w, `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>`+sheetHead+head+strings.Replace(row, "何孝忠", "&b;", 1)+sheetFoot)
		}), "intake.damaged"},
	}
}

// TestHostileFilesAreRefusedBeforeTheyCost holds every reader to a refusal with a known key and to its
// share of memory; how long each takes stands in BenchmarkHostileFiles.
func TestHostileFilesAreRefusedBeforeTheyCost(t *testing.T) {
	r := village(inspections.Member{Name: "何孝忠", Phone: "19900001001"})
	for name, c := range hostileFiles(t) {
		t.Run(name, func(t *testing.T) {
			for reader, read := range map[string]func() error{
				"roster": func() error { _, _, err := intake.ReadRoster("a", c.data, nil); return err },
				"ledger": func() error {
					_, _, err := intake.ReadSignIns([]intake.File{{Name: "a", Data: c.data}}, r, calendar.Month{}, nil)
					return err
				},
				"leave": func() error { _, _, err := intake.ReadLeave([]intake.File{{Name: "a", Data: c.data}}, r); return err },
			} {
				var before, after runtime.MemStats
				runtime.ReadMemStats(&before)
				err := read()
				runtime.ReadMemStats(&after)
				checkFault(t, err, c.key, "")
				if mb := (after.TotalAlloc - before.TotalAlloc) >> 20; mb > 256 {
					t.Errorf("%s: %d MB were allocated, at most 256 are allowed", reader, mb)
				}
			}
		})
	}
}

func BenchmarkHostileFiles(b *testing.B) {
	r := village(inspections.Member{Name: "何孝忠", Phone: "19900001001"})
	for name, c := range hostileFiles(b) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, _, err := intake.ReadSignIns([]intake.File{{Name: "a", Data: c.data}}, r, calendar.Month{}, nil); err == nil {
					b.Fatal("taken")
				}
			}
		})
	}
}

func TestAFormulaCellIsRefusedWithSheetRowAndColumn(t *testing.T) {
	t.Parallel()
	r := village(inspections.Member{Name: "何孝忠", Phone: "19900001001"})
	data := packed(t, func(w io.Writer) {
		_, _ = io.WriteString(w, sheetHead+inlineRow(1, "日期", "乡镇", "村", "姓名", "手机号码", "状态")+
			inlineRow(2, "2025-03-01", "便江街道", "泉塘村", "何孝忠", "<f>19900001000+1</f><v>19900001001</v>", "在岗")+
			inlineRow(3, "2025-03-02", "便江街道", "泉塘村", "何孝忠", "19900001001", "在岗")+sheetFoot)
	})
	signs, problems, err := intake.ReadSignIns([]intake.File{{Name: "a.xlsx", Data: data}}, r, calendar.Month{}, nil)
	if err != nil || len(signs) != 1 || len(problems) != 1 {
		t.Fatalf("got %d rows, %+v, %v", len(signs), problems, err)
	}
	if p := problems[0]; p.Key != "formula_cell" || p.Sheet != "三月" || p.Row != 2 || p.Column != "手机号码" || !p.LeftOut {
		t.Errorf("got %+v", p)
	}
}
