package office

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"anfang.example/inspections"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/journal"
)

// entryJudged is the record of a grade or opinion; it commits to the words of it.
const entryJudged = "assessment.judged"

// Judge records a grade or a township's opinion in the yearly assessment. The county office records both, an opinion as
// the paper that it received says; a township gives its own of who serves with it. What was said before stays on
// record. Errors: Forbidden, NotFound, Invalid for a year to come, a body that is not assessed, an unknown grade, or
// without words.
func (o *Office) Judge(ctx context.Context, by inspections.Actor, j inspections.Judgement) (inspections.Judgement, error) {
	if err := allow(by, inspections.RoleClerk, inspections.RoleAdmin, inspections.RoleLeader, inspections.RoleTownship); err != nil {
		return j, err
	}
	j.Text = strings.TrimSpace(j.Text)
	err := o.InTx(ctx, func(tx Tx) error {
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		if by.Role == inspections.RoleTownship {
			j.Township = inspections.TownshipID(by.Party.ID)
			if j.Kind != inspections.JudgeOpinion {
				return inspections.Fail(inspections.Forbidden, "assessment.county_grades")
			}
		}
		year, _, _ := tx.Now().Date().Parts()
		if err := checkJudgement(roster, j, year); err != nil {
			return err
		}
		j.By, j.Recorded = by.Ref(), tx.Now()
		if err := tx.AddJudgement(&j); err != nil {
			return err
		}
		return o.recordWords(tx, by, entryJudged, fmt.Sprintf("judgement/%d", j.ID), map[string]any{
			"judgement": j.ID, "year": j.Year, "of": string(j.Of.Kind), "id": j.Of.ID, "kind": string(j.Kind), "grade": string(j.Grade), "township": int64(j.Township),
		}, wordsOfJudgement(j))
	})
	return j, err
}

func wordsOfJudgement(j inspections.Judgement) map[string]string {
	return map[string]string{"text": j.Text}
}

func checkJudgement(roster *inspections.Roster, j inspections.Judgement, thisYear int) error {
	name := roster.PartyName(j.Of)
	switch {
	case name == "":
		return inspections.Fail(inspections.NotFound, "party.unknown", "kind", string(j.Of.Kind), "id", j.Of.ID)
	case j.Year < 2017 || j.Year > thisYear:
		return inspections.Fail(inspections.Invalid, "assessment.year", "year", j.Year)
	case j.Of.Kind != inspections.PartyMember && j.Of.Kind != inspections.PartyTeam && j.Of.Kind != inspections.PartyUnit:
		return inspections.Fail(inspections.Invalid, "assessment.not_assessed", "name", name)
	case j.Text == "":
		return inspections.Fail(inspections.Invalid, "assessment.words_missing")
	}
	switch j.Kind {
	case inspections.JudgeGrade:
		if !slices.Contains(inspections.Grades, j.Grade) || j.Township != 0 {
			return inspections.Fail(inspections.Invalid, "assessment.grade_unknown", "grade", string(j.Grade))
		}
		return nil
	case inspections.JudgeOpinion:
		township, ok := roster.Township(j.Township)
		if j.Grade != "" || !ok {
			return inspections.Fail(inspections.Invalid, "assessment.opinion_whose")
		}
		if !slices.Contains(TownshipsServed(roster, j.Of), j.Township) {
			return inspections.Fail(inspections.Forbidden, "assessment.elsewhere", "name", name, "township", township.Name)
		}
		return nil
	}
	return inspections.Fail(inspections.Invalid, "assessment.opinion_whose")
}

// TownshipsServed lists the townships in which a member, a team or a unit's people ever served, by id: their party
// committees have a say in the yearly assessment (1.5).
func TownshipsServed(roster *inspections.Roster, of inspections.Party) []inspections.TownshipID {
	var list []inspections.TownshipID
	add := func(id inspections.TeamID) {
		if t, ok := roster.Team(id); ok {
			list = append(list, t.Township)
		}
	}
	if of.Kind == inspections.PartyTeam {
		add(inspections.TeamID(of.ID))
	}
	for _, p := range roster.Postings {
		if of == (inspections.Party{Kind: inspections.PartyMember, ID: int64(p.Member)}) || of == (inspections.Party{Kind: inspections.PartyUnit, ID: int64(p.Unit)}) {
			add(p.Team)
		}
	}
	for _, tu := range roster.TeamUnits {
		if of == (inspections.Party{Kind: inspections.PartyUnit, ID: int64(tu.Unit)}) {
			add(tu.Team)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// judgementOf reads which judgement a record is of.
func judgementOf(r journal.Record) (id int64, err error) {
	var body struct {
		Judgement int64 `json:"judgement"`
	}
	err = json.Unmarshal([]byte(r.Body), &body)
	return body.Judgement, err
}

// judged gives the words of the judgement that a record is of.
func (c *wordCheck) judged(r journal.Record) (map[string]string, error) {
	if c.judgements == nil {
		all, err := c.tx.Judgements(0)
		if err != nil {
			return nil, err
		}
		c.judgements = map[int64]inspections.Judgement{}
		for _, j := range all {
			c.judgements[j.ID] = j
		}
	}
	id, err := judgementOf(r)
	return wordsOfJudgement(c.judgements[id]), err
}

// eraseJudgement takes the words out of a judgement and destroys the salt of its record.
func eraseJudgement(tx Tx, by inspections.Actor, r journal.Record, reason string) error {
	id, err := judgementOf(r)
	if err != nil {
		return err
	}
	if err := tx.EraseJudgement(id, casework.ErasedWords); err != nil {
		return err
	}
	if err := tx.DestroySalt(r.Seq); err != nil {
		return err
	}
	return record(tx, by, "journal.erased", r.Subject, map[string]any{"record": r.Seq, "reason": reason, "files": 0})
}
