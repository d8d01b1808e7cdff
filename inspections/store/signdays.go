package store

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// signMonthRow holds the counting days of a month of a block of members: what the monthly and the yearly table
// count, some thirty bytes for a member instead of a row for each day. Days has "member,team,letters;" for each
// member and team; see letterOf.
type signMonthRow struct {
	Month string `db:"month"`
	Block int64  `db:"block"`
	Days  string `db:"days"`
}

var signMonths = table[signMonthRow]{name: "sign_months", noun: "sign_month", keys: []string{"month", "block"}}

// blockOf gives the block of a member: few enough rows to read a year at once, and an import of one township
// writes few of them anew.
func blockOf(m inspections.MemberID) int64 { return int64(m) / 128 }

// signLetters are the statuses of a day; a small letter says that the place was odd, a dot that there is no row.
const (
	signLetters = "PLTA"
	oddLetters  = "plta"
	noDay       = '.'
)

var signStatuses = [...]inspections.SignStatus{inspections.SignPresent, inspections.SignLeave, inspections.SignTravel, inspections.SignAbsent}

func letterOf(s inspections.SignIn) byte {
	i := slices.Index(signStatuses[:], s.Status)
	if s.Odd {
		return oddLetters[i]
	}
	return signLetters[i]
}

// SignDays lists what SignIns has of a month, by member, team and day, with nothing but the member, the team, the
// day, its status and whether the place was odd. It reads a few rows instead of each day's.
func (t *Tx) SignDays(month calendar.Month) ([]inspections.SignIn, error) {
	days, kept, err := t.keptDays(month)
	if err != nil || kept {
		return days, err
	}
	return t.bareDays(month.First(), month.Last()) // taken in before the table was there
}

// keptDays reads a month from its table; kept is false where no day of it was ever put there.
func (t *Tx) keptDays(month calendar.Month) (days []inspections.SignIn, kept bool, err error) {
	rows, err := signMonths.all(t, by("month = ?", month.String()), "ORDER BY block")
	if err != nil {
		return nil, false, err
	}
	n := 0
	for _, r := range rows {
		n += 31 * strings.Count(r.Days, ";")
	}
	days = make([]inspections.SignIn, 0, n)
	for _, r := range rows {
		if days, err = unpackDays(days, r.Days, month.First()); err != nil {
			return nil, false, err
		}
	}
	return days, len(rows) > 0, nil
}

func (t *Tx) bareDays(from, until calendar.Date) ([]inspections.SignIn, error) {
	list, err := t.SignIns(from, until)
	for i, s := range list {
		list[i] = inspections.SignIn{Member: s.Member, Team: s.Team, Day: s.Day, Status: s.Status, Odd: s.Odd}
	}
	slices.SortFunc(list, byMember)
	return list, err
}

func byMember(a, b inspections.SignIn) int {
	return cmp.Or(cmp.Compare(a.Member, b.Member), cmp.Compare(a.Team, b.Team), cmp.Compare(a.Day, b.Day))
}

// keepDays brings the months that fresh rows touch up to date: the days from the first to the last of them are
// read again, whatever import counts now; the other days of the month stay as they were kept.
func (t *Tx) keepDays(fresh []inspections.SignIn) error {
	type change struct {
		from, until calendar.Date
		blocks      map[int64]bool
	}
	changes := map[calendar.Month]*change{}
	for _, s := range fresh {
		m := calendar.MonthOf(s.Day)
		c := changes[m]
		if c == nil {
			c = &change{s.Day, s.Day, map[int64]bool{}}
			changes[m] = c
		}
		c.from, c.until, c.blocks[blockOf(s.Member)] = min(c.from, s.Day), max(c.until, s.Day), true
	}
	for m, c := range changes {
		days, kept, err := t.keptDays(m)
		if err != nil {
			return err
		}
		if !kept {
			c.from, c.until, c.blocks = m.First(), m.Last(), nil
		}
		again, err := t.bareDays(c.from, c.until)
		if err != nil {
			return err
		}
		days = append(slices.DeleteFunc(days, func(s inspections.SignIn) bool { return c.from <= s.Day && s.Day <= c.until }), again...)
		slices.SortFunc(days, byMember)
		blocks := map[int64][]inspections.SignIn{}
		for _, s := range days {
			if b := blockOf(s.Member); c.blocks == nil || c.blocks[b] {
				blocks[b] = append(blocks[b], s)
			}
		}
		for _, b := range slices.Sorted(maps.Keys(blocks)) {
			if err := signMonths.put(t, signMonthRow{m.String(), b, packDays(blocks[b])}); err != nil {
				return err
			}
		}
	}
	return nil
}

// packDays writes days that stand by member, team and day.
func packDays(days []inspections.SignIn) string {
	var b strings.Builder
	for i, s := range days {
		_, _, day := s.Day.Parts()
		at := 1
		if i == 0 || days[i-1].Member != s.Member || days[i-1].Team != s.Team {
			if i > 0 {
				b.WriteByte(';')
			}
			fmt.Fprintf(&b, "%d,%d,", s.Member, s.Team)
		} else {
			_, _, at = days[i-1].Day.Add(1).Parts()
		}
		for ; at < day; at++ {
			b.WriteByte(noDay)
		}
		b.WriteByte(letterOf(s))
	}
	return b.String() + ";"
}

// unpackDays appends what packDays wrote.
func unpackDays(days []inspections.SignIn, text string, first calendar.Date) ([]inspections.SignIn, error) {
	for line := range strings.SplitSeq(strings.TrimSuffix(text, ";"), ";") {
		who, rest, _ := strings.Cut(line, ",")
		where, letters, _ := strings.Cut(rest, ",")
		member, err := strconv.ParseInt(who, 10, 64)
		team, errTeam := strconv.ParseInt(where, 10, 64)
		if cmp.Or(err, errTeam) != nil || len(letters) > 31 {
			return nil, fmt.Errorf("store: sign_months: %.60q", line)
		}
		s := inspections.SignIn{Member: inspections.MemberID(member), Team: inspections.TeamID(team)}
		for i := range len(letters) {
			if letters[i] == noDay {
				continue
			}
			at := strings.IndexByte(signLetters+oddLetters, letters[i])
			if at < 0 {
				return nil, fmt.Errorf("store: sign_months: %.60q", line)
			}
			s.Day, s.Status, s.Odd = first.Add(i), signStatuses[at%len(signStatuses)], at >= len(signStatuses)
			days = append(days, s)
		}
	}
	return days, nil
}
