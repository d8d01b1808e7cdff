package scheduler

import (
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/duties"
	"anfang.example/inspections/journal"
)

// Tx is what the scheduler needs of a transaction. A single thing that does not exist is an error of
// kind NotFound.
type Tx interface {
	journal.Tx
	duties.Tx
	Runs
	WeekTx
	SpecialTx
	RiskTx
	PlanTx

	County() inspections.CountyID
	Roster() (*inspections.Roster, error)
	Settings() ([]inspections.Setting, error)
	AddSetting(inspections.Setting) error
	Users() ([]inspections.User, error)
	AddVisit(*inspections.Visit) error
	Visits(inspections.VisitFilter) ([]inspections.Visit, error) // by start, then id
	// Enqueue writes a letter as data; false when one with its key stands already.
	Enqueue(inspections.Letter) (bool, error)
}

// WeekTx keeps sealed weeks, their slots, exceptions and the check values of the chains.
type WeekTx interface {
	Freeze(calendar.Week) (inspections.Freeze, error)
	AddFreeze(inspections.Freeze) error
	SetCoSeed(week calendar.Week, text, by string, at calendar.Instant) error // once per week
	Slots(calendar.Week) ([]inspections.Slot, error)                          // by number
	AddSlot(inspections.Slot) error
	RevealSlot(week calendar.Week, slot int, link string) error
	Exception(calendar.Week) (inspections.Exception, error)
	AddException(inspections.Exception) error
	Anchor(isoYear int) (inspections.Anchor, error)
	AddAnchor(inspections.Anchor) error
}

// Runs is the ledger of scheduled jobs; it lies in every transaction in which a job may have effects.
type Runs interface {
	Now() calendar.Instant
	// AddRun writes that a job was done for a nominal time; false when that stands already.
	AddRun(inspections.Run) (bool, error)
	// LastRun gives the run with the latest nominal time; NotFound when there was none.
	LastRun(job string) (inspections.Run, error)
}
