package attendance

import (
	"math/bits"
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
	first := month.First()
	var workday [31]bool
	for d := first; d <= month.Last(); d = d.Add(1) {
		day, err := cal.Day(d)
		if err != nil {
			return nil, err
		}
		workday[d-first] = day.Workday
	}
	townships := map[inspections.TeamID]inspections.TownshipID{}
	for _, t := range roster.Teams {
		townships[t.ID] = t.Township
	}
	days := gridOf(ledger, month)
	// The last day a township's ledger speaks of; of the days after it nothing is known.
	last := map[inspections.TownshipID]calendar.Date{}
	for _, row := range days {
		for _, i := range row {
			if i > 0 {
				s := &ledger[i-1]
				last[townships[s.Team]] = max(last[townships[s.Team]], s.Day)
			}
		}
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
			Posted: bits.OnesCount32(span.days), Reported: last[townships[key.team]] != 0,
			Expected: settings.Int(inspections.SetDaysMin) * bits.OnesCount32(span.days) / month.Days(),
		}
		m.From, m.Until = first.Add(bits.TrailingZeros32(span.days)), first.Add(31-bits.LeadingZeros32(span.days))
		row, absences, runs := days[key.member], excused[key.member], last[m.Township]
		for i := range 31 {
			if span.days&(1<<i) == 0 {
				continue
			}
			d := first.Add(i)
			var s inspections.SignIn
			known := row != nil && row[i] > 0
			if known {
				s = ledger[row[i]-1]
				if s.Team != key.team && spans[memberTeam{key.member, s.Team}].days&(1<<i) != 0 {
					continue // the day was spent in the other team
				}
			}
			m.add(s, known, covering(absences, d), workday[i], d <= runs)
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

// posting is the days of a month on which a member was posted to a team, the first as the lowest bit, and
// the last posting.
type posting struct {
	days uint32
	last inspections.Posting
}

func postedDays(roster *inspections.Roster, month calendar.Month) map[memberTeam]posting {
	spans := make(map[memberTeam]posting, len(roster.Postings))
	first, end := month.First(), month.Last()
	for _, p := range roster.Postings {
		from, until := max(p.From, first), end
		if !p.Until.IsZero() {
			until = min(p.Until, end)
		}
		if from > until {
			continue
		}
		key := memberTeam{p.Member, p.Team}
		span := spans[key]
		span.days |= (1<<uint(until-from+1) - 1) << uint(from-first)
		if span.last.ID == 0 || p.From >= span.last.From {
			span.last = p
		}
		spans[key] = span
	}
	return spans
}

// grid holds, for each member and day of a month, the place in the ledger (from 1) of the row that counts.
type grid map[inspections.MemberID]*[31]int

// gridOf keeps, of each member's day, the row of the newest import; of one import, the first.
func gridOf(ledger []inspections.SignIn, month calendar.Month) grid {
	days := grid{}
	first, last := month.First(), month.Last()
	var member inspections.MemberID
	var row *[31]int
	for i := range ledger {
		s := &ledger[i]
		if s.Day < first || s.Day > last {
			continue
		}
		if row == nil || s.Member != member {
			if row = days[s.Member]; row == nil {
				row = new([31]int)
				days[s.Member] = row
			}
			member = s.Member
		}
		if at := &row[s.Day-first]; *at == 0 || s.Import > ledger[*at-1].Import {
			*at = i + 1
		}
	}
	return days
}

// codeOrder ranks townships by division code.
func codeOrder(roster *inspections.Roster) map[inspections.TownshipID]int {
	rank := map[inspections.TownshipID]int{}
	for i, t := range roster.TownshipsByCode() {
		rank[t.ID] = i
	}
	return rank
}
