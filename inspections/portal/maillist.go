package portal

import (
	"fmt"
	"slices"

	"anfang.example/inspections"
	"anfang.example/reports/post"
)

type letterLine struct {
	L     inspections.Letter
	Kind  string
	Why   string // what the server said, in words
	Retry bool
}

type mailView struct {
	Counts []stateCount
	State  string
	Lines  []letterLine
	Pages  paging
}

type stateCount struct {
	State inspections.LetterState
	N     int
}

var letterStates = []inspections.LetterState{
	inspections.LetterRefused, inspections.LetterUnknown, inspections.LetterQueued, inspections.LetterSending, inspections.LetterAccepted,
}

// mailList shows letters by state, those that failed first.
func mailList(x *exchange) (answer, error) {
	view := mailView{State: x.r.URL.Query().Get("state")}
	if !slices.Contains(letterStates, inspections.LetterState(view.State)) {
		view.State = ""
	}
	err := x.view(func(tx Tx) error {
		var all []inspections.Letter
		for _, state := range letterStates {
			letters, err := tx.Letters(inspections.LetterFilter{State: state})
			if err != nil {
				return err
			}
			view.Counts = append(view.Counts, stateCount{state, len(letters)})
			if view.State == "" || view.State == string(state) {
				slices.Reverse(letters)
				all = append(all, letters...)
			}
		}
		view.Pages = pagingOf(x.r, len(all))
		for _, l := range all[view.Pages.From:view.Pages.Until] {
			view.Lines = append(view.Lines, letterLineOf(x, l))
		}
		return nil
	})
	return show("mail", x.words.T("portal.mail.title"), view), err
}

// letterLineOf shows a letter without its content. Go and ended have one name here: the list must not tell
// who was sent where before the visit is over.
func letterLineOf(x *exchange, l inspections.Letter) letterLine {
	line := letterLine{L: l, Kind: x.words.Label("letter_kind", l.Kind), Retry: l.State == inspections.LetterRefused || l.State == inspections.LetterUnknown}
	if l.Kind.Assignment() {
		line.Kind = x.words.T("portal.mail.standby")
	}
	if line.Retry {
		line.Why = post.Explain(x.words, l)
	}
	return line
}

// mailRetry puts a letter that failed back into the queue.
func mailRetry(x *exchange) (answer, error) {
	id, err := x.number("id")
	if err != nil {
		return answer{}, err
	}
	if err := x.p.cfg.Office.RetryLetter(x.ctx(), x.actor(), inspections.LetterID(id)); err != nil {
		return x.refused(fmt.Errorf("portal: retry: %w", err), func() (answer, error) { return mailList(x) })
	}
	return goTo("/mail", "mail_retry"), nil
}
