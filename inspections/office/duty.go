package office

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/duties"
)

// SubmitDuty settles an obligation with one line, by the clerk or by the body that owes it; only the
// county office waives. Kinds that the program settles itself (a visit, a case, the bulletin) take no
// line. Errors: Forbidden, NotFound, Conflict, Invalid.
func (o *Office) SubmitDuty(ctx context.Context, by inspections.Actor, s duties.Submission) (duties.Obligation, error) {
	return o.SubmitDutyPaper(ctx, by, s, "", nil)
}

// SubmitDutyPaper is SubmitDuty with the document that shows it, kept in the same transaction; no bytes: none.
func (o *Office) SubmitDutyPaper(ctx context.Context, by inspections.Actor, s duties.Submission, media string, data []byte) (duties.Obligation, error) {
	if err := allow(by, inspections.RoleClerk, inspections.RoleAdmin, inspections.RoleTownship, inspections.RoleUnit); err != nil {
		return duties.Obligation{}, err
	}
	outside := !by.Is(inspections.RoleClerk, inspections.RoleAdmin)
	if outside && s.Kind == duties.SubmissionWaived {
		return duties.Obligation{}, allow(by, inspections.RoleClerk, inspections.RoleAdmin)
	}
	s.Note = strings.TrimSpace(s.Note)
	var settled duties.Obligation
	err := o.InTx(ctx, func(tx Tx) (err error) {
		line := s
		if len(data) > 0 {
			if line.SHA, err = tx.PutBlob(media, data); err != nil {
				return err
			}
		}
		settled, err = submit(tx, by, &line)
		return err
	})
	return settled, err
}

// submit settles one obligation in the caller's transaction and completes the line.
func submit(tx Tx, by inspections.Actor, line *duties.Submission) (duties.Obligation, error) {
	owed, err := tx.Obligation(line.Obligation)
	if err != nil {
		return owed, err
	}
	if !by.Is(inspections.RoleClerk, inspections.RoleAdmin) && owed.Party != by.Party {
		return owed, inspections.Fail(inspections.Forbidden, "duty.not_yours")
	}
	rule, known := duties.RuleOf(duties.Catalog(), owed.Kind, owed.Clause, owed.Started.Date())
	if !known || rule.Kept {
		return owed, inspections.Fail(inspections.Conflict, "duty.kept", "obligation", int64(owed.ID))
	}
	line.By = by.Ref()
	settled, err := duties.Submit(tx, line)
	if err != nil {
		return settled, err
	}
	return settled, record(tx, by, "duty."+string(line.Kind), fmt.Sprintf("obligation/%d", owed.ID), map[string]any{
		"submission": line.ID, "kind": string(owed.Kind), "period": owed.Period, "day": line.Day, "sha256": line.SHA,
	})
}

// ImportSubmissions settles obligations by the lines of a file, all of them or none; the same bytes a second
// time change nothing. Errors: Forbidden, and those of SubmitDuty.
func (o *Office) ImportSubmissions(ctx context.Context, by inspections.Actor, src Source, lines []duties.Submission) (Tally, error) {
	if err := allow(by, inspections.RoleAdmin, inspections.RoleClerk); err != nil {
		return Tally{}, err
	}
	var tally Tally
	err := o.InTx(ctx, func(tx Tx) error {
		tally = newTally()
		if len(lines) == 0 { // a second time nothing of the file is still owed
			if repeat, err := importedBefore(tx, "duties", src, &tally); repeat || err != nil {
				return err
			}
		}
		for _, line := range lines {
			if _, err := submit(tx, by, &line); err != nil {
				return err
			}
			tally.Added["submission"]++
			tally.Receipts = append(tally.Receipts, line.Number())
		}
		return finishImport(tx, by, "duties", src, len(lines), lines, &tally, nil)
	})
	if errors.Is(err, errDryRun) {
		tally.Receipts, err = nil, nil
	}
	return tally, err
}

// LinkTownship records the lead unit of a township or the county leader linked to it, from a day on.
func (o *Office) LinkTownship(ctx context.Context, by inspections.Actor, l inspections.TownshipLink) (inspections.TownshipLink, error) {
	if err := allow(by, inspections.RoleClerk, inspections.RoleAdmin); err != nil {
		return l, err
	}
	err := o.InTx(ctx, func(tx Tx) error {
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		if _, ok := roster.Township(l.Township); !ok {
			return inspections.Fail(inspections.NotFound, "township.unknown", "township", int64(l.Township))
		}
		_, unit := roster.Unit(l.Unit)
		if l.Kind == inspections.LinkLeadUnit && !unit || l.Kind == inspections.LinkCountyLeader && strings.TrimSpace(l.Name) == "" ||
			l.Kind != inspections.LinkLeadUnit && l.Kind != inspections.LinkCountyLeader {
			return inspections.Fail(inspections.Invalid, "township.link", "kind", string(l.Kind))
		}
		l.Recorded = tx.Now()
		if l.From.IsZero() {
			l.From = tx.Now().Date()
		}
		if err := tx.AddTownshipLink(&l); err != nil {
			return err
		}
		return record(tx, by, "township.linked", fmt.Sprintf("township/%d", l.Township), map[string]any{
			"kind": string(l.Kind), "unit": int64(l.Unit), "from": l.From,
		})
	})
	return l, err
}

