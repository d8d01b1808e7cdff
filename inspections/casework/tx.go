package casework

import (
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// Filter picks cases; zero fields do not narrow.
type Filter struct {
	State    State
	Township inspections.TownshipID
	Unit     inspections.UnitID
	Member   inspections.MemberID
	Visit    inspections.VisitID
	From     calendar.Instant // proposed at or after
	Until    calendar.Instant // proposed before
}

// Tx is what casework needs of a transaction.
type Tx interface {
	Now() calendar.Instant
	// AddCase writes a case, sets its ID and its Number (year of the proposal, running).
	AddCase(*Case) error
	SaveCase(Case) error
	Case(inspections.CaseID) (Case, error)
	CaseByNumber(string) (Case, error)
	Cases(Filter) ([]Case, error) // by id
	AddBranch(Branch) error
	SaveBranch(Branch) error
	Branches(inspections.CaseID) ([]Branch, error) // by Seq
	AddMeasure(*Measure) error
	SaveMeasure(Measure) error
	Measures(inspections.CaseID) ([]Measure, error) // by id
	// AddAct writes the next act of a case and sets its Seq.
	AddAct(*Act) error
	Acts(inspections.CaseID) ([]Act, error) // by Seq
	AddRule(*Rule) error
	Rules() (Rules, error) // by Seq
	AddProblem(*Problem) error
	Problems() (Problems, error) // by Seq
	AddRectification(*Rectification) error
	SaveRectification(Rectification) error
	Rectification(inspections.MeasureID) (Rectification, error)
	Rectifications() ([]Rectification, error) // by id
}
