package portal

import (
	"context"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/store"
	"anfang.example/scheduler"
	"anfang.example/scheduler/draw"
)

// drawWeek lets a real scheduler seal and run a week of the world.
func (w *world) drawWeek(week calendar.Week) {
	w.t.Helper()
	adapt := func(run func(context.Context, func(*store.Tx) error) error) func(context.Context, func(scheduler.Tx) error) error {
		return func(ctx context.Context, fn func(scheduler.Tx) error) error {
			return run(ctx, func(tx *store.Tx) error { return fn(tx) })
		}
	}
	s := &scheduler.Scheduler{
		InTx: adapt(w.store.InTx), View: adapt(w.store.View), Chance: rand.NewChaCha8([32]byte{3}),
		Links: &scheduler.Keyring{Wall: w.now, Chain: func(year int) (draw.Chain, error) { return draw.NewChain([32]byte{byte(year)}), nil }},
	}
	w.moveTo(scheduler.FreezeTime(week))
	w.tx(func(tx *store.Tx) error {
		return tx.AddSetting(inspections.Setting{Key: inspections.SetFirstWeek, Value: week.String(), From: calendar.NewDate(2025, 1, 1), Recorded: tx.Now()})
	})
	end := week.Sunday().End().Add(time.Minute)
	for now := w.now(); ; {
		w.moveTo(now)
		if _, err := s.Tick(w.t.Context(), now); err != nil {
			w.t.Fatalf("tick at %s: %v", now, err)
		}
		if !now.Before(end) {
			return
		}
		next, err := s.NextWake(w.t.Context(), now)
		if err != nil {
			w.t.Fatal(err)
		}
		if now = next; now.After(end) {
			now = end
		}
	}
}

func TestAPastWeekIsToldStepByStep(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	week := calendar.Week{Year: 2025, Number: 13}
	path := "/draw/2025-W13"
	w.as("ban").get(path).must(t, 404)
	w.drawWeek(week)
	over := w.now()
	w.moveTo(week.Sunday().At(23, 0)) // published or not, before the week is over the page is not there
	for _, login := range []string{"ban", "ling", "li", "ping"} {
		w.as(login).get(path).must(t, 404)
	}
	w.moveTo(over)
	for _, login := range []string{"ban", "ling", "li", "ping"} {
		b := w.as(login)
		page := b.get(path).must(t, 200)
		page.has(t, "全部时段重算结果与记录一致", "第14个时段", "anfang proof verify 2025-W13.json")
		page.lacks(t, "不符）", "«")
		b.get("/week?week=2025-W13").must(t, 200).has(t, path)
	}
	w.as("heshan").get(path).must(t, 403)
	english := w.as("ban")
	english.lang = "en"
	if page := english.get(path).must(t, 200); strings.Count(page.body, "computed again, is as recorded") != 15 {
		t.Errorf("got %d slots that hold, want 14 and the whole", strings.Count(page.body, "computed again, is as recorded")-1)
	}
	for _, bad := range []string{"/draw/2025-W99", "/draw/x", "/draw/2025-W12"} {
		english.get(bad).must(t, 404)
	}
}

func TestTheHandbookExplainsADraw(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for login, want := range map[string]string{"ban": "先封存，后抽取", "heshan": "怎样核对"} {
		w.as(login).get("/help/draw").must(t, 200).has(t, want)
	}
	b := w.as("ban")
	b.lang = "en"
	b.get("/help/draw").must(t, 200).has(t, "First sealed, then drawn", "anfang proof verify")
}
