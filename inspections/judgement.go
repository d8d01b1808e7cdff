package inspections

import (
	"cmp"
	"slices"

	"anfang.example/inspections/calendar"
)

// JudgementKind says what people said of a year.
type JudgementKind string

// What is said of a member, team or unit in the yearly assessment.
const (
	JudgeOpinion JudgementKind = "opinion" // 乡镇党委意见 (1.5)
	JudgeGrade   JudgementKind = "grade"   // 考核等次, by the county office (3.3)
)

// Grade is the outcome of a yearly assessment. The notice limits neither how many nor to whom.
type Grade string

// The grades, best first.
const (
	GradeExcellent Grade = "excellent" // 优秀
	GradeGood      Grade = "competent" // 合格
	GradeBasic     Grade = "basic"     // 基本合格
	GradeFailed    Grade = "failed"    // 不合格
)

// Grades lists them.
var Grades = []Grade{GradeExcellent, GradeGood, GradeBasic, GradeFailed}

// Judgement is what a township's party committee or the county office said of a member, team or unit in a year's
// assessment. A change is a later record; the earlier one stays.
type Judgement struct {
	ID       int64            `json:"id" db:"id"`
	Year     int              `json:"year" db:"year"`
	Of       Party            `json:"of" db:"-"` // a member, team or unit
	Kind     JudgementKind    `json:"kind" db:"kind"`
	Township TownshipID       `json:"township" db:"township_id"` // whose opinion; 0 for a grade
	Grade    Grade            `json:"grade" db:"grade"`          // "" for an opinion
	Text     string           `json:"text" db:"text"`            // the opinion, or the reason of the grade
	By       string           `json:"by" db:"given_by"`          // who recorded it
	Recorded calendar.Instant `json:"recorded" db:"recorded_at"`
}

// Standing gives what holds of all that was ever said of a year: the last grade of each, and the last opinion of each
// township, by id.
func Standing(list []Judgement) []Judgement {
	type key struct {
		of       Party
		kind     JudgementKind
		township TownshipID
	}
	last := map[key]Judgement{}
	for _, j := range list {
		k := key{j.Of, j.Kind, j.Township}
		if j.ID > last[k].ID {
			last[k] = j
		}
	}
	standing := make([]Judgement, 0, len(last))
	for _, j := range last {
		standing = append(standing, j)
	}
	slices.SortFunc(standing, func(a, b Judgement) int { return cmp.Compare(a.ID, b.ID) })
	return standing
}
