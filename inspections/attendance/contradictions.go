package attendance

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// ContradictionKind says in what two records disagree.
type ContradictionKind string

// The contradictions that are listed. None of them is a finding: each is a question to be asked.
const (
	NotFoundOnVisit ContradictionKind = "not_found_on_visit" // signed in, not found by the inspectors
	OnLeave         ContradictionKind = "on_leave"           // signed in while on leave by the office's record
	TwoPlaces       ContradictionKind = "two_places"         // kilometres apart on one day
	OddPlace        ContradictionKind = "odd_place"          // far from where the village's others sign
	SameSpot        ContradictionKind = "same_spot"          // several members, the very same coordinates
	SameMinute      ContradictionKind = "same_minute"        // always at the same minute
	ApprovedBelow   ContradictionKind = "approved_below"     // leave longer than its approver may approve
	AfterLeaving    ContradictionKind = "after_leaving"      // signed in without a posting on the day
)

// Contradiction is one line of the list. Days has the days concerned, in order; Detail a clock time,
// the number of the visit or who had to approve.
type Contradiction struct {
	Kind   ContradictionKind    `json:"kind"`
	Member inspections.MemberID `json:"member"`
	Team   inspections.TeamID   `json:"team"`
	Days   []calendar.Date      `json:"days"`
	Detail string               `json:"detail,omitempty"`
}

// Seen is what a visit says of a member's presence.
type Seen struct {
	Visit  inspections.VisitID
	Member inspections.MemberID
	Day    calendar.Date
	Absent bool
}

// ContradictionKeys are the settings that say what is no chance. Places are judged when a ledger is taken in, by
// what is in force on the day; minutes by what is in force on the month's last day,
// leave by what is in force on its first day.
var ContradictionKeys = []string{inspections.SetMinuteDays, inspections.SetMinuteShare, inspections.SetOddMetres, inspections.SetSpotMembers, inspections.SetLeaveTownship}

// Contradictions lists what in a month's records disagrees, by kind, team and member; all is everything ever set.
func Contradictions(roster *inspections.Roster, ledger []inspections.SignIn, leaves []inspections.Leave, seen []Seen, month calendar.Month, all []inspections.Setting) []Contradiction {
	set := inspections.SettingsOn(all, month.Last())
	lines := map[contradictionKey]*Contradiction{}
	add := func(kind ContradictionKind, s inspections.SignIn, detail string) {
		key := contradictionKey{kind, s.Member, s.Team}
		if lines[key] == nil {
			lines[key] = &Contradiction{Kind: kind, Member: s.Member, Team: s.Team, Detail: detail}
		}
		lines[key].Days = append(lines[key].Days, s.Day)
	}
	absent := map[memberDay]inspections.VisitID{}
	for _, v := range seen {
		if v.Absent {
			absent[memberDay{v.Member, v.Day}] = v.Visit
		}
	}
	posted := map[inspections.MemberID][]inspections.Posting{}
	for _, p := range roster.Postings {
		posted[p.Member] = append(posted[p.Member], p)
	}
	minutes := map[inspections.MemberID]map[string][]inspections.SignIn{}
	clocks := map[inspections.MemberID]int{}
	days := newest(inMonth(ledger, month))
	ordered := make([]inspections.SignIn, 0, len(days))
	for _, s := range days {
		ordered = append(ordered, s)
	}
	slices.SortFunc(ordered, func(a, b inspections.SignIn) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Member, b.Member))
	})
	for _, s := range ordered {
		if s.Status != inspections.SignPresent {
			continue
		}
		if id, is := absent[memberDay{s.Member, s.Day}]; is {
			add(NotFoundOnVisit, s, fmt.Sprintf("visit/%d", id))
		}
		for _, l := range leaves {
			if l.Member == s.Member && l.Kind != LeaveTravel && inspections.Covers(l.From, l.Until, s.Day) {
				add(OnLeave, s, "")
				break
			}
		}
		if s.Has(inspections.MarkTwoPlaces) {
			add(TwoPlaces, s, "")
		}
		if s.Odd {
			add(OddPlace, s, "")
		}
		if s.Has(inspections.MarkSameSpot) {
			add(SameSpot, s, "")
		}
		if !slices.ContainsFunc(posted[s.Member], func(p inspections.Posting) bool { return inspections.Covers(p.From, p.Until, s.Day) }) {
			add(AfterLeaving, s, "")
		}
		if len(s.Clock) >= 5 {
			if minutes[s.Member] == nil {
				minutes[s.Member] = map[string][]inspections.SignIn{}
			}
			minutes[s.Member][s.Clock[:5]] = append(minutes[s.Member][s.Clock[:5]], s)
			clocks[s.Member]++
		}
	}
	addApprovals(add, posted, leaves, month, all)
	for member, by := range minutes {
		for minute, signs := range by {
			if len(signs) >= set.Int(inspections.SetMinuteDays) && 100*len(signs) >= set.Int(inspections.SetMinuteShare)*clocks[member] {
				for _, s := range signs {
					add(SameMinute, s, minute)
				}
			}
		}
	}
	list := make([]Contradiction, 0, len(lines))
	for _, c := range lines {
		list = append(list, *c)
	}
	slices.SortFunc(list, func(a, b Contradiction) int {
		return cmp.Or(strings.Compare(string(a.Kind), string(b.Kind)), cmp.Compare(a.Team, b.Team), cmp.Compare(a.Member, b.Member))
	})
	return list
}

// addApprovals lists the days of the month of leaves whose approver was too low, in the team of the day.
func addApprovals(add func(ContradictionKind, inspections.SignIn, string), posted map[inspections.MemberID][]inspections.Posting,
	leaves []inspections.Leave, month calendar.Month, all []inspections.Setting) {
	missed := inspections.ApprovalsMissed(leaves, all)
	for _, l := range leaves {
		needed, is := missed[l.ID]
		for d := max(l.From, month.First()); is && d <= month.Last() && inspections.Covers(l.From, l.Until, d); d = d.Add(1) {
			i := slices.IndexFunc(posted[l.Member], func(p inspections.Posting) bool { return inspections.Covers(p.From, p.Until, d) })
			if i >= 0 {
				add(ApprovedBelow, inspections.SignIn{Member: l.Member, Team: posted[l.Member][i].Team, Day: d}, string(needed))
			}
		}
	}
}

type contradictionKey struct {
	kind   ContradictionKind
	member inspections.MemberID
	team   inspections.TeamID
}
