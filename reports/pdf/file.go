package pdf

import (
	"bytes"
	"fmt"
	"regexp"

	"github.com/go-pdf/fpdf"
)

// File is an attachment of a paper. Name is what a reader of PDF shows and saves it as.
type File struct {
	Name string
	Data []byte
}

// attach hands the files to the writer.
func (p *painter) attach(files []File) {
	list := make([]fpdf.Attachment, len(files))
	for i, f := range files {
		list[i] = fpdf.Attachment{Content: f.Data, Filename: f.Name}
	}
	p.out.SetAttachments(list)
}

var attachedAs = regexp.MustCompile(`\(Attachement([0-9]+)\)`)

// inNameOrder renames the entries of the tree of attached files. The tree must be sorted by name (ISO 32000, 7.9.6), and
// fpdf numbers its entries without leading zeros; the new names are as long as the old, so that no offset moves.
func inNameOrder(file []byte) []byte {
	at := bytes.LastIndex(file, []byte("/EmbeddedFiles"))
	if at < 0 {
		return file
	}
	tree := attachedAs.ReplaceAllFunc(file[at:], func(entry []byte) []byte {
		digits := attachedAs.FindSubmatch(entry)[1]
		return fmt.Appendf(nil, "(%c000000000-%s)", 'a'+rune(len(digits)), digits)
	})
	return append(file[:at:at], tree...)
}
