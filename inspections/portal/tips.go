package portal

import (
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

type tipsView struct {
	Month    calendar.Month
	Back, On string
	Lists    []tipList
	Forms    []changeForm
}

// tipList is a department's part of the month.
type tipList struct {
	Kind       inspections.TeamKind
	Department string
	Tips       []inspections.Tip
}

// tipsPage shows the month's tips and task lists of the business departments for the teams of their kind (四).
func tipsPage(x *exchange) (answer, error) {
	view := tipsView{Month: calendar.MonthOf(x.now.Date())}
	if m, err := calendar.ParseMonth(x.r.URL.Query().Get("month")); err == nil {
		view.Month = m
	}
	view.Back, view.On = view.Month.Add(-1).String(), view.Month.Add(1).String()
	err := x.view(func(tx Tx) error {
		all, err := tx.Settings()
		if err != nil {
			return err
		}
		set := inspections.SettingsOn(all, view.Month.Last())
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		tips, err := tx.Tips(view.Month.String())
		if err != nil {
			return err
		}
		for i, kind := range inspections.Departments {
			list := tipList{Kind: kind, Department: x.words.Body(roster, set, inspections.Party{Kind: inspections.PartyDepartment, ID: int64(i + 1)})}
			for _, t := range tips {
				if t.Kind == kind {
					list.Tips = append(list.Tips, t)
				}
			}
			view.Lists = append(view.Lists, list)
		}
		return nil
	})
	if x.actor().Is(clerks...) {
		form := formOf(x, "tip", "/tips", "team_kind", wordChoices(x, "team_name", inspections.Departments...), "month", "month", "title", "text", "tasks", "textarea")
		form.Fields[1].Value = view.Month.String()
		view.Forms = []changeForm{form}
	}
	return show("tips", x.words.T("portal.tips.title", "month", view.Month), view), err
}

// tipPublish publishes a task list and settles the department's duty of the month.
func tipPublish(x *exchange) (answer, error) {
	f := x.form()
	tip := inspections.Tip{Month: f.must("month-tip"), Title: f.must("title-tip"), Tasks: f.must("tasks-tip"),
		Kind: inspections.TeamKind(f.choice("team_kind-tip", string(inspections.TeamBranch), string(inspections.TeamPoverty), string(inspections.TeamVillage)))}
	page := func() (answer, error) { return tipsPage(x) }
	if len(f.faults) > 0 {
		return f.again(page)
	}
	if _, err := x.p.cfg.Office.PublishTips(x.ctx(), x.actor(), tip); err != nil {
		return x.refused(err, page)
	}
	return goTo("/tips", "tip_published"), nil
}
