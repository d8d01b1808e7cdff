package office

import (
	"slices"
	"strings"

	"anfang.example/inspections"
)

// member finds a person by phone, else by name in the same team, and keeps the posting.
func (m *merger) member(row inspections.MemberRow) error {
	township := m.roster.TownshipCalled(row.Township)
	i := m.teamAt(township, row.Village, row.VillageCode)
	if t, ok := m.roster.FormerTeam(township, row.Village, row.VillageCode); i < 0 && ok {
		i = index(m.roster.Teams, func(o inspections.Team) bool { return o.ID == t.ID })
	}
	if i < 0 {
		return inspections.Fail(inspections.Invalid, "import.team_unknown", "file", row.File, "row", row.Row, "township", row.Township, "village", row.Village)
	}
	team := m.roster.Teams[i].ID
	who, err := m.person(row, team)
	if err != nil {
		return err
	}
	m.people[who] = true
	unit, err := m.unitNamed(row.Unit)
	if err != nil {
		return err
	}
	p := inspections.Posting{Member: who, Team: team, Unit: unit, Role: row.Role, From: row.From, Until: row.Until}
	if p.Role == "" {
		p.Role = inspections.RoleMember
	}
	at := index(m.roster.Postings, func(o inspections.Posting) bool {
		return o.Member == who && o.Team == team && (o.From == p.From || p.From.IsZero())
	})
	if at < 0 {
		if err := m.tx.AddPosting(&p); err != nil {
			return err
		}
		m.roster.Postings = append(m.roster.Postings, p)
		m.tally.Added["posting"]++
		return nil
	}
	old := m.roster.Postings[at]
	p.ID = old.ID
	if p.From.IsZero() {
		p.From = old.From
	}
	if p.Unit == 0 {
		p.Unit = old.Unit
	}
	if p.Until.IsZero() {
		p.Until = old.Until // a file that is silent does not bring back who left
	}
	if p == old {
		return nil
	}
	m.roster.Postings[at] = p
	m.tally.Changed["posting"]++
	return m.tx.SavePosting(p)
}

func (m *merger) person(row inspections.MemberRow, team inspections.TeamID) (inspections.MemberID, error) {
	i := index(m.roster.Members, func(p inspections.Member) bool {
		if p.Erased() {
			return false // nobody comes back under a blackened name
		}
		if row.Phone != "" && p.Phone != "" {
			return p.Phone == row.Phone
		}
		return p.Name == row.Name && index(m.roster.Postings, func(o inspections.Posting) bool {
			return o.Member == p.ID && o.Team == team
		}) >= 0
	})
	if i < 0 {
		salt, err := m.salt()
		if err != nil {
			return 0, err
		}
		p := inspections.Member{Name: row.Name, Sex: row.Sex, Phone: row.Phone, Salt: salt}
		if err := m.tx.AddMember(&p); err != nil {
			return 0, err
		}
		m.roster.Members = append(m.roster.Members, p)
		m.tally.Added["member"]++
		return p.ID, nil
	}
	p := m.roster.Members[i]
	was := p
	p.Name = wholeName(row.Name, was.Name)
	if row.Sex != "" {
		p.Sex = row.Sex
	}
	if row.Phone != "" {
		p.Phone = row.Phone
	}
	if p != was {
		m.roster.Members[i] = p
		m.tally.Changed["member"]++
		return p.ID, m.tx.SaveMember(p)
	}
	return p.ID, nil
}

// wholeName keeps the name on record where the file lost characters of it (they come as "?").
func wholeName(given, onRecord string) string {
	if strings.Contains(given, "?") && !strings.Contains(onRecord, "?") && onRecord != "" {
		return onRecord
	}
	return given
}

// inspector finds a county inspector by phone, else by name and office.
func (m *merger) inspector(row inspections.InspectorRow) error {
	own, err := m.unitKnown(row.OwnUnit)
	if err != nil {
		return err
	}
	n := inspections.Inspector{Name: row.Name, Office: row.Office, Phone: row.Phone, Email: row.Email, OwnUnit: own, Home: m.roster.TownshipCalled(row.Home)}
	for _, name := range row.Avoid {
		unit, err := m.unitKnown(name)
		if err != nil {
			return err
		}
		if unit != 0 {
			n.Avoid = append(n.Avoid, unit)
		}
	}
	slices.Sort(n.Avoid)
	i := index(m.roster.Inspectors, func(o inspections.Inspector) bool {
		if row.Phone != "" && o.Phone != "" {
			return o.Phone == row.Phone
		}
		return o.Name == row.Name && o.Office == row.Office
	})
	if i < 0 {
		if err := m.tx.AddInspector(&n); err != nil {
			return err
		}
		m.roster.Inspectors = append(m.roster.Inspectors, n)
		m.tally.Added["inspector"]++
		return nil
	}
	old := m.roster.Inspectors[i]
	n.Name = wholeName(n.Name, old.Name)
	n.ID, n.From, n.Until = old.ID, old.From, old.Until
	if n.Name == old.Name && n.Office == old.Office && n.Phone == old.Phone && n.Email == old.Email &&
		n.OwnUnit == old.OwnUnit && n.Home == old.Home && slices.Equal(n.Avoid, old.Avoid) {
		return nil
	}
	m.roster.Inspectors[i] = n
	m.tally.Changed["inspector"]++
	return m.tx.SaveInspector(n)
}

// unitKnown finds a unit among those on record; an inspector's office need not be an aid unit.
func (m *merger) unitKnown(name string) (inspections.UnitID, error) {
	if i := index(m.roster.Units, func(u inspections.Unit) bool { return u.Name == name }); name != "" && i >= 0 {
		return m.roster.Units[i].ID, nil
	}
	return 0, nil
}
