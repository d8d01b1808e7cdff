package reports

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/duties"
	"anfang.example/inspections/journal"
)

// FormOfCaseFile is the form in which case files are made now. A file made in an earlier form keeps it, so that it can be
// made again to the byte: form 0 had neither reminders, reports nor confirmations, and let forms run over a page's end.
const FormOfCaseFile = 1

// CaseFile is everything a reviewer needs about one case, as of a position of the journal, with names
// resolved as of the day of the fact (Roster.On). Parts that do not exist yet are empty, never invented.
type CaseFile struct {
	Form       int // FormOfCaseFile of its day
	Issuer     string
	Sample     bool `json:"-"` // of a paper by itself: the settings of papers are not complete
	Case       casework.Case
	Township   string
	Village    string
	Unit       string // of the member on that day, "" to be named
	Member     string // "" no person
	Approver   string // post of the approver as printed
	Finding    inspections.Finding
	HasFinding bool
	Visit      inspections.Visit
	HasVisit   bool
	Inspectors []string
	Seen       *inspections.Attendance // the member's line in the visit record
	Checks     []inspections.Check
	Branches   []CaseBranch
	Measures   []casework.Measure
	Acts       []casework.Act
	Evidence   []inspections.Evidence
	Letters    []CaseLetter
	Papers     map[string]CasePaper          // evidence and stamped originals by SHA-256, as far as they are kept
	Signers    map[inspections.UserID]Signer // who signed, by user
	Pictures   map[string][]byte             `json:"-"` // those of Papers that are pictures
	Files      map[string][]byte             `json:"-"` // those that are PDF files, attached as they are
	Clocks     []duties.Obligation
	Reminders  []CaseReminder    // of the clocks, oldest first
	Issues     []CaseIssue       // numbered papers that left in the case
	Reports    []casework.Report // of the township, with the numbers of their receipts
	Proof      string            // hash of the week's freeze, for the proof that the visit was drawn
	Journal    []journal.Record  // of this case and its visit
	Head       journal.Record
	Sealed     string           // the head as printed, signed
	At         calendar.Instant // of the head
}

// CaseBranch is a branch with its party's name and who answered for it.
type CaseBranch struct {
	casework.Branch
	Name        string
	Responsible []casework.Post
}

// GatherCase reads a case's file as of the journal's head. Error: NotFound.
func GatherCase(tx Tx, id inspections.CaseID) (CaseFile, error) {
	c, err := tx.Case(id)
	if err != nil {
		return CaseFile{}, err
	}
	roster, err := tx.Roster()
	if err != nil {
		return CaseFile{}, err
	}
	roster = roster.On(c.FactAt.Date())
	set, err := settings(tx)
	if err != nil {
		return CaseFile{}, err
	}
	f := CaseFile{Form: FormOfCaseFile, Issuer: set[inspections.SetIssuer], Case: c, Approver: c.DecideDuty}
	if t, ok := roster.Township(c.Township); ok {
		f.Township = t.Name
	}
	if t, ok := roster.Team(c.Team); ok {
		f.Village = t.Village
	}
	if m, ok := roster.Member(c.Member); ok {
		f.Member = m.Name
	}
	for _, p := range roster.PostingsOf(c.Team, c.FactAt.Date()) {
		if u, ok := roster.Unit(p.Unit); ok && p.Member == c.Member {
			f.Unit = u.Name
		}
	}
	for _, step := range []func(Tx, *inspections.Roster) error{f.visit, f.branches, f.reported, f.records, f.reminders, f.issues, f.papers, f.signers} {
		if err := step(tx, roster); err != nil {
			return CaseFile{}, fmt.Errorf("reports: case %s: %w", c.Number, err)
		}
	}
	return f, nil
}

