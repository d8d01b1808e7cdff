package office

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"anfang.example/inspections"
)

// What is read of that on which the coming draws depend. Words: "draw_read."+what.
const (
	ReadWeights  = "weights"  // the teams' weights with their reasons
	ReadSettings = "settings" // the dated settings, those of the draw among them
	ReadHistory  = "history"  // one setting of the draw, as it was and will be
)

const (
	entryDrawRead    = "draw.read"
	subjectDrawReads = "draw/read"
)

// ReadDraw records that somebody looks at what the coming draws depend on, before those weeks are published: who,
// when, what (ref: which setting). A second look at the same on the same day adds no entry. It says nothing of who may.
func (o *Office) ReadDraw(ctx context.Context, by inspections.Actor, what, ref string) error {
	look := lookAt{What: what, Ref: ref}
	known := func(tx Tx) (bool, error) { return lookedToday(tx, by, subjectDrawReads, look) }
	return o.recordOnce(ctx, known, func(tx Tx) error { return record(tx, by, entryDrawRead, subjectDrawReads, look) })
}

// DrawReadings lists who looked at what the draws depend on, the newest first, at most the given number.
func DrawReadings(tx Tx, most int) ([]Reading, error) {
	users, err := tx.Users()
	if err != nil {
		return nil, err
	}
	records, err := tx.JournalOf(subjectDrawReads)
	if err != nil {
		return nil, err
	}
	var list []Reading
	for _, r := range slices.Backward(records[max(0, len(records)-most):]) {
		var look lookAt
		if err := json.Unmarshal([]byte(r.Body), &look); err != nil {
			return nil, fmt.Errorf("office: journal record %d: %w", r.Seq, err)
		}
		list = append(list, Reading{Seq: r.Seq, At: r.At, By: r.Actor, Name: nameOf(users, r.Actor), What: look.What, Ref: look.Ref})
	}
	return list, nil
}
