// Package pdf sets a paper on the page the way Chinese offices expect it (after GB/T 9704-2012) and gives the PDF.
//
// A paper is a Document: plain data whose every word comes from the caller. Render lays it out and paints it;
// the same Document and the same Faces give the same bytes.
package pdf

import "time"

// Kind is the form a paper takes.
type Kind string

const (
	// Plain has no red head: case files, proofs, handouts.
	Plain Kind = "plain"
	// Bulletin has the red head, the number and the red rule (clause 7.2 of the standard).
	Bulletin Kind = "bulletin"
	// Letter has the letterhead with double red rules and no page number on page 1 (clause 10.1).
	Letter Kind = "letter"
	// Minutes has a red mark ending in the word for minutes and no number of its own (clause 10.3).
	Minutes Kind = "minutes"
)

// Document is one paper. Empty fields are left out of the page together with the space they would take.
type Document struct {
	Kind Kind
	Meta Meta

	// Cover is a first page of its own, for a case file; it carries no page number.
	Cover *Cover
	// CopyNumber (six figures), Secrecy and Urgency stand one below the other at the top left of a Bulletin (7.2.1 to
	// 7.2.3); each is empty unless the signer sets it.
	CopyNumber, Secrecy, Urgency string
	// Mark is the issuer's mark in red, e.g. the body's name and the word for "document". Not drawn when Plain.
	Mark string
	// Number is the document number as printed, e.g. a code, 〔2026〕 and 3号.
	Number string
	// Title is printed centred. A "|" in it marks a place where sense allows a new line; lines are chosen so that
	// they form a trapezium or a diamond. Without any "|" lines break where the rules of punctuation allow.
	Title string
	// To is the line of addressees, with its closing full-width colon.
	To string
	// Body is the text.
	Body []Block

	// AnnexLead stands before the list of annexes under the text, with its colon.
	AnnexLead string
	// Annexes follow the signature, each on a page of its own; those with a ListName stand in the list.
	Annexes []Annex

	// Signature is the signing body, Date the date as printed.
	Signature, Date string
	// SealSpace sets signature and date so that a person can stamp over them. No seal is ever drawn.
	SealSpace bool

	// Files are attached to the file as they are, in order; a reader of PDF lists them beside the pages.
	Files []File

	// Imprint stands at the foot of the last page. A Letter's has the copies only, and no rules (10.1).
	Imprint Imprint

	// Sample, if not empty, is printed aslant and pale over every page: a draft that must not pass for the real thing.
	// It also stands among the file's keywords.
	Sample string
	// Reader, if not empty, is printed small at the foot of every page: whose copy this is.
	Reader string
	// Running, if not empty, is printed small at the head of every page but the cover and page 1.
	Running string
}

// Meta is what the file says about itself.
type Meta struct {
	// Title for the file's properties; empty takes Document.Title.
	Title string
	// Author and Subject, may be empty.
	Author, Subject string
	// Lang is a BCP 47 tag; empty means zh-CN.
	Lang string
	// Keywords in ASCII stand in the file in the open, for programs that do not read pages; a sample's word takes their place.
	Keywords string
	// Created is the only time written to the file; required, so that the bytes do not depend on when they are made.
	Created time.Time
}

// Cover is the first page of a case file.
type Cover struct {
	// Over stands above the title, e.g. the office's name.
	Over string
	// Title is printed large and centred; "|" as in Document.Title.
	Title string
	// Number is printed centred under the title.
	Number string
	// Items are printed as a ruled list in the middle of the page.
	Items []KeyValue
	// Foot lines are printed centred near the foot, e.g. body and date.
	Foot []string
}

// Annex is one annex.
type Annex struct {
	// Label is printed at the top left of its first page, e.g. the word for annex and its number.
	Label string
	// ListNumber and ListName make its entry under the text, e.g. "1. " and the name. Empty ListName: not listed.
	ListNumber, ListName string
	// Title is printed centred on its third line; "|" as in Document.Title.
	Title string
	Body  []Block
}

// Imprint is the block that ends at the foot of the last page; empty when all its fields are.
type Imprint struct {
	// CopyLead and CopyTo make the line of copies, e.g. the word for "copies", its colon, and the readers with a full stop.
	CopyLead, CopyTo string
	// IssuedBy stands left and IssuedOn right on the last line.
	IssuedBy, IssuedOn string
	// Proof is small print above all these, or at the foot when there is nothing else: a signed check value, in lines
	// that are broken wherever they are full.
	Proof string
}

func (i Imprint) empty() bool { return i == Imprint{} }

// Report says what came of a rendering: for doctor, for the record of an issue, and for tests.
type Report struct {
	Pages int
	// Faces are the faces the page asked for, by role, in the order of Roles.
	Faces []FaceUse
	// Warnings are things a person should look at, in the order they were met.
	Warnings []Warning
	// Adjusted is how far line pitch was changed to keep the signature with text: 1 is not at all.
	Adjusted float64
}

// FaceUse says which face served a role.
type FaceUse struct {
	Role Role
	// Name is the face's full name, SHA256 the hex digest of its file.
	Name, SHA256 string
	// Origin is a file's path, or "builtin".
	Origin string
	// Fallback is true if the role had no face of its own and another role's stands in.
	Fallback bool
}

// WarningKey names a kind of warning.
type WarningKey string

const (
	// MissingGlyph: no face has Rune; a visible mark stands in its place.
	MissingGlyph WarningKey = "pdf.missing_glyph"
	// RowTooTall: a table row is taller than a page and was split after all.
	RowTooTall WarningKey = "pdf.row_too_tall"
	// LineRuleBroken: a line begins or ends with a sign it must not, because no other break fitted.
	LineRuleBroken WarningKey = "pdf.line_rule_broken"
	// SignatureForced: text was moved to the signature's page because no change of pitch kept them together.
	SignatureForced WarningKey = "pdf.signature_forced"
	// NoTextOnFirstPage: head and addressees fill page 1, which has to show text (7.3.3).
	NoTextOnFirstPage WarningKey = "pdf.no_text_on_first_page"
)

// Warning is one thing a person should look at.
type Warning struct {
	Key WarningKey
	// Rune for MissingGlyph.
	Rune rune
	// Text is the piece of text concerned, shortened.
	Text string
}
