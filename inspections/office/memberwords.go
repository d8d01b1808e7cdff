package office

import (
	"encoding/json"
	"fmt"
	"strings"

	"anfang.example/inspections"
	"anfang.example/inspections/journal"
)

// The kinds of records that commit to what the roster says of members, and the one that tells of an erasure.
const (
	entryRosterImport = "import.roster"
	entryPosted       = "posting.begun"
	entryMemberErased = "member.erased"
)

// membersKey is where such a body holds its commitments, by the members' ids.
const membersKey = "members"

func subjectMember(id inspections.MemberID) string { return fmt.Sprintf("member/%d", id) }

// commitMember commits to what the roster says of a member, under the member's own salt: with it destroyed nobody can tell
// any more what it was.
func commitMember(m inspections.Member) string {
	raw, err := json.Marshal([]string{m.Name, m.Sex, m.Phone})
	if err != nil { // strings marshal always
		panic(fmt.Sprintf("office: member: %v", err))
	}
	return journal.Commit(m.Salt, "member", string(raw))
}

// commitMembers gives the commitments of the members with these ids, for the body of a record.
func commitMembers(list []inspections.Member, of map[inspections.MemberID]bool) map[string]string {
	body := map[string]string{}
	for _, m := range list {
		if of[m.ID] && m.Salt != "" {
			body[fmt.Sprint(m.ID)] = commitMember(m)
		}
	}
	return body
}

// memberCheck holds the rows of members to the last record that commits to each.
type memberCheck struct {
	said map[inspections.MemberID]memberSaid
	gone map[inspections.MemberID]int64 // the record of the erasure
}

type memberSaid struct {
	seq        int64
	commitment string
}

// record takes in what a record says of members; false when it says nothing of them.
func (c *memberCheck) record(r journal.Record) (bool, error) {
	if r.Kind == entryMemberErased {
		var id inspections.MemberID
		if _, err := fmt.Sscanf(r.Subject, "member/%d", &id); err != nil {
			return true, fmt.Errorf("office: journal record %d is about %q: %w", r.Seq, r.Subject, err)
		}
		c.gone[id] = r.Seq
		return true, nil
	}
	if r.Kind != entryRosterImport && r.Kind != entryPosted || !strings.Contains(r.Body, `"`+membersKey+`":{`) {
		return false, nil
	}
	var body struct {
		Members map[inspections.MemberID]string `json:"members"`
	}
	if err := json.Unmarshal([]byte(r.Body), &body); err != nil {
		return true, fmt.Errorf("office: journal record %d: %w", r.Seq, err)
	}
	for id, commitment := range body.Members {
		c.said[id] = memberSaid{r.Seq, commitment}
	}
	return true, nil
}

// hold compares the rows with what was recorded. A member that no record commits to, entered before records did, is none of
// the check's. Error: *ChangedError.
func (c *memberCheck) hold(list []inspections.Member, found *Words) error {
	rows := map[inspections.MemberID]inspections.Member{}
	for _, m := range list {
		rows[m.ID] = m
		if _, said := c.said[m.ID]; !said && c.gone[m.ID] == 0 {
			found.Unheld++
		}
	}
	for _, m := range list {
		if seq := c.gone[m.ID]; seq != 0 {
			if m != erasedMember(m.ID) {
				return &ChangedError{seq, subjectMember(m.ID)}
			}
			found.MembersErased++
			delete(c.said, m.ID)
			continue
		}
		said, ok := c.said[m.ID]
		if !ok {
			continue
		}
		if m.Salt == "" || commitMember(m) != said.commitment {
			return &ChangedError{said.seq, subjectMember(m.ID)}
		}
		found.Members++
	}
	for id, said := range c.said {
		if _, stands := rows[id]; !stands {
			return &ChangedError{said.seq, subjectMember(id)}
		}
	}
	return nil
}

// erasedMember is what stays of a member: that there was one, with the id to which postings refer.
func erasedMember(id inspections.MemberID) inspections.Member {
	return inspections.Member{ID: id, Name: inspections.ErasedWords}
}
