package office

import (
	"context"
	"fmt"
	"strings"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/duties"
)

// Departure says that a member leaves a team.
type Departure struct {
	Member  inspections.MemberID
	Team    inspections.TeamID
	Last    calendar.Date // last day served
	Reason  string
	Replace bool // a replacement is asked for: the unit has three days (2.1), the county office a week (3.1)
}

// EndPosting ends a member's posting on its last day; what was served stays. Errors: Forbidden, NotFound when
// nobody serves there, Invalid for a day before the posting began or without a reason.
func (o *Office) EndPosting(ctx context.Context, by inspections.Actor, d Departure) (inspections.Posting, error) {
	if err := allow(by, inspections.RoleClerk, inspections.RoleAdmin); err != nil {
		return inspections.Posting{}, err
	}
	d.Reason = strings.TrimSpace(d.Reason)
	var ended inspections.Posting
	err := o.InTx(ctx, func(tx Tx) error {
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		p, err := serving(roster, d.Member, d.Team, d.Last)
		if err != nil {
			return err
		}
		if d.Reason == "" || d.Last < p.From {
			return inspections.Fail(inspections.Invalid, "posting.end", "from", p.From)
		}
		p.Until = d.Last
		if err := tx.SavePosting(p); err != nil {
			return err
		}
		if d.Replace {
			if err := o.oweReplacement(tx, p.Unit, subjectPosting(p.ID), inspections.StartAsked, inspections.StartAsked); err != nil {
				return err
			}
		}
		ended = p
		return record(tx, by, "posting.ended", subjectPosting(p.ID), map[string]any{"member": int64(p.Member), "team": int64(p.Team), "last": d.Last, "replace": d.Replace})
	})
	return ended, err
}

// serving finds the running posting of a member in a team; a posting that was ended before day is none.
func serving(roster *inspections.Roster, member inspections.MemberID, team inspections.TeamID, day calendar.Date) (inspections.Posting, error) {
	for _, p := range roster.Postings {
		if p.Member == member && p.Team == team && (p.Until.IsZero() || p.Until >= day) {
			return p, nil
		}
	}
	return inspections.Posting{}, inspections.Fail(inspections.NotFound, "posting.none", "member", int64(member))
}

func subjectPosting(id inspections.PostingID) string { return fmt.Sprintf("posting/%d", id) }

// Arrival says that a person joins a team. Who stands in the roster already is named by Member, or known by
// the phone; a name that stands there without a phone to tell them apart is asked, never guessed.
type Arrival struct {
	Member   inspections.MemberID
	Name     string
	Sex      string
	Phone    string
	Team     inspections.TeamID
	Unit     inspections.UnitID
	Role     inspections.PostingRole
	From     calendar.Date
	Replaces inspections.MemberID // who left the team and is replaced, 0 nobody
}

// Post posts a person to a team from a day on, and ends what a replacement was owed for. Errors: Forbidden,
// NotFound, Invalid, Conflict for a homonym or a person who serves there already.
func (o *Office) Post(ctx context.Context, by inspections.Actor, a Arrival) (inspections.Posting, error) {
	if err := allow(by, inspections.RoleClerk, inspections.RoleAdmin); err != nil {
		return inspections.Posting{}, err
	}
	a.Name, a.Phone = strings.TrimSpace(a.Name), strings.TrimSpace(a.Phone)
	if a.Role == "" {
		a.Role = inspections.RoleMember
	}
	var posted inspections.Posting
	err := o.InTx(ctx, func(tx Tx) error {
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		if a.From.IsZero() {
			a.From = tx.Now().Date()
		}
		if err := a.check(roster); err != nil {
			return err
		}
		if a.Member == 0 {
			if a.Member, err = o.newcomer(tx, roster, a); err != nil {
				return err
			}
		}
		for _, p := range roster.PostingsOf(a.Team, a.From) {
			if p.Member == a.Member {
				return inspections.Fail(inspections.Conflict, "posting.stands", "from", p.From)
			}
		}
		p := inspections.Posting{Member: a.Member, Team: a.Team, Unit: a.Unit, Role: a.Role, From: a.From}
		if err := tx.AddPosting(&p); err != nil {
			return err
		}
		if err := replacementCame(tx, roster, a); err != nil {
			return err
		}
		if err := o.endVacancies(tx, by, a.Replaces, subjectPosting(p.ID)); err != nil {
			return err
		}
		posted = p
		body := map[string]any{"member": int64(p.Member), "team": int64(p.Team), "unit": int64(p.Unit), "from": p.From, "replaces": int64(a.Replaces)}
		if roster, err = tx.Roster(); err != nil { // with the newcomer
			return err
		}
		if members := commitMembers(roster.Members, map[inspections.MemberID]bool{p.Member: true}); len(members) > 0 {
			body[membersKey] = members
		}
		return record(tx, by, entryPosted, subjectPosting(p.ID), body)
	})
	return posted, err
}

