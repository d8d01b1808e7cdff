package reports

import (
	"anfang.example/inspections"
	"anfang.example/inspections/attendance"
	"anfang.example/inspections/calendar"
)

// FiguresSchema is the version of the JSON form of Figures.
const FiguresSchema = 1

// Figure is one number and the ids of the rows it counts. Unlike counts (persons, times, townships,
// villages) are never added to each other.
type Figure struct {
	N    int     `json:"n"`
	Rows []int64 `json:"rows"`
}

// add counts a row once.
func (f *Figure) add(id int64) {
	for _, have := range f.Rows {
		if have == id {
			return
		}
	}
	f.Rows = append(f.Rows, id)
	f.N = len(f.Rows)
}

// Figures are what a month's bulletin says, frozen when it is drafted.
type Figures struct {
	Schema int           `json:"schema"`
	Month  string        `json:"month"` // "2025-03"
	From   calendar.Date `json:"from"`  // first day of the first week whose Sunday lies in the month
	Until  calendar.Date `json:"until"` // last Sunday of the month

	Weeks     []WeekFigure `json:"weeks"`
	Random    Figure       `json:"random"` // visit ids, completed
	Manual    Figure       `json:"manual"` // visit ids, completed; never counted as random
	Townships Figure       `json:"townships"`
	Villages  Figure       `json:"villages"` // team ids
	Teams     Figure       `json:"teams"`
	Units     Figure       `json:"units"`

	Attendance AttendanceFigures `json:"attendance"`

	Problems         []Problem `json:"problems"`
	ProblemTownships Figure    `json:"problem_townships"`
	ProblemUnits     Figure    `json:"problem_units"`
	ProblemMembers   Figure    `json:"problem_members"`
	Pending          Figure    `json:"pending"` // absences still to be verified, visit ids

	Cases   CaseFigures  `json:"cases"`
	Earlier EarlierCases `json:"earlier"`
	Own     []OwnDuty    `json:"own"` // the county office's own duties not done in time
	Ledger  []LedgerLine `json:"ledger"`
	Duties  []DutyLine   `json:"duties"`
	Proof   ProofFigures `json:"proof"`

	Scope *Scope `json:"scope,omitempty"` // of a township's or unit's copy; nil: everything
}

// WeekFigure is one ISO week against the two of 3.4.
type WeekFigure struct {
	Week      string        `json:"week"` // "2025-W11"
	From      calendar.Date `json:"from"`
	Until     calendar.Date `json:"until"`
	Measured  bool          `json:"measured"` // false before the first freeze
	Completed Figure        `json:"completed"`
	Exception *Exception    `json:"exception"` // signed before the week
	Reason    string        `json:"reason"`    // of a miss, where somebody gave one
}

// Short reports whether the week is below two.
func (w WeekFigure) Short() bool { return w.Measured && w.Completed.N < 2 }

// Exception is a week's approved exception as printed.
type Exception struct {
	Reason string        `json:"reason"`
	By     string        `json:"by"`
	Day    calendar.Date `json:"day"`
}

// Problem is one verified finding. Nobody is named before a measure is concluded and naming approved.
type Problem struct {
	Finding  int64            `json:"finding"`
	Visit    int64            `json:"visit"`
	At       calendar.Instant `json:"at"`
	Township string           `json:"township"`
	Village  string           `json:"village"`
	Units    []string         `json:"units"`
	Person   bool             `json:"person"`         // about a member
	Name     string           `json:"name,omitempty"` // of the member, once a measure is concluded and naming approved
	Reported bool             `json:"reported"`       // by the township, not seen on a visit
	Kind     string           `json:"kind"`
	Clause   string           `json:"clause"`
	Times    int              `json:"times"`
}

// CaseFigures sum up the dual investigations of the month (3.6).
type CaseFigures struct {
	Started   Figure            `json:"started"` // case ids, approved in the month
	Awaiting  Figure            `json:"awaiting"`
	Townships Figure            `json:"townships"`
	Units     Figure            `json:"units"`
	Closed    Figure            `json:"closed"`
	Open      Figure            `json:"open"`
	Overdue   Figure            `json:"overdue"`
	Measures  map[string]Figure `json:"measures"` // by kind, measure ids
	NotLiable []NotLiable       `json:"not_liable"`
	Lines     []CaseLine        `json:"lines"`
}

// NotLiable is a party that was found to have done its duty.
type NotLiable struct {
	Case  int64  `json:"case"`
	Side  string `json:"side"`
	Party string `json:"party"`
}

// CaseLine is one case as printed in the table; it names bodies only.
type CaseLine struct {
	Case     int64         `json:"case"`
	Number   string        `json:"number"`
	Township string        `json:"township"`
	Village  string        `json:"village"`
	Units    []string      `json:"units"`
	Kind     string        `json:"kind"`
	State    string        `json:"state"`
	Due      calendar.Date `json:"due"` // last day
	InTime   bool          `json:"in_time"`
}

// EarlierCases say what became of what earlier bulletins reported.
type EarlierCases struct {
	Any     bool         `json:"any"`  // a bulletin was issued before this month
	Open    Figure       `json:"open"` // at the start of the month
	Settled Figure       `json:"settled"`
	InTime  Figure       `json:"in_time"`
	Overdue Figure       `json:"overdue"`
	Lines   []LedgerLine `json:"lines"` // the overdue ones

	Rectify RectifyFigures `json:"rectify"`
}

