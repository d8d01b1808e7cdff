package storetest

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/duties"
	"anfang.example/inspections/journal"
	"anfang.example/inspections/store"
)

// rounds runs fn with drawn nouns, each time in one transaction.
func rounds(t *testing.T, s *store.Store, fn func(g *generator, tx *store.Tx)) {
	n := 0
	rapid.Check(t, func(rt *rapid.T) {
		n++
		g := &generator{rt, n}
		g.done(s.InTx(t.Context(), func(tx *store.Tx) error {
			fn(g, tx)
			return nil
		}))
	})
}

// keyOf gives the key of an expected error.
func keyOf(err error) string {
	var e *inspections.Error
	if errors.As(err, &e) {
		return e.Key
	}
	return ""
}

func last[T any](list []T) T { return list[len(list)-1] }

func rosterRoundTrips(t *testing.T, db Database) {
	s := db(t, County, nil)
	rounds(t, s, func(g *generator, tx *store.Tx) {
		var township inspections.Township
		var unit inspections.Unit
		var team inspections.Team
		var span inspections.TeamUnit
		var member inspections.Member
		var posting inspections.Posting
		var holder inspections.Holder
		var inspector inspections.Inspector
		for _, v := range []any{&township, &unit, &team, &span, &member, &posting, &holder, &inspector} {
			g.fill(v)
		}
		if township.Code != "" {
			township.Code = fmt.Sprint(g.n)
		}
		g.done(first(tx.AddTownship(&township), tx.AddUnit(&unit), tx.AddMember(&member), tx.AddHolder(&holder)))
		team.Township, inspector.Home, inspector.OwnUnit = township.ID, township.ID, unit.ID
		g.done(first(tx.AddTeam(&team), tx.AddInspector(&inspector)))
		span.Team, span.Unit, posting.Team, posting.Member = team.ID, unit.ID, team.ID, member.ID
		g.done(first(tx.AddTeamUnit(span), tx.AddPosting(&posting)))
		seen := func() {
			r, err := tx.Roster()
			g.done(err)
			g.same(last(r.Townships), township)
			g.same(last(r.Units), unit)
			g.same(last(r.Teams), team)
			g.same(last(r.TeamUnits), span)
			g.same(last(r.Members), member)
			g.same(last(r.Postings), posting)
			g.same(last(r.Holders), holder)
			g.same(last(r.Inspectors), inspector)
		}
		seen()
		// Every other field is replaced; ids and keys stay.
		again := [...]int64{int64(township.ID), int64(unit.ID), int64(team.ID), int64(member.ID), int64(posting.ID), int64(holder.ID), int64(inspector.ID)}
		code, from := township.Code, span.From
		for _, v := range []any{&township, &unit, &team, &span, &member, &posting, &holder, &inspector} {
			g.fill(v)
		}
		township.Code, span.From = code, from
		g.same([...]int64{int64(township.ID), int64(unit.ID), int64(team.ID), int64(member.ID), int64(posting.ID), int64(holder.ID), int64(inspector.ID)}, again)
		g.done(first(tx.SaveTownship(township), tx.SaveUnit(unit), tx.SaveTeam(team), tx.SaveTeamUnit(span),
			tx.SaveMember(member), tx.SavePosting(posting), tx.SaveHolder(holder), tx.SaveInspector(inspector)))
		seen()
	})
}

