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

type mailView struct {
	From    calendar.Month // zero: not the results of one
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
		book, err := openMailBook(tx, letters)
		if err != nil {
			return err
		}
		slices.Reverse(letters)
		all, counts := book.byStanding(letters)
		view.Counts = counts
		if view.State != "" {
			all = slices.DeleteFunc(all, func(l inspections.Letter) bool { return string(book.copies.Standing(l)) != view.State })
		}
		view.Pages = pagingOf(x.r, len(all))
		for _, l := range all[view.Pages.From:view.Pages.Until] {
			view.Lines = append(view.Lines, book.line(x, l))
		}
		return needed(tx, x, book, &view)
	})
	return show("mail", x.words.T("portal.mail.title"), view), err
}

// needed lists what waits for a person: stopped addresses and letters nobody confirmed.
func needed(tx Tx, x *exchange, book mailBook, view *mailView) error {
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
		view.Awaited = append(view.Awaited, awaitedLine{book.line(x, a.Letter), a.Due})
	}
	return err
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
	if m, err := calendar.ParseMonth(x.r.PostForm.Get("month")); err == nil { // from the results of a month's bulletin
		return goTo("/bulletins/"+m.String()+"/results", done), nil
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
