package journal_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"anfang.example/inspections/calendar"
	"anfang.example/inspections/journal"
)

// book is a chain in memory.
type book struct {
	at      calendar.Instant
	records []journal.Record
}

func (b *book) Now() calendar.Instant { return b.at }
func (b *book) JournalHead() (journal.Record, error) {
	if len(b.records) == 0 {
		return journal.Record{}, nil
	}
	return b.records[len(b.records)-1], nil
}
func (b *book) AddJournal(r journal.Record) error { b.records = append(b.records, r); return nil }
func (b *book) JournalAfter(seq int64, limit int) ([]journal.Record, error) {
	var found []journal.Record
	for _, r := range b.records {
		if r.Seq > seq && len(found) < limit {
			found = append(found, r)
		}
	}
	return found, nil
}

func filled(t *testing.T, n int) *book {
	t.Helper()
	b := &book{at: calendar.InstantOf(time.Date(2025, 3, 1, 0, 0, 0, 0, time.UTC))}
	for i := range n {
		b.at = calendar.InstantOf(b.at.Add(time.Second))
		if _, err := journal.Append(b, journal.Entry{Kind: "test", Actor: "anfang", Subject: "x", Body: map[string]any{"n": i, "<b>": "村"}}); err != nil {
			t.Fatal(err)
		}
	}
	return b
}

func TestAWholeChainVerifies(t *testing.T) {
	t.Parallel()
	b := filled(t, 4100) // more than one page
	n, hash, err := journal.Verify(b)
	if err != nil || n != 4100 || hash != b.records[4099].Hash {
		t.Fatalf("got %d %s %v", n, hash, err)
	}
}

func TestEveryChangeIsNamedAtItsRecord(t *testing.T) {
	t.Parallel()
	changes := map[string]func(b *book){
		"body":               func(b *book) { b.records[5].Body += " " },
		"kind":               func(b *book) { b.records[5].Kind = "other" },
		"actor":              func(b *book) { b.records[5].Actor = "clerk/1" },
		"subject":            func(b *book) { b.records[5].Subject = "y" },
		"time":               func(b *book) { b.records[5].At = calendar.InstantOf(b.records[5].At.Add(time.Microsecond)) },
		"hash":               func(b *book) { b.records[5].Hash = b.records[4].Hash },
		"deleted":            func(b *book) { b.records = slices.Delete(b.records, 5, 6) },
		"swapped":            func(b *book) { b.records[5], b.records[6] = b.records[6], b.records[5] },
		"moved field border": func(b *book) { b.records[5].Kind, b.records[5].Actor = "testa", "nfang" },
	}
	for name, change := range changes {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := filled(t, 10)
			change(b)
			_, _, err := journal.Verify(b)
			var broken *journal.BrokenError
			if !errors.As(err, &broken) || broken.Seq != 6 {
				t.Fatalf("got %v, want record 6", err)
			}
		})
	}
}

func TestCommitmentsDependOnSaltAndField(t *testing.T) {
	t.Parallel()
	a := journal.Commit("s1", "name", "李军")
	for _, other := range []string{journal.Commit("s2", "name", "李军"), journal.Commit("s1", "phone", "李军"), journal.Commit("s1", "name李", "军")} {
		if a == other {
			t.Error("two different fields have one commitment")
		}
	}
}