func fieldRoundTrips(t *testing.T, db Database) {
	s, base := grounded(t, db)
	rounds(t, s, func(g *generator, tx *store.Tx) {
		var visit inspections.Visit
		var line inspections.Attendance
		var check inspections.Check
		var paper inspections.Evidence
		var finding inspections.Finding
		var imported inspections.Import
		var day inspections.SignIn
		var leave inspections.Leave
		var setting inspections.Setting
		for _, v := range []any{&visit, &line, &check, &paper, &finding, &imported, &day, &leave, &setting} {
			g.fill(v)
		}
		visit.Team, visit.Year = base.team.ID, 3000+g.n
		if !leave.Until.IsZero() {
			leave.From, leave.Until = min(leave.From, leave.Until), max(leave.From, leave.Until)
		}
		g.done(tx.AddVisit(&visit))
		line.Visit, line.Member, check.Visit, paper.Visit, finding.Visit = visit.ID, base.member.ID, visit.ID, visit.ID, visit.ID
		finding.Member, finding.Team, leave.Member = base.member.ID, base.team.ID, base.member.ID
		leave.Replaces = 0 // it has its own test
		g.done(first(tx.PutAttendance(line), tx.PutCheck(check), tx.AddEvidence(&paper), tx.AddFinding(&finding),
			tx.AddImport(&imported), tx.AddLeave(&leave), tx.AddSetting(setting)))
		day.Member, day.Team, day.Import = base.member.ID, base.team.ID, imported.ID
		day.Day = calendar.NewDate(2025, 1, 1).Add(g.n)
		g.done(tx.AddSignIns([]inspections.SignIn{day}))

		gotVisit, err := tx.Visit(visit.ID)
		g.done(err)
		g.same(gotVisit, visit)
		lines, err := tx.Attendances(visit.ID)
		g.done(err)
		g.same(lines, []inspections.Attendance{line})
		checks, err := tx.Checks(visit.ID)
		g.done(err)
		g.same(checks, []inspections.Check{check})
		papers, err := tx.Evidence(visit.ID, 0)
		g.done(err)
		g.same(papers, []inspections.Evidence{paper})
		found, err := tx.Findings(inspections.FindingFilter{Visit: visit.ID})
		g.done(err)
		g.same(found, []inspections.Finding{finding})
		gotImport, err := tx.ImportBySHA(imported.Kind, imported.SHA)
		g.done(err)
		g.same(gotImport, imported)
		days, err := tx.SignIns(day.Day, day.Day)
		g.done(err)
		g.same(days, []inspections.SignIn{day})
		leaves, err := tx.Leaves(leave.From, leave.From)
		g.done(err)
		g.same(last(leaves), leave)
		settings, err := tx.Settings()
		g.done(err)
		g.same(last(settings), setting)

		year := visit.Year
		g.fill(&visit)
		visit.Year = year
		line.Presence, line.Explanation = inspections.Unexcused, Text().Draw(g.t, "explanation")
		check.Note = Text().Draw(g.t, "note")
		g.done(first(tx.SaveVisit(visit), tx.PutAttendance(line), tx.PutCheck(check)))
		gotVisit, err = tx.Visit(visit.ID)
		g.done(err)
		g.same(gotVisit, visit)
		lines, err = tx.Attendances(visit.ID)
		g.done(err)
		g.same(lines, []inspections.Attendance{line})
		checks, err = tx.Checks(visit.ID)
		g.done(err)
		g.same(checks, []inspections.Check{check})
	})
}

func deskRoundTrips(t *testing.T, db Database) {
	s, base := grounded(t, db)
	rounds(t, s, func(g *generator, tx *store.Tx) {
		deskCases(g, tx, base)
		deskPost(g, tx)
		deskWeeks(g, tx)
		deskPeople(g, tx)
		var record journal.Record
		g.fill(&record)
		head, err := tx.JournalHead()
		g.done(err)
		record.Seq = head.Seq + 1
		g.done(tx.AddJournal(record))
		head, err = tx.JournalHead()
		g.done(err)
		g.same(head, record)
		after, err := tx.JournalAfter(record.Seq-1, 5)
		g.done(err)
		g.same(after, []journal.Record{record})
		before, err := tx.JournalBefore(record.At)
		g.done(err)
		if before.Seq == record.Seq || before.Seq > 0 && !before.At.Before(record.At.Time) {
			g.done(fmt.Errorf("got record %d of %s as the last before %s", before.Seq, before.At, record.At))
		}
		own, err := tx.JournalOf(record.Subject)
		g.done(err)
		g.same(own[len(own)-1], record) // those before it may have the same subject
	})
}

