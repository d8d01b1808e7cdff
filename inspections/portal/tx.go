package portal

import (
	"context"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/office"
	"anfang.example/reports"
	"anfang.example/scheduler"
)

// Tx is what the pages need of a transaction.
type Tx interface {
	office.RemindTx

	Freeze(calendar.Week) (inspections.Freeze, error)
	Freezes() ([]inspections.Freeze, error) // by week
	Slots(calendar.Week) ([]inspections.Slot, error)
	Exception(calendar.Week) (inspections.Exception, error)

	SignDays(calendar.Month) ([]inspections.SignIn, error)                           // a month's counting days
	InspectorLeaves(from, until calendar.Date) ([]inspections.InspectorLeave, error) // those that touch the span
	LeaveHistory(from, until calendar.Date) ([]inspections.Leave, error)             // with what was corrected since
	NameQuestions(open bool) ([]inspections.NameQuestion, error)                     // by id
	NameQuestion(id int64) (inspections.NameQuestion, error)
	WeightChanges() ([]inspections.WeightChange, error)
	WeekPlan(calendar.Week) (inspections.WeekPlan, error)
	Beacon(calendar.Week) (inspections.Beacon, error)

	IssuedPapers(inspections.PaperFilter) ([]inspections.IssuedPaper, error) // by id
	IssueOf(kind, month string) (inspections.Issue, error)
	Issues() ([]inspections.Issue, error)
	Issue(inspections.IssueID) (inspections.Issue, error)
	IssueCopies(inspections.IssueID) ([]inspections.IssueCopy, error)

	AddUser(*inspections.User) error
	SaveUser(inspections.User) error
	User(inspections.UserID) (inspections.User, error)
	UserByLogin(string) (inspections.User, error)
	AddSession(inspections.Session) error
	Session(tokenSHA string) (inspections.Session, error)
	DropSession(tokenSHA string) error
	DropSessions(before calendar.Instant) error
}

// InTx runs one transaction; an error rolls all of it back.
type InTx func(context.Context, func(Tx) error) error

// Press is what the pages ask of the bulletin's press; *reports.Press is one.
type Press interface {
	Draft(ctx context.Context, by inspections.Actor, m calendar.Month) (inspections.Issue, error)
	SignOffRead(ctx context.Context, by inspections.Actor, m calendar.Month, read string) (inspections.Issue, error)
	Signing(ctx context.Context, m calendar.Month) (reports.Signing, error)
	Preview(ctx context.Context, m calendar.Month) (reports.Figures, reports.Paper, error)
	Ours(ctx context.Context, sha string) (reports.Origin, error)
	Assessment(ctx context.Context, year int) (reports.Assessment, error)
	DutyReceipt(ctx context.Context, by inspections.Actor, id inspections.ObligationID) (reports.DutyReceipt, error)
	DutyReceiptPDF(ctx context.Context, by inspections.Actor, id inspections.ObligationID) (reports.Paper, error)
	AssessmentPDF(ctx context.Context, year int) ([]byte, error)
	CaseFilePDF(ctx context.Context, by inspections.Actor, id inspections.CaseID) ([]byte, error)
	TaskNoticePDF(ctx context.Context, by inspections.Actor, id inspections.VisitID) (reports.Paper, error)
	VisitRecordPDF(ctx context.Context, by inspections.Actor, id inspections.VisitID) (reports.Paper, error)
	ExtractPDF(ctx context.Context, by inspections.Actor, m calendar.Month, township inspections.TownshipID) (reports.Paper, error)
	YearlyPDF(ctx context.Context, by inspections.Actor, year int) (reports.Paper, error)
	MinutesPDF(ctx context.Context, by inspections.Actor, m reports.Minutes) (reports.Paper, error)
	RectifyOrderPDF(ctx context.Context, by inspections.Actor, id inspections.MeasureID, form reports.OrderForm, letter bool) (reports.Paper, error)
	RectifyOrderReady(ctx context.Context, by inspections.Actor, id inspections.MeasureID, form reports.OrderForm) (reports.Ready, error)
	IssueRectifyOrder(ctx context.Context, by inspections.Actor, id inspections.MeasureID, form reports.OrderForm, letter bool, c reports.Correcting) (inspections.IssuedPaper, error)
	RecallPDF(ctx context.Context, by inspections.Actor, id inspections.CaseID, measure inspections.MeasureID, letter bool) (reports.Paper, error)
	RecallReady(ctx context.Context, by inspections.Actor, id inspections.CaseID, measure inspections.MeasureID) (reports.Ready, error)
	IssueRecall(ctx context.Context, by inspections.Actor, id inspections.CaseID, measure inspections.MeasureID, letter bool, c reports.Correcting) (inspections.IssuedPaper, error)
	YearlyReady(ctx context.Context, by inspections.Actor, year int) (reports.Ready, error)
	IssueYearly(ctx context.Context, by inspections.Actor, year int, c reports.Correcting) (inspections.IssuedPaper, error)
	LetterPDF(ctx context.Context, by inspections.Actor, id inspections.LetterID) (reports.Paper, error)
	IssuedPaperPDF(ctx context.Context, by inspections.Actor, id inspections.PaperID) (inspections.IssuedPaper, []byte, error)
	CaseSheetPDF(ctx context.Context, by inspections.Actor, id inspections.CaseID, ref string) ([]byte, error)
}

// Draws is what the pages ask of the scheduler; *scheduler.Scheduler is one. None of it tells a target.
type Draws interface {
	AddCoSeed(ctx context.Context, by inspections.Actor, week calendar.Week, text, giver string) error
	AddException(ctx context.Context, by inspections.Actor, week calendar.Week, reason, signer string) error
	PlanWeek(ctx context.Context, by inspections.Actor, cal *calendar.Calendar, plan inspections.WeekPlan) (inspections.WeekPlan, error)
	SetBeacon(ctx context.Context, by inspections.Actor, week calendar.Week, value string) error
	SendSpecial(ctx context.Context, by inspections.Actor, order scheduler.Special) (inspections.Visit, error)
	Look(ctx context.Context, now calendar.Instant) (scheduler.Watch, error)
	RecordInspectorLeave(ctx context.Context, by inspections.Actor, l inspections.InspectorLeave) (inspections.InspectorLeave, error)
	Weights(ctx context.Context, week calendar.Week) ([]scheduler.TeamRisk, error)
	ProposeWeight(ctx context.Context, by inspections.Actor, c inspections.WeightChange) (inspections.WeightChange, error)
	DecideWeight(ctx context.Context, by inspections.Actor, id inspections.WeightChangeID, approve bool) (inspections.WeightChange, error)
	RecordComplaint(ctx context.Context, by inspections.Actor, c inspections.Complaint) (inspections.Complaint, error)
}
