package draw_test

import (
	"errors"
	"math"
	"testing"

	"anfang.example/scheduler/draw"
)

func TestLambdaMin(t *testing.T) {
	t.Parallel()
	t.Run("gives the numbers of the specification", func(t *testing.T) {
		t.Parallel()
		for weeks, want := range map[int]int{52: 6932, 104: 3466} { // 6.9 and 3.5 a week
			got, err := draw.LambdaMinMilli(260, weeks, 1<<15)
			if err != nil || got != want {
				t.Errorf("%d weeks: got %d, %v, want %d", weeks, got, err, want)
			}
		}
	})
	t.Run("is the formula rounded up", func(t *testing.T) {
		t.Parallel()
		for _, alpha := range []uint16{1, 100, 6554, 20000, 32768, 50000, 65535} {
			a := float64(alpha) / 65536
			exact := 1000 * 260.0 / 104 * math.Log(1/a) / (1 - a)
			got, err := draw.LambdaMinMilli(260, 104, alpha)
			if err != nil || float64(got) < exact-1e-6 || float64(got) > exact+1+1e-6 {
				t.Errorf("alpha %d: got %d, %v, want %f rounded up", alpha, got, err, exact)
			}
		}
	})
	t.Run("refuses alpha 0 and a horizon of none", func(t *testing.T) {
		t.Parallel()
		for _, c := range []struct {
			teams, weeks int
			alpha        uint16
		}{{260, 104, 0}, {260, 0, 9}, {-1, 104, 9}} {
			if _, err := draw.LambdaMinMilli(c.teams, c.weeks, c.alpha); !errors.Is(err, draw.ErrFreeze) {
				t.Errorf("%+v: got %v", c, err)
			}
		}
	})
}

func TestSolveAlpha(t *testing.T) {
	t.Parallel()
	t.Run("finds the least alpha that is enough", func(t *testing.T) {
		t.Parallel()
		got, err := draw.SolveAlpha(260, 104, 4500, 15, 1<<15)
		if err != nil || !got.Enough || got.LambdaMinMilli*115 > 4500*100 {
			t.Fatalf("got %+v, %v", got, err)
		}
		less, err := draw.LambdaMinMilli(260, 104, got.Alpha-1)
		if err != nil || less*115 <= 4500*100 {
			t.Errorf("alpha %d would do with %d, %v", got.Alpha-1, less, err)
		}
	})
	t.Run("says when even the largest alpha is not enough", func(t *testing.T) {
		t.Parallel()
		got, err := draw.SolveAlpha(260, 52, 3500, 15, 1<<15)
		if want := (draw.Capacity{Alpha: 1 << 15, LambdaMinMilli: 6932}); err != nil || got != want {
			t.Errorf("got %+v, %v, want %+v", got, err, want)
		}
	})
}
