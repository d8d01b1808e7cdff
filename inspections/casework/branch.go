package casework

import (
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// Side is whose duties a branch investigates.
type Side string

// The sides of a case.
const (
	SideTownship Side = "township"
	SideUnit     Side = "unit"
	SideMember   Side = "member"
)

// BranchState is where an investigation stands.
type BranchState string

// The states of a branch.
const (
	BranchAwaiting  BranchState = "awaiting"  // approval to start not given
	BranchOpen      BranchState = "open"      // being investigated
	BranchConcluded BranchState = "concluded" // concluded and approved by a second person
	BranchDropped   BranchState = "dropped"   // the case was not started
)

// Branch is one investigation. Party.ID is 0 while the unit is still to be named; it is never dropped for that.
type Branch struct {
	Case        inspections.CaseID `json:"case" db:"case_id"`
	Seq         int                `json:"seq" db:"seq"` // 1… within the case
	Side        Side               `json:"side" db:"side"`
	Party       inspections.Party  `json:"party" db:"-"`
	Responsible string             `json:"responsible" db:"responsible"` // who held the posts on that day, JSON list of {post,name}
	State       BranchState        `json:"state" db:"state"`
	Statement   string             `json:"statement" db:"statement"` // what those concerned said; "" not received
	Liable      bool               `json:"liable" db:"liable"`
	Conclusion  string             `json:"conclusion" db:"conclusion"`
	ConcludedBy inspections.UserID `json:"concluded_by" db:"concluded_by"`
	ApprovedBy  inspections.UserID `json:"approved_by" db:"approved_by"`
	Concluded   calendar.Instant   `json:"concluded" db:"concluded_at"`
}

// Post is one responsible person, as of the day of the fact.
type Post struct {
	Post inspections.Post `json:"post"`
	Name string           `json:"name"`
}

// Conclude records the conclusion, drawn up by one person and approved by another. Errors: Conflict, Invalid, Forbidden.
func (b *Branch) Conclude(liable bool, text string, by, approver inspections.UserID, now calendar.Instant) error {
	if b.State != BranchOpen {
		return inspections.Fail(inspections.Conflict, "case.branch_not_open", "branch", b.Seq)
	}
	if b.Party.ID == 0 {
		return inspections.Fail(inspections.Conflict, "case.branch_unnamed", "branch", b.Seq)
	}
	if text == "" {
		return inspections.Fail(inspections.Invalid, "case.conclusion_missing", "branch", b.Seq)
	}
	if by == approver {
		return inspections.Fail(inspections.Forbidden, "case.second_person", "branch", b.Seq)
	}
	b.State, b.Liable, b.Conclusion, b.ConcludedBy, b.ApprovedBy, b.Concluded = BranchConcluded, liable, text, by, approver, now
	return nil
}

// MeasureKind is one of the four measures of 3.6.
type MeasureKind string

// The measures of 3.6.
const (
	MeasureTalk      MeasureKind = "talk"      // 约谈
	MeasureCriticism MeasureKind = "criticism" // 批评教育
	MeasureAdmonish  MeasureKind = "admonish"  // 诫勉谈话
	MeasureRecall    MeasureKind = "recall"    // 召回撤换, members only
)

// Measure is one accountability measure that came out of a branch.
type Measure struct {
	ID       inspections.MeasureID `json:"id" db:"id"`
	Case     inspections.CaseID    `json:"case" db:"case_id"`
	Branch   int                   `json:"branch" db:"branch_seq"`
	Kind     MeasureKind           `json:"kind" db:"kind"`
	Person   string                `json:"person" db:"person"` // who it is taken against
	Body     string                `json:"body" db:"body"`     // the competent body that decided
	Decided  calendar.Instant      `json:"decided" db:"decided_at"`
	Served   calendar.Instant      `json:"served" db:"served_at"`
	Executed calendar.Instant      `json:"executed" db:"executed_at"`

	Proposed  MeasureKind        `json:"proposed" db:"proposed"`   // what the rule table proposed; "" nothing
	Reason    string             `json:"reason" db:"reason"`       // why the decision is another
	Authority string             `json:"authority" db:"authority"` // the paper that gives Body the power
	DecidedBy inspections.UserID `json:"decided_by" db:"decided_by"`
}

// CheckMeasure refuses what the notice does not allow: recall fits members only. Error: Invalid.
func CheckMeasure(side Side, kind MeasureKind) error {
	switch kind {
	case MeasureTalk, MeasureCriticism, MeasureAdmonish:
		return nil
	case MeasureRecall:
		if side == SideMember {
			return nil
		}
		return inspections.Fail(inspections.Invalid, "case.recall_members_only")
	}
	return inspections.Fail(inspections.Invalid, "case.measure_unknown", "measure", string(kind))
}
