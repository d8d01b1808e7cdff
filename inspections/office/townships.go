package office

import (
	"context"
	"fmt"
	"strings"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/duties"
)

// TownshipMerger says that a township goes up in another from a day on.
type TownshipMerger struct {
	Gone, Into inspections.TownshipID
	From       calendar.Date // today or a day before
	Reason     string        // the document that says so; it stands as the reason of what is no longer owed
}

// MergeTownships lets a township go up in another: from the day on its teams belong to the other, which owes its
// duties and is told its matters; who held a post in it holds it no longer, but for the contact of cases still open.
// What it owed with a time after that day is waived. Weeks that are sealed stay as sealed: teams keep their number, so
// that their turn in the draw stays what it was. Gives how many teams came along. Errors: Forbidden, NotFound, Invalid for a
// day to come or a township that does not stand, Conflict when both have a village of one name.
func (o *Office) MergeTownships(ctx context.Context, by inspections.Actor, m TownshipMerger) (moved int, err error) {
	if err := allow(by, inspections.RoleClerk, inspections.RoleAdmin); err != nil {
		return 0, err
	}
	m.Reason = strings.TrimSpace(m.Reason)
	err = o.InTx(ctx, func(tx Tx) error {
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		if m.From.IsZero() {
			m.From = tx.Now().Date()
		}
		if err := m.check(roster, tx.Now().Date()); err != nil {
			return err
		}
		if moved, err = moveTeams(tx, roster.Teams, m.Gone, m.Into, m.From); err != nil {
			return err
		}
		gone, _ := roster.Township(m.Gone)
		gone.Until, gone.Into = m.From.Add(-1), m.Into
		if err := tx.SaveTownship(gone); err != nil {
			return err
		}
		alias := inspections.Alias{Of: townshipParty(m.Into), Why: inspections.AliasMerged, Name: gone.Name, Code: gone.Code, From: m.From, Recorded: tx.Now()}
		if err := tx.AddAlias(&alias); err != nil {
			return err
		}
		if err := endPosts(tx, roster, m.Gone, m.From); err != nil {
			return err
		}
		if err := owedNoMore(tx, by, m); err != nil {
			return err
		}
		return record(tx, by, "township.merged", fmt.Sprintf("township/%d", m.Gone), map[string]any{"into": int64(m.Into), "from": m.From, "teams": moved, "reason": m.Reason})
	})
	return moved, err
}

func townshipParty(id inspections.TownshipID) inspections.Party {
	return inspections.Party{Kind: inspections.PartyTownship, ID: int64(id)}
}

func (m TownshipMerger) check(roster *inspections.Roster, today calendar.Date) error {
	gone, okGone := roster.Township(m.Gone)
	into, okInto := roster.Township(m.Into)
	switch {
	case !okGone || !okInto:
		return inspections.Fail(inspections.NotFound, "township.unknown", "township", int64(m.Gone))
	case m.Gone == m.Into || gone.Into != 0 || into.Into != 0:
		return inspections.Fail(inspections.Invalid, "township.merge", "township", gone.Name, "into", into.Name)
	case m.From > today:
		return inspections.Fail(inspections.Invalid, "township.merge_future", "day", m.From)
	case m.Reason == "":
		return inspections.Fail(inspections.Invalid, "township.merge_reason")
	}
	for _, move := range roster.Moves {
		if (move.Township == m.Gone || move.Township == m.Into) && move.From > m.From {
			return inspections.Fail(inspections.Invalid, "township.merge", "township", gone.Name, "into", into.Name)
		}
	}
	theirs := map[string]bool{}
	for _, t := range roster.TeamsOn(m.From) {
		theirs[t.Village] = theirs[t.Village] || t.Township == m.Into
	}
	for _, t := range roster.TeamsOn(m.From) {
		if t.Township == m.Gone && theirs[t.Village] {
			return inspections.Fail(inspections.Conflict, "township.merge_village", "village", t.Village, "into", into.Name)
		}
	}
	return nil
}

