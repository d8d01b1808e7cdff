package store

import (
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// userRow says how the party of a user is stored.
type userRow struct {
	inspections.User
	partyColumns
}

var (
	users    = table[userRow]{name: "users", noun: "user"}
	sessions = table[inspections.Session]{name: "sessions", noun: "session", keys: []string{"token_sha256"}}
)

// AddUser sets the id. Error: Conflict "user.login_taken".
func (t *Tx) AddUser(u *inspections.User) error {
	if err := t.loginFree(u.Login, 0); err != nil {
		return err
	}
	if err := claim(t, "user", &u.ID); err != nil {
		return err
	}
	return users.insert(t, userRow{*u, columnsOfParty(u.Party)})
}

// SaveUser replaces the user of that id. Error: Conflict "user.login_taken".
func (t *Tx) SaveUser(u inspections.User) error {
	if err := t.loginFree(u.Login, u.ID); err != nil {
		return err
	}
	return users.update(t, userRow{u, columnsOfParty(u.Party)})
}

func (t *Tx) loginFree(login string, id inspections.UserID) error {
	u, err := t.UserByLogin(login)
	switch {
	case inspections.IsNotFound(err):
		return nil
	case err != nil:
		return err
	case u.ID == id:
		return nil
	}
	return inspections.Fail(inspections.Conflict, "user.login_taken", "login", login)
}

// User reads one user.
func (t *Tx) User(id inspections.UserID) (inspections.User, error) {
	row, err := users.one(t, int64(id), by("id = ?", id), "")
	row.Party = row.party()
	return row.User, err
}

// UserByLogin reads one user. Error: NotFound.
func (t *Tx) UserByLogin(login string) (inspections.User, error) {
	row, err := users.one(t, login, by("login = ?", login), "")
	row.Party = row.party()
	return row.User, err
}

// Users lists by id.
func (t *Tx) Users() ([]inspections.User, error) {
	rows, err := users.all(t, where{}, "ORDER BY id")
	if err != nil {
		return nil, err
	}
	var list []inspections.User
	for _, r := range rows {
		r.Party = r.party()
		list = append(list, r.User)
	}
	return list, nil
}

// AddSession writes one.
func (t *Tx) AddSession(s inspections.Session) error { return sessions.insert(t, s) }

// Session reads one by the SHA-256 of its token. Error: NotFound. The caller looks at Expires.
func (t *Tx) Session(tokenSHA string) (inspections.Session, error) {
	return sessions.one(t, "", by("token_sha256 = ?", tokenSHA), "")
}

// DropSession ends one; it is no error when there is none.
func (t *Tx) DropSession(tokenSHA string) error {
	_, err := t.exec(`DELETE FROM sessions WHERE county_id = ? AND token_sha256 = ?`, t.County(), tokenSHA)
	return err
}

// DropSessions ends those that expired before a moment.
func (t *Tx) DropSessions(before calendar.Instant) error {
	_, err := t.exec(`DELETE FROM sessions WHERE county_id = ? AND expires_at < ?`, t.County(), before)
	return err
}
