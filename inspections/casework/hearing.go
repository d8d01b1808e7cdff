package casework

import "anfang.example/inspections/calendar"

// Heard reports whether those concerned in a branch were heard: they said something, refused to, or the
// time they were last given is over. A branch is not concluded before.
func Heard(b Branch, acts []Act, now calendar.Instant) bool {
	if b.Statement != "" {
		return true
	}
	for _, a := range acts {
		if a.Branch == b.Seq && a.Hears() {
			return true
		}
	}
	due := ReplyBy(b, acts)
	return !due.IsZero() && now.After(due.Time)
}

// Hears reports whether an act ends the time in which those concerned in its branch may be heard.
func (a Act) Hears() bool {
	return a.Kind == ActStatement || a.Kind == ActDeclined || a.Kind == ActTalk
}

// ReplyBy gives the end of the time in which those concerned in a branch may be heard, as they were last
// invited; zero when they were not.
func ReplyBy(b Branch, acts []Act) calendar.Instant {
	var due calendar.Instant
	for _, a := range Invitations(b.Seq, acts) {
		if !a.Due.IsZero() {
			due = a.Due
		}
	}
	return due
}

// Invitations lists the times that those concerned in a branch were asked for a statement, oldest first.
func Invitations(branch int, acts []Act) []Act {
	var list []Act
	for _, a := range acts {
		if a.Kind == ActInvited && a.Branch == branch {
			list = append(list, a)
		}
	}
	return list
}
