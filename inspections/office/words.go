package office

import (
	"encoding/json"
	"fmt"
	"strings"

	"anfang.example/inspections"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/journal"
)

// WordsTx is what checking and erasing words needs of a transaction.
type WordsTx interface {
	journal.Tx
	JournalSalts() ([]journal.Salt, error)
	Case(inspections.CaseID) (casework.Case, error)
	Visit(inspections.VisitID) (inspections.Visit, error)
	Acts(inspections.CaseID) ([]casework.Act, error)
	Branches(inspections.CaseID) ([]casework.Branch, error)
	Measures(inspections.CaseID) ([]casework.Measure, error)
	Findings(inspections.FindingFilter) ([]inspections.Finding, error)
	Roster() (*inspections.Roster, error)
	Settings() ([]inspections.Setting, error)
	Judgements(year int) ([]inspections.Judgement, error) // by id; 0: of all years
}

// The kinds of records that commit to words.
const (
	entryAct       = "case.act"
	entryProposed  = "case.proposed"
	entryRefused   = "case." + string(casework.Refused)
	entryCancelled = "visit.cancelled"
)

// recordWords is record with words that may have to be erased, chained as salted commitments.
func (o *Office) recordWords(tx Tx, by inspections.Actor, kind, subject string, body map[string]any, words map[string]string) error {
	salt, err := o.recordSalt()
	if err != nil {
		return err
	}
	_, err = journal.AppendPrivate(tx, journal.Entry{Kind: kind, Actor: by.Ref(), Subject: subject}, body, salt, words)
	return err
}

func wordsOfAct(a casework.Act) map[string]string {
	return map[string]string{"text": a.Text, "person": a.Person, "body": a.Body, "outcome": a.Outcome}
}

// wordsOfBranch are what was said and concluded in an investigation, and whom its measures concern.
func wordsOfBranch(b casework.Branch, measures []casework.Measure) map[string]string {
	words := map[string]string{"statement": b.Statement, "conclusion": b.Conclusion}
	for _, m := range measures {
		if m.Branch == b.Seq {
			words[fmt.Sprintf("measure/%d/person", m.ID)] = m.Person
			words[fmt.Sprintf("measure/%d/reason", m.ID)] = m.Reason
		}
	}
	return words
}

// Words counts what CheckWords found.
type Words struct {
	Checked int // records whose words are those that were recorded
	Erased  int // records whose words were erased

	Members       int // members whose row is what was recorded
	MembersErased int // members whose data was erased
	Unheld        int // members whom no record commits to: entered before records did
}

// ChangedError names the first record whose words are no longer those that were recorded.
type ChangedError struct {
	Seq   int64
	Field string // "salt" when the salt is gone without an erasure on record; "member/17" a row of the roster
}

func (e *ChangedError) Error() string {
	return fmt.Sprintf("office: the words of journal record %d were changed (%s)", e.Seq, e.Field)
}

// about is what a record that commits to words speaks of.
type about struct {
	Act    int    `json:"act"`
	Kind   string `json:"kind"`
	Branch int    `json:"branch"`
	of     inspections.CaseID
}

func aboutOf(r journal.Record) (about, error) {
	var a about
	if err := json.Unmarshal([]byte(r.Body), &a); err != nil {
		return a, fmt.Errorf("office: journal record %d: %w", r.Seq, err)
	}
	if _, err := fmt.Sscanf(r.Subject, "case/%d", &a.of); err != nil {
		return a, fmt.Errorf("office: journal record %d is about %q: %w", r.Seq, r.Subject, err)
	}
	return a, nil
}

// visitOf reads the visit that a record is about.
func visitOf(tx interface {
	Visit(inspections.VisitID) (inspections.Visit, error)
}, r journal.Record) (inspections.Visit, error) {
	var id inspections.VisitID
	if _, err := fmt.Sscanf(r.Subject, "visit/%d", &id); err != nil {
		return inspections.Visit{}, fmt.Errorf("office: journal record %d is about %q: %w", r.Seq, r.Subject, err)
	}
	return tx.Visit(id)
}

// ofBranch reports whether a record speaks of an investigation as it then stood.
func ofBranch(kind string) bool {
	return kind == "case.statement" || kind == "case.branch_concluded" || kind == "case.unit_named" || kind == "case.measure_decided"
}

// CheckWords holds what stands in the tables of cases and members to what the journal committed to: a word changed past the
// program is named by the record that knew it. The chain itself is checked by journal.Verify. Error: *ChangedError.
func CheckWords(tx WordsTx) (Words, error) {
	list, err := tx.JournalSalts()
	if err != nil {
		return Words{}, err
	}
	c := wordCheck{tx: tx, salts: map[int64]journal.Salt{}, cases: map[inspections.CaseID]file{}, last: map[string]journal.Record{}, said: map[string]int64{}}
	c.people = memberCheck{said: map[inspections.MemberID]memberSaid{}, gone: map[inspections.MemberID]int64{}}
	for _, s := range list {
		c.salts[s.Seq] = s
	}
	const page = 2000
	for seq := int64(0); ; {
		records, err := tx.JournalAfter(seq, page)
		if err != nil {
			return c.found, err
		}
		for _, r := range records {
			seq = r.Seq
			if err := c.record(r); err != nil {
				return c.found, err
			}
		}
		if len(records) < page {
			break
		}
	}
	for key, r := range c.last { // an investigation is held to the last record of it
		if err := c.branch(r, c.said[key] > r.Seq); err != nil {
			return c.found, err
		}
	}
	roster, err := tx.Roster()
	if err != nil {
		return c.found, err
	}
	err = c.people.hold(roster.Members, &c.found)
	return c.found, err
}

