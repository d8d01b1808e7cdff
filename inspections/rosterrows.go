package inspections

import "anfang.example/inspections/calendar"

// RosterRows are the rows of a roster as a file gives them, repaired and resolved among each other but
// not yet merged with what the store holds. Rows name each other by natural keys: a township by its
// name as in Townships (or as the store has it), a unit by its name, a village by its 12-digit code
// else by township and name, a member by phone else by name and village. A kind of row that no file
// gave is an empty list and says nothing about what stands in the store.
type RosterRows struct {
	Townships  []TownshipRow
	Units      []UnitRow
	Teams      []TeamRow
	Members    []MemberRow
	Inspectors []InspectorRow
}

// Len counts the rows of every kind.
func (r *RosterRows) Len() int {
	return len(r.Townships) + len(r.Units) + len(r.Teams) + len(r.Members) + len(r.Inspectors)
}

// Source says where a row stood; rows count from 1 as a spreadsheet does.
type Source struct {
	File  string
	Sheet string // "" for csv
	Row   int
}

// TownshipRow is a township with the deputy secretary in charge (1.1). Code is empty where the file
// has none (a flat list of members).
type TownshipRow struct {
	Source
	Code          string // 9 digits
	Name          string
	Deputy        string
	Phone         string // 11 digits, of the deputy
	Email         string // where letters to the township go
	Resident      string // resident team leader (6), "" when not given
	ResidentPhone string
}

// UnitRow is an aid unit with its leaders.
type UnitRow struct {
	Source
	Name       string
	MainLeader string // 2.4c
	InCharge   string // 2.4d
	Phone      string
	Email      string
}

// TeamRow is a team in a village; several units may stand behind it.
type TeamRow struct {
	Source
	Code        string // the office's own number
	Township    string
	Village     string
	VillageCode string // 12 digits, "" when not given
	Units       []string
	Kind        TeamKind
	From        calendar.Date // zero: not given or not readable
	Until       calendar.Date
}

// MemberRow is a member and the posting to a village. The same person may stand in several rows with
// different spans; each is a posting.
type MemberRow struct {
	Source
	Name        string // a character the file lost stays as "?"
	Sex         string // "m", "f" or ""
	Phone       string // 11 digits; "" when missing or not readable
	Township    string
	Village     string
	VillageCode string // from the team's row or the store; "" when neither has one
	Unit        string // "" : not given, asked
	Role        PostingRole
	From        calendar.Date // zero: not given or not readable
	Until       calendar.Date // last day, zero while it lasts
	Note        string
}

// InspectorRow is a county inspector.
type InspectorRow struct {
	Source
	Name    string
	Office  string // the body the person works for, as resolved
	OwnUnit string // the aid unit of that name, "" when it is none
	Phone   string
	Email   string
	Home    string // home township, "" when not given
	Avoid   []string
}
