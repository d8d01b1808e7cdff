package office

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
)

// HandCase is a case entered by hand, with a reason: a paper, a higher body's order, a complaint checked.
type HandCase struct {
	Kind    string // of the problem, one in force that day of casework.Problems
	Clause  string // "": the one its kind is against
	Team    inspections.TeamID
	FactAt  calendar.Instant
	Reason  string
	Members []inspections.MemberID // none: no person identified
	Units   []inspections.UnitID   // 0 stands to be named; none given: those behind the team on that day
}

// OpenCase proposes a case by hand. It runs like any other: awaiting approval, clock running. Errors:
// Forbidden, Invalid without reason, a known kind or a time that has come, or for a member or unit that was not
// of the team on the day of the fact, NotFound for team, member or unit.
func (o *Office) OpenCase(ctx context.Context, by inspections.Actor, h HandCase) (casework.Case, error) {
	if err := allow(by, inspections.RoleClerk, inspections.RoleAdmin, inspections.RoleLeader); err != nil {
		return casework.Case{}, err
	}
	if err := h.Check(); err != nil {
		return casework.Case{}, err
	}
	var c casework.Case
	err := o.InTx(ctx, func(tx Tx) error {
		table, err := tx.Problems()
		if err != nil {
			return err
		}
		kind, err := table.Find(tx.Now().Date(), h.Kind)
		if err != nil {
			return err
		}
		h.Clause = cmp.Or(h.Clause, kind.Clause)
		if h.FactAt.IsZero() || h.FactAt.After(tx.Now().Time) {
			return inspections.Fail(inspections.Invalid, "report.time", "time", h.FactAt)
		}
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		team, err := h.In(roster)
		if err != nil {
			return err
		}
		f := inspections.Finding{
			Kind: h.Kind, Clause: h.Clause, Party: inspections.PartyTownship, Township: team.Township, Team: team.ID,
			At: h.FactAt, Note: h.Reason, Found: tx.Now(),
		}
		if len(h.Members) > 0 {
			f.Party, f.Member = inspections.PartyMember, h.Members[0]
		}
		if len(h.Units) > 0 {
			f.Unit = h.Units[0]
		}
		if f.Times, err = timesThisYear(tx, f); err != nil {
			return err
		}
		if err := tx.AddFinding(&f); err != nil {
			return err
		}
		c, err = o.proposeWith(tx, by, f, "hand", h.Units, h.Members)
		return err
	})
	return c, err
}

// Check refuses a hand entry without a reason or a kind, whoever enters it. Error: Invalid.
func (h HandCase) Check() error {
	if h.Reason == "" || h.Kind == "" {
		return inspections.Fail(inspections.Invalid, "case.hand_incomplete")
	}
	return nil
}

// In finds the team, and refuses a team, member or unit that the roster does not have, and a member not posted
// to the team or a unit not behind it on the day of the fact. Errors: NotFound, Invalid.
func (h HandCase) In(roster *inspections.Roster) (inspections.Team, error) {
	team, ok := roster.Team(h.Team)
	if !ok {
		return team, inspections.Fail(inspections.NotFound, "case.team_unknown", "team", int64(h.Team))
	}
	day := h.FactAt.Date()
	posted, behind := roster.PostingsOf(h.Team, day), roster.UnitsOf(h.Team, day)
	for _, id := range h.Members {
		m, ok := roster.Member(id)
		if !ok {
			return team, inspections.Fail(inspections.NotFound, "case.member_unknown", "member", int64(id))
		}
		if !slices.ContainsFunc(posted, func(p inspections.Posting) bool { return p.Member == id }) {
			return team, inspections.Fail(inspections.Invalid, "case.member_elsewhere", "member", m.Name, "team", team.Village, "day", day)
		}
	}
	for _, id := range h.Units {
		u, ok := roster.Unit(id)
		switch {
		case id == 0:
		case !ok:
			return team, inspections.Fail(inspections.NotFound, "unit.unknown", "unit", int64(id))
		case !slices.Contains(behind, id):
			return team, inspections.Fail(inspections.Invalid, "case.unit_elsewhere", "unit", u.Name, "team", team.Village, "day", day)
		}
	}
	return team, nil
}

// Count counts what the cases proposed in [from, until) came to; the kinds of count are never added up.
func (o *Office) Count(ctx context.Context, from, until calendar.Instant) (casework.Counts, []casework.Row, error) {
	var n casework.Counts
	var rows []casework.Row
	err := o.View(ctx, func(tx Tx) (err error) {
		n, rows, err = CountIn(tx, from, until, 0)
		return err
	})
	return n, rows, err
}

// CountIn is Count inside the caller's transaction, of one township or, for 0, of all.
func CountIn(tx Tx, from, until calendar.Instant, township inspections.TownshipID) (casework.Counts, []casework.Row, error) {
	cases, err := tx.Cases(casework.Filter{From: from, Until: until})
	if err != nil {
		return nil, nil, err
	}
	var list []casework.Whole
	acts := map[inspections.CaseID][]casework.Act{}
	for _, c := range cases {
		if township != 0 && c.Township != township {
			continue
		}
		w, err := wholeOf(tx, c.ID)
		if err != nil {
			return nil, nil, fmt.Errorf("office: case %s: %w", c.Number, err)
		}
		list = append(list, w.Whole)
		acts[c.ID] = w.Acts
	}
	return casework.CountUp(list, acts), casework.InARow(list, acts, casework.SideUnit, casework.MeasureTalk, 2), nil
}
