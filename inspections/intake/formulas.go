package intake

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"

	"github.com/xuri/excelize/v2"
)

// formulaCell stands in a cell that holds a formula: what it gives depends on who opened the file last,
// so that the cell is refused where it is needed and the row listed.
const formulaCell = "\x00formula"

type cellAt struct{ row, column int } // from 1

// maxFormulas bounds what is noted of one sheet; a sheet with more is refused as a whole.
const maxFormulas = 500_000

var errFormulas = errors.New("intake: too many formulas")

// formulas finds the cells with a formula by sheet name, in the parts that have any.
func formulas(parts []*zip.File, names map[string]string) (map[string]map[cellAt]bool, error) {
	found := map[string]map[cellAt]bool{}
	for _, part := range parts {
		cells, err := formulaCells(part)
		if err != nil {
			return nil, err
		}
		found[names[part.Name]] = cells
	}
	return found, nil
}

func formulaCells(part *zip.File) (map[cellAt]bool, error) {
	r, err := part.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	cells := map[cellAt]bool{}
	var at cellAt
	d := xml.NewDecoder(io.LimitReader(r, maxUnzipBytes))
	for {
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return cells, nil
		}
		if err != nil {
			return nil, err
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch start.Name.Local {
		case "row":
			at = cellAt{at.row + 1, 0}
			if n := number(attribute(start, "r")); n > 0 {
				at.row = n
			}
		case "c":
			at.column++
			if column, row, err := excelize.CellNameToCoordinates(attribute(start, "r")); err == nil {
				at = cellAt{row, column}
			}
		case "f":
			if cells[at] = true; len(cells) > maxFormulas {
				return nil, errFormulas
			}
		}
	}
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// sheetNames maps the parts of a workbook to the names of their sheets; what cannot be read is left away
// and shows up as damage when the sheet is opened.
func sheetNames(z *zip.Reader) map[string]string {
	var book struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
			ID   string `xml:"id,attr"`
		} `xml:"sheets>sheet"`
	}
	var rels struct {
		List []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	readPart(z, "xl/workbook.xml", &book)
	readPart(z, "xl/_rels/workbook.xml.rels", &rels)
	names := map[string]string{}
	for _, rel := range rels.List {
		target := strings.TrimPrefix(rel.Target, "/")
		if !strings.HasPrefix(rel.Target, "/") {
			target = path.Join("xl", rel.Target)
		}
		for _, s := range book.Sheets {
			if s.ID == rel.ID {
				names[target] = s.Name
			}
		}
	}
	return names
}

const maxIndexBytes = 4 << 20 // of a list of sheets

func readPart(z *zip.Reader, name string, into any) {
	r, err := z.Open(name)
	if err != nil {
		return
	}
	defer r.Close()
	_ = xml.NewDecoder(io.LimitReader(r, maxIndexBytes)).Decode(into) // see sheetNames
}

// maxValueBytes is beyond any date, name, number or word that a wanted cell can hold. Longer ones are not
// looked at: a text that half a million cells share must not be searched half a million times.
const maxValueBytes = 1000

// tooLong gives the field of a wanted column whose cell no honest table has.
func (h header) tooLong(l line) (field, bool) {
	for f, i := range h.cols {
		if i < len(l.cells) && len(l.cells[i]) > maxValueBytes && f != fNote && f != fPlace {
			return f, true
		}
	}
	return "", false
}

// formulaIn gives the field of a wanted column that holds a formula.
func (h header) formulaIn(l line) (field, bool) {
	for f, i := range h.cols {
		if i < len(l.cells) && l.cells[i] == formulaCell {
			return f, true
		}
	}
	return "", false
}
