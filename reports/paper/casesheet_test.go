package paper

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
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

// reportedCase is a township's report of the day before a holiday, with every paper that a case can come to.
func reportedCase(t *testing.T) reports.CaseFile {
	t.Helper()
	f := caseFile(t)
	at := calendar.InstantOf(time.Date(2025, 9, 30, 2, 0, 0, 0, time.UTC))
	f.Case.Source, f.Case.Proposed, f.Case.FactAt = "report", at, at
	f.Case.Decided, f.Case.Due = calendar.InstantOf(at.Add(26*time.Hour)), calendar.InstantOf(at.Add(7*24*time.Hour))
	f.Finding, f.HasFinding = inspections.Finding{Note: "9月30日上午未到岗，电话未接通"}, true
	owed := duties.Obligation{Kind: duties.Opinion, Started: at}
	if err := owed.DueWorkdays(calendar.BuiltIn(), at.Date(), 3); err != nil {
		t.Fatal(err)
	}
	f.Clocks = []duties.Obligation{owed}
	f.Reports[0].What, f.Reports[0].At, f.Reports[0].Discovered, f.Reports[0].Received = f.Finding.Note, at, at.Date(), at
	return f
}

// onOnePage puts a mark at the end of a paper and looks for it on page 1.
func onOnePage(t *testing.T, doc pdf.Document, faces pdf.Faces) {
	t.Helper()
	doc.Body = append(slices.Clone(doc.Body), pdf.Anchor{Name: "end"}, pdf.Para{Text: "."})
	if pages, err := pdf.PagesOf(doc, faces); err != nil || pages["end"] != 1 {
		t.Errorf("%s: it ends on page %d (%v)", doc.Title, pages["end"], err)
	}
}

// TestEveryPaperOfACaseSaysWhatItMust reads each paper against its golden text, and that none of them draws a seal or
// names a person to whom it is not addressed.
func TestEveryPaperOfACaseSaysWhatItMust(t *testing.T) {
	t.Parallel()
	for _, lang := range catalog.Languages() {
		p := papers(t)
		p.Words = catalog.For(lang)
		f := reportedCase(t)
		var text strings.Builder
		kinds := map[reports.SheetKind]bool{}
		for _, s := range reports.SheetsOf(f.Case, f.Measures, f.Acts) {
			doc, err := p.sheetDocument(f, s)
			if err != nil {
				t.Fatalf("%s: %v", s.Ref(), err)
			}
			kinds[s.Kind] = true
			if s.Kind == reports.SheetReported && lang == catalog.Chinese { // the paper that is stamped
				onOnePage(t, doc, p.Faces)
			}
			text.WriteString("== " + s.Ref() + " " + SheetName(p.Words, s) + "\n" + doc.Title + "\n" + doc.Number + "\n" + doc.To + "\n" + plainOf(doc.Body) + doc.Signature + "\n" + doc.Date + "\n")
			if s.Kind == reports.SheetOpinion && strings.Contains(plainOf(doc.Body), f.Member) {
				t.Errorf("the handling opinion names %s", f.Member)
			}
		}
		if strings.Contains(text.String(), "«") {
			t.Errorf("%s: a word is missing", lang)
		}
		if len(kinds) != 10 {
			t.Errorf("got %v, want every kind of paper", kinds)
		}
		golden(t, "casesheets."+lang+".txt", text.String())
	}
}

