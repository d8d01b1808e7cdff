package office

import (
	"context"
	"fmt"
	"strings"

	"anfang.example/inspections"
	"anfang.example/inspections/casework"
)

// MemberErasure tells what the erasure of a member's data takes, and what it leaves.
type MemberErasure struct {
	Member  inspections.MemberID `json:"member"`
	Letters int                  `json:"letters"` // that name the member: blackened, and their kept bytes destroyed
	Notes   int                  `json:"notes"`   // of leave, visits and care: blackened
	Left    int                  `json:"left"`    // letters that may mean a namesake: as they are
	Cases   []string             `json:"cases"`   // numbers of the cases whose records still name the member
}

// erasure is a MemberErasure with what it is done to.
type erasure struct {
	MemberErasure
	was     inspections.Member
	letters []inspections.Letter // blackened
}

// EraseMember lawfully erases a member's data: name, sex and phone leave the roster and their salt is destroyed, the letters
// that name the member are blackened and their kept bytes destroyed, and so is what leave, visits and care say of them. That
// there was a member, where and when, stays; the chain stays whole. The words of cases have their own erasure (EraseWords).
// Papers and backups that have left the program are beyond its reach. Errors: Forbidden for others than the county's
// administrator or a leader; Invalid without a reason, or with one that names the member; those of ErasureOf.
func (o *Office) EraseMember(ctx context.Context, by inspections.Actor, id inspections.MemberID, reason string) (MemberErasure, error) {
	if err := allow(by, inspections.RoleAdmin, inspections.RoleLeader); err != nil {
		return MemberErasure{}, err
	}
	reason = strings.TrimSpace(reason)
	if reason == "" {
		return MemberErasure{}, inspections.Fail(inspections.Invalid, "erase.member_reason", "member", int64(id))
	}
	var e erasure
	err := o.InTx(ctx, func(tx Tx) (err error) {
		if e, err = erasureOf(tx, id); err != nil {
			return err
		}
		if strings.Contains(reason, e.was.Name) || e.was.Phone != "" && strings.Contains(reason, e.was.Phone) {
			return inspections.Fail(inspections.Invalid, "erase.reason_names", "member", int64(id))
		}
		if err := tx.SaveMember(erasedMember(id)); err != nil {
			return err
		}
		if err := tx.EraseMemberNotes(id); err != nil {
			return err
		}
		for _, l := range e.letters {
			if err := tx.SaveLetter(l); err != nil {
				return err
			}
			if l.BodySHA == "" {
				continue
			}
			if err := tx.EraseBlob(l.BodySHA); err != nil && !inspections.IsNotFound(err) {
				return err
			}
		}
		return record(tx, by, entryMemberErased, subjectMember(id), map[string]any{
			"reason": reason, "letters": e.Letters, "notes": e.Notes, "left": e.Left, "cases": len(e.Cases),
		})
	})
	return e.MemberErasure, err
}

// ErasureOf tells beforehand what EraseMember would take and leave. Errors: NotFound; Conflict "erase.member_done",
// "erase.member_serves" while the member is posted, "erase.member_case" while a case about the member is not closed,
// "erase.letter_waits" while a letter that names the member has not left.
func ErasureOf(tx Tx, id inspections.MemberID) (MemberErasure, error) {
	e, err := erasureOf(tx, id)
	return e.MemberErasure, err
}

func erasureOf(tx Tx, id inspections.MemberID) (erasure, error) {
	e := erasure{MemberErasure: MemberErasure{Member: id, Cases: []string{}}}
	roster, err := tx.Roster()
	if err != nil {
		return e, err
	}
	var known bool
	if e.was, known = roster.Member(id); !known {
		return e, inspections.Fail(inspections.NotFound, "member.unknown", "member", int64(id))
	}
	if e.was.Erased() {
		return e, inspections.Fail(inspections.Conflict, "erase.member_done", "member", int64(id))
	}
	for _, p := range roster.Postings {
		if p.Member == id && (p.Until.IsZero() || p.Until >= tx.Now().Date()) {
			return e, inspections.Fail(inspections.Conflict, "erase.member_serves", "member", int64(id))
		}
	}
	own, err := e.cases(tx)
	if err != nil {
		return e, err
	}
	if err := e.findLetters(tx, roster, own); err != nil {
		return e, err
	}
	e.Notes, err = tx.MemberNotes(id)
	return e, err
}

// cases finds the cases about the member, and gives what the keys of their letters begin with.
func (e *erasure) cases(tx Tx) ([]string, error) {
	all, err := tx.Cases(casework.Filter{})
	if err != nil {
		return nil, err
	}
	var own []string
	for _, c := range all {
		branches, err := tx.Branches(c.ID)
		if err != nil {
			return nil, err
		}
		about := c.Member == e.Member || index(branches, func(b casework.Branch) bool {
			return b.Side == casework.SideMember && b.Party.ID == int64(e.Member)
		}) >= 0
		switch {
		case !about:
			continue
		case c.State == casework.Proposed || c.State == casework.Open:
			return nil, inspections.Fail(inspections.Conflict, "erase.member_case", "case", c.Number)
		}
		e.Cases = append(e.Cases, c.Number)
		own = append(own, fmt.Sprintf("%s/", subjectCase(c.ID)))
	}
	return own, nil
}

// findLetters blackens the letters that name the member. Where another person bears the name too, only those to the member or
// of a case about the member are certain; the others are left and counted.
func (e *erasure) findLetters(tx Tx, roster *inspections.Roster, own []string) error {
	shared, err := namesake(tx, roster, e.was)
	if err != nil {
		return err
	}
	party := inspections.Party{Kind: inspections.PartyMember, ID: int64(e.Member)}
	for _, kind := range inspections.LetterKinds() { // kind by kind: a county's letters are many
		list, err := tx.Letters(inspections.LetterFilter{Kind: kind})
		if err != nil {
			return err
		}
		for _, l := range list {
			args, named, err := blacken(l.Args, e.was.Name, e.was.Phone)
			if err != nil {
				return fmt.Errorf("office: letter %d: %w", l.ID, err)
			}
			sure := l.To == party || index(own, func(under string) bool { return strings.HasPrefix(l.Key, under) }) >= 0
			switch {
			case !named && l.To != party:
				continue
			case shared && !sure:
				e.Left++
				continue
			case l.State == inspections.LetterQueued || l.State == inspections.LetterSending:
				return inspections.Fail(inspections.Conflict, "erase.letter_waits", "letter", int64(l.ID))
			}
			if l.Args = args; l.To == party {
				l.Name = inspections.ErasedWords
			}
			e.letters = append(e.letters, l)
		}
	}
	e.Letters = len(e.letters)
	return nil
}

// namesake reports whether somebody else's name is the member's, or has it in it.
func namesake(tx Tx, roster *inspections.Roster, m inspections.Member) (bool, error) {
	users, err := tx.Users()
	if err != nil {
		return false, err
	}
	var others []string
	for _, other := range roster.Members {
		if other.ID != m.ID {
			others = append(others, other.Name)
		}
	}
	for _, n := range roster.Inspectors {
		others = append(others, n.Name)
	}
	for _, h := range roster.Holders {
		others = append(others, h.Name)
	}
	for _, u := range users {
		others = append(others, u.Name)
	}
	return index(others, func(name string) bool { return strings.Contains(name, m.Name) }) >= 0, nil
}
