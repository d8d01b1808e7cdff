package pairing_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"anfang.example/scheduler/draw"
	"anfang.example/scheduler/pairing"
)

func four() draw.PairInput {
	return draw.PairInput{
		Standby: []draw.Standby{
			{Inspector: 11, Visits: 5, Slots: 40}, {Inspector: 12, Visits: 5, Slots: 40},
			{Inspector: 13, Visits: 5, Slots: 40}, {Inspector: 14, Visits: 9, Slots: 40},
		},
		TotalVisits: 60, TotalSlots: 480,
	}
}

func TestCandidates(t *testing.T) {
	t.Parallel()
	t.Run("barred inspectors are in no pair", func(t *testing.T) {
		t.Parallel()
		in := four()
		in.Barred = []draw.Bar{{Inspector: 12, Reason: draw.BarKin}, {Inspector: 12, Reason: draw.BarLeave}}
		got, err := pairing.Candidates(in)
		if err != nil {
			t.Fatal(err)
		}
		// 14 is four visits ahead: 65536·2^-4.
		want := []pairing.Candidate{{Pair: draw.Pair{11, 13}, Weight: 65536}, {Pair: draw.Pair{11, 14}, Weight: 4096}, {Pair: draw.Pair{13, 14}, Weight: 4096}}
		if !slices.Equal(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
	})
	t.Run("a pair that went together lately weighs three tenths", func(t *testing.T) {
		t.Parallel()
		in := four()
		in.Recent = []draw.Pair{{11, 12}}
		got, err := pairing.Candidates(in)
		if err != nil || got[0].Weight != 19660 || got[1].Weight != 65536 {
			t.Errorf("got %v, %v", got, err)
		}
		if got := pairing.Weight(4096, 4096, true); got != 76 {
			t.Errorf("got %d, want 76", got)
		}
		if got := pairing.Weight(1, 1, true); got != 1 {
			t.Errorf("the least weight: got %d, want 1", got)
		}
	})
	t.Run("input that breaks a rule is refused", func(t *testing.T) {
		t.Parallel()
		for name, spoil := range map[string]func(in *draw.PairInput){
			"standby out of order":     func(in *draw.PairInput) { in.Standby[0].Inspector = 13 },
			"an id too wide":           func(in *draw.PairInput) { in.Standby[3].Inspector = 1 << 32 },
			"more than the sum":        func(in *draw.PairInput) { in.Standby[0].Visits = 61 },
			"slots beyond the sum":     func(in *draw.PairInput) { in.Standby[0].Slots = 481 },
			"a negative count":         func(in *draw.PairInput) { in.Standby[0].Visits = -1 },
			"a reason nobody knows":    func(in *draw.PairInput) { in.Barred = []draw.Bar{{Inspector: 11, Reason: "mood"}} },
			"a bar for a stranger":     func(in *draw.PairInput) { in.Barred = []draw.Bar{{Inspector: 99, Reason: draw.BarKin}} },
			"a recent pair turned":     func(in *draw.PairInput) { in.Recent = []draw.Pair{{12, 11}} },
			"a recent pair of another": func(in *draw.PairInput) { in.Recent = []draw.Pair{{11, 99}} },
		} {
			in := four()
			spoil(&in)
			if _, err := pairing.Pick(draw.Seed{}, in); !errors.Is(err, pairing.ErrInput) {
				t.Errorf("%s: got %v", name, err)
			}
		}
	})
}

func TestPickWithoutAFeasiblePair(t *testing.T) {
	t.Parallel()
	in := four()
	for _, id := range []uint64{11, 12, 14} {
		in.Barred = append(in.Barred, draw.Bar{Inspector: id, Reason: draw.BarHomeTownship})
	}
	if got, err := pairing.Pick(draw.Seed{}, in); !errors.Is(err, pairing.ErrNoFeasiblePair) {
		t.Errorf("one left: got %v, %v", got, err)
	}
	if got, err := pairing.Pick(draw.Seed{}, draw.PairInput{}); !errors.Is(err, pairing.ErrNoFeasiblePair) {
		t.Errorf("nobody on standby: got %v, %v", got, err)
	}
}

// The 10^-4 bound of a chi-square with 5 degrees of freedom is 25.7.
func TestPickFrequencies(t *testing.T) {
	t.Parallel()
	in := four()
	in.Recent = []draw.Pair{{11, 13}}
	candidates, err := pairing.Candidates(in)
	if err != nil {
		t.Fatal(err)
	}
	chance := rand.New(rand.NewPCG(31, 32))
	count := map[draw.Pair]float64{}
	const draws = 30000
	for range draws {
		var seed draw.Seed
		for i := range seed {
			seed[i] = byte(chance.Uint32())
		}
		pair, err := pairing.Pick(seed, in)
		if err != nil {
			t.Fatal(err)
		}
		count[pair]++
	}
	var sum, square float64
	for _, c := range candidates {
		sum += float64(c.Weight)
	}
	for _, c := range candidates {
		want := draws * float64(c.Weight) / sum
		square += (count[c.Pair] - want) * (count[c.Pair] - want) / want
	}
	if square > 25.7 || len(count) != 6 {
		t.Errorf("chi-square: got %f over %v", square, count)
	}
}

func TestBars(t *testing.T) {
	t.Parallel()
	target := pairing.Target{Team: 7, Township: 3, Units: []uint64{20, 21}, Visitors: [][]uint64{{15}}}
	people := []pairing.Person{
		{ID: 16, OnLeave: true, KinTeams: []uint64{8, 7}},
		{ID: 11, Townships: []uint64{2, 3}},
		{ID: 12, Units: []uint64{21}},
		{ID: 14, Townships: []uint64{4}, Units: []uint64{22}, KinTeams: []uint64{8}},
		{ID: 15},
		{ID: 17},
	}
	want := []draw.Bar{
		{Inspector: 11, Reason: draw.BarHomeTownship}, {Inspector: 12, Reason: draw.BarOwnUnit}, {Inspector: 15, Reason: draw.BarRecentVisit},
		{Inspector: 16, Reason: draw.BarKin}, {Inspector: 16, Reason: draw.BarLeave},
	}
	if got := pairing.Bars(people, target); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestBarsOfLateVisitors(t *testing.T) {
	t.Parallel()
	// Two went on the visit before last, two on the last one.
	visitors := [][]uint64{{11, 12}, {13, 14}}
	for _, c := range []struct {
		name    string
		standby []uint64
		home    []uint64 // inspectors from the target's township
		want    []uint64 // inspectors barred for a late visit
	}{
		{"all four stay away while others can go", []uint64{11, 12, 13, 14, 15, 16}, nil, []uint64{11, 12, 13, 14}},
		{"those of the older visit go before a team is left without a pair", []uint64{11, 12, 13, 14}, nil, []uint64{13, 14}},
		{"those of the last visit too when there is no other way", []uint64{12, 13, 14}, nil, nil},
		{"one of the older visit completes a pair", []uint64{11, 13, 15}, nil, []uint64{13}},
		{"who is from the township stays away all the same", []uint64{11, 13, 15}, []uint64{15}, nil},
		{"with nobody left all there is against each is said", []uint64{11, 13, 15}, []uint64{15, 13}, []uint64{11, 13}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var people []pairing.Person
			for _, id := range c.standby {
				p := pairing.Person{ID: id}
				if slices.Contains(c.home, id) {
					p.Townships = []uint64{3}
				}
				people = append(people, p)
			}
			var got []uint64
			for _, bar := range pairing.Bars(people, pairing.Target{Team: 7, Township: 3, Visitors: visitors}) {
				if bar.Reason == draw.BarRecentVisit {
					got = append(got, bar.Inspector)
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func TestRecentPairs(t *testing.T) {
	t.Parallel()
	standby := []uint64{11, 12, 13}
	together := draw.Pair{11, 12}
	after := func(times int, pairs ...draw.Pair) []draw.Pair {
		history := []draw.Pair{{12, 11}}
		for range times {
			history = append(history, pairs...)
		}
		return history
	}
	for _, c := range []struct {
		name    string
		history []draw.Pair
		want    []draw.Pair
	}{
		{"five visits later still", after(5, draw.Pair{11, 90}, draw.Pair{12, 91}), []draw.Pair{together}},
		{"six visits of both later no more", after(6, draw.Pair{11, 90}, draw.Pair{12, 91}), nil},
		{"six visits of one but not the other still", after(6, draw.Pair{11, 90}), []draw.Pair{together}},
		{"once for each pair, ascending", []draw.Pair{{13, 12}, {11, 12}, {12, 11}}, []draw.Pair{together, {12, 13}}},
		{"only among those on standby", []draw.Pair{{11, 99}}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := pairing.RecentPairs(standby, c.history); fmt.Sprint(got) != fmt.Sprint(c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}
