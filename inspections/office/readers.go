package office

import (
	"fmt"
	"slices"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/duties"
)

// reader is somebody with an address who can be told of an obligation.
type reader struct {
	key    string // "user/3", "holder/12", "inspector/4"
	to     inspections.Party
	name   string
	email  string
	office bool // an official of the county office
}

// readers knows on one day who owes what and who stands above them.
type readers struct {
	roster *inspections.Roster
	users  []inspections.User // in service and with an address
	links  []inspections.TownshipLink
	set    inspections.Settings
	day    calendar.Date
}

func readersOf(tx Tx, day calendar.Date) (*readers, error) {
	roster, err := tx.Roster()
	if err != nil {
		return nil, err
	}
	users, err := tx.Users()
	if err != nil {
		return nil, err
	}
	links, err := tx.TownshipLinks()
	if err != nil {
		return nil, err
	}
	set, err := settings(tx)
	if err != nil {
		return nil, err
	}
	users = slices.DeleteFunc(slices.Clone(users), func(u inspections.User) bool { return !u.Disabled.IsZero() || u.Email == "" })
	return &readers{roster, users, links, set, day}, nil
}

// leadersOwe are the office's obligations that only a leader's signature settles.
var leadersOwe = []duties.Kind{duties.CaseApprove, duties.BulletinSign, duties.NoPair, duties.Correct, duties.AppealAnswer}

// owners lists who must do what is owed: of the county office the role whose work it is, of a visit its
// pair, of a body its named post, else its contact, and those of its people who sign in. Before a visit
// is recorded nobody but the pair hears of it.
func (b *readers) owners(tx Tx, o duties.Obligation, rule duties.Rule) ([]reader, error) {
	switch o.Party.Kind {
	case inspections.PartyCounty:
		if slices.Contains(leadersOwe, o.Kind) || rule.Remind == string(inspections.RoleLeader) {
			return b.role(inspections.RoleLeader), nil
		}
		return b.clerks(), nil
	case inspections.PartyOfficial:
		return b.user(func(u inspections.User) bool { return int64(u.ID) == o.Party.ID }), nil
	case inspections.PartyInspector:
		return b.pair(tx, o)
	case inspections.PartyMember: // has no address on record: the unit hands it over
		unit, err := b.unitOfMember(tx, o)
		return b.body(inspections.Party{Kind: inspections.PartyUnit, ID: int64(unit)}, ""), err
	}
	return b.body(o.Party, inspections.Post(rule.Remind)), nil
}

// unitOfMember gives the unit of the member whom a case asks something of, as of the day of its fact; 0 when none is known.
func (b *readers) unitOfMember(tx Tx, o duties.Obligation) (inspections.UnitID, error) {
	c, err := caseOf(tx, o)
	return unitOfBranch(b.roster, c, casework.Branch{Side: casework.SideMember, Party: o.Party}), err
}

// caseOf reads the case that an obligation is about: "case/3", "case/3/act/7".
func caseOf(tx Tx, o duties.Obligation) (casework.Case, error) {
	var id int64
	if _, err := fmt.Sscanf(o.Subject, "case/%d", &id); err != nil {
		return casework.Case{}, fmt.Errorf("office: obligation %d: subject %q: %w", o.ID, o.Subject, err)
	}
	return tx.Case(inspections.CaseID(id))
}

// higher lists the higher person for what is over: the post or role that the catalog names; where it
// names none, and for what the office owes itself, the named person of the settings, else the leaders.
func (b *readers) higher(o duties.Obligation, rule duties.Rule) []reader {
	switch post := inspections.Post(rule.Late); post {
	case inspections.PostDeputy, inspections.PostMainLeader, inspections.PostInCharge:
		if list := b.post(bodyOf(o.Party), post); len(list) > 0 {
			return list
		}
	}
	if o.Party.Kind == inspections.PartyResident || o.Party.Kind == inspections.PartyTownship {
		township := inspections.TownshipID(o.Party.ID)
		if l, ok := inspections.LinkOn(b.links, township, inspections.LinkCountyLeader, b.day); ok && l.Email != "" && rule.Late == string(inspections.LinkCountyLeader) {
			return []reader{{key: fmt.Sprintf("link/%d", l.ID), to: o.Party, name: l.Name, email: l.Email}}
		}
	}
	if login := b.set[inspections.SetHigherUp]; login != "" {
		if list := b.user(func(u inspections.User) bool { return u.Login == login }); len(list) > 0 {
			return list
		}
	}
	return b.role(inspections.RoleLeader)
}

