package portal

import (
	"net/http"
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/duties"
	"anfang.example/inspections/store"
)

// The first page names each duty, leads to where it is settled, and leaves what is due in months to the calendar.
func TestTheFirstPageNamesWhatIsDueSoon(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.moveTo(shanghai(12, 9, 0))
	w.tx(func(tx *store.Tx) error {
		for _, o := range []duties.Obligation{
			{Kind: "weekly_meeting", Clause: "1.2a", Period: "2025-W11", Due: calendar.InstantOf(shanghai(16, 23, 0))},
			{Kind: "monthly_forms", Clause: "1.3", Period: "2025-06", Due: calendar.InstantOf(calendar.NewDate(2025, 7, 5).End())},
		} {
			o.Party, o.Started = inspections.Party{Kind: inspections.PartyTownship, ID: 1}, tx.Now()
			if _, err := tx.AddObligation(&o); err != nil {
				return err
			}
		}
		return nil
	})
	w.as("heshan").get("/").must(t, http.StatusOK).
		has(t, `<a href="/duties?of=township/1&amp;clause=1.2a">`, "2025年第11周", "另有1件30天以后到期", `href="/duties/calendar"`).
		lacks(t, "clause=1.3", "应办事项</a>")
}
