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

// keptDay is a day as it is kept, on its way there.
type keptDay struct {
	member inspections.MemberID
	team   inspections.TeamID
	day    calendar.Date
	letter byte
}

func keptDayOf(s inspections.SignIn) keptDay { return keptDay{s.Member, s.Team, s.Day, letterOf(s)} }

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

// touchedMonth is a month into which rows come: the days from the first to the last of them are made anew, the
// others stay as they were kept.
type touchedMonth struct {
	from, until calendar.Date
	blocks      map[int64]bool       // nil: all
	days        []inspections.SignIn // as they are kept
	first       bool                 // no row of these days was there before
}

// monthsOf tells, before rows are written, which months they touch and what is kept of them.
func (t *Tx) monthsOf(fresh []inspections.SignIn) (map[calendar.Month]*touchedMonth, error) {
	touched := map[calendar.Month]*touchedMonth{}
	for _, s := range fresh {
		m := calendar.MonthOf(s.Day)
		c := touched[m]
		if c == nil {
			c = &touchedMonth{from: s.Day, until: s.Day, blocks: map[int64]bool{}}
			touched[m] = c
		}
		c.from, c.until, c.blocks[blockOf(s.Member)] = min(c.from, s.Day), max(c.until, s.Day), true
	}
	for m, c := range touched {
		days, kept, err := t.keptDays(m)
		if err != nil {
			return nil, err
		}
		if c.days = days; !kept {
			c.from, c.until, c.blocks = m.First(), m.Last(), nil
		}
		var one int
		there, err := t.get(&one, `SELECT 1 FROM sign_ins WHERE county_id = ? AND day >= ? AND day <= ? LIMIT 1`, t.County(), c.from, c.until)
		if err != nil {
			return nil, err
		}
		c.first = !there
	}
	return touched, nil
}

// keepDays brings the touched months up to date with what counts now. Of days that had no row yet the fresh ones
// are all there is; other days are read again.
func (t *Tx) keepDays(touched map[calendar.Month]*touchedMonth, fresh []signInRow) error {
	for m, c := range touched {
		days, err := t.daysNow(m, c, fresh)
		if err != nil {
			return err
		}
		for _, s := range c.days {
			if s.Day < c.from || c.until < s.Day {
				days = append(days, keptDayOf(s))
			}
		}
		slices.SortFunc(days, func(a, b keptDay) int {
			return cmp.Or(cmp.Compare(a.member, b.member), cmp.Compare(a.team, b.team), cmp.Compare(a.day, b.day))
		})
		blocks := map[int64][]keptDay{}
		for _, d := range days {
			if b := blockOf(d.member); c.blocks == nil || c.blocks[b] {
				blocks[b] = append(blocks[b], d)
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

// daysNow gives what counts of the days that are made anew.
func (t *Tx) daysNow(m calendar.Month, c *touchedMonth, fresh []signInRow) ([]keptDay, error) {
	var counting []inspections.SignIn
	if c.first {
		var own []signInRow
		for _, r := range fresh {
			if calendar.MonthOf(r.Day) == m {
				own = append(own, r)
			}
		}
		if !slices.IsSortedFunc(own, byDay) { // a ledger mostly is
			slices.SortFunc(own, byDay)
		}
		counting = countingOf(own)
	} else {
		var err error
		if counting, err = t.SignIns(c.from, c.until); err != nil {
			return nil, err
		}
	}
	days := make([]keptDay, len(counting))
	for i, s := range counting {
		days[i] = keptDayOf(s)
	}
	return days, nil
}

func byDay(a, b signInRow) int {
	return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Member, b.Member), cmp.Compare(a.Import, b.Import), cmp.Compare(a.Seq, b.Seq))
}

// packDays writes days that stand by member, team and day.
func packDays(days []keptDay) string {
	text := make([]byte, 0, len(days)*5/4+16)
	for i, d := range days {
		_, _, day := d.day.Parts()
		at := 1
		if i == 0 || days[i-1].member != d.member || days[i-1].team != d.team {
			if i > 0 {
				text = append(text, ';')
			}
			text = append(strconv.AppendInt(text, int64(d.member), 10), ',')
			text = append(strconv.AppendInt(text, int64(d.team), 10), ',')
		} else {
			_, _, at = days[i-1].day.Add(1).Parts()
		}
		for ; at < day; at++ {
			text = append(text, noDay)
		}
		text = append(text, d.letter)
	}
	return string(append(text, ';'))
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
