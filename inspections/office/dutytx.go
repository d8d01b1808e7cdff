package office

import (
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/duties"
)

// DutyTx keeps what stands beside the duties.
type DutyTx interface {
	duties.SubmissionTx
	AddTownshipLink(*inspections.TownshipLink) error
	TownshipLinks() ([]inspections.TownshipLink, error) // by id
	AddTip(*inspections.Tip) error
	Tips(month string) ([]inspections.Tip, error) // "" all, by id
	AddFund(*inspections.Fund) error
	Funds(from, until calendar.Date) ([]inspections.Fund, error) // by day and id
	AddCare(*inspections.Care) error
	Care(from, until calendar.Date) ([]inspections.Care, error) // by day and id
	Import(inspections.ImportID) (inspections.Import, error)    // NotFound
}
