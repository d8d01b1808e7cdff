package reports

import (
	"context"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/duties"
	"anfang.example/inspections/journal"
)

// Tx is what reports need of a transaction.
type Tx interface {
	journal.Tx
	duties.Tx

	Settings() ([]inspections.Setting, error)
	Obligation(inspections.ObligationID) (duties.Obligation, error)
	Submissions(inspections.ObligationID) ([]duties.Submission, error) // by id
	Users() ([]inspections.User, error)
	Roster() (*inspections.Roster, error)
	Visits(inspections.VisitFilter) ([]inspections.Visit, error)
	Attendances(inspections.VisitID) ([]inspections.Attendance, error)
	Checks(inspections.VisitID) ([]inspections.Check, error)
	Evidence(inspections.VisitID, inspections.CaseID) ([]inspections.Evidence, error)
	Findings(inspections.FindingFilter) ([]inspections.Finding, error)
	SignIns(from, until calendar.Date) ([]inspections.SignIn, error)
	SignDays(calendar.Month) ([]inspections.SignIn, error)
	Leaves(from, until calendar.Date) ([]inspections.Leave, error)
	Funds(from, until calendar.Date) ([]inspections.Fund, error)
	Judgements(year int) ([]inspections.Judgement, error) // by id
	Cases(casework.Filter) ([]casework.Case, error)
	Case(inspections.CaseID) (casework.Case, error)
	Branches(inspections.CaseID) ([]casework.Branch, error)
	Measures(inspections.CaseID) ([]casework.Measure, error)
	Rectification(inspections.MeasureID) (casework.Rectification, error)
	Rectifications() ([]casework.Rectification, error) // by id
	Acts(inspections.CaseID) ([]casework.Act, error)
	Reports() ([]casework.Report, error)                           // by id
	Reminders(inspections.ObligationID) ([]duties.Reminder, error) // oldest first
	Receipt(inspections.LetterID) (inspections.Receipt, error)     // NotFound while the reader has not confirmed
	Visit(inspections.VisitID) (inspections.Visit, error)

	// JournalOf lists the records of one subject, in order.
	JournalOf(subject string) ([]journal.Record, error)
	// JournalBefore gives the last record written before a moment; Seq 0 when there is none.
	JournalBefore(calendar.Instant) (journal.Record, error)

	Freezes() ([]inspections.Freeze, error)
	Exception(calendar.Week) (inspections.Exception, error)
	Anchor(year int) (inspections.Anchor, error)

	AddIssue(*inspections.Issue) error
	SaveIssue(inspections.Issue) error
	// IssueOf gives the newest issue of a kind and month; NotFound when there is none.
	IssueOf(kind, month string) (inspections.Issue, error)
	Issues() ([]inspections.Issue, error)
	// NextNumber counts 1, 2, 3… per series and year without gaps.
	NextNumber(series string, year int) (int, error)
	StandingSignOffs() ([]inspections.StandingSignOff, error)
	AddStandingSignOff(inspections.StandingSignOff) error

	IssueCopies(inspections.IssueID) ([]inspections.IssueCopy, error)
	AddIssueCopy(*inspections.IssueCopy) error
	SaveIssueCopy(inspections.IssueCopy) error
	CopiesToMake(limit int) ([]inspections.IssueCopy, error)
	CopiesByHash(sha string) ([]inspections.IssueCopy, error)
	Issue(inspections.IssueID) (inspections.Issue, error)

	FactAnswers(month string) ([]inspections.FactAnswer, error)
	AddFactAnswer(*inspections.FactAnswer) error
	SaveFactAnswer(inspections.FactAnswer) error

	AddIssuedPaper(*inspections.IssuedPaper) error
	IssuedPaper(inspections.PaperID) (inspections.IssuedPaper, error)
	IssuedPapers(inspections.PaperFilter) ([]inspections.IssuedPaper, error) // by id

	Letter(inspections.LetterID) (inspections.Letter, error)
	Letters(inspections.LetterFilter) ([]inspections.Letter, error)
	PutBlob(media string, data []byte) (string, error)
	Blob(sha string) ([]byte, error)
	Enqueue(inspections.Letter) (bool, error)
}

// Head is what stands around the figures of a bulletin.
type Head struct {
	Issuer  string
	Prefix  string
	Year    int
	Number  int           // 0 on a sample
	Date    calendar.Date // of issue, or of the draft on a sample
	CopyTo  string
	Answers []Answer // of the fact-check window, as weighed
	Sample  bool     // settings are missing or nothing is signed: a watermarked 样稿
	Created calendar.Instant
	Reader  string // whose copy it is, printed on every page; "" on the paper itself
	Copy    int64  // number of the copy
	Sealed  string // signed head of the journal before the day of issue; "" on a sample
}

// Answer is what one of those concerned said to the draft, and how it was weighed.
type Answer struct {
	From    string `json:"from"` // the body, never a person
	Text    string `json:"text"`
	Weighed string `json:"weighed"` // "adopted", "partly", "rejected", "" not yet
	Reason  string `json:"reason"`
}

// Paper is a rendered paper with the words its letters need.
type Paper struct {
	PDF    []byte
	Title  string
	Number string // as printed; "" on a sample
	File   string // name of the attachment
}

// Renderer makes papers; the wiring hands it in. It must give the same bytes for the same input.
type Renderer interface {
	Bulletin(ctx context.Context, head Head, figures Figures) (Paper, error)
	Correction(ctx context.Context, head Head, c Correction) (Paper, error)
	CaseFile(ctx context.Context, file CaseFile) ([]byte, error)
	CaseVolume(ctx context.Context, volume CaseVolume) ([]byte, error)
	Assessment(ctx context.Context, head Head, a Assessment) ([]byte, error)
	CaseSheet(ctx context.Context, file CaseFile, sheet Sheet) ([]byte, error)
	Form(ctx context.Context, form Form) (Paper, error)
}
