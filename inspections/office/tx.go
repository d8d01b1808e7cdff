package office

import (
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/duties"
	"anfang.example/inspections/journal"
)

// Tx is what the office's verbs need of a transaction. Lists are never nil-and-nil for "missing":
// a single thing that does not exist is an error of kind NotFound.
type Tx interface {
	journal.Tx
	duties.Tx
	casework.Tx
	casework.ReportTx
	RosterTx
	VisitTx
	RecordTx
	NamingTx
	PostTx
	DutyTx
	EraseTx

	Settings() ([]inspections.Setting, error)
	AddSetting(inspections.Setting) error
	Users() ([]inspections.User, error) // by id
	// Enqueue writes a letter as data; false when one with its key stands already.
	Enqueue(inspections.Letter) (bool, error)
}

// RosterTx keeps the roster. Add… sets the id; Save… replaces the row of that id.
type RosterTx interface {
	Roster() (*inspections.Roster, error)
	AddTownship(*inspections.Township) error
	SaveTownship(inspections.Township) error
	AddUnit(*inspections.Unit) error
	SaveUnit(inspections.Unit) error
	AddTeam(*inspections.Team) error
	SaveTeam(inspections.Team) error
	AddTeamUnit(inspections.TeamUnit) error
	SaveTeamUnit(inspections.TeamUnit) error // by team, unit and first day
	AddMember(*inspections.Member) error
	SaveMember(inspections.Member) error
	AddPosting(*inspections.Posting) error
	SavePosting(inspections.Posting) error
	AddHolder(*inspections.Holder) error
	SaveHolder(inspections.Holder) error
	AddInspector(*inspections.Inspector) error
	SaveInspector(inspections.Inspector) error
	AddAlias(*inspections.Alias) error
	AddTeamMove(*inspections.TeamMove) error
	AddJudgement(*inspections.Judgement) error
	Judgements(year int) ([]inspections.Judgement, error) // by id; 0: of all years
	EraseJudgement(id int64, mark string) error
}

// VisitTx keeps visits, what was seen on them, and findings.
type VisitTx interface {
	AddVisit(*inspections.Visit) error
	SaveVisit(inspections.Visit) error
	Visit(inspections.VisitID) (inspections.Visit, error)
	Visits(inspections.VisitFilter) ([]inspections.Visit, error)
	// PutAttendance writes or replaces a member's line.
	PutAttendance(inspections.Attendance) error
	Attendances(inspections.VisitID) ([]inspections.Attendance, error) // by member
	PutCheck(inspections.Check) error
	Checks(inspections.VisitID) ([]inspections.Check, error) // by party, clause, item
	AddEvidence(*inspections.Evidence) error
	Evidence(visit inspections.VisitID, c inspections.CaseID) ([]inspections.Evidence, error) // a zero id does not narrow
	AddFinding(*inspections.Finding) error
	Findings(inspections.FindingFilter) ([]inspections.Finding, error)
}

// RecordTx keeps imports, ledgers, leave and blobs.
type RecordTx interface {
	AddImport(*inspections.Import) error
	// ImportBySHA finds an earlier import of the same bytes; NotFound otherwise.
	ImportBySHA(kind, sha string) (inspections.Import, error)
	AddSignIns([]inspections.SignIn) error
	// SignIns lists the counting row of each member and day (the newest import), both days included.
	SignIns(from, until calendar.Date) ([]inspections.SignIn, error)
	AddLeave(*inspections.Leave) error
	Leaves(from, until calendar.Date) ([]inspections.Leave, error) // those that touch the span
	// PutBlob keeps bytes under their SHA-256 (hex); the same bytes twice are one blob.
	PutBlob(media string, data []byte) (string, error)
	Blob(sha string) ([]byte, error)
}

// EraseTx keeps the salts of what the journal commits to, and erases.
type EraseTx interface {
	journal.PrivateTx
	// JournalOf lists the records of one subject, in order.
	JournalOf(subject string) ([]journal.Record, error)
	JournalSalts() ([]journal.Salt, error)
	DestroySalt(seq int64) error
	EraseAct(c inspections.CaseID, seq int, mark string) error
	EraseFindingNote(id inspections.FindingID, mark string) error
	// MemberNotes counts what leave, visits and care say of a member.
	MemberNotes(inspections.MemberID) (int, error)
	EraseMemberNotes(inspections.MemberID) error
	// BlobUses counts the places that name a blob.
	BlobUses(sha string) (int, error)
	EraseBlob(sha string) error
	// IssuedPapers lists by id.
	IssuedPapers(inspections.PaperFilter) ([]inspections.IssuedPaper, error)
}
