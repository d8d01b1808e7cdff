package inbox

import (
	"io"
	"strings"
	"time"

	"anfang.example/inspections"
)

// maxNoted is how many rows a note names; the import page shows them all.
const maxNoted = 100

// mark tells Windows that a text is UTF-8.
const mark = "\ufeff"

// noteName is the name of the text beside a file that says what is asked.
func (b *Inbox) noteName(name string) string { return name + b.Words.T("inbox.note.ending") }

func (b *Inbox) isNote(name string) bool {
	return strings.HasSuffix(name, b.Words.T("inbox.note.ending"))
}

// noteOf says what a person must do about a file; "" where there is nothing to say.
func (b *Inbox) noteOf(out Outcome) string {
	t := b.Words.T
	var lines []string
	switch {
	case out.Reason != nil:
		lines = append(lines, b.Words.Error(out.Reason), "", t("inbox.note."+out.Went+".do"))
	default:
		left := 0
		for _, p := range out.Problems {
			if !p.LeftOut || silent[p.Key] {
				continue
			}
			if left++; left <= maxNoted {
				lines = append(lines, b.line(p))
			}
		}
		if left == 0 {
			return ""
		}
		lines = append([]string{t("inbox.note.rows", "taken", out.Tally.Rows, "left", left), ""}, lines...)
		if left > maxNoted {
			lines = append(lines, t("inbox.note.more", "n", left-maxNoted))
		}
		lines = append(lines, "", t("inbox.note.rows.do"))
	}
	head := t("inbox.note.head", "file", out.File, "at", b.Words.FullMoment(b.Now()))
	return mark + strings.Join(append([]string{head, ""}, lines...), "\r\n") + "\r\n"
}

// silent are rows that nobody misses.
var silent = map[string]bool{"blank_row": true, "repeated_header": true, "duplicate_row": true, "same_day_again": true}

func (b *Inbox) line(p inspections.Problem) string {
	text := b.Words.T("problem."+p.Key, "value", p.Value, "repaired", p.Repaired)
	return b.Words.T("inbox.note.row", "sheet", p.Sheet, "row", p.Row, "column", p.Column, "what", text, "value", p.Value)
}

// note reads the text beside a file, and when it was written; since where there is none.
func (f *folder) note(at string, since time.Time) (string, time.Time) {
	in, err := f.Open(at)
	if err != nil {
		return "", since
	}
	defer in.Close() // read only
	info, err := in.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return "", since
	}
	const limit = 64 << 10
	text, err := io.ReadAll(io.LimitReader(in, limit))
	if err != nil {
		return "", since
	}
	return strings.TrimPrefix(strings.ToValidUTF8(string(text), "�"), mark), info.ModTime()
}
