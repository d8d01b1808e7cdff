package office_test

import (
	"errors"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/journal"
	"anfang.example/inspections/office"
	"anfang.example/inspections/store"
	"anfang.example/inspections/store/storetest"
)

var admin = inspections.Actor{User: 4, Role: inspections.RoleAdmin}

// gone is a county whose first member was the subject of a case, and has left.
type gone struct {
	*told
	bodies []string // SHA-256 of the kept letters that name the member
}

func leave(t *testing.T, database storetest.Database) *gone {
	t.Helper()
	g := &gone{told: &told{machine: newMachine(t, database, storetest.County)}}
	g.Salts = rand.NewChaCha8([32]byte{2})
	ctx := t.Context()
	ok := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		g.now = g.now.Add(time.Minute)
	}
	_, err := g.RecordLeave(ctx, clerk, inspections.Leave{Member: 1, Kind: "sick", From: monday, Until: monday, Note: "住院手术"})
	ok(err)
	_, err = g.RecordCare(ctx, clerk, inspections.Care{Member: 1, Unit: 1, Kind: inspections.CareHealth, Day: monday, Note: "血压偏高"})
	ok(err)
	c, err := g.OpenCase(ctx, clerk, office.HandCase{Kind: "absent", Team: 1, FactAt: calendar.InstantOf(g.now), Reason: "核实属实", Members: []inspections.MemberID{1}})
	ok(err)
	g.c = c
	_, err = g.ApproveCase(ctx, leader, c.ID, "副部长")
	ok(err)
	return g
}

// over closes the case, ends the posting and lets the letters leave.
func (g *gone) over() {
	g.t.Helper()
	ctx := g.t.Context()
	ok := func(err error) {
		g.t.Helper()
		if err != nil {
			g.t.Fatal(err)
		}
	}
	for seq := 1; seq <= 4; seq++ {
		ok(g.AddStatement(ctx, clerk, g.c.ID, seq, "情况说明"))
		ok(g.ConcludeBranch(ctx, leader, g.c.ID, seq, office.Conclusion{Text: "已履行职责", By: clerk.User}))
	}
	g.fails("erase.member_serves", g.erase(admin, "期限已满"))
	_, err := g.EndPosting(ctx, clerk, office.Departure{Member: 1, Team: 1, Last: monday, Reason: "期满"})
	ok(err)
	g.now = g.now.Add(24 * time.Hour)
	g.fails("erase.member_case", g.erase(admin, "期限已满"))
	_, err = g.CloseCase(ctx, clerk, g.c.ID)
	ok(err)
	g.fails("erase.letter_waits", g.erase(admin, "期限已满"))
	ok(g.store.InTx(ctx, func(tx *store.Tx) error {
		list, err := tx.Letters(inspections.LetterFilter{State: inspections.LetterQueued})
		for _, l := range list {
			l.State, l.Settled = inspections.LetterAccepted, tx.Now()
			if strings.Contains(string(l.Args), members[0]) {
				if l.BodySHA, err = tx.PutBlob("message/rfc822", []byte(l.Key+members[0])); err != nil {
					return err
				}
				g.bodies = append(g.bodies, l.BodySHA)
			}
			if err := tx.SaveLetter(l); err != nil {
				return err
			}
		}
		return err
	}))
	if len(g.bodies) == 0 {
		g.t.Fatal("no letter names the member")
	}
}

func (g *gone) erase(by inspections.Actor, reason string) error {
	_, err := g.EraseMember(g.t.Context(), by, 1, reason)
	return err
}

func (g *gone) fails(key string, err error) {
	g.t.Helper()
	var e *inspections.Error
	if !errors.As(err, &e) || e.Key != key {
		g.t.Errorf("got %v, want %s", err, key)
	}
}

func TestAMembersDataIsHeldToTheJournalAndErased(t *testing.T) {
	t.Parallel()
	t.Run("SQLite", func(t *testing.T) { t.Parallel(); erasesMember(t, storetest.FreshSQLite) })
	t.Run("PostgreSQL", func(t *testing.T) { t.Parallel(); erasesMember(t, storetest.Postgres(t)) })
}

