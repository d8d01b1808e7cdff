// Package office has the verbs of the county office, each one transaction: what happened, what follows
// from it, the clock it starts, the letter it sends and its line in the journal stand together or not at all.
package office
