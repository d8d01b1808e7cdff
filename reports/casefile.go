package reports

import (
	"context"
	"encoding/json"
	"fmt"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/duties"
	"anfang.example/inspections/journal"
)

// CaseFile is everything a reviewer needs about one case, as of a position of the journal, with names
// resolved as of the day of the fact. Parts that do not exist yet are empty, never invented.
type CaseFile struct {
	Issuer     string
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
	Pictures   map[string][]byte // of the evidence, by SHA-256; what was lawfully erased is not there
	Clocks     []duties.Obligation
	Proof      string           // hash of the week's freeze, for the proof that the visit was drawn
	Journal    []journal.Record // of this case and its visit
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

// CaseFilePDF builds a case's file; reading it is itself journalled before the bytes are given out.
func (p *Press) CaseFilePDF(ctx context.Context, by inspections.Actor, id inspections.CaseID) ([]byte, error) {
	if !by.Is(inspections.RoleClerk, inspections.RoleAdmin, inspections.RoleLeader, inspections.RoleReviewer) {
		return nil, inspections.Fail(inspections.Forbidden, "forbidden", "role", string(by.Role))
	}
	var file CaseFile
	err := p.InTx(ctx, func(tx Tx) error {
		var err error
		if file, err = GatherCase(tx, id); err != nil {
			return err
		}
		if file.Sealed, err = p.sealed(file.Head); err != nil {
			return err
		}
		_, err = journal.Append(tx, journal.Entry{
			Kind: "case.file_read", Actor: by.Ref(), Subject: fmt.Sprintf("case/%d", id), Body: map[string]any{"as_of": file.Head.Seq},
		})
		return err
	})
	if err != nil {
		return nil, err
	}
	return p.Render.CaseFile(ctx, file)
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
	set, err := settings(tx)
	if err != nil {
		return CaseFile{}, err
	}
	f := CaseFile{Issuer: set[inspections.SetIssuer], Case: c, Approver: c.DecideDuty}
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
	for _, step := range []func(Tx, *inspections.Roster) error{f.visit, f.branches, f.records} {
		if err := step(tx, roster); err != nil {
			return CaseFile{}, fmt.Errorf("reports: case %s: %w", c.Number, err)
		}
	}
	return f, nil
}

// visit fills the source: the finding, the visit, who went, what they saw.
func (f *CaseFile) visit(tx Tx, roster *inspections.Roster) error {
	if f.Case.Visit == 0 {
		return nil
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
	subjects := map[string]bool{mine: true}
	if f.HasVisit {
		subjects[fmt.Sprintf("visit/%d", f.Case.Visit)] = true
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
	f.Pictures = map[string][]byte{}
	for _, e := range f.Evidence {
		if e.Media != "image/jpeg" && e.Media != "image/png" {
			continue
		}
		data, err := tx.Blob(e.SHA)
		if inspections.IsNotFound(err) {
			continue
		}
		if err != nil {
			return err
		}
		f.Pictures[e.SHA] = data
	}
	owing := []string{mine}
	for _, a := range f.Acts {
		if a.Kind == casework.ActHandover {
			owing = append(owing, fmt.Sprintf("case/%d/act/%d", f.Case.ID, a.Seq))
		}
	}
	for _, m := range f.Measures {
		owing = append(owing, fmt.Sprintf("measure/%d", m.ID))
	}
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

func (f *CaseFile) extract(tx Tx, subjects map[string]bool) error {
	const page = 2000
	var seq int64
	for {
		records, err := tx.JournalAfter(seq, page)
		if err != nil {
			return err
		}
		for _, r := range records {
			if subjects[r.Subject] {
				f.Journal = append(f.Journal, r)
			}
			seq = r.Seq
		}
		if len(records) < page {
			return nil
		}
	}
}
