package reports

import (
	"strings"

	"anfang.example/inspections"
)

// said fills in the grades and opinions that stand.
func (a *assessor) said() error {
	year, _, _ := a.last.Parts()
	all, err := a.tx.Judgements(year)
	if err != nil {
		return err
	}
	for _, j := range inspections.Standing(all) {
		var to *Said
		if m := a.members[inspections.MemberID(j.Of.ID)]; j.Of.Kind == inspections.PartyMember && m != nil {
			to = &m.Said
		} else if j.Of.Kind != inspections.PartyMember {
			to = &a.body(j.Of.Kind, j.Of.ID).Said
		}
		switch {
		case to == nil: // nothing is counted of this person in the year
		case j.Kind == inspections.JudgeGrade:
			to.Grade, to.Reason = j.Grade, j.Text
		default:
			township := a.roster.PartyName(inspections.Party{Kind: inspections.PartyTownship, ID: int64(j.Township)})
			to.Opinions = append(to.Opinions, Opinion{township, j.Text})
		}
	}
	return nil
}

// Opinion gives the townships' opinions in one text; each is named where there are several.
func (s Said) Opinion() string {
	if len(s.Opinions) == 1 {
		return s.Opinions[0].Text
	}
	var texts []string
	for _, o := range s.Opinions {
		texts = append(texts, o.Township+"："+o.Text)
	}
	return strings.Join(texts, "\n")
}
