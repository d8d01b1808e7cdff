package reports

import (
	"bytes"
	"compress/zlib"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
)

// CaseLetter is a letter that left in a case, with its words.
type CaseLetter struct {
	Branch   int
	Name     string // whom it went to
	Created  calendar.Instant
	State    inspections.LetterState // as people read it
	Settled  calendar.Instant
	External bool // to a unit that is not under the county: a letter 函
	PrintedLetter
}

// PrintedLetter is what a letter says, for a paper of it.
type PrintedLetter struct {
	Title     string
	To        string   // with its closing colon; "" where the letter has none
	Paras     []string // without indent
	Signature []string // body and date
}

// CasePaper is what is known of a kept file: evidence or a stamped original that was scanned back in.
type CasePaper struct {
	Media string // by its content, e.g. "application/pdf"; "" unknown
	Bytes int
	Pages int // of a PDF; 0 when they cannot be counted
}

// Picture reports whether the paper can be placed on a page.
func (p CasePaper) Picture() bool { return p.Media == "image/jpeg" || p.Media == "image/png" }

// Signer is who stands under a paper.
type Signer struct{ Name, Duty string }

// papers looks at each kept file; what was lawfully erased is not there.
func (f *CaseFile) papers(tx Tx, _ *inspections.Roster) error {
	f.Papers, f.Pictures, f.Files = map[string]CasePaper{}, map[string][]byte{}, map[string][]byte{}
	var wanted []string
	for _, e := range f.Evidence {
		wanted = append(wanted, e.SHA)
	}
	for _, a := range f.Acts {
		if a.SHA != "" {
			wanted = append(wanted, a.SHA)
		}
	}
	for _, sha := range wanted {
		if _, seen := f.Papers[sha]; seen {
			continue
		}
		data, err := tx.Blob(sha)
		if inspections.IsNotFound(err) {
			continue
		}
		if err != nil {
			return err
		}
		paper := CasePaper{Media: mediaOf(data), Bytes: len(data)}
		if paper.Media == mediaPDF {
			paper.Pages = pagesOf(data)
			f.Files[sha] = data
		}
		f.Papers[sha] = paper
		if paper.Picture() {
			f.Pictures[sha] = data
		}
	}
	return nil
}

// signers names everybody who signed something in the case.
func (f *CaseFile) signers(tx Tx, _ *inspections.Roster) error {
	users, err := tx.Users()
	if err != nil {
		return err
	}
	need := map[inspections.UserID]bool{f.Case.DecidedBy: true}
	for _, a := range f.Acts {
		need[a.By], need[a.Second] = true, true
	}
	for _, b := range f.Branches {
		need[b.ConcludedBy], need[b.ApprovedBy] = true, true
	}
	for _, m := range f.Measures {
		need[m.DecidedBy] = true
	}
	f.Signers = map[inspections.UserID]Signer{}
	for _, u := range users {
		if need[u.ID] {
			f.Signers[u.ID] = Signer{u.Name, u.Duty}
		}
	}
	return nil
}

// letters adds the start letters of the case with their words.
func (f *CaseFile) letters(tx Tx, words func(inspections.Letter) (PrintedLetter, error)) error {
	if words == nil {
		return nil
	}
	for _, kind := range []inspections.LetterKind{inspections.LetterCaseTownship, inspections.LetterCaseUnit, inspections.LetterCaseMember} {
		list, err := tx.Letters(inspections.LetterFilter{Kind: kind})
		if err != nil {
			return err
		}
		for _, l := range list {
			i := slices.IndexFunc(f.Acts, func(a casework.Act) bool { return a.Kind == casework.ActInvited && a.Text == l.Key })
			if i < 0 {
				continue
			}
			printed, err := words(l)
			if err != nil {
				return fmt.Errorf("letter %d: %w", l.ID, err)
			}
			var form struct {
				External bool `json:"external"`
			}
			if err := json.Unmarshal(l.Args, &form); err != nil {
				return fmt.Errorf("letter %d: %w", l.ID, err)
			}
			f.Letters = append(f.Letters, CaseLetter{f.Acts[i].Branch, l.Name, l.Created, l.Standing(), l.Settled, form.External, printed})
		}
	}
	slices.SortStableFunc(f.Letters, func(a, b CaseLetter) int { return a.Branch - b.Branch })
	return nil
}

// mediaOf says what a file is by its first bytes: what its sender called it does not matter.
func mediaOf(data []byte) string {
	for prefix, media := range map[string]string{"\x89PNG\r\n\x1a\n": "image/png", "\xff\xd8\xff": "image/jpeg", "%PDF-": "application/pdf"} {
		if bytes.HasPrefix(data, []byte(prefix)) {
			return media
		}
	}
	return ""
}

var (
	pdfPage   = regexp.MustCompile(`/Type\s*/Page[^s\w]`)
	pdfBundle = regexp.MustCompile(`(?s)/Type\s*/ObjStm.{0,400}?stream\r?\n`)
)

// pagesOf counts a PDF's pages: its page objects, and those within compressed bundles of objects. 0: none were found,
// for instance in an encrypted file.
func pagesOf(data []byte) int {
	n := len(pdfPage.FindAll(data, -1))
	for _, at := range pdfBundle.FindAllIndex(data, -1) {
		inflate, err := zlib.NewReader(bytes.NewReader(data[at[1]:]))
		if err != nil {
			continue // not compressed this way
		}
		const most = 64 << 20 // a bundle larger than this is no scan of a paper
		var text strings.Builder
		_, err = io.Copy(&text, io.LimitReader(inflate, most))
		if err == nil || text.Len() > 0 {
			n += len(pdfPage.FindAllString(text.String()+" ", -1))
		}
	}
	return n
}
