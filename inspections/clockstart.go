package inspections

// ClockStart is what sets a clock going. Words: "clock_start."+event.
type ClockStart string

// What sets clocks going.
const (
	StartProposed ClockStart = "proposed" // a case is proposed, which is when the finding stands
	StartApproved ClockStart = "approved" // its start is approved
	StartReopened ClockStart = "reopened" // it is taken up again
	StartReceived ClockStart = "received" // a report reached the office, on paper too
	StartRecorded ClockStart = "recorded" // it was entered
	StartInvited  ClockStart = "invited"  // those concerned were asked for a statement
	StartDecided  ClockStart = "decided"  // a measure was decided
	StartServed   ClockStart = "served"   // it was served
	StartAsked    ClockStart = "asked"    // a post became vacant and a successor was asked for
	StartSent     ClockStart = "sent"     // a hand-over slip was sent
	StartUpheld   ClockStart = "upheld"   // it was upheld
)

// FirstDay says which day is the first that a clock counts. Words: "clock_first."+day.
type FirstDay string

// The first days of clocks.
const (
	FirstNextDay     FirstDay = "next_day"     // the day after its start (次日起算)
	FirstSameDay     FirstDay = "same_day"     // the day of its start itself (当日起算)
	FirstNextWorkday FirstDay = "next_workday" // the first working day after its start
)

// Choices lists the values of a setting that has only a few, the default first; none for others.
func Choices(key string) []string { return choices[key] }