// clerks lists who runs the office; without a clerk who has an address, any official of it.
func (b *readers) clerks() []reader {
	for _, r := range []inspections.Role{inspections.RoleClerk, inspections.RoleAdmin, inspections.RoleLeader} {
		if list := b.role(r); len(list) > 0 {
			return list
		}
	}
	return nil
}

func (b *readers) role(r inspections.Role) []reader {
	return b.user(func(u inspections.User) bool { return u.Role == r })
}

func (b *readers) user(fits func(inspections.User) bool) []reader {
	var list []reader
	for _, u := range b.users {
		if fits(u) {
			at := u.Role == inspections.RoleAdmin || u.Role == inspections.RoleClerk || u.Role == inspections.RoleLeader
			list = append(list, reader{fmt.Sprintf("user/%d", u.ID), inspections.Party{Kind: inspections.PartyOfficial, ID: int64(u.ID)}, u.Name, u.Email, at})
		}
	}
	return list
}

// pair gives the two who go on a visit; of other obligations the inspector alone.
func (b *readers) pair(tx Tx, o duties.Obligation) ([]reader, error) {
	ids := []inspections.InspectorID{inspections.InspectorID(o.Party.ID)}
	var visit int64
	if _, err := fmt.Sscanf(o.Subject, "visit/%d", &visit); err == nil {
		v, err := tx.Visit(inspections.VisitID(visit))
		if err != nil {
			return nil, err
		}
		ids = []inspections.InspectorID{v.First, v.Second}
	}
	var list []reader
	for _, id := range ids {
		if n, ok := b.roster.Inspector(id); ok && n.Email != "" {
			list = append(list, reader{fmt.Sprintf("inspector/%d", id), inspections.Party{Kind: inspections.PartyInspector, ID: int64(id)}, n.Name, n.Email, false})
		}
	}
	return list, nil
}

// body lists who is written to for a township, unit or other body: the post that is named, else its
// contact, and its people who sign in, no address twice.
func (b *readers) body(p inspections.Party, post inspections.Post) []reader {
	list := b.post(bodyOf(p), post)
	if len(list) == 0 && p.Kind == inspections.PartyResident {
		list = b.post(bodyOf(p), inspections.PostResident)
	}
	if len(list) == 0 {
		if h := b.roster.ContactOf(bodyOf(p), b.day); h.Email != "" {
			list = []reader{holderReader(h)}
		}
	}
	if p.Kind != inspections.PartyTownship && p.Kind != inspections.PartyUnit {
		return list
	}
	for _, u := range b.user(func(u inspections.User) bool { return u.Party == p }) {
		if !slices.ContainsFunc(list, func(r reader) bool { return r.email == u.email }) {
			list = append(list, u)
		}
	}
	return list
}

func (b *readers) post(p inspections.Party, post inspections.Post) []reader {
	if h, ok := b.roster.Holder(p, post, b.day); ok && h.Email != "" {
		return []reader{holderReader(h)}
	}
	return nil
}

func holderReader(h inspections.Holder) reader {
	return reader{fmt.Sprintf("holder/%d", h.ID), h.Party, h.Name, h.Email, false}
}

// bodyOf gives the body whose posts stand for a party: a resident team leader belongs to the township.
func bodyOf(p inspections.Party) inspections.Party {
	if p.Kind == inspections.PartyResident {
		p.Kind = inspections.PartyTownship
	}
	return p
}

// mayBeHigher refuses a higher person who cannot be written to.
func mayBeHigher(tx Tx, login string) error {
	users, err := tx.Users()
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(users, func(u inspections.User) bool { return u.Login == login && u.Disabled.IsZero() && u.Email != "" }) {
		return inspections.Fail(inspections.Invalid, "setting.higher_up", "login", login)
	}
	return nil
}
