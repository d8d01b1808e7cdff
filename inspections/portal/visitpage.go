package portal

import (
	"errors"
	"io/fs"

	"anfang.example/inspections"
	"anfang.example/inspections/attendance"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
)

type memberLine struct {
	ID    inspections.MemberID
	Name  string
	Unit  string
	Head  bool
	Seen  inspections.Attendance // zero before the record
	Known inspections.SignStatus // what leave records and the ledger say of the day
	Leave *inspections.Leave     // that covers the day
}

type checkGroup struct {
	Party inspections.PartyKind
	Name  string
	Items []inspections.Check
}

type findingLine struct {
	F      inspections.Finding
	Member string
	Case   string // number, "" none
}

type visitView struct {
	V                 inspections.Visit
	Township, Village string
	Units             []string
	Pair              []string
	Members           []memberLine
	Groups            []checkGroup
	Evidence          []inspections.Evidence
	Findings          []findingLine
	ToVerify          int
	Arrive            calendar.Instant // proposed as the time of the visit

	MayRecord, MayVerify, MayCancel bool
	AtDesk                          bool // findings lead on to the ledger of rectification
}

// visitPage shows one visit: the assignment with its record form, or what was recorded.
func visitPage(x *exchange) (answer, error) {
	id, err := x.number("id")
	if err != nil {
		return answer{}, err
	}
	var view visitView
	err = x.view(func(tx Tx) error {
		v, err := visibleVisit(tx, x, inspections.VisitID(id))
		if err != nil {
			return err
		}
		view, err = visitViewOf(tx, x, v)
		return err
	})
	return show("visit", x.words.T("portal.visit.title", "township", view.Township, "village", view.Village), view), err
}

// visibleVisit gives a visit a person may see; any other does not exist for them.
func visibleVisit(tx Tx, x *exchange, id inspections.VisitID) (inspections.Visit, error) {
	v, err := tx.Visit(id)
	if err == nil && !seesVisit(x.who, v, x.now) {
		err = noPage()
	}
	return v, err
}

func visitViewOf(tx Tx, x *exchange, v inspections.Visit) (visitView, error) {
	roster, err := tx.Roster()
	if err != nil {
		return visitView{}, err
	}
	view := visitView{
		V: v, Pair: inspectorNames(roster, v.First, v.Second), Units: unitNames(roster, roster.UnitsOf(v.Team, dayOf(v))),
		Arrive: v.Arrive, AtDesk: atDesk(x.who),
	}
	if x.now.Before(v.Arrive.Time) {
		view.Arrive = x.now
	}
	view.Township, view.Village = placeOf(roster, v.Team)
	awaited := v.State == inspections.VisitReleased
	clerk := x.actor().Is(clerks...)
	view.MayRecord = awaited && (clerk || goes(x.who, v))
	view.MayCancel = awaited && (atDesk(x.who) || goes(x.who, v))
	if view.Members, err = membersOf(tx, roster, v); err != nil {
		return view, err
	}
	for _, m := range view.Members {
		if m.Seen.Presence == inspections.ToVerify {
			view.ToVerify++
		}
	}
	view.MayVerify = clerk && view.ToVerify > 0
	if view.Groups, err = checksOf(tx, view, v); err != nil {
		return view, err
	}
	if view.Evidence, err = tx.Evidence(v.ID, 0); err != nil {
		return view, err
	}
	view.Findings, err = findingsOf(tx, x, roster, v)
	return view, err
}

// membersOf lists who is posted to the team on the visit's day, with what was seen and what is known.
func membersOf(tx Tx, roster *inspections.Roster, v inspections.Visit) ([]memberLine, error) {
	day := dayOf(v)
	seen, err := tx.Attendances(v.ID)
	if err != nil {
		return nil, err
	}
	leaves, err := tx.Leaves(day, day)
	if err != nil {
		return nil, err
	}
	ledger, err := tx.SignIns(day, day)
	if err != nil {
		return nil, err
	}
	var list []memberLine
	for _, p := range roster.PostingsOf(v.Team, day) {
		m, ok := roster.Member(p.Member)
		if !ok {
			return nil, errors.New("portal: a posting without its member")
		}
		line := memberLine{ID: m.ID, Name: m.Name, Unit: unitName(roster, p.Unit), Head: p.Role == inspections.RoleHead}
		line.Known = attendance.DayStatus(ledger, leaves, m.ID, day)
		for _, l := range leaves {
			if l.Member == m.ID {
				line.Leave = &l
			}
		}
		for _, a := range seen {
			if a.Member == m.ID {
				line.Seen = a
			}
		}
		list = append(list, line)
	}
	return list, nil
}

// checksOf gives the checklist by party, with the answers where there are any.
func checksOf(tx Tx, view visitView, v inspections.Visit) ([]checkGroup, error) {
	made, err := tx.Checks(v.ID)
	if err != nil {
		return nil, err
	}
	names := map[inspections.PartyKind]string{inspections.PartyTownship: view.Township, inspections.PartyTeam: view.Village}
	if len(view.Units) == 1 {
		names[inspections.PartyUnit] = view.Units[0]
	}
	var groups []checkGroup
	for _, item := range inspections.Checklist() {
		if len(groups) == 0 || groups[len(groups)-1].Party != item.Party {
			groups = append(groups, checkGroup{Party: item.Party, Name: names[item.Party]})
		}
		line := inspections.Check{Party: item.Party, Clause: item.Clause, Item: item.Item}
		for _, c := range made {
			if c.Item == item.Item && c.Party == item.Party {
				line = c
			}
		}
		g := &groups[len(groups)-1]
		g.Items = append(g.Items, line)
	}
	return groups, nil
}

func findingsOf(tx Tx, x *exchange, roster *inspections.Roster, v inspections.Visit) ([]findingLine, error) {
	found, err := tx.Findings(inspections.FindingFilter{Visit: v.ID})
	if err != nil || len(found) == 0 {
		return nil, err
	}
	cases, err := tx.Cases(casework.Filter{Visit: v.ID})
	if err != nil {
		return nil, err
	}
	var list []findingLine
	for _, f := range found {
		line := findingLine{F: f}
		if m, ok := roster.Member(f.Member); ok {
			line.Member = m.Name
		}
		for _, c := range cases {
			if c.Finding == f.ID && seesCase(x.who, c, nil) {
				line.Case = c.Number
			}
		}
		list = append(list, line)
	}
	return list, nil
}

// visitEvidence gives one picture of a visit.
func visitEvidence(x *exchange) (answer, error) {
	id, err := x.number("id")
	if err != nil {
		return answer{}, err
	}
	n, err := x.number("n")
	if err != nil {
		return answer{}, err
	}
	a := answer{}
	err = x.view(func(tx Tx) error {
		v, err := visibleVisit(tx, x, inspections.VisitID(id))
		if err != nil {
			return err
		}
		list, err := tx.Evidence(v.ID, 0)
		if err != nil {
			return err
		}
		for _, e := range list {
			if e.ID != inspections.EvidenceID(n) {
				continue
			}
			a.media = e.Media
			if a.media != "image/jpeg" && a.media != "image/png" {
				a.media, a.name = "application/octet-stream", e.Name
			}
			if a.body, err = tx.Blob(e.SHA); errors.Is(err, fs.ErrNotExist) {
				return noPage()
			}
			return err
		}
		return noPage()
	})
	return a, err
}