// moveTeams lets every team of a township, also those that ended, belong to another from a day on; ended ones too,
// so that an old file finds them.
func moveTeams(tx Tx, teams []inspections.Team, was, now inspections.TownshipID, from calendar.Date) (moved int, err error) {
	for _, t := range teams {
		if t.Township != was {
			continue
		}
		t.Township = now
		if err := tx.SaveTeam(t); err != nil {
			return moved, err
		}
		move := inspections.TeamMove{Team: t.ID, Township: now, Was: was, From: from, Recorded: tx.Now()}
		if err := tx.AddTeamMove(&move); err != nil {
			return moved, err
		}
		if inspections.Covers(t.From, t.Until, from) {
			moved++
		}
	}
	return moved, nil
}

// endPosts ends who holds a post of a township on the day before from; the contact stays for letters of open cases.
func endPosts(tx Tx, roster *inspections.Roster, township inspections.TownshipID, from calendar.Date) error {
	for _, h := range roster.Holders {
		if h.Party != townshipParty(township) || h.Post == inspections.PostContact || !inspections.Covers(h.From, h.Until, from) {
			continue
		}
		h.Until = from.Add(-1)
		if err := tx.SaveHolder(h); err != nil {
			return err
		}
	}
	return nil
}

// owedNoMore waives the duties by the calendar that the township and its resident team leader still owed with a time
// after the merger; the other township owes its own.
func owedNoMore(tx Tx, by inspections.Actor, m TownshipMerger) error {
	for _, kind := range []inspections.PartyKind{inspections.PartyTownship, inspections.PartyResident} {
		list, err := tx.Obligations(duties.Filter{Party: kind, Open: true})
		if err != nil {
			return err
		}
		for _, o := range list {
			_, ruled := duties.RuleOf(duties.Catalog(), o.Kind, o.Clause, o.Started.Date())
			if o.Party.ID != int64(m.Gone) || !ruled || !o.Due.After(m.From.Start()) {
				continue
			}
			if _, err := duties.Submit(tx, &duties.Submission{Obligation: o.ID, Kind: duties.SubmissionWaived, Note: m.Reason, By: by.Ref()}); err != nil {
				return err
			}
		}
	}
	return nil
}

// UndoTownshipMerger corrects a merger that did not take place: the township stands again, and the teams that came
// along belong to it, from the day on which the merger had been recorded; both records stay. What was waived stays waived.
// Errors: Forbidden, NotFound for a township that went up in none, Conflict when the other went up in a third since.
func (o *Office) UndoTownshipMerger(ctx context.Context, by inspections.Actor, id inspections.TownshipID) (moved int, err error) {
	if err := allow(by, inspections.RoleClerk, inspections.RoleAdmin); err != nil {
		return 0, err
	}
	err = o.InTx(ctx, func(tx Tx) error {
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		t, _ := roster.Township(id)
		into, ok := roster.Township(t.Into)
		switch {
		case !ok:
			return inspections.Fail(inspections.NotFound, "township.not_merged", "township", t.Name)
		case into.Into != 0:
			return inspections.Fail(inspections.Conflict, "township.merge", "township", into.Name, "into", t.Name)
		}
		from, last := t.Until.Add(1), t.Until
		came := map[inspections.TeamID]bool{}
		for _, m := range roster.Moves {
			came[m.Team] = m.Township == into.ID && m.Was == id && m.From == from
		}
		var teams []inspections.Team
		for _, team := range roster.Teams {
			if came[team.ID] {
				teams = append(teams, team)
			}
		}
		if moved, err = moveTeams(tx, teams, into.ID, id, from); err != nil {
			return err
		}
		t.Until, t.Into = 0, 0
		if err := tx.SaveTownship(t); err != nil {
			return err
		}
		alias := inspections.Alias{Of: townshipParty(into.ID), Why: inspections.AliasMerged, Name: t.Name, Code: t.Code, From: from, Until: last, Recorded: tx.Now()}
		if err := tx.AddAlias(&alias); err != nil {
			return err
		}
		for _, h := range roster.Holders {
			if h.Party == townshipParty(id) && h.Until == last {
				h.Until = 0
				if err := tx.SaveHolder(h); err != nil {
					return err
				}
			}
		}
		return record(tx, by, "township.merger_undone", fmt.Sprintf("township/%d", id), map[string]any{"from": from, "into": int64(into.ID), "teams": moved})
	})
	return moved, err
}
