// Package store keeps everything the office records, in a file beside the program (SQLite) or in a
// PostgreSQL database, so that what was acknowledged stays.
//
// A Store belongs to one county. SQL is written once, with ? for parameters and columns by name; what the
// two databases do differently is asked of a dialect. What both must do is tested in storetest, on both.
package store

import (
	"anfang.example/inspections/casework"
	"anfang.example/inspections/duties"
	"anfang.example/inspections/journal"
	"anfang.example/inspections/office"
)

var (
	_ office.Tx   = (*Tx)(nil)
	_ journal.Tx  = (*Tx)(nil)
	_ duties.Tx   = (*Tx)(nil)
	_ casework.Tx = (*Tx)(nil)
)
