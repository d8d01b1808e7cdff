package post

import (
	"strings"

	"anfang.example/inspections"
)

// Printed is what a letter says, for a paper of it: who is addressed, the text, and who signs.
type Printed struct {
	Title     string
	To        string   // with its closing colon; "" where the letter has none
	Paras     []string // without indent
	Signature []string // body and date, as far as the letter has them
}

// Print gives the words of a letter for a printed paper. Letters of an assignment are not printed: a paper on a desk tells
// who goes. Errors: Forbidden mail.not_printed.
func (r *Renderer) Print(l inspections.Letter) (Printed, error) {
	if l.Kind.Assignment() || l.Kind == inspections.LetterCancelled {
		return Printed{}, inspections.Fail(inspections.Forbidden, "mail.not_printed")
	}
	return r.Read(l)
}

// Read gives the words of any letter, for its own reader.
func (r *Renderer) Read(l inspections.Letter) (Printed, error) {
	args, err := decodeArgs(l)
	if err != nil {
		return Printed{}, err
	}
	if l.Kind.Assignment() {
		args, _ = shorten(args, 0)
	}
	w, err := r.words(l, args, "")
	if err != nil {
		return Printed{}, err
	}
	return printed(w), nil
}

func printed(w words) Printed {
	p := Printed{Title: w.subject}
	signed := false
	for _, b := range w.blocks {
		switch {
		case b.Kind == "title":
			p.Title = b.Text
		case b.Kind == "sign":
			signed = true
			p.Signature = append(p.Signature, b.Text)
		case b.Kind == "link", b.Kind == "receipt", b.Kind == "receipt-link", signed: // an address of the portal says nothing on paper
		case p.To == "" && len(p.Paras) == 0 && (strings.HasSuffix(b.Text, "：") || strings.HasSuffix(b.Text, ":")):
			p.To = b.Text
		default:
			p.Paras = append(p.Paras, b.Text)
		}
	}
	return p
}
