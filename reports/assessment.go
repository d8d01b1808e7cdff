package reports

import (
	"context"

	"anfang.example/inspections"
	"anfang.example/inspections/attendance"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/duties"
)

// AssessmentSchema is the version of the JSON form of Assessment.
const AssessmentSchema = 1

// Assessment is a year's figures for the yearly assessment (3.2a, 3.3, 1.5) of members, teams, townships and
// units, each list in the order of tables. They are figures only: people judge, and nobody is ranked.
type Assessment struct {
	Schema    int                `json:"schema"`
	Year      int                `json:"year"`
	Until     calendar.Date      `json:"until"` // last day counted
	Rules     []inspections.Rule `json:"rules"` // thresholds in force in the year
	Members   []MemberLine       `json:"members"`
	Teams     []BodyLine         `json:"teams"`
	Townships []BodyLine         `json:"townships"`
	Units     []BodyLine         `json:"units"`
}

// MemberLine is a member's year. Its months open to attendance.MemberMonth lines, the rest to rows by id.
type MemberLine struct {
	attendance.MemberYear
	Name     string `json:"name"`
	Village  string `json:"village"`
	Town     string `json:"township_name"`
	UnitName string `json:"unit_name"`
	Seen     Figure `json:"seen"`     // visits that found the member, by id
	Missed   Figure `json:"missed"`   // visits at which the absence stood as unexcused
	Upheld   Figure `json:"upheld"`   // findings
	Measures Figure `json:"measures"` // taken after a case
	Said
}

// BodyLine is the year of a team, township or unit. Months and days are those of its members.
type BodyLine struct {
	Party    inspections.Party `json:"party"`
	Name     string            `json:"name"`
	Place    string            `json:"place"` // of a team: its township
	Members  Figure            `json:"members"`
	Months   int               `json:"months"`  // member-months with a ledger
	Silent   int               `json:"silent"`  // member-months without one
	Reached  int               `json:"reached"` // of Months
	Absent   int               `json:"absent"`  // workdays without a record
	Visits   Figure            `json:"visits"`  // completed, to its teams
	Findings Figure            `json:"findings"`
	Cases    Figure            `json:"cases"`  // with an investigation of it
	Liable   Figure            `json:"liable"` // of Cases: concluded against it
	OnTime   Figure            `json:"on_time"`
	Late     Figure            `json:"late"`
	Missing  Figure            `json:"missing"` // overdue and still owed
	Waived   Figure            `json:"waived"`
	Borne    Figure            `json:"borne_out"`     // obligations a visit found in order
	NotBorne Figure            `json:"not_borne_out"` // obligations a visit found not in order
	Funds    Figure            `json:"funds"`         // transfers made (unit) or received (township)
	Cents    int64             `json:"cents"`         // of Funds, 1/100 yuan
	Said
}

// Said is what people said of a year, as it stands: nothing while nobody has.
type Said struct {
	Grade    inspections.Grade `json:"grade,omitempty"`
	Reason   string            `json:"grade_reason,omitempty"`
	Opinions []Opinion         `json:"opinions,omitempty"` // by township
}

// Opinion is what a township's party committee said (1.5).
type Opinion struct {
	Township string `json:"township"`
	Text     string `json:"text"`
}

// AssessTx is what the assessment reads.
type AssessTx interface {
	Now() calendar.Instant
	Settings() ([]inspections.Setting, error)
	Roster() (*inspections.Roster, error)
	attendance.Tx
	Findings(inspections.FindingFilter) ([]inspections.Finding, error)
	Visits(inspections.VisitFilter) ([]inspections.Visit, error)
	Attendances(inspections.VisitID) ([]inspections.Attendance, error)
	Checks(inspections.VisitID) ([]inspections.Check, error)
	Obligations(duties.Filter) ([]duties.Obligation, error)
	Cases(casework.Filter) ([]casework.Case, error)
	Branches(inspections.CaseID) ([]casework.Branch, error)
	Measures(inspections.CaseID) ([]casework.Measure, error)
	Funds(from, until calendar.Date) ([]inspections.Fund, error)
	Judgements(year int) ([]inspections.Judgement, error) // by id
}

// Assessment counts a year.
func (p *Press) Assessment(ctx context.Context, year int) (Assessment, error) {
	var out Assessment
	err := p.View(ctx, func(tx Tx) (err error) {
		out, err = Assess(tx, p.Calendar, year)
		return err
	})
	return out, err
}

// AssessmentPDF prints a year; a sample while the settings of papers are not complete.
func (p *Press) AssessmentPDF(ctx context.Context, year int) ([]byte, error) {
	var head Head
	var out Assessment
	err := p.View(ctx, func(tx Tx) error {
		all, err := tx.Settings()
		if err != nil {
			return err
		}
		set := inspections.SettingsOn(all, tx.Now().Date())
		head = Head{Issuer: set[inspections.SetIssuer], Date: tx.Now().Date(), Created: tx.Now(), Sample: !set.Official()}
		out, err = Assess(tx, p.Calendar, year)
		return err
	})
	if err != nil {
		return nil, err
	}
	return p.Render.Assessment(ctx, head, out)
}
