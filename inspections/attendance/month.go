package attendance

import (
	"sort"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// MemberMonth is what is known of one member's month in one team. Who changed teams in the month has a
// line for each, measured by the days in it.
type MemberMonth struct {
	Member   inspections.MemberID    `json:"member"`
	Team     inspections.TeamID      `json:"team"`
	Township inspections.TownshipID  `json:"township"`
	Unit     inspections.UnitID      `json:"unit"` // 0: not known
	Role     inspections.PostingRole `json:"role"`
	From     calendar.Date           `json:"from"`     // first day posted in the month
	Until    calendar.Date           `json:"until"`    // last day posted in the month
	Posted   int                     `json:"posted"`   // calendar days posted in the month
	Reported bool                    `json:"reported"` // the township's ledger arrived; else no figure below means anything
	Signed   int                     `json:"signed"`   // days signed in, weekends included
	Leave    int                     `json:"leave"`    // days
	Travel   int                     `json:"travel"`   // days
	Absent   int                     `json:"absent"`   // workdays without sign-in that nothing covers
	Silent   int                     `json:"silent"`   // of Absent: the ledger has no row of the day at all
	Odd      int                     `json:"odd"`      // of Signed: far from where the village's others sign
	Disputed int                     `json:"disputed"` // of Signed: on leave after the office's own record
	Expected int                     `json:"expected"` // of the threshold, by the days posted, rounded down
	Reached  bool                    `json:"reached"`  // Signed + Travel ≥ Expected: duty travel counts as attendance
}

// Month counts a month: a line for each member and team, in the order of township code, team and
// member. ledger and leaves may hold more than the month. Of a member's day the newest import counts,
// and only days on which the member was posted. Error: *calendar.MissingYearError, since workdays cannot
// be told.
func Month(roster *inspections.Roster, ledger []inspections.SignIn, leaves []inspections.Leave, month calendar.Month,
	cal *calendar.Calendar, settings inspections.Settings) ([]MemberMonth, error) {
	workday := map[calendar.Date]bool{}
	for d := month.First(); d <= month.Last(); d = d.Add(1) {
		day, err := cal.Day(d)
		if err != nil {
			return nil, err
		}
		workday[d] = day.Workday
	}
	townships := map[inspections.TeamID]inspections.TownshipID{}
	for _, t := range roster.Teams {
		townships[t.ID] = t.Township
	}
	days := newest(inMonth(ledger, month))
	// The last day a township's ledger speaks of; of the days after it nothing is known.
	last := map[inspections.TownshipID]calendar.Date{}
	for _, s := range days {
		last[townships[s.Team]] = max(last[townships[s.Team]], s.Day)
	}
	excused := map[inspections.MemberID][]inspections.Leave{}
	for _, l := range leaves {
		excused[l.Member] = append(excused[l.Member], l)
	}
	spans := postedDays(roster, month)
	lines := make([]MemberMonth, 0, len(spans))
	for key, span := range spans {
		m := MemberMonth{
			Member: key.member, Team: key.team, Township: townships[key.team], Unit: span.last.Unit, Role: span.last.Role,
			Posted: len(span.days), Reported: last[townships[key.team]] != 0,
			Expected: settings.Int(inspections.SetDaysMin) * len(span.days) / month.Days(),
		}
		m.From, m.Until = span.days[0], span.days[len(span.days)-1]
		for _, d := range span.days {
			s, known := days[memberDay{key.member, d}]
			if known && s.Team != key.team && otherTeam(spans, key.member, s.Team, d) {
				continue // the day was spent in the other team
			}
			m.add(s, known, covering(excused[key.member], d), workday[d], d <= last[m.Township])
		}
		m.Reached = m.Signed+m.Travel >= m.Expected
		lines = append(lines, m)
	}
	order := codeOrder(roster)
	sort.Slice(lines, func(i, j int) bool {
		a, b := lines[i], lines[j]
		if a.Township != b.Township {
			return order[a.Township] < order[b.Township]
		}
		return a.Team < b.Team || a.Team == b.Team && a.Member < b.Member
	})
	return lines, nil
}

// add counts one day: who signed in was there; else the office's own record of leave decides before
// the ledger does. A workday without a row is an absence only while the ledger runs.
func (m *MemberMonth) add(s inspections.SignIn, known bool, leave inspections.SignStatus, workday, ledgerRuns bool) {
	status := s.Status
	if status != inspections.SignPresent && leave != "" && (workday || known) {
		status = leave
	}
	switch status {
	case inspections.SignPresent:
		m.Signed++
		if s.Odd {
			m.Odd++
		}
		if leave == inspections.SignLeave {
			m.Disputed++
		}
	case inspections.SignLeave:
		m.Leave++
	case inspections.SignTravel:
		m.Travel++
	case inspections.SignAbsent:
		if workday {
			m.Absent++
		}
	default:
		if workday && ledgerRuns {
			m.Absent++
			m.Silent++
		}
	}
}

func covering(leaves []inspections.Leave, day calendar.Date) inspections.SignStatus {
	for _, l := range leaves {
		if inspections.Covers(l.From, l.Until, day) {
			return leaveStatus(l)
		}
	}
	return ""
}

func inMonth(ledger []inspections.SignIn, month calendar.Month) []inspections.SignIn {
	var in []inspections.SignIn
	for _, s := range ledger {
		if month.Holds(s.Day) {
			in = append(in, s)
		}
	}
	return in
}

type memberTeam struct {
	member inspections.MemberID
	team   inspections.TeamID
}

// posting is the days of a month on which a member was posted to a team, in order, and the last posting.
type posting struct {
	days []calendar.Date
	last inspections.Posting
}

func postedDays(roster *inspections.Roster, month calendar.Month) map[memberTeam]posting {
	spans := map[memberTeam]posting{}
	on := map[memberTeam]map[calendar.Date]bool{}
	for _, p := range roster.Postings {
		key := memberTeam{p.Member, p.Team}
		for d := month.First(); d <= month.Last(); d = d.Add(1) {
			if !inspections.Covers(p.From, p.Until, d) || on[key][d] {
				continue
			}
			if on[key] == nil {
				on[key] = map[calendar.Date]bool{}
			}
			on[key][d] = true
			span := spans[key]
			span.days = append(span.days, d)
			if span.last.ID == 0 || p.From >= span.last.From {
				span.last = p
			}
			spans[key] = span
		}
	}
	for _, span := range spans {
		days := span.days
		sort.Slice(days, func(i, j int) bool { return days[i] < days[j] })
	}
	return spans
}

// otherTeam reports whether the member was posted to team on the day.
func otherTeam(spans map[memberTeam]posting, member inspections.MemberID, team inspections.TeamID, day calendar.Date) bool {
	days := spans[memberTeam{member, team}].days
	i := sort.Search(len(days), func(i int) bool { return days[i] >= day })
	return i < len(days) && days[i] == day
}

// codeOrder ranks townships by division code.
func codeOrder(roster *inspections.Roster) map[inspections.TownshipID]int {
	rank := map[inspections.TownshipID]int{}
	for i, t := range roster.TownshipsByCode() {
		rank[t.ID] = i
	}
	return rank
}
