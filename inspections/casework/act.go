package casework

import (
	"slices"
	"strings"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// ActKind is what somebody did in a case beside the approvals and conclusions.
type ActKind string

// The acts of a case. The case file prints them in order.
const (
	ActInvited    ActKind = "invited"     // a statement asked for, with the day it is due
	ActStatement  ActKind = "statement"   // a statement received
	ActDeclined   ActKind = "declined"    // those concerned refused one
	ActTalk       ActKind = "talk"        // talk record, signed by two
	ActFactCheck  ActKind = "fact_check"  // the facts put to those concerned, with their answer
	ActOpinion    ActKind = "opinion"     // their opinion and how it was weighed
	ActLighter    ActKind = "lighter"     // a ground to weigh lighter
	ActHeavier    ActKind = "heavier"     // a ground to weigh heavier
	ActRecusalAsk ActKind = "recusal_ask" // those concerned ask somebody to stand aside
	ActRecused    ActKind = "recused"     // a person stands aside: Person names why, Second is who
	ActNamed      ActKind = "named"       // naming approved, after a concluded measure
	ActHandover   ActKind = "handover"    // hand-over slip 问题线索移送单 to the body that has the power
	ActReceipt    ActKind = "receipt"     // its receipt; Answers is the slip
	ActProposal   ActKind = "proposal"    // a measure proposed to the body that has the power
	ActReopened   ActKind = "reopened"    // with a reason; Outcome lists the branch
	ActExtended   ActKind = "extended"    // of the clock, with reason and approver
	ActReply      ActKind = "reply"       // before the bulletin is signed
	ActAppeal     ActKind = "appeal"      // after the measure, within its time
	ActAppealEnd  ActKind = "appeal_end"  // Answers is the appeal; Outcome upheld, partly or dismissed
	ActServed     ActKind = "served"      // a measure served, with its receipt
	ActExecuted   ActKind = "executed"    // a measure carried out: when, where and by whom
	ActNoMeasure  ActKind = "no_measure"  // found responsible, and nothing is decided, with the reason
	ActReplaced   ActKind = "replaced"    // a recalled member's successor is in post
	ActOriginal   ActKind = "original"    // a stamped original scanned back in
)

// Act is one line of a case, written once. Seq runs within the case.
type Act struct {
	Case    inspections.CaseID    `json:"case" db:"case_id"`
	Seq     int                   `json:"seq" db:"seq"`
	Branch  int                   `json:"branch" db:"branch_seq"` // 0: the whole case
	Kind    ActKind               `json:"kind" db:"kind"`
	At      calendar.Instant      `json:"at" db:"at"`
	By      inspections.UserID    `json:"by" db:"by_user"`
	Second  inspections.UserID    `json:"second" db:"second_user"` // the second signature, or who stands aside
	Answers int                   `json:"answers" db:"answers"`    // the act this one settles
	Measure inspections.MeasureID `json:"measure" db:"measure_id"`
	Member  inspections.MemberID  `json:"member" db:"member_id"` // for whom a township or unit speaks
	Person  string                `json:"person" db:"person"`
	Body    string                `json:"body" db:"body"` // the body with the power, or the one that speaks for Member
	Text    string                `json:"text" db:"text"`
	Outcome string                `json:"outcome" db:"outcome"` // e.g. how an opinion was weighed
	SHA     string                `json:"sha256" db:"sha256"`
	Due     calendar.Instant      `json:"due" db:"due_at"`
	How     string                `json:"how,omitempty" db:"how"` // how it came, one of ActHows; "" not told
}

// settledBy says which act an answer must answer.
var settledBy = map[ActKind]ActKind{ActReceipt: ActHandover, ActAppealEnd: ActAppeal}

// Check refuses an act that the case's state does not allow or that lacks what its kind needs.
// Errors: Invalid, Conflict, NotFound.
func (a Act) Check(c Case, branches []Branch, measures []Measure, acts []Act) error {
	n, known := needs[a.Kind]
	switch {
	case !known:
		return inspections.Fail(inspections.Invalid, "case.act_unknown", "act", string(a.Kind))
	case !hasState(n.States, c.State):
		return inspections.Fail(inspections.Conflict, "case.act_state", "case", c.Number, "state", string(c.State))
	case a.Text == "":
		return inspections.Fail(inspections.Invalid, "case.act_text", "case", c.Number)
	case n.Second && a.Second == 0:
		return inspections.Fail(inspections.Invalid, "case.act_second", "case", c.Number)
	case a.Kind == ActTalk && a.Second == a.By:
		return inspections.Fail(inspections.Forbidden, "case.talk_two", "case", c.Number)
	case n.Body && a.Body == "":
		return inspections.Fail(inspections.Invalid, "case.act_body", "case", c.Number)
	case a.How != "" && !n.Bodies:
		return inspections.Fail(inspections.Invalid, "case.act_no_how", "case", c.Number)
	case a.How != "" && !slices.Contains(ActHows(), a.How):
		return inspections.Fail(inspections.Invalid, "case.act_how", "how", a.How, "known", strings.Join(ActHows(), ", "))
	case n.Outcome && a.Outcome == "":
		return inspections.Fail(inspections.Invalid, "case.act_outcome", "case", c.Number)
	}
	if n.Branch || a.Branch != 0 {
		b, ok := branchOf(branches, a.Branch)
		if !ok {
			return inspections.Fail(inspections.NotFound, "case.branch_unknown", "case", c.Number, "branch", a.Branch)
		}
		// What comes of a branch is said when it is concluded; everything else while it is open.
		after := a.Kind == ActProposal || a.Kind == ActNoMeasure
		if n.Branch && b.State != BranchOpen && !(after && b.State == BranchConcluded) {
			return inspections.Fail(inspections.Conflict, "case.branch_not_open", "branch", a.Branch)
		}
	}
	if n.Answers {
		return a.answering(c, acts)
	}
	if n.Measure {
		return a.measured(measures)
	}
	return nil
}

func (a Act) answering(c Case, acts []Act) error {
	found := false
	for _, other := range acts {
		if other.Seq == a.Answers && other.Kind == settledBy[a.Kind] {
			found = true
		}
		if other.Answers == a.Answers && other.Kind == a.Kind {
			return inspections.Fail(inspections.Conflict, "case.act_answered", "act", a.Answers)
		}
	}
	if !found {
		return inspections.Fail(inspections.NotFound, "case.act_not_found", "case", c.Number, "act", a.Answers)
	}
	return nil
}

func (a Act) measured(measures []Measure) error {
	for _, m := range measures {
		if m.ID != a.Measure {
			continue
		}
		if a.Kind == ActReplaced && m.Kind != MeasureRecall {
			return inspections.Fail(inspections.Invalid, "case.not_recalled", "measure", int64(a.Measure))
		}
		return nil
	}
	return inspections.Fail(inspections.NotFound, "case.measure_not_found", "measure", int64(a.Measure))
}

func hasState(list []State, s State) bool {
	for _, one := range list {
		if one == s {
			return true
		}
	}
	return false
}

func branchOf(branches []Branch, seq int) (Branch, bool) {
	for _, b := range branches {
		if b.Seq == seq {
			return b, true
		}
	}
	return Branch{}, false
}

// Awaiting lists the hand-over slips that have no receipt yet; the case waits for them.
func Awaiting(acts []Act) []Act { return unanswered(acts, ActHandover, ActReceipt) }

// Recused reports whether a user stands aside in a case.
func Recused(acts []Act, u inspections.UserID) bool {
	for _, a := range acts {
		if a.Kind == ActRecused && a.Second == u {
			return true
		}
	}
	return false
}

// Named reports whether naming the person of a measure was approved.
func Named(acts []Act, m inspections.MeasureID) bool {
	for _, a := range acts {
		if a.Kind == ActNamed && a.Measure == m {
			return true
		}
	}
	return false
}

// Vacant reports whether the post of a recalled member is still empty.
func Vacant(m Measure, acts []Act) bool {
	if m.Kind != MeasureRecall || m.Executed.IsZero() {
		return false
	}
	for _, a := range acts {
		if a.Kind == ActReplaced && a.Measure == m.ID {
			return false
		}
	}
	return true
}

// Overturned reports whether an appeal against a measure was upheld in full.
func Overturned(acts []Act, m inspections.MeasureID) bool {
	upheld := map[int]bool{}
	for _, a := range acts {
		if a.Kind == ActAppealEnd && a.Outcome == OutcomeUpheld {
			upheld[a.Answers] = true
		}
	}
	for _, a := range acts {
		if a.Kind == ActAppeal && a.Measure == m && upheld[a.Seq] {
			return true
		}
	}
	return false
}
