package post

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"maps"
	"net/mail"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// memory is a small store of letters: a transaction works on copies and is thrown away when it fails.
type memory struct {
	mu      sync.Mutex
	letters map[inspections.LetterID]inspections.Letter
	blobs   map[string][]byte
	stops   []inspections.DeadAddress
	back    []inspections.Returned
	set     []inspections.Setting
	users   map[inspections.UserID]inspections.User
	fail    error // returned by the next commit
}

type memoryTx struct {
	now     calendar.Instant
	letters map[inspections.LetterID]inspections.Letter
	blobs   map[string][]byte
	stops   []inspections.DeadAddress
	back    []inspections.Returned
	set     []inspections.Setting
	users   map[inspections.UserID]inspections.User
}

func (m *memory) InTx(_ context.Context, do func(Tx) error) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	tx := &memoryTx{calendar.InstantOf(start), maps.Clone(m.letters), maps.Clone(m.blobs), slices.Clone(m.stops), slices.Clone(m.back), m.set, m.users}
	if err := do(tx); err != nil {
		return err
	}
	if err := m.fail; err != nil {
		m.fail = nil
		return err
	}
	m.letters, m.blobs, m.stops, m.back = tx.letters, tx.blobs, tx.stops, tx.back
	return nil
}

func (m *memory) letter(id inspections.LetterID) inspections.Letter {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.letters[id]
}

func (tx *memoryTx) Now() calendar.Instant { return tx.now }

func (tx *memoryTx) Letter(id inspections.LetterID) (inspections.Letter, error) {
	l, ok := tx.letters[id]
	if !ok {
		return l, inspections.Fail(inspections.NotFound, "store.not_found", "what", "letter", "id", id)
	}
	return l, nil
}

func (tx *memoryTx) Letters(f inspections.LetterFilter) ([]inspections.Letter, error) {
	var found []inspections.Letter
	for _, id := range slices.Sorted(maps.Keys(tx.letters)) {
		l := tx.letters[id]
		due := f.DueBy.IsZero() || !l.NextTry.After(f.DueBy.Time)
		due = due && (f.Message == "" || f.Message == l.MessageID) && (f.Settled.IsZero() || !l.Settled.Before(f.Settled.Time))
		if (f.Kind == "" || f.Kind == l.Kind) && (!f.Standby || l.Kind.Assignment()) && (f.State == "" || f.State == l.State) && due {
			found = append(found, l)
		}
		if len(found) == f.Limit && f.Limit > 0 {
			break
		}
	}
	return found, nil
}

func (tx *memoryTx) SaveLetter(l inspections.Letter) error {
	tx.letters[l.ID] = l
	return nil
}

func (tx *memoryTx) PutBlob(_ string, data []byte) (string, error) {
	sum := sha256.Sum256(data)
	sha := hex.EncodeToString(sum[:])
	tx.blobs[sha] = slices.Clone(data)
	return sha, nil
}

func (tx *memoryTx) Blob(sha string) ([]byte, error) {
	data, ok := tx.blobs[sha]
	if !ok {
		return nil, errors.New("no blob " + sha)
	}
	return data, nil
}

func (tx *memoryTx) Settings() ([]inspections.Setting, error) { return tx.set, nil }

func (tx *memoryTx) User(id inspections.UserID) (inspections.User, error) {
	u, ok := tx.users[id]
	if !ok {
		return u, inspections.Fail(inspections.NotFound, "store.not_found", "what", "user", "id", id)
	}
	return u, nil
}

func (tx *memoryTx) DeadAddress(address string) (inspections.DeadAddress, error) {
	for _, d := range tx.stops {
		if d.Address == strings.ToLower(address) && d.Lifted.IsZero() {
			return d, nil
		}
	}
	return inspections.DeadAddress{}, inspections.Fail(inspections.NotFound, "store.not_found", "what", "dead_address", "id", address)
}

func (tx *memoryTx) AddDeadAddress(d *inspections.DeadAddress) error {
	d.ID = inspections.StopID(len(tx.stops) + 1)
	tx.stops = append(tx.stops, *d)
	return nil
}

func (tx *memoryTx) SaveDeadAddress(d inspections.DeadAddress) error {
	tx.stops[d.ID-1] = d
	return nil
}

func (tx *memoryTx) AddReturned(r inspections.Returned) error {
	tx.back = append(tx.back, r)
	return nil
}

func (tx *memoryTx) Returned(notice string, id inspections.LetterID) (inspections.Returned, error) {
	for _, r := range tx.back {
		if r.Notice == notice && r.Letter == id {
			return r, nil
		}
	}
	return inspections.Returned{}, inspections.Fail(inspections.NotFound, "store.not_found", "what", "letter_return", "id", id)
}

// start is when every test begins: Wednesday, 12 March 2025, 13:00 in Shanghai.
var start = calendar.NewDate(2025, time.March, 12).At(13, 0)

// clock is a business clock that tests move.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

func newRenderer() *Renderer {
	return &Renderer{County: 431023, Lang: "zh", From: mail.Address{Name: "县驻村办", Address: "office@example.com"}, Portal: "https://portal.example.com"}
}

func newLetter(t testing.TB, id inspections.LetterID, kind inspections.LetterKind, args any) inspections.Letter {
	t.Helper()
	l, err := inspections.NewLetter(kind, string(kind)+"/"+time.Duration(id).String(), inspections.Party{Kind: inspections.PartyOfficial, ID: int64(id)}, "王小明", "wang@example.com", args)
	if err != nil {
		t.Fatal(err)
	}
	l.ID, l.Created = id, calendar.InstantOf(start)
	return l
}

func testLetter(t testing.TB, id inspections.LetterID) inspections.Letter {
	return newLetter(t, id, inspections.LetterTest, inspections.TestArgs{At: calendar.InstantOf(start), Issuer: "县驻村办"})
}

func endedLetter(t testing.TB, id inspections.LetterID) inspections.Letter {
	return newLetter(t, id, inspections.LetterStandbyOver, inspections.StandbyArgs{
		Start: calendar.InstantOf(start.Add(90 * time.Minute)), End: calendar.InstantOf(start.Add(270 * time.Minute)),
	})
}

// bench is an outbox over a memory store and a courier of the test's choice.
type bench struct {
	*Outbox
	store *memory
	clock *clock
}

func newBench(courier Courier, letters ...inspections.Letter) *bench {
	b := &bench{
		store: &memory{letters: map[inspections.LetterID]inspections.Letter{}, blobs: map[string][]byte{}},
		clock: &clock{at: start},
	}
	for _, l := range letters {
		b.store.letters[l.ID] = l
	}
	b.Outbox = &Outbox{InTx: b.store.InTx, Courier: courier, Renderer: newRenderer(), Now: b.clock.Now}
	return b
}

// restart is a new process on the same store.
func (b *bench) restart(courier Courier) *bench {
	return &bench{
		Outbox: &Outbox{InTx: b.store.InTx, Courier: courier, Renderer: newRenderer(), Now: b.clock.Now},
		store:  b.store, clock: b.clock,
	}
}

func (b *bench) drain(t *testing.T) Report {
	t.Helper()
	r, err := b.Drain(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// courierFunc answers for the mail server.
type courierFunc func(Message) (Outcome, error)

func (f courierFunc) Deliver(_ context.Context, m Message) (Outcome, error) { return f(m) }
func (courierFunc) Close() error                                            { return nil }