func erasesMember(t *testing.T, fresh func(testing.TB) storetest.Database) {
	g := leave(t, fresh(t))
	ctx := t.Context()
	if w, err := g.words(); err != nil || w.Members != 2 || w.MembersErased != 0 || w.Unheld != 0 {
		t.Fatalf("got %+v, %v, want both members held to the import", w, err)
	}
	posted, err := g.Post(ctx, clerk, office.Arrival{Name: "新队员", Phone: "19900000009", Team: 1, Unit: 1, From: monday})
	if err != nil {
		t.Fatal(err)
	}
	if w, err := g.words(); err != nil || w.Members != 3 {
		t.Fatalf("got %+v, %v, want the newcomer held to the posting", w, err)
	}
	g.view(func(tx *store.Tx) error {
		records, err := tx.JournalAfter(0, 1000)
		for _, r := range records {
			for _, word := range []string{members[0], members[1], "新队员", "1990000000", "住院"} {
				if strings.Contains(r.Body, word) {
					t.Errorf("record %d (%s) holds %q in the open", r.Seq, r.Kind, word)
				}
			}
		}
		return err
	})
	g.tampered(inspections.Member{ID: 1, Name: "另一人", Phone: "19900000001"}, "member/1")
	g.tampered(inspections.Member{ID: posted.Member, Name: "新队员", Phone: "19911111111"}, "member/3")
	g.tampered(inspections.Member{ID: 2, Name: inspections.ErasedWords}, "member/2") // blackened without an erasure on record

	g.over()
	g.fails("forbidden", g.erase(clerk, "期限已满"))
	g.fails("erase.member_reason", g.erase(admin, " "))
	g.fails("erase.reason_names", g.erase(admin, members[0]+"申请"))
	g.fails("member.unknown", second(g.EraseMember(ctx, admin, 99, "期限已满")))
	done, err := g.EraseMember(ctx, admin, 1, "期限已满")
	if err != nil || done.Letters != len(g.bodies) || done.Notes != 2 || done.Left != 0 || len(done.Cases) != 1 || done.Cases[0] != g.c.Number {
		t.Fatalf("got %+v, %v, want %d letters and the notes of leave and care gone, and the case told", done, err, len(g.bodies))
	}
	g.fails("erase.member_done", g.erase(admin, "期限已满"))
	if w, err := g.words(); err != nil || w.Members != 2 || w.MembersErased != 1 {
		t.Errorf("got %+v, %v, want one erased and the others held", w, err)
	}
	g.view(func(tx *store.Tx) error {
		if _, _, err := journal.Verify(tx); err != nil {
			t.Errorf("the chain broke: %v", err)
		}
		return g.left(tx)
	})
	// The erased row stays so: the database refuses, and nobody comes back under it.
	if err := g.store.InTx(ctx, func(tx *store.Tx) error {
		return tx.SaveMember(inspections.Member{ID: 1, Name: members[0], Phone: "19900000001"})
	}); err == nil {
		t.Error("the database took an erased member back")
	}
	if _, err := g.ImportRoster(ctx, clerk, office.Source{Name: "again", SHA: "02"}, inspections.RosterRows{Members: []inspections.MemberRow{
		{Name: inspections.ErasedWords, Phone: "19922222222", Township: "便江街道", Village: "井凉街社区", VillageCode: "431023001003"},
	}}); err != nil {
		t.Errorf("a file that was exported afterwards: %v", err)
	}
	if w, err := g.words(); err != nil || w.MembersErased != 1 {
		t.Errorf("got %+v, %v, want the erased one untouched", w, err)
	}
}

// tampered writes a row past the verbs and wants it named.
func (g *gone) tampered(m inspections.Member, want string) {
	g.t.Helper()
	undo := errors.New("undo")
	var found error
	err := g.store.InTx(g.t.Context(), func(tx *store.Tx) error {
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		if was, _ := roster.Member(m.ID); m.Name != inspections.ErasedWords {
			m.Salt, m.Sex = was.Salt, was.Sex
		}
		if err := tx.SaveMember(m); err != nil {
			return err
		}
		_, found = office.CheckWords(tx)
		return undo
	})
	var changed *office.ChangedError
	if !errors.Is(err, undo) || !errors.As(found, &changed) || changed.Field != want {
		g.t.Errorf("got %v and %v, want %s named", err, found, want)
	}
}

// left looks for the member's data wherever it stood.
func (g *gone) left(tx *store.Tx) error {
	roster, err1 := tx.Roster()
	leaves, err2 := tx.Leaves(monday, monday)
	letters, err3 := tx.Letters(inspections.LetterFilter{})
	care, err4 := tx.Care(monday, monday)
	if err := errors.Join(err1, err2, err3, err4); err != nil {
		return err
	}
	if m, _ := roster.Member(1); m != (inspections.Member{ID: 1, Name: inspections.ErasedWords}) {
		g.t.Errorf("got %+v, want nothing but that there was a member", m)
	}
	if leaves[0].Note != inspections.ErasedWords || care[0].Note != inspections.ErasedWords {
		g.t.Errorf("leave and care still say %q and %q", leaves[0].Note, care[0].Note)
	}
	for _, l := range letters {
		if strings.Contains(string(l.Args), members[0]) || l.Name == members[0] {
			g.t.Errorf("letter %s still names the member: %s", l.Key, l.Args)
		}
	}
	for _, sha := range g.bodies {
		if _, err := tx.Blob(sha); !inspections.IsNotFound(err) {
			g.t.Errorf("got %v, want the kept bytes destroyed", err)
		}
	}
	return nil
}

// Where another person bears the name, a letter that is not surely the member's stays as it is.
func TestALetterThatMayMeanANamesakeIsLeft(t *testing.T) {
	t.Parallel()
	g := leave(t, storetest.FreshSQLite(t))
	g.over()
	err := g.store.InTx(t.Context(), func(tx *store.Tx) error {
		_, err := tx.Enqueue(inspections.Letter{
			Kind: inspections.LetterDigest, Key: "digest/x", To: inspections.Party{Kind: inspections.PartyTownship, ID: 1}, State: inspections.LetterAccepted,
			Args: []byte(`{"missing":["` + members[0] + `"]}`),
		})
		return errors.Join(err, tx.AddMember(&inspections.Member{Name: members[0], Salt: strings.Repeat("a", 32)}))
	})
	if err != nil {
		t.Fatal(err)
	}
	done, err := g.EraseMember(t.Context(), admin, 1, "期限已满")
	if err != nil || done.Left != 1 || done.Letters != len(g.bodies) {
		t.Errorf("got %+v, %v, want the digest left and the letters of the case blackened", done, err)
	}
	g.view(func(tx *store.Tx) error {
		list, err := tx.Letters(inspections.LetterFilter{Kind: inspections.LetterDigest})
		if len(list) != 1 || !strings.Contains(string(list[0].Args), members[0]) {
			t.Errorf("got %+v, want the digest as it was", list)
		}
		return err
	})
	if w, err := g.words(); err != nil || w.Unheld != 1 {
		t.Errorf("got %+v, %v, want the namesake, whom no record knows, counted apart", w, err)
	}
}
