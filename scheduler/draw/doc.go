// Package draw decides by sealed chance whether a slot has an unannounced visit
// and to which team, so that nobody can know it before and everybody can
// recompute it afterwards.
//
// It is pure and works on integers only: what it returns depends on its
// arguments and on nothing else, bit for bit, on every machine. The rules are
// those of DRAW.md, algorithm version [Version].
//
// # What is published
//
// A week is frozen as a [Freeze] (canonical JSON, hashed by [Freeze.Hash]).
// Every slot leaves a [Row] (none, dispatch or missed). After the slot's window
// its link is revealed. A [Proof] is one JSON object that carries all of it:
//
//	{
//	  "schema": 1,                    format of this object
//	  "algorithm": "anfang/v1",
//	  "county": 431023,               county id used in the seeds
//	  "weeks": [{
//	    "freeze": "{\"algorithm\":…}",  the canonical bytes of the freeze, as text
//	    "freeze_hash": "…64 hex…",    SHA-256("anfang/freeze/v1" ‖ bytes)
//	    "coseed": "3141526653",       text as given; "" = absent
//	    "slots": [{
//	      "row": {…},                 see Row for every field
//	      "link": "…64 hex…"          the revealed link; "" = not yet revealed
//	    }]
//	  }],
//	  "digest": "…64 hex…"            SHA-256("anfang/proof/v1" ‖ canonical bytes of this
//	                                  object with 64 zeros here)
//	}
//
// Keys of the freeze and of a row are documented at [Freeze] and [Row].
// Integers wider than 53 bits (z) stand as decimal strings. [Verify]
// recomputes every slot of a proof without any database and names the first
// difference; testdata/replay.py does the same in another language.
package draw

import "errors"

// Version is the algorithm version; it stands in every freeze and every row.
const Version = "anfang/v1"

// Fixed sizes of the draw (DRAW.md, "Time" and "Seeds").
const (
	MaxSlots      = 32                  // slots a week may have at most
	MaxWeeks      = 53                  // ISO weeks of a chain year
	ChainLength   = MaxWeeks * MaxSlots // T: number of links of a year
	Floor         = 2                   // random visits every week has at least (notice 3.4)
	DefaultBuffer = 3                   // b: slots kept in reserve to reach the floor
	DefaultLead   = 90                  // minutes between release and arrival
)

// Errors a caller may meet; compare with errors.Is.
var (
	// ErrCoSeed: the text is neither ten dice (1-6) nor 32 lower-case hex digits.
	ErrCoSeed = errors.New("draw: co-seed is neither ten dice nor 32 lower-case hex digits")
	// ErrBeacon: a beacon is 32 bytes or absent.
	ErrBeacon = errors.New("draw: beacon is not 32 bytes")
	// ErrPlace: year, week or slot number outside 1…65535, 1…53, 1…32.
	ErrPlace = errors.New("draw: year, week or slot out of range")
	// ErrLink: the revealed link does not hash to the anchor.
	ErrLink = errors.New("draw: link does not lead to the anchor")
	// ErrLambdaLow: fewer visits are asked for than the floor alone causes; z is 0.
	ErrLambdaLow = errors.New("draw: expected visits cannot be as few as asked")
	// ErrLambdaHigh: more visits are asked for than the slots hold; z is the largest.
	ErrLambdaHigh = errors.New("draw: expected visits cannot be as many as asked")
	// ErrNoTeam: no team with a positive weight.
	ErrNoTeam = errors.New("draw: no team to draw")
	// ErrFreeze: a freeze breaks a rule; the wrapping error says which.
	ErrFreeze = errors.New("draw: freeze is not valid")
	// ErrState: the state of a slot does not fit its freeze.
	ErrState = errors.New("draw: slot state does not fit the freeze")
	// ErrCanonical: a value outside the restricted canonical JSON.
	ErrCanonical = errors.New("draw: not canonical JSON")
)
