package portal

import (
	"io"
	"mime/multipart"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/intake"
	"anfang.example/inspections/intake/inbox"
)

// maxImportFiles is how many files one import may have: a roster as csv has five.
const maxImportFiles = 12

// importSorts are what a file may be taken for; importAny lets its headings tell.
var importSorts = []string{intake.SortSignIns, intake.SortRoster, intake.SortLeave, intake.SortDuties}

const importAny = "any"

type importsView struct {
	Sorts   []string
	Watched bool            // a folder is watched
	Waiting []inbox.Waiting // its files that wait for a person
}

// importsPage asks for files to be looked at, and shows what waits in the watched folder; nothing is taken yet.
func importsPage(x *exchange) (answer, error) {
	view := importsView{Sorts: append([]string{importAny}, importSorts...), Watched: x.p.cfg.Waiting != nil}
	var err error
	if view.Watched {
		if view.Waiting, err = x.p.cfg.Waiting(); err != nil {
			return answer{}, err
		}
	}
	return show("imports", x.words.T("portal.imports.title"), view), nil
}

// importsUpload keeps the files as they came and shows what would be taken from them.
func importsUpload(x *exchange) (answer, error) {
	f := x.form()
	sort := f.choice("sort", append([]string{importAny}, importSorts...)...)
	month := f.text("month")
	if _, err := calendar.ParseMonth(month); month != "" && err != nil {
		f.fail("month", "not_month")
	}
	var sent []*multipart.FileHeader
	if x.r.MultipartForm != nil {
		for _, h := range x.r.MultipartForm.File["files"] {
			if h.Filename != "" {
				sent = append(sent, h)
			}
		}
	}
	if len(sent) == 0 || len(sent) > maxImportFiles {
		f.fail("files", "import_files", "limit", maxImportFiles)
	}
	page := func() (answer, error) { return importsPage(x) }
	if len(f.faults) > 0 {
		return f.again(page)
	}
	files := make([]intake.File, len(sent))
	for i, h := range sent {
		var err error
		if files[i], err = importFile(h); err != nil {
			return x.refused(err, page)
		}
		// What is no table at all is refused before anything of it is kept.
		if _, err := intake.Look(files[i], sort); err != nil {
			return x.refused(err, page)
		}
	}
	if sort == importAny {
		var err error
		if sort, err = intake.OneSort(files); err != nil {
			return x.refused(err, page)
		}
		if sort == intake.SortCalendar {
			f.fail("files", "import_calendar")
			return f.again(page)
		}
	}
	q := url.Values{"sort": {sort}}
	if month != "" {
		q.Set("month", month)
	}
	for _, file := range files {
		sha, err := x.p.cfg.Office.KeepUpload(x.ctx(), x.actor(), file.Name, file.Data)
		if err != nil {
			return answer{}, err
		}
		q.Add("file", sha+" "+file.Name)
	}
	return answer{to: "/imports/preview?" + q.Encode()}, nil
}

func importFile(h *multipart.FileHeader) (intake.File, error) {
	name := path.Base(strings.ReplaceAll(h.Filename, "\\", "/"))
	in, err := h.Open()
	if err != nil {
		return intake.File{}, err
	}
	defer in.Close() // read only
	data, err := io.ReadAll(io.LimitReader(in, photoBody))
	return intake.File{Name: name, Data: data}, err
}

// importAsked is what the address of a preview, or the form that commits it, says.
type importAsked struct {
	Sort  string
	Month string
	Files []intake.File
	Sums  []string   // SHA-256 of each file
	Told  url.Values // mapping and answers, as they came
}

// readAsked reads the files back and what was said of them. Error: NotFound for a file that never came.
func readAsked(x *exchange, q url.Values) (importAsked, error) {
	a := importAsked{Sort: q.Get("sort"), Month: q.Get("month"), Told: url.Values{}}
	if !slices.Contains(importSorts, a.Sort) || len(q["file"]) == 0 || len(q["file"]) > maxImportFiles {
		return a, noPage()
	}
	mapping := map[string]string{}
	for key, values := range q {
		if heading, is := strings.CutPrefix(key, "m-"); is && values[0] != "?" {
			a.Told.Set(key, values[0])
			mapping[heading] = values[0]
		}
	}
	err := x.view(func(tx Tx) error {
		for i, entry := range q["file"] {
			sha, name, ok := strings.Cut(entry, " ")
			if !ok || len(sha) != 64 {
				return noPage()
			}
			data, err := tx.Blob(sha)
			if err != nil {
				return err
			}
			a.Sums = append(a.Sums, sha)
			a.Files = append(a.Files, intake.File{Name: name, Data: data, Mapping: mapping, Answers: a.answersFor(i, q)})
		}
		return nil
	})
	return a, err
}

// answersFor reads who the rows of a file mean: w-FILE-ROW-SHEET = the member's id and words after it.
func (a importAsked) answersFor(file int, q url.Values) map[intake.At]inspections.MemberID {
	answers := map[intake.At]inspections.MemberID{}
	for key, values := range q {
		rest, is := strings.CutPrefix(key, "w-")
		if !is || values[0] == "" {
			continue
		}
		parts := strings.SplitN(rest, "-", 3)
		id, _, _ := strings.Cut(values[0], " ")
		if len(parts) != 3 || wholeNumber(parts[0]) != int64(file) || wholeNumber(parts[1]) < 1 || wholeNumber(id) < 1 {
			continue
		}
		a.Told.Set(key, values[0])
		answers[intake.At{Sheet: parts[2], Row: int(wholeNumber(parts[1]))}] = inspections.MemberID(wholeNumber(id))
	}
	return answers
}

// wholeNumber reads digits; -1 for anything else.
func wholeNumber(s string) int64 {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n < 0 {
		return -1
	}
	return n
}
