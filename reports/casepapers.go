package reports

import (
	"bytes"
	"compress/zlib"
	"io"
	"regexp"
	"strings"

	"anfang.example/inspections"
)

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
	for _, i := range f.Issues {
		wanted = append(wanted, i.PDF)
	}
	for _, r := range f.Reports {
		if r.SHA != "" {
			wanted = append(wanted, r.SHA)
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
	for _, r := range f.Reports {
		need[r.By], need[r.OpinionBy] = true, true
	}
	f.Signers = map[inspections.UserID]Signer{}
	for _, u := range users {
		if need[u.ID] {
			f.Signers[u.ID] = Signer{u.Name, u.Duty}
		}
	}
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
