package intake

import (
	"errors"
	"slices"
	"strings"

	"anfang.example/inspections"
)

// sheet is one table of a file, read row by row.
type sheet struct {
	file string
	name string // "" for csv
	xlsx bool   // numbers in date cells are then ordinary, not damage
	// days1904 is added to date serials of workbooks made on old Macs.
	days1904 int
	each     func(func(line) error) error

	mapping map[string]string
	answers map[At]inspections.MemberID
}

// line is one row; row counts from 1 as a spreadsheet does.
type line struct {
	row   int
	cells []string
}

// header says in which column (from 0) each field stands.
type header struct {
	kind   kind
	row    int
	cols   map[field]int
	titles []string // the heading of each column as written
	above  string   // what stands above it: title and note lines
}

var errStop = errors.New("intake: enough rows")

// headerDepth is how many rows a heading may stand below the top.
const headerDepth = 30

// walk finds the heading of one of kinds and calls row for each line after it. Only the lines above the
// heading are ever held. found is nil when no heading was recognised.
func (s sheet) walk(kinds []kind, row func(header, line) error) (found *header, err error) {
	var top []line
	settle := func() error {
		h, err := findHeader(s, top, kinds)
		if err != nil || h == nil {
			return errors.Join(err, errStop)
		}
		found = h
		for _, l := range top {
			if l.row > h.row {
				if err := row(*h, l); err != nil {
					return err
				}
			}
		}
		top = nil
		return nil
	}
	err = s.each(func(l line) error {
		if found != nil {
			return row(*found, l)
		}
		top = append(top, l)
		if len(top) < headerDepth {
			return nil
		}
		return settle()
	})
	if err == nil && found == nil && len(top) > 0 {
		err = settle()
	}
	var known *inspections.Error
	if errors.As(err, &known) {
		return found, known
	}
	if errors.Is(err, errStop) {
		err = nil
	}
	return found, err
}

// findHeader picks, among the first rows, the row and kind with the most headings that are known. A row
// whose headings fit a kind but lack a required one is a structural fault of the file.
func findHeader(s sheet, top []line, kinds []kind) (*header, error) {
	var best *header
	for i, l := range top {
		tries := [][]string{l.cells}
		if i > 0 {
			// Two header rows: the lower heading counts, else the upper one (merged cells lost in csv).
			tries = append(tries, below(top[i-1].cells, l.cells))
		}
		for _, cells := range tries {
			for _, k := range kinds {
				h := header{kind: k, row: l.row, cols: columns(k, cells, s.mapping), titles: cells}
				if best != nil && best.kind == k && l.row == best.row+1 && len(h.cols) == len(best.cols) && slices.Equal(cells, best.titles) {
					best.row = l.row // a heading merged over two rows
				}
				if best == nil && len(h.cols) > 0 || best != nil && len(h.cols) > len(best.cols) {
					best = &h
				}
			}
		}
	}
	if best == nil || len(best.cols) < 2 {
		return nil, nil
	}
	var missing []string
	for _, f := range headings[best.kind].required {
		if _, ok := best.cols[f]; !ok {
			if other, may := headings[best.kind].instead[f]; may && best.has(other) {
				continue
			}
			missing = append(missing, headings[best.kind].names[f][0])
		}
	}
	if len(missing) > 0 && len(best.cols) < 3 {
		return nil, nil
	}
	if len(missing) > 0 {
		return nil, inspections.Fail(inspections.Invalid, "intake.missing_column",
			"file", s.file, "sheet", s.name, "columns", strings.Join(missing, "、"))
	}
	for _, l := range top {
		if l.row < best.row {
			best.above += strings.Join(l.cells, " ") + " "
		}
	}
	return best, nil
}

func below(upper, lower []string) []string {
	both := append([]string(nil), lower...)
	for i, c := range upper {
		if i >= len(both) {
			both = append(both, c)
		} else if squeeze(both[i]) == "" {
			both[i] = c
		}
	}
	return both
}

// columns maps the fields of a kind to columns; the first column with a heading of the field counts.
// what a person said of a heading goes before its words.
func columns(k kind, cells []string, mapping map[string]string) map[field]int {
	cols := map[field]int{}
	for i, c := range cells {
		f, ok := fieldOf(k, c)
		if len(mapping) > 0 && len(c) <= maxValueBytes {
			if told, is := mapping[squeeze(c)]; is {
				f, ok = field(told), headings[k].names[field(told)] != nil
			}
		}
		if !ok {
			continue
		}
		if _, taken := cols[f]; !taken {
			cols[f] = i
		}
	}
	return cols
}

func (h header) get(l line, f field) string {
	i, ok := h.cols[f]
	if !ok || i >= len(l.cells) {
		return ""
	}
	return l.cells[i]
}

func (h header) has(f field) bool {
	_, ok := h.cols[f]
	return ok
}

// title gives the heading of a field as the file writes it, for the problem list.
func (h header) title(f field) string {
	if i, ok := h.cols[f]; ok && i < len(h.titles) {
		return squeeze(h.titles[i])
	}
	if names := headings[h.kind].names[f]; len(names) > 0 {
		return names[0]
	}
	return ""
}

// blank reports whether a line holds nothing.
func (l line) blank() bool {
	for _, c := range l.cells {
		if len(c) > maxValueBytes || squeeze(c) != "" {
			return false
		}
	}
	return true
}

// repeatsHeader reports whether the heading stands in the middle again.
func (h header) repeatsHeader(l line) bool {
	same := 0
	for _, i := range h.cols {
		if i < len(l.cells) && i < len(h.titles) && len(l.cells[i]) <= maxValueBytes && squeeze(l.cells[i]) != "" && squeeze(l.cells[i]) == squeeze(h.titles[i]) {
			same++
		}
	}
	return same*2 > len(h.cols)
}

// footer reports whether a line is a total, a note or a signature line below the table.
func (l line) footer() bool {
	seen := 0
	for _, c := range l.cells {
		c = squeeze(c[:min(len(c), maxValueBytes)])
		if c == "" {
			continue
		}
		for _, word := range footerWords {
			if strings.HasPrefix(c, word) {
				return true
			}
		}
		if seen++; seen == 1 {
			return false
		}
	}
	return false
}

// overflow reports whether cells stand right of the last heading: a separator inside a value shifted
// the row, so that no column can be trusted.
func (h header) overflow(l line) bool {
	for i := len(h.titles); i < len(l.cells); i++ {
		if len(l.cells[i]) > maxValueBytes || squeeze(l.cells[i]) != "" {
			return true
		}
	}
	return false
}
