package office

import (
	"fmt"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
)

// enqueue writes a letter as data in the caller's transaction.
func enqueue(tx Tx, kind inspections.LetterKind, key string, to inspections.Party, name, email string, args any) error {
	l, err := inspections.NewLetter(kind, key, to, name, email, args)
	if err != nil {
		return err
	}
	l.Created = tx.Now()
	_, err = tx.Enqueue(l)
	return err
}

// tellCancelled writes to the pair of a cancelled visit.
func tellCancelled(tx Tx, v inspections.Visit) error {
	roster, err := tx.Roster()
	if err != nil {
		return err
	}
	for _, id := range []inspections.InspectorID{v.First, v.Second} {
		n, ok := roster.Inspector(id)
		if !ok {
			return fmt.Errorf("office: visit %d: inspector %d is not in the roster", v.ID, id)
		}
		args := inspections.CancelArgs{Start: v.Start, End: v.End, Arrive: v.Arrive, Reason: v.Reason}
		key := fmt.Sprintf("cancel/%d/%d", v.ID, id)
		to := inspections.Party{Kind: inspections.PartyInspector, ID: int64(id)}
		if err := enqueue(tx, inspections.LetterCancelled, key, to, n.Name, n.Email, args); err != nil {
			return err
		}
	}
	return nil
}

// askLeaders asks everyone who may approve; the letter names no person.
func askLeaders(tx Tx, roster *inspections.Roster, c casework.Case) error {
	users, err := tx.Users()
	if err != nil {
		return err
	}
	township, village := placeOf(roster, c)
	args := inspections.ApproveArgs{
		Number: c.Number, Kind: c.Kind, Source: c.Source, Township: township, Village: village,
		Units: unitNames(roster, roster.UnitsOf(c.Team, c.FactAt.Date())), FactAt: c.FactAt, Due: c.Due, Path: "/cases/" + c.Number,
	}
	for _, u := range users {
		if u.Role != inspections.RoleLeader || !u.Disabled.IsZero() {
			continue
		}
		to := inspections.Party{Kind: inspections.PartyOfficial, ID: int64(u.ID)}
		if err := enqueue(tx, inspections.LetterApprove, fmt.Sprintf("approve/%d/%d", c.ID, u.ID), to, u.Name, u.Email, args); err != nil {
			return err
		}
	}
	return nil
}

func placeOf(roster *inspections.Roster, c casework.Case) (township, village string) {
	if t, ok := roster.Township(c.Township); ok {
		township = t.Name
	}
	if t, ok := roster.Team(c.Team); ok {
		village = t.Village
	}
	return township, village
}

func unitNames(roster *inspections.Roster, ids []inspections.UnitID) []string {
	names := []string{}
	for _, id := range ids {
		if u, ok := roster.Unit(id); ok {
			names = append(names, u.Name)
		}
	}
	return names
}

// sendStartLetters writes to every side whose party is known; the others follow when they are named.
func (o *Office) sendStartLetters(tx Tx, c casework.Case) error {
	roster, err := tx.Roster()
	if err != nil {
		return err
	}
	branches, err := tx.Branches(c.ID)
	if err != nil {
		return err
	}
	for _, b := range branches {
		if b.Party.ID == 0 {
			continue
		}
		if err := o.sendStartLetter(tx, roster, c, b); err != nil {
			return err
		}
	}
	return nil
}

func (o *Office) sendStartLetter(tx Tx, roster *inspections.Roster, c casework.Case, b casework.Branch) error {
	set, err := settings(tx)
	if err != nil {
		return err
	}
	replyBy, err := o.replyBy(tx, set)
	if err != nil {
		return err
	}
	township, village := placeOf(roster, c)
	args := inspections.CaseStartArgs{
		Number: c.Number, Kind: c.Kind, Source: c.Source, Township: township, Village: village, FactAt: c.FactAt,
		ApproverDuty: c.DecideDuty, ReplyBy: replyBy, Due: calendar.DateOf(c.Due.Add(-time.Second)),
		Phone: set[inspections.SetContactPhone], Issuer: set[inspections.SetIssuer], Date: tx.Now().Date(), Handlers: []string{},
	}
	if name := set[inspections.SetContact]; name != "" {
		args.Handlers = append(args.Handlers, name)
	}
	if c.Source == "report" {
		told, err := tx.Reports()
		if err != nil {
			return err
		}
		for _, r := range told {
			if r.Case == c.ID {
				args.Reported, args.ReportedWhat = r.Received, r.What
			}
		}
	}
	if m, ok := roster.Member(c.Member); ok {
		args.Member = m.Name
	}
	unit := unitOfBranch(roster, c, b)
	if u, ok := roster.Unit(unit); ok {
		args.Unit, args.External = u.Name, b.Side == casework.SideUnit && u.Outside
	}
	kind := inspections.LetterCaseTownship
	// A member has no address of their own on record: the unit hands the notice over.
	to := b.Party
	switch b.Side {
	case casework.SideTownship:
		args.Addressee = township
	case casework.SideUnit:
		kind, args.Addressee = inspections.LetterCaseUnit, args.Unit
	case casework.SideMember:
		if m, ok := roster.Member(inspections.MemberID(b.Party.ID)); ok {
			args.Member = m.Name
		}
		kind, args.Addressee = inspections.LetterCaseMember, args.Member
		to = inspections.Party{Kind: inspections.PartyUnit, ID: int64(unit)}
	}
	contact := roster.ContactOf(to, tx.Now().Date())
	key := fmt.Sprintf("case/%d/start/%d", c.ID, b.Seq)
	invited := casework.Act{Case: c.ID, Branch: b.Seq, Kind: casework.ActInvited, At: tx.Now(), By: c.DecidedBy, Text: key, Due: args.ReplyBy}
	if err := tx.AddAct(&invited); err != nil {
		return err
	}
	if err := o.oweStatement(tx, b, nil, invited); err != nil { // the first there is in this branch
		return err
	}
	name := args.Addressee
	if b.Side == casework.SideMember { // the unit opens it and hands it over; the letter says so
		name = args.Unit
	}
	return enqueue(tx, kind, key, b.Party, name, contact.Email, args)
}

// unitOfBranch gives the unit a letter speaks of: the branch's own, else the member's on that day.
func unitOfBranch(roster *inspections.Roster, c casework.Case, b casework.Branch) inspections.UnitID {
	if b.Side == casework.SideUnit {
		return inspections.UnitID(b.Party.ID)
	}
	member := c.Member
	if b.Side == casework.SideMember && b.Party.ID != 0 { // a case may have several members
		member = inspections.MemberID(b.Party.ID)
	}
	for _, p := range roster.PostingsOf(c.Team, c.FactAt.Date()) {
		if p.Member == member {
			return p.Unit
		}
	}
	return 0
}