// RectifyFigures say what became of the lines of the ledger of rectification that stood open at the start of
// the month, at its end; line ids.
type RectifyFigures struct {
	Open    Figure `json:"open"`
	Settled Figure `json:"settled"` // checked and closed in the month
	InTime  Figure `json:"in_time"`
	Overdue Figure `json:"overdue"`
}

// LedgerLine is one line of the ledger of rectification (annex 1); it names bodies only.
type LedgerLine struct {
	Case     int64         `json:"case"`    // 0: none was opened
	Finding  int64         `json:"finding"` // 0: a case opened by hand
	Number   string        `json:"number"`
	Township string        `json:"township"`
	Village  string        `json:"village"`
	Units    []string      `json:"units"`
	Kind     string        `json:"kind"`
	Found    calendar.Date `json:"found"`
	Due      calendar.Date `json:"due"` // last day; zero: none set
	State    string        `json:"state"`

	Rectify int64  `json:"rectify"` // line of the ledger of rectification; 0: none was opened
	Party   string `json:"party"`   // who has to act: "township" or "unit"; "" the units
	Problem string `json:"problem"` // as the ledger words it; "": by Kind
	Action  string `json:"action"`  // what must be done; "": nothing was asked
}

// DutyLine is one duty of one kind of body in the table of duties (annex 2); obligation ids.
type DutyLine struct {
	Party        string `json:"party"`
	Kind         string `json:"kind"`
	Clause       string `json:"clause"`
	Owed         Figure `json:"owed"`
	InTime       Figure `json:"in_time"`
	Late         Figure `json:"late"`
	Open         Figure `json:"open"`
	Undetermined Figure `json:"undetermined"`
}

// OwnDuty is one miss of the county office itself.
type OwnDuty struct {
	Obligation int64            `json:"obligation"`
	Kind       string           `json:"kind"`
	Clause     string           `json:"clause"`
	Period     string           `json:"period"`
	About      string           `json:"about"` // number of the case, "" for a period's duty
	Due        calendar.Instant `json:"due"`
	Done       calendar.Instant `json:"done"` // zero: still owed
	Reason     string           `json:"reason"`
}

// ProofFigures let a stranger check the draws of the month.
type ProofFigures struct {
	Anchors    map[string]string `json:"anchors"` // by ISO year
	Freezes    map[string]string `json:"freezes"` // by week
	JournalSeq int64             `json:"journal_seq"`
	Journal    string            `json:"journal"`
}

// AttendanceFigures are the ledgers' month. A township that sent none is "not reported", not zero.
type AttendanceFigures struct {
	CutOff      calendar.Date        `json:"cut_off"`
	Reported    Figure               `json:"reported"`     // township ids
	NotReported Figure               `json:"not_reported"` // township ids
	Members     Figure               `json:"members"`      // of the townships that reported
	Missing     Figure               `json:"missing"`      // members of those that did not
	Reached     Figure               `json:"reached"`      // the days of 1.4a
	DaysMin     int                  `json:"days_min"`
	LodgingMin  int                  `json:"lodging_min"`
	NoLodging   Figure               `json:"no_lodging"`   // members whose ledger says nothing of nights
	OnLeave     Figure               `json:"on_leave"`     // members
	LeaveTimes  int                  `json:"leave_times"`  // spells of leave, of the members of OnLeave
	Spells      []attendance.Spell   `json:"leave_spells"` // that LeaveTimes counts
	Unexcused   Figure               `json:"unexcused"`    // members, of verified findings
	Times       int                  `json:"times"`        // of unexcused absence, as many as Absences
	Absences    Figure               `json:"absences"`     // finding ids
	Rows        []AttendanceTownship `json:"rows"`         // in division-code order
	Units       []AttendanceUnit     `json:"by_unit"`      // in the order of the roster; unnamed units last
	NotNames    []string             `json:"not_names"`    // townships that did not report
	Last        *int                 `json:"last"`         // times of the month before; nil: data missing, no comparison
	LastRows    []int64              `json:"last_rows"`    // finding ids that Last counts
}

// AttendanceTownship is one line of the table.
type AttendanceTownship struct {
	Township  int64  `json:"township"`
	Name      string `json:"name"`
	Members   int    `json:"members"`
	Reported  bool   `json:"reported"`
	Reached   int    `json:"reached"`
	OnLeave   int    `json:"on_leave"`
	Unexcused int    `json:"unexcused"` // times

	MemberRows  []int64 `json:"member_rows"`
	ReachedRows []int64 `json:"reached_rows"` // member ids
	LeaveRows   []int64 `json:"leave_rows"`   // member ids
	AbsenceRows []int64 `json:"absence_rows"` // finding ids
}

// AttendanceUnit is one line of the table by aid unit. Its members may stand in townships of which some did not report.
type AttendanceUnit struct {
	Unit      int64  `json:"unit"` // 0: still to be named
	Name      string `json:"name"`
	Members   Figure `json:"members"`
	Reported  Figure `json:"reported"` // of them, whose township reported; of these are reached and on leave
	Reached   Figure `json:"reached"`
	OnLeave   Figure `json:"on_leave"`
	Unexcused Figure `json:"unexcused"` // finding ids
}

// Party gives the county office as the one who owes the bulletin.
func countyOffice() inspections.Party { return inspections.Party{Kind: inspections.PartyCounty} }
