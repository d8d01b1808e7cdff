package intake

import (
	"strings"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// people finds the member a row of a ledger means.
type people struct {
	townships []string
	villages  map[string][]string
	teams     map[[2]string][]inspections.TeamID // by township and village
	villageOf map[inspections.TeamID]string
	byPhone   map[string][]inspections.MemberID
	members   map[inspections.MemberID]inspections.Member
	postings  map[inspections.MemberID][]inspections.Posting
	inTeam    map[inspections.TeamID][]inspections.MemberID   // whoever was ever posted there
	asked     map[string]bool                                 // numbers that were listed as not in the roster
	learned   map[string]map[inspections.MemberID]int         // numbers the roster lacks, by how often a row names whom
	answers   map[inspections.Spelling]inspections.NameAnswer // those that hold
}

func newPeople(r *inspections.Roster) *people {
	p := &people{
		villages: map[string][]string{}, teams: map[[2]string][]inspections.TeamID{}, villageOf: map[inspections.TeamID]string{},
		byPhone: map[string][]inspections.MemberID{}, members: map[inspections.MemberID]inspections.Member{},
		answers: map[inspections.Spelling]inspections.NameAnswer{}, asked: map[string]bool{}, learned: map[string]map[inspections.MemberID]int{}, postings: map[inspections.MemberID][]inspections.Posting{}, inTeam: map[inspections.TeamID][]inspections.MemberID{},
	}
	names := r.TownshipNames()
	for _, t := range r.Townships {
		for _, name := range names[t.ID] {
			p.townships = addName(p.townships, name)
		}
	}
	for _, t := range r.Teams {
		for _, township := range names[t.Township] {
			p.villages[township] = addName(p.villages[township], t.Village)
			p.teams[[2]string{township, t.Village}] = append(p.teams[[2]string{township, t.Village}], t.ID)
		}
		p.villageOf[t.ID] = t.Village
	}
	p.addAliases(r, names)
	for _, m := range r.Members {
		p.members[m.ID] = m
		if m.Phone != "" {
			p.byPhone[m.Phone] = append(p.byPhone[m.Phone], m.ID)
		}
	}
	for _, a := range r.Answers {
		if a.Superseded == 0 && a.Verdict != inspections.NameOpen {
			p.answers[a.Spelling] = a
		}
	}
	for _, post := range r.Postings {
		p.postings[post.Member] = append(p.postings[post.Member], post)
		p.inTeam[post.Team] = addMember(p.inTeam[post.Team], post.Member)
	}
	return p
}

func addMember(list []inspections.MemberID, m inspections.MemberID) []inspections.MemberID {
	for _, have := range list {
		if have == m {
			return list
		}
	}
	return append(list, m)
}

// written is what a row says of a person.
type written struct {
	township, village, name, phone string
	phoneless                      bool // the table has no phones: that one is missing is no fault
	placeless                      bool // the table has no places: that they are missing is no fault
}

// note is one thing about a row that is listed once the row's fate is known.
type note struct {
	field                field
	key, value, repaired string
}

// sighting is the answer: the member with the team served in on the day, and the repairs; or a fault.
type sighting struct {
	member inspections.MemberID
	team   inspections.TeamID
	notes  []note
	fault  *note              // the row must be left out
	asks   inspections.Asking // where a person must say, or has said for such rows, who it is
	answer int64              // the answer that settled it; 0 none
}

// variant notes that a name stands in other characters than in the roster.
func (s *sighting) variant(written, known string) {
	if written != known {
		s.notes = append(s.notes, note{fName, "name_variant", written, known})
	}
}

func refuse(f field, key, value string) sighting {
	return sighting{fault: &note{field: f, key: key, value: value}}
}

// find settles who a row means on a day. Two of phone, name and village must agree, and nothing may
// speak for another person.
func (p *people) find(w written, day calendar.Date) sighting {
	var s sighting
	teams, fault := p.place(w, &s)
	name := personName(w.name)
	if raw := w.name; name != "" && raw != name {
		s.notes = append(s.notes, note{fName, "spaces", raw, name})
	}
	ph := readPhone(w.phone)
	if ph.repair != "" {
		s.notes = append(s.notes, note{fPhone, ph.repair, w.phone, ph.digits})
	}
	owners := p.byPhone[ph.digits]
	if len(owners) > 1 {
		owners = p.keep(owners, func(m inspections.Member) bool { return sameName(m.Name, name) })
	}
	var id inspections.MemberID
	var refused *note
	byNumber := len(owners) == 1
	if byNumber {
		id, refused = p.byNumber(owners[0], name, w, teams, &s)
	} else {
		if fault != nil {
			return sighting{fault: fault}
		}
		id, refused = p.byVillage(name, ph, w, teams, &s)
	}
	if refused != nil {
		return sighting{fault: refused}
	}
	s.member = id
	return p.posted(s, w, day, teams, byNumber && sameName(p.members[id].Name, name))
}

// place resolves township and village; the fault counts only when the person is not known otherwise.
func (p *people) place(w written, s *sighting) ([]inspections.TeamID, *note) {
	township, v := matchTownship(squeeze(w.township), p.townships)
	switch {
	case squeeze(w.township) == "":
		return nil, &note{field: fTownship, key: "township_missing"}
	case v == unknown:
		return nil, &note{field: fTownship, key: "township_unknown", value: w.township}
	case v == ambiguous:
		return nil, &note{field: fTownship, key: "township_ambiguous", value: w.township}
	case v == repaired:
		s.notes = append(s.notes, note{fTownship, "township_short", w.township, township})
	}
	village, v := matchVillage(squeeze(w.village), p.villages[township])
	switch {
	case squeeze(w.village) == "":
		return nil, &note{field: fVillage, key: "village_missing"}
	case v == unknown:
		return nil, &note{field: fVillage, key: "village_unknown", value: w.village}
	case v == ambiguous:
		return nil, &note{field: fVillage, key: "village_ambiguous", value: w.village}
	case v == repaired:
		s.notes = append(s.notes, note{fVillage, "village_form", w.village, village})
	}
	return p.teams[[2]string{township, village}], nil
}

// byNumber accepts the owner of a phone number when the name agrees, or when the village agrees and the
// name is missing, has one wrong character or at least the same surname.
func (p *people) byNumber(owner inspections.MemberID, name string, w written, teams []inspections.TeamID, s *sighting) (inspections.MemberID, *note) {
	m := p.members[owner]
	if sameName(m.Name, name) {
		s.variant(name, m.Name)
		return owner, nil
	}
	if !p.servedIn(owner, teams) {
		if name == "" {
			return 0, &note{field: fName, key: "name_missing"}
		}
		return 0, &note{field: fPhone, key: "phone_other_person", value: w.phone}
	}
	if name == "" {
		s.notes = append(s.notes, note{fName, "name_from_roster", w.name, m.Name})
		return owner, nil
	}
	lostOnly := runesEqual(name, m.Name) || lostAtEnd(name, m.Name)
	if !lostOnly && !nearName(name, m.Name) && !sameSurname(name, m.Name) {
		return 0, &note{field: fPhone, key: "phone_other_person", value: w.phone}
	}
	for _, team := range teams {
		for _, other := range p.inTeam[team] {
			if other != owner && sameName(p.members[other].Name, name) {
				return 0, &note{field: fPhone, key: "phone_other_person", value: w.phone}
			}
		}
	}
	if !lostOnly || !strings.ContainsRune(m.Name, lost) { // the roster's own damage is listed there
		s.notes = append(s.notes, note{fName, "name_typo", w.name, m.Name})
	}
	return owner, nil
}

// sameSurname reports whether two names of about one length begin alike: with number and village
// agreeing, a given name typed by its sound is the same person. Four characters have a surname of two
// (欧阳), of which a clerk may write one. 某 and 不详 say that the name was not known.
func sameSurname(written, known string) bool {
	x, y := []rune(written), []rune(known)
	if len(x) < 2 || len(y) < 2 || x[0] != y[0] || strings.ContainsRune(written, '某') || strings.HasSuffix(written, "不详") {
		return false
	}
	apart := 1
	if len(y) == 4 {
		apart = 2
	}
	return max(len(x), len(y))-min(len(x), len(y)) <= apart
}

// lostAtEnd reports whether the roster's name has a lost character too many: Excel writes "?" for a
// wide blank after a name as for a rare character.
func lostAtEnd(name, rosterName string) bool {
	return len(name) > 0 && rosterName == name+string(lost)
}

// byVillage accepts the one person of that name in the village, unless the number speaks for another.
func (p *people) byVillage(name string, ph phone, w written, teams []inspections.TeamID, s *sighting) (inspections.MemberID, *note) {
	if name == "" {
		return 0, &note{field: fName, key: "name_missing"}
	}
	var found []inspections.MemberID
	for _, team := range teams {
		for _, id := range p.inTeam[team] {
			m := p.members[id]
			if sameName(m.Name, name) || runesEqual(m.Name, name) || lostAtEnd(name, m.Name) {
				found = addMember(found, id)
			}
		}
	}
	found = p.keep(found, func(m inspections.Member) bool { return ph.mayBe(m.Phone) })
	switch len(found) {
	case 0:
		return 0, &note{field: fName, key: "person_unknown", value: w.name}
	case 1:
	default:
		return 0, &note{field: fName, key: "person_ambiguous", value: w.name}
	}
	m := p.members[found[0]]
	if sameName(m.Name, name) {
		s.variant(name, m.Name)
	}
	switch {
	case w.phoneless:
	case ph.fault != "" && m.Phone != "":
		s.notes = append(s.notes, note{fPhone, "phone_from_roster", w.phone, m.Phone})
	case ph.fault != "":
		s.notes = append(s.notes, note{fPhone, string(ph.fault), w.phone, ""})
	case m.Phone == "":
		if sameName(m.Name, name) {
			p.learn(ph.digits, m.ID)
		}
		// The roster lacks it; listed once, not on every day of the month.
		if !p.asked[ph.digits] {
			p.asked[ph.digits] = true
			s.notes = append(s.notes, note{fPhone, "phone_unknown", w.phone, ""})
		}
	case oneDigitOff(ph.digits, m.Phone):
		s.notes = append(s.notes, note{fPhone, "phone_typo", w.phone, m.Phone})
	default:
		return 0, &note{field: fPhone, key: "phone_other_person", value: w.phone}
	}
	return found[0], nil
}

// posted finds the posting on the day. sure says that number and name agree, so that another village
// in the row is a slip of the pen.
func (p *people) posted(s sighting, w written, day calendar.Date, teams []inspections.TeamID, sure bool) sighting {
	var on []inspections.Posting
	for _, post := range p.postings[s.member] {
		if !inspections.Covers(post.From, post.Until, day) {
			continue
		}
		for _, team := range teams {
			if post.Team == team {
				s.team = team
				return s
			}
		}
		on = append(on, post)
	}
	switch {
	case len(on) == 0:
		return refuse(fDay, "not_posted", w.name)
	case len(on) > 1 || !sure:
		return refuse(fVillage, "village_unknown", w.village)
	}
	s.team = on[0].Team
	if w.placeless {
		return s
	}
	s.notes = append(s.notes, note{fVillage, "village_from_posting", w.village, p.villageOf[s.team]})
	return s
}

// told settles whom a row means: by the word of a person about the row, else by what it says itself, else by the word
// of a person about that spelling. A row without a name has no spelling.
func (p *people) told(s sheet, l line, w written, day calendar.Date, find func() sighting) sighting {
	if id, told := s.answers[At{s.name, l.row}]; told {
		return p.answered(id, w.name, "answered", day)
	}
	seen := find()
	spelled := spellingOf(w)
	if seen.fault == nil || !Asks(seen.fault.key) || spelled.Name == "" {
		return seen
	}
	asks := inspections.Asking{Spelling: spelled, Key: seen.fault.key}
	answer, known := p.answers[spelled]
	switch {
	case known && answer.Verdict == inspections.NameMember:
		seen = p.answered(answer.Member, w.name, "answered_before", day)
		seen.answer = answer.ID
	case known:
		seen = refuse(fName, "not_ours", w.name)
	}
	seen.asks = asks
	return seen
}

// maxSpelled bounds each part of a spelling; longer ones are no names.
const maxSpelled = 120

// spellingOf gives how a row names a person; empty where it is no name that a person could be asked about.
func spellingOf(w written) inspections.Spelling {
	s := inspections.Spelling{Name: squeeze(w.name), Township: squeeze(w.township), Village: squeeze(w.village)}
	if ph := readPhone(w.phone); ph.fault == "" {
		s.Phone = ph.digits
	}
	if max(len(s.Name), len(s.Township), len(s.Village)) > maxSpelled {
		return inspections.Spelling{}
	}
	return s
}

// answered takes the member a person named for a row. The day must still be one of that member's.
func (p *people) answered(id inspections.MemberID, name, key string, day calendar.Date) sighting {
	for _, post := range p.postings[id] {
		if inspections.Covers(post.From, post.Until, day) {
			m := p.members[id]
			return sighting{member: id, team: post.Team, notes: []note{{fName, key, name, m.Name}}}
		}
	}
	return refuse(fDay, "not_posted", name)
}

func (p *people) keep(ids []inspections.MemberID, want func(inspections.Member) bool) []inspections.MemberID {
	var kept []inspections.MemberID
	for _, id := range ids {
		if want(p.members[id]) {
			kept = append(kept, id)
		}
	}
	return kept
}

func (p *people) servedIn(id inspections.MemberID, teams []inspections.TeamID) bool {
	for _, team := range teams {
		for _, m := range p.inTeam[team] {
			if m == id {
				return true
			}
		}
	}
	return false
}
