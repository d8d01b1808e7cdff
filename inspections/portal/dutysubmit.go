package portal

import (
	"errors"
	"io/fs"
	"strconv"

	"anfang.example/inspections"
	"anfang.example/inspections/duties"
)

// dutySubmit settles an obligation with one line and, where there is one, a picture of the existing document;
// or waives it with a reason.
func dutySubmit(x *exchange) (answer, error) {
	id, err := strconv.ParseInt(x.r.PathValue("id"), 10, 64)
	if err != nil {
		return answer{}, noPage()
	}
	f := x.form()
	s := duties.Submission{
		Obligation: inspections.ObligationID(id), Kind: duties.SubmissionKind(f.choice("kind", string(duties.SubmissionDone), string(duties.SubmissionWaived))),
		Day: f.date("day", false), Note: f.text("note"),
	}
	page := func() (answer, error) { return dutyList(x) }
	photos, err := readPhotos(x, "photos")
	if err != nil {
		return x.refused(err, page)
	}
	if len(f.faults) > 0 {
		return f.again(page)
	}
	var paper []byte
	media := ""
	if len(photos) > 0 {
		media, paper = photos[0].Media, photos[0].Data
	}
	if _, err := x.p.cfg.Office.SubmitDutyPaper(x.ctx(), x.actor(), s, media, paper); err != nil {
		return x.refused(err, page)
	}
	return goTo(receiptPath(s.Obligation), "duty_settled"), nil
}

// dutyPaper gives the document that was handed in, to whoever may see the obligation.
func dutyPaper(x *exchange) (answer, error) {
	id, err := x.number("id")
	if err != nil {
		return answer{}, err
	}
	a := answer{media: "application/octet-stream"}
	err = x.view(func(tx Tx) error {
		o, err := tx.Obligation(inspections.ObligationID(id))
		if err != nil {
			return err
		}
		if seen, err := seesObligation(tx, x.who, o, x.now); err != nil || !seen {
			return errors.Join(err, noPage())
		}
		line, err := handedIn(tx, o)
		if err != nil || line.SHA == "" {
			return errors.Join(err, noPage())
		}
		if a.body, err = tx.Blob(line.SHA); errors.Is(err, fs.ErrNotExist) {
			return noPage()
		}
		return err
	})
	a.name = "duty-" + strconv.FormatInt(id, 10)
	if len(a.body) > 3 && string(a.body[:3]) == "\xff\xd8\xff" {
		a.media, a.name = "image/jpeg", ""
	}
	return a, err
}

// handedIn gives what was handed in for an obligation last; ID 0: nothing was.
func handedIn(tx Tx, o duties.Obligation) (duties.Submission, error) {
	lines, err := tx.Submissions(o.ID)
	if err != nil || len(lines) == 0 {
		return duties.Submission{}, err
	}
	return lines[len(lines)-1], nil
}
