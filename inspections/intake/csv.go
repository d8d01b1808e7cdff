package intake

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"

	"anfang.example/inspections"
)

// maxLinesInCell is beyond any honest cell; more means that a quotation mark was never closed and
// swallowed the rows after it.
const maxLinesInCell = 50

// csvSheet is the one table of a csv text (UTF-8).
func csvSheet(file string, text []byte) sheet {
	s := sheet{file: file}
	s.each = func(row func(line) error) error { return eachRecord(file, text, row) }
	return s
}

func eachRecord(file string, text []byte, row func(line) error) error {
	r := csv.NewReader(bytes.NewReader(text))
	r.Comma = separator(text)
	r.FieldsPerRecord = -1
	r.LazyQuotes = true
	var n, endLine, width int
	var last []string
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return inspections.Fail(inspections.Invalid, "intake.quotes", "file", file, "row", n+1).Because(err)
		}
		// The reader skips empty lines; a spreadsheet counts them.
		start, _ := r.FieldPos(0)
		for ; endLine+1 < start; endLine++ {
			n++
			if err := row(line{row: n}); err != nil {
				return err
			}
		}
		n++
		if n > maxRows {
			return inspections.Fail(inspections.Invalid, "intake.too_many_rows", "file", file, "rows", maxRows)
		}
		endLine, _ = r.FieldPos(len(cells) - 1)
		for i, c := range cells {
			if len(c) > maxCellBytes {
				return longCell(file, n, i+1)
			}
			if strings.Count(c, "\n") > maxLinesInCell {
				return inspections.Fail(inspections.Invalid, "intake.quotes", "file", file, "row", n)
			}
		}
		endLine += strings.Count(cells[len(cells)-1], "\n")
		width = max(width, len(cells))
		last = cells
		if err := row(line{row: n, cells: cells}); err != nil {
			return err
		}
	}
	if cutOff(text, last, width) {
		return inspections.Fail(inspections.Invalid, "intake.cut_off", "file", file)
	}
	return nil
}

// longLine bounds a line before anything of it is copied; a quoted cell may run over several.
const longLine = 1 << 20

func longCell(file string, row, column int) error {
	return inspections.Fail(inspections.Invalid, "intake.long_cell", "file", file, "sheet", "", "cell", fmt.Sprintf("%d:%d", row, column))
}

// shortLines refuses text with a line that no table has.
func (f File) shortLines() error {
	n := 0
	for rest := f.Data; len(rest) > 0; {
		n++
		i := bytes.IndexByte(rest, '\n')
		if i < 0 {
			i = len(rest) - 1
		}
		if i > longLine {
			return longCell(f.Name, n, 1)
		}
		rest = rest[i+1:]
	}
	return nil
}

// cutOff reports whether the text stops within a row: fewer cells than the others have and no line end.
func cutOff(text []byte, last []string, width int) bool {
	return len(last) > 0 && len(last) < width && !bytes.HasSuffix(text, []byte("\n")) && !bytes.HasSuffix(text, []byte("\r"))
}

// separator is the comma unless the first lines have more tabs or semicolons (Excel's Unicode text).
func separator(text []byte) rune {
	head := text[:min(len(text), 4096)]
	best, count := ',', bytes.Count(head, []byte(","))
	for _, c := range []rune{'\t', ';'} {
		if n := bytes.Count(head, []byte(string(c))); n > count {
			best, count = c, n
		}
	}
	return best
}
