package paper_test

import (
	"bytes"
	"image"
	"image/jpeg"
	"testing"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/journal"
	"anfang.example/reports"
	"anfang.example/reports/paper"
	"anfang.example/reports/pdf"
	"anfang.example/templates/catalog"
)

// caseFile is a small case with every part that the paper knows.
func caseFile(t *testing.T) reports.CaseFile {
	t.Helper()
	var photo bytes.Buffer
	if err := jpeg.Encode(&photo, image.NewGray(image.Rect(0, 0, 320, 240)), nil); err != nil {
		t.Fatal(err)
	}
	at := calendar.InstantOf(time.Date(2025, 3, 10, 2, 0, 0, 0, time.UTC))
	return reports.CaseFile{
		Issuer: "某县驻村办", Township: "某镇", Village: "某村", Unit: "某局", Member: "某人", Approver: "副部长", At: at,
		Case: casework.Case{Number: "2025-001", Kind: "absent", State: casework.Open, Source: "hand", FactAt: at, Proposed: at, Due: at, Decided: at, Reported: true},
		Branches: []reports.CaseBranch{
			{Branch: casework.Branch{Seq: 1, Side: casework.SideTownship, State: casework.BranchOpen}, Name: "某镇"},
			{Branch: casework.Branch{Seq: 2, Side: casework.SideMember, State: casework.BranchConcluded, Liable: true, Conclusion: "无故不在岗", Concluded: at}, Name: "某人"},
		},
		Measures: []casework.Measure{{
			ID: 1, Branch: 2, Kind: casework.MeasureRecall, Person: "某人", Body: "县委组织部", Decided: at, Executed: at,
			Proposed: casework.MeasureCriticism, Reason: "情节严重", Authority: "干部管理权限",
		}},
		Acts: []casework.Act{
			{Seq: 1, Branch: 1, Kind: casework.ActInvited, At: at, Due: at, Text: "case/1/start/1"},
			{Seq: 2, Branch: 2, Kind: casework.ActHeavier, At: at, Text: "多次"},
		},
		Evidence: []inspections.Evidence{{ID: 1, SHA: "aa", Name: "door.jpg", Media: "image/jpeg", Taken: at}},
		Pictures: map[string][]byte{"aa": photo.Bytes()},
		Head:     journal.Record{Seq: 7, Hash: "ab", At: at},
		Sealed:   "7:ab:cd",
	}
}

func TestTheCaseFileIsTheSameToTheByteAndHoldsItsPictures(t *testing.T) {
	t.Parallel()
	faces, err := pdf.Resolve(pdf.Builtin())
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range catalog.Languages() {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			papers := paper.Papers{Words: catalog.For(lang), Faces: faces}
			first, err := papers.CaseFile(t.Context(), caseFile(t))
			if err != nil {
				t.Fatal(err)
			}
			again, err := papers.CaseFile(t.Context(), caseFile(t))
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(first, again) {
				t.Error("two builds of one case file differ")
			}
			if got := bytes.Count(first, []byte("/Subtype /Image")); got != 1 {
				t.Errorf("got %d pictures, want 1", got)
			}
			bare := caseFile(t)
			bare.Pictures = nil // lawfully erased: the file is built all the same
			if _, err := papers.CaseFile(t.Context(), bare); err != nil {
				t.Error(err)
			}
		})
	}
}
