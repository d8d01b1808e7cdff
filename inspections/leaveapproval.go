package inspections

import "slices"

// Approval is the body that approved a leave.
type Approval string

// Who approves leave, from the lowest. "" means that nothing told who did.
const (
	ApprovedByUnit     Approval = "unit"
	ApprovedByTownship Approval = "township"
	ApprovedByCounty   Approval = "county"
)

// Approvals lists the bodies from the lowest.
var Approvals = []Approval{ApprovedByUnit, ApprovedByTownship, ApprovedByCounty}

// Below reports whether a known approver is lower than the one that was needed.
func (a Approval) Below(needed Approval) bool {
	return a != "" && slices.Index(Approvals, a) < slices.Index(Approvals, needed)
}

// LeaveApproval says who has to approve a leave of so many calendar days. The notice is silent on it; up to
// SetLeaveTownship days the township does, beyond that the county office.
func (s Settings) LeaveApproval(days int) Approval {
	if days > s.Int(SetLeaveTownship) {
		return ApprovedByCounty
	}
	return ApprovedByTownship
}

// ApprovalsMissed lists the leaves whose approver is below what the length asks for, with who was needed. Leaves that
// join or overlap are one length, so that a long one is not made of short ones; the rule is that of its first day.
// Duty travel is not asked. all is everything ever set.
func ApprovalsMissed(leaves []Leave, all []Setting) map[LeaveID]Approval {
	asked := slices.DeleteFunc(slices.Clone(leaves), func(l Leave) bool { return l.Kind == "travel" })
	slices.SortFunc(asked, func(a, b Leave) int {
		if a.Member != b.Member {
			return int(a.Member - b.Member)
		}
		return int(a.From - b.From)
	})
	missed := map[LeaveID]Approval{}
	for i := 0; i < len(asked); {
		run, end := asked[i], i+1
		for ; end < len(asked) && asked[end].Member == run.Member && (run.Until.IsZero() || asked[end].From <= run.Until.Add(1)); end++ {
			if next := asked[end].Until; next.IsZero() || next > run.Until && !run.Until.IsZero() {
				run.Until = next
			}
		}
		needed := ApprovedByCounty // one without a last day lasts on
		if !run.Until.IsZero() {
			needed = SettingsOn(all, run.From).LeaveApproval(int(run.Until-run.From) + 1)
		}
		for _, l := range asked[i:end] {
			if l.ApprovedBy.Below(needed) {
				missed[l.ID] = needed
			}
		}
		i = end
	}
	return missed
}
