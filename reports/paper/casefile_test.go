package paper

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"strings"
	"testing"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/duties"
	"anfang.example/inspections/journal"
	"anfang.example/reports"
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
	files := map[string]reports.CasePaper{"aa": {Media: "image/jpeg", Bytes: photo.Len()}, "bb": {Media: "application/pdf", Pages: 3}, "dd": {Media: "application/pdf"}}
	return reports.CaseFile{
		Form: reports.FormOfCaseFile, Issuer: "某县驻村办", Township: "某镇", Village: "某村", Unit: "某局", Member: "某人", Approver: "副部长", At: at,
		Case: casework.Case{Number: "2025-001", Kind: "absent", State: casework.Open, Source: "hand", FactAt: at, Proposed: at, Due: at, Decided: at, DecidedBy: 2, Reported: true},
		Branches: []reports.CaseBranch{
			{Branch: casework.Branch{Seq: 1, Side: casework.SideTownship, State: casework.BranchOpen}, Name: "某镇"},
			{Branch: casework.Branch{Seq: 2, Side: casework.SideUnit, Party: inspections.Party{Kind: inspections.PartyUnit}, State: casework.BranchOpen}},
			{Branch: casework.Branch{Seq: 3, Side: casework.SideMember, State: casework.BranchConcluded, Liable: true, Statement: "家中有事", Conclusion: "无故不在岗", ConcludedBy: 1, ApprovedBy: 2, Concluded: at}, Name: "某人"},
		},
		Measures: []casework.Measure{{
			ID: 1, Branch: 3, Kind: casework.MeasureRecall, Person: "某人", Body: "县委组织部", Decided: at, Executed: at, Served: at,
			Proposed: casework.MeasureCriticism, Reason: "情节严重", Authority: "干部管理权限",
		}},
		Acts: []casework.Act{
			{Seq: 1, Branch: 1, Kind: casework.ActInvited, At: at, Due: at, Text: "case/1/start/1"},
			{Seq: 2, Branch: 3, Kind: casework.ActHeavier, At: at, Text: "多次"},
			{Seq: 3, Branch: 3, Kind: casework.ActTalk, At: at, By: 1, Second: 2, Text: "承认未请假", Person: "某人"},
			{Seq: 4, Branch: 2, Kind: casework.ActDeclined, At: at, Text: "尚待核定"},
			{Seq: 5, Branch: 3, Kind: casework.ActFactCheck, At: at, Text: "事实无异议"},
			{Seq: 6, Branch: 3, Kind: casework.ActOpinion, At: at, Text: "请求从轻", Outcome: "不予采纳，理由是多次"},
			{Seq: 7, Kind: casework.ActHandover, At: at, By: 2, Body: "县纪委", Text: "线索一条"},
			{Seq: 8, Kind: casework.ActReceipt, At: at, Answers: 7, Text: "已收"},
			{Seq: 9, Measure: 1, Kind: casework.ActServed, At: at, By: 1, Text: "当面送达"},
			{Seq: 10, Measure: 1, Kind: casework.ActAppeal, At: at, Due: at, Text: "请求复查", Person: "某人"},
			{Seq: 11, Kind: casework.ActAppealEnd, At: at, Answers: 10, Outcome: "dismissed", Text: "维持原决定"},
			{Seq: 12, Kind: casework.ActOriginal, At: at, Text: "审批表", SHA: "bb"},
			{Seq: 13, Kind: casework.ActOriginal, At: at, Text: "送达回执", SHA: "aa"},
			{Seq: 14, Kind: casework.ActOriginal, At: at, Text: "说明", SHA: "cc"},
			{Seq: 15, Kind: casework.ActOriginal, At: at, Text: "函", SHA: "dd"},
		},
		Letters: []reports.CaseLetter{
			{Kind: inspections.LetterReceipt, Name: "某镇", Created: at, State: inspections.LetterUnknown, PrintedLetter: reports.PrintedLetter{Title: "收件回执", To: "某镇党委：", Paras: []string{"已收到。"}}},
			{
				Branch: 1, Kind: inspections.LetterCaseTownship, Name: "某镇", Created: at, State: inspections.LetterAccepted, Settled: at, Received: at, ReceivedBy: "丙",
				PrintedLetter: reports.PrintedLetter{Title: "启动通知", To: "某镇党委：", Paras: []string{"现通知如下。"}, Signature: []string{"某县驻村办", "2025年3月10日"}},
			},
			{Branch: 1, Kind: inspections.LetterCaseTownship, Again: true, Name: "某镇", Created: at, State: inspections.LetterQueued, PrintedLetter: reports.PrintedLetter{Title: "启动通知"}},
		},
		Reports: []casework.Report{{
			ID: 1, Number: "2025-003", Kind: "absent", How: casework.HowPaper, At: at, Discovered: at.Date(), Received: at, Recorded: at, By: 1, What: "未请假离村", SHA: "aa", Prompt: true,
			Opinion: "启动核查", OpinionAt: at, OpinionBy: 2,
		}},
		Issues: []reports.CaseIssue{
			{Branch: 3, IssuedPaper: inspections.IssuedPaper{ID: 1, Kind: inspections.PaperRecall, Title: "关于召回撤换工作队员的通知", Prefix: "某驻村办发", Year: 2025, Number: 4, Name: "某局", Issued: at, PDF: "bb"}},
			{Branch: 3, IssuedPaper: inspections.IssuedPaper{ID: 2, Kind: inspections.PaperRecall, Title: "关于召回撤换工作队员的通知", Prefix: "某驻村办发", Year: 2025, Number: 5, Name: "某局", Issued: at, PDF: "ee", Replaces: 1, Reason: "日期有误"}},
		},
		Clocks: []duties.Obligation{{Kind: duties.Opinion, Started: at, Due: at, Done: at}},
		Reminders: []reports.CaseReminder{
			{Clock: duties.Opinion, Reminder: duties.Reminder{Stage: duties.StageAt, Due: at, Name: "甲", At: at}},
			{Clock: duties.Opinion, Reminder: duties.Reminder{Stage: duties.StageAfter, Round: 1, Due: at, Name: "甲", At: at}},
			{Clock: duties.Opinion, Reminder: duties.Reminder{Stage: duties.StageRaised, Due: at, Name: "乙", At: at}},
		},
		Evidence: []inspections.Evidence{{ID: 1, SHA: "aa", Name: "door.jpg", Media: "image/jpeg", Taken: at, Note: "村部门锁"}},
		Papers:   files,
		Signers:  map[inspections.UserID]reports.Signer{1: {Name: "甲"}, 2: {Name: "乙", Duty: "副部长"}},
		Pictures: map[string][]byte{"aa": photo.Bytes()},
		Journal:  []journal.Record{{Seq: 5, Kind: "case.proposed", Actor: "clerk/1", At: at, Hash: "0123456789abcdef0123"}},
		Head:     journal.Record{Seq: 7, Hash: "ab", At: at},
		Sealed:   "7:ab:cd",
	}
}