// PublishTips keeps a business department's tips and task list for the teams of its kind and settles the
// month's duty (四). Errors: Forbidden, Invalid without a title or tasks.
func (o *Office) PublishTips(ctx context.Context, by inspections.Actor, t inspections.Tip) (inspections.Tip, error) {
	if err := allow(by, inspections.RoleClerk, inspections.RoleAdmin); err != nil {
		return t, err
	}
	t.Title, t.Tasks = strings.TrimSpace(t.Title), strings.TrimSpace(t.Tasks)
	department := 0
	for i, k := range inspections.Departments {
		if k == t.Kind {
			department = i + 1
		}
	}
	if _, err := calendar.ParseMonth(t.Month); err != nil || department == 0 || t.Title == "" || t.Tasks == "" {
		return t, inspections.Fail(inspections.Invalid, "tip.incomplete", "month", t.Month, "kind", string(t.Kind))
	}
	err := o.InTx(ctx, func(tx Tx) error {
		t.By, t.At = by.Ref(), tx.Now()
		if err := tx.AddTip(&t); err != nil {
			return err
		}
		ref := fmt.Sprintf("tip/%d", t.ID)
		owed := inspections.Party{Kind: inspections.PartyDepartment, ID: int64(department)}
		if err := settle(tx, duties.Filter{Kind: duties.TaskList, Period: t.Month}, owed, ref); err != nil {
			return err
		}
		return record(tx, by, "tip.published", ref, map[string]any{"month": t.Month, "team_kind": string(t.Kind)})
	})
	return t, err
}

// leaderFundsCents is the least a lead unit transfers a year for the resident team leader (2.5): 10,000 yuan.
const leaderFundsCents = 10_000 * 100

// RecordFund keeps a transfer of money with amount and day; what a lead unit transferred in the year
// settles 2.5 once it makes 10,000 yuan. Errors: Forbidden, Invalid, NotFound.
func (o *Office) RecordFund(ctx context.Context, by inspections.Actor, f inspections.Fund) (inspections.Fund, error) {
	if err := allow(by, inspections.RoleClerk, inspections.RoleAdmin); err != nil {
		return f, err
	}
	err := o.InTx(ctx, func(tx Tx) error {
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		if _, ok := roster.Township(f.Township); !ok {
			return inspections.Fail(inspections.NotFound, "township.unknown", "township", int64(f.Township))
		}
		if f.Cents <= 0 || f.Day.IsZero() || f.Day > tx.Now().Date() || f.Payer.Kind == "" || f.Clause == "" {
			return inspections.Fail(inspections.Invalid, "fund.incomplete", "day", f.Day)
		}
		f.By, f.Recorded = by.Ref(), tx.Now()
		if err := tx.AddFund(&f); err != nil {
			return err
		}
		ref := fmt.Sprintf("fund/%d", f.ID)
		if f.Clause == "2.5" {
			y, _, _ := f.Day.Parts()
			paid, err := tx.Funds(calendar.NewDate(y, 1, 1), calendar.NewDate(y, 12, 31))
			if err != nil {
				return err
			}
			var sum int64
			for _, p := range paid {
				if p.Clause == f.Clause && p.Payer == f.Payer && p.Township == f.Township {
					sum += p.Cents
				}
			}
			if sum >= leaderFundsCents {
				if err := settle(tx, duties.Filter{Kind: duties.LeaderFunds, Period: fmt.Sprint(y)}, f.Payer, ref); err != nil {
					return err
				}
			}
		}
		return record(tx, by, "fund.recorded", ref, map[string]any{"clause": f.Clause, "cents": f.Cents, "day": f.Day, "township": int64(f.Township)})
	})
	return f, err
}

// settle fulfils what one party owes.
func settle(tx Tx, f duties.Filter, party inspections.Party, ref string) error {
	f.Open, f.Party = true, party.Kind
	open, err := tx.Obligations(f)
	if err != nil {
		return err
	}
	for _, o := range open {
		if o.Party != party {
			continue
		}
		o.Done, o.DoneRef = tx.Now(), ref
		if err := tx.SaveObligation(o); err != nil {
			return err
		}
	}
	return nil
}
