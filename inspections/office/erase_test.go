package office_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/journal"
	"anfang.example/inspections/office"
	"anfang.example/inspections/store"
	"anfang.example/inspections/store/storetest"
)

// told is a case in which somebody spoke, with the records that commit to the words.
type told struct {
	*machine
	c       casework.Case
	refused inspections.CaseID // another case, not started
	scan    string
	records map[string]int64 // by kind, the first of each
}

func tell(t *testing.T, database storetest.Database) *told {
	t.Helper()
	d := &told{machine: newMachine(t, database, storetest.County), records: map[string]int64{}}
	d.Salts = rand.NewChaCha8([32]byte{2})
	ctx := t.Context()
	ok := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		d.now = d.now.Add(time.Minute)
	}
	c, err := d.OpenCase(ctx, clerk, office.HandCase{Kind: "absent", Team: 1, FactAt: calendar.InstantOf(d.now), Reason: "群众来信反映", Members: []inspections.MemberID{1}})
	ok(err)
	d.c = c
	_, err = d.ApproveCase(ctx, leader, c.ID, "副部长")
	ok(err)
	ok(d.AddStatement(ctx, clerk, c.ID, 1, "家中老人住院"))
	ok(d.store.InTx(ctx, func(tx *store.Tx) (err error) {
		d.scan, err = tx.PutBlob("image/png", []byte("scan"))
		return err
	}))
	_, err = d.Act(ctx, clerk, c.ID, casework.Act{Kind: casework.ActTalk, Branch: 2, Second: leader.User, Text: "问：去向？答：就医", Person: "某人", SHA: d.scan})
	ok(err)
	ok(d.ConcludeBranch(ctx, leader, c.ID, 2, office.Conclusion{Liable: true, Text: "管理不到位", By: clerk.User, Measures: []office.MeasureDecided{{Kind: casework.MeasureTalk, Person: "某负责人", Body: "b", Reason: "r"}}}))
	other, err := d.OpenCase(ctx, clerk, office.HandCase{Kind: "commuting", Team: 1, FactAt: calendar.InstantOf(d.now), Reason: "电话反映", Members: []inspections.MemberID{1}})
	ok(err)
	d.refused = other.ID
	_, err = d.RefuseCase(ctx, leader, other.ID, "副部长", "反映人承认认错了人")
	ok(err)
	d.view(func(tx *store.Tx) error {
		records, err := tx.JournalOf(fmt.Sprintf("case/%d", c.ID))
		if err != nil {
			return err
		}
		refusals, err := tx.JournalOf(fmt.Sprintf("case/%d", other.ID))
		if err == nil {
			records = append(records, refusals...)
		}
		for _, r := range records {
			if words, bad := r.Private(); bad != nil || len(words) > 0 && d.records[r.Kind] == 0 {
				d.records[r.Kind] = r.Seq
			}
		}
		return err
	})
	return d
}

func (d *told) words() (office.Words, error) {
	var w office.Words
	err := d.store.View(d.t.Context(), func(tx *store.Tx) (err error) {
		w, err = office.CheckWords(tx)
		return err
	})
	return w, err
}

func TestWordsAreHeldToTheJournalAndErased(t *testing.T) {
	t.Parallel()
	t.Run("SQLite", func(t *testing.T) { t.Parallel(); erases(t, storetest.FreshSQLite) })
	t.Run("PostgreSQL", func(t *testing.T) { t.Parallel(); erases(t, storetest.Postgres(t)) })
}

