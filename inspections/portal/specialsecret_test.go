package portal

import (
	"fmt"
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/store"
)

// TestTwoWorldsOfASpecialVisit asks every page of everybody who is not of the pair, the pages of the draw
// included, in a world where a special visit to a team of Heshan is under way and in one where none is.
func TestTwoWorldsOfASpecialVisit(t *testing.T) {
	t.Parallel()
	pages := func(sent bool) map[string]string {
		w := newWorldWith(t, sameChance())
		if sent {
			day := calendar.NewDate(2025, 3, 12)
			v := inspections.Visit{
				Kind: inspections.VisitManual, Team: shipo, Year: 2025, Week: 11, First: li, Second: zhou, State: inspections.VisitReleased,
				Start: calendar.InstantOf(day.At(8, 30)), End: calendar.InstantOf(day.At(11, 30)), Arrive: calendar.InstantOf(day.At(8, 30)),
				Released: calendar.InstantOf(day.At(8, 0)), Reason: "a villager rang",
			}
			w.tx(func(tx *store.Tx) error {
				if err := tx.AddVisit(&v); err != nil {
					return err
				}
				if err := tx.AddSpecialOrder(inspections.SpecialOrder{Visit: v.ID, Reason: v.Reason, AskedBy: "ling", By: "leader/1", At: tx.Now()}); err != nil {
					return err
				}
				return oweRecord(tx, v.ID)
			})
		}
		w.moveTo(shanghai(12, 9, 0))
		all := map[string]string{}
		for _, login := range []string{"guan", "ban", "ling", "ping", "heshan", "liutang", "shui", "wu"} {
			b := w.as(login)
			for _, path := range []string{
				"/", "/visits", "/visits/1", "/visits?state=released", "/duties", "/duties?state=all", "/cases", "/attendance/2025-03", "/leaves",
				"/mail", "/roster", "/week", "/draw/2025-W11", "/draw/2025-W10", "/help/draw", "/inspectors", "/weights", "/visits/special", "/week?week=2025-W12",
			} {
				r := b.get(path)
				all[login+" "+path] = fmt.Sprint(r.status, r.to, r.body)
			}
		}
		return all
	}
	with, without := pages(true), pages(false)
	if len(with) == 0 {
		t.Fatal("no page was asked")
	}
	for key, got := range with {
		if want := without[key]; got != want {
			t.Errorf("%s tells that there is a special visit:\n%s\n--- without:\n%s", key, got, want)
		}
	}
}
