package main

import (
	"strings"
	"testing"
)

// TestWhoeverClearsTheIssuerIsToldThatPapersBecomeSamples clears one of the three settings of papers, and one that is none.
func TestWhoeverClearsTheIssuerIsToldThatPapersBecomeSamples(t *testing.T) {
	t.Parallel()
	s := takeSeat(t)
	now := at("2025-01-01T09:00")
	s.must(now, "init")
	for key, warned := range map[string]bool{"issuer": true, "number_prefix": true, "signer": true, "copy_to": false} {
		if said := s.must(now, "setting", "set", key, ""); strings.Contains(said, "is a sample") != warned {
			t.Errorf("%s: got %q, want a warning: %t", key, said, warned)
		}
		if said := s.must(now, "setting", "set", key, "某县驻村办"); strings.Contains(said, "is a sample") {
			t.Errorf("%s is set: got %q", key, said)
		}
	}
}
