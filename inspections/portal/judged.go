package portal

import (
	"cmp"
	"fmt"
	"slices"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/office"
)

// judgedTables are the kinds that are assessed; the address picks one.
var judgedTables = []string{"members", "teams", "units"}

// judgedLine is one member, team or unit with what was said of it.
type judgedLine struct {
	Of          inspections.Party
	Name, Place string
	Grade       inspections.Grade
	Reason      string
	Opinions    []judgedSaid
	code        string // of the township
}

// judgedSaid is one record; Township is "" for a grade.
type judgedSaid struct {
	J        inspections.Judgement
	Township string
}

type judgedView struct {
	Year     int
	Back, On int
	Path     string
	Table    string
	Tables   []string
	Desk     bool
	Lines    []judgedLine
	Pages    paging
	Open     *judgedLine  // of the address
	History  []judgedSaid // of Open, newest first
	Forms    []changeForm
}

// Link gives the address that opens a line.
func (v judgedView) Link(of inspections.Party) string {
	return fmt.Sprintf("%s?table=%s&of=%s", v.Path, v.Table, partyValue(of))
}

// judgedPage lists whom a person may see with grade and opinions of a year (1.5, 3.3), and of one line all that was
// recorded. A township sees who serves in it, and its own opinions; a unit itself, its people and their teams.
func judgedPage(x *exchange) (answer, error) {
	year, err := x.year()
	if err != nil {
		return answer{}, err
	}
	q := x.r.URL.Query()
	view := judgedView{Year: year, Back: year - 1, On: x.nextYear(year), Path: fmt.Sprintf("/assessments/%d/judgements", year), Table: "members", Tables: judgedTables, Desk: atDesk(x.who)}
	of := partyFrom(cmp.Or(x.r.PostFormValue("of"), q.Get("of")))
	for _, t := range judgedTables {
		if q.Get("table") == t || t == string(of.Kind)+"s" {
			view.Table = t
		}
	}
	err = x.view(func(tx Tx) error {
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		all, err := tx.Judgements(year)
		if err != nil {
			return err
		}
		all = slices.DeleteFunc(all, func(j inspections.Judgement) bool { return !seesJudgement(x.who, j) })
		lines := assessed(x.who, roster, year, view.Table)
		for i := range lines {
			lines[i].say(roster, inspections.Standing(all))
			if lines[i].Of == of {
				view.Open = &lines[i]
			}
		}
		if of.ID != 0 && view.Open == nil {
			return noPage()
		}
		if view.Open != nil {
			for _, j := range slices.Backward(all) {
				if j.Of == of {
					view.History = append(view.History, judgedSaid{j, roster.PartyName(inspections.Party{Kind: inspections.PartyTownship, ID: int64(j.Township)})})
				}
			}
			view.Forms = judgedForms(x, roster, view)
		}
		view.Pages = pagingOf(x.r, len(lines))
		view.Lines = lines[view.Pages.From:view.Pages.Until]
		return nil
	})
	return show("judged", x.words.T("portal.judged.title", "year", year), view), err
}

// seesJudgement: a township reads its own opinions, and grades of its teams and members; a unit reads all about its own.
func seesJudgement(u inspections.User, j inspections.Judgement) bool {
	if u.Role != inspections.RoleTownship {
		return true
	}
	if j.Kind == inspections.JudgeOpinion {
		return u.Party == inspections.Party{Kind: inspections.PartyTownship, ID: int64(j.Township)}
	}
	return j.Of.Kind != inspections.PartyUnit
}

