package office

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"

	"anfang.example/inspections"
)

// Source is a file that was read, before its rows are merged.
type Source struct {
	Name     string
	SHA      string // of the file's bytes
	Problems int
	DryRun   bool               // everything is checked and nothing kept
	Rules    []inspections.Rule // of a ledger: the limits by which its places were told odd

	Questions []inspections.NameQuestion // names that a person must settle or has settled
	File      KeptFile                   // kept where there are questions, to be read again
}

// Tally says what an import changed.
type Tally struct {
	Import  inspections.ImportID `json:"import"`
	Repeat  bool                 `json:"repeat"` // the same bytes were imported before; nothing changed
	Rows    int                  `json:"rows"`
	Added   map[string]int       `json:"added"`   // by noun
	Changed map[string]int       `json:"changed"` // by noun
	Asked   int                  `json:"asked"`   // names that a person must settle
	// Receipts are the numbers of the receipts for duties handed in, in the order of the lines.
	Receipts []string `json:"receipts,omitempty"`
}

func newTally() Tally { return Tally{Added: map[string]int{}, Changed: map[string]int{}} }

var errDryRun = errors.New("office: dry run")

// ImportRoster merges a roster: what is new is added, what differs is changed, nothing is deleted.
// One transaction and one journal entry (hash of the file and of the rows committed). Errors: Forbidden,
// and those of the store.
func (o *Office) ImportRoster(ctx context.Context, by inspections.Actor, src Source, rows inspections.RosterRows) (Tally, error) {
	if err := allow(by, inspections.RoleAdmin, inspections.RoleClerk); err != nil {
		return Tally{}, err
	}
	var tally Tally
	err := o.InTx(ctx, func(tx Tx) error {
		tally = newTally()
		m := merger{tx: tx, tally: &tally, today: tx.Now().Date(), salt: o.salt, people: map[inspections.MemberID]bool{}}
		var err error
		if m.roster, err = tx.Roster(); err != nil {
			return err
		}
		if err := m.merge(rows); err != nil {
			return err
		}
		// The same file changes nothing the second time, unless something else changed in between.
		if len(tally.Added)+len(tally.Changed) == 0 {
			if repeat, err := importedBefore(tx, "roster", src, &tally); repeat || err != nil {
				return err
			}
		}
		return finishImport(tx, by, "roster", src, rows.Len(), rows, &tally, commitMembers(m.roster.Members, m.people))
	})
	if errors.Is(err, errDryRun) {
		err = nil
	}
	return tally, err
}

// ImportSignIns keeps the days of a ledger; a later file may correct an earlier one and both stay.
func (o *Office) ImportSignIns(ctx context.Context, by inspections.Actor, src Source, days []inspections.SignIn) (Tally, error) {
	if err := allow(by, inspections.RoleAdmin, inspections.RoleClerk); err != nil {
		return Tally{}, err
	}
	var tally Tally
	err := o.InTx(ctx, func(tx Tx) error {
		tally = newTally()
		if repeat, err := importedBefore(tx, "signins", src, &tally); repeat || err != nil {
			return err
		}
		// The import's row comes first: the days refer to it.
		imp := inspections.Import{Kind: "signins", Name: src.Name, SHA: src.SHA, Rows: len(days), Problems: src.Problems, At: tx.Now()}
		if err := tx.AddImport(&imp); err != nil {
			return err
		}
		kept := make([]inspections.SignIn, len(days))
		for i, d := range days {
			d.Import = imp.ID
			kept[i] = d
		}
		if err := tx.AddSignIns(kept); err != nil {
			return err
		}
		var err error
		if tally.Asked, err = keepQuestions(tx, imp, src); err != nil {
			return err
		}
		tally.Import, tally.Rows = imp.ID, len(days)
		tally.Added["signin"] = len(days)
		return closeImport(tx, by, imp, days, nil, src)
	})
	if errors.Is(err, errDryRun) {
		err = nil
	}
	return tally, err
}

// ImportLeaves keeps leave and duty travel that a township or unit reported in a list. What it names in other words than
// an earlier entry corrects that; both stay on record.
func (o *Office) ImportLeaves(ctx context.Context, by inspections.Actor, src Source, leaves []inspections.Leave) (Tally, error) {
	if err := allow(by, inspections.RoleAdmin, inspections.RoleClerk); err != nil {
		return Tally{}, err
	}
	var tally Tally
	err := o.InTx(ctx, func(tx Tx) error {
		tally = newTally()
		if repeat, err := importedBefore(tx, "leave", src, &tally); repeat || err != nil {
			return err
		}
		if err := addLeaves(tx, leaves, &tally); err != nil {
			return err
		}
		return finishImport(tx, by, "leave", src, len(leaves), leaves, &tally, nil)
	})
	if errors.Is(err, errDryRun) {
		err = nil
	}
	return tally, err
}

// importedBefore looks for the same bytes; importing a file twice changes nothing.
func importedBefore(tx Tx, kind string, src Source, tally *Tally) (bool, error) {
	old, err := tx.ImportBySHA(kind, src.SHA)
	if inspections.IsNotFound(err) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	tally.Import, tally.Repeat, tally.Rows = old.ID, true, old.Rows
	return true, nil
}

func finishImport(tx Tx, by inspections.Actor, kind string, src Source, n int, rows any, tally *Tally, members map[string]string) error {
	imp := inspections.Import{Kind: kind, Name: src.Name, SHA: src.SHA, Rows: n, Problems: src.Problems, At: tx.Now()}
	if err := tx.AddImport(&imp); err != nil {
		return err
	}
	var err error
	if tally.Asked, err = keepQuestions(tx, imp, src); err != nil {
		return err
	}
	tally.Import, tally.Rows = imp.ID, n
	return closeImport(tx, by, imp, rows, members, src)
}

// closeImport journals an import as one entry, with the commitments of the members it speaks of, and, on a dry run, asks for
// all of it to be rolled back.
func closeImport(tx Tx, by inspections.Actor, imp inspections.Import, rows any, members map[string]string, src Source) error {
	raw, err := json.Marshal(rows)
	if err != nil {
		return fmt.Errorf("office: import: %w", err)
	}
	sum := sha256.Sum256(raw)
	body := map[string]any{"file_sha256": imp.SHA, "rows_sha256": hex.EncodeToString(sum[:]), "rows": imp.Rows, "problems": imp.Problems}
	if len(members) > 0 {
		body[membersKey] = members
	}
	if src.Rules != nil {
		body["rules"] = src.Rules
	}
	if err := record(tx, by, "import."+imp.Kind, fmt.Sprintf("import/%d", imp.ID), body); err != nil {
		return err
	}
	if src.DryRun {
		return errDryRun
	}
	return nil
}
