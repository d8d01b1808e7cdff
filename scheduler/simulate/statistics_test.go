package simulate

import (
	"math"
	"math/rand/v2"
	"testing"
)

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s: got %.12g, want %.12g", what, got, want)
	}
}

func TestUpperGamma(t *testing.T) {
	t.Parallel()
	for _, x := range []float64{0.001, 0.1, 0.5, 1, 1.9, 2.1, 5, 20, 100} {
		near(t, "Q(1/2, x) is the complementary error function", upperGamma(0.5, x), math.Erfc(math.Sqrt(x)), 1e-13)
		near(t, "Q(1, x) is exp(−x)", upperGamma(1, x), math.Exp(-x), 1e-13)
		// For whole a it is the chance of fewer than a events where x are expected.
		sum, term := 0.0, math.Exp(-x)
		for n := 1.0; n <= 30; n++ {
			sum += term
			term *= x / n
		}
		near(t, "Q(30, x) is a sum of Poisson", upperGamma(30, x), sum, 1e-12)
	}
	near(t, "Q(a, 0)", upperGamma(3, 0), 1, 0)
	// 95th percentile of chi-square with 259 degrees of freedom: 297.53.
	near(t, "chi-square 259", upperGamma(259.0/2, 297.53/2), 0.05, 2e-4)
}

func TestGini(t *testing.T) {
	t.Parallel()
	near(t, "all the same", gini([]float64{3, 3, 3}), 0, 1e-12)
	near(t, "one has all", gini([]float64{0, 0, 0, 8}), 0.75, 1e-12)
	near(t, "1 to 4", gini([]float64{4, 2, 1, 3}), 0.25, 1e-12)
}

func TestFit(t *testing.T) {
	t.Parallel()
	const teams, draws = 30, 20_000
	declared := make([]float64, teams)
	for i := range declared {
		declared[i] = float64(i+1) / (teams * (teams + 1) / 2)
	}
	run := func(seed uint64, real []float64) *fit {
		random := rand.New(rand.NewPCG(seed, 1))
		f := newFit(teams)
		for range draws {
			f.add(declared, pick(real, random.Float64()), random.Float64())
		}
		return f
	}
	t.Run("draws from the declared chances pass", func(t *testing.T) {
		t.Parallel()
		for seed := range uint64(8) {
			if f := run(seed, declared); f.both() < 1e-3 {
				t.Errorf("seed %d: got p %g and %g", seed, f.chiSquare(), f.kolmogorov())
			}
		}
	})
	t.Run("a twentieth moved from one team to another is found", func(t *testing.T) {
		t.Parallel()
		real := append([]float64(nil), declared...)
		real[20], real[3] = real[20]-declared[20]/2, real[3]+declared[20]/2
		if f := run(1, real); f.both() > 1e-4 {
			t.Errorf("got p %g and %g", f.chiSquare(), f.kolmogorov())
		}
	})
	t.Run("a fixed place within each chance is found", func(t *testing.T) {
		t.Parallel()
		random := rand.New(rand.NewPCG(1, 1))
		f := newFit(teams)
		for range draws {
			f.add(declared, pick(declared, random.Float64()), 0)
		}
		if f.kolmogorov() > 1e-4 {
			t.Errorf("got p %g", f.kolmogorov())
		}
	})
	t.Run("nothing drawn is nothing measured", func(t *testing.T) {
		t.Parallel()
		if f := newFit(3); !math.IsNaN(f.both()) {
			t.Errorf("got %g", f.both())
		}
	})
}

func TestKolmogorovKnowsItsTable(t *testing.T) {
	t.Parallel()
	// The limiting distribution: 5 % at 1.3581, 1 % at 1.6276. A grid shifted by d has distance d + 1/2n.
	const n = 1_000_000
	for want, x := range map[float64]float64{0.05: 1.3581, 0.01: 1.6276} {
		f := newFit(1)
		for i := range n {
			f.transform = append(f.transform, math.Min(1, (float64(i)+0.5)/n+x/math.Sqrt(n)))
		}
		near(t, "p", f.kolmogorov(), want, want*0.02)
	}
}
