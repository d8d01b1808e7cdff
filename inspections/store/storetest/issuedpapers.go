package storetest

import (
	"fmt"
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/store"
)

func issuedPapers(t *testing.T, db Database) {
	s := db(t, County, nil)
	paper := func(n int) inspections.IssuedPaper {
		return inspections.IssuedPaper{
			Kind: inspections.PaperRectify, Form: "order", Subject: fmt.Sprintf("rectify/%d", n), Letter: n%2 == 0, To: inspections.Party{Kind: inspections.PartyTownship, ID: int64(n)},
			Name: "马田镇", Title: "整改通知书", Prefix: "永驻村办改", Year: 2025, Number: n, SignedBy: "周立新", Issued: moment(n), Due: moment(24 * n).Date(), PDF: fmt.Sprintf("%064x", n),
		}
	}
	one, two, correction := paper(1), paper(2), paper(3)
	write(t, s, func(tx *store.Tx) error {
		for _, p := range []*inspections.IssuedPaper{&one, &two} {
			if err := tx.AddIssuedPaper(p); err != nil {
				return err
			}
		}
		correction.Subject, correction.Replaces, correction.Reason = one.Subject, one.ID, "日期有误"
		return tx.AddIssuedPaper(&correction)
	})
	for name, change := range map[string]func(*inspections.IssuedPaper){
		"the number again":          func(p *inspections.IssuedPaper) { p.Number = 2 },
		"the same paper again":      func(p *inspections.IssuedPaper) { p.Subject = one.Subject },
		"a second correction of it": func(p *inspections.IssuedPaper) { p.Subject, p.Replaces = one.Subject, one.ID },
	} {
		again := paper(4)
		change(&again)
		if err := s.InTx(t.Context(), func(tx *store.Tx) error { return tx.AddIssuedPaper(&again) }); inspections.KindOf(err) != inspections.Conflict {
			t.Errorf("%s: got %v, want a conflict", name, err)
		}
	}
	write(t, s, func(tx *store.Tx) error {
		if got, err := tx.IssuedPaper(two.ID); err != nil || got != two {
			t.Errorf("got %+v, %v, want %+v", got, err, two)
		}
		if _, err := tx.IssuedPaper(99); !inspections.IsNotFound(err) {
			t.Errorf("of no id: got %v", err)
		}
		for _, c := range []struct {
			filter inspections.PaperFilter
			want   []inspections.IssuedPaper
		}{
			{inspections.PaperFilter{}, []inspections.IssuedPaper{one, two, correction}},
			{inspections.PaperFilter{Subject: one.Subject}, []inspections.IssuedPaper{one, correction}},
			{inspections.PaperFilter{SHA: two.PDF}, []inspections.IssuedPaper{two}},
			{inspections.PaperFilter{To: two.To}, []inspections.IssuedPaper{two}},
			{inspections.PaperFilter{To: two.To, Subject: one.Subject}, nil},
		} {
			got, err := tx.IssuedPapers(c.filter)
			if err != nil || fmt.Sprint(got) != fmt.Sprint(c.want) {
				t.Errorf("%+v: got %v, %v, want %v", c.filter, got, err, c.want)
			}
		}
		return nil
	})
}
