package scheduler

import (
	"sync"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/scheduler/draw"
)

// Keyring is the Links of the service: chains from key files and the rule that no link is read before
// its time.
type Keyring struct {
	// Chain gives the chain of an ISO year, read from its key file or made.
	Chain func(isoYear int) (draw.Chain, error)
	// Wall is the real clock, never the business clock; demo and simulate, which have keys of their
	// own, hand in theirs.
	Wall func() time.Time

	mu      sync.Mutex
	anchors map[int]draw.Hash // published values, so that a chain is not walked every minute
}

// longestLead bounds how long before its week a cut-off may lie (settings allow 480 minutes).
const longestLead = 24 * time.Hour

// Anchor gives x_0 of the year.
func (k *Keyring) Anchor(isoYear int) (draw.Hash, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if anchor, known := k.anchors[isoYear]; known {
		return anchor, nil
	}
	chain, err := k.Chain(isoYear)
	if err != nil {
		return draw.Hash{}, err
	}
	if k.anchors == nil {
		k.anchors = map[int]draw.Hash{}
	}
	k.anchors[isoYear] = chain.Anchor()
	return k.anchors[isoYear], nil
}

// Link gives x_t, or "link.sealed" before cutOff on the wall clock. A cut-off that lies so far before its
// week that no lead explains it is not believed.
func (k *Keyring) Link(isoYear, week, slot int, cutOff time.Time) (draw.Link, error) {
	earliest := calendar.Week{Year: isoYear, Number: week}.Monday().Start().Add(-longestLead)
	if k.Wall().Before(latest(cutOff, earliest)) {
		return draw.Link{}, inspections.Fail(inspections.Conflict, "link.sealed",
			"week", calendar.Week{Year: isoYear, Number: week}.String(), "slot", slot, "cut_off", calendar.InstantOf(latest(cutOff, earliest)))
	}
	chain, err := k.Chain(isoYear)
	if err != nil {
		return draw.Link{}, err
	}
	return chain.Link(week, slot)
}