func deskCases(g *generator, tx *store.Tx, base ground) {
	var c casework.Case
	var branch casework.Branch
	var measure casework.Measure
	var owed duties.Obligation
	for _, v := range []any{&c, &branch, &measure, &owed} {
		g.fill(v)
	}
	c.Number, c.Township, c.Team, branch.Seq, owed.Period = "", base.township.ID, base.team.ID, 1, fmt.Sprint(g.n)
	g.done(tx.AddCase(&c))
	branch.Case, measure.Case, measure.Branch = c.ID, c.ID, branch.Seq
	g.done(first(tx.AddBranch(branch), tx.AddMeasure(&measure)))
	added, err := tx.AddObligation(&owed)
	g.done(err)
	g.same(added, true)
	for range 2 {
		got, err := tx.Case(c.ID)
		g.done(err)
		g.same(got, c)
		got, err = tx.CaseByNumber(c.Number)
		g.done(err)
		g.same(got, c)
		gotBranches, err := tx.Branches(c.ID)
		g.done(err)
		g.same(gotBranches, []casework.Branch{branch})
		gotMeasures, err := tx.Measures(c.ID)
		g.done(err)
		g.same(gotMeasures, []casework.Measure{measure})
		gotOwed, err := tx.Obligations(duties.Filter{Period: owed.Period})
		g.done(err)
		g.same(gotOwed, []duties.Obligation{owed})

		number, seq, period := c.Number, branch.Seq, owed.Period
		g.fill(&c)
		g.fill(&branch)
		g.fill(&measure)
		g.fill(&owed)
		c.Number, branch.Seq, measure.Branch, owed.Period = number, seq, seq, period
		g.done(first(tx.SaveCase(c), tx.SaveBranch(branch), tx.SaveMeasure(measure), tx.SaveObligation(owed)))
	}
}

func deskPost(g *generator, tx *store.Tx) {
	var letter inspections.Letter
	var issue inspections.Issue
	var sign inspections.StandingSignOff
	g.fill(&letter)
	g.fill(&issue)
	g.fill(&sign)
	var answer inspections.FactAnswer
	g.fill(&answer)
	answer.Month = fmt.Sprint(g.n)
	var copied inspections.IssueCopy
	g.fill(&copied)
	letter.Key = fmt.Sprintf("%d/%s", g.n, letter.Key)
	if letter.Created.IsZero() {
		letter.Created = tx.Now()
	}
	issue.Year, issue.Month = g.n, fmt.Sprint(g.n)
	added, err := tx.Enqueue(letter)
	g.done(err)
	g.same(added, true)
	letters, err := tx.Letters(inspections.LetterFilter{})
	g.done(err)
	letter.ID = last(letters).ID
	g.done(first(tx.AddIssue(&issue), tx.AddStandingSignOff(sign), tx.AddFactAnswer(&answer)))
	copied.Issue, copied.Scope, copied.PDF = issue.ID, inspections.ScopeOwn, ""
	g.done(tx.AddIssueCopy(&copied))
	signs, err := tx.StandingSignOffs()
	g.done(err)
	g.same(last(signs), sign)
	for range 2 {
		got, err := tx.Letter(letter.ID)
		g.done(err)
		g.same(got, letter)
		gotIssue, err := tx.Issue(issue.ID)
		g.done(err)
		g.same(gotIssue, issue)
		gotIssue, err = tx.IssueOf(issue.Kind, issue.Month)
		g.done(err)
		g.same(gotIssue, issue)
		issues, err := tx.Issues()
		g.done(err)
		g.same(last(issues), issue)

		gotAnswers, err := tx.FactAnswers(answer.Month)
		g.done(err)
		g.same(last(gotAnswers), answer)

		gotCopies, err := tx.IssueCopies(issue.ID)
		g.done(err)
		g.same(gotCopies, []inspections.IssueCopy{copied})
		owed, err := tx.CopiesToMake(1000)
		g.done(err)
		g.same(slices.ContainsFunc(owed, func(c inspections.IssueCopy) bool { return c.ID == copied.ID }), copied.PDF == "")
		copied.PDF = fmt.Sprintf("%064x", copied.ID)
		g.done(tx.SaveIssueCopy(copied))
		gotCopies, err = tx.CopiesByHash(copied.PDF)
		g.done(err)
		g.same(gotCopies, []inspections.IssueCopy{copied})

		key, id := letter.Key, answer.ID
		g.fill(&answer)
		answer.ID, answer.Month = id, fmt.Sprint(g.n)
		letter.Args, letter.Attach, issue.Figures = nil, nil, nil
		g.fill(&letter)
		g.fill(&issue)
		letter.Key, issue.Year, issue.Month = key, g.n, fmt.Sprint(g.n)
		g.done(first(tx.SaveLetter(letter), tx.SaveIssue(issue), tx.SaveFactAnswer(answer)))
	}
}

