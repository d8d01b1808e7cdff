package post

import (
	"fmt"
	"strings"

	ics "github.com/arran4/golang-ical"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// invitation gives the calendar file of an assignment letter. Go and ended letters carry one under the
// same name (DRAW.md); that of an ended one holds the standby slot without a place.
func (r *Renderer) invitation(l inspections.Letter, args any, w words) (file, error) {
	c := r.catalog()
	cal := ics.NewCalendarFor("anfang")
	cal.SetMethod(ics.MethodPublish)
	cal.SetProductId("-//anfang//standby//")
	_, domain, _ := strings.Cut(r.sender().Address, "@")
	e := cal.AddEvent(r.digest(l, "event", 0)[:32] + "@" + domain)
	e.SetDtStampTime(l.Created.Time)
	var from, to calendar.Instant
	switch a := args.(type) {
	case *cutAssignment:
		from, to = a.Arrive, a.End
		e.SetSummary(c.T("mail.ics_go"))
		e.SetLocation(a.Township + a.Village)
	case *inspections.StandbyArgs:
		from, to = a.Start, a.End
		e.SetSummary(c.T("mail.ics_ended"))
		e.SetTimeTransparency(ics.TransparencyTransparent)
	default:
		return file{}, fmt.Errorf("letter %s: no calendar file for %T", l.Kind, args)
	}
	e.SetStartAt(from.Time)
	e.SetEndAt(to.Time)
	e.SetDescription(w.subject)
	var b strings.Builder
	if err := cal.SerializeTo(&b, ics.WithNewLine("\r\n")); err != nil {
		return file{}, fmt.Errorf("calendar file: %w", err)
	}
	return file{name: c.T("mail.ics_name"), media: "text/calendar; method=PUBLISH", data: []byte(b.String())}, nil
}
