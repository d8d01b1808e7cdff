// Package paper writes the office's papers: it turns frozen figures and case records into the words of
// the catalogs and hands them to the layout.
//
// Nothing is judged here: facts are filled in, comparisons say more, fewer or equal, and what was not
// reported is said to be so and never printed as zero.
package paper
