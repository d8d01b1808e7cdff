package draw_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"anfang.example/scheduler/draw"
)

func TestParseCoSeed(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"1234561234", strings.Repeat("0", 32), "deadbeef00112233445566778899aabb"} {
		if got, err := draw.ParseCoSeed(text); err != nil || len(got) != 16 {
			t.Errorf("%q: got %x, %v", text, got, err)
		}
	}
	for _, text := range []string{
		"123456123", "12345612345", "1234567890", "0123451234", "123456123 ", " 1234561234", "1234561234\n", "１２３４５６１２３４",
		strings.Repeat("A", 32), strings.Repeat("g", 32), strings.Repeat("a", 31), strings.Repeat("a", 33), "none",
	} {
		if got, err := draw.ParseCoSeed(text); !errors.Is(err, draw.ErrCoSeed) || got != nil {
			t.Errorf("%q: got %x, %v, want ErrCoSeed", text, got, err)
		}
	}
}

func TestNewSeedRefuses(t *testing.T) {
	t.Parallel()
	good := draw.Place{County: 1, Year: 2025, Week: 53, Slot: 32}
	if _, err := draw.NewSeed(draw.Link{}, make([]byte, 16), make([]byte, 32), good); err != nil {
		t.Fatal(err)
	}
	for _, at := range []draw.Place{{1, 2025, 0, 1}, {1, 2025, 54, 1}, {1, 2025, 1, 0}, {1, 2025, 1, 33}, {1, 0, 1, 1}, {1, 65536, 1, 1}} {
		if _, err := draw.NewSeed(draw.Link{}, nil, nil, at); !errors.Is(err, draw.ErrPlace) {
			t.Errorf("%+v: got %v, want ErrPlace", at, err)
		}
	}
	if _, err := draw.NewSeed(draw.Link{}, make([]byte, 10), nil, good); !errors.Is(err, draw.ErrCoSeed) {
		t.Errorf("co-seed of ten bytes: got %v", err)
	}
	if _, err := draw.NewSeed(draw.Link{}, nil, make([]byte, 31), good); !errors.Is(err, draw.ErrBeacon) {
		t.Errorf("beacon of 31 bytes: got %v", err)
	}
}

func TestSeedsDifferInEveryPart(t *testing.T) {
	t.Parallel()
	seen := map[draw.Seed]string{}
	add := func(name string, link draw.Link, coseed, beacon []byte, at draw.Place) {
		seed, err := draw.NewSeed(link, coseed, beacon, at)
		if err != nil {
			t.Fatal(err)
		}
		if other, twice := seen[seed]; twice {
			t.Errorf("%s and %s give the same seed", name, other)
		}
		seen[seed] = name
	}
	at := draw.Place{County: 1, Year: 2025, Week: 1, Slot: 1}
	one, other := make([]byte, 16), make([]byte, 32)
	add("plain", draw.Link{}, nil, nil, at)
	add("link", draw.Link{1}, nil, nil, at)
	add("co-seed", draw.Link{}, one, nil, at)
	other[0] = 1
	add("beacon", draw.Link{}, nil, other, at)
	add("county", draw.Link{}, nil, nil, draw.Place{County: 2, Year: 2025, Week: 1, Slot: 1})
	add("year", draw.Link{}, nil, nil, draw.Place{County: 1, Year: 2026, Week: 1, Slot: 1})
	add("week", draw.Link{}, nil, nil, draw.Place{County: 1, Year: 2025, Week: 2, Slot: 1})
	add("slot", draw.Link{}, nil, nil, draw.Place{County: 1, Year: 2025, Week: 1, Slot: 2})
}

