package office

import (
	"context"
	"fmt"

	"anfang.example/inspections"
	"anfang.example/inspections/attendance"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/duties"
)

// Verified says what became of the absences of a visit.
type Verified struct {
	Covered  []inspections.MemberID `json:"covered"` // by leave or duty travel; nobody is blamed
	Findings []inspections.Finding  `json:"findings"`
	Cases    []casework.Case        `json:"cases"`
}

// VerifyVisit checks who was absent against leave and duty travel, of the office's records and of the
// township's ledger. What is covered stays on record as such; what is not becomes a finding and proposes
// one case per member (3.6). explanations, by member, are kept beside it. Errors: Forbidden, Conflict when
// the visit is not recorded or nothing awaits verification.
func (o *Office) VerifyVisit(ctx context.Context, by inspections.Actor, id inspections.VisitID, explanations map[inspections.MemberID]string) (Verified, error) {
	if err := allow(by, inspections.RoleClerk, inspections.RoleAdmin); err != nil {
		return Verified{}, err
	}
	var result Verified
	err := o.InTx(ctx, func(tx Tx) error {
		result = Verified{Covered: []inspections.MemberID{}, Findings: []inspections.Finding{}, Cases: []casework.Case{}}
		v, err := tx.Visit(id)
		if err != nil {
			return err
		}
		if v.State != inspections.VisitCompleted {
			return inspections.Fail(inspections.Conflict, "visit.not_recorded", "visit", int64(id))
		}
		awaiting, err := toVerify(tx, id)
		if err != nil {
			return err
		}
		if len(awaiting) == 0 {
			return inspections.Fail(inspections.Conflict, "visit.nothing_to_verify", "visit", int64(id))
		}
		known, err := whereabouts(tx, v.Visited.Date())
		if err != nil {
			return err
		}
		for _, line := range awaiting {
			if text := explanations[line.Member]; text != "" {
				line.Explanation = text
			}
			line.Presence = known(line.Member)
			line.VerifiedAt, line.VerifiedBy = tx.Now(), by.User
			if err := tx.PutAttendance(line); err != nil {
				return err
			}
			if line.Presence != inspections.Unexcused {
				result.Covered = append(result.Covered, line.Member)
				continue
			}
			if err := o.absence(tx, by, v, line, &result); err != nil {
				return err
			}
		}
		subject := subjectVisit(id)
		if err := duties.Fulfil(tx, duties.Filter{Kind: duties.VerifyAbsence, Subject: subject}, subject); err != nil {
			return err
		}
		return record(tx, by, "visit.verified", subject, map[string]any{"covered": len(result.Covered), "findings": len(result.Findings)})
	})
	return result, err
}

func toVerify(tx Tx, id inspections.VisitID) ([]inspections.Attendance, error) {
	lines, err := tx.Attendances(id)
	if err != nil {
		return nil, err
	}
	var awaiting []inspections.Attendance
	for _, l := range lines {
		if l.Presence == inspections.ToVerify {
			awaiting = append(awaiting, l)
		}
	}
	return awaiting, nil
}

// whereabouts tells, for one day, whether an absence is covered.
func whereabouts(tx Tx, day calendar.Date) (func(inspections.MemberID) inspections.Presence, error) {
	leaves, err := tx.Leaves(day, day)
	if err != nil {
		return nil, err
	}
	ledger, err := tx.SignIns(day, day)
	if err != nil {
		return nil, err
	}
	return func(m inspections.MemberID) inspections.Presence {
		switch attendance.DayStatus(ledger, leaves, m, day) {
		case inspections.SignLeave:
			return inspections.OnLeave
		case inspections.SignTravel:
			return inspections.OnTravel
		}
		return inspections.Unexcused
	}, nil
}

// absence writes the finding about one member and proposes the case.
func (o *Office) absence(tx Tx, by inspections.Actor, v inspections.Visit, line inspections.Attendance, result *Verified) error {
	roster, err := tx.Roster()
	if err != nil {
		return err
	}
	team, ok := roster.Team(v.Team)
	if !ok {
		return fmt.Errorf("office: visit %d: team %d is not in the roster", v.ID, v.Team)
	}
	f := inspections.Finding{
		Visit: v.ID, Kind: inspections.FindingAbsent, Clause: "1.4b", Party: inspections.PartyMember,
		Township: team.Township, Team: team.ID, Member: line.Member, At: v.Visited, Note: line.Explanation, Found: tx.Now(),
	}
	for _, p := range roster.PostingsOf(team.ID, v.Visited.Date()) {
		if p.Member == line.Member {
			f.Unit = p.Unit
		}
	}
	if f.Times, err = timesThisYear(tx, f); err != nil {
		return err
	}
	if err := tx.AddFinding(&f); err != nil {
		return err
	}
	c, err := o.propose(tx, by, f, "visit")
	if err != nil {
		return err
	}
	result.Findings = append(result.Findings, f)
	result.Cases = append(result.Cases, c)
	return nil
}
