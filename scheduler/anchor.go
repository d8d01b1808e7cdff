package scheduler

import (
	"fmt"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// anchorAhead is how many weeks before its first week a year's check value is published.
const anchorAhead = 4

// keepAnchors publishes the check value of this ISO year and, before its first week, of the next.
func (t *tick) keepAnchors() error {
	if t.first == (calendar.Week{}) {
		return nil
	}
	week := calendar.WeekOf(calendar.DateOf(t.now))
	if week.Before(t.first) {
		week = t.first
	}
	if err := t.anchor(week.Year); err != nil {
		return err
	}
	return t.anchor(week.Add(anchorAhead).Year)
}

// anchor makes sure that the year's check value is recorded and that the key in use is the one it was
// made from. Two replicas with different keys would draw different teams; the one that differs refuses.
// Error: kind Conflict, key "anchor.differs".
func (t *tick) anchor(isoYear int) error {
	if err, known := t.anchored[isoYear]; known {
		return err
	}
	err := t.keepAnchor(isoYear)
	t.anchored[isoYear] = err
	return err
}

func (t *tick) keepAnchor(isoYear int) error {
	key, err := t.Links.Anchor(isoYear)
	if err != nil {
		return fmt.Errorf("key of %d: %w", isoYear, err)
	}
	same := func(tx Tx) (bool, error) {
		recorded, err := tx.Anchor(isoYear)
		if inspections.IsNotFound(err) {
			return false, nil
		}
		if err == nil && recorded.Hex != key.String() {
			err = inspections.Fail(inspections.Conflict, "anchor.differs", "year", isoYear, "recorded", recorded.Hex, "key", key.String())
		}
		return true, err
	}
	known := false
	err = t.view(t.ctx, func(tx Tx) (err error) {
		known, err = same(tx)
		return err
	})
	if known || err != nil {
		return err
	}
	err = t.InTx(t.ctx, func(tx Tx) error {
		if known, err = same(tx); known || err != nil {
			return err
		}
		anchor := inspections.Anchor{Year: isoYear, Hex: key.String(), At: tx.Now()}
		if err := tx.AddAnchor(anchor); err != nil {
			return err
		}
		if err := record(tx, inspections.System, "draw.anchor", fmt.Sprintf("anchor/%d", isoYear), anchor); err != nil {
			return err
		}
		return writeAnchorLetters(tx, anchor)
	})
	if err == nil && !known {
		t.report.Anchors = append(t.report.Anchors, isoYear)
		t.log().Info("check value recorded", "year", isoYear)
	}
	return err
}

// writeAnchorLetters mails the check value, so that it stands outside the house before the first draw.
func writeAnchorLetters(tx Tx, anchor inspections.Anchor) error {
	values, err := settingsOn(tx, tx.Now().Date())
	if err != nil {
		return err
	}
	args := inspections.AnchorArgs{
		Year: anchor.Year, Hex: anchor.Hex, Issuer: values[inspections.SetIssuer], Date: tx.Now().Date(),
	}
	return writeToUsers(tx, inspections.LetterAnchor, fmt.Sprintf("anchor/%d", anchor.Year), args, inspections.RoleLeader, inspections.RoleClerk)
}
