package portal

import (
	"cmp"
	"net/url"
	"slices"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/office"
)

// countView is what the cases of some months came to; the figures are never added up.
type countView struct {
	From, Until calendar.Month
	Township    string // code; "" all
	Townships   []inspections.Township
	Figures     []figureLine
	Show        casework.Figure // whose records stand below
	Lines       []countedLine
	Rows        []rowLine // units talked to in months that follow one another
}

type figureLine struct {
	Figure casework.Figure
	N      int
	Path   string
}

// countedLine is one thing that a figure counts, and the cases it was in.
type countedLine struct {
	What, Path        string
	Of                string // the person's body, or the place; "" for what is a body or place itself
	Kind              casework.MeasureKind
	Cases             []string // numbers
	unit              int64    // units have no division code and stand by number, as in every table
	township, village string   // division codes, by which the lines stand
}

type rowLine struct {
	Name, Path string
	Months     []string
	Cases      []string
}

// caseCount shows what the cases of some months came to, each figure open to its records. Filters: months, township.
func caseCount(x *exchange) (answer, error) {
	q := x.r.URL.Query()
	view := countView{Township: q.Get("township"), Show: casework.Figure(q.Get("show")), Until: calendar.MonthOf(x.now.Date())}
	if m, err := calendar.ParseMonth(q.Get("until")); err == nil {
		view.Until = m
	}
	view.From = calendar.Month{Year: view.Until.Year, Month: 1}
	if m, err := calendar.ParseMonth(q.Get("from")); err == nil {
		view.From = m
	}
	if !slices.Contains(casework.Figures(), view.Show) {
		view.Show = casework.FigureProblems
	}
	err := x.view(func(tx Tx) error {
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		view.Townships = roster.TownshipsByCode()
		return view.count(tx, x, roster)
	})
	return show("casecount", x.words.T("portal.count.title"), view), err
}

func (v *countView) count(tx Tx, x *exchange, roster *inspections.Roster) error {
	var only inspections.TownshipID
	for _, t := range v.Townships {
		if t.Code == v.Township {
			only = t.ID
		}
	}
	if only == 0 {
		v.Township = ""
	}
	counts, rows, err := office.CountIn(tx, calendar.InstantOf(v.From.First().Start()), calendar.InstantOf(v.Until.Last().End()), only)
	if err != nil {
		return err
	}
	cases, err := tx.Cases(casework.Filter{})
	if err != nil {
		return err
	}
	known := map[inspections.CaseID]casework.Case{}
	for _, c := range cases {
		known[c.ID] = c
	}
	for _, f := range casework.Figures() {
		v.Figures = append(v.Figures, figureLine{f, len(counts[f]), v.path(f)})
	}
	for _, one := range counts[v.Show] {
		v.Lines = append(v.Lines, countedOf(x, roster, v.Show, one, known))
	}
	slices.SortStableFunc(v.Lines, func(a, b countedLine) int {
		return cmp.Or(cmp.Compare(a.unit, b.unit), cmp.Compare(a.township, b.township), cmp.Compare(a.village, b.village))
	})
	for _, r := range rows {
		line := rowLine{Name: roster.PartyName(r.Party), Path: bodyPath(r.Party), Cases: numbersOf(r.Cases, known)}
		for _, m := range r.Months {
			line.Months = append(line.Months, x.words.Month(m))
		}
		v.Rows = append(v.Rows, line)
	}
	return nil
}

// path gives the address at which a figure stands open.
func (v *countView) path(f casework.Figure) string {
	q := url.Values{"from": {v.From.String()}, "until": {v.Until.String()}, "show": {string(f)}}
	if v.Township != "" {
		q.Set("township", v.Township)
	}
	return "/cases/count?" + q.Encode() + "#records"
}

func countedOf(x *exchange, roster *inspections.Roster, f casework.Figure, one casework.Counted, known map[inspections.CaseID]casework.Case) countedLine {
	team, _ := roster.Team(one.Team)
	township, _ := roster.Township(team.Township)
	line := countedLine{What: one.Person, Of: placeWords(x, roster, one.Team), Cases: numbersOf(one.Cases, known), township: township.Code, village: team.VillageCode}
	switch f {
	case casework.FigureProblems:
		line.What = x.words.Label("matter", known[one.Cases[0]].Kind)
	case casework.FigureVillages:
		line.What, line.Of, line.Path = line.Of, "", bodyPath(inspections.Party{Kind: inspections.PartyTeam, ID: int64(team.ID)})
	case casework.FigureCommittees:
		line.What, line.Of, line.Path = roster.PartyName(one.Party), "", bodyPath(one.Party)
	case casework.FigureUnits:
		line.What, line.Of, line.Path, line.unit = roster.PartyName(one.Party), "", bodyPath(one.Party), one.Party.ID
	case casework.FigurePersons, casework.FigureTimes:
		if one.Party.Kind != inspections.PartyMember {
			line.Of = roster.PartyName(one.Party)
		}
		if f == casework.FigureTimes {
			line.Kind = one.Kind
		}
	}
	return line
}

func numbersOf(ids []inspections.CaseID, known map[inspections.CaseID]casework.Case) []string {
	var list []string
	for _, id := range ids {
		if number := known[id].Number; !slices.Contains(list, number) {
			list = append(list, number)
		}
	}
	return list
}
