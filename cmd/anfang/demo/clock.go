package demo

import (
	"container/heap"
	"sync"
	"time"
)

// clock is the accelerated business clock; it only moves forward.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if t.After(c.now) {
		c.now = t
	}
}

// event is something a played person does at a time.
type event struct {
	at  time.Time
	seq int // events of one time come in the order they were planned
	do  func() error
}

// agenda is what the played people will do, earliest first.
type agenda struct {
	events []event
	seq    int
}

func (a *agenda) plan(at time.Time, do func() error) {
	a.seq++
	heap.Push(a, event{at, a.seq, do})
}

// next gives the time of the earliest event; false when there is none.
func (a *agenda) next() (time.Time, bool) {
	if len(a.events) == 0 {
		return time.Time{}, false
	}
	return a.events[0].at, true
}

// run does everything planned up to now.
func (a *agenda) run(now time.Time) error {
	for len(a.events) > 0 && !a.events[0].at.After(now) {
		e := heap.Pop(a).(event)
		if err := e.do(); err != nil {
			return err
		}
	}
	return nil
}

func (a *agenda) Len() int { return len(a.events) }
func (a *agenda) Less(i, j int) bool {
	if !a.events[i].at.Equal(a.events[j].at) {
		return a.events[i].at.Before(a.events[j].at)
	}
	return a.events[i].seq < a.events[j].seq
}
func (a *agenda) Swap(i, j int) { a.events[i], a.events[j] = a.events[j], a.events[i] }
func (a *agenda) Push(x any)    { a.events = append(a.events, x.(event)) }
func (a *agenda) Pop() any {
	last := a.events[len(a.events)-1]
	a.events = a.events[:len(a.events)-1]
	return last
}
