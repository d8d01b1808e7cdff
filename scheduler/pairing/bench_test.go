package pairing_test

import (
	"testing"

	"anfang.example/scheduler/draw"
	"anfang.example/scheduler/pairing"
)

// BenchmarkPick is the race of one slot among four on standby.
func BenchmarkPick(b *testing.B) {
	in := draw.PairInput{TotalVisits: 208, TotalSlots: 1248, Recent: []draw.Pair{{3, 6}}}
	for i, id := range []uint64{3, 6, 7, 12} {
		in.Standby = append(in.Standby, draw.Standby{Inspector: id, Visits: 15 + i, Slots: 104})
	}
	b.ReportAllocs()
	n := byte(0)
	for b.Loop() {
		n++
		if _, err := pairing.Pick(draw.Seed{n}, in); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkRotate is the standby roster of one week: twelve inspectors, fourteen slots.
func BenchmarkRotate(b *testing.B) {
	var people []pairing.Rostered
	for id := uint64(1); id <= 12; id++ {
		people = append(people, pairing.Rostered{ID: id, Load: int(100 + id%4)})
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := pairing.Rotate(431099, 2025, 11, 14, 0, people); err != nil {
			b.Fatal(err)
		}
	}
}
