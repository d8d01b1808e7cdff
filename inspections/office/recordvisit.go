package office

import (
	"context"
	"fmt"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/duties"
)

// VisitRecord is what a pair brings home.
type VisitRecord struct {
	Visit   inspections.VisitID
	Visited calendar.Instant // when the pair was there
	Members []MemberSeen     // every member posted to the team that day, once
	Checks  []CheckMade      // items not listed were not looked at
	Photos  []Photo
	Note    string
}

// MemberSeen says whether a member was there. An absent one stands "to be verified"; nobody is blamed yet.
type MemberSeen struct {
	Member      inspections.MemberID
	Present     bool
	Explanation string
}

// CheckMade is the answer to one item of the checklist.
type CheckMade struct {
	Item   string
	Result inspections.CheckResult
	Note   string
}

// Photo is a piece of evidence with its bytes.
type Photo struct {
	Name  string
	Media string
	Data  []byte
	Taken calendar.Instant
	Note  string
}

// RecordVisit completes a visit: presence, checklist, evidence, what must be verified today, the week's
// count and the journal, in one transaction. Errors: Forbidden for others than the pair and the clerk,
// Conflict when it is not awaited, Invalid for a wrong time, member or item.
func (o *Office) RecordVisit(ctx context.Context, by inspections.Actor, rec VisitRecord) (inspections.Visit, error) {
	var visit inspections.Visit
	err := o.InTx(ctx, func(tx Tx) error {
		var err error
		if visit, err = tx.Visit(rec.Visit); err != nil {
			return err
		}
		if err := mayRecord(by, visit); err != nil {
			return err
		}
		if err := checkTimes(tx.Now(), visit, rec.Visited); err != nil {
			return err
		}
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		if err := checkMembers(roster, visit, rec); err != nil {
			return err
		}
		visit.State, visit.Visited, visit.Recorded, visit.Note = inspections.VisitCompleted, rec.Visited, tx.Now(), rec.Note
		if err := tx.SaveVisit(visit); err != nil {
			return err
		}
		absent, err := keepPresence(tx, rec)
		if err != nil {
			return err
		}
		if err := keepChecks(tx, roster, visit, rec.Checks); err != nil {
			return err
		}
		shas, err := keepPhotos(tx, visit.ID, rec.Photos)
		if err != nil {
			return err
		}
		if err := settleVisit(tx, visit, absent); err != nil {
			return err
		}
		return record(tx, by, "visit.recorded", subjectVisit(visit.ID), map[string]any{
			"members": len(rec.Members), "to_verify": absent, "evidence": shas, "visited": rec.Visited,
		})
	})
	return visit, err
}

func subjectVisit(id inspections.VisitID) string { return fmt.Sprintf("visit/%d", id) }

// mayRecord allows the pair itself and the clerk who enters a paper record.
func mayRecord(by inspections.Actor, v inspections.Visit) error {
	if by.Is(inspections.RoleClerk, inspections.RoleAdmin) {
		return nil
	}
	id := inspections.InspectorID(by.Party.ID)
	if by.Is(inspections.RoleInspector) && by.Party.Kind == inspections.PartyInspector && (id == v.First || id == v.Second) {
		return nil
	}
	return inspections.Fail(inspections.Forbidden, "visit.not_yours", "visit", int64(v.ID))
}

func checkTimes(now calendar.Instant, v inspections.Visit, visited calendar.Instant) error {
	if v.State != inspections.VisitReleased {
		return inspections.Fail(inspections.Conflict, "visit.not_awaited", "visit", int64(v.ID), "state", string(v.State))
	}
	if visited.IsZero() || visited.Before(v.Released.Time) || visited.After(now.Time) {
		return inspections.Fail(inspections.Invalid, "visit.time", "visit", int64(v.ID), "time", visited, "released", v.Released)
	}
	return nil
}

func checkMembers(roster *inspections.Roster, v inspections.Visit, rec VisitRecord) error {
	posted := map[inspections.MemberID]bool{}
	for _, p := range roster.PostingsOf(v.Team, rec.Visited.Date()) {
		posted[p.Member] = true
	}
	seen := map[inspections.MemberID]bool{}
	for _, m := range rec.Members {
		if !posted[m.Member] {
			return inspections.Fail(inspections.Invalid, "visit.member_unknown", "visit", int64(v.ID), "member", int64(m.Member))
		}
		if seen[m.Member] {
			return inspections.Fail(inspections.Invalid, "visit.member_twice", "visit", int64(v.ID), "member", int64(m.Member))
		}
		seen[m.Member] = true
	}
	if len(seen) != len(posted) {
		return inspections.Fail(inspections.Invalid, "visit.member_missing", "visit", int64(v.ID), "listed", len(seen), "posted", len(posted))
	}
	return nil
}

func keepPresence(tx Tx, rec VisitRecord) (absent int, err error) {
	for _, m := range rec.Members {
		line := inspections.Attendance{Visit: rec.Visit, Member: m.Member, SeenAs: inspections.Present, Explanation: m.Explanation}
		if !m.Present {
			line.SeenAs = inspections.ToVerify
			absent++
		}
		line.Presence = line.SeenAs
		if err := tx.PutAttendance(line); err != nil {
			return 0, err
		}
	}
	return absent, nil
}

