package inspections

import (
	"fmt"
	"slices"

	"anfang.example/inspections/calendar"
)

// Spelling is how a file names a person: as written there, with where it says the person serves and a whole number
// beside the name, "" none. Nobody is guessed from it; a person says once whom it means.
type Spelling struct {
	Name     string `json:"name" db:"name"`
	Township string `json:"township" db:"township"`
	Village  string `json:"village" db:"village"` // or the department of an export
	Phone    string `json:"phone" db:"phone"`
}

// Asking is a spelling with why it could not be settled: words "problem."+Key.
type Asking struct {
	Spelling
	Key string
}

// NameQuestion stands for the rows of an import that bear one spelling. It is open while Settled is zero.
type NameQuestion struct {
	ID     int64    `json:"id" db:"id"`
	Import ImportID `json:"import" db:"import_id"`
	Spelling
	Key     string           `json:"key" db:"key"`
	Rows    int              `json:"rows" db:"row_count"`
	Sheet   string           `json:"sheet" db:"sheet"` // of the first row
	Row     int              `json:"row" db:"first_row"`
	Settled calendar.Instant `json:"settled" db:"settled_at"`
}

// NameVerdict is what a person says of a spelling.
type NameVerdict string

// What may be said of a spelling.
const (
	NameMember NameVerdict = "member"   // a member of ours
	NameOther  NameVerdict = "not_ours" // nobody of ours
	NameOpen   NameVerdict = "open"     // an earlier answer is taken back and the question asked again
)

// NameAnswer is what a person said of a spelling. It holds for later files too, until another answer supersedes it;
// rows that were credited by a superseded answer stay on record and count no longer.
type NameAnswer struct {
	ID int64 `json:"id" db:"id"`
	Spelling
	Verdict    NameVerdict      `json:"verdict" db:"verdict"`
	Member     MemberID         `json:"member" db:"member_id"` // 0 unless the verdict is member
	By         string           `json:"by" db:"given_by"`
	Recorded   calendar.Instant `json:"recorded" db:"recorded_at"`
	Superseded int64            `json:"superseded" db:"superseded_by"` // the answer that holds instead; 0 while this one does
}

// Check refuses an answer that says nothing. Error: Invalid.
func (a NameAnswer) Check() error {
	switch a.Verdict {
	case NameMember, NameOther, NameOpen:
	default:
		return Fail(Invalid, "naming.verdict", "value", string(a.Verdict))
	}
	if (a.Verdict == NameMember) != (a.Member > 0) {
		return Fail(Invalid, "naming.verdict", "value", fmt.Sprintf("%s %d", a.Verdict, a.Member))
	}
	return nil
}

// AnswerTo gives the answer that holds for a spelling; false while the question is open.
func AnswerTo(all []NameAnswer, s Spelling) (NameAnswer, bool) {
	a, ok := find(all, func(a NameAnswer) bool { return a.Spelling == s && a.Superseded == 0 })
	return a, ok && a.Verdict != NameOpen
}

// ImportFile keeps what an import was read from, so that its waiting rows can be read again once somebody has said
// whom they mean.
type ImportFile struct {
	Import ImportID `json:"import" db:"import_id"`
	Origin ImportID `json:"origin" db:"origin_id"` // the import whose file it is; of a first reading, itself
	SHA    string   `json:"sha256" db:"sha256"`    // of the blob
	Name   string   `json:"name" db:"name"`
	Month  string   `json:"month" db:"month"` // as told with the file, "" as it says itself
	Told   string   `json:"told" db:"told"`   // what was said of its columns and rows, JSON
}

// Namesakes lists the members of exactly one name, by id: among them a homonym is told apart by hand.
func (r *Roster) Namesakes(name string) []Member {
	var list []Member
	for _, m := range r.Members {
		if m.Name == name {
			list = append(list, m)
		}
	}
	return list
}

// NameMatter is all that is asked about one spelling, in whatever files it stands; ID is that of its first question.
type NameMatter struct {
	ID int64 `json:"id"`
	Spelling
	Key     string      `json:"key"` // why it was asked first
	Rows    int         `json:"rows"`
	Sheet   string      `json:"sheet"` // of the first row, in the first import
	Row     int         `json:"row"`
	Imports []ImportID  `json:"imports"`
	Open    bool        `json:"open"`
	Answer  *NameAnswer `json:"answer"` // the last one given; nil none
}

// NameMatters sums questions up by spelling, in the order in which they were first asked.
func NameMatters(questions []NameQuestion, answers []NameAnswer) []NameMatter {
	at := map[Spelling]int{}
	list := []NameMatter{}
	for _, q := range questions {
		i, known := at[q.Spelling]
		if !known {
			i = len(list)
			at[q.Spelling] = i
			list = append(list, NameMatter{ID: q.ID, Spelling: q.Spelling, Key: q.Key, Sheet: q.Sheet, Row: q.Row})
		}
		list[i].Rows += q.Rows
		list[i].Imports = append(list[i].Imports, q.Import)
		list[i].Open = list[i].Open || q.Settled.IsZero()
	}
	for _, a := range answers {
		if i, known := at[a.Spelling]; known && a.Superseded == 0 {
			list[i].Answer = &a
		}
	}
	return list
}

// Served names the places in which a member serves or has served, township and village together.
func (r *Roster) Served(id MemberID) []string {
	var places []string
	for _, p := range r.Postings {
		if p.Member != id {
			continue
		}
		team, _ := r.Team(p.Team)
		township, _ := r.Township(team.Township)
		if place := township.Name + team.Village; !slices.Contains(places, place) {
			places = append(places, place)
		}
	}
	return places
}
