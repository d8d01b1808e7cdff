package storetest

import (
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/duties"
	"anfang.example/inspections/store"
)

// dutyRoundTrips: lines handed in, links of townships, tips and transfers come back as written.
func dutyRoundTrips(t *testing.T, db Database) {
	s, base := grounded(t, db)
	rounds(t, s, func(g *generator, tx *store.Tx) {
		var owed duties.Obligation
		var line duties.Submission
		var link inspections.TownshipLink
		var tip inspections.Tip
		var fund inspections.Fund
		var alias inspections.Alias
		var care inspections.Care
		var move inspections.TeamMove
		var judged inspections.Judgement
		for _, v := range []any{&owed, &line, &link, &tip, &fund, &alias, &care, &move, &judged} {
			g.fill(v)
		}
		owed.Period = link.From.String() + string(rune('a'+g.n%26)) + owed.Period
		line.ID, link.ID, tip.ID, fund.ID, alias.ID, care.ID, move.ID, judged.ID = 0, 0, 0, 0, 0, 0, 0, 0
		alias.Of, alias.Why = inspections.Party{Kind: inspections.PartyTeam, ID: int64(base.team.ID)}, inspections.AliasMerged
		judged.Of, judged.Kind, judged.Grade = inspections.Party{Kind: inspections.PartyMember, ID: int64(base.member.ID)}, inspections.JudgeGrade, inspections.GradeBasic
		judged.Year = 1 + g.n%9
		move.Team, move.Township, move.Was = base.team.ID, base.township.ID, base.township.ID
		care.Member, care.Unit, care.Kind, care.Day = base.member.ID, base.unit.ID, inspections.CareInsurance, 1
		line.Kind, link.Kind, tip.Kind = duties.SubmissionWaived, inspections.LinkLeadUnit, inspections.TeamBranch
		link.Township, fund.Township, fund.Cents = base.township.ID, base.township.ID, 1_000_000+int64(g.n)
		link.Unit, fund.Team = 0, 0
		if fund.Day.IsZero() {
			fund.Day = 1
		}
		added, err := tx.AddObligation(&owed)
		g.done(err)
		if !added {
			return
		}
		line.Obligation = owed.ID
		g.done(first(tx.AddSubmission(&line), tx.AddTownshipLink(&link), tx.AddTip(&tip), tx.AddFund(&fund), tx.AddAlias(&alias), tx.AddTeamMove(&move), tx.AddJudgement(&judged), tx.AddCare(&care)))

		var word duties.Reminder
		g.fill(&word)
		word.Obligation, word.Stage = owed.ID, duties.StageRaised
		fresh, err := tx.AddReminder(word)
		g.done(err)
		g.same(fresh, true)
		fresh, err = tx.AddReminder(word)
		g.done(err)
		g.same(fresh, false)
		words, err := tx.Reminders(owed.ID)
		g.done(err)
		g.same(words, []duties.Reminder{word})

		got, err := tx.Obligation(owed.ID)
		g.done(err)
		g.same(got, owed)
		lines, err := tx.Submissions(owed.ID)
		g.done(err)
		g.same(lines, []duties.Submission{line})
		links, err := tx.TownshipLinks()
		g.done(err)
		g.same(last(links), link)
		tips, err := tx.Tips(tip.Month)
		g.done(err)
		g.same(last(tips), tip)
		funds, err := tx.Funds(fund.Day, fund.Day)
		g.done(err)
		g.same(last(funds), fund)
		roster, err := tx.Roster()
		g.done(err)
		g.same(last(roster.Aliases), alias)
		g.same(last(roster.Moves), move)
		said, err := tx.Judgements(judged.Year)
		g.done(err)
		g.same(last(said), judged)
		cared, err := tx.Care(care.Day, care.Day)
		g.done(err)
		g.same(last(cared), care)
	})
}

// placeOfSignIns: an export without coordinates does not wipe out where the ledger saw somebody.
func placeOfSignIns(t *testing.T, db Database) {
	s, base := grounded(t, db)
	day := calendar.NewDate(2025, 3, 6)
	row := func(of inspections.ImportID, status inspections.SignStatus, marks string, odd bool) inspections.SignIn {
		return inspections.SignIn{Member: base.member.ID, Team: base.team.ID, Day: day, Import: of, Status: status, Marks: marks, Odd: odd}
	}
	add := func(sha string, status inspections.SignStatus, marks string, odd bool) {
		write(t, s, func(tx *store.Tx) error {
			imp := inspections.Import{Kind: "signins", SHA: sha, At: tx.Now()}
			return first(tx.AddImport(&imp), tx.AddSignIns([]inspections.SignIn{row(imp.ID, status, marks, odd)}))
		})
	}
	got := func() (sign inspections.SignIn) {
		view(t, s, func(tx *store.Tx) error {
			list, err := tx.SignIns(day, day)
			if len(list) != 1 {
				t.Fatalf("got %d rows, want 1", len(list))
			}
			sign = list[0]
			return err
		})
		return sign
	}
	add("a", inspections.SignPresent, inspections.MarkLocated, true)
	add("b", inspections.SignPresent, "", false)
	if s := got(); !s.Odd || !s.Has(inspections.MarkLocated) {
		t.Errorf("an export without a place: got %+v, want the ledger's place kept", s)
	}
	add("c", inspections.SignPresent, inspections.MarkLocated, false)
	if s := got(); s.Odd {
		t.Errorf("a corrected ledger with its place: got %+v, want it to count", s)
	}
	add("d", inspections.SignLeave, "", false)
	if s := got(); s.Marks != "" || s.Status != inspections.SignLeave {
		t.Errorf("a correction to leave: got %+v, want no place", s)
	}
}
