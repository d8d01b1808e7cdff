package storetest

import (
	"bytes"
	"testing"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/store"
)

func countingSignIns(t *testing.T, db Database) {
	s, base := grounded(t, db)
	day := calendar.NewDate(2025, 3, 3)
	row := func(d calendar.Date, of inspections.ImportID, clock string) inspections.SignIn {
		return inspections.SignIn{Member: base.member.ID, Team: base.team.ID, Day: d, Import: of, Clock: clock, Status: inspections.SignPresent}
	}
	write(t, s, func(tx *store.Tx) error {
		newer := inspections.Import{Kind: "signins", Name: "b.csv"}
		old := base.imported.ID
		return first(
			tx.AddImport(&newer),
			tx.AddSignIns([]inspections.SignIn{row(day, newer.ID, "08:30:00"), row(day.Add(2), newer.ID, "09:00:00"), row(day.Add(2), newer.ID, "09:05:00")}),
			tx.AddSignIns([]inspections.SignIn{row(day, old, "07:00:00"), row(day.Add(1), old, "07:10:00"), row(day.Add(9), old, "07:20:00")}),
			tx.AddSignIns([]inspections.SignIn{row(day.Add(1), old, "07:15:00")}),
			tx.AddSignIns(nil),
		)
	})
	view(t, s, func(tx *store.Tx) error {
		list, err := tx.SignIns(day, day.Add(2))
		var got []string
		for _, r := range list {
			got = append(got, r.Day.String()+" "+r.Clock)
		}
		equal(t, got, []string{"2025-03-03 08:30:00", "2025-03-04 07:15:00", "2025-03-05 09:05:00"})
		return err
	})
}

// manySignIns writes what a county has in a month of 550 members.
func manySignIns(t *testing.T, db Database) {
	s, base := grounded(t, db)
	const n = 17_000
	rows := make([]inspections.SignIn, n)
	for i := range rows {
		rows[i] = inspections.SignIn{
			Member: base.member.ID, Team: base.team.ID, Import: base.imported.ID, Row: i + 2, Clock: "08:15:00",
			Day: calendar.NewDate(1980, 1, 1).Add(i), Status: inspections.SignPresent,
		}
	}
	write(t, s, func(tx *store.Tx) error { return tx.AddSignIns(rows) })
	view(t, s, func(tx *store.Tx) error {
		list, err := tx.SignIns(rows[0].Day, rows[n-1].Day)
		equal(t, len(list), n)
		equal(t, list[n-1], rows[n-1])
		return err
	})
}

func touchingLeave(t *testing.T, db Database) {
	s, base := grounded(t, db)
	day := calendar.NewDate(2025, 3, 10)
	write(t, s, func(tx *store.Tx) error {
		for _, span := range [][2]int{{-9, -1}, {-3, 0}, {1, 1}, {5, 9}, {6, 9}} {
			l := inspections.Leave{Member: base.member.ID, Kind: "sick", From: day.Add(span[0]), Until: day.Add(span[1])}
			if err := tx.AddLeave(&l); err != nil {
				return err
			}
		}
		return tx.AddLeave(&inspections.Leave{Member: base.member.ID, Kind: "travel", From: day.Add(-30)}) // not yet over
	})
	view(t, s, func(tx *store.Tx) error {
		list, err := tx.Leaves(day, day.Add(5))
		equal(t, ids(list, func(l inspections.Leave) inspections.LeaveID { return l.ID }), []int64{2, 3, 4, 6})
		return err
	})
}

func correctedLeave(t *testing.T, db Database) {
	s, base := grounded(t, db)
	day := calendar.NewDate(2025, 3, 10)
	add := func(from, until int, replaces inspections.LeaveID) {
		write(t, s, func(tx *store.Tx) error {
			return tx.AddLeave(&inspections.Leave{Member: base.member.ID, Kind: "sick", From: day.Add(from), Until: day.Add(until), Replaces: replaces})
		})
	}
	add(0, 5, 0)
	add(0, 2, 1)   // the first is corrected
	add(20, 25, 0) // another
	add(30, 35, 3) // corrected out of the span that is asked for
	view(t, s, func(tx *store.Tx) error {
		id := func(l inspections.Leave) inspections.LeaveID { return l.ID }
		counting, err := tx.Leaves(day, day.Add(25))
		if err != nil {
			return err
		}
		equal(t, ids(counting, id), []int64{2})
		all, err := tx.LeaveHistory(day, day.Add(25))
		equal(t, ids(all, id), []int64{1, 2, 3})
		return err
	})
}

