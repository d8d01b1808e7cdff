package main

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/office"
	"anfang.example/inspections/store"
	"anfang.example/reports/paper"
	"anfang.example/templates/catalog"
)

// scan is a picture of a paper, each another.
func scan(t testing.TB, seed uint64, width, height int) []byte {
	t.Helper()
	chance := rand.New(rand.NewPCG(seed, 1))
	im := image.NewGray(image.Rect(0, 0, width, height))
	for range width * height / 40 {
		im.SetGray(chance.IntN(width), chance.IntN(height), color.Gray{Y: uint8(chance.IntN(256))})
	}
	var out bytes.Buffer
	if err := png.Encode(&out, im); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// thick works a case through the store until it has talks, papers and scans; n sets how many of each.
func (r *review) thick(n int) casework.Case {
	r.t.Helper()
	if err := r.Office.ChangeUnit(r.t.Context(), r.clerk, 1, 0, 2, calendar.DateOf(r.now)); err != nil {
		r.t.Fatal(err)
	}
	c := r.hand(1, 2)
	r.approve(c.ID)
	act := func(a casework.Act) casework.Act {
		r.t.Helper()
		r.now = r.now.Add(time.Minute)
		made, err := r.Office.Act(r.t.Context(), r.leader.AsActor(), c.ID, a)
		if err != nil {
			r.t.Fatal(err)
		}
		return made
	}
	for i := range n {
		said := strings.Repeat(fmt.Sprintf("第%d次谈话，问：当日去向？答：因家中有事离开，未办理请假手续，愿意改正。", i+1), 6)
		act(casework.Act{Kind: casework.ActTalk, Branch: i%4 + 1, Second: r.clerk.User, Text: said, Person: "某人"})
		act(casework.Act{Kind: casework.ActFactCheck, Branch: i%4 + 1, Text: fmt.Sprintf("第%d次核对，无异议", i+1)})
		slip := act(casework.Act{Kind: casework.ActHandover, Body: "县纪委监委", Text: fmt.Sprintf("线索%d：发放花名册签名笔迹相同", i+1)})
		act(casework.Act{Kind: casework.ActReceipt, Answers: slip.Seq, Text: "已收到"})
		var sha string
		r.write(func(tx *store.Tx) (err error) {
			if sha, err = tx.PutBlob("image/png", scan(r.t, uint64(i), 700, 990)); err != nil {
				return err
			}
			photo, err := tx.PutBlob("image/png", scan(r.t, uint64(1000+i), 640, 480))
			if err != nil {
				return err
			}
			return tx.AddEvidence(&inspections.Evidence{Case: c.ID, SHA: photo, Name: fmt.Sprintf("村部%d.png", i+1), Media: "image/png", Taken: tx.Now()})
		})
		act(casework.Act{Kind: casework.ActOriginal, Text: fmt.Sprintf("谈话笔录用印件%d", i+1), SHA: sha})
	}
	return c
}

// TestACaseFileIsRebuiltToTheByte makes a file, works on, makes it again, and asks for the first once more.
func TestACaseFileIsRebuiltToTheByte(t *testing.T) {
	t.Parallel()
	r := reviewing(t)
	c := r.thick(1)
	head := func() (seq int64) {
		r.view(func(tx *store.Tx) error {
			h, err := tx.JournalHead()
			seq = h.Seq
			return err
		})
		return seq
	}
	file := func() []byte {
		t.Helper()
		raw, err := r.Press.CaseFilePDF(t.Context(), r.clerk, c.ID)
		if err != nil {
			t.Fatal(err)
		}
		return raw
	}
	if _, err := r.Press.CaseFileAt(t.Context(), r.clerk, c.ID, head()); keyOf(err) != "casefile.never_made" {
		t.Errorf("got %v, want it said that none was made", err)
	}
	then := head()
	first := file()
	for _, seq := range []int{1, 2, 3, 4} {
		if err := r.Office.AddStatement(t.Context(), r.clerk, c.ID, seq, "后来的说明"); err != nil {
			t.Fatal(err)
		}
		if err := r.Office.ConcludeBranch(t.Context(), r.leader.AsActor(), c.ID, seq, office.Conclusion{Text: "已履行职责", By: r.clerk.User}); err != nil {
			t.Fatal(err)
		}
	}
	if second := file(); bytes.Equal(first, second) {
		t.Fatal("the file did not change with the case")
	}
	again, err := r.Press.CaseFileAt(t.Context(), r.clerk, c.ID, then)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first, again) {
		t.Errorf("got %d bytes that differ from the %d of then", len(again), len(first))
	}
	if _, err := r.Press.CaseFileAt(t.Context(), r.clerk, c.ID, then+1); keyOf(err) != "casefile.not_made" {
		t.Errorf("got %v, want it said that none was made there", err)
	}
	if _, err := r.Press.CaseFileAt(t.Context(), inspections.Actor{Role: inspections.RoleInspector}, c.ID, then); keyOf(err) != "forbidden" {
		t.Errorf("got %v, want an inspector refused", err)
	}
	own := r.Press.Render.(paper.Papers)
	other := map[string]string{"zh": "en", "en": "zh"}[own.Words.Lang()]
	r.Press.Render = paper.Papers{Words: catalog.For(other), Faces: own.Faces}
	if _, err := r.Press.CaseFileAt(t.Context(), r.clerk, c.ID, then); keyOf(err) != "casefile.differs" {
		t.Errorf("got %v, want it said that the words are others", err)
	}
	r.Press.Render = own
	volume, err := r.Press.CaseVolumePDF(t.Context(), r.clerk, calendar.Month{Year: 2025, Month: time.March})
	if err != nil || !bytes.HasPrefix(volume, []byte("%PDF-")) {
		t.Errorf("got %v, want the month's volume", err)
	}
	if _, err := r.Press.CaseVolumePDF(t.Context(), r.clerk, calendar.Month{Year: 2024, Month: time.March}); keyOf(err) != "casefile.no_cases" {
		t.Errorf("got %v, want it said that there is none", err)
	}
	reads := 0
	r.view(func(tx *store.Tx) error {
		records, err := tx.JournalOf(fmt.Sprintf("case/%d", c.ID))
		for _, one := range records {
			if one.Kind == "case.file_read" {
				reads++
			}
		}
		return err
	})
	if reads != 4 {
		t.Errorf("got %d reads in the journal, want 4", reads)
	}
}

