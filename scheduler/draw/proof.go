package draw

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
)

const proofTag = "anfang/proof/v1"

// ProofSchema is the format number of a proof.
const ProofSchema = 1

// Proof is what a stranger needs to recompute a stretch of weeks; its JSON is
// described in the package comment.
type Proof struct {
	Schema    int         `json:"schema"`
	Algorithm string      `json:"algorithm"`
	County    uint64      `json:"county"`
	Weeks     []ProofWeek `json:"weeks"`  // ascending
	Digest    Hash        `json:"digest"` // of all of it; see [Proof.Seal]
}

// ProofWeek is one frozen week.
type ProofWeek struct {
	Freeze     string      `json:"freeze"` // canonical bytes as text
	FreezeHash Hash        `json:"freeze_hash"`
	CoSeed     string      `json:"coseed"` // text as given; "" = absent
	Slots      []ProofSlot `json:"slots"`  // from slot 1 on, without gaps
}

// ProofSlot is one slot's row and its revealed link.
type ProofSlot struct {
	Row  Row    `json:"row"`
	Link string `json:"link"` // 64 hex digits; "" = not yet revealed
}

// NewProof starts a proof of a county.
func NewProof(county uint64) Proof {
	return Proof{Schema: ProofSchema, Algorithm: Version, County: county, Weeks: []ProofWeek{}}
}

// Seal sets the digest: SHA-256("anfang/proof/v1" ‖ canonical JSON of the proof
// with 64 zeros for the digest). What changes afterwards, by accident or by
// hand, is found even where no rule of the draw speaks of it: an id, a count, a
// slot left out at the end.
func (p *Proof) Seal() error {
	digest, err := p.digest()
	p.Digest = digest
	return err
}

func (p Proof) digest() (Hash, error) {
	p.Digest = Hash{}
	text, err := Canonical(p.whole())
	if err != nil {
		return Hash{}, err
	}
	return sha256.Sum256(append([]byte(proofTag), text...)), nil
}

// whole is the proof with lists that are nil made empty.
func (p Proof) whole() Proof {
	weeks := listed(p.Weeks)
	p.Weeks = make([]ProofWeek, len(weeks))
	for i, week := range weeks {
		week.Slots = listed(week.Slots)
		p.Weeks[i] = week
	}
	return p
}

// Write writes the proof as indented JSON.
func (p Proof) Write(w io.Writer) error {
	p = p.whole()
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	return encoder.Encode(p)
}

// ReadProof reads one proof and refuses unknown, missing and misspelt keys and
// trailing text. White space and the order of keys are free.
func ReadProof(r io.Reader) (Proof, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return Proof{}, err
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	var p Proof
	if err := decoder.Decode(&p); err != nil {
		return Proof{}, fmt.Errorf("draw: read proof: %w", err)
	}
	if _, err := decoder.Token(); err != io.EOF {
		return Proof{}, fmt.Errorf("draw: read proof: more than one object")
	}
	// encoding/json takes "Row" for "row" and does without a key; a proof
	// written anew must be the same.
	said, err := canonicalText(text)
	if err != nil {
		return Proof{}, fmt.Errorf("draw: read proof: %w", err)
	}
	again, err := Canonical(p.whole())
	if err != nil {
		return Proof{}, fmt.Errorf("draw: read proof: %w", err)
	}
	if !bytes.Equal(said, again) {
		return Proof{}, fmt.Errorf("draw: read proof: keys are missing or misspelt")
	}
	return p, nil
}
