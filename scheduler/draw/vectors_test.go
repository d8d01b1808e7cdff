package draw_test

import (
	"encoding/hex"
	"encoding/json"
	"os"
	"strconv"
	"testing"

	"anfang.example/scheduler/draw"
)

// decimal is a uint64 written as a JSON string.
type decimal uint64

func (d *decimal) UnmarshalText(text []byte) error {
	n, err := strconv.ParseUint(string(text), 10, 64)
	*d = decimal(n)
	return err
}

// octets are bytes written as hex.
type octets []byte

func (o *octets) UnmarshalText(text []byte) (err error) {
	*o, err = hex.DecodeString(string(text))
	return err
}

type teamVector struct {
	Seed    octets
	Winner  uint64
	FromBag bool `json:"from_bag"`
}

type vectors struct {
	PRF []struct {
		Seed   octets
		Domain draw.Domain
		ID     uint64
		U      decimal
	}
	Log []struct {
		U decimal `json:"u"`
		L decimal `json:"L"`
	}
	Chain  map[string]octets
	CoSeed []struct {
		Text  string
		Bytes octets
	}
	Seed []struct {
		County     uint64
		Year       int
		Week, Slot int
		Link       octets `json:"x_t"`
		CoSeed     octets
		Beacon     octets
		Seed       octets
	}
	Minute []struct {
		Seed           octets
		Length, Minute int
	}
	Dispatch []struct {
		Seed     octets
		K, R, B  int
		Z        decimal
		Dispatch bool
	}
	Teams struct {
		Risk  map[string]uint32
		Bag   []uint64
		Alpha uint16
		Draws []teamVector
	}
	EmptyBag []teamVector `json:"teams_empty_bag"`
	SmallBag struct {
		Bag   []uint64
		Alpha uint16
		Draws []teamVector
	} `json:"teams_small_bag"`
}

func loadVectors(t testing.TB) vectors {
	t.Helper()
	text, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var v vectors
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

// entrants puts the teams in an order of map iteration, which the result must
// not depend on.
func (v vectors) entrants(t testing.TB, bag []uint64) []draw.Entrant {
	t.Helper()
	flagged := map[uint64]bool{}
	for _, id := range bag {
		flagged[id] = true
	}
	var entrants []draw.Entrant
	for text, risk := range v.Teams.Risk {
		id, err := strconv.ParseUint(text, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		entrants = append(entrants, draw.Entrant{ID: id, Weight: risk, InBag: flagged[id]})
	}
	return entrants
}

func TestVectors(t *testing.T) {
	t.Parallel()
	v := loadVectors(t)
	t.Run("the PRF and the logarithm agree", func(t *testing.T) {
		t.Parallel()
		if len(v.PRF) != 16 || len(v.Log) != 12 {
			t.Fatalf("got %d and %d vectors, want 16 and 12", len(v.PRF), len(v.Log))
		}
		for _, c := range v.PRF {
			if got := draw.PRF(draw.Seed(c.Seed), c.Domain, c.ID); got != uint64(c.U) {
				t.Errorf("PRF(%x, %s, %d): got %d, want %d", []byte(c.Seed), c.Domain, c.ID, got, c.U)
			}
		}
		for _, c := range v.Log {
			if got := draw.NegLog(uint64(c.U)); got != uint64(c.L) {
				t.Errorf("NegLog(%d): got %d, want %d", c.U, got, c.L)
			}
		}
	})
	t.Run("the chain agrees from its last link to its anchor", func(t *testing.T) {
		t.Parallel()
		chain := draw.NewChain([32]byte(v.Chain["x_T"]))
		if got, want := chain.Anchor(), draw.Hash(v.Chain["x_0"]); got != want {
			t.Errorf("anchor: got %s, want %s", got, want)
		}
		// 357 = (12−1)·32 + 5.
		for slot, key := range map[int]string{5: "x_357", 6: "x_358"} {
			link, err := chain.Link(12, slot)
			if err != nil {
				t.Fatal(err)
			}
			if got, want := link.Reveal(), draw.Hash(v.Chain[key]); got != want {
				t.Errorf("%s: got %s, want %s", key, got, want)
			}
			if err := draw.VerifyLink(chain.Anchor(), link.Reveal(), 12, slot); err != nil {
				t.Errorf("%s: %v", key, err)
			}
		}
	})
	t.Run("co-seeds, seeds and minutes agree", func(t *testing.T) {
		t.Parallel()
		if len(v.CoSeed) != 3 || len(v.Seed) != 2 || len(v.Minute) != 12 {
			t.Fatalf("got %d, %d and %d vectors, want 3, 2 and 12", len(v.CoSeed), len(v.Seed), len(v.Minute))
		}
		for _, c := range v.CoSeed {
			got, err := draw.ParseCoSeed(c.Text)
			if err != nil || string(got) != string(c.Bytes) {
				t.Errorf("ParseCoSeed(%q): got %x, %v, want %x", c.Text, got, err, []byte(c.Bytes))
			}
		}
		for _, c := range v.Seed {
			at := draw.Place{County: c.County, Year: c.Year, Week: c.Week, Slot: c.Slot}
			got, err := draw.NewSeed(draw.Link(c.Link), c.CoSeed, c.Beacon, at)
			if err != nil || got != draw.Seed(c.Seed) {
				t.Errorf("seed of %+v: got %x, %v, want %x", at, [32]byte(got), err, []byte(c.Seed))
			}
		}
		for _, c := range v.Minute {
			if got := draw.Minute(draw.Seed(c.Seed), c.Length); got != c.Minute {
				t.Errorf("Minute(%x, %d): got %d, want %d", []byte(c.Seed), c.Length, got, c.Minute)
			}
		}
	})
	t.Run("the dispatch agrees", func(t *testing.T) {
		t.Parallel()
		if len(v.Dispatch) != 18 {
			t.Fatalf("got %d vectors, want 18", len(v.Dispatch))
		}
		for _, c := range v.Dispatch {
			if got := draw.Dispatch(draw.Seed(c.Seed), c.K, c.R, c.B, uint64(c.Z)); got != c.Dispatch {
				t.Errorf("%+v: got %v", c, got)
			}
		}
	})
	t.Run("the team race agrees, whatever the order of the list", func(t *testing.T) {
		t.Parallel()
		if len(v.Teams.Draws) != 200 || len(v.EmptyBag) != 5 || len(v.SmallBag.Draws) != 40 {
			t.Fatalf("got %d, %d and %d vectors", len(v.Teams.Draws), len(v.EmptyBag), len(v.SmallBag.Draws))
		}
		for _, group := range []struct {
			bag   []uint64
			alpha uint16
			draws []teamVector
		}{
			{v.Teams.Bag, v.Teams.Alpha, v.Teams.Draws},
			{nil, v.Teams.Alpha, v.EmptyBag},
			{v.SmallBag.Bag, v.SmallBag.Alpha, v.SmallBag.Draws},
		} {
			entrants := v.entrants(t, group.bag)
			for _, c := range group.draws {
				got, err := draw.PickTeam(draw.Seed(c.Seed), entrants, group.alpha)
				if want := (draw.Pick{Team: c.Winner, FromBag: c.FromBag}); err != nil || got != want {
					t.Errorf("seed %x: got %+v, %v, want %+v", []byte(c.Seed), got, err, want)
				}
			}
		}
	})
}
