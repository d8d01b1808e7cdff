// Package demo runs a month of a real county on an accelerated clock, so that a person sees within a
// minute what the program is for.
//
// It is the real path: the scheduler's Tick, a SQLite file, the office's verbs, SMTP to a server in the
// same process. Only the clock and the people are played: inspectors report what the county's own
// ledger says of the day. Persons, phones and addresses of the county are invented.
package demo