func recordedOrder(t *testing.T, db Database) {
	s := db(t, County, nil)
	values := []string{"2", "1", "2"}
	write(t, s, func(tx *store.Tx) error {
		for _, v := range values {
			err := first(
				tx.AddSetting(inspections.Setting{Key: "k", Value: v, From: calendar.NewDate(2025, 1, 1), Recorded: tx.Now()}),
				tx.AddStandingSignOff(inspections.StandingSignOff{By: v, At: tx.Now()}),
			)
			if err != nil {
				return err
			}
		}
		return nil
	})
	view(t, s, func(tx *store.Tx) error {
		set, err := tx.Settings()
		if err != nil {
			return err
		}
		signs, err := tx.StandingSignOffs()
		var got, signed []string
		for i := range set {
			got, signed = append(got, set[i].Value), append(signed, signs[i].By)
		}
		equal(t, got, values)
		equal(t, signed, values)
		return err
	})
}

func blobs(t *testing.T, db Database) {
	s := db(t, County, nil)
	other := db(t, County+1, nil)
	all := make([]byte, 300_000)
	for i := range all {
		all[i] = byte(i * i >> 3)
	}
	var shas []string
	write(t, s, func(tx *store.Tx) error {
		for _, data := range [][]byte{all, {}, []byte("某"), all} {
			sha, err := tx.PutBlob("image/jpeg", data)
			if err != nil {
				return err
			}
			shas = append(shas, sha)
		}
		return nil
	})
	equal(t, shas[0], shas[3])
	equal(t, shas[1], "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
	view(t, s, func(tx *store.Tx) error {
		for i, want := range [][]byte{all, {}, []byte("某")} {
			got, err := tx.Blob(shas[i])
			if err != nil {
				return err
			}
			if !bytes.Equal(got, want) {
				t.Errorf("blob %d: got %d bytes, want %d", i, len(got), len(want))
			}
		}
		for _, sha := range []string{"", "../../etc/passwd", "00"} {
			_, err := tx.Blob(sha)
			wantError(t, err, inspections.NotFound, "store.not_found")
		}
		return nil
	})
	view(t, other, func(tx *store.Tx) error {
		_, err := tx.Blob(shas[0])
		wantError(t, err, inspections.NotFound, "store.not_found")
		return nil
	})
}

func endingSessions(t *testing.T, db Database) {
	s := db(t, County, nil)
	write(t, s, func(tx *store.Tx) error {
		u := inspections.User{Login: "a", Role: inspections.RoleClerk}
		if err := tx.AddUser(&u); err != nil {
			return err
		}
		for i, sha := range []string{"a", "b", "c"} {
			if err := tx.AddSession(inspections.Session{TokenSHA: sha, User: u.ID, Created: tx.Now(), Expires: moment(i)}); err != nil {
				return err
			}
		}
		return first(tx.DropSession("c"), tx.DropSession("unknown"), tx.DropSessions(moment(1)))
	})
	view(t, s, func(tx *store.Tx) error {
		_, errA := tx.Session("a")
		_, errB := tx.Session("b")
		_, errC := tx.Session("c")
		wantError(t, errA, inspections.NotFound, "store.not_found")
		wantError(t, errC, inspections.NotFound, "store.not_found")
		return errB
	})
}

func standingClock(t *testing.T, db Database) {
	at := Now()
	s := db(t, County, func() time.Time { at = at.Add(time.Hour); return at })
	write(t, s, func(tx *store.Tx) error {
		before := tx.Now()
		if _, err := tx.AddRun(inspections.Run{Job: "a", Due: before}); err != nil {
			return err
		}
		equal(t, tx.Now(), before)
		equal(t, before, moment(1))
		equal(t, tx.County(), County)
		return nil
	})
	view(t, s, func(tx *store.Tx) error {
		equal(t, tx.Now(), moment(2))
		return nil
	})
}
