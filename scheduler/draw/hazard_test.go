package draw_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"os"
	"testing"

	"anfang.example/scheduler/draw"
)

// threshold is one line of the golden file testdata/hazard.json.
type threshold struct {
	Slots         int    `json:"slots"`
	Buffer        int    `json:"buffer"`
	CompletionPPM int    `json:"completion_ppm"`
	LambdaMilli   int    `json:"lambda_milli"`
	Z             uint64 `json:"z,string"`
	ExpectedNano  int64  `json:"expected_nano"`
	Limit         string `json:"limit"`
}

func solve(t testing.TB, w draw.Week, lambda int) threshold {
	t.Helper()
	z, expected, err := w.SolveZ(lambda)
	limit := "reached"
	switch {
	case errors.Is(err, draw.ErrLambdaLow):
		limit = "low"
	case errors.Is(err, draw.ErrLambdaHigh):
		limit = "high"
	case err != nil:
		t.Fatal(err)
	}
	return threshold{w.Slots, w.Buffer, w.CompletionPPM, lambda, z, expected, limit}
}

func TestSolveZGolden(t *testing.T) {
	t.Parallel()
	var got []threshold
	for _, slots := range []int{5, 9, 14, 21, 28, 32} {
		for _, completion := range []int{1_000_000, 940_000, 700_001} {
			for _, lambda := range []int{3000, 4000} {
				got = append(got, solve(t, draw.Week{Slots: slots, Buffer: 3, CompletionPPM: completion}, lambda))
			}
		}
	}
	const file = "testdata/hazard.json"
	if *update {
		text, err := json.MarshalIndent(got, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, append(text, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var want []threshold
	if err := json.Unmarshal(text, &want); err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("thresholds differ from %s\ngot  %+v\nwant %+v", file, got, want)
	}
}

// exactly computes the expectation with fractions, forwards over the states
// instead of backwards.
func exactly(w draw.Week, z uint64) *big.Rat {
	c := big.NewRat(int64(w.CompletionPPM), draw.Million)
	h := new(big.Rat).SetFrac(new(big.Int).SetUint64(z), new(big.Int).Lsh(big.NewInt(1), 64))
	one := big.NewRat(1, 1)
	chance := []*big.Rat{one}
	mean := new(big.Rat)
	for left := w.Slots; left >= 1; left-- {
		next := make([]*big.Rat, len(chance)+1)
		for i := range next {
			next[i] = new(big.Rat)
		}
		for k, p := range chance {
			completes := new(big.Rat).Set(c)
			if !draw.Forced(k, left, w.Buffer) {
				completes.Mul(completes, h)
			}
			up := new(big.Rat).Mul(p, completes)
			mean.Add(mean, up)
			next[k+1].Add(next[k+1], up)
			next[k].Add(next[k], new(big.Rat).Sub(p, up))
		}
		chance = next
	}
	return mean
}

func TestExpectation(t *testing.T) {
	t.Parallel()
	t.Run("agrees with exact fractions to a few billionths", func(t *testing.T) {
		t.Parallel()
		chance := rand.New(rand.NewPCG(1, 2))
		for range 60 {
			w := draw.Week{Slots: chance.IntN(15), Buffer: chance.IntN(6), CompletionPPM: 1 + chance.IntN(draw.Million)}
			z := chance.Uint64()
			got, err := w.ExpectedNano(z)
			if err != nil {
				t.Fatal(err)
			}
			want, _ := new(big.Rat).Mul(exactly(w, z), big.NewRat(1_000_000_000, 1)).Float64()
			if math.Abs(float64(got)-want) > 2 {
				t.Errorf("%+v z %d: got %d, want %f", w, z, got, want)
			}
		}
	})
	t.Run("is met by the solved threshold to a millionth, or the limit is said", func(t *testing.T) {
		t.Parallel()
		chance := rand.New(rand.NewPCG(3, 4))
		reached := 0
		for range 400 {
			w := draw.Week{Slots: chance.IntN(33), Buffer: chance.IntN(6), CompletionPPM: 500_000 + chance.IntN(500_001)}
			lambda := 1500 + chance.IntN(5000)
			s := solve(t, w, lambda)
			off := s.ExpectedNano - int64(lambda)*1_000_000
			switch {
			case s.Limit == "reached":
				reached++
				if off < -1000 || off > 1000 {
					t.Errorf("%+v lambda %d: off by %d billionths", w, lambda, off)
				}
			case s.Limit == "low" && (off <= 0 || s.Z != 0), s.Limit == "high" && (off >= 0 || s.Z != math.MaxUint64):
				t.Errorf("%+v lambda %d: %+v", w, lambda, s)
			}
		}
		if reached < 100 {
			t.Errorf("only %d cases had a solution", reached)
		}
	})
	t.Run("rises with the threshold", func(t *testing.T) {
		t.Parallel()
		w := draw.Week{Slots: 14, Buffer: 3, CompletionPPM: 940_000}
		last := int64(-1)
		for step := range uint64(64) {
			got, err := w.ExpectedNano(step << 58)
			if err != nil {
				t.Fatal(err)
			}
			if got <= last {
				t.Errorf("at %d/64: got %d after %d", step, got, last)
			}
			last = got
		}
	})
	t.Run("refuses a week that cannot be", func(t *testing.T) {
		t.Parallel()
		for _, w := range []draw.Week{{Slots: 33, CompletionPPM: 1}, {Slots: -1, CompletionPPM: 1}, {Slots: 14}, {Slots: 14, CompletionPPM: 1_000_001}, {Slots: 14, Buffer: -1, CompletionPPM: 1}} {
			if _, err := w.ExpectedNano(0); !errors.Is(err, draw.ErrFreeze) {
				t.Errorf("%+v: got %v", w, err)
			}
		}
		if _, _, err := (draw.Week{Slots: 14, CompletionPPM: 1}).SolveZ(-1); !errors.Is(err, draw.ErrFreeze) {
			t.Errorf("lambda -1: got %v", err)
		}
	})
}

func TestForcedZone(t *testing.T) {
	t.Parallel()
	for k := range 4 {
		for r := 1; r <= 14; r++ {
			want := k == 0 && r <= 5 || k == 1 && r <= 4
			if got := draw.Forced(k, r, 3); got != want {
				t.Errorf("Forced(%d, %d, 3): got %v, want %v", k, r, got, want)
			}
		}
	}
}

// Every week reaches two completed visits when all are completed, and outside
// the forced zone the frequency does not depend on what the week has seen.
func TestWeeksWithFreshSeeds(t *testing.T) {
	t.Parallel()
	w := draw.Week{Slots: 14, Buffer: 3, CompletionPPM: draw.Million}
	z, _, err := w.SolveZ(3500)
	if err != nil {
		t.Fatal(err)
	}
	chance := rand.New(rand.NewPCG(9, 9))
	var free, drawn [3]float64
	total := 0
	const weeks = 6000
	for range weeks {
		k := 0
		for r := 14; r >= 1; r-- {
			var seed draw.Seed
			for i := range seed {
				seed[i] = byte(chance.Uint32())
			}
			visit := draw.Dispatch(seed, k, r, 3, z)
			if !draw.Forced(k, r, 3) {
				free[min(k, 2)]++
				if visit {
					drawn[min(k, 2)]++
				}
			}
			if visit {
				k++
			}
		}
		if k < draw.Floor {
			t.Fatalf("a week with %d visits", k)
		}
		total += k
	}
	if mean := float64(total) / weeks; math.Abs(mean-3.5) > 0.07 { // 4 standard errors
		t.Errorf("mean: got %f, want 3.5", mean)
	}
	h := float64(z) / (1 << 63) / 2
	for k := range free {
		if sigma := math.Sqrt(free[k] * h * (1 - h)); math.Abs(drawn[k]-free[k]*h) > 4.5*sigma {
			t.Errorf("after %d visits: got %f of %f, want share %f", k, drawn[k], free[k], h)
		}
	}
}
