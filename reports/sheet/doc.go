// Package sheet prints the monthly forms, the allowance register and the yearly table as workbooks in
// the layout that offices print, so that nobody types them a second time.
//
// Every text goes in as text: a name that begins with "=" opens as that name, never as a formula.
package sheet
