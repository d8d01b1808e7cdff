package draw

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
)

const chainTag = "anfang/chain/v1"

// Hash is 32 published bytes; in JSON and text 64 lower-case hex digits.
type Hash [32]byte

// ParseHash reads 64 lower-case hex digits.
func ParseHash(text string) (Hash, error) {
	var h Hash
	return h, h.UnmarshalText([]byte(text))
}

// String returns 64 lower-case hex digits.
func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// MarshalText returns 64 lower-case hex digits.
func (h Hash) MarshalText() ([]byte, error) { return []byte(h.String()), nil }

// UnmarshalText reads 64 lower-case hex digits and refuses anything else.
func (h *Hash) UnmarshalText(text []byte) error {
	if len(text) != 64 || !lowerHex(string(text)) {
		return errors.New("draw: a hash is 64 lower-case hex digits")
	}
	_, err := hex.Decode(h[:], text)
	return err
}

// Link is x_t, the secret of one slot. It prints as "sealed" and cannot be
// marshalled by mistake; [Link.Reveal] opens it after the slot's window.
type Link [32]byte

// Format writes "sealed" whatever the verb.
func (Link) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, "sealed") }

// MarshalText refuses: a link leaves the program only through Reveal.
func (Link) MarshalText() ([]byte, error) { return nil, errors.New("draw: sealed link") }

// Reveal turns the link into published bytes.
func (l Link) Reveal() Hash { return Hash(l) }

// previous returns x_{t−1} = SHA-256("anfang/chain/v1" ‖ x_t).
func (l Link) previous() Link {
	var message [len(chainTag) + 32]byte
	copy(message[:], chainTag)
	copy(message[len(chainTag):], l[:])
	return sha256.Sum256(message[:])
}

// Chain is a year's chain of links, held by its last one. It prints as
// "sealed". It knows no clock: who holds it must ask no link before its cut-off.
type Chain struct{ tip Link }

// NewChain makes the chain whose last link x_T is tip, 32 random bytes.
func NewChain(tip [32]byte) Chain { return Chain{tip: tip} }

// Format writes "sealed" whatever the verb.
func (Chain) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, "sealed") }

// Link returns x_t for ISO week 1…53 and slot 1…32.
func (c Chain) Link(week, slot int) (Link, error) {
	t, err := Position(week, slot)
	if err != nil {
		return Link{}, err
	}
	return c.back(t), nil
}

// Anchor returns x_0, which is printed, mailed and journalled before the year.
func (c Chain) Anchor() Hash { return c.back(0).Reveal() }

func (c Chain) back(t int) Link {
	x := c.tip
	for range ChainLength - t {
		x = x.previous()
	}
	return x
}

// Position returns t = (week−1)·32 + slot.
func Position(week, slot int) (int, error) {
	if week < 1 || week > MaxWeeks || slot < 1 || slot > MaxSlots {
		return 0, fmt.Errorf("%w: week %d slot %d", ErrPlace, week, slot)
	}
	return (week-1)*MaxSlots + slot, nil
}

// VerifyLink checks that the revealed link of week and slot leads to the
// anchor; ErrLink if it does not. It costs at most 1696 hashes.
func VerifyLink(anchor, revealed Hash, week, slot int) error {
	check := chainCheck{known: anchor}
	return check.step(revealed, week, slot)
}

// chainCheck checks ascending links of one anchor, each against the one
// before it, so that a whole year costs as many hashes as it has links.
type chainCheck struct {
	known Hash // x_t that is known to lead to the anchor; at first the anchor
	t     int
}

func (c *chainCheck) step(revealed Hash, week, slot int) error {
	t, err := Position(week, slot)
	if err != nil {
		return err
	}
	if t <= c.t {
		return fmt.Errorf("%w: position %d after %d", ErrLink, t, c.t)
	}
	x := Link(revealed)
	for range t - c.t {
		x = x.previous()
	}
	if Hash(x) != c.known {
		return ErrLink
	}
	c.known, c.t = revealed, t
	return nil
}

func lowerHex(text string) bool {
	for _, c := range []byte(text) {
		if !(c >= '0' && c <= '9' || c >= 'a' && c <= 'f') {
			return false
		}
	}
	return true
}
