package intake

import (
	"errors"
	"slices"
	"strings"

	"anfang.example/inspections"
)

// The sorts of files a person may bring.
const (
	SortRoster  = "roster"
	SortSignIns = "signins"
	SortLeave   = "leave"
	SortDuties  = "duties"
	// SortCalendar is read by [ReadCalendar]; the others by [Batches].
	SortCalendar = "calendar"
)

// Sorts lists the sorts of files whose rows the office keeps.
var Sorts = []string{SortRoster, SortSignIns, SortLeave, SortDuties}

var sorts = map[string][]kind{SortRoster: rosterKinds, SortSignIns: ledgerKinds, SortLeave: {kindLeave}, SortDuties: {kindDuties}}

// Table is what was recognised of one sheet: Kind is "" where no heading was, Missing are the first names of
// required columns that lack.
type Table struct {
	Sheet   string
	Kind    string
	Row     int // of the heading
	Columns []Column
	Missing string
	Sample  []string // the first row under the heading
}

// Column is a heading as written, and the field it is taken for; "" for none.
type Column struct{ Heading, Field string }

// Look recognises the tables of a file without reading their rows, so that a person can see and change how
// its columns are understood. Errors are those of the readers, save a missing column, which is told.
func Look(f File, sort string) ([]Table, error) {
	list, closeFile, err := f.sheets()
	if err != nil {
		return nil, err
	}
	defer closeFile()
	var tables []Table
	for _, s := range list {
		t := Table{Sheet: s.name}
		h, err := s.walk(sorts[sort], func(h header, l line) error {
			t.Sample = slices.Clone(l.cells)
			return errStop
		})
		var lacks *inspections.Error
		switch {
		case errors.As(err, &lacks) && lacks.Key == "intake.missing_column":
			t.Missing = columnsIn(lacks)
			h = s.firstHeading()
		case err != nil:
			return nil, err
		}
		if h != nil {
			t.Kind, t.Row = string(h.kind), h.row
			t.Columns = h.columnsAsRead()
		}
		tables = append(tables, t)
	}
	return tables, nil
}

func columnsIn(e *inspections.Error) string {
	for i := 0; i+1 < len(e.Args); i += 2 {
		if e.Args[i] == "columns" {
			text, _ := e.Args[i+1].(string)
			return text
		}
	}
	return ""
}

// firstHeading gives the first row with two cells or more as a heading of no kind, so that its columns can be
// told by hand.
func (s sheet) firstHeading() *header {
	var found *header
	_ = s.each(func(l line) error {
		filled := 0
		for _, c := range l.cells {
			if squeeze(c[:min(len(c), maxValueBytes)]) != "" {
				filled++
			}
		}
		if filled < 3 {
			return nil
		}
		found = &header{row: l.row, titles: l.cells, cols: map[field]int{}}
		return errStop
	})
	return found
}

func (h header) columnsAsRead() []Column {
	byColumn := map[int]field{}
	for f, i := range h.cols {
		byColumn[i] = f
	}
	var columns []Column
	for i, title := range h.titles {
		if title = squeeze(clip(title)); title != "" {
			columns = append(columns, Column{title, string(byColumn[i])})
		}
	}
	return columns
}

// Fields lists what the columns of a sort of file may hold, in order.
func Fields(sort string) []string {
	var list []string
	for _, k := range sorts[sort] {
		if strings.HasPrefix(string(k), "dingtalk") || strings.HasPrefix(string(k), "wecom") {
			continue // exports have their own fixed headings
		}
		for f := range headings[k].names {
			if !slices.Contains(list, string(f)) {
				list = append(list, string(f))
			}
		}
	}
	slices.Sort(list)
	return list
}
