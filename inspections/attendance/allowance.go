package attendance

import (
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// AllowanceRule is the dated rule of the living allowance (3.5): so much for each day signed in at the
// village, up to a number of days a month. Leave and duty travel are paid elsewhere.
type AllowanceRule struct {
	DayCents int64 // 1/100 yuan for a day
	MaxDays  int   // of a month
}

// AllowanceRuleOf takes the rule from the settings in force. Error: Conflict while no rate is set.
func AllowanceRuleOf(set inspections.Settings) (AllowanceRule, error) {
	r := AllowanceRule{int64(set.Int(inspections.SetAllowance)), set.Int(inspections.SetAllowanceCap)}
	if r.DayCents <= 0 {
		return r, inspections.Fail(inspections.Conflict, "allowance.no_rate")
	}
	return r, nil
}

// AllowanceLine is one person's month; who served in two teams has one line, with the last of them.
type AllowanceLine struct {
	Member   inspections.MemberID   `json:"member"`
	Team     inspections.TeamID     `json:"team"`
	Township inspections.TownshipID `json:"township"`
	Unit     inspections.UnitID     `json:"unit"`
	Days     int                    `json:"days"`  // paid
	Cents    int64                  `json:"cents"` // 1/100 yuan
	Reported bool                   `json:"reported"`
}

// Allowances makes the register of a month in the order of its lines, with its total in 1/100 yuan. A
// person of whom a ledger is missing is listed without a sum: not reported is not nothing.
func Allowances(lines []MemberMonth, rule AllowanceRule) (register []AllowanceLine, total int64) {
	at := map[inspections.MemberID]int{}
	for _, m := range lines {
		i, seen := at[m.Member]
		if !seen {
			i = len(register)
			at[m.Member] = i
			register = append(register, AllowanceLine{Member: m.Member, Team: m.Team, Township: m.Township, Unit: m.Unit, Reported: true})
		}
		register[i].Days += m.Signed
		register[i].Reported = register[i].Reported && m.Reported
	}
	for i := range register {
		line := &register[i]
		if !line.Reported {
			line.Days = 0
			continue
		}
		line.Days = min(line.Days, rule.MaxDays)
		line.Cents = int64(line.Days) * rule.DayCents
		total += line.Cents
	}
	return register, total
}

// Days gives what is known of each day of a line's month, "" where nothing is or the member was not
// posted; it agrees with the counts of the line.
func Days(line MemberMonth, ledger []inspections.SignIn, leaves []inspections.Leave, month calendar.Month) []inspections.SignStatus {
	days := make([]inspections.SignStatus, month.Days())
	for _, s := range ledger {
		if s.Member == line.Member && s.Team == line.Team && month.Holds(s.Day) && line.From <= s.Day && s.Day <= line.Until {
			days[s.Day-month.First()] = s.Status
		}
	}
	for _, l := range leaves {
		for d := max(l.From, line.From); l.Member == line.Member && d <= line.Until && inspections.Covers(l.From, l.Until, d); d = d.Add(1) {
			if i := d - month.First(); days[i] != "" && days[i] != inspections.SignPresent {
				days[i] = leaveStatus(l)
			}
		}
	}
	return days
}