// visit fills the source: the finding, the visit, who went, what they saw.
func (f *CaseFile) visit(tx Tx, roster *inspections.Roster) error {
	if f.Case.Visit == 0 { // reported by the township, or entered by hand
		found, err := tx.Findings(inspections.FindingFilter{From: f.Case.FactAt, Until: calendar.InstantOf(f.Case.FactAt.Add(time.Microsecond))})
		for _, one := range found {
			if one.ID == f.Case.Finding {
				f.Finding, f.HasFinding = one, true
			}
		}
		return err
	}
	var err error
	if f.Visit, err = tx.Visit(f.Case.Visit); err != nil {
		return err
	}
	f.HasVisit = true
	for _, id := range []inspections.InspectorID{f.Visit.First, f.Visit.Second} {
		if n, ok := roster.Inspector(id); ok {
			f.Inspectors = append(f.Inspectors, n.Name)
		}
	}
	found, err := tx.Findings(inspections.FindingFilter{Visit: f.Case.Visit})
	if err != nil {
		return err
	}
	for _, one := range found {
		if one.ID == f.Case.Finding {
			f.Finding, f.HasFinding = one, true
		}
	}
	lines, err := tx.Attendances(f.Case.Visit)
	if err != nil {
		return err
	}
	for _, l := range lines {
		if l.Member == f.Case.Member {
			f.Seen = &l
		}
	}
	if f.Checks, err = tx.Checks(f.Case.Visit); err != nil {
		return err
	}
	freezes, err := tx.Freezes()
	if err != nil {
		return err
	}
	for _, w := range freezes {
		if f.Visit.Kind == inspections.VisitRandom && w.Year == f.Visit.Year && w.Week == f.Visit.Week {
			f.Proof = w.Hash
		}
	}
	return nil
}

func (f *CaseFile) branches(tx Tx, roster *inspections.Roster) error {
	list, err := tx.Branches(f.Case.ID)
	if err != nil {
		return err
	}
	for _, b := range list {
		cb := CaseBranch{Branch: b}
		switch b.Side {
		case casework.SideTownship:
			cb.Name = f.Township
		case casework.SideUnit:
			if u, ok := roster.Unit(inspections.UnitID(b.Party.ID)); ok {
				cb.Name = u.Name
			}
		case casework.SideMember:
			cb.Name = f.Member
		}
		if err := json.Unmarshal([]byte(b.Responsible), &cb.Responsible); err != nil {
			return fmt.Errorf("branch %d: %w", b.Seq, err)
		}
		f.Branches = append(f.Branches, cb)
	}
	if f.Measures, err = tx.Measures(f.Case.ID); err != nil {
		return err
	}
	f.Acts, err = tx.Acts(f.Case.ID)
	return err
}

// records fills evidence, clocks and the extract of the journal.
func (f *CaseFile) records(tx Tx, _ *inspections.Roster) error {
	mine := fmt.Sprintf("case/%d", f.Case.ID)
	subjects := []string{mine}
	if f.Case.Finding != 0 {
		subjects = append(subjects, fmt.Sprintf("finding/%d", f.Case.Finding))
	}
	for _, r := range f.Reports {
		subjects = append(subjects, fmt.Sprintf("report/%d", r.ID))
	}
	if f.HasVisit {
		subjects = append(subjects, fmt.Sprintf("visit/%d", f.Case.Visit))
		evidence, err := tx.Evidence(f.Case.Visit, 0)
		if err != nil {
			return err
		}
		f.Evidence = evidence
	}
	own, err := tx.Evidence(0, f.Case.ID)
	if err != nil {
		return err
	}
	f.Evidence = append(f.Evidence, own...)
	owing := casework.Subjects(f.Case.ID, f.Measures, f.Acts)
	if f.HasVisit {
		owing = append(owing, fmt.Sprintf("visit/%d", f.Case.Visit))
	}
	for _, subject := range owing {
		owed, err := tx.Obligations(duties.Filter{Subject: subject})
		if err != nil {
			return err
		}
		f.Clocks = append(f.Clocks, owed...)
	}
	if f.Head, err = tx.JournalHead(); err != nil {
		return err
	}
	f.At = f.Head.At
	return f.extract(tx, subjects)
}

// extract adds the journal's records of some subjects, of all kinds or of the given ones, without their bodies: the paper
// prints none.
func (f *CaseFile) extract(tx Tx, subjects []string, kinds ...string) error {
	for _, subject := range subjects {
		records, err := tx.JournalOf(subject)
		if err != nil {
			return err
		}
		for _, r := range records {
			if len(kinds) > 0 && !slices.Contains(kinds, r.Kind) {
				continue
			}
			r.Body = ""
			f.Journal = append(f.Journal, r)
		}
	}
	slices.SortFunc(f.Journal, func(a, b journal.Record) int { return cmp.Compare(a.Seq, b.Seq) })
	return nil
}