// assessed lists who served in a year and may be seen, townships in division-code order, within them by number.
func assessed(u inspections.User, roster *inspections.Roster, year int, table string) []judgedLine {
	first, last := calendar.NewDate(year, 1, 1), calendar.NewDate(year, 12, 31)
	within := func(from, until calendar.Date) bool { return from <= last && (until.IsZero() || until >= first) }
	var lines []judgedLine
	seen := map[inspections.Party]bool{}
	add := func(kind inspections.PartyKind, id int64, t inspections.Team) {
		of := inspections.Party{Kind: kind, ID: id}
		if id == 0 || seen[of] {
			return
		}
		seen[of] = true
		town, _ := roster.Township(t.Township)
		line := judgedLine{Of: of, Name: roster.PartyName(of), Place: town.Name, code: town.Code}
		if kind == inspections.PartyMember {
			line.Place += t.Village
		}
		lines = append(lines, line)
	}
	for _, p := range roster.Postings {
		t, _ := roster.Team(p.Team)
		switch {
		case !within(p.From, p.Until) || !seesMember(u, p, t):
		case table == "members":
			add(inspections.PartyMember, int64(p.Member), t)
		case table == "units":
			add(inspections.PartyUnit, int64(p.Unit), t)
		}
	}
	for _, t := range roster.Teams {
		if table == "teams" && within(t.From, t.Until) && seesTeam(u, roster, t) {
			add(inspections.PartyTeam, int64(t.ID), t)
		}
	}
	slices.SortStableFunc(lines, func(a, b judgedLine) int {
		if table == "units" {
			return cmp.Compare(a.Of.ID, b.Of.ID)
		}
		return cmp.Or(cmp.Compare(a.code, b.code), cmp.Compare(a.Of.ID, b.Of.ID))
	})
	if table == "units" { // a unit works in several townships
		for i := range lines {
			lines[i].Place = ""
		}
	}
	return lines
}

// say fills in what stands.
func (l *judgedLine) say(roster *inspections.Roster, standing []inspections.Judgement) {
	for _, j := range standing {
		switch {
		case j.Of != l.Of:
		case j.Kind == inspections.JudgeGrade:
			l.Grade, l.Reason = j.Grade, j.Text
		default:
			l.Opinions = append(l.Opinions, judgedSaid{j, roster.PartyName(inspections.Party{Kind: inspections.PartyTownship, ID: int64(j.Township)})})
		}
	}
}

func judgedForms(x *exchange, roster *inspections.Roster, v judgedView) []changeForm {
	at := fmt.Sprintf("/assessments/%d", v.Year)
	of := "?of=" + partyValue(v.Open.Of)
	var forms []changeForm
	if x.actor().Is(reporting...) {
		fields := []any{"opinion", "textarea"}
		if x.who.Role != inspections.RoleTownship {
			towns := choicesOf(office.TownshipsServed(roster, v.Open.Of), func(id inspections.TownshipID) (int64, string) {
				return int64(id), roster.PartyName(inspections.Party{Kind: inspections.PartyTownship, ID: int64(id)})
			})
			fields = append([]any{"township", towns}, fields...)
		}
		forms = append(forms, formOf(x, "opinion", at+"/opinions"+of, fields...))
	}
	if x.actor().Is(desk...) {
		forms = append(forms, formOf(x, "grade", at+"/grades"+of, "grade", wordChoices(x, "grade", inspections.Grades...), "reason", "textarea"))
	}
	return forms
}

// judge records what a form says of the one in the address.
func (x *exchange) judge(read func(f *form, j *inspections.Judgement)) (answer, error) {
	year, err := x.year()
	if err != nil {
		return answer{}, err
	}
	j := inspections.Judgement{Year: year, Of: partyFrom(x.r.URL.Query().Get("of"))}
	f := x.form()
	read(f, &j)
	page := func() (answer, error) { return judgedPage(x) }
	if len(f.faults) > 0 {
		return f.again(page)
	}
	if _, err := x.p.cfg.Office.Judge(x.ctx(), x.actor(), j); err != nil {
		return x.refused(err, page)
	}
	return goTo(fmt.Sprintf("/assessments/%d/judgements?of=%s", year, partyValue(j.Of)), "judged"), nil
}

func opinionRecord(x *exchange) (answer, error) {
	return x.judge(func(f *form, j *inspections.Judgement) {
		j.Kind, j.Text = inspections.JudgeOpinion, f.must("opinion-opinion")
		if x.who.Role != inspections.RoleTownship {
			j.Township = inspections.TownshipID(f.chosen("township-opinion", true))
		}
	})
}

func gradeRecord(x *exchange) (answer, error) {
	return x.judge(func(f *form, j *inspections.Judgement) {
		grades := make([]string, len(inspections.Grades))
		for i, g := range inspections.Grades {
			grades[i] = string(g)
		}
		j.Kind, j.Grade, j.Text = inspections.JudgeGrade, inspections.Grade(f.choice("grade-grade", grades...)), f.must("reason-grade")
	})
}
