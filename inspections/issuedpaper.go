package inspections

import "anfang.example/inspections/calendar"

// PaperKind is what an issued paper is, other than a bulletin or its correction.
type PaperKind string

// The kinds of papers that are numbered when they are issued.
const (
	PaperRectify PaperKind = "rectify" // rectification notice 整改通知书
	PaperRecall  PaperKind = "recall"  // notice of a recall 召回撤换
	PaperYear    PaperKind = "year"    // yearly report 年度督查情况报告
)

// IssuedPaper is a paper that was signed, numbered and fixed to the byte in one transaction. It is never changed: a
// correction is a paper with a number of its own that replaces it.
type IssuedPaper struct {
	ID       PaperID          `json:"id" db:"id"`
	Kind     PaperKind        `json:"kind" db:"kind"`
	Form     string           `json:"form" db:"form"`       // of a rectification notice, as "order"; "" others
	Subject  string           `json:"subject" db:"subject"` // what it is about: "rectify/7", "measure/3", "year/2025"
	Letter   bool             `json:"letter" db:"letter"`   // to a body not under the office: 函
	To       Party            `json:"to" db:"-"`            // the county for a report that goes to nobody in particular
	Name     string           `json:"name" db:"to_name"`
	Title    string           `json:"title" db:"title"`
	Prefix   string           `json:"prefix" db:"prefix"` // 机关代字
	Year     int              `json:"year" db:"number_year"`
	Number   int              `json:"number" db:"number"` // without gaps per series and year
	SignedBy string           `json:"signed_by" db:"signed_by"`
	Issued   calendar.Instant `json:"issued" db:"issued_at"`
	Due      calendar.Date    `json:"due" db:"due_on"`            // last day of what it asks; zero: it asks nothing
	Replaces PaperID          `json:"replaces" db:"replaces_id"`  // the paper it corrects; 0: none
	Reason   string           `json:"reason" db:"reason"`         // of the correction
	PDF      string           `json:"pdf_sha256" db:"pdf_sha256"` // of the bytes as they left
}

// PaperFilter narrows a list of issued papers; zero fields do not.
type PaperFilter struct {
	Subject string
	SHA     string // of the PDF
	To      Party
}
