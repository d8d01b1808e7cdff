// Package attendance counts the days members spent in their villages, so that the office knows who
// reached the twenty days of the notice and whose ledger never came.
package attendance