// TestAPaperOfACaseIsPrintedFromTheCommandLine lists the papers of a case, prints each and reads in the journal that it was.
func TestAPaperOfACaseIsPrintedFromTheCommandLine(t *testing.T) {
	t.Parallel()
	sc := readScene(t, filepath.Join("testdata", "cases", "shaoyang-2018.json"))
	s := sc.seat(t)
	sc.enter(s)
	var list struct{ Papers []struct{ Ref, Name string } }
	s.json(&list, at("2018-12-30T10:00"), "case", "paper", "1")
	if len(list.Papers) < 8 || list.Papers[0].Ref != "approval" {
		t.Fatalf("got %v", list.Papers)
	}
	dir := t.TempDir()
	for _, one := range list.Papers {
		file := filepath.Join(dir, strings.ReplaceAll(one.Ref, "/", "-")+".pdf")
		s.must(at("2018-12-30T10:00"), "case", "paper", "1", one.Ref, "--out", file)
		if raw, err := os.ReadFile(file); err != nil || !bytes.HasPrefix(raw, []byte("%PDF-")) {
			t.Errorf("%s: got %v, want a PDF", one.Ref, err)
		}
	}
	file := filepath.Join(dir, "file.pdf")
	s.must(at("2018-12-30T10:00"), "case", "file", "1", "--out", file)
	s.must(at("2018-12-30T10:01"), "journal", "verify", "--paper", file)
	s.must(at("2018-12-30T10:01"), "journal", "verify", "--paper", filepath.Join(dir, "approval.pdf"))
	s.fails(1, "casesheet.none", at("2018-12-30T10:00"), "case", "paper", "1", "talk/99")
}

// BenchmarkCaseFile60 builds a case file of 60 pages from the database: gathered, laid out, written, journalled. The
// issue asks for a second at most; floor_x says how often the time fits into it.
func BenchmarkCaseFile60(b *testing.B) {
	r := reviewing(b)
	c := r.thick(10)
	pages, n := 0, 0
	b.ReportAllocs()
	for b.Loop() {
		raw, err := r.Press.CaseFilePDF(b.Context(), r.clerk, c.ID)
		if err != nil {
			b.Fatal(err)
		}
		pages = bytes.Count(raw, []byte("/Type /Page\n"))
		n++
	}
	if pages < 60 {
		b.Fatalf("got %d pages, want 60 at least", pages)
	}
	b.ReportMetric(float64(pages), "pages")
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "floor_x")
}
