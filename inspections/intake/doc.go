// Package intake reads the files an office already has (rosters and sign-in ledgers in Excel or csv,
// in whatever shape people keep them) and says row by row what it repaired and what it left out.
//
// A structural fault (a column missing, half a file, an encrypted workbook) rejects the file with an
// *inspections.Error; a row that cannot be read or could mean two people is left out and listed.
// Nothing is guessed: an abbreviation counts only when one candidate is left. Chinese headings are data
// of this package (headers.go). excelize and x/text are used here and nowhere above.
package intake
