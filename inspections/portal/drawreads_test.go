package portal

import (
	"strings"
	"testing"

	"anfang.example/inspections/store"
)

func TestLooksAtWhatTheDrawRestsOnAreRecordedOnceADay(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	looks := func() (n int) {
		w.tx(func(tx *store.Tx) error {
			records, err := tx.JournalOf("draw/read")
			n = len(records)
			return err
		})
		return n
	}
	ban, ling := w.as("ban"), w.as("ling")
	for _, path := range []string{"/weights", "/weights", "/settings", "/settings/lead_minutes", "/settings/issuer"} {
		ban.get(path).must(t, 200)
	}
	if n := looks(); n != 3 {
		t.Errorf("got %d looks on record, want weights, settings and the one of the draw, once each", n)
	}
	page := ling.get("/weights").must(t, 200).has(t, "谁看过抽取依据").lacks(t, "«")
	if n := strings.Count(page.body, "抽取权重</td>"); n != 2 {
		t.Errorf("got %d looks at the weights on the page, want one of each person", n)
	}
	w.moveTo(w.now().AddDate(0, 0, 1))
	w.as("ban").get("/weights").must(t, 200)
	if n := looks(); n != 5 {
		t.Errorf("got %d looks on record the day after, want five", n)
	}
}
