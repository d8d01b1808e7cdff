package sheet

import (
	"bytes"
	"fmt"

	"github.com/xuri/excelize/v2"
)

// column is one column: its heading and its width in characters.
type column struct {
	head  string
	width float64
	left  bool // text is set left, else in the middle
}

// paper is one printed table.
type paper struct {
	name      string // of the sheet
	title     string
	under     string // a line below the title: body, month, day
	columns   []column
	rows      [][]any  // texts, whole numbers; nil is an empty cell
	after     []string // lines below the table, over its whole width
	signs     []string // places to sign
	landscape bool
	height    float64 // of a row, in points; 0 means 20

	font, headFont string
}

// Rows of the printed table.
const (
	titleRow = 1
	underRow = 2
	headRow  = 3
	firstRow = 4
)

type styles struct{ title, under, head, cell, left, after int }

// workbook writes tables, each on a sheet of its own: A4, one page wide, headings on every page, borders,
// page numbers.
func workbook(papers ...paper) ([]byte, error) {
	f := excelize.NewFile()
	defer func() { _ = f.Close() }() // nothing on disk
	for i, p := range papers {
		if i == 0 {
			if err := f.SetSheetName("Sheet1", p.name); err != nil {
				return nil, fmt.Errorf("sheet: %w", err)
			}
		} else if _, err := f.NewSheet(p.name); err != nil {
			return nil, fmt.Errorf("sheet: %w", err)
		}
		if err := p.pageSetup(f); err != nil {
			return nil, fmt.Errorf("sheet: page: %w", err)
		}
		st, err := makeStyles(f, p.font, p.headFont)
		if err != nil {
			return nil, fmt.Errorf("sheet: style: %w", err)
		}
		if err := p.write(f, st); err != nil {
			return nil, fmt.Errorf("sheet: %w", err)
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		return nil, fmt.Errorf("sheet: %w", err)
	}
	return out.Bytes(), nil
}

func (p paper) pageSetup(f *excelize.File) error {
	const a4 = 9
	size, wide, tall, fit := a4, 1, 0, true
	orientation := "portrait"
	if p.landscape {
		orientation = "landscape"
	}
	if err := f.SetSheetProps(p.name, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	if err := f.SetPageLayout(p.name, &excelize.PageLayoutOptions{Size: &size, Orientation: &orientation, FitToWidth: &wide, FitToHeight: &tall}); err != nil {
		return err
	}
	side, end, middle := 0.5, 0.6, true
	if err := f.SetPageMargins(p.name, &excelize.PageLayoutMarginsOptions{
		Left: &side, Right: &side, Top: &end, Bottom: &end, Horizontally: &middle,
	}); err != nil {
		return err
	}
	if err := f.SetHeaderFooter(p.name, &excelize.HeaderFooterOptions{OddFooter: "&C&P / &N"}); err != nil {
		return err
	}
	return f.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", Scope: p.name, RefersTo: fmt.Sprintf("'%s'!$%d:$%d", p.name, headRow, headRow),
	})
}

// makeStyles takes the names of the fonts as Excel knows them: of the text and of headings.
func makeStyles(f *excelize.File, body, heading string) (st styles, err error) {
	border := []excelize.Border{}
	for _, side := range []string{"left", "right", "top", "bottom"} {
		border = append(border, excelize.Border{Type: side, Color: "000000", Style: 1})
	}
	make := func(s excelize.Style) int {
		id, e := f.NewStyle(&s)
		if err == nil {
			err = e
		}
		return id
	}
	middle := &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}
	left := &excelize.Alignment{Horizontal: "left", Vertical: "center", WrapText: true}
	const text = 49 // the number format "@"
	st.title = make(excelize.Style{Font: &excelize.Font{Family: heading, Size: 18, Bold: true}, Alignment: middle})
	st.under = make(excelize.Style{Font: &excelize.Font{Family: body, Size: 11}, Alignment: left})
	st.head = make(excelize.Style{Font: &excelize.Font{Family: heading, Size: 10}, Alignment: middle, Border: border})
	st.cell = make(excelize.Style{Font: &excelize.Font{Family: body, Size: 10}, Alignment: middle, Border: border})
	st.left = make(excelize.Style{Font: &excelize.Font{Family: body, Size: 10}, Alignment: left, Border: border, NumFmt: text})
	st.after = make(excelize.Style{Font: &excelize.Font{Family: body, Size: 11}, Alignment: left})
	return st, err
}

func (p paper) write(f *excelize.File, st styles) error {
	w, err := f.NewStreamWriter(p.name)
	if err != nil {
		return err
	}
	for i, c := range p.columns {
		if err := w.SetColWidth(i+1, i+1, c.width); err != nil {
			return err
		}
	}
	last, err := excelize.ColumnNumberToName(len(p.columns))
	if err != nil {
		return err
	}
	line := func(row, style int, text string, height float64) error {
		if err := w.SetRow(fmt.Sprintf("A%d", row), []any{excelize.Cell{StyleID: style, Value: text}}, excelize.RowOpts{Height: height}); err != nil {
			return err
		}
		return w.MergeCell(fmt.Sprintf("A%d", row), fmt.Sprintf("%s%d", last, row))
	}
	if err := line(titleRow, st.title, p.title, 32); err != nil {
		return err
	}
	if err := line(underRow, st.under, p.under, 20); err != nil {
		return err
	}
	heads := make([]any, len(p.columns))
	for i, c := range p.columns {
		heads[i] = excelize.Cell{StyleID: st.head, Value: c.head}
	}
	if err := w.SetRow(fmt.Sprintf("A%d", headRow), heads, excelize.RowOpts{Height: 30}); err != nil {
		return err
	}
	for n, row := range p.rows {
		cells := make([]any, len(p.columns))
		for i := range cells {
			style := st.cell
			if p.columns[i].left {
				style = st.left
			}
			cell := excelize.Cell{StyleID: style}
			if i < len(row) {
				cell.Value = row[i]
			}
			cells[i] = cell
		}
		if err := w.SetRow(fmt.Sprintf("A%d", firstRow+n), cells, excelize.RowOpts{Height: max(p.height, 20)}); err != nil {
			return err
		}
	}
	next := firstRow + len(p.rows)
	for _, text := range p.after {
		if err := line(next, st.after, text, 20); err != nil {
			return err
		}
		next++
	}
	if len(p.signs) > 0 {
		cells := make([]any, len(p.columns))
		for i, text := range p.signs {
			cells[i*len(p.columns)/len(p.signs)] = excelize.Cell{StyleID: st.under, Value: text}
		}
		if err := w.SetRow(fmt.Sprintf("A%d", next+1), cells, excelize.RowOpts{Height: 28}); err != nil {
			return err
		}
		for i := range p.signs {
			from := i*len(p.columns)/len(p.signs) + 1
			until := (i + 1) * len(p.columns) / len(p.signs)
			if until <= from {
				continue
			}
			a, errA := excelize.CoordinatesToCellName(from, next+1)
			b, errB := excelize.CoordinatesToCellName(until, next+1)
			if errA != nil || errB != nil {
				return fmt.Errorf("columns %d to %d", from, until)
			}
			if err := w.MergeCell(a, b); err != nil {
				return err
			}
		}
	}
	return w.Flush()
}