func erases(t *testing.T, fresh func(testing.TB) storetest.Database) {
	d := tell(t, fresh(t))
	ctx := t.Context()
	if err := d.SetSetting(ctx, clerk, inspections.SetContact, "何文静", calendar.DateOf(d.now)); err != nil {
		t.Fatal(err)
	}
	if w, err := d.words(); err != nil || w.Checked != 7 || w.Erased != 0 {
		t.Fatalf("got %+v, %v, want the words of six records and a setting", w, err)
	}
	d.view(func(tx *store.Tx) error {
		records, err := tx.JournalAfter(0, 1000)
		for _, r := range records {
			for _, word := range []string{"何文静", "家中老人住院", "某人", "管理不到位", "群众来信反映", "认错了人"} {
				if strings.Contains(r.Body, word) {
					t.Errorf("record %d (%s) holds %q in the open", r.Seq, r.Kind, word)
				}
			}
		}
		return err
	})
	// A word changed past the verbs is named by the record that knew it.
	for name, c := range map[string]struct {
		record string
		change func(*store.Tx) error
	}{
		"a conclusion rewritten": {"case.branch_concluded", func(tx *store.Tx) error {
			b, err := tx.Branches(d.c.ID)
			if err != nil {
				return err
			}
			b[1].Conclusion = "已履行职责"
			return tx.SaveBranch(b[1])
		}},
		"the person of a measure exchanged": {"case.branch_concluded", func(tx *store.Tx) error {
			m, err := tx.Measures(d.c.ID)
			if err != nil {
				return err
			}
			m[0].Person = "另一人"
			return tx.SaveMeasure(m[0])
		}},
		"a statement put in": {"case.statement", func(tx *store.Tx) error {
			b, err := tx.Branches(d.c.ID)
			if err != nil {
				return err
			}
			b[0].Statement = "没有意见"
			return tx.SaveBranch(b[0])
		}},
		"a talk blackened without an erasure": {"case.act", func(tx *store.Tx) error { return d.blacken(tx, casework.ActTalk) }},
		"the act of a statement blackened":    {"case.statement", func(tx *store.Tx) error { return d.blacken(tx, casework.ActStatement) }},
		"the reason of a refusal rewritten": {"case.refused", func(tx *store.Tx) error {
			c, err := tx.Case(d.refused)
			if err != nil {
				return err
			}
			c.Reason = "证据不足"
			return tx.SaveCase(c)
		}},
		"a note rewritten": {"case.proposed", func(tx *store.Tx) error { return tx.EraseFindingNote(d.c.Finding, "别的") }},
	} {
		undo := errors.New("undo")
		var found error
		err := d.store.InTx(ctx, func(tx *store.Tx) error {
			if err := c.change(tx); err != nil {
				return err
			}
			_, found = office.CheckWords(tx)
			return undo
		})
		var changed *office.ChangedError
		if !errors.Is(err, undo) || !errors.As(found, &changed) || changed.Seq != d.records[c.record] {
			t.Errorf("%s: got %v and %v, want record %d named", name, err, found, d.records[c.record])
		}
	}
	d.refuses(ctx)
	for _, kind := range []string{"case.act", "case.statement", "case.branch_concluded", "case.proposed", "case.refused"} {
		if _, err := d.EraseWords(ctx, leader, d.records[kind], "法定期限已满"); err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
	}
	if w, err := d.words(); err != nil || w.Checked != 2 || w.Erased != 5 {
		t.Errorf("got %+v, %v, want five erased", w, err)
	}
	d.view(func(tx *store.Tx) error {
		if _, _, err := journal.Verify(tx); err != nil {
			t.Errorf("the chain broke: %v", err)
		}
		d.gone(tx)
		return nil
	})
}

func (d *told) blacken(tx *store.Tx, kind casework.ActKind) error {
	acts, err := tx.Acts(d.c.ID)
	for _, a := range acts {
		if a.Kind == kind {
			return tx.EraseAct(d.c.ID, a.Seq, casework.ErasedWords)
		}
	}
	return err
}

// refuses tries what may not be erased.
func (d *told) refuses(ctx context.Context) {
	d.t.Helper()
	for key, err := range map[string]error{
		"forbidden":            second(d.EraseWords(ctx, clerk, d.records["case.act"], "x")),
		"erase.reason_missing": second(d.EraseWords(ctx, leader, d.records["case.act"], "")),
		"erase.nothing":        second(d.EraseWords(ctx, leader, 1, "x")),
	} {
		var e *inspections.Error
		if !errors.As(err, &e) || e.Key != key {
			d.t.Errorf("got %v, want %s", err, key)
		}
	}
}

func second[T any](_ T, err error) error { return err }

// gone looks for the erased words wherever they stood.
func (d *told) gone(tx *store.Tx) {
	d.t.Helper()
	if _, err := tx.Blob(d.scan); !inspections.IsNotFound(err) {
		d.t.Errorf("got %v, want the scan destroyed", err)
	}
	acts, err1 := tx.Acts(d.c.ID)
	branches, err2 := tx.Branches(d.c.ID)
	measures, err3 := tx.Measures(d.c.ID)
	findings, err4 := tx.Findings(inspections.FindingFilter{})
	if err := errors.Join(err1, err2, err3, err4); err != nil {
		d.t.Fatal(err)
	}
	var left []string
	for _, a := range acts {
		left = append(left, a.Text, a.Person)
	}
	for _, b := range branches {
		left = append(left, b.Statement, b.Conclusion)
	}
	for _, m := range measures {
		left = append(left, m.Person, m.Reason)
	}
	if refused, err := tx.Case(d.refused); err != nil || refused.State != casework.Refused || refused.Reason != casework.ErasedWords {
		d.t.Errorf("got %+v, %v, want it refused still, and its reason blackened", refused, err)
	}
	for _, f := range findings {
		left = append(left, f.Note)
	}
	for _, text := range left {
		switch text {
		case "家中老人住院", "问：去向？答：就医", "某人", "管理不到位", "某负责人", "群众来信反映":
			d.t.Errorf("%q is still there", text)
		}
	}
}