type wordCheck struct {
	tx    WordsTx
	salts map[int64]journal.Salt
	cases map[inspections.CaseID]file
	last  map[string]journal.Record // of an investigation
	said  map[string]int64          // the last statement that came as an act
	notes map[inspections.FindingID]string
	found Words

	people     memberCheck
	judgements map[int64]inspections.Judgement
}

func (c *wordCheck) record(r journal.Record) error {
	if ofMembers, err := c.people.record(r); ofMembers || err != nil {
		return err
	}
	commitments, err := r.Private()
	if err != nil || len(commitments) == 0 {
		return err
	}
	if r.Kind == entrySetting {
		value, err := c.setting(r)
		if err != nil {
			return err
		}
		return c.hold(r, commitments, map[string]string{"value": value})
	}
	if r.Kind == entryCancelled {
		v, err := visitOf(c.tx, r)
		if err != nil {
			return err
		}
		return c.hold(r, commitments, map[string]string{"reason": v.Reason})
	}
	if r.Kind == entryJudged {
		words, err := c.judged(r)
		if err != nil {
			return err
		}
		return c.hold(r, commitments, words)
	}
	a, err := aboutOf(r)
	if err != nil {
		return err
	}
	key := fmt.Sprintf("%d/%d", a.of, a.Branch)
	switch {
	case ofBranch(r.Kind):
		c.last[key] = r
		return nil
	case r.Kind == entryProposed:
		note, err := c.note(r)
		if err != nil {
			return err
		}
		return c.hold(r, commitments, map[string]string{"note": note})
	case r.Kind == entryRefused:
		one, err := c.tx.Case(a.of)
		if err != nil {
			return err
		}
		return c.hold(r, commitments, map[string]string{"reason": one.Reason})
	case r.Kind == entryAct:
		if a.Kind == string(casework.ActStatement) {
			c.said[key] = r.Seq
		}
		w, err := c.file(a.of)
		if err != nil {
			return err
		}
		i := index(w.Acts, func(one casework.Act) bool { return one.Seq == a.Act })
		if i < 0 {
			return &ChangedError{r.Seq, "act"}
		}
		return c.hold(r, commitments, wordsOfAct(w.Acts[i]))
	}
	return fmt.Errorf("office: journal record %d: nobody knows where the words of %s stand", r.Seq, r.Kind)
}

func (c *wordCheck) branch(r journal.Record, saidSince bool) error {
	commitments, err := r.Private()
	if err != nil {
		return err
	}
	a, err := aboutOf(r)
	if err != nil {
		return err
	}
	w, err := c.file(a.of)
	if err != nil {
		return err
	}
	i := index(w.Branches, func(b casework.Branch) bool { return b.Seq == a.Branch })
	if i < 0 {
		return &ChangedError{r.Seq, "branch"}
	}
	said := ""
	for _, one := range w.Acts {
		if one.Branch == a.Branch && one.Kind == casework.ActStatement {
			said = one.Text
		}
	}
	if said != w.Branches[i].Statement && said != "" {
		return &ChangedError{r.Seq, "statement"} // it stands in two places, which must agree
	}
	if saidSince {
		delete(commitments, "statement") // the act's own record holds it
	}
	return c.hold(r, commitments, wordsOfBranch(w.Branches[i], w.Measures))
}

// hold compares words with a record's commitments.
func (c *wordCheck) hold(r journal.Record, commitments, words map[string]string) error {
	salt, ok := c.salts[r.Seq]
	switch {
	case !ok || salt.Salt == "" && salt.Erased.IsZero():
		return &ChangedError{r.Seq, "salt"}
	case salt.Salt == "":
		c.found.Erased++
		return nil
	}
	for field, want := range commitments {
		if journal.Commit(salt.Salt, field, words[field]) != want {
			return &ChangedError{r.Seq, field}
		}
	}
	c.found.Checked++
	return nil
}

func (c *wordCheck) file(id inspections.CaseID) (file, error) {
	if w, ok := c.cases[id]; ok {
		return w, nil
	}
	var w file
	var err error
	if w.Acts, err = c.tx.Acts(id); err != nil {
		return w, err
	}
	if w.Branches, err = c.tx.Branches(id); err != nil {
		return w, err
	}
	w.Measures, err = c.tx.Measures(id)
	c.cases[id] = w
	return w, err
}

// setting is the value that was set with a record.
func (c *wordCheck) setting(r journal.Record) (string, error) {
	all, err := c.tx.Settings()
	for _, s := range all {
		if r.Subject == "setting/"+s.Key && s.Recorded == r.At {
			return s.Value, err
		}
	}
	return "", err
}

// note is the finding's of which a case was proposed.
func (c *wordCheck) note(r journal.Record) (string, error) {
	if c.notes == nil {
		all, err := c.tx.Findings(inspections.FindingFilter{})
		if err != nil {
			return "", err
		}
		c.notes = map[inspections.FindingID]string{}
		for _, f := range all {
			c.notes[f.ID] = f.Note
		}
	}
	id, err := findingOf(r)
	return c.notes[id], err
}

func findingOf(r journal.Record) (inspections.FindingID, error) {
	var body struct {
		Finding inspections.FindingID `json:"finding"`
	}
	err := json.NewDecoder(strings.NewReader(r.Body)).Decode(&body)
	return body.Finding, err
}
