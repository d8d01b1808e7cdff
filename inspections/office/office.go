package office

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"io"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/journal"
)

// Office does the verbs. All fields are set once, before use.
type Office struct {
	// InTx runs one transaction; an error rolls all of it back.
	InTx func(context.Context, func(Tx) error) error
	// View runs a reading transaction.
	View func(context.Context, func(Tx) error) error
	// Calendar tells working days.
	Calendar *calendar.Calendar
	// Chance gives the salts of persons; crypto/rand in service.
	Chance io.Reader
	// Salts gives the salts of the journal; nil: crypto/rand. They are no part of what Chance settles, or words said in a
	// case would move the draws of a replayed county.
	Salts io.Reader
	// Holds refuses a setting that cannot hold for this county; nil: every value in range holds.
	Holds func(tx Tx, key, value string, from calendar.Date) error
	// TakenBack takes a naming that no longer stands, since an appeal was upheld, out of papers that wait for their
	// signature; nil: there are none.
	TakenBack func(tx Tx, by inspections.Actor) error
}

// salt gives 16 random bytes as hex.
func (o *Office) salt() (string, error) {
	var b [16]byte
	if _, err := io.ReadFull(o.Chance, b[:]); err != nil {
		return "", fmt.Errorf("office: salt: %w", err)
	}
	return hex.EncodeToString(b[:]), nil
}

// recordSalt gives the salt of one record of the journal.
func (o *Office) recordSalt() (string, error) {
	source := o.Salts
	if source == nil {
		source = rand.Reader
	}
	var b [16]byte
	if _, err := io.ReadFull(source, b[:]); err != nil {
		return "", fmt.Errorf("office: salt: %w", err)
	}
	return hex.EncodeToString(b[:]), nil
}

// settings gives what is in force on the transaction's day.
func settings(tx Tx) (inspections.Settings, error) { return settingsOn(tx, tx.Now().Date()) }

// settingsOn gives what was in force on a day, as a clock needs that began on it.
func settingsOn(tx Tx, day calendar.Date) (inspections.Settings, error) {
	all, err := tx.Settings()
	if err != nil {
		return nil, fmt.Errorf("office: settings: %w", err)
	}
	return inspections.SettingsOn(all, day), nil
}

// record writes one line of the journal.
func record(tx Tx, by inspections.Actor, kind, subject string, body any) error {
	_, err := journal.Append(tx, journal.Entry{Kind: kind, Actor: by.Ref(), Subject: subject, Body: body})
	return err
}

// allow refuses an actor who has none of the roles.
func allow(by inspections.Actor, roles ...inspections.Role) error {
	if by.Is(roles...) {
		return nil
	}
	return inspections.Fail(inspections.Forbidden, "forbidden", "role", string(by.Role))
}

// entrySetting journals a setting.
const entrySetting = "setting.set"

// namesPerson reports whether the value of a setting is a person's name or number: the chain commits to it only.
func namesPerson(key string) bool {
	return key == inspections.SetContact || key == inspections.SetContactPhone || key == inspections.SetSigner
}

// SetSetting records a dated setting; earlier values stay on record.
func (o *Office) SetSetting(ctx context.Context, by inspections.Actor, key, value string, from calendar.Date) error {
	return o.changeSetting(ctx, by, inspections.Setting{Key: key, Value: value, From: from}, nil)
}

// ChangeSetting is SetSetting by a person: a value for days that are over, of which figures are counted already, needs
// a reason, which the journal keeps. Error: Invalid setting.past.
func (o *Office) ChangeSetting(ctx context.Context, by inspections.Actor, s inspections.Setting, reason string) error {
	return o.changeSetting(ctx, by, s, &reason)
}

// changeSetting asks for a reason where there is one to ask for.
func (o *Office) changeSetting(ctx context.Context, by inspections.Actor, s inspections.Setting, reason *string) error {
	key, value, from := s.Key, s.Value, s.From
	if err := allow(by, inspections.RoleAdmin, inspections.RoleClerk); err != nil {
		return err
	}
	if err := inspections.CheckSetting(key, value); err != nil {
		return err
	}
	return o.InTx(ctx, func(tx Tx) error {
		why := map[string]any{}
		if today := tx.Now().Date(); reason != nil && from < today {
			if *reason == "" {
				return inspections.Fail(inspections.Invalid, "setting.past", "key", key, "from", from, "until", today.Add(-1))
			}
			why["reason"] = *reason
		}
		if o.Holds != nil {
			if err := o.Holds(tx, key, value, from); err != nil {
				return err
			}
		}
		if key == inspections.SetHigherUp && value != "" {
			if err := mayBeHigher(tx, value); err != nil {
				return err
			}
		}
		s.Recorded = tx.Now()
		if err := tx.AddSetting(s); err != nil {
			return err
		}
		why["key"], why["from"], why["recorded"] = key, s.From, s.Recorded
		if !namesPerson(key) {
			why["value"] = value
			return record(tx, by, entrySetting, "setting/"+key, why)
		}
		return o.recordWords(tx, by, entrySetting, "setting/"+key, why, map[string]string{"value": value})
	})
}
