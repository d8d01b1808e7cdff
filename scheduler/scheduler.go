package scheduler

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"sync"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/scheduler/draw"
)

// Scheduler does what is due. The exported fields are set once, before use; a Scheduler is bound to one
// county and safe for concurrent use, and several processes may run on one database.
type Scheduler struct {
	// InTx runs one write transaction; an error or a panic rolls all of it back.
	InTx func(context.Context, func(Tx) error) error
	// View runs a reading transaction; nil means InTx.
	View func(context.Context, func(Tx) error) error
	// Links holds the chains of the draw and refuses a link before its cut-off on the real clock.
	Links Links
	// Jobs are what other rooms want done at nominal times.
	Jobs []Job
	// Risks gives the teams' weights at the sealing of a week; nil, and a team it leaves out: all equal.
	Risks func(tx Tx, week calendar.Week, teams []inspections.Team) (map[inspections.TeamID]Risk, error)
	// Chance gives the salt of a freeze; crypto/rand in service.
	Chance io.Reader
	// Log gets one line per thing done; no line tells a drawn slot from an empty one.
	Log *slog.Logger

	ticking sync.Mutex // one Tick at a time in a process

	mu       sync.Mutex
	releases map[slotKey]time.Time           // release of slots past their cut-off; memory only
	books    map[string]*draw.Freeze         // parsed sealed weeks by hash, which are immutable
	standby  map[calendar.Week][]standbySlot // who was on standby in past weeks, for the pair's fairness
}

// Format writes the same word whatever the verb: what is held between cut-off and release leaves the
// process in no log or message.
func (*Scheduler) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, "scheduler") }

// Links gives the links of a year's chain. An implementation refuses a link before cutOff on the real
// clock, whatever the business clock says; see [Keyring].
type Links interface {
	// Anchor gives the year's check value x_0; the chain is made when there is none yet.
	Anchor(isoYear int) (draw.Hash, error)
	// Link gives x_t of a slot. Error: kind Conflict, key "link.sealed" before cutOff.
	Link(isoYear, week, slot int, cutOff time.Time) (draw.Link, error)
}

// Risk is a team's weight in the draw and the codes of what raised or lowered it.
type Risk struct {
	Weight  uint32   // 500 … 3000; 0 is never drawn
	Reasons []string // sorted
}

// slotKey names one slot.
type slotKey struct {
	week calendar.Week
	slot int
}

func (k slotKey) String() string { return fmt.Sprintf("%s/%d", k.week, k.slot) }

// Report says what one Tick did. It holds nothing that tells a drawn slot from an empty one.
type Report struct {
	Anchors  []int           `json:"anchors"`  // ISO years whose check value was recorded
	Frozen   []calendar.Week `json:"frozen"`   // weeks sealed
	Settled  []SlotRef       `json:"settled"`  // slots that came to their outcome
	Missed   []SlotRef       `json:"missed"`   // slots whose release passed while nobody could make it
	Revealed []calendar.Week `json:"revealed"` // weeks whose links were published
	Alarms   []string        `json:"alarms"`   // subjects of the alarms told to a named person
	Jobs     []JobRun        `json:"jobs"`     // jobs done
}

// SlotRef names a slot.
type SlotRef struct {
	Week calendar.Week `json:"week"`
	Slot int           `json:"slot"`
}

// JobRun names one job at its nominal time.
type JobRun struct {
	Name string    `json:"name"`
	Due  time.Time `json:"due"`
}

// Empty reports whether nothing was done.
func (r Report) Empty() bool {
	return len(r.Anchors)+len(r.Frozen)+len(r.Settled)+len(r.Missed)+len(r.Revealed)+len(r.Alarms)+len(r.Jobs) == 0
}

// view reads without writing.
func (s *Scheduler) view(ctx context.Context, fn func(Tx) error) error {
	if s.View != nil {
		return s.View(ctx, fn)
	}
	return s.InTx(ctx, fn)
}

func (s *Scheduler) log() *slog.Logger {
	if s.Log == nil {
		return slog.New(slog.DiscardHandler)
	}
	return s.Log
}

// settingsOn gives what is in force on a day.
func settingsOn(tx Tx, day calendar.Date) (inspections.Settings, error) {
	all, err := tx.Settings()
	if err != nil {
		return nil, fmt.Errorf("scheduler: settings: %w", err)
	}
	return inspections.SettingsOn(all, day), nil
}

// latest gives the later of two moments: a process that was stopped between reading the clock and its
// transaction must not take the past for the present.
func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
