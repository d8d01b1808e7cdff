package scheduler

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/scheduler/draw"
)

// ProposeWeight proposes another weight for a team than the evidence gives, or 0 to leave it out of the
// draw. Nothing changes until another person decides; it then holds from the next freeze on, in the book
// under its number and in the note to the leader. Errors: Forbidden for a person who is not known by
// name; Invalid "weight.range", "weight.span", "weight.reason"; NotFound "weight.team".
func (s *Scheduler) ProposeWeight(ctx context.Context, by inspections.Actor, c inspections.WeightChange) (inspections.WeightChange, error) {
	if err := maySign(by); err != nil {
		return c, err
	}
	switch {
	case by.User == 0:
		return c, inspections.Fail(inspections.Forbidden, "weight.nobody")
	case c.Weight != 0 && (c.Weight < draw.MinRisk || c.Weight > draw.MaxRisk):
		return c, inspections.Fail(inspections.Invalid, "weight.range", "weight", c.Weight, "least", draw.MinRisk, "most", draw.MaxRisk)
	case c.From.IsZero() || c.Until < c.From || c.Until > c.From.Add(yearOfDays):
		return c, inspections.Fail(inspections.Invalid, "weight.span", "from", c.From, "until", c.Until)
	case c.Reason == "":
		return c, inspections.Fail(inspections.Invalid, "weight.reason")
	}
	err := s.InTx(ctx, func(tx Tx) error {
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		if _, known := roster.Team(c.Team); !known {
			return inspections.Fail(inspections.NotFound, "weight.team", "team", int64(c.Team))
		}
		c.ID, c.Proposer, c.Proposed = 0, by.User, tx.Now()
		c.Decider, c.Decided, c.Approved = 0, calendar.Instant{}, false
		if err := tx.AddWeightChange(&c); err != nil {
			return err
		}
		return record(tx, by, "weight.proposed", subjectChange(c), map[string]any{
			"team": int64(c.Team), "weight": c.Weight, "from": c.From, "until": c.Until, "reason_sha256": sha256Hex([]byte(c.Reason)),
		})
	})
	return c, err
}

// DecideWeight approves or refuses a proposed weight; the decider is another person than the proposer and
// a leader. Errors: Forbidden; NotFound "weight.unknown"; Conflict "weight.second_person", "weight.decided".
func (s *Scheduler) DecideWeight(ctx context.Context, by inspections.Actor, id inspections.WeightChangeID, approve bool) (inspections.WeightChange, error) {
	var c inspections.WeightChange
	if by.User == 0 {
		return c, inspections.Fail(inspections.Forbidden, "weight.nobody")
	}
	if !by.Is(inspections.RoleLeader) {
		return c, inspections.Fail(inspections.Forbidden, "forbidden", "role", string(by.Role))
	}
	err := s.InTx(ctx, func(tx Tx) (err error) {
		c, err = tx.WeightChange(id)
		switch {
		case inspections.IsNotFound(err):
			return inspections.Fail(inspections.NotFound, "weight.unknown", "change", int64(id))
		case err != nil:
			return err
		case !c.Decided.IsZero():
			return inspections.Fail(inspections.Conflict, "weight.decided", "change", int64(id))
		case c.Proposer == by.User:
			return inspections.Fail(inspections.Conflict, "weight.second_person")
		}
		c.Decider, c.Decided, c.Approved = by.User, tx.Now(), approve
		if err := tx.SaveWeightChange(c); err != nil {
			return err
		}
		return record(tx, by, "weight.decided", subjectChange(c), map[string]any{"approved": approve, "proposer": int64(c.Proposer)})
	})
	return c, err
}

// RecordComplaint records what somebody told about a team. It weighs a little, up to a cap. Errors:
// Forbidden; Invalid "complaint.day"; NotFound "weight.team".
func (s *Scheduler) RecordComplaint(ctx context.Context, by inspections.Actor, c inspections.Complaint) (inspections.Complaint, error) {
	if err := maySign(by); err != nil {
		return c, err
	}
	err := s.InTx(ctx, func(tx Tx) error {
		if c.Day.IsZero() || c.Day > tx.Now().Date() {
			return inspections.Fail(inspections.Invalid, "complaint.day", "day", c.Day)
		}
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		if _, known := roster.Team(c.Team); !known {
			return inspections.Fail(inspections.NotFound, "weight.team", "team", int64(c.Team))
		}
		c.ID, c.Recorded = 0, tx.Now()
		if err := tx.AddComplaint(&c); err != nil {
			return err
		}
		return record(tx, by, "complaint.recorded", fmt.Sprintf("complaint/%d", c.ID), map[string]any{
			"team": int64(c.Team), "day": c.Day, "note_sha256": sha256Hex([]byte(c.Note)),
		})
	})
	return c, err
}

func subjectChange(c inspections.WeightChange) string { return fmt.Sprintf("weight/%d", c.ID) }

// changesOf lists, for the note to the leader, the weights in a book that two persons set: place, the
// weight by evidence and the one set, from when until when, and why.
func changesOf(tx Tx, book *draw.Freeze) ([]string, error) {
	lines := []string{}
	var roster *inspections.Roster
	for _, team := range book.Teams {
		id, changed := changeIn(team.Reasons)
		if !changed {
			continue
		}
		c, err := tx.WeightChange(id)
		if err != nil {
			return nil, err
		}
		if roster == nil {
			if roster, err = tx.Roster(); err != nil {
				return nil, err
			}
		}
		t, _ := roster.Team(c.Team)
		township, _ := roster.Township(t.Township)
		lines = append(lines, fmt.Sprintf("%s%s: %d → %d (%s … %s) %s", township.Name, t.Village, WeightByReasons(team.Reasons), c.Weight, c.From, c.Until, c.Reason))
	}
	return lines, nil
}

// changeIn finds the number of the decision among the reasons of a weight.
func changeIn(reasons []string) (inspections.WeightChangeID, bool) {
	for _, reason := range reasons {
		if text, is := strings.CutPrefix(reason, RiskChange+"="); is {
			id, err := strconv.ParseInt(text, 10, 64)
			return inspections.WeightChangeID(id), err == nil
		}
	}
	return 0, false
}
