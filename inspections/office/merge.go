package office

import (
	"slices"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// merger brings roster rows and the roster on record together.
type merger struct {
	tx     Tx
	roster *inspections.Roster // kept in step with what is written
	tally  *Tally
	today  calendar.Date
	salt   func() (string, error)
	people map[inspections.MemberID]bool // whom the rows speak of
}

func (m *merger) merge(rows inspections.RosterRows) error {
	for _, row := range rows.Townships {
		if err := m.township(row); err != nil {
			return err
		}
	}
	for _, row := range rows.Units {
		if err := m.unit(row); err != nil {
			return err
		}
	}
	for _, row := range rows.Teams {
		if err := m.team(row); err != nil {
			return err
		}
	}
	for _, row := range rows.Members {
		if err := m.member(row); err != nil {
			return err
		}
	}
	for _, row := range rows.Inspectors {
		if err := m.inspector(row); err != nil {
			return err
		}
	}
	return nil
}

func (m *merger) township(row inspections.TownshipRow) error {
	called := m.roster.TownshipCalled(row.Name)
	i := index(m.roster.Townships, func(t inspections.Township) bool {
		return row.Code != "" && t.Code == row.Code || (row.Code == "" || t.Code == "") && t.ID == called
	})
	if i >= 0 && m.roster.Townships[i].ID != m.roster.Successor(m.roster.Townships[i].ID) {
		return nil // went up in another: an old file brings neither it nor its posts back
	}
	if i >= 0 && m.roster.Townships[i].ID == called {
		row.Name = m.roster.Townships[i].Name // a file from before the renaming, or before another went up in it
	}
	if i < 0 {
		t := inspections.Township{Code: row.Code, Name: row.Name}
		if err := m.tx.AddTownship(&t); err != nil {
			return err
		}
		m.roster.Townships = append(m.roster.Townships, t)
		m.tally.Added["township"]++
		i = len(m.roster.Townships) - 1
	} else if t := m.roster.Townships[i]; t.Name != row.Name || row.Code != "" && t.Code != row.Code {
		if t.Name != row.Name {
			former := inspections.Alias{Of: townshipParty(t.ID), Why: inspections.AliasRenamed, Name: t.Name}
			if err := m.called(former); err != nil {
				return err
			}
		}
		t.Name = row.Name
		if row.Code != "" {
			t.Code = row.Code
		}
		if err := m.tx.SaveTownship(t); err != nil {
			return err
		}
		m.roster.Townships[i] = t
		m.tally.Changed["township"]++
	}
	p := inspections.Party{Kind: inspections.PartyTownship, ID: int64(m.roster.Townships[i].ID)}
	if err := m.holder(p, inspections.PostDeputy, row.Deputy, row.Phone, ""); err != nil {
		return err
	}
	if err := m.holder(p, inspections.PostResident, row.Resident, row.ResidentPhone, ""); err != nil {
		return err
	}
	if row.Email == "" {
		return nil
	}
	return m.holder(p, inspections.PostContact, row.Name, "", row.Email)
}

func (m *merger) unit(row inspections.UnitRow) error {
	id, err := m.unitNamed(row.Name)
	if err != nil {
		return err
	}
	p := inspections.Party{Kind: inspections.PartyUnit, ID: int64(id)}
	if err := m.holder(p, inspections.PostMainLeader, row.MainLeader, "", ""); err != nil {
		return err
	}
	if err := m.holder(p, inspections.PostInCharge, row.InCharge, "", ""); err != nil {
		return err
	}
	if row.Phone == "" && row.Email == "" {
		return nil
	}
	return m.holder(p, inspections.PostContact, row.Name, row.Phone, row.Email)
}

// unitNamed finds a unit by its name or adds it; "" is no unit.
func (m *merger) unitNamed(name string) (inspections.UnitID, error) {
	if name == "" {
		return 0, nil
	}
	if i := index(m.roster.Units, func(u inspections.Unit) bool { return u.Name == name }); i >= 0 {
		return m.roster.Units[i].ID, nil
	}
	if u, ok := m.roster.FormerUnit(name); ok {
		return u.ID, nil
	}
	u := inspections.Unit{Name: name}
	if err := m.tx.AddUnit(&u); err != nil {
		return 0, err
	}
	m.roster.Units = append(m.roster.Units, u)
	m.tally.Added["unit"]++
	return u.ID, nil
}

// holder writes who holds a post. The first one named is taken to have held it all along; a change ends
// the former holder yesterday, so that responsibility can be asked as of a day.
func (m *merger) holder(p inspections.Party, post inspections.Post, name, phone, email string) error {
	if name == "" {
		return nil
	}
	i := index(m.roster.Holders, func(h inspections.Holder) bool {
		return h.Party == p && h.Post == post && h.Until.IsZero()
	})
	h := inspections.Holder{Party: p, Post: post, Name: name, Phone: phone, Email: email}
	if i >= 0 {
		old := m.roster.Holders[i]
		name = wholeName(name, old.Name)
		h.Name = name
		if old.Name == name {
			h.ID, h.From = old.ID, old.From
			if phone == "" {
				h.Phone = old.Phone
			}
			if email == "" {
				h.Email = old.Email
			}
			if h == old {
				return nil
			}
			m.roster.Holders[i] = h
			m.tally.Changed["holder"]++
			return m.tx.SaveHolder(h)
		}
		old.Until = m.today.Add(-1)
		if err := m.tx.SaveHolder(old); err != nil {
			return err
		}
		m.roster.Holders[i] = old
		h.From = m.today
	}
	if err := m.tx.AddHolder(&h); err != nil {
		return err
	}
	m.roster.Holders = append(m.roster.Holders, h)
	m.tally.Added["holder"]++
	return nil
}

// team finds a village's team by code, else by township and village (泉塘村 stands twice in one county).
func (m *merger) team(row inspections.TeamRow) error {
	township := m.roster.TownshipCalled(row.Township)
	if township == 0 {
		return inspections.Fail(inspections.Invalid, "import.township_unknown", "file", row.File, "row", row.Row, "township", row.Township)
	}
	i := m.teamAt(township, row.Village, row.VillageCode)
	if i < 0 {
		// An old file names a village as it was called before, or one that went up in another.
		if t, ok := m.roster.FormerTeam(township, row.Village, row.VillageCode); ok {
			i = index(m.roster.Teams, func(o inspections.Team) bool { return o.ID == t.ID })
			row.Village, row.VillageCode, row.Code, row.From, row.Until = t.Village, t.VillageCode, t.Code, t.From, t.Until
		}
	}
	t := inspections.Team{Code: row.Code, Township: township, Village: row.Village, VillageCode: row.VillageCode, Kind: row.Kind, From: row.From, Until: row.Until}
	if t.Kind == "" {
		t.Kind = inspections.TeamUnstated
	}
	if i < 0 {
		if err := m.tx.AddTeam(&t); err != nil {
			return err
		}
		m.roster.Teams = append(m.roster.Teams, t)
		m.tally.Added["team"]++
	} else {
		old := m.roster.Teams[i]
		t.ID = old.ID
		fillTeam(&t, old)
		if slices.ContainsFunc(m.roster.AliasesOf(inspections.Party{Kind: inspections.PartyTeam, ID: int64(old.ID)}),
			func(a inspections.Alias) bool { return a.Why == inspections.AliasRenamed && a.Name == row.Village }) {
			t.Village, t.VillageCode = old.Village, old.VillageCode // a file from before the renaming
		}
		if t != old {
			if err := m.renamed(old, t); err != nil {
				return err
			}
			if err := m.tx.SaveTeam(t); err != nil {
				return err
			}
			m.roster.Teams[i] = t
			m.tally.Changed["team"]++
		}
	}
	for _, name := range row.Units {
		unit, err := m.unitNamed(name)
		if err != nil {
			return err
		}
		if err := m.teamUnit(t.ID, unit, row.From); err != nil {
			return err
		}
	}
	return nil
}

// renamed keeps what a village was called before a file with its code gave it another name.
func (m *merger) renamed(old, now inspections.Team) error {
	party := inspections.Party{Kind: inspections.PartyTeam, ID: int64(old.ID)}
	if old.Village == now.Village || m.today <= old.From {
		return nil
	}
	return m.called(inspections.Alias{Of: party, Why: inspections.AliasRenamed, Name: old.Village, Code: old.VillageCode})
}

// called keeps a name that held until yesterday.
func (m *merger) called(a inspections.Alias) error {
	if err := formerly(m.tx, m.roster, a, m.today); err != nil {
		return err
	}
	m.roster.Aliases = append(m.roster.Aliases, a)
	return nil
}

// fillTeam keeps what stands on record where the file is silent.
func fillTeam(t *inspections.Team, old inspections.Team) {
	if t.Code == "" {
		t.Code = old.Code
	}
	if t.VillageCode == "" {
		t.VillageCode = old.VillageCode
	}
	if t.Kind == inspections.TeamUnstated {
		t.Kind = old.Kind
	}
	if t.From.IsZero() {
		t.From = old.From
	}
	if t.Until.IsZero() {
		t.Until = old.Until
	}
}

func (m *merger) teamUnit(team inspections.TeamID, unit inspections.UnitID, from calendar.Date) error {
	if unit == 0 || index(m.roster.TeamUnits, func(tu inspections.TeamUnit) bool {
		// A span with this first day that was ended since is not begun anew by an old file.
		return tu.Team == team && tu.Unit == unit && (tu.From == from || inspections.Covers(tu.From, tu.Until, max(m.today, tu.From)))
	}) >= 0 {
		return nil
	}
	tu := inspections.TeamUnit{Team: team, Unit: unit, From: from}
	m.roster.TeamUnits = append(m.roster.TeamUnits, tu)
	m.tally.Added["team_unit"]++
	return m.tx.AddTeamUnit(tu)
}

func (m *merger) teamAt(township inspections.TownshipID, village, code string) int {
	return index(m.roster.Teams, func(t inspections.Team) bool {
		if code != "" && t.VillageCode != "" {
			return t.VillageCode == code
		}
		return t.Township == township && t.Village == village
	})
}

func index[T any](list []T, is func(T) bool) int {
	for i, v := range list {
		if is(v) {
			return i
		}
	}
	return -1
}
