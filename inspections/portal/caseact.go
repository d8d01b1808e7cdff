package portal

import (
	"context"
	"io"
	"slices"
	"strconv"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/office"
)

// actView is the form of one act of a case.
type actView struct {
	C         casework.Case
	Kind      casework.ActKind
	Need      casework.Need
	Branches  []branchChoice
	Anywhere  bool // the act may be about the whole case
	People    []inspections.User
	Measures  []measureChoice
	Questions []casework.Act // that wait for this answer
	Chosen    struct{ Branch, Measure, Answers string }
	What      string    // place and matter
	Speak     speakView // for whom a township or unit speaks; no name: nobody
	Hows      []string  // how that may have come
}

// title names the act, and for whom it is.
func (v actView) title(x *exchange) string {
	if v.Speak.Name == "" {
		return x.words.Label("case_act", v.Kind)
	}
	return x.words.T("act_for."+string(v.Kind), "name", v.Speak.Name)
}

type branchChoice struct {
	Seq  int
	Side casework.Side
	Name string
}

type measureChoice struct {
	M    casework.Measure
	Name string
}

// actForm shows the form of an act that this person may do in the case now; another does not exist.
func actForm(x *exchange) (answer, error) {
	var view actView
	err := x.view(func(tx Tx) error {
		c, branches, err := visibleCase(tx, x)
		if err != nil {
			return err
		}
		view, err = actViewOf(tx, x, c, branches)
		return err
	})
	return show("caseact", view.title(x), view), err
}

func actViewOf(tx Tx, x *exchange, c casework.Case, branches []casework.Branch) (actView, error) {
	v := actView{C: c, Kind: casework.ActKind(x.r.PathValue("kind"))}
	acts, err := tx.Acts(c.ID)
	if err != nil {
		return v, err
	}
	measures, err := tx.Measures(c.ID)
	if err != nil {
		return v, err
	}
	w := casework.Whole{Case: c, Branches: branches, Measures: measures}
	roster, err := tx.Roster()
	if err != nil {
		return v, err
	}
	v.Need, _ = casework.Needs(v.Kind)
	v.What = x.words.T("portal.case.of", "number", c.Number, "place", placeWords(x, roster, c.Team))
	if x.r.URL.Query().Has("for") {
		return v, v.speaking(tx, x, roster, w, acts)
	}
	if !slices.Contains(actsFor(x, w, acts), v.Kind) {
		return v, noPage()
	}
	own := map[int]bool{}
	for _, b := range ownBranches(x.who, branches) {
		own[b.Seq] = true
		v.Branches = append(v.Branches, branchChoice{b.Seq, b.Side, roster.PartyName(b.Party)})
	}
	v.Anywhere = !v.Need.Branch && atDesk(x.who)
	for _, m := range casework.About(v.Kind, measures, acts) {
		if own[m.Branch] {
			v.Measures = append(v.Measures, measureChoice{m, m.Person})
		}
	}
	switch v.Kind {
	case casework.ActReceipt:
		v.Questions = casework.Awaiting(acts)
	case casework.ActAppealEnd:
		v.Questions = casework.Appeals(acts)
	}
	if v.Need.Second {
		if v.People, err = secondsOf(tx, x.who, v.Kind); err != nil {
			return v, err
		}
	}
	q := x.r.URL.Query()
	v.Chosen.Branch, v.Chosen.Measure, v.Chosen.Answers = q.Get("branch"), q.Get("measure"), q.Get("answers")
	return v, nil
}

// secondsOf lists who may sign a talk second, or stand aside: of the desk, and the writer too only to stand aside.
func secondsOf(tx Tx, who inspections.User, kind casework.ActKind) ([]inspections.User, error) {
	users, err := tx.Users()
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(users, func(u inspections.User) bool {
		return !atDesk(u) || !u.Disabled.IsZero() || kind == casework.ActTalk && u.ID == who.ID
	}), nil
}

// actsFor lists the acts that a person may do in a case now.
func actsFor(x *exchange, w casework.Whole, acts []casework.Act) []casework.ActKind {
	var list []casework.ActKind
	for _, k := range casework.MayNow(w, acts) {
		n, _ := casework.Needs(k)
		switch {
		case actsForBody(x.who):
			if !n.Bodies || k == casework.ActStatement && !slices.ContainsFunc(ownBranches(x.who, w.Branches), func(b casework.Branch) bool { return b.State == casework.BranchOpen }) {
				continue
			}
			if n.Measure && !slices.ContainsFunc(w.Measures, func(m casework.Measure) bool {
				return slices.ContainsFunc(ownBranches(x.who, w.Branches), func(b casework.Branch) bool { return b.Seq == m.Branch })
			}) {
				continue
			}
		case !atDesk(x.who) || n.Leader && !x.actor().Is(leader...):
			continue
		}
		list = append(list, k)
	}
	return list
}

// actDone records an act with its original.
func actDone(x *exchange) (answer, error) {
	f := x.form()
	var view actView
	err := x.view(func(tx Tx) error {
		c, branches, err := visibleCase(tx, x)
		if err != nil {
			return err
		}
		view, err = actViewOf(tx, x, c, branches)
		return err
	})
	if err != nil {
		return answer{}, err
	}
	page := func() (answer, error) { return actForm(x) }
	act := f.act(view)
	scan, err := readScan(x, "scan")
	if err != nil {
		return x.refused(err, page)
	}
	if len(f.faults) > 0 {
		return f.again(page)
	}
	if _, err := x.p.cfg.Office.ActWith(x.ctx(), x.actor(), view.C.ID, act, scan); err != nil {
		return x.refused(err, page)
	}
	return goTo("/cases/"+view.C.Number, "case_act"), nil
}

