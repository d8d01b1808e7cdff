package simulate

import (
	"context"
	"slices"
	"sync"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/duties"
	"anfang.example/inspections/journal"
	"anfang.example/scheduler"
)

// Memory keeps in memory what the scheduler and the record of a visit need of a store, and behaves like
// it: the tests run both side by side and compare every row. It keeps fifty years without a disk.
type Memory struct {
	mu     sync.Mutex
	county inspections.CountyID
	clock  func() time.Time
	undo   []func() // what takes back the transaction under way, newest last

	roster   *inspections.Roster // never changed after it was laid
	users    []inspections.User
	settings []inspections.Setting

	journal     []journal.Record
	visits      visitTable
	obligations obligationTable
	letters     []inspections.Letter
	letterKeys  map[string]bool
	runs        map[runKey]inspections.Run
	freezes     map[calendar.Week]inspections.Freeze
	slots       map[calendar.Week][]inspections.Slot
	exceptions  map[calendar.Week]inspections.Exception
	special     special
	anchors     map[int]inspections.Anchor
}

type runKey struct {
	job string
	due calendar.Instant
}

// NewMemory makes an empty county with a roster and users, whose ids stand in them already.
func NewMemory(county inspections.CountyID, clock func() time.Time, roster *inspections.Roster, users []inspections.User) *Memory {
	return &Memory{
		county: county, clock: clock, roster: roster, users: users,
		visits: newVisitTable(), obligations: newObligationTable(), letterKeys: map[string]bool{},
		runs: map[runKey]inspections.Run{}, freezes: map[calendar.Week]inspections.Freeze{},
		slots: map[calendar.Week][]inspections.Slot{}, exceptions: map[calendar.Week]inspections.Exception{},
		anchors: map[int]inspections.Anchor{},
	}
}

// InTx runs one transaction; an error or a panic takes all of it back.
func (m *Memory) InTx(ctx context.Context, fn func(scheduler.Tx) error) error {
	return m.inTx(ctx, func(tx *Tx) error { return fn(tx) })
}

func (m *Memory) inTx(ctx context.Context, fn func(*Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.undo = m.undo[:0]
	kept := false
	defer func() {
		if !kept {
			for _, back := range slices.Backward(m.undo) {
				back()
			}
		}
	}()
	err := fn(&Tx{Memory: m, now: calendar.InstantOf(m.clock())})
	kept = err == nil
	return err
}

// Tx is one transaction; it ends with the function it was given to.
type Tx struct {
	*Memory
	now calendar.Instant
	beside
}

var _ scheduler.Tx = (*Tx)(nil)

// back remembers how to take a step back.
func (tx *Tx) back(step func()) { tx.undo = append(tx.undo, step) }

// Now gives the transaction's moment.
func (tx *Tx) Now() calendar.Instant { return tx.now }

// County gives the county.
func (tx *Tx) County() inspections.CountyID { return tx.county }

// Roster gives the roster; it must not be changed.
func (tx *Tx) Roster() (*inspections.Roster, error) { return tx.roster, nil }

// Users lists by id.
func (tx *Tx) Users() ([]inspections.User, error) { return slices.Clone(tx.users), nil }

// Settings lists in the order in which they were recorded.
func (tx *Tx) Settings() ([]inspections.Setting, error) { return slices.Clone(tx.settings), nil }

// AddSetting records a dated value; earlier ones stay.
func (tx *Tx) AddSetting(s inspections.Setting) error {
	n := len(tx.settings)
	tx.back(func() { tx.settings = tx.settings[:n] })
	tx.settings = append(tx.settings, s)
	return nil
}

// Enqueue writes a letter; false when one with its key stands.
func (tx *Tx) Enqueue(l inspections.Letter) (bool, error) {
	if tx.letterKeys[l.Key] {
		return false, nil
	}
	if l.State == "" {
		l.State = inspections.LetterQueued
	}
	if l.Created.IsZero() {
		l.Created = tx.now
	}
	n := len(tx.letters)
	l.ID = inspections.LetterID(n + 1)
	tx.back(func() { tx.letters = tx.letters[:n]; delete(tx.letterKeys, l.Key) })
	tx.letters, tx.letterKeys[l.Key] = append(tx.letters, l), true
	return true, nil
}

// JournalHead gives the last record; Seq 0 when there is none.
func (tx *Tx) JournalHead() (journal.Record, error) {
	if len(tx.journal) == 0 {
		return journal.Record{}, nil
	}
	return tx.journal[len(tx.journal)-1], nil
}

// AddJournal writes the next record. Error: Conflict when its number is not the next.
func (tx *Tx) AddJournal(r journal.Record) error {
	n := len(tx.journal)
	if r.Seq != int64(n+1) {
		return duplicate()
	}
	tx.back(func() { tx.journal = tx.journal[:n] })
	tx.journal = append(tx.journal, r)
	return nil
}

// JournalAfter lists at most limit records above seq, in order.
// AddSalt keeps nothing: nobody checks the words of a simulated case.
func (tx *Tx) AddSalt(journal.Salt) error { return nil }

func (tx *Tx) JournalAfter(seq int64, limit int) ([]journal.Record, error) {
	rest := tx.journal[min(max(seq, 0), int64(len(tx.journal))):]
	return slices.Clone(rest[:min(limit, len(rest))]), nil
}

// AddObligation writes one and sets its id; false when one of that kind, party, period and subject stands.
func (tx *Tx) AddObligation(o *duties.Obligation) (bool, error) {
	return tx.obligations.add(o, tx.back), nil
}

// SaveObligation replaces the obligation of that id.
func (tx *Tx) SaveObligation(o duties.Obligation) error { return tx.obligations.save(o, tx.back) }

// Obligations lists by due time, undetermined first, then by id.
func (tx *Tx) Obligations(f duties.Filter) ([]duties.Obligation, error) {
	return tx.obligations.list(f), nil
}

// AddVisit sets the id. Error: Conflict when the slot of a random visit has one already.
func (tx *Tx) AddVisit(v *inspections.Visit) error { return tx.visits.add(v, tx.back) }

// SaveVisit replaces the visit of that id.
func (tx *Tx) SaveVisit(v inspections.Visit) error { return tx.visits.save(v, tx.back) }

// Visit reads one visit.
func (tx *Tx) Visit(id inspections.VisitID) (inspections.Visit, error) { return tx.visits.one(id) }

// Visits lists by start, then by id.
func (tx *Tx) Visits(f inspections.VisitFilter) ([]inspections.Visit, error) {
	return tx.visits.list(f), nil
}

func missing(what string, id any) error {
	return inspections.Fail(inspections.NotFound, "store.not_found", "what", what, "id", id)
}

func duplicate() error { return inspections.Fail(inspections.Conflict, "store.duplicate") }
