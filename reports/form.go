package reports

import (
	"context"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// Form is what one of the papers other than the bulletin and those of a case is made of: TaskNotice, VisitRecord,
// RectifyOrder, Recall, Extract, YearFigures, Minutes, DutyReceipt or LetterForm.
type Form interface{ form() }

func (TaskNotice) form()   {}
func (VisitRecord) form()  {}
func (RectifyOrder) form() {}
func (Recall) form()       {}
func (Extract) form()      {}
func (YearFigures) form()  {}
func (Minutes) form()      {}
func (LetterForm) form()   {}
func (DutyReceipt) form()  {}

// made renders what was gathered, outside of any transaction.
func made[F Form](ctx context.Context, p *Press, f F, err error) (Paper, error) {
	if err != nil {
		return Paper{}, err
	}
	return p.Render.Form(ctx, f)
}

// TaskNoticePDF is the task notice of a visit 督查任务通知. Errors: those of TaskNotice.
func (p *Press) TaskNoticePDF(ctx context.Context, by inspections.Actor, id inspections.VisitID) (Paper, error) {
	f, err := p.TaskNotice(ctx, by, id)
	return made(ctx, p, f, err)
}

// VisitRecordPDF is the record of a visit 督查记录. Errors: those of VisitRecord.
func (p *Press) VisitRecordPDF(ctx context.Context, by inspections.Actor, id inspections.VisitID) (Paper, error) {
	f, err := p.VisitRecord(ctx, by, id)
	return made(ctx, p, f, err)
}

// RectifyOrderPDF is a rectification notice 整改通知书. Errors: those of RectifyOrder.
func (p *Press) RectifyOrderPDF(ctx context.Context, by inspections.Actor, id inspections.MeasureID, form OrderForm, letter bool) (Paper, error) {
	f, err := p.RectifyOrder(ctx, by, id, form, letter)
	return made(ctx, p, f, err)
}

// RecallPDF is the notice of a recall 召回撤换. Errors: those of Recall.
func (p *Press) RecallPDF(ctx context.Context, by inspections.Actor, id inspections.CaseID, measure inspections.MeasureID, letter bool) (Paper, error) {
	f, err := p.Recall(ctx, by, id, measure, letter)
	return made(ctx, p, f, err)
}

// ExtractPDF is what a month's bulletin says of one township. Errors: those of Extract.
func (p *Press) ExtractPDF(ctx context.Context, by inspections.Actor, m calendar.Month, township inspections.TownshipID) (Paper, error) {
	f, err := p.Extract(ctx, by, m, township)
	return made(ctx, p, f, err)
}

// YearlyPDF is a year's report 年度督查情况报告. Errors: those of Yearly.
func (p *Press) YearlyPDF(ctx context.Context, by inspections.Actor, year int) (Paper, error) {
	f, err := p.Yearly(ctx, by, year)
	return made(ctx, p, f, err)
}

// MinutesPDF is the paper of a meeting's minutes 纪要. Errors: those of Minutes.
func (p *Press) MinutesPDF(ctx context.Context, by inspections.Actor, m Minutes) (Paper, error) {
	f, err := p.Minutes(ctx, by, m)
	return made(ctx, p, f, err)
}
