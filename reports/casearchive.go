package reports

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/journal"
	"anfang.example/inspections/office"
)

// givenOut is the body of that entry: what the file was made of and what came of it.
type givenOut struct {
	AsOf   int64  `json:"as_of"`            // position of the journal the file stands at
	Made   string `json:"made,omitempty"`   // SHA-256 of the frozen contents, when this is where they were frozen
	PDF    string `json:"pdf"`              // SHA-256 of the file
	Volume string `json:"volume,omitempty"` // the month whose volume it stands in
}

// CaseVolume is all case files of a month in one, with its list and pages numbered through.
type CaseVolume struct {
	Issuer string
	Month  calendar.Month
	Files  []CaseFile
	Head   journal.Record
	Sealed string
	At     calendar.Instant
}

// mayRead refuses who must not see case files.
func mayRead(by inspections.Actor) error {
	if by.Is(inspections.RoleClerk, inspections.RoleAdmin, inspections.RoleLeader, inspections.RoleReviewer) {
		return nil
	}
	return inspections.Fail(inspections.Forbidden, "forbidden", "role", string(by.Role))
}

// CaseFilePDF builds a case's file as of the journal's head. Reading it is journalled before the bytes are given out,
// together with what the file was made of, so that CaseFileAt gives the same bytes later.
func (p *Press) CaseFilePDF(ctx context.Context, by inspections.Actor, id inspections.CaseID) ([]byte, error) {
	if err := mayRead(by); err != nil {
		return nil, err
	}
	var file CaseFile
	err := p.View(ctx, func(tx Tx) (err error) {
		file, err = p.gather(tx, id)
		return err
	})
	if err != nil {
		return nil, err
	}
	raw, err := p.Render.CaseFile(ctx, file) // outside of any transaction: it takes longer than others should wait
	if err != nil {
		return nil, err
	}
	frozen, err := freezeFile(file)
	if err != nil {
		return nil, err
	}
	err = p.InTx(ctx, func(tx Tx) error {
		sha, err := tx.PutBlob("application/gzip", frozen)
		if err != nil {
			return err
		}
		return journalRead(tx, by, id, givenOut{AsOf: file.Head.Seq, Made: sha, PDF: digest(raw)})
	})
	if err != nil {
		return nil, err
	}
	return raw, nil
}