// Chains of before the reasons were committed to hold them in the open; they verify as they are.
func TestARefusalRecordedInTheOpenStaysVerifiable(t *testing.T) {
	t.Parallel()
	d := tell(t, storetest.FreshSQLite(t))
	before, err := d.words()
	if err != nil {
		t.Fatal(err)
	}
	var old journal.Record
	err = d.store.InTx(t.Context(), func(tx *store.Tx) (err error) {
		old, err = journal.Append(tx, journal.Entry{
			Kind: "case.refused", Actor: "leader/2", Subject: fmt.Sprintf("case/%d", d.refused),
			Body: map[string]any{"number": "2025-002", "reason": "不属实", "duty": "副部长"},
		})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if w, err := d.words(); err != nil || w != before {
		t.Errorf("got %+v, %v, want %+v as before", w, err, before)
	}
	var e *inspections.Error
	if _, err := d.EraseWords(t.Context(), leader, old.Seq, "期限已满"); !errors.As(err, &e) || e.Key != "erase.nothing" {
		t.Errorf("got %v, want erase.nothing", err)
	}
}

func TestWhyAVisitWasCalledOffIsHeldToTheJournalAndErased(t *testing.T) {
	t.Parallel()
	m := &told{machine: newMachine(t, storetest.FreshSQLite(t), storetest.County)}
	ctx := t.Context()
	v := inspections.Visit{
		Kind: inspections.VisitRandom, Team: 1, Year: 2025, Week: 11, Slot: 1, First: 1, Second: 2, State: inspections.VisitReleased,
		Start: calendar.InstantOf(m.now), End: calendar.InstantOf(m.now.Add(3 * time.Hour)), Arrive: calendar.InstantOf(m.now), Released: calendar.InstantOf(m.now),
	}
	write := func(fn func(*store.Tx) error) {
		t.Helper()
		if err := m.store.InTx(ctx, fn); err != nil {
			t.Fatal(err)
		}
	}
	write(func(tx *store.Tx) error { return tx.AddVisit(&v) })
	const why = "吴海燕家中急事"
	if err := m.CancelVisit(ctx, leader, v.ID, why); err != nil {
		t.Fatal(err)
	}
	if w, err := m.words(); err != nil || w.Checked != 1 {
		t.Fatalf("got %+v, %v, want the reason held", w, err)
	}
	var seq int64
	m.view(func(tx *store.Tx) error {
		list, err := tx.JournalOf(fmt.Sprintf("visit/%d", v.ID))
		if seq = list[len(list)-1].Seq; strings.Contains(list[len(list)-1].Body, why) {
			t.Error("the reason stands in the open")
		}
		return err
	})
	erase := func() error { return second(m.EraseWords(ctx, leader, seq, "期限已满")) }
	var e *inspections.Error
	if err := erase(); !errors.As(err, &e) || e.Key != "erase.letter_waits" {
		t.Errorf("got %v, want the letters to the pair waited for", err)
	}
	write(func(tx *store.Tx) error {
		list, err := tx.Letters(inspections.LetterFilter{Kind: inspections.LetterCancelled})
		for _, l := range list {
			l.State = inspections.LetterAccepted
			err = errors.Join(err, tx.SaveLetter(l))
		}
		return err
	})
	if err := erase(); err != nil {
		t.Fatal(err)
	}
	if w, err := m.words(); err != nil || w.Erased != 1 {
		t.Errorf("got %+v, %v, want it erased", w, err)
	}
	m.view(func(tx *store.Tx) error {
		now, err := tx.Visit(v.ID)
		list, err2 := tx.Letters(inspections.LetterFilter{Kind: inspections.LetterCancelled})
		if now.Reason != inspections.ErasedWords || len(list) != 2 || strings.Contains(string(list[0].Args)+string(list[1].Args), why) {
			t.Errorf("got %q and %+v, want both blackened", now.Reason, list)
		}
		_, _, err3 := journal.Verify(tx)
		return errors.Join(err, err2, err3)
	})
}

// TestANoticeOfARecallGoesWithTheWordsItNames erases a conclusion: the notice is no longer kept, its number and hash are.
func TestANoticeOfARecallGoesWithTheWordsItNames(t *testing.T) {
	t.Parallel()
	d := tell(t, storetest.FreshSQLite(t))
	paper := inspections.IssuedPaper{Kind: inspections.PaperRecall, Subject: "measure/1", Prefix: "永驻村办发", Year: 2025, Number: 1, Issued: calendar.InstantOf(d.now)}
	if err := d.store.InTx(t.Context(), func(tx *store.Tx) (err error) {
		if paper.PDF, err = tx.PutBlob("application/pdf", []byte("%PDF 某负责人")); err != nil {
			return err
		}
		return tx.AddIssuedPaper(&paper)
	}); err != nil {
		t.Fatal(err)
	}
	if _, err := d.EraseWords(t.Context(), leader, d.records["case.branch_concluded"], "本人申请"); err != nil {
		t.Fatal(err)
	}
	d.view(func(tx *store.Tx) error {
		if _, err := tx.Blob(paper.PDF); !inspections.IsNotFound(err) {
			t.Errorf("the notice is still kept: %v", err)
		}
		if got, err := tx.IssuedPaper(paper.ID); err != nil || got.PDF != paper.PDF {
			t.Errorf("got %+v, %v, want its hash on record", got, err)
		}
		return nil
	})
}
