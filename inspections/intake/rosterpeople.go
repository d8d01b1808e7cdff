package intake

import (
	"slices"
	"strings"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

func (r *rosterReader) readMembers() {
	byPhone := map[string][]int{}
	byName := map[[3]string][]int{} // township, village, name
	firstHead := map[int]bool{}     // rows of a first secretary, who leads when nobody else does
	r.each(kindMembers, func(t table, l line, at place) {
		c := row{r, t, l, at}
		township, ok := c.township(fTownship)
		if !ok {
			return
		}
		village, ok := c.memberVillage(township)
		if !ok {
			return
		}
		mark := len(r.problems)
		m := inspections.MemberRow{
			Source: at.source(), Name: c.person(fName), Township: township, Village: village,
			VillageCode: r.codes[[2]string{township, village}], Note: strings.TrimSpace(half(c.raw(fNote))),
		}
		if m.Name == "" {
			r.leftOut(at, c.title(fName), "name_missing", "")
			return
		}
		m.Phone = c.phone(fPhone, readPhone)
		m.Sex = c.sex()
		m.Role = c.role()
		firstHead[len(r.rows.Members)] = m.Role == inspections.RoleMember && strings.Contains(c.text(fRole), "第一书记")
		key := [3]string{township, village, m.Name}
		for _, i := range byName[key] {
			if c.sameRow(r.rows.Members[i].Source) || c.samePosting(r.rows.Members[i], m.Phone) {
				r.problems = r.problems[:mark] // its faults are listed with the first
				r.leftOut(at, "", "duplicate_row", m.Name)
				return
			}
			if r.rows.Members[i].Phone == "" || m.Phone == "" {
				// Which of the two a later row means could not be told: neither is taken.
				first := r.rows.Members[i].Source
				r.leftOut(place{first.File, first.Sheet, first.Row}, c.title(fName), "member_ambiguous", c.raw(fName))
				r.leftOut(at, c.title(fName), "member_ambiguous", c.raw(fName))
				r.ambiguous[i] = true
				return
			}
		}
		m.Unit = c.memberUnit()
		r.addUnit(m.Unit, at)
		i := len(r.rows.Members)
		r.rows.Members = append(r.rows.Members, m)
		c.day(fFrom, true, township, village, func(d calendar.Date) { r.rows.Members[i].From = d })
		c.day(fUntil, false, township, village, func(d calendar.Date) { r.rows.Members[i].Until = d })
		if got := &r.rows.Members[i]; !got.Until.IsZero() && got.Until < got.From {
			r.leftOut(at, c.title(fUntil), "date_order", c.raw(fUntil))
			r.ambiguous[i] = true // which of the two days is wrong is asked
		}
		r.asWritten[m.Source] = c.l.cells
		byName[key] = append(byName[key], i)
		if m.Phone != "" {
			byPhone[m.Phone] = append(byPhone[m.Phone], i)
		}
	})
	r.sharedPhones(byPhone)
	r.firstSecretaries(firstHead)
}

// memberVillage resolves the village of a member; false means the row was left out and listed.
func (c row) memberVillage(township string) (string, bool) {
	written := c.text(fVillage)
	if written == "" {
		c.leftOut(c.at, c.title(fVillage), "village_missing", "")
		return "", false
	}
	found, v := villagesLike(written, c.villages[township])
	if v == ambiguous {
		found, v = c.ofUnit(township, found)
	}
	name, v := onlyOne(found, v)
	switch {
	case v == ambiguous:
		c.leftOut(c.at, c.title(fVillage), "village_ambiguous", c.raw(fVillage))
		return "", false
	case v == repaired:
		c.fixed(c.at, c.title(fVillage), "village_form", c.raw(fVillage), name)
	case v == exact:
		c.spaces(fVillage, name)
	case !c.derive:
		c.leftOut(c.at, c.title(fVillage), "village_unknown", c.raw(fVillage))
		return "", false
	default:
		name = c.teamVillage(township, c.code(fVillCode, 12))
	}
	if c.derive {
		c.deriveTeam(township, name)
	}
	return name, true
}

// ofUnit keeps those villages whose team the row's unit (派出单位) stands behind: 樟树 is 樟树村, not 樟树社区,
// where the member's unit aids the one and not the other.
func (c row) ofUnit(township string, villages []string) ([]string, verdict) {
	unit, v := matchUnit(c.text(fUnit), c.units)
	if v != exact && v != repaired {
		return villages, ambiguous
	}
	var of []string
	for _, village := range villages {
		if i, ok := c.teams[[2]string{township, village}]; ok && slices.Contains(c.rows.Teams[i].Units, unit) {
			of = append(of, village)
		}
	}
	if len(of) != 1 {
		return villages, ambiguous
	}
	return of, repaired
}

// deriveTeam makes or completes the team of a member's row, where no table lists the teams.
func (c row) deriveTeam(township, village string) {
	key := [2]string{township, village}
	i, ok := c.teams[key]
	if !ok {
		c.addTeam(inspections.TeamRow{Source: c.at.source(), Township: township, Village: village, VillageCode: c.codes[key], Kind: c.teamKind()})
		i = c.teams[key]
	}
	f := fTeamUnit
	if !c.t.header.has(f) {
		f = fUnit
	}
	units := append([]string(nil), c.rows.Teams[i].Units...)
	for _, part := range list(c.raw(f)) {
		// What cannot be resolved is listed with the member's own unit.
		if name, v := matchUnit(part, c.units); v == exact || v == repaired {
			units = addName(units, name)
			c.addUnit(name, c.at)
		}
	}
	c.rows.Teams[i].Units = units
}

func (c row) memberUnit() string {
	if c.text(fUnit) == "" {
		c.say(fUnit, "unit_missing")
		return ""
	}
	return c.unit(fUnit, c.text(fUnit))
}

// sameRow reports whether a row says the same as an earlier one, but for its running number.
func (c row) sameRow(earlier inspections.Source) bool {
	before, ok := c.asWritten[earlier]
	if !ok {
		return false
	}
	for _, i := range c.t.header.cols {
		var a, b string
		if i < len(before) {
			a = before[i]
		}
		if i < len(c.l.cells) {
			b = c.l.cells[i]
		}
		if squeeze(a) != squeeze(b) {
			return false
		}
	}
	return true
}

// samePosting reports whether a row states again the posting of an earlier one in other forms: same
// person by number, same village, same first day.
func (c row) samePosting(earlier inspections.MemberRow, phone string) bool {
	from := readDate(c.raw(fFrom), c.t.sheet.days1904).date()
	return phone != "" && phone == earlier.Phone && (from == earlier.From || from.IsZero())
}

func (c row) sex() string {
	if !c.t.header.has(fSex) {
		return ""
	}
	switch c.text(fSex) {
	case "男":
		return "m"
	case "女":
		return "f"
	case "":
		c.say(fSex, "sex_missing")
	default:
		c.say(fSex, "sex_unknown")
	}
	return ""
}

func (c row) role() inspections.PostingRole {
	role := c.text(fRole)
	switch {
	case strings.Contains(role, "队长") && !strings.Contains(role, "副队长"):
		return inspections.RoleHead
	case role == "" || strings.Contains(role, "队员") || strings.Contains(role, "成员") || strings.Contains(role, "第一书记") || strings.Contains(role, "副队长"):
	default:
		c.say(fRole, "role_unknown")
	}
	return inspections.RoleMember
}

// firstSecretaries makes a first secretary the head of a team that has no other.
func (r *rosterReader) firstSecretaries(candidates map[int]bool) {
	led := map[[2]string]bool{}
	for _, m := range r.rows.Members {
		if m.Role == inspections.RoleHead {
			led[[2]string{m.Township, m.Village}] = true
		}
	}
	for i := range r.rows.Members {
		m := &r.rows.Members[i]
		if candidates[i] && !led[[2]string{m.Township, m.Village}] {
			m.Role = inspections.RoleHead
		}
	}
}

// sharedPhones takes a number away from people of different names who share it: it tells none of them
// from the other. They are then known by name and village.
func (r *rosterReader) sharedPhones(byPhone map[string][]int) {
	for i := range r.rows.Members {
		m := &r.rows.Members[i]
		others := byPhone[m.Phone]
		shared := false
		for _, j := range others {
			shared = shared || r.rows.Members[j].Name != m.Name
		}
		if !shared || m.Phone == "" {
			continue
		}
		for _, j := range others {
			r.dropped(place{r.rows.Members[j].File, r.rows.Members[j].Sheet, r.rows.Members[j].Row}, headings[kindMembers].names[fPhone][0], "phone_shared", m.Phone)
		}
		for _, j := range others {
			r.rows.Members[j].Phone = ""
		}
	}
}

func (r *rosterReader) readInspectors() {
	seen := map[string]bool{}
	r.each(kindInspectors, func(t table, l line, at place) {
		c := row{r, t, l, at}
		in := inspections.InspectorRow{Source: at.source(), Name: c.person(fName)}
		if in.Name == "" {
			r.leftOut(at, c.title(fName), "name_missing", "")
			return
		}
		in.Phone = c.phone(fPhone, readPhone)
		if key := in.Name + in.Phone; seen[key] {
			r.leftOut(at, c.title(fName), "inspector_twice", c.raw(fName))
			return
		} else {
			seen[key] = true
		}
		in.Email = c.email()
		if in.Office = c.text(fUnit); in.Office == "" {
			c.say(fUnit, "unit_missing")
		} else if name, v := matchUnit(in.Office, r.units); v == exact || v == repaired {
			// An office that is no aid unit is nothing to list: most inspectors come from such.
			in.OwnUnit = name
			if v == repaired {
				c.fixed(at, c.title(fUnit), "unit_form", c.raw(fUnit), name)
				in.Office = name
			}
		}
		if c.text(fHome) != "" {
			home, v := matchTownship(c.text(fHome), r.townships)
			switch v {
			case exact, repaired:
				in.Home = home
				if v == repaired {
					c.fixed(at, c.title(fHome), "township_short", c.raw(fHome), home)
				}
			case ambiguous:
				r.leftOut(at, c.title(fHome), "township_ambiguous", c.raw(fHome))
				return
			default:
				c.say(fHome, "home_unknown")
			}
		}
		in.Avoid = c.unitList(fAvoid)
		r.rows.Inspectors = append(r.rows.Inspectors, in)
	})
}
