package portal

import (
	"fmt"
	"html/template"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/duties"
	"anfang.example/reports/sheet"
)

// careLine is what a member had this year, with names.
type careLine struct {
	duties.CareState
	Name, UnitName string
	Short          bool // the insurance ran out
}

type careView struct {
	Year  int
	Lines []careLine
	Pages paging
	Only  string       // "gaps": who lacks something
	Query template.URL // of the address, for the saved list
}

// careLines lists the members of whom pick says so.
func careLines(tx Tx, x *exchange, roster *inspections.Roster, pick func(inspections.UnitID, inspections.MemberID) bool) ([]careLine, error) {
	day := x.now.Date()
	year, _, _ := day.Parts()
	given, err := tx.Care(calendar.NewDate(year-1, 1, 1), calendar.NewDate(year, 12, 31))
	if err != nil {
		return nil, err
	}
	var lines []careLine
	for _, s := range duties.CareOf(roster, given, year, day) {
		if pick(s.Unit, s.Member) {
			lines = append(lines, careLine{s, roster.PartyName(inspections.Party{Kind: inspections.PartyMember, ID: int64(s.Member)}), unitName(roster, s.Unit),
				!s.Insurance.IsZero() && (!s.Insured(year, day) || !s.InsuredUntil.IsZero() && s.InsuredUntil < day)})
		}
	}
	return lines, nil
}

// careList shows who had a health check, an insurance and a visit of sympathy this year (2.3).
func careList(x *exchange) (answer, error) {
	view, err := careNow(x)
	view.Pages = pagingOf(x.r, len(view.Lines))
	view.Lines = view.Lines[view.Pages.From:view.Pages.Until]
	return show("care", x.words.T("portal.care.title", "year", view.Year), view), err
}

// careTable saves the lines that the address picks, all pages of them.
func careTable(x *exchange) (answer, error) {
	view, err := careNow(x)
	if err != nil {
		return answer{}, err
	}
	title := x.words.T("portal.care.title", "year", view.Year)
	list := sheet.List{Words: x.words, Name: title, Title: title, Under: x.words.T("sheet.duties.under", "day", x.now.Date())}
	for _, key := range []string{"portal.member", "portal.unit", "care.health", "care.insurance", "portal.care.until", "care.sympathy"} {
		list.Heads = append(list.Heads, x.words.T(key))
	}
	day := func(d calendar.Date) string {
		if d.IsZero() {
			return ""
		}
		return x.words.Date(d)
	}
	for _, l := range view.Lines {
		list.Rows = append(list.Rows, []string{l.Name, l.UnitName, day(l.Health), day(l.Insurance), day(l.InsuredUntil), day(l.Sympathy)})
	}
	return savedList(x, list, fmt.Sprintf("care-%d", view.Year))
}

// careNow reads the lines that a person may see and the address picks.
func careNow(x *exchange) (careView, error) {
	view := careView{Only: x.r.URL.Query().Get("only"), Query: x.filters()}
	view.Year, _, _ = x.now.Date().Parts()
	err := x.view(func(tx Tx) error {
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		lines, err := careLines(tx, x, roster, func(unit inspections.UnitID, _ inspections.MemberID) bool { return seesUnit(x.who, unit) })
		for _, l := range lines {
			if view.Only != "gaps" || l.Health.IsZero() || l.Insurance.IsZero() || l.Sympathy.IsZero() || l.Short {
				view.Lines = append(view.Lines, l)
			}
		}
		return err
	})
	return view, err
}

func careForm(x *exchange, member int64) changeForm {
	return formOf(x, "care", fmt.Sprintf("/members/%d/care", member), "kind", wordChoices(x, "care", inspections.CareKinds...), "day", "date", "until", "date", "note", "text")
}

// memberCare records what a unit did for a member.
func memberCare(x *exchange) (answer, error) {
	return x.change("members", "care_recorded", memberPage, func(f *form, id int64) error {
		c := inspections.Care{
			Member: inspections.MemberID(id), Day: f.date("day-care", true), Until: f.date("until-care", false), Note: f.text("note-care"),
			Kind: inspections.CareKind(f.choice("kind-care", string(inspections.CareHealth), string(inspections.CareInsurance), string(inspections.CareSympathy))),
		}
		return f.unless(func() error { _, err := x.p.cfg.Office.RecordCare(x.ctx(), x.actor(), c); return err })
	})
}
