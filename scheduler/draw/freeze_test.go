package draw_test

import (
	"bytes"
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"anfang.example/scheduler/draw"
)

func frozenWeek(t testing.TB) *draw.Freeze {
	t.Helper()
	return newFixture(t, 4).freeze(11, "")
}

func TestFreezeRoundTrip(t *testing.T) {
	t.Parallel()
	f := frozenWeek(t)
	text, err := f.Canonical()
	if err != nil {
		t.Fatal(err)
	}
	read, err := draw.ParseFreeze(text)
	if err != nil {
		t.Fatal(err)
	}
	hash, err := f.Hash()
	if err != nil {
		t.Fatal(err)
	}
	if again, err := read.Hash(); err != nil || again != hash || draw.FreezeHash(text) != hash {
		t.Errorf("got %s, %v, want %s", again, err, hash)
	}
	if !bytes.Contains(text, []byte(`"z":"`)) || bytes.Contains(text, []byte("null")) {
		t.Errorf("z must be a decimal string and lists never null: %s", text)
	}
	t.Run("nil lists are written as empty ones", func(t *testing.T) {
		t.Parallel()
		f := frozenWeek(t)
		f.Teams[0].Reasons, f.Slots[0].Standby = nil, nil
		text, err := f.Canonical()
		if err != nil || bytes.Contains(text, []byte("null")) {
			t.Errorf("got %s, %v", text, err)
		}
		if f.Teams[0].Reasons != nil || f.Slots[0].Standby != nil {
			t.Error("writing changed the freeze")
		}
	})
	t.Run("other bytes for the same freeze are refused", func(t *testing.T) {
		t.Parallel()
		for _, other := range []string{
			" " + string(text), string(text) + "\n", strings.Replace(string(text), `"alpha":`, `"alpha": `, 1),
			strings.Replace(string(text), `{"algorithm"`, `{"Late":true,"algorithm"`, 1),
			strings.Replace(string(text), `{"algorithm"`, `{"more":1,"algorithm"`, 1), "", "{}", "null",
		} {
			if _, err := draw.ParseFreeze([]byte(other)); err == nil {
				t.Errorf("%.40q… is read", other)
			}
		}
	})
}

func TestFreezeCheck(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(f *draw.Freeze){
		"another algorithm":             func(f *draw.Freeze) { f.Algorithm = "anfang/v0" },
		"a county id too wide":          func(f *draw.Freeze) { f.County = 1 << 32 },
		"teams out of order":            func(f *draw.Freeze) { f.Teams[0], f.Teams[1] = f.Teams[1], f.Teams[0] },
		"a team twice":                  func(f *draw.Freeze) { f.Teams[1].ID = f.Teams[0].ID },
		"a team id too wide":            func(f *draw.Freeze) { f.Teams[len(f.Teams)-1].ID = 1 << 32 },
		"a weight too small":            func(f *draw.Freeze) { f.Teams[0].Risk = 499 },
		"a weight too large":            func(f *draw.Freeze) { f.Teams[0].Risk = 3001 },
		"standby out of order":          func(f *draw.Freeze) { s := f.Slots[0].Standby; s[0], s[1] = s[1], s[0] },
		"slots out of order":            func(f *draw.Freeze) { f.Slots[0].Date, f.Slots[2].Date = f.Slots[2].Date, f.Slots[0].Date },
		"slots that overlap":            func(f *draw.Freeze) { f.Slots[1].Opens = 600 },
		"a slot of another week":        func(f *draw.Freeze) { f.Slots[13].Date = "2025-03-17" },
		"a slot without length":         func(f *draw.Freeze) { f.Slots[0].Closes = f.Slots[0].Opens },
		"a slot number skipped":         func(f *draw.Freeze) { f.Slots = append(f.Slots[:4], f.Slots[5:]...) },
		"a day that is none":            func(f *draw.Freeze) { f.Slots[0].Date = "2025-02-30" },
		"an unknown part of day":        func(f *draw.Freeze) { f.Slots[0].Part = "night" },
		"a week the year does not have": func(f *draw.Freeze) { f.Week = 53 },
		"z that misses lambda":          func(f *draw.Freeze) { f.Z += 1 << 48 },
		"lambda changed after solving":  func(f *draw.Freeze) { f.LambdaMilli++ },
		"expectation made up":           func(f *draw.Freeze) { f.ExpectedNano += 1001 },
		"a limit made up":               func(f *draw.Freeze) { f.Limit = draw.LimitTop },
		"no limit":                      func(f *draw.Freeze) { f.Limit = "" },
		"no horizon":                    func(f *draw.Freeze) { f.Horizon = draw.Horizon{} },
		"a lead of minus one":           func(f *draw.Freeze) { f.LeadMinutes = -1 },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := frozenWeek(t)
			if err := f.Check(); err != nil {
				t.Fatal(err)
			}
			spoil(f)
			if _, err := f.Canonical(); !errors.Is(err, draw.ErrFreeze) && !errors.Is(err, draw.ErrPlace) {
				t.Errorf("got %v, want ErrFreeze", err)
			}
		})
	}
}

