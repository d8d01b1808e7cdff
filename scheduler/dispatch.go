package scheduler

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/duties"
	"anfang.example/scheduler/draw"
)

// recordWithin is how long after its window a pair has to record a visit.
const recordWithin = 24 * time.Hour

// visit writes the visit and starts what its pair owes.
func (w writing) visit(result draw.Result, pair draw.Pair) (inspections.Visit, error) {
	start, end, err := w.slot.Window()
	if err != nil {
		return inspections.Visit{}, err
	}
	arrive, err := w.slot.Arrival(result.Minute)
	if err != nil {
		return inspections.Visit{}, err
	}
	visit := inspections.Visit{
		Kind: inspections.VisitRandom, Team: inspections.TeamID(result.Team),
		Year: w.key.week.Year, Week: w.key.week.Number, Slot: w.key.slot,
		Start: calendar.InstantOf(start), End: calendar.InstantOf(end), Arrive: calendar.InstantOf(arrive), Released: w.tx.Now(),
		First: inspections.InspectorID(pair[0]), Second: inspections.InspectorID(pair[1]), State: inspections.VisitReleased,
	}
	if err := w.tx.AddVisit(&visit); err != nil {
		return visit, err
	}
	return visit, oweRecord(w.tx, visit)
}

// escalate hands a drawn team without a pair to named persons; it is never drawn again.
func (w writing) escalate() error {
	_, end, err := w.slot.Window()
	if err != nil {
		return err
	}
	o := duties.Obligation{
		Kind: duties.NoPair, Clause: "3.4", Party: inspections.Party{Kind: inspections.PartyCounty},
		Period: w.key.week.String(), Subject: subjectSlot(w.key),
		Started: w.tx.Now(), Due: calendar.InstantOf(end), Escalated: w.tx.Now(),
	}
	if _, err := w.tx.AddObligation(&o); err != nil {
		return err
	}
	// It stands in no log: a log line would tell this slot from the others.
	_, err = w.raise(w.tx, slotAlarm(AlarmNoPair, w.key))
	return err
}

// letters writes one letter to everybody on standby for the slot and to nobody else: go to the pair of
// the visit, if there is one, and to the others that their standby has ended.
func (w writing) letters(roster *inspections.Roster, visit *inspections.Visit) error {
	start, end, err := w.slot.Window()
	if err != nil {
		return err
	}
	ended := inspections.StandbyArgs{Start: calendar.InstantOf(start), End: calendar.InstantOf(end)}
	var assignment inspections.AssignmentArgs
	if visit != nil {
		if assignment, err = w.assignment(roster, *visit); err != nil {
			return err
		}
	}
	for _, id := range w.slot.Standby {
		inspector, ok := roster.Inspector(inspections.InspectorID(id))
		if !ok {
			return fmt.Errorf("inspector %d on standby is not in the roster", id)
		}
		kind, args := inspections.LetterStandbyOver, any(ended)
		if visit != nil && (inspector.ID == visit.First || inspector.ID == visit.Second) {
			kind, args = inspections.LetterGo, any(assignment)
		}
		to := inspections.Party{Kind: inspections.PartyInspector, ID: int64(inspector.ID)}
		key := fmt.Sprintf("assignment/%s/inspector/%d", w.key, id)
		if err := enqueue(w.tx, kind, key, to, inspector.Name, inspector.Email, args); err != nil {
			return err
		}
	}
	return nil
}

// assignment gathers what a pair needs on the way. It is made at the release, never earlier.
func (w writing) assignment(roster *inspections.Roster, visit inspections.Visit) (inspections.AssignmentArgs, error) {
	day := visit.Start.Date()
	values, err := settingsOn(w.tx, day)
	if err != nil {
		return inspections.AssignmentArgs{}, err
	}
	team, ok := roster.Team(visit.Team)
	if !ok {
		return inspections.AssignmentArgs{}, fmt.Errorf("team %d is not in the roster", visit.Team)
	}
	township, _ := roster.Township(team.Township)
	args := inspections.AssignmentArgs{
		Start: visit.Start, End: visit.End, Arrive: visit.Arrive, Visit: visit.ID,
		Township: township.Name, Village: team.Village, TeamKind: team.Kind,
		ReportBy: calendar.InstantOf(visit.End.Add(recordWithin)), Problems: []string{},
		Contact: values[inspections.SetContact], Phone: values[inspections.SetContactPhone], Issuer: values[inspections.SetIssuer],
	}
	for _, id := range []inspections.InspectorID{visit.First, visit.Second} {
		inspector, _ := roster.Inspector(id)
		args.Pair = append(args.Pair, inspector.Name)
	}
	for _, id := range roster.UnitsOf(team.ID, day) {
		unit, _ := roster.Unit(id)
		args.Units = append(args.Units, unit.Name)
	}
	for _, posting := range roster.PostingsOf(team.ID, day) {
		member, _ := roster.Member(posting.Member)
		unit, _ := roster.Unit(posting.Unit)
		args.Members = append(args.Members, inspections.MemberLine{Name: member.Name, Unit: unit.Name, Role: posting.Role})
	}
	return args, nil
}

func sha256Hex(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
