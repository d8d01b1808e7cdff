package intake

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/office"
)

// questionsIn gives a question for each spelling that a person must settle or has settled, in the order of the rows.
func questionsIn(problems []inspections.Problem) []inspections.NameQuestion {
	at := map[inspections.Spelling]int{}
	var list []inspections.NameQuestion
	for _, p := range problems {
		if p.Asks.Name == "" {
			continue
		}
		i, known := at[p.Asks.Spelling]
		if !known {
			i = len(list)
			at[p.Asks.Spelling] = i
			list = append(list, inspections.NameQuestion{Spelling: p.Asks.Spelling, Key: p.Asks.Key, Sheet: p.Sheet, Row: p.Row})
		}
		list[i].Rows++
	}
	return list
}

// toldOf is what a person said of a file, as it is kept beside its bytes.
type toldOf struct {
	Mapping map[string]string `json:"mapping,omitempty"`
	Answers []toldRow         `json:"answers,omitempty"`
}

type toldRow struct {
	Sheet  string               `json:"sheet"`
	Row    int                  `json:"row"`
	Member inspections.MemberID `json:"member"`
}

func keptAs(f File, month calendar.Month) (office.KeptFile, error) {
	told := toldOf{Mapping: f.Mapping}
	for at, member := range f.Answers {
		told.Answers = append(told.Answers, toldRow{at.Sheet, at.Row, member})
	}
	slices.SortFunc(told.Answers, func(a, b toldRow) int { return cmp.Or(cmp.Compare(a.Sheet, b.Sheet), cmp.Compare(a.Row, b.Row)) })
	raw, err := json.Marshal(told)
	kept := office.KeptFile{Data: f.Data, ImportFile: inspections.ImportFile{Name: f.Name, Told: string(raw)}}
	if month != (calendar.Month{}) {
		kept.Month = month.String()
	}
	return kept, err
}

// Reread reads a kept file again, with the roster, the answers and the settings of now. It is an [office.Reread].
func Reread(kept office.KeptFile, sort string, roster *inspections.Roster, set []inspections.Setting) (office.FileRows, error) {
	var rows office.FileRows
	var told toldOf
	if err := json.Unmarshal([]byte(kept.Told), &told); err != nil {
		return rows, fmt.Errorf("intake: import %d: %w", kept.Import, err)
	}
	file := File{Name: kept.Name, Data: kept.Data, Mapping: told.Mapping, Answers: map[At]inspections.MemberID{}}
	for _, row := range told.Answers {
		file.Answers[At{row.Sheet, row.Row}] = row.Member
	}
	var month calendar.Month
	var err error
	if kept.Month != "" {
		if month, err = calendar.ParseMonth(kept.Month); err != nil {
			return rows, fmt.Errorf("intake: import %d: %w", kept.Import, err)
		}
	}
	switch sort {
	case SortSignIns:
		rows.Days, _, err = ReadSignIns([]File{file}, roster, month, set)
		rows.Rules = PlaceRules(rows.Days, set)
	case SortLeave:
		rows.Leaves, _, err = ReadLeave([]File{file}, roster)
	default:
		err = fmt.Errorf("intake: import %d of sort %q has no names to ask about", kept.Import, sort)
	}
	return rows, err
}
