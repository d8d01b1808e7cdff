package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// memberNames are what a member goes by: number, name and phone.
func memberNames(m inspections.Member) []string {
	return []string{strconv.FormatInt(int64(m.ID), 10), m.Name, m.Phone}
}

// servedIn finds a member of a team by name, phone or number: of any team when team is 0.
func servedIn(r *inspections.Roster, flag, text string, team inspections.TeamID) (inspections.Member, error) {
	var list []inspections.Member
	for _, m := range r.Members {
		if slices.ContainsFunc(r.Postings, func(p inspections.Posting) bool { return p.Member == m.ID && (team == 0 || p.Team == team) }) {
			list = append(list, m)
		}
	}
	if same := matching(text, list, memberNames); text != "" && len(same) > 1 {
		return inspections.Member{}, homonyms(r, flag, text, same)
	}
	return pick(flag, text, list, memberNames)
}

// memberTold finds whoever is meant by PHONE, NAME, NAME@VILLAGE or ID: not everybody has a number, and names repeat.
func memberTold(roster *inspections.Roster, flag, text string) (inspections.Member, error) {
	name, village, narrowed := strings.Cut(text, "@")
	if !narrowed {
		return servedIn(roster, flag, text, 0)
	}
	team, err := teamOf(roster, flag, "", village)
	if err != nil {
		return inspections.Member{}, err
	}
	return servedIn(roster, flag, name, team.ID)
}

// postedMember finds the one who was posted on a day, in a team where one is given, by PHONE, NAME, NAME@VILLAGE or ID.
// A member whom no team had that day is given as he is. Errors: NotFound, Invalid for one of another team, Conflict
// where several go by the name.
func postedMember(r *inspections.Roster, team inspections.TeamID, day calendar.Date, flag, text string) (inspections.MemberID, error) {
	name, village, narrowed := strings.Cut(text, "@")
	if narrowed {
		t, err := teamOf(r, flag, "", village)
		if err != nil {
			return 0, err
		}
		if team != 0 && team != t.ID {
			other, _ := r.Team(team)
			return 0, inspections.Fail(inspections.Invalid, "case.member_elsewhere", "member", name, "team", other.Village, "day", day)
		}
		team = t.ID
	}
	same := matching(name, r.Members, memberNames)
	if text == "" || len(same) == 0 {
		return 0, inspections.Fail(inspections.NotFound, "case.member_unknown", "member", text)
	}
	var posted []inspections.Member
	for _, m := range same {
		if slices.ContainsFunc(r.Postings, func(p inspections.Posting) bool {
			return p.Member == m.ID && (team == 0 || p.Team == team) && inspections.Covers(p.From, p.Until, day)
		}) {
			posted = append(posted, m)
		}
	}
	switch {
	case len(posted) == 1:
		return posted[0].ID, nil
	case len(posted) > 1:
		return 0, homonyms(r, flag, text, posted)
	case team != 0:
		t, _ := r.Team(team)
		return 0, inspections.Fail(inspections.Invalid, "case.member_elsewhere", "member", same[0].Name, "team", t.Village, "day", day)
	case len(same) > 1:
		return 0, homonyms(r, flag, text, same)
	}
	return same[0].ID, nil
}

// homonyms asks which of several is meant.
func homonyms(r *inspections.Roster, flag, text string, same []inspections.Member) error {
	return inspections.Fail(inspections.Conflict, "cli.homonyms", "flag", spelt(flag), "value", text, "n", len(same), "known", whereabouts(r, same))
}

// whereabouts lists the first five of some members with number and village.
func whereabouts(r *inspections.Roster, same []inspections.Member) []string {
	const shown = 5
	var known []string
	for _, m := range same[:min(shown, len(same))] {
		where := ""
		for _, p := range r.Postings { // the last one tells where he is
			if p.Member == m.ID {
				where = place(r, p.Team)
			}
		}
		known = append(known, strings.TrimSpace(fmt.Sprintf("%d %s", m.ID, where)))
	}
	if len(same) > shown {
		known = append(known, "…")
	}
	return known
}
