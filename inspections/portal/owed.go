package portal

import (
	"fmt"
	"html/template"
	"strconv"
	"strings"

	"anfang.example/inspections"
	"anfang.example/inspections/attendance"
	"anfang.example/inspections/duties"
	"anfang.example/reports/sheet"
)

type owedLine struct {
	duties.Owing
	Name, Path, List string
}

type owedView struct {
	Party  string
	All    bool // those who owe nothing too
	Kinds  []string
	Query  template.URL // of the address, for the table to save
	Groups []owedGroup
	Gaps   []attendance.TownshipState // townships whose roster lacks something
}

type owedGroup struct {
	Kind  string
	Lines []owedLine
}

// owedPage answers "who owes us what?": a line for each party, in the order of tables, nobody ranked.
func owedPage(x *exchange) (answer, error) {
	view, err := owedNow(x)
	return show("owed", x.words.T("portal.owed.title"), view), err
}

// owedTable saves it as filtered: a workbook, or csv with ?as=csv.
func owedTable(x *exchange) (answer, error) {
	view, err := owedNow(x)
	if err != nil {
		return answer{}, err
	}
	list := sheet.List{Words: x.words, Name: x.words.T("portal.owed.title"), Title: x.words.T("portal.owed.title"), Under: x.words.T("sheet.duties.under", "day", x.now.Date())}
	for _, key := range []string{"portal.duties.party", "portal.owed.overdue", "portal.owed.open", "portal.owed.next", "portal.owed.on_time", "portal.owed.late", "portal.owed.waived"} {
		list.Heads = append(list.Heads, x.words.T(key))
	}
	for _, g := range view.Groups {
		for _, l := range g.Lines {
			list.Rows = append(list.Rows, []string{
				l.Name, strconv.Itoa(l.Overdue), strconv.Itoa(l.Open), x.words.FullMoment(l.Next.Time), strconv.Itoa(l.OnTime), strconv.Itoa(l.Late), strconv.Itoa(l.Waived),
			})
		}
	}
	return savedList(x, list, "owed")
}

// filters gives the filters of the address anew, for the link that saves the same list. As plain text a template would
// escape the "=" in it, and the link would save everything.
func (x *exchange) filters() template.URL { return template.URL(x.r.URL.Query().Encode()) }

// savedList gives a list as the address asks for it.
func savedList(x *exchange, list sheet.List, name string) (answer, error) {
	name, media := name+".xlsx", xlsxMedia
	if x.r.URL.Query().Get("as") == "csv" {
		name, media = strings.TrimSuffix(name, "xlsx")+"csv", "text/csv; charset=utf-8"
	}
	data, err := list.File(name)
	return answer{body: data, media: media, name: name}, err
}

func owedNow(x *exchange) (owedView, error) {
	q := x.r.URL.Query()
	view := owedView{Kinds: dutyParties, All: q.Get("all") == "1", Party: q.Get("party"), Query: x.filters()}
	err := x.view(func(tx Tx) error {
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		all, err := tx.Settings()
		if err != nil {
			return err
		}
		set := inspections.SettingsOn(all, x.now.Date())
		list, err := tx.Obligations(duties.Filter{})
		if err != nil {
			return err
		}
		var seen []duties.Obligation
		for _, o := range list {
			ok, err := seesObligation(tx, x.who, o, x.now)
			if err != nil {
				return err
			}
			if ok {
				seen = append(seen, o)
			}
		}
		sums := duties.ByParty(seen, duties.Catalog(), x.now)
		for _, p := range roster.Parties() {
			s, owes := sums[p]
			if !owes || view.Party != "" && view.Party != string(p.Kind) || s.Open == 0 && !view.All {
				continue
			}
			if n := len(view.Groups); n == 0 || view.Groups[n-1].Kind != string(p.Kind) {
				view.Groups = append(view.Groups, owedGroup{Kind: string(p.Kind)})
			}
			g := &view.Groups[len(view.Groups)-1]
			g.Lines = append(g.Lines, owedLine{s, x.words.Body(roster, set, p), bodyPath(p), "/duties?of=" + partyValue(p)})
		}
		links, err := tx.TownshipLinks()
		for _, t := range attendance.States(roster, links, x.now.Date()) {
			if len(t.Gaps) > 0 {
				view.Gaps = append(view.Gaps, t)
			}
		}
		return err
	})
	return view, err
}

// bodyPath gives the page of a party, "" when it has none.
func bodyPath(p inspections.Party) string {
	noun := map[inspections.PartyKind]string{
		inspections.PartyTownship: "townships", inspections.PartyResident: "townships", inspections.PartyUnit: "units",
		inspections.PartyTeam: "teams", inspections.PartyMember: "members",
	}[p.Kind]
	if noun == "" || p.ID == 0 {
		return ""
	}
	return fmt.Sprintf("/%s/%d", noun, p.ID)
}

// dutyTable saves the list as filtered: a workbook, or csv with ?as=csv.
func dutyTable(x *exchange) (answer, error) {
	list := sheet.List{Words: x.words, Name: x.words.T("sheet.duties.name"), Title: x.words.T("sheet.duties.title"), Under: x.words.T("sheet.duties.under", "day", x.now.Date())}
	for _, key := range []string{"portal.home.what", "portal.clause.head", "portal.duties.party", "portal.home.subject", "portal.home.due", "portal.duties.done.head", "portal.reason"} {
		list.Heads = append(list.Heads, x.words.T(key))
	}
	err := x.view(func(tx Tx) error {
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		seen, err := dutiesSeen(tx, x, dutyFilterOf(x))
		for _, o := range seen {
			line, err := dutyLineOf(tx, x, roster, o)
			if err != nil {
				return err
			}
			list.Rows = append(list.Rows, []string{line.What, clauseOf(x.words, o.Clause).Short, line.Party, line.Subject, x.words.FullMoment(o.Due.Time), dutyState(x, o), o.Reason})
		}
		return err
	})
	if err != nil {
		return answer{}, err
	}
	return savedList(x, list, "duties")
}

func dutyState(x *exchange, o duties.Obligation) string {
	switch {
	case o.Waived():
		return x.words.T("portal.duties.waived")
	case !o.Open() && o.Late():
		return x.words.FullMoment(o.Done.Time) + " " + x.words.T("portal.duties.late")
	case !o.Open():
		return x.words.FullMoment(o.Done.Time)
	case o.Overdue(x.now):
		return x.words.T("portal.duties.overdue")
	}
	return x.words.T("portal.duties.not_done")
}
