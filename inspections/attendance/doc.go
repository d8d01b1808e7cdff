// Package attendance counts the days members spent in their villages, so that the office knows who
// reached the twenty days of the notice (1.4a) and whose ledger never came.
//
// What did not arrive is not reported, never zero: figures of a township without a ledger carry
// Reported false and must not be printed as numbers. Ledgers have no column for nights, so that the
// twelve days of lodging are not measured here. Everything in it is pure.
package attendance
