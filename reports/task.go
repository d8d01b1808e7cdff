package reports

import (
	"context"
	"encoding/json"
	"fmt"

	"anfang.example/inspections"
)

// TaskNotice is the letter that sent a pair, as a paper 督查任务通知. It exists from the visit's release on, and only for
// those who may see the visit.
type TaskNotice struct {
	Issuer string
	Sample bool // the settings of papers are not complete
	Visit  inspections.VisitID
	Letter inspections.Letter
	PrintedLetter
}

// TaskNotice gathers the notice of a visit. Whoever may not see the visit, or not yet, has the same answer as for a visit
// that does not exist: NotFound "paper.no_task".
func (p *Press) TaskNotice(ctx context.Context, by inspections.Actor, id inspections.VisitID) (TaskNotice, error) {
	var n TaskNotice
	none := inspections.Fail(inspections.NotFound, "paper.no_task", "id", int64(id))
	err := p.View(ctx, func(tx Tx) error {
		if _, err := shownVisit(tx, by, id); inspections.IsNotFound(err) {
			return none
		} else if err != nil {
			return err
		}
		letters, err := tx.Letters(inspections.LetterFilter{Kind: inspections.LetterGo})
		if err != nil {
			return err
		}
		for _, l := range letters {
			var task inspections.AssignmentArgs
			if err := json.Unmarshal(l.Args, &task); err != nil {
				return fmt.Errorf("reports: letter %d: %w", l.ID, err)
			}
			if task.Visit != id {
				continue
			}
			set, err := settings(tx)
			if err != nil {
				return err
			}
			n = TaskNotice{Issuer: task.Issuer, Sample: !set.Official(), Visit: id, Letter: l}
			n.PrintedLetter, err = p.Read(l)
			return err
		}
		return none
	})
	return n, err
}

// shownVisit gives a visit that somebody may see; any other does not exist for them.
func shownVisit(tx Tx, by inspections.Actor, id inspections.VisitID) (inspections.Visit, error) {
	v, err := tx.Visit(id)
	if err == nil && !v.ShownTo(by, tx.Now()) {
		err = inspections.Fail(inspections.NotFound, "store.not_found", "what", "visit", "id", int64(id))
	}
	return v, err
}
