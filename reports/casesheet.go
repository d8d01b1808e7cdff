package reports

import (
	"context"
	"fmt"

	"anfang.example/inspections"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/journal"
	"anfang.example/inspections/office"
)

// SheetKind names a paper of a case that is printed, signed and stamped by itself.
type SheetKind string

// The papers of a case, in the order in which they come about.
const (
	SheetReported SheetKind = "reported"   // receipt for a township's report (1.4b)
	SheetApproval SheetKind = "approval"   // approval sheet for the start (3.6)
	SheetOpinion  SheetKind = "opinion"    // handling opinion on a township's report (3.2b)
	SheetStart    SheetKind = "start"      // start notice, by investigation
	SheetNotified SheetKind = "notified"   // service receipt of a start notice, by investigation
	SheetTalk     SheetKind = "talk"       // talk record signed by two, by act
	SheetCompare  SheetKind = "comparison" // the investigations side by side
	SheetDecision SheetKind = "decision"   // decision of a measure, by measure
	SheetServed   SheetKind = "served"     // its service receipt, by measure
	SheetHandover SheetKind = "handover"   // hand-over slip, by act
)

// Sheet is one such paper. N is the investigation, act or measure it is about; 0 where a case has one only.
type Sheet struct {
	Kind SheetKind `json:"kind"`
	N    int64     `json:"n"`
	Mark string    `json:"mark"` // tells it from others of its kind: the investigation's letter, the person
}

// Ref is how people ask for the paper: "approval", "talk/3".
func (s Sheet) Ref() string {
	if s.N == 0 {
		return string(s.Kind)
	}
	return fmt.Sprintf("%s/%d", s.Kind, s.N)
}

// SheetsOf lists the papers that a case has come to; what has not happened has no paper.
func SheetsOf(c casework.Case, measures []casework.Measure, acts []casework.Act) []Sheet {
	var list []Sheet
	if c.Source == "report" {
		list = append(list, Sheet{Kind: SheetReported})
	}
	list = append(list, Sheet{Kind: SheetApproval})
	if c.Source == "report" && !c.Decided.IsZero() {
		list = append(list, Sheet{Kind: SheetOpinion})
	}
	of := func(kind casework.ActKind, sheets ...SheetKind) {
		for _, a := range acts {
			if a.Kind != kind {
				continue
			}
			for _, k := range sheets {
				s := Sheet{Kind: k, N: int64(a.Seq), Mark: BranchLetter(a.Branch)}
				if kind == casework.ActInvited {
					s.N = int64(a.Branch)
				}
				list = append(list, s)
			}
		}
	}
	of(casework.ActInvited, SheetStart, SheetNotified)
	of(casework.ActTalk, SheetTalk)
	if c.State == casework.Open || c.State == casework.Closed {
		list = append(list, Sheet{Kind: SheetCompare})
	}
	for _, m := range measures {
		for _, k := range []SheetKind{SheetDecision, SheetServed} {
			list = append(list, Sheet{Kind: k, N: int64(m.ID), Mark: m.Person})
		}
	}
	of(casework.ActHandover, SheetHandover)
	return list
}

// Addressed reports whether a paper goes to a body, which may then print it: a township its receipt and the opinion on its report,
// each side its own start notice.
func (s Sheet) Addressed(to inspections.Party, c casework.Case, branches []casework.Branch) bool {
	switch s.Kind {
	case SheetReported, SheetOpinion:
		return to == inspections.Party{Kind: inspections.PartyTownship, ID: int64(c.Township)}
	case SheetStart:
		for _, b := range branches {
			if int64(b.Seq) == s.N && b.Party == to && to.ID != 0 {
				return true
			}
		}
	}
	return false
}

func (f CaseFile) plainBranches() []casework.Branch {
	list := make([]casework.Branch, len(f.Branches))
	for i, b := range f.Branches {
		list[i] = b.Branch
	}
	return list
}

// BranchLetter names an investigation: A is the first, "" the whole case.
func BranchLetter(seq int) string {
	if seq < 1 {
		return ""
	}
	return string(rune('A' + seq - 1))
}

// CaseSheetPDF prints one paper of a case as of the journal's head; giving it out is journalled like reading the file.
// A township or unit gets what is addressed to it. Errors: Forbidden, NotFound
// "casesheet.none" for a paper that the case has not come to.
func (p *Press) CaseSheetPDF(ctx context.Context, by inspections.Actor, id inspections.CaseID, ref string) ([]byte, error) {
	outside := by.Is(inspections.RoleTownship, inspections.RoleUnit) && by != inspections.System
	if err := mayRead(by); err != nil && !outside {
		return nil, err
	}
	var file CaseFile
	err := p.View(ctx, func(tx Tx) (err error) {
		if file, err = p.gather(tx, id); err != nil {
			return err
		}
		set, err := settings(tx)
		if err != nil {
			return err
		}
		file.Sample = !set.Official()
		file.Sealed, err = p.sealedBefore(tx, tx.Now())
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, s := range SheetsOf(file.Case, file.Measures, file.Acts) {
		if s.Ref() != ref {
			continue
		}
		if outside && !s.Addressed(by.Party, file.Case, file.plainBranches()) {
			break // to them it does not exist
		}
		raw, err := p.Render.CaseSheet(ctx, file, s)
		if err != nil {
			return nil, err
		}
		return raw, p.InTx(ctx, func(tx Tx) error {
			_, err := journal.Append(tx, journal.Entry{
				Kind: office.EntrySheetRead, Actor: by.Ref(), Subject: fmt.Sprintf("case/%d", id),
				Body: map[string]any{"sheet": ref, "as_of": file.Head.Seq, "pdf": digest(raw)},
			})
			return err
		})
	}
	return nil, inspections.Fail(inspections.NotFound, "casesheet.none", "case", file.Case.Number, "sheet", ref)
}