// keepChecks writes the checklist; a problem is a finding about the party that owes the item.
func keepChecks(tx Tx, roster *inspections.Roster, v inspections.Visit, made []CheckMade) error {
	answers := map[string]CheckMade{}
	for _, c := range made {
		if _, twice := answers[c.Item]; twice {
			return inspections.Fail(inspections.Invalid, "visit.check_twice", "item", c.Item)
		}
		answers[c.Item] = c
	}
	for _, item := range inspections.Checklist() {
		c := answers[item.Item]
		delete(answers, item.Item)
		switch c.Result {
		case inspections.CheckOK, inspections.CheckNone:
		case inspections.CheckProblem:
			if err := addCheckFinding(tx, roster, v, item, c.Note); err != nil {
				return err
			}
		case "":
			c.Result = inspections.CheckNone
		default:
			return inspections.Fail(inspections.Invalid, "visit.check_result", "item", item.Item, "result", string(c.Result))
		}
		line := inspections.Check{Visit: v.ID, Party: item.Party, Clause: item.Clause, Item: item.Item, Result: c.Result, Note: c.Note}
		if err := tx.PutCheck(line); err != nil {
			return err
		}
	}
	for item := range answers {
		known := []string{}
		for _, one := range inspections.Checklist() {
			known = append(known, one.Item)
		}
		return inspections.Fail(inspections.Invalid, "visit.check_unknown", "item", item, "known", known)
	}
	return nil
}

func addCheckFinding(tx Tx, roster *inspections.Roster, v inspections.Visit, item inspections.ChecklistItem, note string) error {
	team, ok := roster.Team(v.Team)
	if !ok {
		return fmt.Errorf("office: visit %d: team %d is not in the roster", v.ID, v.Team)
	}
	f := inspections.Finding{
		Visit: v.ID, Kind: inspections.FindingChecklist + "." + item.Item, Clause: item.Clause, Party: item.Party,
		Township: team.Township, Team: team.ID, At: v.Visited, Note: note, Found: tx.Now(),
	}
	if units := roster.UnitsOf(team.ID, v.Visited.Date()); len(units) == 1 {
		f.Unit = units[0]
	}
	var err error
	if f.Times, err = timesThisYear(tx, f); err != nil {
		return err
	}
	return tx.AddFinding(&f)
}

// timesThisYear counts which time this is of the kind in the calendar year, for the member or, without
// one, for the team.
func timesThisYear(tx Tx, f inspections.Finding) (int, error) {
	year, _, _ := f.At.Date().Parts()
	filter := inspections.FindingFilter{
		Kind: f.Kind, From: calendar.InstantOf(calendar.NewDate(year, 1, 1).Start()), Until: f.At,
	}
	if filter.Member = f.Member; f.Member == 0 {
		filter.Team = f.Team
	}
	earlier, err := tx.Findings(filter)
	return len(earlier) + 1, err
}

func keepPhotos(tx Tx, visit inspections.VisitID, photos []Photo) ([]string, error) {
	shas := []string{}
	for _, p := range photos {
		if len(p.Data) == 0 {
			return nil, inspections.Fail(inspections.Invalid, "visit.photo_empty", "name", p.Name)
		}
		sha, err := tx.PutBlob(p.Media, p.Data)
		if err != nil {
			return nil, err
		}
		e := inspections.Evidence{Visit: visit, SHA: sha, Name: p.Name, Media: p.Media, Taken: p.Taken, Note: p.Note}
		if err := tx.AddEvidence(&e); err != nil {
			return nil, err
		}
		shas = append(shas, sha)
	}
	return shas, nil
}

// settleVisit ends what the record was owed for and starts what it makes due.
func settleVisit(tx Tx, v inspections.Visit, absent int) error {
	subject := subjectVisit(v.ID)
	if err := duties.Fulfil(tx, duties.Filter{Kind: duties.RecordVisit, Subject: subject}, subject); err != nil {
		return err
	}
	if absent > 0 {
		set, err := settings(tx)
		if err != nil {
			return err
		}
		verify := duties.Obligation{
			Kind: duties.VerifyAbsence, Clause: "3.4", Party: inspections.Party{Kind: inspections.PartyCounty}, Subject: subject, Started: tx.Now(),
		}
		verify.DueDays(tx.Now().Date(), set.Int(inspections.SetVerifyDays)) // as a rule the same day
		if _, err := tx.AddObligation(&verify); err != nil {
			return err
		}
	}
	return settleWeek(tx, v)
}

// settleWeek fulfils the week's duty when its second random visit is on record (3.4).
func settleWeek(tx Tx, v inspections.Visit) error {
	if v.Kind != inspections.VisitRandom {
		return nil
	}
	week := calendar.Week{Year: v.Year, Number: v.Week}
	done, err := tx.Visits(inspections.VisitFilter{Kind: inspections.VisitRandom, State: inspections.VisitCompleted, Year: v.Year, Week: v.Week})
	if err != nil || len(done) < 2 {
		return err
	}
	return duties.Fulfil(tx, duties.Filter{Kind: duties.WeeklyVisits, Period: week.String()}, subjectVisit(v.ID))
}
