package draw

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
)

// ProofSchema is the format number of a proof.
const ProofSchema = 1

// Proof is what a stranger needs to recompute a stretch of weeks; its JSON is
// described in the package comment.
type Proof struct {
	Schema    int         `json:"schema"`
	Algorithm string      `json:"algorithm"`
	County    uint64      `json:"county"`
	Weeks     []ProofWeek `json:"weeks"` // ascending
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

// Write writes the proof as indented JSON.
func (p Proof) Write(w io.Writer) error {
	weeks := listed(p.Weeks)
	p.Weeks = make([]ProofWeek, len(weeks))
	for i, week := range weeks {
		week.Slots = listed(week.Slots)
		p.Weeks[i] = week
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	return encoder.Encode(p)
}

// ReadProof reads one proof and refuses unknown keys and trailing text.
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
	return p, nil
}