// act reads the fields of the form.
func (f *form) act(v actView) casework.Act {
	a := casework.Act{Kind: v.Kind, Text: f.must("act_text")}
	var branches, measures, questions, people []string
	for _, b := range v.Branches {
		branches = append(branches, strconv.Itoa(b.Seq))
	}
	for _, m := range v.Measures {
		measures = append(measures, strconv.FormatInt(int64(m.M.ID), 10))
	}
	for _, q := range v.Questions {
		questions = append(questions, strconv.Itoa(q.Seq))
	}
	for _, u := range v.People {
		people = append(people, strconv.FormatInt(int64(u.ID), 10))
	}
	if v.Anywhere {
		branches = append(branches, "0")
	}
	number := func(s string) int64 {
		n, _ := strconv.ParseInt(s, 10, 64) // a value of the list
		return n
	}
	if !v.Need.Measure && !v.Need.Answers {
		a.Branch = int(number(f.choice("act_branch", branches...)))
	}
	if v.Need.Measure {
		a.Measure = inspections.MeasureID(number(f.choice("act_measure", measures...)))
		for _, m := range v.Measures {
			if m.M.ID == a.Measure {
				a.Branch = m.M.Branch
			}
		}
	}
	if v.Need.Answers {
		a.Answers = int(number(f.choice("act_answers", questions...)))
		for _, q := range v.Questions {
			if q.Seq == a.Answers {
				a.Branch, a.Measure = q.Branch, q.Measure
			}
		}
	}
	if v.Need.Second {
		a.Second = inspections.UserID(number(f.choice("act_second", people...)))
	}
	if v.Need.Body {
		a.Body = f.must("act_body")
	}
	if v.Need.Outcome {
		a.Outcome = f.choice("act_outcome", v.Need.Outcomes...)
	}
	if len(v.Hows) > 0 {
		a.How = f.choice("act_how", v.Hows...)
	}
	if v.Need.Due || v.Kind == casework.ActHandover {
		if day := f.date("act_due", v.Need.Due); !day.IsZero() {
			a.Due = calendar.InstantOf(day.End())
		}
	}
	return a
}

// measureDecide adds a measure to an investigation that found somebody responsible.
func measureDecide(x *exchange) (answer, error) {
	seq, err := x.number("seq")
	if err != nil {
		return answer{}, err
	}
	f := x.form()
	name := func(field string) string { return branchName(field, seq) }
	kinds := []string{string(casework.MeasureTalk), string(casework.MeasureCriticism), string(casework.MeasureAdmonish), string(casework.MeasureRecall)}
	d := office.MeasureDecided{
		Kind: casework.MeasureKind(f.choice(name("measure"), kinds...)), Person: f.must(name("person")), Body: f.must(name("body")), Reason: f.text(name("why")),
	}
	return caseStepTaken(x, f, "case_measure", func(ctx context.Context, by inspections.Actor, c casework.Case) error {
		return x.p.cfg.Office.DecideMeasure(ctx, by, c.ID, int(seq), d)
	})
}

// actScan gives the original that came with an act; that it is read goes on record.
func actScan(x *exchange) (answer, error) {
	n, err := x.number("n")
	if err != nil {
		return answer{}, err
	}
	if err := x.readCase(office.ReadOriginal, strconv.FormatInt(n, 10)); err != nil {
		return answer{}, err
	}
	a := answer{}
	err = x.view(func(tx Tx) error {
		c, _, err := visibleCase(tx, x)
		if err != nil {
			return err
		}
		acts, err := tx.Acts(c.ID)
		if err != nil {
			return err
		}
		for _, act := range acts {
			if int64(act.Seq) == n && act.SHA != "" {
				if a.body, err = tx.Blob(act.SHA); err != nil {
					return err
				}
				a.media, a.name = scanMedia(a.body), x.words.T("portal.case.scan.name", "number", c.Number, "n", act.Seq)
				return nil
			}
		}
		return noPage()
	})
	return a, err
}

// scanMedia tells the kinds of file that may be handed in apart; anything else is given as bytes.
func scanMedia(data []byte) string {
	switch {
	case isPDF(data):
		return "application/pdf"
	case len(data) > 3 && data[0] == 0xff && data[1] == 0xd8:
		return "image/jpeg"
	}
	return "application/octet-stream"
}

func isPDF(data []byte) bool { return len(data) > 5 && string(data[:5]) == "%PDF-" }

// readScan takes in one stamped original: a PDF stays as it is, a picture is made anew. Errors: Invalid.
func readScan(x *exchange, field string) (office.Scan, error) {
	if x.r.MultipartForm == nil || len(x.r.MultipartForm.File[field]) == 0 {
		return office.Scan{}, nil
	}
	head := x.r.MultipartForm.File[field][0]
	if head.Size > maxPhotoBytes {
		return office.Scan{}, inspections.Fail(inspections.Invalid, "portal.photo_large", "name", head.Filename, "limit", maxPhotoBytes>>20)
	}
	file, err := head.Open()
	if err != nil {
		return office.Scan{}, err
	}
	defer file.Close() // read only
	raw, err := io.ReadAll(io.LimitReader(file, maxPhotoBytes))
	if err != nil {
		return office.Scan{}, err
	}
	if isPDF(raw) {
		return office.Scan{Media: "application/pdf", Data: raw}, nil
	}
	photos, err := readPhotos(x, field)
	if err != nil || len(photos) == 0 {
		return office.Scan{}, err
	}
	return office.Scan{Media: photos[0].Media, Data: photos[0].Data}, nil
}
