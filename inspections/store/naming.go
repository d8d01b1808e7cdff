package store

import "anfang.example/inspections"

var (
	nameQuestions = table[inspections.NameQuestion]{name: "name_questions", noun: "name_question"}
	nameAnswers   = table[inspections.NameAnswer]{name: "name_answers", noun: "name_answer"}
	importFiles   = table[inspections.ImportFile]{name: "import_files", noun: "import_file", keys: []string{"import_id"}}
)

// answerHolds is the condition on rows that an answer about a name has credited: one that holds, or none.
const answerHolds = "answer_id NOT IN (SELECT id FROM name_answers WHERE county_id = ? AND superseded_by > 0)"

// AddNameQuestion sets the id.
func (t *Tx) AddNameQuestion(v *inspections.NameQuestion) error {
	if err := claim(t, "name_question", &v.ID); err != nil {
		return err
	}
	return nameQuestions.insert(t, *v)
}

// SaveNameQuestion settles or reopens a question. Errors: NotFound; Conflict "store.sealed" where more would change.
func (t *Tx) SaveNameQuestion(v inspections.NameQuestion) error { return nameQuestions.update(t, v) }

// NameQuestions lists them by id; open leaves out the settled ones.
func (t *Tx) NameQuestions(open bool) ([]inspections.NameQuestion, error) {
	var w where
	if open {
		w = by("settled_at = ''")
	}
	return nameQuestions.all(t, w, "ORDER BY id")
}

// NameQuestionsOf lists, by id, those about one spelling.
func (t *Tx) NameQuestionsOf(s inspections.Spelling) ([]inspections.NameQuestion, error) {
	w := by("name = ?", s.Name)
	w.and("township = ?", s.Township)
	w.and("village = ?", s.Village)
	w.and("phone = ?", s.Phone)
	return nameQuestions.all(t, w, "ORDER BY id")
}

// NameQuestion reads one. Error: NotFound.
func (t *Tx) NameQuestion(id int64) (inspections.NameQuestion, error) {
	return nameQuestions.one(t, id, by("id = ?", id), "")
}

// NameQuestionsIn lists, by id, those of the imports of a file's bytes.
func (t *Tx) NameQuestionsIn(sha string) ([]inspections.NameQuestion, error) {
	return nameQuestions.all(t, by("import_id IN (SELECT import_id FROM import_files WHERE county_id = ? AND sha256 = ?)", t.County(), sha), "ORDER BY id")
}

// AddNameAnswer sets the id.
func (t *Tx) AddNameAnswer(v *inspections.NameAnswer) error {
	if err := claim(t, "name_answer", &v.ID); err != nil {
		return err
	}
	return nameAnswers.insert(t, *v)
}

// SaveNameAnswer writes which answer supersedes one, once. Errors: NotFound; Conflict "store.sealed".
func (t *Tx) SaveNameAnswer(v inspections.NameAnswer) error { return nameAnswers.update(t, v) }

// NameAnswers lists all ever given, by id.
func (t *Tx) NameAnswers() ([]inspections.NameAnswer, error) {
	return nameAnswers.all(t, where{}, "ORDER BY id")
}

// AddImportFile keeps what an import was read from.
func (t *Tx) AddImportFile(v inspections.ImportFile) error { return importFiles.insert(t, v) }

// ImportFile reads what an import was read from. Error: NotFound where nothing was asked about it.
func (t *Tx) ImportFile(id inspections.ImportID) (inspections.ImportFile, error) {
	return importFiles.one(t, int64(id), by("import_id = ?", id), "")
}
