package draw

import (
	"crypto/sha256"
	"encoding/binary"
)

// Domain separates the uses of one seed; at most eight ASCII bytes.
type Domain string

// The domains of DRAW.md. Single values use id 0 (minute: 0, 1, 2 …), races
// use the id of the team or pair.
const (
	DomainSlot   Domain = "slot"
	DomainMix    Domain = "mix"
	DomainMinute Domain = "minute"
	DomainTeam   Domain = "team"
	DomainPair   Domain = "pair"
)

// PRF returns the uint64 that seed, domain and id determine: SHA-256(domain
// padded to 8 ‖ seed ‖ uint64(id div 4)), of which it takes the big-endian
// uint64 at byte 8·(id mod 4).
func PRF(seed Seed, domain Domain, id uint64) uint64 {
	s := newStream(seed, domain)
	return s.at(id)
}

// stream remembers the last block, so that ascending ids cost one hash per
// four. It lives on the caller's stack; nothing is allocated per value.
type stream struct {
	message [48]byte
	block   [sha256.Size]byte
	held    uint64
	filled  bool
}

func newStream(seed Seed, domain Domain) stream {
	var s stream
	copy(s.message[:8], domain)
	copy(s.message[8:40], seed[:])
	return s
}

func (s *stream) at(id uint64) uint64 {
	if index := id / 4; !s.filled || index != s.held {
		binary.BigEndian.PutUint64(s.message[40:], index)
		s.block = sha256.Sum256(s.message[:])
		s.held, s.filled = index, true
	}
	return binary.BigEndian.Uint64(s.block[8*(id%4):])
}
