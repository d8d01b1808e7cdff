package portal

import (
	"strings"

	"anfang.example/inspections/duties"
)

// dutyWords says what is owed, with its week or month.
func dutyWords(x *exchange, o duties.Obligation) string {
	what := x.words.Label("duty", o.Kind)
	period := x.words.Period(o.Period)
	if period == "" {
		return what
	}
	return x.words.T("portal.duty_of", "what", what, "period", period)
}

// dutyPath gives the page on which a duty is done; "" when there is none.
func dutyPath(o duties.Obligation) string {
	switch o.Kind {
	case duties.WeeklyVisits:
		return "/week?week=" + o.Period
	case duties.Bulletin, duties.BulletinSign, duties.Correct:
		return "/bulletins/" + o.Period
	case duties.RecordVisit, duties.VerifyAbsence:
		return "/" + strings.Replace(o.Subject, "visit/", "visits/", 1)
	case duties.NoPair:
		if _, week, ok := strings.Cut(o.Subject, "/"); ok {
			week, _, _ = strings.Cut(week, "/")
			return "/week?week=" + week
		}
	}
	return ""
}
