package office

import (
	"fmt"
	"slices"

	"anfang.example/inspections"
	"anfang.example/inspections/attendance"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/duties"
)

// KeepDuties makes what the catalog owes on a day, settles 1.3 by the ledgers that have come, and gives
// how many obligations are new. It runs in the caller's transaction.
func KeepDuties(tx Tx, rules []duties.Rule, day calendar.Date) (int, error) {
	made, err := duties.Generate(tx, rules, day)
	if err != nil {
		return made, err
	}
	roster, err := tx.Roster()
	if err != nil {
		return made, err
	}
	for _, month := range []calendar.Month{calendar.MonthOf(day).Add(-1), calendar.MonthOf(day)} {
		if day < month.Last() {
			continue // the month is not over: a part of its ledger is no form
		}
		arrived, err := ledgerArrived(tx, roster, month)
		if err != nil {
			return made, err
		}
		if err := duties.SettleByLedger(tx, month, arrived); err != nil {
			return made, err
		}
	}
	return made, nil
}

// ledgerArrived gives when the ledger of each township's last workdays of a month first reached the office.
func ledgerArrived(tx Tx, roster *inspections.Roster, month calendar.Month) (map[inspections.TownshipID]calendar.Instant, error) {
	const lastDays = 6 // a ledger that stops a week before the month ends is a part of one
	signs, err := tx.SignIns(month.Last().Add(-lastDays), month.Last())
	if err != nil {
		return nil, err
	}
	first := map[inspections.TownshipID]inspections.ImportID{}
	for _, s := range signs {
		team, _ := roster.Team(s.Team)
		if have, ok := first[team.Township]; !ok || s.Import < have {
			first[team.Township] = s.Import
		}
	}
	arrived := map[inspections.TownshipID]calendar.Instant{}
	for township, id := range first {
		imp, err := tx.Import(id)
		if err != nil {
			return nil, err
		}
		arrived[township] = imp.At
	}
	return arrived, nil
}

// SendDigest tells each township what of the day's sign-ins had reached the office on that day (3.7), and
// settles the duty. What had not come is told as not reported, never as nothing. It runs in the caller's
// transaction; done twice, it writes no second letter.
func SendDigest(tx Tx, day calendar.Date) error {
	roster, err := tx.Roster()
	if err != nil {
		return err
	}
	signs, err := tx.SignIns(day, day)
	if err != nil {
		return err
	}
	leaves, err := tx.Leaves(day, day)
	if err != nil {
		return err
	}
	came := map[inspections.ImportID]bool{}
	var reached []inspections.SignIn
	for _, s := range signs {
		in, asked := came[s.Import]
		if !asked {
			imp, err := tx.Import(s.Import)
			if err != nil {
				return err
			}
			in = !imp.At.After(day.End())
			came[s.Import] = in
		}
		if in {
			reached = append(reached, s)
		}
	}
	told, untold := 0, 0
	for _, t := range roster.TownshipsOn(day) {
		to := inspections.Party{Kind: inspections.PartyTownship, ID: int64(t.ID)}
		holder := roster.ContactOf(to, day)
		args := digestOf(roster, t, day, reached, leaves)
		if holder.Email == "" {
			if args.Members > 0 {
				untold++
			}
			continue
		}
		key := fmt.Sprintf("digest/%s/%d", day, t.ID)
		if err := enqueue(tx, inspections.LetterDigest, key, to, holder.Name, holder.Email, args); err != nil {
			return err
		}
		told++
	}
	if told == 0 || untold > 0 {
		return nil // 3.7: each township; while one cannot be reached by mail the duty stays owed, to be told otherwise
	}
	return settle(tx, duties.Filter{Kind: duties.DailyDigest, Period: day.String()},
		inspections.Party{Kind: inspections.PartyCounty}, fmt.Sprintf("digest/%s", day))
}

// digestOf counts a township's day. Only members posted on the day count.
func digestOf(roster *inspections.Roster, t inspections.Township, day calendar.Date, signs []inspections.SignIn, leaves []inspections.Leave) inspections.DigestArgs {
	args := inspections.DigestArgs{Township: t.Name, Day: day, Missing: []string{}}
	here := map[inspections.MemberID]bool{}
	for _, team := range roster.TeamsOn(day) {
		if team.Township == t.ID {
			for _, p := range roster.PostingsOf(team.ID, day) {
				here[p.Member] = true
			}
		}
	}
	for _, s := range signs {
		team, _ := roster.Team(s.Team)
		args.Reported = args.Reported || team.Township == t.ID
	}
	args.Members = len(here)
	var silent []inspections.MemberID
	for id := range here {
		switch status := attendance.DayStatus(signs, leaves, id, day); status {
		case inspections.SignPresent:
			args.Signed++
		case inspections.SignLeave:
			args.Leave++
		case inspections.SignTravel:
			args.Travel++
		default:
			silent = append(silent, id)
		}
	}
	slices.Sort(silent)
	args.Absent = len(silent)
	if args.Reported {
		for _, id := range silent {
			m, _ := roster.Member(id)
			args.Missing = append(args.Missing, m.Name)
		}
	}
	return args
}
