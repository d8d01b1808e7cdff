package journal

import (
	"crypto/ed25519"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"anfang.example/inspections/calendar"
)

// Signer signs heads with the office's key, which lies outside the database and its backups.
type Signer interface {
	Sign(message []byte) []byte
	Public() ed25519.PublicKey
}

// Key is a Signer with the key at hand.
type Key ed25519.PrivateKey

// Sign gives the ed25519 signature of a message.
func (k Key) Sign(message []byte) []byte { return ed25519.Sign(ed25519.PrivateKey(k), message) }

// Public gives the key that checks.
func (k Key) Public() ed25519.PublicKey {
	return ed25519.PrivateKey(k).Public().(ed25519.PublicKey)
}

// Head says where the chain stood when a paper left: any old paper then proves the archive.
type Head struct {
	Seq  int64  `json:"seq"`
	Hash string `json:"hash"` // 64 hex digits
	Sig  string `json:"sig"`  // 128 hex digits, "" unsigned
}

// HeadOf signs where the chain stands at a record; a nil signer leaves it unsigned.
func HeadOf(r Record, s Signer) Head {
	h := Head{Seq: r.Seq, Hash: r.Hash}
	if s != nil {
		h.Sig = hex.EncodeToString(s.Sign(h.message()))
	}
	return h
}

// Early is the moment before which a record may stand on papers that leave every day: the beginning of the day. A head
// is a hash over everything before it; one of today, beside one of an hour ago, would let a reader try out which target
// was drawn in between, while the visit is still on its way. What was drawn before today has been visited.
func Early(now calendar.Instant) calendar.Instant { return calendar.InstantOf(now.Date().Start()) }

// message is what is signed: "anfang/journal/head/v1" ‖ seq (8 bytes, big-endian) ‖ hash as printed.
func (h Head) message() []byte {
	m := binary.BigEndian.AppendUint64([]byte("anfang/journal/head/v1"), uint64(h.Seq))
	return append(m, h.Hash...)
}

// String is the form on papers: SEQ:HASH or SEQ:HASH:SIG.
func (h Head) String() string {
	return strings.TrimSuffix(fmt.Sprintf("%d:%s:%s", h.Seq, h.Hash, h.Sig), ":")
}

// printed is a head as papers bear it; copied from a page, it comes in lines.
var printed = regexp.MustCompile(`\b([1-9][0-9]{0,9}):\s*([0-9a-f](?:\s*[0-9a-f]){63})(?:\s*:\s*([0-9a-f](?:\s*[0-9a-f]){127}))?\b`)

// asSent are the marks of a letter as it was sent (RFC 2045, 6.7): a line that was broken, and an octet written in digits,
// which must not run into the figures after it.
var asSent = regexp.MustCompile(`=\r?\n|=[0-9A-F]{2}`)

// HeadsIn finds the heads that a text has in it, in order; the text may be a letter as it was sent.
func HeadsIn(text string) []Head {
	text = asSent.ReplaceAllStringFunc(text, func(mark string) string {
		if strings.HasSuffix(mark, "\n") {
			return ""
		}
		return " "
	})
	var heads []Head
	for _, m := range printed.FindAllStringSubmatch(text, -1) {
		seq, err := strconv.ParseInt(m[1], 10, 64)
		if err != nil { // ten digits always fit
			continue
		}
		heads = append(heads, Head{seq, oneLine(m[2]), oneLine(m[3])})
	}
	return heads
}

// oneLine takes the breaks of a page out of digits.
func oneLine(digits string) string { return strings.Join(strings.Fields(digits), "") }

// Signed reports whether the head was signed with the key of pub.
func (h Head) Signed(pub ed25519.PublicKey) bool {
	sig, err := hex.DecodeString(h.Sig)
	return err == nil && len(sig) == ed25519.SignatureSize && ed25519.Verify(pub, h.message(), sig)
}

// TornError says that the archive does not agree with an old paper.
type TornError struct {
	Paper  Head
	Last   int64  // where the chain ends now
	Reason string // "cut": it ends before the paper; "rewound": it went another way; "forged": not the office's signature
}

func (e *TornError) Error() string {
	return fmt.Sprintf("journal: the paper knows record %d (%s); the chain has %d records", e.Paper.Seq, e.Reason, e.Last)
}

// VerifyPapers walks the whole chain and then holds each old paper to it; with a public key the papers'
// signatures count too. Errors: *BrokenError, *TornError for the first paper that does not agree.
func VerifyPapers(tx Tx, papers []Head, pub ed25519.PublicKey) (int64, string, error) {
	n, hash, err := Verify(tx)
	if err != nil {
		return n, hash, err
	}
	for _, p := range papers {
		if p.Sig != "" && pub != nil && !p.Signed(pub) {
			return n, hash, &TornError{p, n, "forged"}
		}
		if p.Seq > n {
			return n, hash, &TornError{p, n, "cut"}
		}
		at, err := tx.JournalAfter(p.Seq-1, 1)
		if err != nil {
			return n, hash, err
		}
		if len(at) == 0 || at[0].Hash != p.Hash {
			return n, hash, &TornError{p, n, "rewound"}
		}
	}
	return n, hash, nil
}
