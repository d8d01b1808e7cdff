package office_test

import (
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/office"
	"anfang.example/inspections/store"
)

var leaderOf = inspections.Actor{User: 2, Name: "周立新", Role: inspections.RoleLeader}

func TestTheLastGradeAndEachTownshipsOpinionStand(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.twoTownships(t)
	member := inspections.Party{Kind: inspections.PartyMember, ID: 1}
	township := func(id int64) inspections.Actor {
		return inspections.Actor{User: 9, Role: inspections.RoleTownship, Party: inspections.Party{Kind: inspections.PartyTownship, ID: id}}
	}
	opinion := inspections.Judgement{Year: 2025, Of: member, Kind: inspections.JudgeOpinion, Text: "工作扎实"}
	grade := inspections.Judgement{Year: 2025, Of: member, Kind: inspections.JudgeGrade, Grade: inspections.GradeGood, Text: "达到要求"}
	with := func(j inspections.Judgement, change func(*inspections.Judgement)) inspections.Judgement {
		change(&j)
		return j
	}
	for what, wrong := range map[string]struct {
		by   inspections.Actor
		j    inspections.Judgement
		kind inspections.Kind
	}{
		"a unit":                       {inspections.Actor{User: 8, Role: inspections.RoleUnit}, opinion, inspections.Forbidden},
		"a township grades":            {township(1), grade, inspections.Forbidden},
		"a township of elsewhere":      {township(2), opinion, inspections.Forbidden},
		"nobody's opinion":             {clerk, opinion, inspections.Invalid},
		"a grade without reason":       {clerk, with(grade, func(j *inspections.Judgement) { j.Text = " " }), inspections.Invalid},
		"an unknown grade":             {clerk, with(grade, func(j *inspections.Judgement) { j.Grade = "best" }), inspections.Invalid},
		"a year to come":               {clerk, with(grade, func(j *inspections.Judgement) { j.Year = 2026 }), inspections.Invalid},
		"a township is not assessed":   {clerk, with(grade, func(j *inspections.Judgement) { j.Of = township(1).Party }), inspections.Invalid},
		"a member that does not exist": {clerk, with(grade, func(j *inspections.Judgement) { j.Of.ID = 99 }), inspections.NotFound},
	} {
		_, err := d.Judge(t.Context(), wrong.by, wrong.j)
		refusedAs(t, what, err, wrong.kind)
	}
	for _, said := range []struct {
		by inspections.Actor
		j  inspections.Judgement
	}{
		{township(1), opinion}, {clerk, grade}, {leaderOf, with(grade, func(j *inspections.Judgement) { j.Grade, j.Text = inspections.GradeExcellent, "复核后更改" })},
	} {
		if _, err := d.Judge(t.Context(), said.by, said.j); err != nil {
			t.Fatal(err)
		}
	}
	d.do(t, func(tx *store.Tx) error {
		all, err := tx.Judgements(2025)
		standing := inspections.Standing(all)
		if len(all) != 3 || len(standing) != 2 || standing[0].Township != 1 || standing[1].Grade != inspections.GradeExcellent || standing[1].By != leaderOf.Ref() {
			t.Errorf("got %d records, standing %+v", len(all), standing)
		}
		return err
	})
}

func TestWordsOfAJudgementAreHeldToTheJournalAndErased(t *testing.T) {
	t.Parallel()
	d := open(t)
	j, err := d.Judge(t.Context(), clerk, inspections.Judgement{Year: 2025, Of: inspections.Party{Kind: inspections.PartyMember, ID: 1}, Kind: inspections.JudgeGrade, Grade: inspections.GradeBasic, Text: "因病长期请假"})
	if err != nil {
		t.Fatal(err)
	}
	var seq int64
	check := func() (words office.Words) {
		d.do(t, func(tx *store.Tx) (err error) {
			records, err := tx.JournalAfter(0, 100)
			if err != nil {
				return err
			}
			for _, r := range records {
				if r.Kind == "assessment.judged" {
					seq = r.Seq
				}
			}
			words, err = office.CheckWords(tx)
			return err
		})
		return words
	}
	if got := check(); got.Checked == 0 || got.Erased != 0 {
		t.Fatalf("got %+v", got)
	}
	if _, err := d.EraseWords(t.Context(), leaderOf, seq, "依法删除"); err != nil {
		t.Fatal(err)
	}
	if got := check(); got.Erased != 1 {
		t.Errorf("after the erasure: got %+v", got)
	}
	d.do(t, func(tx *store.Tx) error {
		all, err := tx.Judgements(j.Year)
		if len(all) != 1 || all[0].Text != "■■■" || all[0].Grade != inspections.GradeBasic {
			t.Errorf("got %+v", all)
		}
		return err
	})
}
