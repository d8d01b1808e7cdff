// Package pairing decides which two inspectors go, so that nobody inspects
// their own people and the work is shared fairly.
//
// The pair is drawn after the team, never before (else leave and conflicts
// would tell which townships are safe). It is pure and works on integers only;
// the rules are those of DRAW.md, "By whom".
package pairing

import (
	"errors"

	"anfang.example/scheduler/draw"
)

var (
	// ErrNoFeasiblePair: fewer than two inspectors on standby may go; to be
	// escalated to a named person and never redrawn.
	ErrNoFeasiblePair = draw.ErrNoFeasiblePair
	// ErrInput: the input of the pair race breaks a rule.
	ErrInput = errors.New("pairing: input is not valid")
	// ErrTooFew: a standby roster needs at least two inspectors.
	ErrTooFew = errors.New("pairing: fewer than two inspectors")
)
