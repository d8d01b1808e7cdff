package duties

import (
	"cmp"
	"slices"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// GenerateTx is what making obligations by the calendar needs.
type GenerateTx interface {
	Tx
	Roster() (*inspections.Roster, error)
	TownshipLinks() ([]inspections.TownshipLink, error)
	Settings() ([]inspections.Setting, error)
}

// Generate makes what the catalog owes for the periods that hold day, for every party there is on it, and
// gives how many are new. What stands already is left alone, so that a day may be done again. An
// obligation begins with its period: what was done before the program ran can be handed in. Weekly ones begin
// with the first week that counts, as the county office's own two visits do.
func Generate(tx GenerateTx, rules []Rule, day calendar.Date) (int, error) {
	roster, err := tx.Roster()
	if err != nil {
		return 0, err
	}
	links, err := tx.TownshipLinks()
	if err != nil {
		return 0, err
	}
	all, err := tx.Settings()
	if err != nil {
		return 0, err
	}
	set := inspections.SettingsOn(all, day)
	var begun calendar.Date // Monday of the first week that counts (3.4), for the weekly duties of everybody
	if w, err := calendar.ParseWeek(set[inspections.SetFirstWeek]); err == nil {
		begun = w.Monday()
	}
	standing := map[string]map[owed]bool{}
	made := 0
	for _, r := range rules {
		if !r.makes(day) {
			continue
		}
		period, first, last, _ := r.Period(day)
		if r.Each == EachWeek && first < begun {
			continue // the week began before the county kept its records here
		}
		if standing[period] == nil {
			if standing[period], err = owedIn(tx, period); err != nil {
				return made, err
			}
		}
		for _, p := range Parties(r, roster, links, day) {
			if standing[period][owed{r.Kind, p}] {
				continue
			}
			o := Obligation{
				Kind: r.Kind, Clause: r.Clause, Party: p, Period: period,
				Started: calendar.InstantOf(first.Start()), Due: calendar.InstantOf(r.DueOf(last, set).End()),
			}
			if p.Kind != inspections.PartyCounty {
				// Others' late duties are told together in a list (Late), not one alarm each.
				o.Escalated = tx.Now()
			}
			if _, err := tx.AddObligation(&o); err != nil {
				return made, err
			}
			made++
		}
	}
	return made, nil
}

type owed struct {
	kind  Kind
	party inspections.Party
}

func owedIn(tx Tx, period string) (map[owed]bool, error) {
	list, err := tx.Obligations(Filter{Period: period})
	if err != nil {
		return nil, err
	}
	stands := map[owed]bool{}
	for _, o := range list {
		stands[owed{o.Kind, o.Party}] = true
	}
	return stands, nil
}

// Parties lists who owes a rule on a day, by id: all townships that stand; the units that stand behind a team or
// have a member posted; the lead units; resident team leaders who are named; departments and bureaus.
func Parties(r Rule, roster *inspections.Roster, links []inspections.TownshipLink, day calendar.Date) []inspections.Party {
	found := map[inspections.Party]bool{}
	add := func(kind inspections.PartyKind, id int64) { found[inspections.Party{Kind: kind, ID: id}] = true }
	switch r.Party {
	case inspections.PartyCounty:
		add(inspections.PartyCounty, 0)
	case inspections.PartyFinance:
		add(inspections.PartyFinance, 0)
	case inspections.PartyDepartment:
		if i := slices.Index(inspections.Departments, r.Department); i >= 0 {
			add(inspections.PartyDepartment, int64(i+1))
		}
	case inspections.PartyTownship, inspections.PartyResident:
		for _, t := range roster.TownshipsOn(day) {
			of := inspections.Party{Kind: inspections.PartyTownship, ID: int64(t.ID)}
			if _, named := roster.Holder(of, inspections.PostResident, day); r.Party == inspections.PartyTownship || named {
				add(r.Party, int64(t.ID))
			}
		}
	case inspections.PartyUnit:
		for _, t := range roster.TeamsOn(day) {
			for _, u := range roster.UnitsOf(t.ID, day) {
				add(inspections.PartyUnit, int64(u))
			}
		}
	case PartyLead:
		for _, t := range roster.TownshipsOn(day) {
			if l, ok := inspections.LinkOn(links, t.ID, inspections.LinkLeadUnit, day); ok && l.Unit != 0 {
				add(inspections.PartyUnit, int64(l.Unit))
			}
		}
	}
	list := make([]inspections.Party, 0, len(found))
	for p := range found {
		list = append(list, p)
	}
	slices.SortFunc(list, func(a, b inspections.Party) int { return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.ID, b.ID)) })
	return list
}

// SettleByLedger fulfils 1.3 for the townships whose ledger of the month has reached the office; arrived
// gives when.
func SettleByLedger(tx Tx, month calendar.Month, arrived map[inspections.TownshipID]calendar.Instant) error {
	open, err := tx.Obligations(Filter{Kind: AttendanceForm, Period: month.String(), Open: true})
	if err != nil {
		return err
	}
	for _, o := range open {
		at, ok := arrived[inspections.TownshipID(o.Party.ID)]
		if !ok {
			continue
		}
		o.Done, o.DoneRef = at, "ledger/"+month.String()
		if err := tx.SaveObligation(o); err != nil {
			return err
		}
	}
	return nil
}

// The kinds of the catalog that the program settles by itself.
const (
	AttendanceForm Kind = "attendance_form" // 1.3, by the ledger
	DailyDigest    Kind = "daily_digest"    // 3.7, by the digest
	TaskList       Kind = "task_list"       // 4.1–4.3, by the list published
	LeaderFunds    Kind = "leader_funds"    // 2.5, by the transfer recorded
	Allowances     Kind = "allowances"      // 3.5
)
