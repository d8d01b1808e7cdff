package store

import (
	"archive/zip"
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"anfang.example/inspections"
	"anfang.example/inspections/journal"
)

// Bounds of what is taken from a backup: no row and no blob of this program comes near them.
const (
	mostManifest = 64 << 20
	mostRow      = 64 << 20
	mostBlob     = 256 << 20
)

// ReadManifest looks at a backup of size octets without taking it in. Error: Invalid for a file that is no
// whole backup, or one of a newer program.
func ReadManifest(file io.ReaderAt, size int64) (Manifest, error) {
	_, m, err := openBackup(file, size)
	return m, err
}

// CheckBackup reads a whole backup and holds every file in it to its hash. Error: Invalid.
func CheckBackup(file io.ReaderAt, size int64) (Manifest, error) {
	archive, m, err := openBackup(file, size)
	if err != nil {
		return m, err
	}
	for _, e := range m.Entries {
		f, err := archive.Open(e.Name)
		if err != nil {
			return m, damaged(e.Name, err)
		}
		sum := sha256.New()
		n, err := io.Copy(sum, f)
		if err = errors.Join(err, f.Close()); err != nil || n != e.Size || hex.EncodeToString(sum.Sum(nil)) != e.SHA256 {
			return m, damaged(e.Name, err)
		}
	}
	return m, nil
}

func openBackup(file io.ReaderAt, size int64) (*zip.Reader, Manifest, error) {
	var m Manifest
	archive, err := zip.NewReader(file, size)
	if err != nil {
		return nil, m, damaged("zip", err)
	}
	raw, err := readEntry(archive, manifestName, mostManifest)
	if err != nil {
		return nil, m, err
	}
	if err := json.Unmarshal(raw, &m); err != nil {
		return nil, m, damaged(manifestName, err)
	}
	switch {
	case m.Format != backupFormat:
		return nil, m, damaged(manifestName, nil)
	case m.Schema > backupSchema:
		return nil, m, inspections.Fail(inspections.Invalid, "backup.newer")
	case len(archive.File) != len(m.Entries)+1:
		return nil, m, damaged(manifestName, nil)
	}
	return archive, m, nil
}

// damaged is the error for a backup that is not as it was made; part is the file inside that shows it.
func damaged(part string, cause error) error {
	err := inspections.Fail(inspections.Invalid, "backup.damaged", "part", part)
	if cause != nil {
		return err.Because(cause)
	}
	return err
}

func readEntry(archive *zip.Reader, name string, most int64) ([]byte, error) {
	f, err := archive.Open(name)
	if err != nil {
		return nil, damaged(name, err)
	}
	raw, err := io.ReadAll(io.LimitReader(f, most+1))
	if err = errors.Join(err, f.Close()); err != nil || int64(len(raw)) > most {
		return nil, damaged(name, err)
	}
	return raw, nil
}

// Restore takes a backup into a database that holds nothing of its county yet, and verifies every row's
// table, every blob and the journal; all of it stands, or nothing. The schema is first brought to the
// backup's version and then to this program's. Errors: Invalid for a damaged backup or another county's,
// Conflict when the county has records or the schema is newer than the backup, Forbidden when the role does
// not own the schema, and those of check, which sees the records before they stand; nil checks nothing.
func (s *Store) Restore(ctx context.Context, file io.ReaderAt, size int64, check func(*Tx) error) (Manifest, error) {
	archive, m, err := openBackup(file, size)
	if err != nil {
		return m, err
	}
	if m.County != s.County() {
		return m, inspections.Fail(inspections.Invalid, "backup.other_county", "backup", int64(m.County), "county", int64(s.County()))
	}
	if err := s.levelWith(ctx, m); err != nil {
		return m, err
	}
	r := restore{archive: archive, manifest: m}
	err = s.InTx(ctx, func(t *Tx) error {
		if err := r.records(t); err != nil || check == nil {
			return err
		}
		return check(t)
	})
	if err != nil {
		return m, err
	}
	_, err = s.Migrate(ctx)
	return m, err
}