// ofForm0 is a file as it was kept before reminders, reports and confirmations stood in it.
func ofForm0(f reports.CaseFile) reports.CaseFile {
	l := f.Letters[1]
	l.Kind, l.Settled, l.Received, l.ReceivedBy = "", calendar.Instant{}, calendar.Instant{}, ""
	f.Form, f.Reports, f.Issues, f.Reminders, f.Clocks, f.Letters = 0, nil, nil, nil, nil, []reports.CaseLetter{l}
	return f
}

// TestTheCaseFileHoldsEveryPart reads the whole file against its golden text: every part of CASES.md stands in it.
func TestTheCaseFileHoldsEveryPart(t *testing.T) {
	t.Parallel()
	for _, lang := range catalog.Languages() {
		for name, f := range map[string]reports.CaseFile{"casefile": caseFile(t), "casefileform0": ofForm0(caseFile(t))} {
			c := casePaper{Catalog: catalog.For(lang), f: f}
			doc := c.document()
			text := plainOf(append([]pdf.Block{pdf.Heading{Text: doc.Cover.Title}, pdf.KeyValues{Items: doc.Cover.Items}}, doc.Body...))
			if strings.Contains(text, "«") {
				t.Errorf("%s: a word is missing: %s", lang, text[strings.Index(text, "«"):][:40])
			}
			golden(t, name+"."+lang+".txt", text)
		}
	}
}

// TestAFileOfForm0KeepsItsPages holds where each part of a file of the first form stands: it must come back to the byte.
func TestAFileOfForm0KeepsItsPages(t *testing.T) {
	t.Parallel()
	p := papers(t)
	c := casePaper{Catalog: p.Words, f: ofForm0(caseFile(t))}
	pages, err := pdf.PagesOf(c.document(), p.Faces)
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for i, e := range c.entries {
		fmt.Fprintf(&text, "%d\t%s\t%d\n", i+1, e.title, pages[e.anchor])
	}
	golden(t, "casefileform0.pages.txt", text.String())
}

// TestTheIndexTellsTheRightPages holds the index and the volume's list to the pages on which things stand.
func TestTheIndexTellsTheRightPages(t *testing.T) {
	t.Parallel()
	p := papers(t)
	f := caseFile(t)
	f.Case.ID = 1
	other := f
	other.Case.ID, other.Case.Number = 2, "2025-002"
	volume := p.volumeDocument(reports.CaseVolume{Issuer: "某县驻村办", Month: calendar.Month{Year: 2025, Month: time.March}, Files: []reports.CaseFile{f, other}, At: f.At})
	c := casePaper{Catalog: p.Words, f: f}
	for name, doc := range map[string]pdf.Document{"file": c.document(), "volume": volume} {
		pages, err := pdf.PagesOf(doc, p.Faces)
		if err != nil {
			t.Fatal(err)
		}
		last, listed := 0, 0
		for _, block := range doc.Body {
			table, ok := block.(pdf.Table)
			if !ok || len(table.Pages) == 0 {
				continue
			}
			for _, anchor := range table.Pages {
				at, ok := pages[anchor]
				if !ok {
					t.Errorf("%s: nothing stands under %q", name, anchor)
				}
				if !strings.HasPrefix(anchor, "case-") && at < last {
					t.Errorf("%s: %q is on page %d after page %d", name, anchor, at, last)
				}
				last = at
				listed++
			}
		}
		if listed < 20 {
			t.Errorf("%s: %d entries", name, listed)
		}
		if name == "volume" && pages["case-2"] <= pages["case-1"] {
			t.Errorf("got case 2 on page %d, case 1 on page %d", pages["case-2"], pages["case-1"])
		}
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
			papers := Papers{Words: catalog.For(lang), Faces: faces}
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
			bare.Pictures, bare.Papers = nil, nil // lawfully erased: the file is built all the same
			if _, err := papers.CaseFile(t.Context(), bare); err != nil {
				t.Error(err)
			}
		})
	}
}
