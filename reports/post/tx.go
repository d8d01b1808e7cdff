package post

import (
	"context"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// Tx is what the post needs of a transaction.
//
// Two processes may drain one outbox: transactions that read a letter and save it must not interleave
// (SQLite's immediate transactions and PostgreSQL's serializable ones, or a lock of the county, do).
type Tx interface {
	Now() calendar.Instant
	Letter(inspections.LetterID) (inspections.Letter, error)
	Letters(inspections.LetterFilter) ([]inspections.Letter, error)
	SaveLetter(inspections.Letter) error
	Settings() ([]inspections.Setting, error)
	User(inspections.UserID) (inspections.User, error)
	// DeadAddress finds the stop in force of an address; NotFound where there is none.
	DeadAddress(address string) (inspections.DeadAddress, error)
	AddDeadAddress(*inspections.DeadAddress) error
	SaveDeadAddress(inspections.DeadAddress) error
	// Returned reads what a mail, by its SHA-256, said of a letter; NotFound.
	Returned(notice string, id inspections.LetterID) (inspections.Returned, error)
	AddReturned(inspections.Returned) error
	// PutBlob keeps bytes under their SHA-256 (hex).
	PutBlob(media string, data []byte) (string, error)
	Blob(sha string) ([]byte, error)
}

// InTx runs a function in one transaction, committed when it returns nil.
type InTx func(ctx context.Context, do func(Tx) error) error
