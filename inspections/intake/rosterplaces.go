package intake

import (
	"strings"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

func (r *rosterReader) readTownships() {
	seen := map[string]bool{}
	r.each(kindTownships, func(t table, l line, at place) {
		c := row{r, t, l, at}
		name, ok := c.township(fTownship)
		if !ok {
			return
		}
		if seen[name] {
			r.leftOut(at, c.title(fTownship), "township_twice", c.raw(fTownship))
			return
		}
		seen[name] = true
		out := inspections.TownshipRow{
			Source: at.source(), Code: c.code(fCode, 9), Name: name, Deputy: c.person(fDeputy),
			Phone: c.phone(fPhone, officePhone), Email: c.email(),
		}
		if out.Deputy == "" {
			c.say(fDeputy, "deputy_missing") // 1.1: a named deputy secretary
		}
		if t.header.has(fResident) {
			out.Resident = c.person(fResident)
			out.ResidentPhone = c.phone(fResPhone, officePhone)
		}
		r.rows.Townships = append(r.rows.Townships, out)
	})
	if len(r.tables[kindTownships]) == 0 {
		r.deriveTownships()
	}
}

// deriveTownships makes rows of the townships that other tables name in full, when no table lists
// them and the store does not have them.
func (r *rosterReader) deriveTownships() {
	seen := map[string]bool{}
	for _, k := range []kind{kindTeams, kindMembers} {
		for _, t := range r.tables[k] {
			for _, l := range t.lines {
				name := squeeze(t.header.get(l, fTownship))
				if _, v := match(name, r.townships, same); v == exact && !seen[name] && !r.stored[name] {
					seen[name] = true
					at := place{t.sheet.file, t.sheet.name, l.row}
					r.rows.Townships = append(r.rows.Townships, inspections.TownshipRow{Source: at.source(), Name: name})
				}
			}
		}
	}
}

func (r *rosterReader) readUnits() {
	seen := map[string]bool{}
	r.each(kindUnits, func(t table, l line, at place) {
		c := row{r, t, l, at}
		name := c.text(fUnit)
		if name == "" {
			r.leftOut(at, c.title(fUnit), "unit_missing", "")
			return
		}
		if seen[name] {
			r.leftOut(at, c.title(fUnit), "unit_twice", c.raw(fUnit))
			return
		}
		seen[name] = true
		c.spaces(fUnit, name)
		r.rows.Units = append(r.rows.Units, inspections.UnitRow{
			Source: at.source(), Name: name, MainLeader: c.person(fMainLeader), InCharge: c.person(fInCharge),
			Phone: c.phone(fPhone, officePhone), Email: c.email(),
		})
	})
}

// addUnit makes a row of a unit that only other tables name.
func (r *rosterReader) addUnit(name string, at place) {
	if !r.openUnits || name == "" {
		return
	}
	for _, u := range r.rows.Units {
		if u.Name == name {
			return
		}
	}
	r.rows.Units = append(r.rows.Units, inspections.UnitRow{Source: at.source(), Name: name})
}

func (r *rosterReader) readTeams() {
	r.collectForms()
	r.each(kindTeams, func(t table, l line, at place) {
		c := row{r, t, l, at}
		township, ok := c.township(fTownship)
		if !ok {
			return
		}
		code := c.code(fVillCode, 12)
		village := c.teamVillage(township, code)
		if village == "" {
			r.leftOut(at, c.title(fVillage), "village_missing", "")
			return
		}
		units := c.unitList(fTeamUnit)
		if c.text(fTeamUnit) == "" {
			c.say(fTeamUnit, "unit_missing")
		}
		for _, u := range units {
			r.addUnit(u, at)
		}
		key := [2]string{township, village}
		if i, twice := r.teams[key]; twice {
			c.secondTeam(&r.rows.Teams[i], code, units)
			return
		}
		r.addTeam(inspections.TeamRow{
			Source: at.source(), Code: c.text(fTeamCode), Township: township, Village: village, VillageCode: code,
			Units: units, Kind: c.teamKind(),
		})
		i := r.teams[key]
		c.day(fFrom, true, township, village, func(d calendar.Date) { r.rows.Teams[i].From = d })
		c.day(fUntil, false, township, village, func(d calendar.Date) { r.rows.Teams[i].Until = d })
	})
}

func (r *rosterReader) addTeam(t inspections.TeamRow) {
	key := [2]string{t.Township, t.Village}
	r.teams[key] = len(r.rows.Teams)
	r.rows.Teams = append(r.rows.Teams, t)
	r.villages[t.Township] = addName(r.villages[t.Township], t.Village)
	if t.VillageCode != "" {
		r.codes[key] = t.VillageCode
	}
}

// secondTeam takes a second row of a village: the same again, a further unit, or a contradiction.
func (c row) secondTeam(first *inspections.TeamRow, code string, units []string) {
	if code != "" && first.VillageCode != "" && code != first.VillageCode {
		c.leftOut(c.at, c.title(fVillage), "team_twice", c.raw(fVillage))
		return
	}
	joined := append([]string(nil), first.Units...)
	for _, u := range units {
		joined = addName(joined, u)
	}
	if len(joined) == len(first.Units) {
		c.leftOut(c.at, "", "duplicate_row", c.raw(fVillage))
		return
	}
	first.Units = joined
	c.fixed(c.at, c.title(fTeamUnit), "team_units_joined", c.raw(fTeamUnit), strings.Join(joined, "、"))
}

// collectForms counts how the members' rows and the teams' rows write villages.
func (r *rosterReader) collectForms() {
	for _, k := range []kind{kindTeams, kindMembers} {
		for _, t := range r.tables[k] {
			for _, l := range t.lines {
				township, v := matchTownship(squeeze(t.header.get(l, fTownship)), r.townships)
				name := squeeze(t.header.get(l, fVillage))
				if v == unknown || v == ambiguous || name == "" || l.footer() {
					continue
				}
				if r.forms[township] == nil {
					r.forms[township] = map[string]int{}
				}
				r.forms[township][name]++
			}
		}
	}
}

// teamVillage gives the village's name: that of the store for its code, else the full name when the
// row has a short one and the files have just one full name for it.
func (c row) teamVillage(township, code string) string {
	written := c.text(fVillage)
	if written == "" {
		return ""
	}
	name := written
	if known, ok := c.villageOf[code]; ok && code != "" && known[0] == township && villageStem(known[1]) == villageStem(written) {
		name = known[1]
	} else if !fullVillage(written) {
		var full []string
		for form := range c.forms[township] {
			if fullVillage(form) && villageStem(form) == villageStem(written) && (villageForm(written) == written || villageForm(written) == form) {
				full = append(full, form)
			}
		}
		if len(full) == 1 {
			name = full[0]
		} else {
			name = villageForm(written)
		}
	}
	if name != written {
		c.fixed(c.at, c.title(fVillage), "village_form", c.raw(fVillage), name)
	} else {
		c.spaces(fVillage, name)
	}
	if strings.ContainsRune(name, lost) {
		c.say(fVillage, "lost_character")
	}
	return name
}
