// Package inspections holds the nouns of supervising village work teams, so that every part of the
// program means the same by a township, a visit or a finding.
//
// It has no rules that cross rooms and imports only the standard library and the calendar. The db tags
// name the columns of the store; ids are stable integers per county below 2³² and never reused.
package inspections