// CaseFileAt gives the file as it was made at an earlier position of the journal, to the byte. Errors: NotFound
// "casefile.not_made" when none was made there; Conflict "casefile.erased" when what it was made of was lawfully
// erased since, "casefile.differs" when program, words or fonts are others than those of that day.
func (p *Press) CaseFileAt(ctx context.Context, by inspections.Actor, id inspections.CaseID, seq int64) ([]byte, error) {
	if err := mayRead(by); err != nil {
		return nil, err
	}
	var file CaseFile
	var made givenOut
	err := p.View(ctx, func(tx Tx) (err error) {
		if made, err = madeAt(tx, id, seq); err != nil {
			return err
		}
		file, err = thawFile(tx, made.Made)
		if inspections.IsNotFound(err) {
			return inspections.Fail(inspections.Conflict, "casefile.erased", "seq", seq, "sha", made.PDF).Because(err)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	raw, err := p.Render.CaseFile(ctx, file)
	if err != nil {
		return nil, err
	}
	if got := digest(raw); got != made.PDF {
		return nil, inspections.Fail(inspections.Conflict, "casefile.differs", "seq", seq, "sha", made.PDF)
	}
	err = p.InTx(ctx, func(tx Tx) error {
		return journalRead(tx, by, id, givenOut{AsOf: seq, PDF: made.PDF})
	})
	if err != nil {
		return nil, err
	}
	return raw, nil
}

// CaseVolumePDF builds the volume of a month: every case proposed in it. Each case's reading is journalled.
// Error: NotFound "casefile.no_cases".
func (p *Press) CaseVolumePDF(ctx context.Context, by inspections.Actor, m calendar.Month) ([]byte, error) {
	if err := mayRead(by); err != nil {
		return nil, err
	}
	v := CaseVolume{Month: m}
	err := p.View(ctx, func(tx Tx) error {
		list, err := tx.Cases(casework.Filter{From: calendar.InstantOf(m.First().Start()), Until: calendar.InstantOf(m.Last().End())})
		if err != nil {
			return err
		}
		for _, c := range list {
			file, err := p.gather(tx, c.ID)
			if err != nil {
				return err
			}
			v.Files = append(v.Files, file)
			v.Issuer, v.Head, v.Sealed, v.At = file.Issuer, file.Head, file.Sealed, file.At
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if len(v.Files) == 0 {
		return nil, inspections.Fail(inspections.NotFound, "casefile.no_cases", "month", m.String())
	}
	raw, err := p.Render.CaseVolume(ctx, v)
	if err != nil {
		return nil, err
	}
	err = p.InTx(ctx, func(tx Tx) error {
		for _, f := range v.Files {
			if err := journalRead(tx, by, f.Case.ID, givenOut{AsOf: v.Head.Seq, PDF: digest(raw), Volume: m.String()}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return raw, nil
}

// gather is GatherCase with the words of the letters and the signed head.
func (p *Press) gather(tx Tx, id inspections.CaseID) (CaseFile, error) {
	file, err := GatherCase(tx, id)
	if err != nil {
		return file, err
	}
	if err := file.letters(tx, p.Print); err != nil {
		return file, fmt.Errorf("reports: case %s: %w", file.Case.Number, err)
	}
	file.Sealed, err = p.sealed(file.Head)
	return file, err
}

func journalRead(tx Tx, by inspections.Actor, id inspections.CaseID, body givenOut) error {
	_, err := journal.Append(tx, journal.Entry{Kind: office.EntryFileRead, Actor: by.Ref(), Subject: fmt.Sprintf("case/%d", id), Body: body})
	return err
}

// madeAt finds the file that was made at a position.
func madeAt(tx Tx, id inspections.CaseID, seq int64) (givenOut, error) {
	records, err := tx.JournalOf(fmt.Sprintf("case/%d", id))
	if err != nil {
		return givenOut{}, err
	}
	var known []int64
	for _, r := range records {
		if r.Kind != office.EntryFileRead {
			continue
		}
		var body givenOut
		if err := json.Unmarshal([]byte(r.Body), &body); err != nil {
			return givenOut{}, fmt.Errorf("reports: journal record %d: %w", r.Seq, err)
		}
		if body.Made == "" {
			continue
		}
		if body.AsOf == seq {
			return body, nil
		}
		known = append(known, body.AsOf)
	}
	if len(known) == 0 {
		return givenOut{}, inspections.Fail(inspections.NotFound, "casefile.never_made", "seq", seq)
	}
	return givenOut{}, inspections.Fail(inspections.NotFound, "casefile.not_made", "seq", seq, "made", known[len(known)-1])
}

// freezeFile packs what a file is made of; pictures stand in it by their SHA-256.
func freezeFile(f CaseFile) ([]byte, error) {
	raw, err := json.Marshal(f)
	if err != nil {
		return nil, fmt.Errorf("reports: case file: %w", err)
	}
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	if _, err := z.Write(raw); err != nil {
		return nil, err
	}
	err = z.Close()
	return out.Bytes(), err
}

// thawFile unpacks it. Error: NotFound when it or one of its pictures is no longer kept.
func thawFile(tx Tx, sha string) (CaseFile, error) {
	var f CaseFile
	packed, err := tx.Blob(sha)
	if err != nil {
		return f, err
	}
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return f, fmt.Errorf("reports: case file: %w", err)
	}
	raw, err := io.ReadAll(z)
	if err != nil {
		return f, fmt.Errorf("reports: case file: %w", err)
	}
	if err := json.Unmarshal(raw, &f); err != nil {
		return f, fmt.Errorf("reports: case file: %w", err)
	}
	f.Pictures, f.Files = map[string][]byte{}, map[string][]byte{}
	for kept, paper := range f.Papers {
		switch {
		case paper.Picture():
			f.Pictures[kept], err = tx.Blob(kept)
		case paper.Media == mediaPDF:
			f.Files[kept], err = tx.Blob(kept)
		}
		if err != nil {
			return f, err
		}
	}
	return f, nil
}

func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
