package portal

import (
	"fmt"
	"math"
	"strconv"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/reports/sheet"
)

type fundLine struct {
	F                     inspections.Fund
	Payer, Township, Team string
	Yuan                  string
}

type fundsView struct {
	Year     int
	Back, On int
	Lines    []fundLine
	Total    string
	Forms    []changeForm
}

// fundsPage lists the transfers of a year with amount and day (2.5, 5.1, 5.2).
func fundsPage(x *exchange) (answer, error) {
	view, err := fundsOf(x)
	return show("funds", x.words.T("portal.funds.title", "year", view.Year), view), err
}

// fundsTable saves the transfers of the year that the address picks.
func fundsTable(x *exchange) (answer, error) {
	view, err := fundsOf(x)
	if err != nil {
		return answer{}, err
	}
	title := x.words.T("portal.funds.title", "year", view.Year)
	list := sheet.List{Words: x.words, Name: title, Title: title, Under: x.words.T("portal.funds.total", "yuan", view.Total)}
	for _, key := range []string{"portal.body.day.head", "portal.clause.head", "portal.field.payer", "portal.funds.to", "portal.field.yuan", "portal.field.purpose"} {
		list.Heads = append(list.Heads, x.words.T(key))
	}
	for _, l := range view.Lines {
		list.Rows = append(list.Rows, []string{x.words.Date(l.F.Day), l.F.Clause, l.Payer, l.Township + l.Team, l.Yuan, l.F.Purpose})
	}
	return savedList(x, list, fmt.Sprintf("funds-%d", view.Year))
}

// fundsOf reads the transfers of the year that the address picks, as far as a person may see them.
func fundsOf(x *exchange) (fundsView, error) {
	var view fundsView
	view.Year, _, _ = x.now.Date().Parts()
	if n, err := strconv.Atoi(x.r.URL.Query().Get("year")); err == nil && n >= 2017 && n <= view.Year {
		view.Year = n
	}
	view.Back, view.On = view.Year-1, x.nextYear(view.Year)
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
		funds, err := tx.Funds(calendar.NewDate(view.Year, 1, 1), calendar.NewDate(view.Year, 12, 31))
		if err != nil {
			return err
		}
		var sum int64
		for _, f := range funds {
			if !seesFund(x.who, f) {
				continue
			}
			sum += f.Cents
			township, _ := roster.Township(f.Township)
			team, _ := roster.Team(f.Team)
			view.Lines = append(view.Lines, fundLine{f, x.words.Body(roster, set, f.Payer), township.Name, team.Village, sheet.Yuan(f.Cents)})
		}
		view.Total = sheet.Yuan(sum)
		if x.actor().Is(clerks...) {
			towns := choicesOf(roster.TownshipsByCode(), func(t inspections.Township) (int64, string) { return int64(t.ID), t.Name })
			clauses := wordChoices(x, "portal.fund", "2.5", "5.1", "5.2")
			view.Forms = []changeForm{formOf(x, "fund", "/funds", "clause", clauses, "payer", unitChoices(roster), "township", towns, "yuan", "number", "day", "date", "purpose", "text")}
		}
		return nil
	})
	return view, err
}

// seesFund: a township sees what came to it, a unit what it paid.
func seesFund(u inspections.User, f inspections.Fund) bool {
	if u.Role == inspections.RoleUnit {
		return f.Payer == u.Party
	}
	return seesTownship(u, f.Township)
}

// fundRecord keeps a transfer.
func fundRecord(x *exchange) (answer, error) {
	form := x.form()
	f := inspections.Fund{
		Clause: form.choice("clause-fund", "2.5", "5.1", "5.2"), Township: inspections.TownshipID(form.chosen("township-fund", true)),
		Day: form.date("day-fund", true), Purpose: form.text("purpose-fund"), Payer: inspections.Party{Kind: inspections.PartyFinance},
	}
	if unit := form.chosen("payer-fund", f.Clause == "2.5"); unit != 0 {
		f.Payer = inspections.Party{Kind: inspections.PartyUnit, ID: unit}
	}
	amount, err := strconv.ParseFloat(form.must("yuan-fund"), 64)
	if err != nil || !(amount > 0 && amount <= 1e10) {
		form.fail("yuan-fund", "not_amount")
	}
	page := func() (answer, error) { return fundsPage(x) }
	if len(form.faults) > 0 {
		return form.again(page)
	}
	f.Cents = int64(math.Round(amount * 100))
	if _, err := x.p.cfg.Office.RecordFund(x.ctx(), x.actor(), f); err != nil {
		return x.refused(err, page)
	}
	return goTo("/funds", "fund_recorded"), nil
}