func TestSecretsDoNotPrint(t *testing.T) {
	t.Parallel()
	chain := draw.NewChain([32]byte{0xab, 0xcd})
	link, err := chain.Link(53, 32)
	if err != nil {
		t.Fatal(err)
	}
	seed := draw.Seed(link)
	for _, verb := range []string{"%v", "%+v", "%#v", "%x", "%s", "%d", "%q"} {
		for _, secret := range []any{chain, link, seed, &link, &seed, struct{ L draw.Link }{link}, []draw.Seed{seed}} {
			got := strings.ToLower(fmt.Sprintf(verb, secret))
			if strings.Contains(got, "abcd") || strings.Contains(got, "171") || strings.Contains(got, "0xab") {
				t.Errorf("%s of %T prints %s", verb, secret, got)
			}
		}
	}
	for _, secret := range []any{link, seed} {
		if text, err := json.Marshal(secret); err == nil {
			t.Errorf("%T marshals to %s", secret, text)
		}
	}
	//lint:ignore SA9005 that nothing of it can be marshalled is what is tested
	if text, err := json.Marshal(chain); err != nil || string(text) != "{}" {
		t.Errorf("the chain marshals to %s, %v", text, err)
	}
}

func TestChain(t *testing.T) {
	t.Parallel()
	chain := draw.NewChain([32]byte{7})
	t.Run("every link of a year leads to the anchor and to no other place", func(t *testing.T) {
		t.Parallel()
		for _, at := range [][2]int{{1, 1}, {1, 32}, {2, 1}, {26, 7}, {53, 32}} {
			link, err := chain.Link(at[0], at[1])
			if err != nil {
				t.Fatal(err)
			}
			if err := draw.VerifyLink(chain.Anchor(), link.Reveal(), at[0], at[1]); err != nil {
				t.Errorf("%v: %v", at, err)
			}
			other := at
			other[1] = other[1]%draw.MaxSlots + 1
			if err := draw.VerifyLink(chain.Anchor(), link.Reveal(), other[0], other[1]); !errors.Is(err, draw.ErrLink) {
				t.Errorf("link of %v at %v: got %v", at, other, err)
			}
		}
	})
	t.Run("the last link is the key itself", func(t *testing.T) {
		t.Parallel()
		link, err := chain.Link(draw.MaxWeeks, draw.MaxSlots)
		if err != nil || link.Reveal() != (draw.Hash{7}) {
			t.Errorf("got %s, %v", link.Reveal(), err)
		}
	})
	t.Run("places outside the year are refused", func(t *testing.T) {
		t.Parallel()
		for _, at := range [][2]int{{0, 1}, {54, 1}, {1, 0}, {1, 33}, {-3, 5}} {
			if _, err := chain.Link(at[0], at[1]); !errors.Is(err, draw.ErrPlace) {
				t.Errorf("%v: got %v", at, err)
			}
			if err := draw.VerifyLink(chain.Anchor(), draw.Hash{}, at[0], at[1]); !errors.Is(err, draw.ErrPlace) {
				t.Errorf("%v: got %v", at, err)
			}
		}
	})
	t.Run("a hash is read only in its one form", func(t *testing.T) {
		t.Parallel()
		for _, text := range []string{"", "ab", strings.Repeat("A", 64), strings.Repeat("a", 63), strings.Repeat("z", 64)} {
			if _, err := draw.ParseHash(text); err == nil {
				t.Errorf("%q is read", text)
			}
		}
	})
}

// 0.001 bound of chi-square with 179 degrees of freedom: 242.
func TestMinutesAreUniform(t *testing.T) {
	t.Parallel()
	chance := rand.New(rand.NewPCG(21, 22))
	const length, draws = 180, 36000
	var count [length]float64
	for range draws {
		m := draw.Minute(randomSeed(chance), length)
		if m < 0 || m >= length {
			t.Fatalf("minute %d of %d", m, length)
		}
		count[m]++
	}
	var square float64
	for _, n := range count {
		square += (n - draws/length) * (n - draws/length) / (draws / length)
	}
	if square > 242 {
		t.Errorf("chi-square: got %f, want at most 242", square)
	}
	if got := draw.Minute(draw.Seed{}, 0); got != 0 {
		t.Errorf("an empty window: got %d, want 0", got)
	}
	if got := draw.Minute(randomSeed(chance), 1); got != 0 {
		t.Errorf("a window of one minute: got %d, want 0", got)
	}
}