func TestFreezeSolveSaysTheLimit(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		lambda, slots int
		limit         draw.Limit
		z             uint64
	}{{20_000, 14, draw.LimitTop, math.MaxUint64}, {100, 14, draw.LimitLow, 0}, {100, 0, draw.LimitTop, math.MaxUint64}} {
		f := frozenWeek(t)
		f.LambdaMilli, f.Slots = c.lambda, f.Slots[:c.slots]
		if err := f.Solve(); err != nil {
			t.Fatal(err)
		}
		if f.Limit != c.limit || f.Z != c.z {
			t.Errorf("lambda %d: got %s, z %d, want %s, %d", c.lambda, f.Limit, f.Z, c.limit, c.z)
		}
		if err := f.Check(); err != nil {
			t.Errorf("lambda %d: %v", c.lambda, err)
		}
	}
}

func TestSlots(t *testing.T) {
	t.Parallel()
	t.Run("the default week has a morning and an afternoon every day", func(t *testing.T) {
		t.Parallel()
		slots, err := draw.DefaultSlots(2025, 11)
		if err != nil || len(slots) != 14 {
			t.Fatalf("got %d slots, %v", len(slots), err)
		}
		first, last := slots[0], slots[13]
		if first.Number != 1 || first.Date != "2025-03-10" || first.Part != draw.Morning || first.Opens != 510 || first.Closes != 690 {
			t.Errorf("first: got %+v", first)
		}
		if last.Number != 14 || last.Date != "2025-03-16" || last.Part != draw.Afternoon || last.Opens != 870 || last.Closes != 1050 {
			t.Errorf("last: got %+v", last)
		}
	})
	t.Run("a week of duty slots and evenings is numbered in time order", func(t *testing.T) {
		t.Parallel()
		slots, err := draw.MakeSlots(2020, 53, &[7][]draw.Part{2: {draw.Morning, draw.Evening}, 6: {draw.Evening}})
		if err != nil || len(slots) != 3 || slots[1].Date != "2020-12-30" || slots[2].Date != "2021-01-03" || slots[2].Number != 3 {
			t.Errorf("got %+v, %v", slots, err)
		}
	})
	t.Run("cut-off, arrival and release stand in Shanghai time", func(t *testing.T) {
		t.Parallel()
		slots, err := draw.DefaultSlots(2025, 11)
		if err != nil {
			t.Fatal(err)
		}
		cutOff, err1 := slots[0].CutOff(90)
		release, err2 := slots[0].Release(62, 90)
		arrival, err3 := slots[0].Arrival(62)
		for want, got := range map[string]time.Time{"2025-03-09T23:00:00Z": cutOff, "2025-03-10T00:02:00Z": release, "2025-03-10T01:32:00Z": arrival} {
			if got.UTC().Format(time.RFC3339) != want {
				t.Errorf("got %s, want %s", got.UTC(), want)
			}
		}
		if err := errors.Join(err1, err2, err3); err != nil {
			t.Error(err)
		}
	})
	t.Run("a week or part that does not exist is refused", func(t *testing.T) {
		t.Parallel()
		if _, err := draw.DefaultSlots(2025, 53); !errors.Is(err, draw.ErrPlace) {
			t.Errorf("2025-W53: got %v", err)
		}
		if _, err := draw.MakeSlots(2025, 1, &[7][]draw.Part{{"noon"}}); !errors.Is(err, draw.ErrFreeze) {
			t.Errorf("noon: got %v", err)
		}
	})
}

func TestDrawRefusesAnImpossibleState(t *testing.T) {
	t.Parallel()
	f := frozenWeek(t)
	for _, c := range []struct{ slot, completed int }{{1, 1}, {3, 3}, {5, -1}} {
		if _, err := draw.Draw(f, c.slot, draw.State{Completed: c.completed}, draw.Seed{}); !errors.Is(err, draw.ErrState) {
			t.Errorf("%+v: got %v", c, err)
		}
	}
	for _, slot := range []int{0, 15} {
		if _, err := draw.Draw(f, slot, draw.State{}, draw.Seed{}); !errors.Is(err, draw.ErrPlace) {
			t.Errorf("slot %d: got %v", slot, err)
		}
	}
}
