package portal

import (
	"anfang.example/inspections"
	"anfang.example/inspections/attendance"
	"anfang.example/inspections/calendar"
)

type attendanceView struct {
	Month      calendar.Month
	Back, On   string // months before and after
	Townships  []townshipMonth
	Members    []memberMonth
	Township   inspections.Township // chosen, or the zero one
	DaysMin    int
	Undecided  string // the year without a calendar, "" none
	Desk       bool   // sees the county's papers
	ByTownship bool   // the table of townships is shown
}

type townshipMonth struct {
	attendance.TownshipMonth
	Name, Code string
}

type memberMonth struct {
	attendance.MemberMonth
	Name, Village, Unit string
}

// attendanceNow leads to the month that is reported on now.
func attendanceNow(x *exchange) (answer, error) {
	return goTo("/attendance/"+calendar.MonthOf(x.now.Date()).String(), ""), nil
}

// attendanceMonth shows a month by township and, of one township or unit, by member.
func attendanceMonth(x *exchange) (answer, error) {
	m, err := calendar.ParseMonth(x.r.PathValue("month"))
	if err != nil {
		return answer{}, noPage()
	}
	view := attendanceView{Month: m, Back: m.Add(-1).String(), ByTownship: x.who.Role != inspections.RoleUnit, Desk: atDesk(x.who)}
	if m.Add(1).First() <= x.now.Date() {
		view.On = m.Add(1).String()
	}
	err = x.view(func(tx Tx) error {
		roster, lines, err := monthLines(tx, x, m, &view)
		if err != nil || view.Undecided != "" {
			return err
		}
		if view.ByTownship {
			for _, t := range attendance.Townships(roster, lines) {
				if seesTownship(x.who, t.Township) {
					town, _ := roster.Township(t.Township)
					view.Townships = append(view.Townships, townshipMonth{t, town.Name, town.Code})
				}
			}
		}
		chosen := chosenTownship(x, roster)
		view.Township = chosen
		for _, l := range lines {
			if x.who.Role == inspections.RoleUnit || chosen.ID != 0 && l.Township == chosen.ID {
				view.Members = append(view.Members, memberMonthOf(roster, l))
			}
		}
		return nil
	})
	return show("attendance", x.words.T("portal.attendance.title", "month", m), view), err
}

// monthLines counts the month and leaves out whom the person may not see.
func monthLines(tx Tx, x *exchange, m calendar.Month, view *attendanceView) (*inspections.Roster, []attendance.MemberMonth, error) {
	roster, err := tx.Roster()
	if err != nil {
		return nil, nil, err
	}
	roster = roster.On(m.Last())
	all, err := tx.Settings()
	if err != nil {
		return nil, nil, err
	}
	view.DaysMin = inspections.SettingsOn(all, m.Last()).Int(inspections.SetDaysMin)
	lines, err := attendance.ReadMonth(tx, roster, all, m, x.p.cfg.Office.Calendar)
	if year, missing := missingYear(err); missing {
		view.Undecided = year
		return roster, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	seen := lines[:0]
	for _, l := range lines {
		team, _ := roster.Team(l.Team)
		if seesMember(x.who, inspections.Posting{Member: l.Member, Team: l.Team, Unit: l.Unit}, team) {
			seen = append(seen, l)
		}
	}
	return roster, seen, nil
}

// chosenTownship gives the township whose members are listed: the person's own, or that of the address.
func chosenTownship(x *exchange, roster *inspections.Roster) inspections.Township {
	if x.who.Role == inspections.RoleTownship {
		t, _ := roster.Township(inspections.TownshipID(x.who.Party.ID))
		return t
	}
	for _, t := range roster.Townships {
		if t.Code == x.r.URL.Query().Get("township") && seesTownship(x.who, t.ID) {
			return t
		}
	}
	return inspections.Township{}
}

func memberMonthOf(roster *inspections.Roster, l attendance.MemberMonth) memberMonth {
	m, _ := roster.Member(l.Member)
	team, _ := roster.Team(l.Team)
	return memberMonth{l, m.Name, team.Village, unitName(roster, l.Unit)}
}
