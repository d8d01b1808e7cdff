package reports

import (
	"fmt"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// reader is one who receives a bulletin.
type reader struct {
	to          inspections.Party
	name, email string
}

// readers lists who receives a bulletin, one letter each: the leaders, the township committees and the
// aid units whose address is on record.
func readers(tx Tx, day calendar.Date) ([]reader, error) {
	users, err := tx.Users()
	if err != nil {
		return nil, err
	}
	var list []reader
	for _, u := range users {
		if u.Role == inspections.RoleLeader && u.Disabled.IsZero() {
			list = append(list, reader{inspections.Party{Kind: inspections.PartyOfficial, ID: int64(u.ID)}, u.Name, u.Email})
		}
	}
	roster, err := tx.Roster()
	if err != nil {
		return nil, err
	}
	for _, t := range roster.Townships {
		list = appendContact(list, roster, inspections.Party{Kind: inspections.PartyTownship, ID: int64(t.ID)}, t.Name, day)
	}
	for _, u := range roster.Units {
		list = appendContact(list, roster, inspections.Party{Kind: inspections.PartyUnit, ID: int64(u.ID)}, u.Name, day)
	}
	return list, nil
}

func appendContact(list []reader, roster *inspections.Roster, p inspections.Party, name string, day calendar.Date) []reader {
	if h, ok := roster.Holder(p, inspections.PostContact, day); ok && h.Email != "" {
		return append(list, reader{p, name, h.Email})
	}
	return list
}

// mailIssue writes one letter per reader with the PDF attached.
func mailIssue(tx Tx, issue inspections.Issue, args inspections.BulletinArgs, pdf inspections.Attachment) error {
	list, err := readers(tx, tx.Now().Date())
	if err != nil {
		return err
	}
	for _, r := range list {
		l, err := inspections.NewLetter(inspections.LetterBulletin, fmt.Sprintf("issue/%d/%s/%d", issue.ID, r.to.Kind, r.to.ID), r.to, r.name, r.email, args)
		if err != nil {
			return err
		}
		l.Created, l.Attach = tx.Now(), []inspections.Attachment{pdf}
		if _, err := tx.Enqueue(l); err != nil {
			return err
		}
	}
	return nil
}

// askSigners writes to the leaders that a draft waits.
func (p *Press) askSigners(tx Tx, m calendar.Month) error {
	users, err := tx.Users()
	if err != nil {
		return err
	}
	list, err := readers(tx, tx.Now().Date())
	if err != nil {
		return err
	}
	set, err := settings(tx)
	if err != nil {
		return err
	}
	until, err := p.factCheckEnd(set, tx.Now())
	if err != nil {
		return err
	}
	for _, u := range users {
		if u.Role != inspections.RoleLeader || !u.Disabled.IsZero() {
			continue
		}
		args := inspections.SignOffArgs{Month: m, Readers: len(list), FactCheckUntil: until, Path: "/bulletins/" + m.String()}
		to := inspections.Party{Kind: inspections.PartyOfficial, ID: int64(u.ID)}
		l, err := inspections.NewLetter(inspections.LetterSignOff, fmt.Sprintf("signoff/%s/%d", m, u.ID), to, u.Name, u.Email, args)
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
