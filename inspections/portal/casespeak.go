package portal

import (
	"slices"
	"strconv"

	"anfang.example/inspections"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/office"
)

// speakView is a member for whom a township or unit may speak, with what its people handed in already.
type speakView struct {
	Seq  int // of the investigation
	Name string
	May  []casework.ActKind
	Done []casework.Act
}

// speaksOf lists the members of a case for whom this person's body may speak.
func speaksOf(tx Tx, x *exchange, roster *inspections.Roster, w casework.Whole, acts []casework.Act) ([]speakView, error) {
	if !actsForBody(x.who) {
		return nil, nil
	}
	users, err := tx.Users()
	if err != nil {
		return nil, err
	}
	ours := map[inspections.UserID]bool{}
	for _, u := range users {
		ours[u.ID] = u.Party == x.who.Party
	}
	var list []speakView
	for _, b := range w.Branches {
		if !office.SpeaksFor(roster, x.who.Party, w.Case, b) {
			continue
		}
		v := speakView{Seq: b.Seq, Name: roster.PartyName(b.Party)}
		for _, k := range casework.MayNow(w, acts) {
			if n, _ := casework.Needs(k); n.Bodies && (k != casework.ActStatement || b.State == casework.BranchOpen) && (!n.Measure || len(servedIn(w, b)) > 0) {
				v.May = append(v.May, k)
			}
		}
		for _, a := range acts {
			if a.Branch == b.Seq && a.Member != 0 && ours[a.By] {
				v.Done = append(v.Done, a)
			}
		}
		list = append(list, v)
	}
	return list, nil
}

// servedIn lists the measures against a member that the member was told of.
func servedIn(w casework.Whole, b casework.Branch) []casework.Measure {
	return slices.DeleteFunc(slices.Clone(w.Measures), func(m casework.Measure) bool { return m.Branch != b.Seq || m.Served.IsZero() })
}

// speaking makes the form of an act one for the member of the address (?for=branch); any other has no page.
func (v *actView) speaking(tx Tx, x *exchange, roster *inspections.Roster, w casework.Whole, acts []casework.Act) error {
	seq, err := strconv.Atoi(x.r.URL.Query().Get("for"))
	if err != nil {
		return noPage()
	}
	list, err := speaksOf(tx, x, roster, w, acts)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(list, func(s speakView) bool { return s.Seq == seq && slices.Contains(s.May, v.Kind) })
	if i < 0 {
		return noPage()
	}
	v.Speak, v.Hows = list[i], casework.ActHows()
	for _, b := range w.Branches {
		if b.Seq == seq {
			v.Branches = []branchChoice{{b.Seq, b.Side, v.Speak.Name}}
			for _, m := range servedIn(w, b) {
				v.Measures = append(v.Measures, measureChoice{m, m.Person})
			}
		}
	}
	return nil
}
