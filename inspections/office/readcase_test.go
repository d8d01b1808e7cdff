package office_test

import (
	"fmt"
	"testing"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/journal"
	"anfang.example/inspections/office"
	"anfang.example/inspections/store"
	"anfang.example/inspections/store/storetest"
)

func TestAReadingIsRecordedOnceADayUntilTheCaseGoesOn(t *testing.T) {
	t.Parallel()
	d := tell(t, storetest.FreshSQLite(t))
	ctx := t.Context()
	readings := func() (list []office.Reading) {
		t.Helper()
		d.view(func(tx *store.Tx) (err error) {
			list, err = office.Readings(tx, d.c.ID)
			return err
		})
		return list
	}
	reads := func(by inspections.Actor, what, ref string) {
		t.Helper()
		if err := d.ReadCase(ctx, by, d.c.ID, what, ref); err != nil {
			t.Fatal(err)
		}
		d.now = d.now.Add(time.Minute)
	}
	for _, step := range []struct {
		name string
		do   func()
		want int // readings on record after it
	}{
		{"a first look", func() { reads(clerk, office.ReadPage, "") }, 1},
		{"the same again", func() { reads(clerk, office.ReadPage, "") }, 1},
		{"somebody else", func() { reads(leader, office.ReadPage, "") }, 2},
		{"an original", func() { reads(clerk, office.ReadOriginal, "2") }, 3},
		{"another original", func() { reads(clerk, office.ReadOriginal, "3") }, 4},
		{"the first again", func() { reads(clerk, office.ReadPage, "") }, 4},
		{"after the case went on", func() {
			if _, err := d.Act(ctx, clerk, d.c.ID, casework.Act{Kind: casework.ActReply, Branch: 1, Text: "补充说明"}); err != nil {
				t.Fatal(err)
			}
			reads(clerk, office.ReadPage, "")
		}, 5},
		{"after the file was given out", func() {
			err := d.store.InTx(ctx, func(tx *store.Tx) error {
				_, err := journal.Append(tx, journal.Entry{Kind: office.EntryFileRead, Actor: leader.Ref(), Subject: fmt.Sprintf("case/%d", d.c.ID), Body: map[string]any{"as_of": 1}})
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			reads(clerk, office.ReadPage, "")
		}, 6}, // the file's reading; the case did not go on
		{"the next day", func() { d.now = d.now.Add(24 * time.Hour); reads(clerk, office.ReadPage, "") }, 7},
	} {
		step.do()
		if got := readings(); len(got) != step.want {
			t.Fatalf("%s: got %+v, want %d readings", step.name, got, step.want)
		}
	}
	list := readings()
	if list[0].By != "clerk/1" || list[0].What != office.ReadPage || list[1].What != "file" || list[1].By != "leader/2" || list[len(list)-3].Ref != "2" {
		t.Errorf("got %+v, want the newest first, with who and what", list)
	}
	d.view(func(tx *store.Tx) error {
		about, err := tx.JournalOf(fmt.Sprintf("case/%d", d.c.ID))
		for _, r := range about {
			if r.Kind == "case.read" {
				t.Errorf("the extract of the case is full of looks: %+v", r)
			}
		}
		return err
	})
	if err := d.ReadCase(ctx, clerk, 99, office.ReadPage, ""); !inspections.IsNotFound(err) {
		t.Errorf("got %v, want a case that is none not found", err)
	}
}
