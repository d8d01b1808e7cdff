// Package simulate lets the office try its own rules before trusting them: it runs years of the real
// scheduler on a clock of its own, lets an adversary guess, and measures what DRAW.md promises.
//
// [Run] drives [scheduler.Scheduler.Tick] on a [Memory] from one due moment to the next, records and
// cancels visits through the verbs of the office, and hands every finished week to the observers that
// measure it. Keys, risks and chance all come from one number, so that a run can be repeated. Nothing of
// it touches a real county, its database or its keys.
//
// What is assumed: 14 slots in an ISO week, fewer in holiday weeks, whose plans are signed a week ahead;
// teams and inspectors that stay; risk weights that were drawn once, log-uniform in 500…3000; and pairs that
// record a visit within an hour of its arrival minute, so that the next slot knows of it. A released visit
// is cancelled with the given probability.
package simulate
