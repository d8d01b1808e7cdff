package intake

import (
	"bytes"
	"errors"
	"maps"
	"slices"
	"strings"

	"anfang.example/inspections"
)

// calendarHead is the first line of a table of working days.
const calendarHead = "date,workday,name"

// SortOf tells by the headings of a file of which sort it is, for a file that came without a word about it. Each
// recognised table must be of the one sort; what fits two as well as each other is asked, never guessed. Errors:
// intake.sort_unclear, intake.missing_column where a table is nearly one, and those of the readers.
func SortOf(f File) (string, error) {
	if first, _, _ := bytes.Cut(bytes.TrimPrefix(f.Data, utf8BOM), []byte("\n")); strings.TrimSpace(string(first)) == calendarHead {
		return SortCalendar, nil
	}
	list, closeFile, err := f.sheets()
	if err != nil {
		return "", err
	}
	defer closeFile()
	unclear := inspections.Fail(inspections.Invalid, "intake.sort_unclear", "file", f.Name)
	var sort string
	var lacking error
	for _, s := range list {
		one, err := s.sort()
		var lacks *inspections.Error
		switch {
		case errors.As(err, &lacks) && lacks.Key == "intake.missing_column":
			if lacking == nil {
				lacking = err
			}
		case err != nil:
			return "", err
		case one == sortSeveral, one != "" && sort != "" && one != sort:
			return "", unclear
		case one != "":
			sort = one
		}
	}
	switch {
	case sort != "":
		return sort, nil
	case lacking != nil:
		return "", lacking
	}
	return "", inspections.Fail(inspections.Invalid, "intake.unknown_table", "file", f.Name)
}

// sortSeveral is no sort: a table's headings fit several equally well.
const sortSeveral = "several"

// sort tells which sort of table a sheet is: "" where no heading is known, [sortSeveral] where it is a whole table of
// two sorts. Error: intake.missing_column where it is nearly of one sort and wholly of none.
func (s sheet) sort() (string, error) {
	whole := map[string]*header{}
	var nearly *inspections.Error
	for _, sort := range Sorts {
		h, err := s.walk(sorts[sort], func(header, line) error { return errStop })
		var lacks *inspections.Error
		switch {
		case errors.As(err, &lacks) && lacks.Key == "intake.missing_column":
			if nearly == nil || strings.Count(columnsIn(lacks), "、") < strings.Count(columnsIn(nearly), "、") {
				nearly = lacks
			}
		case err != nil:
			return "", err
		case h != nil:
			whole[sort] = h
		}
	}
	for sort, h := range whole {
		if h.outdoes(whole) {
			return sort, nil
		}
	}
	switch {
	case len(whole) > 0:
		return sortSeveral, nil
	case nearly != nil:
		return "", nearly
	}
	return "", nil
}

// outdoes reports whether a heading has more to itself than any other reading of the table, and leaves that at most
// one column: a ledger that tells each member's unit is still no list of members.
func (h *header) outdoes(others map[string]*header) bool {
	for _, other := range others {
		if other != h && (other.beyond(h) > 1 || h.beyond(other) <= 1) {
			return false
		}
	}
	return true
}

// beyond counts the columns that one reading of a heading knows and another does not.
func (h *header) beyond(other *header) int {
	theirs := slices.Collect(maps.Values(other.cols))
	n := 0
	for _, i := range h.cols {
		if !slices.Contains(theirs, i) {
			n++
		}
	}
	return n
}
