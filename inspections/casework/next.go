package casework

import (
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// StepKind is something that must be done in a case next. Words: "case_next."+kind.
type StepKind string

// The steps, in the order in which a case goes through them.
const (
	StepApprove  StepKind = "approve"   // a leader decides whether the case starts
	StepNameUnit StepKind = "name_unit" // the unit of a branch is still to be named
	StepHear     StepKind = "hear"      // those concerned have said nothing yet and their time runs
	StepCheck    StepKind = "check"     // the facts are not yet put to those concerned
	StepConclude StepKind = "conclude"  // a leader approves the conclusion
	StepMeasure  StepKind = "measure"   // found responsible, and nothing is decided or proposed
	StepServe    StepKind = "serve"     // a measure is not served
	StepExecute  StepKind = "execute"   // a measure is not carried out
	StepReceipt  StepKind = "receipt"   // a hand-over slip waits for its receipt
	StepAppeal   StepKind = "appeal"    // an appeal waits for its answer
	StepReplace  StepKind = "replace"   // the post of a recalled member is vacant
	StepClose    StepKind = "close"     // nothing else is left
)

// Step is one thing to do next, in a branch, about a measure or an act.
type Step struct {
	Kind    StepKind              `json:"kind"`
	Branch  int                   `json:"branch,omitempty"`
	Measure inspections.MeasureID `json:"measure,omitempty"`
	Act     int                   `json:"act,omitempty"`
	Due     calendar.Instant      `json:"due"` // zero: none of its own
	Leader  bool                  `json:"leader,omitempty"`
}

// Next lists what must be done in a case next, of each branch the first thing that is missing.
func Next(w Whole, acts []Act, now calendar.Instant) []Step {
	switch w.Case.State {
	case Proposed:
		return []Step{{Kind: StepApprove, Due: w.Case.Due, Leader: true}}
	case Refused:
		return nil
	}
	var steps []Step
	if w.Case.State == Open {
		for _, b := range w.Branches {
			if s, ok := nextIn(w, b, acts, now); ok {
				steps = append(steps, s)
			}
		}
		for _, m := range w.Measures {
			switch {
			case m.Served.IsZero() && m.Executed.IsZero():
				steps = append(steps, Step{Kind: StepServe, Branch: m.Branch, Measure: m.ID, Due: w.Case.Due})
			case m.Executed.IsZero():
				steps = append(steps, Step{Kind: StepExecute, Branch: m.Branch, Measure: m.ID, Due: w.Case.Due})
			}
		}
		for _, a := range Awaiting(acts) {
			steps = append(steps, Step{Kind: StepReceipt, Act: a.Seq, Due: a.Due})
		}
		if len(steps) == 0 {
			steps = append(steps, Step{Kind: StepClose, Due: w.Case.Due})
		}
	}
	for _, a := range Appeals(acts) {
		steps = append(steps, Step{Kind: StepAppeal, Act: a.Seq, Measure: a.Measure, Due: a.Due, Leader: true})
	}
	for _, m := range w.Measures {
		if Vacant(m, acts) {
			steps = append(steps, Step{Kind: StepReplace, Branch: m.Branch, Measure: m.ID})
		}
	}
	return steps
}

// nextIn gives what is missing first in one investigation.
func nextIn(w Whole, b Branch, acts []Act, now calendar.Instant) (Step, bool) {
	s := Step{Branch: b.Seq, Due: w.Case.Due}
	switch {
	case b.Party.ID == 0:
		s.Kind = StepNameUnit
	case b.State == BranchConcluded:
		if !b.Liable || dealtWith(w, b, acts) {
			return s, false
		}
		s.Kind, s.Leader = StepMeasure, true
	case !Heard(b, acts, now):
		s.Kind = StepHear
		if due := ReplyBy(b, acts); !due.IsZero() {
			s.Due = due
		}
	case !did(acts, b.Seq, ActFactCheck):
		s.Kind = StepCheck
	default:
		s.Kind, s.Leader = StepConclude, true
	}
	return s, true
}

// dealtWith reports whether something came of a branch that was found responsible: a measure, or a
// proposal or slip to the body that has the power.
func dealtWith(w Whole, b Branch, acts []Act) bool {
	for _, m := range w.Measures {
		if m.Branch == b.Seq {
			return true
		}
	}
	return did(acts, b.Seq, ActProposal) || did(acts, b.Seq, ActHandover) || did(acts, 0, ActHandover) || did(acts, b.Seq, ActNoMeasure)
}

func did(acts []Act, branch int, kind ActKind) bool {
	for _, a := range acts {
		if a.Branch == branch && a.Kind == kind {
			return true
		}
	}
	return false
}

// Appeals lists the appeals that have no answer yet.
func Appeals(acts []Act) []Act { return unanswered(acts, ActAppeal, ActAppealEnd) }

func unanswered(acts []Act, asked, answer ActKind) []Act {
	answered := map[int]bool{}
	for _, a := range acts {
		if a.Kind == answer {
			answered[a.Answers] = true
		}
	}
	var open []Act
	for _, a := range acts {
		if a.Kind == asked && !answered[a.Seq] {
			open = append(open, a)
		}
	}
	return open
}
