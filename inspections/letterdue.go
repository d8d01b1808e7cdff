package inspections

import (
	"encoding/json"
	"fmt"
	"slices"

	"anfang.example/inspections/calendar"
)

// Deadline gives the end of the clock that a letter serves, after which it no longer helps its reader: the
// end of the slot, the time to reply, the end of the week in which a case must start. Zero: it serves none.
// Error: arguments that are not those of the kind.
func (l Letter) Deadline() (calendar.Instant, error) {
	args, err := LetterArgs(l.Kind)
	if err != nil {
		return calendar.Instant{}, err
	}
	if err := json.Unmarshal(l.Args, args); err != nil {
		return calendar.Instant{}, fmt.Errorf("letter %d: %w", l.ID, err)
	}
	end := calendar.Instant{}
	switch a := args.(type) {
	case *AssignmentArgs:
		end = a.End
	case *StandbyArgs:
		end = a.End
	case *CancelArgs:
		end = a.End
	case *FreezeArgs:
		end = a.CoSeedBy
	case *CaseStartArgs:
		end = a.ReplyBy
	case *ApproveArgs:
		end = a.Due
	case *SignOffArgs:
		end = a.Due
	case *PaperArgs:
		if !a.Due.IsZero() {
			end = calendar.InstantOf(a.Due.End())
		}
	}
	if !end.After(l.Created.Time) { // written after its clock had ended: it tells of that, and has all the time there is
		return calendar.Instant{}, nil
	}
	return end, nil
}

// patient are the alarms that are read as well in the morning: what they speak of is over or takes days.
var patient = []string{"overdue", "bulletin_sign", "guessable", "aborts", "few_slots"}

// Urgent reports letters that no quiet hours hold back: those of a visit, alarms about what can still be
// turned, and a test, for which somebody is waiting.
func (l Letter) Urgent() bool {
	switch l.Kind {
	case LetterGo, LetterStandbyOver, LetterCancelled, LetterTest:
		return true
	case LetterAlarm:
		var a AlarmArgs
		return json.Unmarshal(l.Args, &a) != nil || !slices.Contains(patient, a.Key)
	}
	return false
}

// quietKeys are the settings of quiet hours by role; who has none is written to at any time.
var quietKeys = map[Role]string{
	RoleLeader: SetQuietLeader, RoleClerk: SetQuietClerk, RoleAdmin: SetQuietClerk, RoleInspector: SetQuietInspector,
	RoleReviewer: SetQuietReviewer, RoleTownship: SetQuietTownship, RoleUnit: SetQuietUnit,
}

// Quiet gives the quiet hours of a role; false when it has none.
func (s Settings) Quiet(r Role) (calendar.Hours, bool) {
	h, err := calendar.ParseHours(s[quietKeys[r]])
	return h, err == nil
}
