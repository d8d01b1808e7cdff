// Package journal keeps a chain of everything recorded, so that nobody can change a word afterwards
// without it being found.
//
// Each record hashes the one before it: hash = SHA-256("anfang/journal/v1" ‖ prev ‖ canonical record),
// all of one county in one chain. Bodies are canonical JSON of integers, strings, booleans, lists and
// objects. Personal fields are never written plainly: [Commit] gives a salted commitment, so that
// destroying the salt erases the person and leaves the chain whole.
package journal

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"anfang.example/inspections/calendar"
)

// Algorithm names the hash of new records; it is a field of each record, so that another may follow.
const Algorithm = "sha256"

// Entry is what a verb hands in.
type Entry struct {
	Kind    string // e.g. "visit.recorded"
	Actor   string // who, by role and id, e.g. "clerk/3"; "anfang" for the program
	Subject string // what, e.g. "visit/17"
	Body    any    // marshalled as JSON
}

// Record is one link of the chain.
type Record struct {
	Seq     int64            `json:"seq" db:"seq"` // from 1, without gaps
	At      calendar.Instant `json:"at" db:"at"`
	Kind    string           `json:"kind" db:"kind"`
	Actor   string           `json:"actor" db:"actor"`
	Subject string           `json:"subject" db:"subject"`
	Body    string           `json:"body" db:"body"`
	Alg     string           `json:"alg" db:"alg"`
	Prev    string           `json:"prev" db:"prev_hash"` // hex; 64 zeros for the first
	Hash    string           `json:"hash" db:"hash"`
}

// Tx is what the journal needs of a transaction.
type Tx interface {
	Now() calendar.Instant
	// JournalHead gives the last record; Seq 0 when there is none.
	JournalHead() (Record, error)
	AddJournal(Record) error
	// JournalAfter lists at most limit records with a sequence number above seq, in order.
	JournalAfter(seq int64, limit int) ([]Record, error)
}

// Genesis is the Prev of the first record.
const Genesis = "0000000000000000000000000000000000000000000000000000000000000000"

// Append chains one entry in the caller's transaction and gives the new head.
func Append(tx Tx, e Entry) (Record, error) {
	head, err := tx.JournalHead()
	if err != nil {
		return Record{}, fmt.Errorf("journal: head: %w", err)
	}
	body, err := canonical(e.Body)
	if err != nil {
		return Record{}, fmt.Errorf("journal: %s: %w", e.Kind, err)
	}
	r := Record{
		Seq: head.Seq + 1, At: tx.Now(), Kind: e.Kind, Actor: e.Actor, Subject: e.Subject,
		Body: string(body), Alg: Algorithm, Prev: head.Hash,
	}
	if head.Seq == 0 {
		r.Prev = Genesis
	}
	if r.Hash, err = hashOf(r); err != nil {
		return Record{}, err
	}
	if err := tx.AddJournal(r); err != nil {
		return Record{}, fmt.Errorf("journal: %s: %w", e.Kind, err)
	}
	return r, nil
}

// Commit gives the commitment of a personal field: SHA-256("anfang/commit/v1" ‖ salt ‖ field name ‖ value).
func Commit(salt, field, value string) string {
	h := sha256.New()
	for _, part := range []string{"anfang/commit/v1", salt, field, value} {
		var n [8]byte
		binary.BigEndian.PutUint64(n[:], uint64(len(part)))
		h.Write(n[:])
		h.Write([]byte(part))
	}
	return hex.EncodeToString(h.Sum(nil))
}

// canonical marshals with sorted keys and no insignificant space.
func canonical(v any) ([]byte, error) {
	raw, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	var tree any
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber() // numbers keep their digits
	if err := d.Decode(&tree); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(tree); err != nil { // maps are written in key order
		return nil, err
	}
	return bytes.TrimRight(b.Bytes(), "\n"), nil
}

func hashOf(r Record) (string, error) {
	if r.Alg != Algorithm {
		return "", fmt.Errorf("journal: record %d: unknown algorithm %q", r.Seq, r.Alg)
	}
	prev, err := hex.DecodeString(r.Prev)
	if err != nil || len(prev) != sha256.Size {
		return "", fmt.Errorf("journal: record %d: previous hash is not 64 hex digits", r.Seq)
	}
	h := sha256.New()
	h.Write([]byte("anfang/journal/v1"))
	h.Write(prev)
	var seq [8]byte
	binary.BigEndian.PutUint64(seq[:], uint64(r.Seq))
	h.Write(seq[:])
	for _, field := range []string{r.At.Text(), r.Kind, r.Actor, r.Subject, r.Body, r.Alg} {
		var n [8]byte
		binary.BigEndian.PutUint64(n[:], uint64(len(field)))
		h.Write(n[:])
		h.Write([]byte(field))
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
