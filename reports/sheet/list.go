package sheet

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"
	"unicode/utf8"

	"anfang.example/inspections"
	"anfang.example/templates/catalog"
)

// List is a plain table for those who go on working with it: a workbook, or csv as Excel opens it.
type List struct {
	Words *catalog.Catalog
	Name  string // of the sheet
	Title string
	Under string // a line below the title
	Heads []string
	Rows  [][]string
}

// File gives the bytes for a file of that name: .xlsx or .csv. Error: Invalid for another ending.
func (l List) File(name string) ([]byte, error) {
	switch lower := strings.ToLower(name); {
	case strings.HasSuffix(lower, ".xlsx"):
		return l.XLSX()
	case strings.HasSuffix(lower, ".csv"):
		return l.CSV()
	}
	return nil, inspections.Fail(inspections.Invalid, "sheet.ending", "file", name)
}

// XLSX prints the table like the forms, on A4 across.
func (l List) XLSX() ([]byte, error) {
	p := paper{name: l.Name, title: l.Title, under: l.Under, landscape: true}
	for i, head := range l.Heads {
		wide := utf8.RuneCountInString(head) * 2
		for _, row := range l.Rows {
			wide = max(wide, min(columnsOf(row[i]), 36))
		}
		p.columns = append(p.columns, column{head: head, width: float64(wide + 2), left: true})
	}
	for _, row := range l.Rows {
		cells := make([]any, len(row))
		for i, text := range row {
			cells[i] = text
		}
		p.rows = append(p.rows, cells)
	}
	return Forms{Words: l.Words}.print(p)
}

// columnsOf is the width of a text where a Chinese character takes two.
func columnsOf(text string) int { return (len(text) + utf8.RuneCountInString(text)) / 2 }

// CSV writes UTF-8 with a byte order mark, as Excel wants it. A cell that a spreadsheet would take for a
// formula gets an apostrophe in front (OWASP, CSV injection).
func (l List) CSV() ([]byte, error) {
	var out bytes.Buffer
	out.WriteString("\ufeff")
	w := csv.NewWriter(&out)
	w.UseCRLF = true
	for _, row := range append([][]string{l.Heads}, l.Rows...) {
		safe := make([]string, len(row))
		for i, text := range row {
			if first, _ := utf8.DecodeRuneInString(text); strings.ContainsRune("=+-@\t\r\uff1d\uff0b\uff0d\uff20", first) && text != "" {
				text = "'" + text
			}
			safe[i] = text
		}
		if err := w.Write(safe); err != nil {
			return nil, fmt.Errorf("sheet: csv: %w", err)
		}
	}
	w.Flush()
	if err := w.Error(); err != nil {
		return nil, fmt.Errorf("sheet: csv: %w", err)
	}
	return out.Bytes(), nil
}