func (a Arrival) check(roster *inspections.Roster) error {
	if _, ok := roster.Team(a.Team); !ok {
		return inspections.Fail(inspections.NotFound, "team.unknown", "team", int64(a.Team))
	}
	if _, ok := roster.Unit(a.Unit); a.Unit != 0 && !ok {
		return inspections.Fail(inspections.NotFound, "unit.unknown", "unit", int64(a.Unit))
	}
	if _, ok := roster.Member(a.Member); a.Member != 0 && !ok {
		return inspections.Fail(inspections.NotFound, "member.unknown", "member", int64(a.Member))
	}
	if a.Member == 0 && a.Name == "" || a.Role != inspections.RoleMember && a.Role != inspections.RoleHead {
		return inspections.Fail(inspections.Invalid, "posting.incomplete")
	}
	return nil
}

// newcomer finds the person by phone, or adds a new one.
func (o *Office) newcomer(tx Tx, roster *inspections.Roster, a Arrival) (inspections.MemberID, error) {
	for _, m := range roster.Members {
		switch {
		case a.Phone != "" && m.Phone == a.Phone && m.Name == a.Name:
			return m.ID, nil
		case a.Phone != "" && m.Phone == a.Phone:
			return 0, inspections.Fail(inspections.Conflict, "posting.phone_taken", "phone", a.Phone)
		case m.Name == a.Name && (a.Phone == "" || m.Phone == ""):
			return 0, inspections.Fail(inspections.Conflict, "posting.homonym", "name", a.Name, "member", int64(m.ID))
		}
	}
	salt, err := o.salt()
	if err != nil {
		return 0, err
	}
	m := inspections.Member{Name: a.Name, Sex: a.Sex, Phone: a.Phone, Salt: salt}
	err = tx.AddMember(&m)
	return m.ID, err
}

// replacementCame ends the clocks of a vacancy (2.1, 3.1) once somebody is in post.
func replacementCame(tx Tx, roster *inspections.Roster, a Arrival) error {
	for _, p := range roster.Postings {
		if a.Replaces == 0 || p.Member != a.Replaces || p.Team != a.Team {
			continue
		}
		for _, kind := range []duties.Kind{duties.ReplaceUnit, duties.ReplaceCounty} {
			if err := duties.Fulfil(tx, duties.Filter{Kind: kind, Subject: subjectPosting(p.ID)}, "replaced"); err != nil {
				return err
			}
		}
	}
	return nil
}

// ChangeRole makes a member the village-team head from a day on, or no longer: the former span stays with
// its role. A team has one head; the one before becomes a member.
func (o *Office) ChangeRole(ctx context.Context, by inspections.Actor, member inspections.MemberID, team inspections.TeamID, role inspections.PostingRole, from calendar.Date) error {
	if err := allow(by, inspections.RoleClerk, inspections.RoleAdmin); err != nil {
		return err
	}
	if role != inspections.RoleHead && role != inspections.RoleMember {
		return inspections.Fail(inspections.Invalid, "posting.incomplete")
	}
	return o.InTx(ctx, func(tx Tx) error {
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		p, err := serving(roster, member, team, from)
		if err != nil {
			return err
		}
		if role == inspections.RoleHead {
			for _, other := range roster.PostingsOf(team, from) {
				if other.Role == inspections.RoleHead && other.Member != member {
					if err := splitPosting(tx, other, inspections.RoleMember, from); err != nil {
						return err
					}
				}
			}
		}
		if err := splitPosting(tx, p, role, from); err != nil {
			return err
		}
		return record(tx, by, "posting.role", subjectPosting(p.ID), map[string]any{"role": string(role), "from": from})
	})
}

// splitPosting gives a posting another role from a day on.
func splitPosting(tx Tx, p inspections.Posting, role inspections.PostingRole, from calendar.Date) error {
	if p.Role == role {
		return nil
	}
	if from <= p.From {
		p.Role = role
		return tx.SavePosting(p)
	}
	next := p
	next.ID, next.Role, next.From = 0, role, from
	p.Until = from.Add(-1)
	if err := tx.SavePosting(p); err != nil {
		return err
	}
	return tx.AddPosting(&next)
}
