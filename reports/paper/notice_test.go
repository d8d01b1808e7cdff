package paper

import (
	"bytes"
	"context"
	"testing"
	"time"

	"anfang.example/inspections/calendar"
	"anfang.example/reports"
	"anfang.example/reports/pdf"
	"anfang.example/templates/catalog"
)

func papers(t *testing.T) Papers {
	t.Helper()
	faces, err := pdf.Resolve(pdf.Builtin())
	if err != nil {
		t.Fatal(err)
	}
	return Papers{Words: catalog.For("zh"), Faces: faces}
}

func notice() Notice {
	return Notice{
		Issuer: "永兴县驻村办", Title: "关于对工作队员不在岗问题启动“一案双查”的通知", To: "马田镇党委：",
		Paras:     []string{"3月12日9:40，县驻村办督查组在泉塘村督查时，1名工作队员不在岗。", "一、核查内容", "二、请于3月17日17:30前书面说明情况。"},
		Signature: []string{"永兴县驻村办", "2025年3月14日"}, Created: calendar.InstantOf(calendar.NewDate(2025, time.March, 14).At(9, 0)),
	}
}

func TestNoticesTakeTheirForm(t *testing.T) {
	t.Parallel()
	p := papers(t)
	doc := p.noticeDocument(notice())
	if doc.Kind != pdf.Bulletin || doc.Mark != "永兴县驻村办文件" || !doc.SealSpace || doc.Sample != "" || doc.Date != "2025年3月14日" {
		t.Errorf("notice: got %+v", doc)
	}
	if h, ok := doc.Body[1].(pdf.Heading); !ok || h.Text != "一、核查内容" {
		t.Errorf("a level is not set as one: %+v", doc.Body[1])
	}
	for _, i := range []int{0, 2} {
		if _, ok := doc.Body[i].(pdf.Para); !ok {
			t.Errorf("text is set as a level: %+v", doc.Body[i])
		}
	}
	outside := notice()
	outside.Letter = true
	if doc := p.noticeDocument(outside); doc.Kind != pdf.Letter || doc.Mark != "永兴县驻村办" {
		t.Errorf("to a unit not under the county: got %s with mark %s", doc.Kind, doc.Mark)
	}
	unset := notice()
	unset.Issuer = ""
	if doc := p.noticeDocument(unset); doc.Sample != "样稿" {
		t.Errorf("without an issuer: got %q, want a sample", doc.Sample)
	}
	one, _, err := pdf.Render(p.noticeDocument(notice()), p.Faces)
	if err != nil {
		t.Fatal(err)
	}
	two, _, err := pdf.Render(p.noticeDocument(notice()), p.Faces)
	if err != nil || !bytes.Equal(one, two) {
		t.Errorf("the same notice gave other bytes: %v", err)
	}
}

func TestACorrectionSaysWhatStoodAndWhatStands(t *testing.T) {
	t.Parallel()
	p := papers(t)
	head := reports.Head{Issuer: "永兴县驻村办", Prefix: "永驻办发", Year: 2025, Number: 2, Date: calendar.NewDate(2025, time.April, 20), Created: calendar.InstantOf(calendar.NewDate(2025, time.April, 20).At(9, 0))}
	paper, err := p.Correction(context.Background(), head, reports.Correction{Section: 3, Old: "11个", New: "10个", Reason: "复核为重复登记", Number: "永驻办发〔2025〕1号", Month: "2025-03"})
	if err != nil {
		t.Fatal(err)
	}
	if paper.Title != "关于更正永驻办发〔2025〕1号通报有关内容的通知" || paper.Number != "永驻办发〔2025〕2号" || paper.File != "2025年3月督查通报更正.pdf" {
		t.Errorf("got %s, %s, %s", paper.Title, paper.Number, paper.File)
	}
}
