package journal_test

import (
	"crypto/ed25519"
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"anfang.example/inspections/journal"
)

var signKey = journal.Key(ed25519.NewKeyFromSeed(make([]byte, 32)))

func TestAnOldPaperNamesWhatTheChainCannotTell(t *testing.T) {
	t.Parallel()
	b := filled(t, 20)
	paper := journal.HeadOf(b.records[14], signKey)
	other := filled(t, 20) // the same length, another past
	other.records = other.records[:10]
	for range 10 {
		if _, err := journal.Append(other, journal.Entry{Kind: "later", Actor: "anfang", Body: map[string]any{}}); err != nil {
			t.Fatal(err)
		}
	}
	forged := paper
	forged.Hash = b.records[3].Hash
	for name, c := range map[string]struct {
		chain *book
		paper journal.Head
		want  string
	}{
		"a whole chain agrees":               {b, paper, ""},
		"a cut tail is named":                {&book{records: b.records[:12]}, paper, "cut"},
		"a rewound database is named":        {other, paper, "rewound"},
		"a paper that was altered is named":  {b, forged, "forged"},
		"an unsigned paper counts by itself": {other, journal.Head{Seq: paper.Seq, Hash: paper.Hash}, "rewound"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, _, err := journal.Verify(c.chain); err != nil {
				t.Fatalf("the chain alone shows nothing: got %v", err)
			}
			_, _, err := journal.VerifyPapers(c.chain, []journal.Head{c.paper}, signKey.Public())
			var torn *journal.TornError
			got := ""
			if errors.As(err, &torn) {
				got = torn.Reason
			}
			if got != c.want {
				t.Errorf("got %q (%v), want %q", got, err, c.want)
			}
		})
	}
}

func TestAPrintedHeadIsReadBackFromAnyText(t *testing.T) {
	t.Parallel()
	head := journal.HeadOf(filled(t, 3).records[2], signKey)
	bare := journal.Head{Seq: head.Seq, Hash: head.Hash}
	got := journal.HeadsIn("校验码：" + head.String() + "\n又 " + bare.String() + "。 12:abcd")
	if len(got) != 2 || got[0] != head || got[1] != bare {
		t.Errorf("got %v, want %v and %v", got, head, bare)
	}
	if !got[0].Signed(signKey.Public()) {
		t.Error("the signature does not check")
	}
	lines := "核对：" + strings.Replace(head.String(), ":", ":\n", 1) // as a page breaks it
	for i := 40; i < len(lines); i += 61 {
		lines = lines[:i] + "\r\n" + lines[i:]
	}
	if got := journal.HeadsIn(lines + "\n— 1 —\n"); len(got) != 1 || got[0] != head {
		t.Errorf("got %v, want %v from broken lines", got, head)
	}
}

func TestAnyByteFlippedIsFoundAtItsRecord(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		b := filled(t, 8)
		i := rapid.IntRange(0, 7).Draw(r, "record")
		at := &b.records[i]
		field := rapid.SampledFrom([]*string{&at.Kind, &at.Actor, &at.Subject, &at.Body, &at.Hash, &at.Prev, &at.Alg}).Draw(r, "field")
		raw := []byte(*field)
		raw[rapid.IntRange(0, len(raw)-1).Draw(r, "byte")] ^= byte(rapid.IntRange(1, 255).Draw(r, "flip"))
		*field = string(raw)
		_, _, err := journal.Verify(b)
		var broken *journal.BrokenError
		if !errors.As(err, &broken) || broken.Seq != int64(i+1) {
			r.Fatalf("got %v, want record %d", err, i+1)
		}
	})
}

func BenchmarkVerify100k(b *testing.B) {
	chain := &indexed{}
	for i := range 100_000 {
		if _, err := journal.Append(chain, journal.Entry{Kind: "visit.recorded", Actor: "clerk/3", Subject: "visit/17", Body: map[string]any{"n": i, "note": "村干部称外出"}}); err != nil {
			b.Fatal(err)
		}
	}
	b.ResetTimer()
	for range b.N {
		if n, _, err := journal.Verify(chain); err != nil || n != 100_000 {
			b.Fatalf("got %d %v", n, err)
		}
	}
}

// indexed is a chain in memory that finds a record by its number.
type indexed struct{ book }

func (b *indexed) JournalAfter(seq int64, limit int) ([]journal.Record, error) {
	from := min(int(seq), len(b.records))
	return b.records[from:min(from+limit, len(b.records))], nil
}