func deskWeeks(g *generator, tx *store.Tx) {
	week := calendar.Week{Year: 2000 + g.n, Number: 1}
	var freeze inspections.Freeze
	var slot inspections.Slot
	var exception inspections.Exception
	var anchor inspections.Anchor
	var run inspections.Run
	for _, v := range []any{&freeze, &slot, &exception, &anchor, &run} {
		g.fill(v)
	}
	freeze.Year, freeze.Week, slot.Year, slot.Week = week.Year, week.Number, week.Year, week.Number
	exception.Year, exception.Week, anchor.Year = week.Year, week.Number, week.Year
	run.Job = fmt.Sprint(g.n)
	freeze.CoSeed, freeze.CoSeedBy, freeze.CoSeedAt, slot.Link = "", "", calendar.Instant{}, ""
	g.done(first(tx.AddFreeze(freeze), tx.AddSlot(slot), tx.AddException(exception), tx.AddAnchor(anchor)))
	added, err := tx.AddRun(run)
	g.done(err)
	g.same(added, true)
	if rapid.Bool().Draw(g.t, "revealed") {
		freeze.CoSeed, freeze.CoSeedBy, freeze.CoSeedAt, slot.Link = "1234512345", "某人", tx.Now(), "ab'::?"
		g.done(first(tx.SetCoSeed(week, freeze.CoSeed, freeze.CoSeedBy, freeze.CoSeedAt), tx.RevealSlot(week, slot.Slot, slot.Link)))
	}
	gotFreeze, err := tx.Freeze(week)
	g.done(err)
	g.same(gotFreeze, freeze)
	freezes, err := tx.Freezes()
	g.done(err)
	g.same(last(freezes), freeze)
	slots, err := tx.Slots(week)
	g.done(err)
	g.same(slots, []inspections.Slot{slot})
	gotException, err := tx.Exception(week)
	g.done(err)
	g.same(gotException, exception)
	gotAnchor, err := tx.Anchor(week.Year)
	g.done(err)
	g.same(gotAnchor, anchor)
	gotRun, err := tx.LastRun(run.Job)
	g.done(err)
	g.same(gotRun, run)
}

func deskPeople(g *generator, tx *store.Tx) {
	var user inspections.User
	var session inspections.Session
	g.fill(&user)
	g.fill(&session)
	user.Login = fmt.Sprintf("%d%s", g.n, user.Login)
	g.done(tx.AddUser(&user))
	session.User, session.TokenSHA = user.ID, fmt.Sprint(g.n)
	g.done(tx.AddSession(session))
	gotSession, err := tx.Session(session.TokenSHA)
	g.done(err)
	g.same(gotSession, session)
	for range 2 {
		got, err := tx.User(user.ID)
		g.done(err)
		g.same(got, user)
		got, err = tx.UserByLogin(user.Login)
		g.done(err)
		g.same(got, user)
		users, err := tx.Users()
		g.done(err)
		g.same(last(users), user)
		login := user.Login
		g.fill(&user)
		user.Login = login
		g.done(tx.SaveUser(user))
	}
}
