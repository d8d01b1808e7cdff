package pairing_test

import (
	"encoding/hex"
	"encoding/json"
	"math/big"
	"os"
	"strconv"
	"testing"

	"anfang.example/scheduler/draw"
	"anfang.example/scheduler/pairing"
)

type vectors struct {
	Fair    map[string]uint64
	Surplus []struct {
		Visits      int `json:"n"`
		Slots       int `json:"s"`
		TotalVisits int `json:"N"`
		TotalSlots  int `json:"S"`
		Want        int `json:"d"`
	}
	Pairs struct {
		D       map[string]int
		Recent  []draw.Pair
		Weights map[string]uint64
		Draws   []struct {
			Seed string
			Pair string
		}
	}
}

func loadVectors(t *testing.T) vectors {
	t.Helper()
	text, err := os.ReadFile("../draw/testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	// The file has both n and N: names that differ in case only, which
	// encoding/json tells apart as exact matches come first.
	var v vectors
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func number(t *testing.T, text string) uint64 {
	t.Helper()
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func seedOf(t *testing.T, text string) draw.Seed {
	t.Helper()
	b, err := hex.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	return draw.Seed(b)
}

func TestFairnessVectors(t *testing.T) {
	t.Parallel()
	v := loadVectors(t)
	if got, want := len(v.Fair), 129; got != want {
		t.Fatalf("fair: got %d vectors, want %d", got, want)
	}
	for key, want := range v.Fair {
		d, err := strconv.Atoi(key)
		if err != nil {
			t.Fatal(err)
		}
		if got := pairing.Fair(d); got != want {
			t.Errorf("Fair(%d): got %d, want %d", d, got, want)
		}
	}
	for _, s := range v.Surplus {
		if got := pairing.Surplus(s.Visits, s.Slots, s.TotalVisits, s.TotalSlots); got != s.Want {
			t.Errorf("Surplus(%+v): got %d", s, got)
		}
	}
}

// fair^16 ≤ 2^(256−d) < (fair+1)^16 says exactly floor(65536·2^(−d/16)).
func TestFairIsTheExactFloor(t *testing.T) {
	t.Parallel()
	for d := -64; d <= 64; d++ {
		bound := new(big.Int).Lsh(big.NewInt(1), uint(256-d))
		power := func(n uint64) *big.Int {
			return new(big.Int).Exp(new(big.Int).SetUint64(n), big.NewInt(16), nil)
		}
		f := pairing.Fair(d)
		if power(f).Cmp(bound) > 0 || power(f+1).Cmp(bound) <= 0 {
			t.Errorf("Fair(%d) = %d is not the exact floor", d, f)
		}
	}
	if got, want := pairing.Fair(1000), pairing.Fair(64); got != want {
		t.Errorf("beyond 64: got %d, want %d", got, want)
	}
	if got, want := pairing.Fair(-1000), pairing.Fair(-64); got != want {
		t.Errorf("beyond -64: got %d, want %d", got, want)
	}
}

func TestPairVectors(t *testing.T) {
	t.Parallel()
	v := loadVectors(t)
	fair := map[uint64]uint64{}
	for id, d := range v.Pairs.D {
		fair[number(t, id)] = pairing.Fair(d)
	}
	recent := map[draw.Pair]bool{}
	for _, pair := range v.Pairs.Recent {
		recent[pair] = true
	}
	if got, want := len(v.Pairs.Weights), 15; got != want {
		t.Fatalf("weights: got %d vectors, want %d", got, want)
	}
	weights := map[uint64]uint64{}
	for text, want := range v.Pairs.Weights {
		pair := draw.PairOf(number(t, text))
		got := pairing.Weight(fair[pair[0]], fair[pair[1]], recent[pair])
		if got != want {
			t.Errorf("weight of %v: got %d, want %d", pair, got, want)
		}
		weights[pair.ID()] = got
	}
	if len(v.Pairs.Draws) == 0 {
		t.Fatal("no pair draws among the vectors")
	}
	for _, d := range v.Pairs.Draws {
		var race draw.Race
		for id, weight := range weights { // any order: map iteration is random
			race.Enter(id, draw.PRF(seedOf(t, d.Seed), draw.DomainPair, id), weight)
		}
		if got, _ := race.Winner(); got != number(t, d.Pair) {
			t.Errorf("seed %s: got pair %d, want %s", d.Seed, got, d.Pair)
		}
	}
}