func TestAPaperOfACaseIsTheSameToTheByte(t *testing.T) {
	t.Parallel()
	p := papers(t)
	f := reportedCase(t)
	for _, s := range reports.SheetsOf(f.Case, f.Measures, f.Acts) {
		first, err := p.CaseSheet(t.Context(), f, s)
		if err != nil {
			t.Fatal(err)
		}
		again, err := p.CaseSheet(t.Context(), f, s)
		if err != nil || !bytes.Equal(first, again) {
			t.Errorf("%s: two builds differ (%v)", s.Ref(), err)
		}
		if dir := os.Getenv("ANFANG_PICTURES_OF_SHEETS"); dir != "" {
			if err := os.WriteFile(filepath.Join(dir, strings.ReplaceAll(s.Ref(), "/", "-")+".pdf"), first, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	if _, err := p.CaseSheet(t.Context(), f, reports.Sheet{Kind: reports.SheetTalk, N: 99}); err == nil {
		t.Error("got nil, want a paper that does not exist refused")
	}
	f.Issuer = "" // nothing official leaves without an issuing body
	doc, err := p.sheetDocument(f, reports.Sheet{Kind: reports.SheetApproval})
	if err != nil || doc.Sample == "" {
		t.Errorf("got %q, %v, want a sample", doc.Sample, err)
	}
	f = reportedCase(t)
	for _, f.Sample = range []bool{true, false} { // as it is without a signer, and with one
		for _, s := range reports.SheetsOf(f.Case, f.Measures, f.Acts) {
			if doc, err := p.sheetDocument(f, s); err != nil || f.Sample != (doc.Sample == "样稿") {
				t.Errorf("%s with sample %t: got %q, %v", s.Ref(), f.Sample, doc.Sample, err)
			}
		}
	}
}

// TestAReceiptWithoutAServiceOnRecordIsLeftToTheHand takes the service away from a measure that was carried out.
func TestAReceiptWithoutAServiceOnRecordIsLeftToTheHand(t *testing.T) {
	t.Parallel()
	p, f := papers(t), reportedCase(t)
	f.Measures[0].Served = f.Case.Decided
	receipt := func() string {
		doc, err := p.sheetDocument(f, reports.Sheet{Kind: reports.SheetServed, N: int64(f.Measures[0].ID)})
		if err != nil {
			t.Fatal(err)
		}
		return plainOf(doc.Body)
	}
	when := p.Words.T("casefile.receipt.at") + " | "
	if got, want := receipt(), when+p.Words.FullMoment(f.Case.Decided.Time); !strings.Contains(got, want) {
		t.Errorf("served: got %s, want %s", got, want)
	}
	f.Acts = slices.DeleteFunc(slices.Clone(f.Acts), func(a casework.Act) bool { return a.Kind == casework.ActServed })
	if got, want := receipt(), when+blank+"\n"; !strings.Contains(got, want) || strings.Contains(got, "2025") {
		t.Errorf("not on record: got %s, want no time", got)
	}
}

func TestWhatHasNotHappenedHasNoPaper(t *testing.T) {
	t.Parallel()
	got := reports.SheetsOf(casework.Case{Source: "visit", State: casework.Proposed}, nil, nil)
	if len(got) != 1 || got[0].Kind != reports.SheetApproval {
		t.Errorf("got %v, want the approval sheet only", got)
	}
}

// TestUploadedPDFsAreAttachedToTheCaseFile gives a case a dozen scanned papers as PDF files.
func TestUploadedPDFsAreAttachedToTheCaseFile(t *testing.T) {
	t.Parallel()
	f := caseFile(t)
	f.Files = map[string][]byte{}
	for i := range 12 {
		sha := string(rune('a'+i)) + "0"
		f.Files[sha] = []byte("%PDF-1.4 scan")
		f.Acts = append(f.Acts, casework.Act{Seq: 20 + i, Kind: casework.ActOriginal, At: f.At, Text: "谈话/笔录.pdf", SHA: sha})
	}
	p := papers(t)
	c := casePaper{Catalog: p.Words, f: f}
	files := c.attached()
	if len(files) != 12 || files[0].Name != "2025-001 用印原件5 谈话 笔录.pdf" {
		t.Fatalf("got %d files, the first %q", len(files), files[0].Name)
	}
	raw, err := p.CaseFile(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	if got := bytes.Count(raw, []byte("/Type /EmbeddedFile")); got != 12 {
		t.Errorf("got %d attached files, want 12", got)
	}
	again, err := p.CaseFile(t.Context(), f)
	if err != nil || !bytes.Equal(raw, again) {
		t.Errorf("two builds differ (%v)", err)
	}
	if dir := os.Getenv("ANFANG_PICTURES_OF_SHEETS"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, "casefile.pdf"), raw, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
