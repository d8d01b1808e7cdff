package store

import "anfang.example/inspections"

// answerRow says how the party of an answer is stored.
type answerRow struct {
	inspections.FactAnswer
	partyColumns
}

var answers = table[answerRow]{name: "fact_answers", noun: "fact_answer"}

// AddFactAnswer sets the id.
func (t *Tx) AddFactAnswer(v *inspections.FactAnswer) error {
	if err := claim(t, "fact_answer", &v.ID); err != nil {
		return err
	}
	return answers.insert(t, answerRow{*v, columnsOfParty(v.Party)})
}

// SaveFactAnswer replaces the answer of that id.
func (t *Tx) SaveFactAnswer(v inspections.FactAnswer) error {
	return answers.update(t, answerRow{v, columnsOfParty(v.Party)})
}

// FactAnswers lists the answers to the draft of a month ("2025-03") by id.
func (t *Tx) FactAnswers(month string) ([]inspections.FactAnswer, error) {
	rows, err := answers.all(t, by("month = ?", month), "ORDER BY id")
	if err != nil {
		return nil, err
	}
	var list []inspections.FactAnswer
	for _, r := range rows {
		r.Party = r.party()
		list = append(list, r.FactAnswer)
	}
	return list, nil
}
