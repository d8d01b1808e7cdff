package portal

import (
	"anfang.example/reports/post"
	"context"
	"crypto/rand"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/store"
)

func TestTooManyRequestsAreAskedToComeBack(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p, err := newPortal(Config{
		View: func(ctx context.Context, fn func(Tx) error) error {
			return w.store.View(ctx, func(tx *store.Tx) error { return fn(tx) })
		},
		InTx:   func(context.Context, func(Tx) error) error { return nil },
		Office: w.office, Press: w.press, Draws: w.draws, Read: (&post.Renderer{Lang: "zh"}).Read, Now: w.now, Log: slog.New(slog.DiscardHandler), Chance: rand.Reader,
	})
	if err != nil {
		t.Fatal(err)
	}
	h := p.guard(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusOK) }))
	ask := func() *httptest.ResponseRecorder {
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, httptest.NewRequest("GET", "/", nil))
		return rec
	}
	if got := ask().Code; got != 200 {
		t.Fatalf("got %d, want 200", got)
	}
	for range inFlight {
		p.flight <- struct{}{}
	}
	if rec := ask(); rec.Code != 503 || rec.Header().Get("Retry-After") == "" {
		t.Errorf("got %d, %v", rec.Code, rec.Header())
	}
}

func TestADoubledFormAtTheSameMomentIsCarriedOutOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	b := w.as("ban")
	token := regexpFind(t, b.get("/leaves").body, onceField.String())
	form := []string{"once", token, "member", "2", "kind", "personal", "from", "2025-03-11", "until", "2025-03-13", "approver", "冯副书记", "approved_by", "township"}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if r := b.post("/leaves", form...); r.status != 303 {
				t.Errorf("got %d", r.status)
			}
		})
	}
	all.Wait()
	var leaves []inspections.Leave
	w.tx(func(tx *store.Tx) (err error) {
		leaves, err = tx.Leaves(calendar.NewDate(2025, 3, 1), calendar.NewDate(2025, 3, 31))
		return err
	})
	if len(leaves) != 1 {
		t.Errorf("got %d leaves, want 1", len(leaves))
	}
}
