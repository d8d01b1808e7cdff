package portal

import (
	"slices"
	"strconv"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

type awayLine struct {
	L    inspections.InspectorLeave
	Name string
}

type inspectorChoice struct {
	ID   inspections.InspectorID
	Name string
}

type inspectorsView struct {
	Lines  []awayLine
	Choice []inspectorChoice // for whom this person may speak
	Kinds  []string
	Why    bool // the kind is shown: to the desk and to oneself
}

// inspectorList shows who of the inspectors cannot go, with the form to say so. An inspector sees and
// speaks for himself alone: who else is away would narrow down who stands by.
func inspectorList(x *exchange) (answer, error) {
	view := inspectorsView{Kinds: inspections.InspectorLeaveKinds()}
	err := x.view(func(tx Tx) error {
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		names := map[inspections.InspectorID]string{}
		for _, i := range roster.Inspectors {
			if !inspections.Covers(i.From, i.Until, x.now.Date()) || !speaksFor(x.who, i.ID) {
				continue
			}
			names[i.ID] = i.Name
			view.Choice = append(view.Choice, inspectorChoice{i.ID, i.Name})
		}
		leaves, err := tx.InspectorLeaves(x.now.Date().Add(-leavesSpan), x.now.Date().Add(leavesSpan))
		for _, l := range leaves {
			if name, ok := names[l.Inspector]; ok {
				view.Lines = append(view.Lines, awayLine{l, name})
			}
		}
		return err
	})
	slices.Reverse(view.Lines)
	return show("inspectors", x.words.T("portal.inspectors.title"), view), err
}

// speaksFor reports whether a person may say that an inspector is away.
func speaksFor(u inspections.User, id inspections.InspectorID) bool {
	return atDesk(u) || u.Party == inspections.Party{Kind: inspections.PartyInspector, ID: int64(id)}
}

// inspectorAway records that an inspector cannot go.
func inspectorAway(x *exchange) (answer, error) {
	f := x.form()
	id, err := strconv.ParseInt(x.r.PostForm.Get("inspector"), 10, 64)
	if err != nil || id <= 0 || !speaksFor(x.who, inspections.InspectorID(id)) {
		f.fail("inspector", "not_chosen")
	}
	l := inspections.InspectorLeave{
		Inspector: inspections.InspectorID(id), Kind: f.choice("kind", inspections.InspectorLeaveKinds()...),
		From: f.date("from", true), Until: f.date("until", false), Note: f.text("note"),
	}
	page := func() (answer, error) { return inspectorList(x) }
	if len(f.faults) > 0 {
		return f.again(page)
	}
	if _, err := x.p.cfg.Draws.RecordInspectorLeave(x.ctx(), x.actor(), l); err != nil {
		return x.refused(err, page)
	}
	return goTo("/inspectors", "inspector_away"), nil
}

// inspectorChoices lists the inspectors of a day by id.
func inspectorChoices(roster *inspections.Roster, day calendar.Date) []inspectorChoice {
	var list []inspectorChoice
	for _, i := range roster.Inspectors {
		if inspections.Covers(i.From, i.Until, day) {
			list = append(list, inspectorChoice{i.ID, i.Name})
		}
	}
	return list
}
