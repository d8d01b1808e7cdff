package journal

import "fmt"

// BrokenError names the first record that does not fit the chain.
type BrokenError struct {
	Seq    int64
	Reason string // "gap", "prev", "hash"
}

func (e *BrokenError) Error() string {
	return fmt.Sprintf("journal: record %d is wrong (%s)", e.Seq, e.Reason)
}

// Verify walks the whole chain and gives the number of records and the last hash.
// Error: *BrokenError for the first wrong record.
func Verify(tx Tx) (int64, string, error) {
	const page = 2000
	var seq int64
	prev := Genesis
	for {
		records, err := tx.JournalAfter(seq, page)
		if err != nil {
			return seq, prev, fmt.Errorf("journal: read after %d: %w", seq, err)
		}
		for _, r := range records {
			if r.Seq != seq+1 {
				return seq, prev, &BrokenError{seq + 1, "gap"}
			}
			if r.Prev != prev {
				return seq, prev, &BrokenError{r.Seq, "prev"}
			}
			hash, err := hashOf(r)
			if err != nil || hash != r.Hash {
				return seq, prev, &BrokenError{r.Seq, "hash"}
			}
			seq, prev = r.Seq, r.Hash
		}
		if len(records) < page {
			return seq, prev, nil
		}
	}
}
