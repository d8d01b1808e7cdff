package portal

import (
	"strings"

	"anfang.example/inspections"
	"anfang.example/inspections/attendance"
	"anfang.example/inspections/calendar"
)

type checkView struct {
	Month calendar.Month
	Lines []checkLine
}

type checkLine struct {
	attendance.Contradiction
	Name, Township, Village string
	On                      string               // the days concerned, the first few by date
	Visit                   string               // number of the visit that tells otherwise
	Needed                  inspections.Approval // who had to approve
}

// attendanceCheck lists what in a month's records disagrees; each line is a question.
func attendanceCheck(x *exchange) (answer, error) {
	m, err := calendar.ParseMonth(x.r.PathValue("month"))
	if err != nil {
		return answer{}, noPage()
	}
	view := checkView{Month: m}
	err = x.view(func(tx Tx) error {
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		all, err := tx.Settings()
		if err != nil {
			return err
		}
		list, err := attendance.ReadContradictions(tx, roster, all, m)
		if err != nil {
			return err
		}
		for _, c := range list {
			member, _ := roster.Member(c.Member)
			team, _ := roster.Team(c.Team)
			town, _ := roster.Township(team.Township)
			line := checkLine{Contradiction: c, Name: member.Name, Township: town.Name, Village: team.Village}
			line.Visit, _ = strings.CutPrefix(c.Detail, "visit/")
			switch c.Kind {
			case attendance.ApprovedBelow:
				line.Needed, line.Visit = inspections.Approval(c.Detail), ""
			case attendance.NotFoundOnVisit:
			default:
				line.Visit = ""
			}
			line.On = daysOf(x, c.Days)
			view.Lines = append(view.Lines, line)
		}
		return nil
	})
	return show("attendancecheck", x.words.T("portal.check.title", "month", m), view), err
}

// daysOf names the first days of a line and how many there are.
func daysOf(x *exchange, days []calendar.Date) string {
	const named = 4
	var texts []string
	for _, d := range days[:min(len(days), named)] {
		texts = append(texts, x.words.Date(d))
	}
	text := x.words.Join(texts)
	if len(days) > named {
		text = x.words.T("portal.check.more", "days", text, "n", len(days))
	}
	return text
}
