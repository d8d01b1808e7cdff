// Package portal is the office's web pages: it shows each person what they must do and by when, takes in
// what was found and decided, and shows nobody what is not theirs.
//
// Pages are rendered on the server. What may be done by whom stands in one table, [Routes]; what of the
// records a person may see stands in entitle.go; the verbs themselves belong to the office and the press.
package portal
