package portal

import (
	"slices"
	"strconv"
	"strings"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/duties"
)

// desk are those who run the office and see its whole work.
var desk = []inspections.Role{inspections.RoleAdmin, inspections.RoleClerk, inspections.RoleLeader}

// atDesk reports whether a person belongs to the desk.
func atDesk(u inspections.User) bool { return slices.Contains(desk, u.Role) }

// seesVisit says who may see a visit.
func seesVisit(u inspections.User, v inspections.Visit, now calendar.Instant) bool {
	return v.ShownTo(u.AsActor(), now)
}

// goes reports whether a person is one of the visit's pair.
func goes(u inspections.User, v inspections.Visit) bool { return v.Sends(u.Party) }

// seesCase says who may see a case: the desk and reviewers all of them; a township or unit the ones it was
// told about, which it is when the start is approved.
func seesCase(u inspections.User, c casework.Case, branches []casework.Branch) bool {
	if atDesk(u) || u.Role == inspections.RoleReviewer {
		return true
	}
	if c.State != casework.Open && c.State != casework.Closed {
		return false
	}
	return len(ownBranches(u, branches)) > 0
}

// ownBranches picks the investigations a person may see: a township or unit its own.
func ownBranches(u inspections.User, branches []casework.Branch) []casework.Branch {
	if atDesk(u) || u.Role == inspections.RoleReviewer {
		return branches
	}
	var own []casework.Branch
	for _, b := range branches {
		if b.Party == u.Party && actsForBody(u) {
			own = append(own, b)
		}
	}
	return own
}

// actsForBody reports whether a person acts for a township or a unit.
func actsForBody(u inspections.User) bool {
	return u.Role == inspections.RoleTownship && u.Party.Kind == inspections.PartyTownship && u.Party.ID != 0 ||
		u.Role == inspections.RoleUnit && u.Party.Kind == inspections.PartyUnit && u.Party.ID != 0
}

// seesObligation says who may see what is owed: the desk everything except what a visit owes that it may
// not see yet; others what they owe themselves.
func seesObligation(tx Tx, u inspections.User, o duties.Obligation, now calendar.Instant) (bool, error) {
	if noun, id, ok := subjectOf(o); ok && noun == "visit" {
		v, err := tx.Visit(inspections.VisitID(id))
		if err != nil {
			return false, err
		}
		return seesVisit(u, v, now), nil
	}
	switch {
	case atDesk(u):
		return true, nil
	case u.Role == inspections.RoleInspector || actsForBody(u):
		return o.Party.ID != 0 && o.Party == u.Party, nil
	}
	return false, nil
}

// subjectOf reads what an obligation is about: "visit/7" gives visit and 7.
func subjectOf(o duties.Obligation) (noun string, id int64, ok bool) {
	noun, rest, ok := strings.Cut(o.Subject, "/")
	if !ok {
		return "", 0, false
	}
	rest, _, _ = strings.Cut(rest, "/") // an act of a case is about the case
	id, err := strconv.ParseInt(rest, 10, 64)
	return noun, id, err == nil
}

// seesTownship says whether a person may see a township's teams and attendance.
func seesTownship(u inspections.User, id inspections.TownshipID) bool {
	if u.Role == inspections.RoleTownship {
		return u.Party == inspections.Party{Kind: inspections.PartyTownship, ID: int64(id)}
	}
	return atDesk(u) || u.Role == inspections.RoleReviewer
}

// seesMember says whether a person may see a member's attendance.
func seesMember(u inspections.User, p inspections.Posting, t inspections.Team) bool {
	if u.Role == inspections.RoleUnit {
		return p.Unit != 0 && u.Party == inspections.Party{Kind: inspections.PartyUnit, ID: int64(p.Unit)}
	}
	return seesTownship(u, t.Township)
}

// seesIssue says whether a person may see a bulletin: drafts stay at the desk.
func seesIssue(u inspections.User, i inspections.Issue) bool {
	return i.State == inspections.IssueIssued || atDesk(u)
}
