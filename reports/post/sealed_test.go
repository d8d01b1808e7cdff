package post

import (
	"crypto/ed25519"
	"strings"
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/journal"
)

// TestALetterBearsTheHeadOfTheJournal sends one letter of a kind that bears a head and one of each that must not, and
// reads the head back from the text that arrived.
func TestALetterBearsTheHeadOfTheJournal(t *testing.T) {
	t.Parallel()
	key := journal.Key(ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize)))
	head := journal.HeadOf(journal.Record{Seq: 17, Hash: strings.Repeat("ab", 32)}, key)
	for _, l := range sampleLetters(t) {
		raw, _, err := newRenderer().RenderSealed(l, head.String(), loadPDF)
		if err != nil {
			t.Fatalf("%s: %v", l.Kind, err)
		}
		found := false
		for _, h := range journal.HeadsIn(string(raw)) {
			found = found || h == head && h.Signed(key.Public())
		}
		if want := !l.Kind.Assignment(); found != want {
			t.Errorf("%s: got a head %v, want %v", l.Kind, found, want)
		}
	}
	for kind, want := range map[inspections.LetterKind]bool{
		inspections.LetterCaseTownship: true, inspections.LetterDigest: true, inspections.LetterAlarm: true,
		inspections.LetterGo: false, inspections.LetterStandbyOver: false, inspections.LetterCancelled: false, inspections.LetterBulletin: false,
	} {
		if got := sealed(kind); got != want {
			t.Errorf("%s: got %v, want %v", kind, got, want)
		}
	}
}
