package pdf

// Block is one piece of a paper's text, from top to bottom.
type Block interface{ isBlock() }

// Heading is a numbered heading. Level 1 is set in Hei, 2 in Kai, 3 and 4 in the face of the text; none is bold.
// The number is part of Text. A heading is never left at the foot of a page without what follows it.
type Heading struct {
	Level int
	Text  string
	// RunIn, if not empty, goes on in the same paragraph in the face of the text.
	RunIn string
}

// Align is how text sits in its line.
type Align string

const (
	Left   Align = "left" // the empty Align, too, is left
	Center Align = "center"
	Right  Align = "right"
)

// Para is a paragraph: first line indented by two characters, turned lines flush, both edges straight.
// A "\n" in Text begins a new line without indent.
type Para struct {
	// Lead, if not empty, begins the paragraph in Hei.
	Lead string
	Text string
	// Flush leaves the indent out.
	Flush bool
	// Align other than Left sets lines without indent and ragged.
	Align Align
	// Role is the face; empty means Text.
	Role Role
	// Size in points; 0 means 16 (size 3).
	Size float64
}

// Item is a paragraph with a marker and a hanging indent, for lists in a case file.
type Item struct {
	Marker, Text string
}

// Column of a table.
type Column struct {
	// Weight is the column's share of the width; when all are 0 the contents decide.
	Weight float64
	Align  Align
}

// Table is a ruled table as wide as the text. Its head is repeated on each page and no row is split over two pages.
type Table struct {
	// Caption stands centred above, in Hei; Unit right above the table, small; Note left below it, small.
	Caption, Unit, Note string
	// Columns may be empty: then each is left-aligned and the contents decide the widths.
	Columns []Column
	Head    []string
	// Rows hold one string for each column; missing ones are empty, a "\n" begins a new line in the cell.
	Rows [][]string
	// Pages names an Anchor for each row: the number of its page is printed in the last column.
	Pages []string
	// Size in points; 0 means 12 (small size 4), or 10.5 (size 5) if the table has more than six columns.
	Size float64
	// Together is the height in mm up to which the table stays on one page; a taller one leaves neither its
	// first row nor its last one alone on a page. 0 lets it run on.
	Together float64
}

// KeyValue is one labelled value.
type KeyValue struct {
	Key, Value string
	// Pages prints the number of numbered pages instead of Value; ruled lists only.
	Pages bool
}

// KeyValues is a list of labelled values, keys in Hei in a column of their own.
type KeyValues struct {
	Items []KeyValue
	// Ruled draws a frame and lines between, as on a form.
	Ruled bool
	// Size in points; 0 means 14 (size 4).
	Size float64
	// Together is the height in mm up to which a ruled list stays on one page; 0 means two thirds of the area.
	Together float64
}

// PageBreak begins a new page.
type PageBreak struct{}

// Space leaves empty lines.
type Space struct{ Lines float64 }

func (Heading) isBlock()   {}
func (Para) isBlock()      {}
func (Item) isBlock()      {}
func (Table) isBlock()     {}
func (KeyValues) isBlock() {}
func (PageBreak) isBlock() {}
func (Space) isBlock()     {}
