// Package reports compiles and publishes what the office says in writing, so that every figure in a
// bulletin opens to its records and nothing leaves without a recorded sign-off.
//
// It holds data and keys only; words and pages are made by a [Renderer] that the wiring hands in.
package reports
