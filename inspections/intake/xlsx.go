package intake

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"strings"

	"anfang.example/inspections"
	"github.com/xuri/excelize/v2"
)

// openWorkbook opens the sheets of an xlsx; close removes its temporary files.
func openWorkbook(file File) (sheets []sheet, closeBook func(), err error) {
	invalid := func(key string, cause error) error {
		return inspections.Fail(inspections.Invalid, key, "file", file.Name).Because(cause)
	}
	closeBook = func() {}
	// excelize panics on some damaged workbooks; a damaged file is the sender's fault, not ours.
	defer func() {
		if p := recover(); p != nil {
			sheets, err = nil, invalid("intake.damaged", fmt.Errorf("excelize: %v", p))
		}
	}()
	merged, computed, err := inspectZip(file)
	if err != nil {
		return nil, closeBook, err
	}
	book, err := excelize.OpenReader(bytes.NewReader(file.Data), excelize.Options{
		UnzipSizeLimit: maxUnzipBytes, UnzipXMLSizeLimit: maxPartBytes, RawCellValue: true,
	})
	if err != nil {
		return nil, closeBook, invalid("intake.damaged", err)
	}
	closeBook = func() { _ = book.Close() } // only temporary files are lost
	shift := 0
	if props, err := book.GetWorkbookProps(); err == nil && props.Date1904 != nil && *props.Date1904 {
		shift = 1462
	}
	for _, name := range book.GetSheetList() {
		if visible, err := book.GetSheetVisible(name); err == nil && !visible {
			continue // leftovers of a template
		}
		s := sheet{file: file.Name, name: name, xlsx: true, days1904: shift}
		s.each = func(row func(line) error) error { return eachRow(book, s, merged, computed[name], row) }
		sheets = append(sheets, s)
	}
	return sheets, closeBook, nil
}

// inspectZip refuses what is no workbook or unpacks beyond the limits, before anything is unpacked into
// memory, and tells whether any sheet has merged cells and where formulas stand.
func inspectZip(file File) (merged bool, computed map[string]map[cellAt]bool, err error) {
	invalid := func(key string, cause error) error {
		return inspections.Fail(inspections.Invalid, key, "file", file.Name).Because(cause)
	}
	// Counted before the directory is read, since reading a million entries costs hundreds of megabytes.
	if n := bytes.Count(file.Data, []byte("PK\x01\x02")); n > maxParts {
		return false, nil, invalid("intake.damaged", fmt.Errorf("%d parts", n))
	}
	z, err := zip.NewReader(bytes.NewReader(file.Data), int64(len(file.Data)))
	if err != nil {
		return false, nil, invalid("intake.cut_off", err)
	}
	var total uint64
	workbook := false
	for _, part := range z.File {
		total += part.UncompressedSize64
		if total > maxUnzipBytes || part.UncompressedSize64 > maxUnzipBytes {
			return false, nil, inspections.Fail(inspections.Invalid, "intake.too_large", "file", file.Name, "megabytes", maxUnzipBytes>>20)
		}
		workbook = workbook || strings.EqualFold(part.Name, "xl/workbook.xml")
	}
	if !workbook {
		return false, nil, invalid("intake.not_workbook", nil)
	}
	names := sheetNames(z)
	var withFormulas []*zip.File
	for _, part := range z.File {
		lower := strings.ToLower(part.Name)
		if !strings.HasSuffix(lower, ".xml") && !strings.HasSuffix(lower, ".rels") {
			continue
		}
		seen, err := lookThrough(part)
		var long *longText
		switch {
		case errors.As(err, &long):
			return false, nil, inspections.Fail(inspections.Invalid, "intake.long_cell", "file", file.Name, "sheet", names[part.Name], "cell", long.cell)
		case err != nil:
			return false, nil, invalid("intake.damaged", err)
		}
		merged = merged || seen.merged
		if seen.formulas {
			withFormulas = append(withFormulas, part)
		}
	}
	if computed, err = formulas(withFormulas, names); err != nil {
		return false, nil, invalid("intake.damaged", err)
	}
	return merged, computed, nil
}

// area is a merged block, columns and rows from 1.
type area struct{ left, top, right, bottom int }

// eachRow streams a sheet; merged cells all have the value of their block.
func eachRow(book *excelize.File, s sheet, merged bool, computed map[cellAt]bool, row func(line) error) (err error) {
	invalid := func(cause error) error {
		return inspections.Fail(inspections.Invalid, "intake.damaged", "file", s.file).Because(cause)
	}
	var areas []area
	if merged {
		if areas, err = mergedAreas(book, s.name); err != nil {
			return invalid(err)
		}
	}
	rows, err := book.Rows(s.name)
	if err != nil {
		return invalid(err)
	}
	defer func() { _ = rows.Close() }()
	values := make([]string, len(areas))
	filled := 0
	for n := 1; rows.Next(); n++ {
		if filled > maxRows || n > excelize.TotalRows {
			return inspections.Fail(inspections.Invalid, "intake.too_many_rows", "file", s.file, "rows", maxRows)
		}
		cells, err := rowCells(rows)
		if err != nil {
			return invalid(err)
		}
		if len(cells) > 0 {
			filled++ // a format set down to the last row is not data
		}
		for i := range cells {
			if len(computed) > 0 && computed[cellAt{n, i + 1}] {
				cells[i] = formulaCell
			}
		}
		for i, a := range areas {
			if n < a.top || n > a.bottom {
				continue
			}
			if n == a.top && a.left <= len(cells) {
				values[i] = cells[a.left-1]
			}
			if values[i] == "" {
				continue
			}
			for len(cells) < a.right {
				cells = append(cells, "")
			}
			for c := a.left; c <= a.right; c++ {
				cells[c-1] = values[i]
			}
		}
		if err := row(line{row: n, cells: cells}); err != nil {
			return err
		}
	}
	if err := rows.Error(); err != nil {
		return invalid(err)
	}
	return nil
}

// rowCells reads a row; excelize panics on some damaged cells.
func rowCells(rows *excelize.Rows) (cells []string, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("excelize: %v", p)
		}
	}()
	return rows.Columns(excelize.Options{RawCellValue: true})
}

// maxMergedColumns bounds what a block may fill; wider ones are decoration.
const maxMergedColumns = 200

func mergedAreas(book *excelize.File, name string) (areas []area, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("excelize: %v", p)
		}
	}()
	blocks, err := book.GetMergeCells(name, true)
	if err != nil {
		return nil, err
	}
	for _, b := range blocks {
		var a area
		if a.left, a.top, err = excelize.CellNameToCoordinates(b.GetStartAxis()); err != nil {
			return nil, err
		}
		if a.right, a.bottom, err = excelize.CellNameToCoordinates(b.GetEndAxis()); err != nil {
			return nil, err
		}
		if a.right-a.left < maxMergedColumns {
			areas = append(areas, a)
		}
	}
	return areas, nil
}
