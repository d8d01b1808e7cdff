package paper

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/reports"
	"anfang.example/reports/pdf"
	"anfang.example/templates/catalog"
)

// county is a month of a county of 16 townships, enough for a bulletin of several pages.
func county() (reports.Head, reports.Figures) {
	f := baseFigures()
	for n := 10; n < 14; n++ {
		f.Weeks = append(f.Weeks, week(n, 3))
	}
	f.Random, f.Villages, f.Townships, f.Teams, f.Units = fig(12), fig(12), fig(9), fig(12), fig(14)
	a := &f.Attendance
	a.CutOff, a.DaysMin, a.Reported, a.Members, a.Reached = day(time.April, 5), 20, fig(16), fig(320), fig(290)
	for i, name := range strings.Fields("便江街道 湘阴渡街道 马田镇 金龟镇 柏林镇 鲤鱼塘镇 悦来镇 黄泥镇 樟树镇 太和镇 油麻镇 高亭司镇 洋塘乡 大布江乡 龙形市乡 七甲乡") {
		a.Rows = append(a.Rows, reports.AttendanceTownship{Name: name, Members: 20, Reported: true, Reached: 18, OnLeave: 1})
		p := problem(i+1, 1, inspections.FindingAbsent)
		p.Township, p.At = name, at(time.March, 3+i, 9)
		f.Problems = append(f.Problems, p)
		f.Ledger = append(f.Ledger, reports.LedgerLine{Finding: int64(i + 1), Township: name, Village: "丹江村", Units: []string{"县水利局"}, Kind: "absent", Found: day(time.March, 3+i), Due: day(time.March, 10+i), State: reports.LedgerSettled})
	}
	f.ProblemTownships, f.ProblemUnits, f.ProblemMembers = fig(16), fig(1), fig(16)
	at := calendar.InstantOf(calendar.NewDate(2025, time.April, 9).At(9, 0))
	return reports.Head{Issuer: "永兴县驻村帮扶工作队管理办公室", Prefix: "永驻村办发", Year: 2025, Number: 1, Date: at.Date(), Created: at}, f
}

func TestATownshipsExtractHoldsNothingOfTheOthers(t *testing.T) {
	t.Parallel()
	head, f := county()
	b := bulletin{Catalog: catalog.For("zh"), head: head, f: f.Of("马田镇"), month: calendar.Month{Year: 2025, Month: time.March}}
	text := plainOf(b.extract("马田镇").Body)
	if strings.Count(text, "马田镇") < 3 {
		t.Errorf("its own lines are missing:\n%s", text)
	}
	for _, r := range f.Attendance.Rows {
		if r.Name != "马田镇" && strings.Contains(text, r.Name) {
			t.Errorf("it names %s", r.Name)
		}
	}
	if own := f.Of("马田镇"); len(own.Problems) != 1 || own.ProblemUnits.N != 1 || own.Random.N != 0 || own.Proof.Journal != "" {
		t.Errorf("got %+v", own)
	}
	if none := f.Of("无此镇"); len(none.Problems)+len(none.Ledger)+len(none.Attendance.Rows) != 0 {
		t.Errorf("of an unknown township: %+v", none)
	}
}

// otherWords gives a name of two characters that hardly any other n has, so that no cut of a face serves twice.
func otherWords(n int) string {
	return string([]rune{rune(0x4e00 + n*37%6000), rune(0x5e00 + n*101%6000)})
}

// BenchmarkBulletin is a bulletin after the first: fonts are parsed, and the month's characters differ each time.
func BenchmarkBulletin(b *testing.B) {
	p, head, whole := benchPapers(b)
	whole.Ledger, whole.Problems = nil, whole.Problems[:2]
	thin := whole
	thin.Weeks, thin.Problems, thin.Attendance = nil, nil, reports.AttendanceFigures{CutOff: whole.Attendance.CutOff}
	for pages, f := range map[int]reports.Figures{6: thin, 8: whole} { // annexes included
		b.Run(fmt.Sprintf("pages=%d", pages), func(b *testing.B) {
			b.ReportAllocs()
			for n := 0; b.Loop(); n++ {
				head.CopyTo = otherWords(n) + "局"
				paper, err := p.Bulletin(context.Background(), head, f)
				if err != nil {
					b.Fatal(err)
				}
				if got := bytes.Count(paper.PDF, []byte("/Type /Page\n")); got != pages {
					b.Fatalf("got %d pages, want %d", got, pages)
				}
			}
		})
	}
}

// BenchmarkExtracts500 is a batch of 500 townships' extracts on all processors.
func BenchmarkExtracts500(b *testing.B) {
	p, head, f := benchPapers(b)
	for b.Loop() {
		began := time.Now()
		var next atomic.Int64
		done := make(chan error)
		const workers = 2
		for range workers {
			go func() {
				for {
					n := next.Add(1)
					if n > 500 {
						done <- nil
						return
					}
					if _, err := p.Form(context.Background(), reports.Extract{Head: head, Figures: f, Township: f.Attendance.Rows[n%16].Name}); err != nil {
						done <- err
						return
					}
				}
			}()
		}
		for range workers {
			if err := <-done; err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(500/time.Since(began).Seconds(), "papers/s")
	}
}

func benchPapers(b *testing.B) (Papers, reports.Head, reports.Figures) {
	faces, err := pdf.Resolve(pdf.Builtin())
	if err != nil {
		b.Fatal(err)
	}
	head, f := county()
	p := Papers{Words: catalog.For("zh"), Faces: faces}
	if _, err := p.Bulletin(context.Background(), head, f); err != nil { // the first parses the fonts
		b.Fatal(err)
	}
	return p, head, f
}
