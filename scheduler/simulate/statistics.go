package simulate

import (
	"math"
	"slices"
)

// fit compares draws with the chances they were made from.
type fit struct {
	counts, expected []float64
	transform        []float64 // randomised probability transform: uniform when the chances hold
}

func newFit(teams int) *fit {
	return &fit{counts: make([]float64, teams), expected: make([]float64, teams)}
}

// add enters a draw; u in [0, 1) spreads it over its own chance.
func (f *fit) add(p []float64, team int, u float64) {
	below := 0.0
	for i, chance := range p {
		f.expected[i] += chance
		if i < team {
			below += chance
		}
	}
	f.counts[team]++
	f.transform = append(f.transform, below+u*p[team])
}

// chiSquare gives the probability of counts as far from their expectation as these, or further. Chances
// that change from draw to draw make the counts vary less than the test supposes, so it errs to the safe
// side. Cells below five are put together.
func (f *fit) chiSquare() float64 {
	square, cells, restCount, restExpected := 0.0, 0, 0.0, 0.0
	add := func(got, want float64) {
		square += (got - want) * (got - want) / want
		cells++
	}
	for i, want := range f.expected {
		if want < 5 {
			restCount, restExpected = restCount+f.counts[i], restExpected+want
			continue
		}
		add(f.counts[i], want)
	}
	if restExpected >= 5 {
		add(restCount, restExpected)
	}
	if cells < 2 {
		return math.NaN()
	}
	return upperGamma(float64(cells-1)/2, square/2)
}

// kolmogorov gives the probability of a transform as far from uniform as this, or further.
func (f *fit) kolmogorov() float64 {
	n := float64(len(f.transform))
	if n == 0 {
		return math.NaN()
	}
	sorted := slices.Sorted(slices.Values(f.transform))
	d := 0.0
	for i, u := range sorted {
		d = max(d, u-float64(i)/n, float64(i+1)/n-u)
	}
	x := d * (math.Sqrt(n) + 0.12 + 0.11/math.Sqrt(n))
	if x < 0.2 { // the series below is 1 there to ten digits
		return 1
	}
	p, sign := 0.0, 1.0
	for k := 1.0; k <= 100; k++ {
		term := sign * 2 * math.Exp(-2*k*k*x*x)
		p, sign = p+term, -sign
		if math.Abs(term) < 1e-16 {
			break
		}
	}
	return max(0, min(1, p))
}

// upperGamma is Q(a, x), the regularised upper incomplete gamma function: by its series below a+1, by
// Lentz's continued fraction above.
func upperGamma(a, x float64) float64 {
	if x <= 0 {
		return 1
	}
	lg, _ := math.Lgamma(a)
	front := math.Exp(a*math.Log(x) - x - lg)
	if x < a+1 {
		term := 1 / a
		sum := term
		for n := 1.0; n < 1e5 && term > sum*1e-16; n++ {
			term *= x / (a + n)
			sum += term
		}
		return max(0, 1-front*sum)
	}
	const tiny = 1e-300
	b := x + 1 - a
	c, d := 1/tiny, 1/b
	h := d
	for n := 1.0; n < 1e5; n++ {
		an := -n * (n - a)
		b += 2
		d = 1 / nonZero(an*d+b, tiny)
		c = nonZero(b+an/c, tiny)
		h *= d * c
		if math.Abs(d*c-1) < 1e-15 {
			break
		}
	}
	return front * h
}

func nonZero(x, tiny float64) float64 {
	if math.Abs(x) < tiny {
		return tiny
	}
	return x
}

// gini of non-negative numbers: 0 when all are equal; NaN without any.
func gini(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	sum, ranked := 0.0, 0.0
	for i, v := range sorted {
		sum += v
		ranked += float64(i+1) * v
	}
	n := float64(len(sorted))
	return 2*ranked/(n*sum) - (n+1)/n
}
