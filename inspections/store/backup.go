package store

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"io"
	"strings"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// A backup is a zip file that any database of this program takes back: tables/NAME.jsonl with one JSON list
// a row, its values in the order of Entry.Columns; blobs/SHA256 with the bytes of evidence and papers; and
// manifest.json, written last, so that a file that was cut off has none. It holds no key and no session.
const (
	backupFormat = "anfang-backup"
	backupSchema = 1
	manifestName = "manifest.json"
)

// Manifest is what a backup says of itself.
type Manifest struct {
	Format    string               `json:"format"`
	Schema    int                  `json:"schema"`
	County    inspections.CountyID `json:"county"`
	MadeAt    calendar.Instant     `json:"made_at"`
	Migration int64                `json:"migration"` // version of the schema the rows have
	Journal   JournalMark          `json:"journal"`   // where the journal stood
	Entries   []Entry              `json:"entries"`
}

// JournalMark is a place in the journal: Seq 0 and no hash for an empty one.
type JournalMark struct {
	Seq  int64  `json:"seq"`
	Hash string `json:"hash"`
}

// Entry is one file of a backup.
type Entry struct {
	Name    string   `json:"name"`
	Columns []string `json:"columns,omitempty"` // of a table
	Rows    int64    `json:"rows,omitempty"`
	Size    int64    `json:"size"` // octets before compression
	SHA256  string   `json:"sha256"`
}

// Rows counts the rows of all tables.
func (m Manifest) Rows() int64 {
	var n int64
	for _, e := range m.Entries {
		n += e.Rows
	}
	return n
}

// Blobs counts the pieces of evidence and the papers.
func (m Manifest) Blobs() int {
	n := 0
	for _, e := range m.Entries {
		if strings.HasPrefix(e.Name, blobFolder) {
			n++
		}
	}
	return n
}

const (
	tableFolder = "tables/"
	tableSuffix = ".jsonl"
	blobFolder  = "blobs/"
)

// Backup writes all records of the county as they stand at one moment, while others go on writing.
func (s *Store) Backup(ctx context.Context, w io.Writer) (Manifest, error) {
	version, err := s.schemaVersion(ctx)
	if err != nil {
		return Manifest{}, err
	}
	b := backup{zip: zip.NewWriter(w), manifest: Manifest{Format: backupFormat, Schema: backupSchema, County: s.County(), Migration: version}}
	if err := s.View(ctx, b.records); err != nil {
		return Manifest{}, err
	}
	if err := b.sign(); err != nil {
		return Manifest{}, fmt.Errorf("store: backup: %w", err)
	}
	return b.manifest, nil
}

// backup is a backup being written.
type backup struct {
	zip      *zip.Writer
	manifest Manifest
}

func (b *backup) records(t *Tx) error {
	head, err := t.JournalHead()
	if err != nil {
		return err
	}
	b.manifest.MadeAt, b.manifest.Journal = t.Now(), JournalMark{head.Seq, head.Hash}
	shapes, err := kept(t)
	if err != nil {
		return err
	}
	for _, s := range shapes {
		if err := b.table(t, s); err != nil {
			return err
		}
	}
	all, err := blobs.all(t, where{}, "ORDER BY sha256")
	if err != nil {
		return err
	}
	for _, row := range all {
		if !row.Erased.IsZero() {
			continue // its row alone goes into the backup
		}
		data, err := t.Blob(row.SHA)
		if err != nil {
			return err
		}
		entry, err := b.entry(blobFolder + row.SHA)
		if err != nil {
			return err
		}
		if _, err := entry.Write(data); err != nil {
			return fmt.Errorf("store: backup: %w", err)
		}
		b.add(entry, Entry{})
	}
	return nil
}

// table writes the rows of a table in the order of its key.
func (b *backup) table(t *Tx, s shape) error {
	entry, err := b.entry(tableFolder + s.name + tableSuffix)
	if err != nil {
		return err
	}
	encoder := json.NewEncoder(entry)
	encoder.SetEscapeHTML(false)
	query := "SELECT " + listed(s.columns) + " FROM " + s.name + " WHERE county_id = ? ORDER BY " + listed(s.key)
	n := int64(0)
	err = t.each(query, []any{t.County()}, func(values []any) error {
		n++
		for i, v := range values {
			values[i] = neutral(v)
		}
		return encoder.Encode(values)
	})
	if err != nil {
		return err
	}
	b.add(entry, Entry{Columns: s.columns, Rows: n})
	return nil
}

// neutral is a value as both databases would have given it.
func neutral(v any) any {
	switch v := v.(type) {
	case []byte:
		return string(v)
	case bool:
		if v {
			return 1
		}
		return 0
	}
	return v
}

// sign closes the backup with its manifest.
func (b *backup) sign() error {
	raw, err := json.MarshalIndent(b.manifest, "", " ")
	if err != nil {
		return err
	}
	w, err := b.zip.CreateHeader(b.header(manifestName))
	if err != nil {
		return err
	}
	if _, err := w.Write(raw); err != nil {
		return err
	}
	return b.zip.Close()
}

func (b *backup) header(name string) *zip.FileHeader {
	return &zip.FileHeader{Name: name, Method: zip.Deflate, Modified: b.manifest.MadeAt.Time}
}

// entry begins a file of the backup.
func (b *backup) entry(name string) (*counted, error) {
	w, err := b.zip.CreateHeader(b.header(name))
	if err != nil {
		return nil, fmt.Errorf("store: backup: %w", err)
	}
	return &counted{to: w, name: name, sum: sha256.New()}, nil
}

// add notes a file that was written.
func (b *backup) add(c *counted, e Entry) {
	e.Name, e.Size, e.SHA256 = c.name, c.size, hex.EncodeToString(c.sum.Sum(nil))
	b.manifest.Entries = append(b.manifest.Entries, e)
}

// counted passes on what is written, and knows how much it was and its hash.
type counted struct {
	to   io.Writer
	name string
	size int64
	sum  hash.Hash
}

func (c *counted) Write(p []byte) (int, error) {
	n, err := c.to.Write(p)
	c.size += int64(n)
	c.sum.Write(p[:n])
	return n, err
}
