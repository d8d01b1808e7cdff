package portal

import (
	"fmt"
	"slices"

	"anfang.example/inspections"
	"anfang.example/inspections/attendance"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/duties"
)

// bodyView is the page of a township, a unit, a team or a member: who answers, what is missing, who serves,
// what is owed, what was found, and the forms that change it.
type bodyView struct {
	Day      calendar.Date // as of which the page speaks
	Today    bool
	Facts    []bodyFact
	Gaps     []string
	People   []bodyPerson
	Teams    []bodyTeam
	Past     []bodyPerson // who served before
	Owing    duties.Owing
	Duties   []dutyLine // what is still owed, at most shownDuties
	All      string     // address of the whole list
	Care     []careLine
	Findings []bodyFinding
	Tips     []inspections.Tip
	Forms    []changeForm
}

type bodyFact struct {
	Label, Value, Path string
	Missing            bool
}

type bodyPerson struct {
	ID         inspections.MemberID
	Name, Unit string
	Place      string
	Head       bool
	From, To   calendar.Date
}

type bodyTeam struct {
	ID      inspections.TeamID
	Village string
	Kind    inspections.TeamKind
	Units   []string
	Members int
}

type bodyFinding struct {
	Day   calendar.Date
	What  string
	Place string
	Path  string
}

const shownDuties = 40

// asOf gives the day of the address, else today.
func (x *exchange) asOf() calendar.Date {
	if d, err := calendar.ParseDate(x.r.URL.Query().Get("day")); err == nil {
		return d
	}
	return x.now.Date()
}

// body begins a page with what is owed by a party and what was found about it this year.
func (x *exchange) body(tx Tx, roster *inspections.Roster, party inspections.Party) (bodyView, error) {
	v := bodyView{Day: x.asOf()}
	v.Today = v.Day == x.now.Date()
	if party.Kind == inspections.PartyTownship || party.Kind == inspections.PartyUnit {
		if err := v.owes(tx, x, roster, party); err != nil {
			return v, err
		}
	}
	return v, v.found(tx, x, roster, party)
}

func (v *bodyView) owes(tx Tx, x *exchange, roster *inspections.Roster, party inspections.Party) error {
	list, err := tx.Obligations(duties.Filter{Party: party.Kind})
	if err != nil {
		return err
	}
	list = slices.DeleteFunc(list, func(o duties.Obligation) bool { return o.Party != party })
	v.Owing = duties.ByParty(list, duties.Catalog(), x.now)[party]
	v.All = "/duties?state=all&of=" + partyValue(party)
	for _, o := range list {
		if !o.Open() || len(v.Duties) == shownDuties {
			continue
		}
		line, err := dutyLineOf(tx, x, roster, o)
		if err != nil {
			return err
		}
		v.Duties = append(v.Duties, line)
	}
	return nil
}

// found lists the year's findings for those who may read all visits; a township or unit learns of them by
// its cases.
func (v *bodyView) found(tx Tx, x *exchange, roster *inspections.Roster, party inspections.Party) error {
	if !atDesk(x.who) && x.who.Role != inspections.RoleReviewer {
		return nil
	}
	year, _, _ := v.Day.Parts()
	findings, err := tx.Findings(inspections.FindingFilter{From: calendar.InstantOf(calendar.NewDate(year, 1, 1).Start()), Until: calendar.InstantOf(calendar.NewDate(year+1, 1, 1).Start())})
	if err != nil {
		return err
	}
	for _, f := range findings {
		about := map[inspections.PartyKind]int64{
			inspections.PartyTownship: int64(f.Township), inspections.PartyUnit: int64(f.Unit), inspections.PartyTeam: int64(f.Team), inspections.PartyMember: int64(f.Member),
		}
		if about[party.Kind] != party.ID {
			continue
		}
		line := bodyFinding{Day: f.At.Date(), What: x.words.Label("kind", f.Kind), Place: placeWords(x, roster, f.Team)}
		if f.Visit != 0 {
			visit, err := tx.Visit(f.Visit)
			if err != nil {
				return err
			}
			if !seesVisit(x.who, visit, x.now) {
				continue
			}
			line.Path = fmt.Sprintf("/visits/%d", f.Visit)
		}
		v.Findings = append(v.Findings, line)
	}
	return nil
}

// fact adds a line of the head; an empty value is said to be missing.
func (v *bodyView) fact(label, value, path string) {
	v.Facts = append(v.Facts, bodyFact{Label: label, Value: value, Path: path, Missing: value == ""})
}

// holders adds who holds each post.
func (v *bodyView) holders(x *exchange, roster *inspections.Roster, party inspections.Party, posts ...inspections.Post) {
	for _, post := range posts {
		h, _ := roster.Holder(party, post, v.Day)
		v.fact(x.words.Label("post", post), h.Name, "")
	}
}

// former adds what the body was called before and is called besides.
func (v *bodyView) former(x *exchange, roster *inspections.Roster, party inspections.Party) {
	for _, a := range roster.AliasesOf(party) {
		text := a.Name
		if !a.Until.IsZero() {
			text = x.words.T("portal.body.until", "name", a.Name, "day", a.Until)
		} else if !a.From.IsZero() {
			text = x.words.T("portal.body.since", "name", a.Name, "day", a.From)
		}
		v.fact(x.words.Label("portal.alias", a.Why), text, "")
	}
}

// lacks adds what the roster lacks, of one township or one team.
func (v *bodyView) lacks(x *exchange, roster *inspections.Roster, links []inspections.TownshipLink, of func(attendance.Gap) bool) {
	for _, g := range attendance.Gaps(roster, links, v.Day) {
		if of(g) {
			text := x.words.T("gap." + g.Key)
			if team, ok := roster.Team(g.Team); ok {
				text = x.words.T("portal.named", "what", team.Village) + text
			}
			v.Gaps = append(v.Gaps, text)
		}
	}
}

func personOf(x *exchange, roster *inspections.Roster, p inspections.Posting) bodyPerson {
	m, _ := roster.Member(p.Member)
	return bodyPerson{p.Member, m.Name, unitName(roster, p.Unit), placeWords(x, roster, p.Team), p.Role == inspections.RoleHead, p.From, p.Until}
}

func teamOf(x *exchange, roster *inspections.Roster, t inspections.Team, day calendar.Date) bodyTeam {
	return bodyTeam{t.ID, x.words.Join(roster.VillagesOf(t.ID, day)), t.Kind, unitNames(roster, roster.UnitsOf(t.ID, day)), len(roster.PostingsOf(t.ID, day))}
}
