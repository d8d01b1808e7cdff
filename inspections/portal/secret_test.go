package portal

import (
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/duties"
	"anfang.example/inspections/journal"
	"anfang.example/inspections/store"
)

// TestTwoWorlds asks every page of everybody who is not of the pair, in a world where a team of Heshan was
// just drawn and in one where nothing was: the bytes must be the same.
func TestTwoWorlds(t *testing.T) {
	t.Parallel()
	logins := []string{"guan", "ban", "ling", "ping", "heshan", "liutang", "shui", "wu"}
	pages := func(drawn bool) map[string]string {
		w := newWorldWith(t, sameChance())
		if drawn {
			id := w.dispatch(shipo)
			w.tx(func(tx *store.Tx) error { return oweRecord(tx, id) })
			w.tell(id)
		} else {
			w.tell(0)
		}
		w.moveTo(shanghai(12, 9, 0))
		all := map[string]string{}
		for _, login := range logins {
			b := w.as(login)
			for _, path := range []string{
				"/", "/visits", "/visits/1", "/visits/2", "/visits/1/evidence/1", "/letters/1/paper", "/letters/2/paper", "/visits/1/notice", "/visits/2/notice", "/visits/1/paper", "/visits?state=released", "/duties", "/duties?state=all", "/cases", "/cases/2025-001",
				"/attendance/2025-03", "/leaves", "/bulletins", "/bulletins/2025-03", "/papers", "/papers/check", "/mail", "/roster", "/week", "/settings", "/help", "/nowhere", "/inspectors", "/rectifications", "/weights", "/visits/special",
			} {
				r := b.get(path)
				all[login+" "+path] = fmt.Sprint(r.status, r.to, r.body)
			}
			for _, verb := range []string{"record", "verification", "cancellation"} {
				r := b.post("/visits/1/"+verb, "reason", "x", "visited", "2025-03-12T09:00")
				all[login+" POST "+verb] = fmt.Sprint(r.status, r.to, r.body)
			}
		}
		return all
	}
	with, without := pages(true), pages(false)
	for key, got := range with {
		if want := without[key]; got != want {
			t.Errorf("%s tells that there is a visit:\n%s\n--- without:\n%s", key, got, want)
		}
	}
}

// sameChance gives the same tokens in every world, since nothing else may differ.
func sameChance() io.Reader { return rand.NewChaCha8([32]byte([]byte(strings.Repeat("anfang..", 4)))) }

// oweRecord starts what the release starts.
func oweRecord(tx *store.Tx, id inspections.VisitID) error {
	_, err := tx.AddObligation(&duties.Obligation{
		Kind: duties.RecordVisit, Clause: "3.4", Party: inspections.Party{Kind: inspections.PartyCounty}, Subject: fmt.Sprintf("visit/%d", id),
		Started: tx.Now(), Due: calendar.InstantOf(tx.Now().Date().End()),
	})
	return err
}

func TestThePairSeesItsVisitAndTheDeskSeesItAfterwards(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.dispatch(shipo)
	path := fmt.Sprintf("/visits/%d", id)
	w.moveTo(shanghai(12, 8, 0)) // before its release
	w.as("li").get(path).must(t, 404)
	w.moveTo(shanghai(12, 9, 0))
	w.as("li").get(path).must(t, 200).has(t, "石坡村", "赵一禾")
	w.as("wu").get(path).must(t, 404)
	w.as("ban").get(path).must(t, 404)
	w.moveTo(shanghai(12, 12, 0)) // its window is over
	w.as("ban").get(path).must(t, 200).has(t, "石坡村")
	w.as("wu").get(path).must(t, 404)
	w.as("ping").get(path).must(t, 404)
	w.record(id, false)
	w.as("ping").get(path).must(t, 404)
	w.moveTo(shanghai(17, 9, 0)) // its week is over
	w.as("ping").get(path).must(t, 200)
	w.as("heshan").get(path).must(t, 403)
}

func TestSlotsArePublishedWhenTheWeekIsOver(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.lived()
	w.moveTo(shanghai(16, 23, 59))
	w.as("ban").get("/week").must(t, 200).lacks(t, "石坡村", "cdcdcd")
	w.moveTo(shanghai(17, 0, 1))
	w.as("li").get("/week?week=2025-W11").must(t, 200).has(t, "石坡村", "cdcdcd")
}

func TestPeopleSeeTheirOwnAttendanceOnly(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.lived()
	own := w.as("heshan").get("/attendance/2025-03").must(t, 200)
	own.has(t, "赵一禾", "钱二山")
	own.lacks(t, "柳塘乡", "孙三溪")
	other := w.as("liutang").get("/attendance/2025-03?township=431099100").must(t, 200)
	other.has(t, "未报送", "孙三溪")
	other.lacks(t, "赵一禾")
	unit := w.as("shui").get("/attendance/2025-03").must(t, 200)
	unit.has(t, "赵一禾")
	unit.lacks(t, "孙三溪")
	desk := w.as("ban").get("/attendance/2025-03").must(t, 200)
	desk.has(t, "禾山镇", "柳塘乡", "未报送")
	desk.lacks(t, "赵一禾") // nobody by name until a township is opened
	roster := w.as("liutang").get("/roster?township=431099100").must(t, 200)
	roster.lacks(t, "赵一禾", "石坡村")
}

// That a case was read, or what the draw rests on, goes on record; besides, reading changes nothing, and reading again not even that.
func TestACountyStaysAsItIsUnderGets(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.lived()
	b := w.as("ban")
	since := func(seq int64) (list []journal.Record) {
		w.tx(func(tx *store.Tx) (err error) {
			list, err = tx.JournalAfter(seq, 1000)
			return err
		})
		return list
	}
	last := int64(len(since(0)))
	read := func() {
		for _, rt := range Routes() {
			if rt.Method == "GET" {
				b.get(pathOf(rt))
			}
		}
	}
	read()
	looks := since(last)
	for _, r := range looks {
		if what := r.Kind + " " + r.Subject; what != "case.read case/1/read" && what != "draw.read draw/read" {
			t.Errorf("reading pages wrote %s about %s", r.Kind, r.Subject)
		}
	}
	if len(looks) == 0 {
		t.Error("nothing tells that the case was read")
	}
	read()
	if again := since(last); len(again) != len(looks) {
		t.Errorf("got %d entries after %d, want none of reading again", len(again), len(looks))
	}
}
