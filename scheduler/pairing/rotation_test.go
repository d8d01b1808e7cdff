package pairing_test

import (
	"errors"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"anfang.example/scheduler/draw"
	"anfang.example/scheduler/pairing"
)

func staff(n int) []pairing.Rostered {
	people := make([]pairing.Rostered, n)
	for i := range people {
		people[i].ID = uint64(11 + i)
	}
	return people
}

func TestRotate(t *testing.T) {
	t.Parallel()
	t.Run("fills every slot within the cap when there are people enough", func(t *testing.T) {
		t.Parallel()
		for n := 14; n < 30; n++ {
			got, err := pairing.Rotate(1, 2025, 11, 14, 0, staff(n))
			if err != nil || got.Degraded() || len(got.Slots) != 14 {
				t.Fatalf("%d people: got %+v, %v", n, got, err)
			}
			count := map[uint64]int{}
			for _, chosen := range got.Slots {
				if len(chosen) != pairing.DefaultPerSlot || !slices.IsSorted(chosen) || len(slices.Compact(slices.Clone(chosen))) != len(chosen) {
					t.Errorf("%d people: slot of %v", n, chosen)
				}
				for _, id := range chosen {
					count[id]++
				}
			}
			for id, c := range count {
				if c > pairing.MaxPerWeek {
					t.Errorf("%d people: %d stands by %d times", n, id, c)
				}
			}
		}
	})
	t.Run("gives twelve inspectors three or four a slot and says which are short", func(t *testing.T) {
		t.Parallel()
		got, err := pairing.Rotate(1, 2025, 11, 14, 0, staff(12))
		if err != nil {
			t.Fatal(err)
		}
		seats := 0
		for _, chosen := range got.Slots {
			if len(chosen) < 3 || len(chosen) > 4 {
				t.Errorf("a slot of %d", len(chosen))
			}
			seats += len(chosen)
		}
		if seats != 48 || len(got.Short) != 8 || len(got.Thin) != 0 || len(got.OverCap) != 0 || !got.Degraded() {
			t.Errorf("got %d seats, %+v", seats, got)
		}
	})
	t.Run("keeps two a slot in the smallest county and says who has too much", func(t *testing.T) {
		t.Parallel()
		for n := 2; n < 7; n++ {
			got, err := pairing.Rotate(1, 2025, 11, 14, 0, staff(n))
			if err != nil {
				t.Fatal(err)
			}
			for _, chosen := range got.Slots {
				if len(chosen) != 2 {
					t.Errorf("%d people: a slot of %v", n, chosen)
				}
			}
			if len(got.Thin) != 14 || len(got.OverCap) == 0 {
				t.Errorf("%d people: got %+v", n, got)
			}
		}
	})
	t.Run("asks nobody for a slot of their leave and names the slots it leaves thin", func(t *testing.T) {
		t.Parallel()
		people := staff(16)
		for i := range people[1:] {
			people[i+1].Away = []int{3}
		}
		got, err := pairing.Rotate(1, 2025, 11, 14, 4, people)
		if err != nil {
			t.Fatal(err)
		}
		if want := []uint64{11}; !slices.Equal(got.Slots[2], want) || !slices.Equal(got.Thin, []int{3}) {
			t.Errorf("got %v, thin %v, want %v", got.Slots[2], got.Thin, want)
		}
	})
	t.Run("is the same whatever the order of the list, and other next week", func(t *testing.T) {
		t.Parallel()
		people := staff(14)
		want, err := pairing.Rotate(1, 2025, 11, 14, 0, people)
		if err != nil {
			t.Fatal(err)
		}
		rand.New(rand.NewPCG(1, 1)).Shuffle(len(people), func(i, j int) { people[i], people[j] = people[j], people[i] })
		if got, err := pairing.Rotate(1, 2025, 11, 14, 0, people); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("got %+v, %v, want %+v", got, err, want)
		}
		if next, err := pairing.Rotate(1, 2025, 12, 14, 0, people); err != nil || reflect.DeepEqual(next.Slots, want.Slots) {
			t.Errorf("next week is the same: %+v, %v", next, err)
		}
	})
	t.Run("evens out the load and brings everybody together over half a year", func(t *testing.T) {
		t.Parallel()
		people := staff(12)
		together := map[draw.Pair]int{}
		for week := 1; week <= 26; week++ {
			got, err := pairing.Rotate(1, 2025, week, 14, 0, people)
			if err != nil {
				t.Fatal(err)
			}
			for _, chosen := range got.Slots {
				for i, id := range chosen {
					people[id-11].Load++
					for _, other := range chosen[i+1:] {
						together[draw.Pair{id, other}]++
					}
				}
			}
		}
		least, most := people[0].Load, people[0].Load
		for _, p := range people {
			least, most = min(least, p.Load), max(most, p.Load)
		}
		if most-least > 1 {
			t.Errorf("standby slots from %d to %d", least, most)
		}
		for a := range people {
			for b := a + 1; b < len(people); b++ {
				if n := together[draw.Pair{people[a].ID, people[b].ID}]; n < 8 {
					t.Errorf("%d and %d met %d times only", people[a].ID, people[b].ID, n)
				}
			}
		}
	})
	t.Run("refuses what cannot be", func(t *testing.T) {
		t.Parallel()
		if _, err := pairing.Rotate(1, 2025, 1, 14, 0, staff(1)); !errors.Is(err, pairing.ErrTooFew) {
			t.Errorf("one inspector: got %v", err)
		}
		if _, err := pairing.Rotate(1, 2025, 1, 14, 0, append(staff(4), staff(1)...)); !errors.Is(err, pairing.ErrInput) {
			t.Errorf("an inspector twice: got %v", err)
		}
		for _, perSlot := range []int{-1, 2, 7} {
			if _, err := pairing.Rotate(1, 2025, 1, 14, perSlot, staff(9)); !errors.Is(err, pairing.ErrInput) {
				t.Errorf("%d a slot: got %v", perSlot, err)
			}
		}
		if _, err := pairing.Rotate(1, 2025, 1, 33, 0, staff(9)); !errors.Is(err, pairing.ErrInput) {
			t.Errorf("33 slots: got %v", err)
		}
	})
}