// levelWith gives the database the schema of the backup.
func (s *Store) levelWith(ctx context.Context, m Manifest) error {
	steps, err := s.MigrateStatus(ctx)
	if err != nil {
		return err
	}
	if len(steps) == 0 || m.Migration < 1 || m.Migration > steps[len(steps)-1].Version {
		return inspections.Fail(inspections.Invalid, "backup.newer")
	}
	for _, step := range steps {
		if step.Applied && step.Version > m.Migration {
			return inspections.Fail(inspections.Conflict, "backup.older", "backup", m.Migration, "schema", step.Version)
		}
	}
	return s.migrateTo(ctx, m.Migration)
}

// restore is a backup being taken in.
type restore struct {
	archive  *zip.Reader
	manifest Manifest
}

func (r *restore) records(t *Tx) error {
	shapes, err := kept(t)
	if err != nil {
		return err
	}
	if err := empty(t, shapes); err != nil {
		return err
	}
	if shapes, err = namedFirst(t, shapes); err != nil {
		return err
	}
	entries := map[string]Entry{}
	for _, e := range r.manifest.Entries {
		entries[e.Name] = e
	}
	guard, err := t.store.dialect.unguard(t, shapes)
	if err != nil {
		return err
	}
	for _, s := range shapes {
		name := tableFolder + s.name + tableSuffix
		e, found := entries[name]
		if !found {
			return damaged(name, nil)
		}
		delete(entries, name)
		if s.name == blobs.name {
			continue // its rows come with their bytes
		}
		if err := r.table(t, s, e); err != nil {
			return err
		}
	}
	if err := r.blobs(t, entries); err != nil {
		return err
	}
	if err := guard(); err != nil {
		return err
	}
	n, head, err := journal.Verify(t)
	if err != nil {
		return err
	}
	if mark := r.manifest.Journal; n != mark.Seq || n > 0 && head != mark.Hash {
		return damaged(tableFolder+records.name+tableSuffix, nil)
	}
	return nil
}

// empty refuses a county that has records, so that a restore never mixes two pasts.
func empty(t *Tx, shapes []shape) error {
	for _, s := range shapes {
		var one int
		found, err := t.get(&one, "SELECT 1 FROM "+s.name+" WHERE county_id = ? LIMIT 1", t.County())
		if err != nil {
			return err
		}
		if found {
			return inspections.Fail(inspections.Conflict, "backup.not_empty", "county", int64(t.County()))
		}
	}
	return nil
}

// table takes the rows of one table in.
func (r *restore) table(t *Tx, s shape, e Entry) error {
	if strings.Join(e.Columns, " ") != strings.Join(s.columns, " ") {
		return damaged(e.Name, fmt.Errorf("columns %v, want %v", e.Columns, s.columns))
	}
	var waiting []any
	n := int64(0)
	one := "(?" + strings.Repeat(", ?", len(s.columns)) + ")"
	flush := func() error {
		count := len(waiting) / (len(s.columns) + 1)
		if count == 0 {
			return nil
		}
		_, err := t.exec("INSERT INTO "+s.name+" (county_id, "+listed(s.columns)+") VALUES "+
			strings.TrimSuffix(strings.Repeat(one+", ", count), ", "), waiting...)
		n, waiting = n+int64(count), waiting[:0]
		return err
	}
	err := r.lines(e, func(line []byte) error {
		values, err := rowOf(line, s)
		if err != nil {
			return damaged(e.Name, err)
		}
		waiting = append(append(waiting, t.County()), values...)
		if len(waiting) < 8_000 {
			return nil
		}
		return flush()
	})
	if err = errors.Join(err, flushUnless(err, flush)); err != nil {
		return err
	}
	if n != e.Rows {
		return damaged(e.Name, nil)
	}
	return nil
}

func flushUnless(err error, flush func() error) error {
	if err != nil {
		return nil
	}
	return flush()
}

