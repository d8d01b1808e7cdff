package store

import (
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/journal"
)

var records = table[journal.Record]{name: "journal", noun: "record", keys: []string{"seq"}}

// JournalHead gives the last record; Seq 0 when there is none.
func (t *Tx) JournalHead() (journal.Record, error) {
	r, err := records.one(t, "", where{}, "ORDER BY seq DESC LIMIT 1")
	if inspections.IsNotFound(err) {
		return journal.Record{}, nil
	}
	return r, err
}

// AddJournal writes the next record. Error: Conflict when its number is taken.
func (t *Tx) AddJournal(r journal.Record) error { return records.insert(t, r) }

// JournalAfter lists at most limit records above seq, in order.
func (t *Tx) JournalAfter(seq int64, limit int) ([]journal.Record, error) {
	w := by("seq > ?", seq)
	w.args = append(w.args, limit)
	return records.all(t, w, "ORDER BY seq LIMIT ?")
}

// JournalBefore gives the last record written before a moment; Seq 0 when there is none.
func (t *Tx) JournalBefore(at calendar.Instant) (journal.Record, error) {
	r, err := records.one(t, "", by(`"at" < ?`, at), "ORDER BY seq DESC LIMIT 1")
	if inspections.IsNotFound(err) {
		return journal.Record{}, nil
	}
	return r, err
}

// JournalOf lists the records of one subject, in order.
func (t *Tx) JournalOf(subject string) ([]journal.Record, error) {
	return records.all(t, by("subject = ?", subject), "ORDER BY seq")
}
