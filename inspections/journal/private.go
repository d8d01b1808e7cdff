package journal

import (
	"encoding/json"
	"fmt"
	"maps"
	"strings"

	"anfang.example/inspections/calendar"
)

// Salt lets the words that a record commits to be checked. Destroyed, nobody can tell any more what they were, and the
// chain stays whole.
type Salt struct {
	Seq    int64            `json:"seq" db:"seq"` // of the record
	Salt   string           `json:"-" db:"salt"`  // 32 hex digits, "" destroyed
	Erased calendar.Instant `json:"erased" db:"erased_at"`
}

// PrivateTx is what committing to words needs of a transaction.
type PrivateTx interface {
	Tx
	AddSalt(Salt) error
}

// privateKey is where a body holds its commitments, by the names of the fields.
const privateKey = "private"

// AppendPrivate chains an entry whose body stands besides words that may have to be erased: persons' names and what people
// said. The chain holds a salted commitment for each that is not empty.
func AppendPrivate(tx PrivateTx, e Entry, body map[string]any, salt string, words map[string]string) (Record, error) {
	commitments := map[string]string{}
	for field, value := range words {
		if value != "" {
			commitments[field] = Commit(salt, field, value)
		}
	}
	e.Body = body
	if len(commitments) == 0 {
		return Append(tx, e)
	}
	whole := maps.Clone(body)
	whole[privateKey] = commitments
	e.Body = whole
	r, err := Append(tx, e)
	if err != nil {
		return r, err
	}
	return r, tx.AddSalt(Salt{Seq: r.Seq, Salt: salt})
}

// Private gives the commitments of a record by field; none for most.
func (r Record) Private() (map[string]string, error) {
	if !strings.Contains(r.Body, `"`+privateKey+`":{`) {
		return nil, nil
	}
	var body struct {
		Private map[string]string `json:"private"`
	}
	if err := json.Unmarshal([]byte(r.Body), &body); err != nil {
		return nil, fmt.Errorf("journal: record %d: %w", r.Seq, err)
	}
	return body.Private, nil
}
