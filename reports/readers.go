package reports

import (
	"fmt"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// reader is one who receives a bulletin.
type reader struct {
	to          inspections.Party
	name, email string // no email: read in the portal, from a folder or on paper
}

// readers lists who receives a paper, one copy each: the leaders; the township committees and aid units whose address is
// on record or for whom somebody signs in to the portal; where papers do not go by mail, every body of the roster.
func readers(tx Tx, set inspections.Settings, day calendar.Date) ([]reader, error) {
	users, err := tx.Users()
	if err != nil {
		return nil, err
	}
	var list []reader
	signsIn := map[inspections.Party]bool{}
	for _, u := range users {
		if !u.Disabled.IsZero() {
			continue
		}
		signsIn[u.Party] = true
		if u.Role == inspections.RoleLeader {
			list = append(list, reader{inspections.Party{Kind: inspections.PartyOfficial, ID: int64(u.ID)}, u.Name, u.Email})
		}
	}
	roster, err := tx.Roster()
	if err != nil {
		return nil, err
	}
	body := func(kind inspections.PartyKind, id int64, name string) {
		r := reader{to: inspections.Party{Kind: kind, ID: id}, name: name}
		if h, ok := roster.Holder(r.to, inspections.PostContact, day); ok {
			r.email = h.Email
		}
		if r.email != "" || signsIn[r.to] || set[inspections.SetDelivery] != inspections.DeliverAttach {
			list = append(list, r)
		}
	}
	for _, t := range roster.TownshipsOn(day) {
		body(inspections.PartyTownship, int64(t.ID), t.Name)
	}
	for _, u := range roster.Units {
		body(inspections.PartyUnit, int64(u.ID), u.Name)
	}
	return list, nil
}

// lettersTo counts the readers a letter goes to.
func lettersTo(list []reader) (n int) {
	for _, r := range list {
		if r.email != "" {
			n++
		}
	}
	return n
}

// signRequest is what leaders are asked to sign.
type signRequest struct {
	month   calendar.Month
	drafted calendar.Instant // the fact-check window runs from it
	due     calendar.Instant // zero: not known yet
	change  string           // check value of figures that changed after they were drafted; "" the draft is new
}

// askSigners writes to the leaders that a draft waits, and until when.
func (p *Press) askSigners(tx Tx, ask signRequest) error {
	users, err := tx.Users()
	if err != nil {
		return err
	}
	set, err := settings(tx)
	if err != nil {
		return err
	}
	list, err := readers(tx, set, tx.Now().Date())
	if err != nil {
		return err
	}
	until, err := p.factCheckEnd(set, ask.drafted)
	if err != nil {
		return err
	}
	for _, u := range users {
		if u.Role != inspections.RoleLeader || !u.Disabled.IsZero() {
			continue
		}
		key := fmt.Sprintf("signoff/%s/%d", ask.month, u.ID)
		if ask.change != "" {
			key += "/" + ask.change
		}
		args := inspections.SignOffArgs{
			Month: ask.month, Readers: lettersTo(list), FactCheckUntil: until, Due: ask.due, Path: "/bulletins/" + ask.month.String(), Changed: ask.change != "",
		}
		to := inspections.Party{Kind: inspections.PartyOfficial, ID: int64(u.ID)}
		l, err := inspections.NewLetter(inspections.LetterSignOff, key, to, u.Name, u.Email, args)
		if err != nil {
			return err
		}
		l.Created = tx.Now()
		if _, err := tx.Enqueue(l); err != nil {
			return err
		}
	}
	return nil
}
