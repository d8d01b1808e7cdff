package draw

import (
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
)

// Seed is the 32 secret bytes all chance of one slot comes from. It prints as
// "sealed" and cannot be marshalled by mistake.
type Seed [32]byte

// Format writes "sealed" whatever the verb.
func (Seed) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, "sealed") }

// MarshalText refuses: the seed is derived again from the revealed link.
func (Seed) MarshalText() ([]byte, error) { return nil, errors.New("draw: sealed seed") }

// Place is the slot a seed belongs to: county id, ISO year, ISO week 1…53 and
// slot number 1…32.
type Place struct {
	County uint64
	Year   int
	Week   int
	Slot   int
}

// NewSeed derives the seed of a slot: HKDF-SHA256(link ‖ coseed, beacon,
// "anfang/v1" ‖ county ‖ year ‖ week ‖ slot). The co-seed is what
// [ParseCoSeed] returned (16 bytes, or none); the beacon is 32 bytes or none.
// No data of the county goes into it.
func NewSeed(link Link, coseed, beacon []byte, at Place) (Seed, error) {
	if _, err := Position(at.Week, at.Slot); err != nil {
		return Seed{}, err
	}
	if at.Year < 1 || at.Year > math.MaxUint16 {
		return Seed{}, fmt.Errorf("%w: year %d", ErrPlace, at.Year)
	}
	if len(coseed) != 0 && len(coseed) != coSeedSize {
		return Seed{}, ErrCoSeed
	}
	if len(beacon) != 0 && len(beacon) != 32 {
		return Seed{}, ErrBeacon
	}
	secret := append(link[:len(link):len(link)], coseed...)
	info := []byte(Version)
	info = binary.BigEndian.AppendUint64(info, at.County)
	info = binary.BigEndian.AppendUint16(info, uint16(at.Year))
	info = append(info, byte(at.Week), byte(at.Slot))
	key, err := hkdf.Key(sha256.New, secret, beacon, string(info), len(Seed{}))
	if err != nil {
		return Seed{}, fmt.Errorf("draw: derive seed: %w", err)
	}
	return Seed(key), nil
}

const coSeedSize = 16

// ParseCoSeed checks the text a co-seed was given as, ten dice (digits 1 to 6)
// or 32 lower-case hex digits, and returns its 16 bytes. The empty text is an
// absent co-seed and gives none. Anything else is ErrCoSeed.
func ParseCoSeed(text string) ([]byte, error) {
	switch {
	case text == "":
		return nil, nil
	case len(text) == 10 && allDice(text), len(text) == 32 && lowerHex(text):
		sum := sha256.Sum256([]byte(text))
		return sum[:coSeedSize], nil
	}
	return nil, ErrCoSeed
}

func allDice(text string) bool {
	for _, c := range []byte(text) {
		if c < '1' || c > '6' {
			return false
		}
	}
	return true
}

// Minute returns the arrival minute of a slot, uniform in [0, length): the
// first PRF value at id 0, 1, 2 … below the largest multiple of length,
// modulo length. A length below 1 gives 0. It is the one value that may be
// known between cut-off and release.
func Minute(seed Seed, length int) int {
	if length < 1 {
		return 0
	}
	n := uint64(length)
	excess := (math.MaxUint64%n + 1) % n // 2^64 mod n
	chance := newStream(seed, DomainMinute)
	for id := uint64(0); ; id++ {
		if u := chance.at(id); u <= math.MaxUint64-excess {
			return int(u % n)
		}
	}
}