// lines hands over the lines of a table and holds the whole to its hash.
func (r *restore) lines(e Entry, do func([]byte) error) error {
	f, err := r.archive.Open(e.Name)
	if err != nil {
		return damaged(e.Name, err)
	}
	defer f.Close()
	sum := sha256.New()
	scanner := bufio.NewScanner(io.TeeReader(f, sum))
	scanner.Buffer(make([]byte, 0, 64<<10), mostRow)
	for scanner.Scan() {
		if err := do(scanner.Bytes()); err != nil {
			return err
		}
	}
	if err := scanner.Err(); err != nil {
		return damaged(e.Name, err)
	}
	if hex.EncodeToString(sum.Sum(nil)) != e.SHA256 {
		return damaged(e.Name, nil)
	}
	return nil
}

// rowOf reads the values of a row; texts and whole numbers are all there is.
func rowOf(line []byte, s shape) ([]any, error) {
	decoder := json.NewDecoder(bytes.NewReader(line))
	decoder.UseNumber()
	var values []any
	if err := decoder.Decode(&values); err != nil {
		return nil, err
	}
	if len(values) != len(s.columns) {
		return nil, fmt.Errorf("%d values, want %d", len(values), len(s.columns))
	}
	for i, v := range values {
		switch v := v.(type) {
		case string:
			continue
		case json.Number:
			n, err := v.Int64()
			if err != nil {
				return nil, err
			}
			values[i] = n
			if s.truth[s.columns[i]] {
				values[i] = n != 0
			}
		default:
			return nil, fmt.Errorf("%s is neither text nor number", s.columns[i])
		}
	}
	return values, nil
}

// blobs takes evidence and papers in: rest are the entries that are no tables.
func (r *restore) blobs(t *Tx, rest map[string]Entry) error {
	e, n := Entry{}, 0
	for _, each := range r.manifest.Entries {
		if each.Name == tableFolder+blobs.name+tableSuffix {
			e = each
		}
	}
	place := map[string]int{}
	for i, column := range e.Columns {
		place[column] = i
	}
	s := shape{name: blobs.name, columns: e.Columns}
	err := r.lines(e, func(line []byte) error {
		values, err := rowOf(line, s)
		if err != nil {
			return damaged(e.Name, err)
		}
		sha, _ := values[place["sha256"]].(string)
		media, _ := values[place["media"]].(string)
		stored, _ := values[place["stored_at"]].(string)
		if at, known := place["erased_at"]; known && values[at] != "" {
			erased, _ := values[at].(string)
			size, _ := values[place["size"]].(int64)
			return r.erased(t, blobRow{SHA: sha, Media: media, Size: int(size)}, stored, erased)
		}
		if _, found := rest[blobFolder+sha]; !found {
			return damaged(blobFolder+sha, nil)
		}
		data, err := readEntry(r.archive, blobFolder+sha, mostBlob)
		if err != nil {
			return err
		}
		n++
		return r.blob(t, sha, media, stored, data)
	})
	if err != nil {
		return err
	}
	if n != len(rest) {
		return damaged(e.Name, nil)
	}
	return nil
}

// erased takes the row of a blob whose bytes were destroyed.
func (r *restore) erased(t *Tx, row blobRow, stored, erased string) error {
	if err := errors.Join(row.Stored.UnmarshalText([]byte(stored)), row.Erased.UnmarshalText([]byte(erased))); err != nil {
		return damaged(blobFolder+row.SHA, err)
	}
	if t.store.dialect.blobsInside() {
		return blobsFull.insert(t, blobData{row, []byte{}})
	}
	return blobs.insert(t, row)
}

func (r *restore) blob(t *Tx, sha, media, stored string, data []byte) error {
	if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != sha {
		return damaged(blobFolder+sha, nil)
	}
	row := blobRow{SHA: sha, Media: media, Size: len(data)}
	if err := row.Stored.UnmarshalText([]byte(stored)); err != nil {
		return damaged(blobFolder+sha, err)
	}
	return putBlob(t, row, data)
}
