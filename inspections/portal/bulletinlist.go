package portal

import (
	"slices"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

type issueLine struct {
	I     inspections.Issue
	Month calendar.Month
}

type issueListView struct {
	Lines  []issueLine
	Months []calendar.Month // that may be looked at before a draft
}

// bulletinList shows the bulletins, the newest first.
func bulletinList(x *exchange) (answer, error) {
	var view issueListView
	err := x.view(func(tx Tx) error {
		issues, err := tx.Issues()
		if err != nil {
			return err
		}
		have := map[string]bool{}
		for _, i := range slices.Backward(issues) {
			m, err := calendar.ParseMonth(i.Month)
			if err != nil {
				return err
			}
			have[i.Month] = true
			if seesIssue(x.who, i) {
				view.Lines = append(view.Lines, issueLine{i, m})
			}
		}
		if atDesk(x.who) {
			for _, back := range []int{0, -1} {
				if m := calendar.MonthOf(x.now.Date()).Add(back); !have[m.String()] {
					view.Months = append(view.Months, m)
				}
			}
		}
		return nil
	})
	return show("bulletins", x.words.T("portal.bulletins.title"), view), err
}
