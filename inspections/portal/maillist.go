package portal

import (
	"fmt"
	"slices"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/office"
	"anfang.example/reports/post"
)

type letterLine struct {
	L        inspections.Letter
	Kind     string
	Why      string // what the server said, in words
	Retry    bool
	Doubt    bool
	Copy     bool // may be sent to another address
	Received calendar.Instant
	Asks     bool // the reader may confirm it and has not
}

type mailView struct {
	Counts  []stateCount
	State   string
	Lines   []letterLine
	Pages   paging
	Stops   []stopLine
	Awaited []awaitedLine
}

// stopLine is an address to which no letters go.
type stopLine struct {
	D    inspections.DeadAddress
	Why  string // what a server said, in words
	Held int
}

// awaitedLine is a letter whose reader has not confirmed it.
type awaitedLine struct {
	letterLine
	Due calendar.Instant
}

type stateCount struct {
	State inspections.LetterState
	N     int
	Late  bool // somebody must look at them
}

// letterStandings are the ways in which a letter may stand, what failed first.
var letterStandings = []inspections.LetterState{
	inspections.LetterRefused, inspections.LetterReturned, inspections.LetterUnknown, inspections.LetterQueued, inspections.LetterSending,
	inspections.LetterAccepted, inspections.LetterHanded, inspections.LetterDropped,
}

// rareStandings are not counted where there is nothing to count: most offices use one way to send, and little comes back.
var rareStandings = []inspections.LetterState{inspections.LetterReturned, inspections.LetterHanded, inspections.LetterDropped}

// byStanding orders letters by how they stand, else as they come, and counts them.
func byStanding(letters []inspections.Letter) ([]inspections.Letter, []stateCount) {
	groups := map[inspections.LetterState][]inspections.Letter{}
	for _, l := range letters {
		groups[l.Standing()] = append(groups[l.Standing()], l)
	}
	var ordered []inspections.Letter
	var counts []stateCount
	for _, s := range letterStandings {
		ordered = append(ordered, groups[s]...)
		if n := len(groups[s]); n > 0 || !slices.Contains(rareStandings, s) {
			failed := s == inspections.LetterRefused || s == inspections.LetterReturned || s == inspections.LetterUnknown
			counts = append(counts, stateCount{s, n, failed && n > 0})
		}
	}
	return ordered, counts
}

// awaitedSpan is how far back unconfirmed letters are listed.
const awaitedSpan = 14 * 24 * time.Hour

// mailList shows letters by state, those that failed first, and what people must settle.
func mailList(x *exchange) (answer, error) {
	view := mailView{State: x.r.URL.Query().Get("state")}
	if !slices.Contains(letterStandings, inspections.LetterState(view.State)) {
		view.State = ""
	}
	err := x.view(func(tx Tx) error {
		letters, err := tx.Letters(inspections.LetterFilter{})
		if err != nil {
			return err
		}
		slices.Reverse(letters)
		all, counts := byStanding(letters)
		view.Counts = counts
		if view.State != "" {
			all = slices.DeleteFunc(all, func(l inspections.Letter) bool { return string(l.Standing()) != view.State })
		}
		received, err := receivedAt(tx)
		if err != nil {
			return err
		}
		view.Pages = pagingOf(x.r, len(all))
		for _, l := range all[view.Pages.From:view.Pages.Until] {
			view.Lines = append(view.Lines, letterLineOf(x, l, received))
		}
		return needed(tx, x, &view)
	})
	return show("mail", x.words.T("portal.mail.title"), view), err
}

// needed lists what waits for a person: stopped addresses and letters nobody confirmed.
func needed(tx Tx, x *exchange, view *mailView) error {
	stops, err := tx.DeadAddresses()
	if err != nil {
		return err
	}
	for _, d := range stops {
		if !d.Lifted.IsZero() {
			continue
		}
		held, err := office.HeldBack(tx, d)
		if err != nil {
			return err
		}
		view.Stops = append(view.Stops, stopLine{d, post.ExplainAnswer(x.words, d.Answer), len(held)})
	}
	awaited, err := office.AwaitedReceipts(tx, x.now.Add(-awaitedSpan))
	for _, a := range awaited {
		view.Awaited = append(view.Awaited, awaitedLine{letterLineOf(x, a.Letter, nil), a.Due})
	}
	return err
}

// receivedAt gives when letters were confirmed.
func receivedAt(tx Tx) (map[inspections.LetterID]calendar.Instant, error) {
	given, err := tx.Receipts()
	at := map[inspections.LetterID]calendar.Instant{}
	for _, r := range given {
		at[r.Letter] = r.At
	}
	return at, err
}

// letterLineOf shows a letter without its content. Go and ended have one name here: the list must not tell
// who was sent where before the visit is over.
func letterLineOf(x *exchange, l inspections.Letter, received map[inspections.LetterID]calendar.Instant) letterLine {
	line := letterLine{
		L: l, Kind: letterKindOf(x, l), Doubt: l.State == inspections.LetterUnknown, Received: received[l.ID],
		Retry: l.State == inspections.LetterRefused || l.State == inspections.LetterUnknown,
	}
	line.Copy = line.Retry || l.State == inspections.LetterAccepted
	if line.Retry || l.AnsweredBy(inspections.AnswerQuiet) || l.Standing() != l.State {
		line.Why = post.Explain(x.words, l)
	}
	return line
}

func letterKindOf(x *exchange, l inspections.Letter) string {
	if l.Kind.Assignment() {
		return x.words.T("portal.mail.standby")
	}
	return x.words.Label("letter_kind", l.Kind)
}

// onMail does something with a letter and shows the list again where it is refused.
func onMail(x *exchange, done string, do func(id int64) error) (answer, error) {
	id, err := x.number("id")
	if err != nil {
		return answer{}, err
	}
	if err := do(id); err != nil {
		return x.refused(fmt.Errorf("portal: mail: %w", err), func() (answer, error) { return mailList(x) })
	}
	return goTo("/mail", done), nil
}

// mailRetry puts a letter that failed back into the queue.
func mailRetry(x *exchange) (answer, error) {
	return onMail(x, "mail_retry", func(id int64) error {
		return x.p.cfg.Office.RetryLetter(x.ctx(), x.actor(), inspections.LetterID(id))
	})
}

// mailResend writes a letter once more, to another address.
func mailResend(x *exchange) (answer, error) {
	return onMail(x, "mail_resent", func(id int64) error {
		_, err := x.p.cfg.Office.ResendLetter(x.ctx(), x.actor(), inspections.LetterID(id), x.form().text("address"))
		return err
	})
}

// mailArrived records that a doubtful letter arrived.
func mailArrived(x *exchange) (answer, error) {
	return onMail(x, "mail_arrived", func(id int64) error {
		return x.p.cfg.Office.SettleLetter(x.ctx(), x.actor(), inspections.LetterID(id))
	})
}

// mailLift ends the stop of an address.
func mailLift(x *exchange) (answer, error) {
	return onMail(x, "mail_lifted", func(id int64) error {
		_, err := x.p.cfg.Office.LiftAddress(x.ctx(), x.actor(), inspections.StopID(id), x.r.PostForm.Get("again") != "")
		return err
	})
}
