package portal

import (
	"fmt"
	"slices"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/office"
	"anfang.example/reports/post"
)

type lettersView struct {
	Lines []letterLine
	Pages paging
}

// letterList shows a person's own letters, the newest first, and which of them wait for a receipt.
func letterList(x *exchange) (answer, error) {
	var view lettersView
	err := x.view(func(tx Tx) error {
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		received, err := receivedAt(tx)
		if err != nil {
			return err
		}
		var own []inspections.Letter
		for _, f := range []inspections.LetterFilter{
			{To: inspections.Party{Kind: inspections.PartyOfficial, ID: int64(x.who.ID)}}, {To: x.who.Party}, {Kind: inspections.LetterCaseMember},
		} {
			if f.Kind == "" && f.To.ID == 0 {
				continue // who acts for nobody
			}
			letters, err := tx.Letters(f)
			if err != nil {
				return err
			}
			for _, l := range letters {
				if office.Reads(roster, x.actor(), l) && !slices.ContainsFunc(own, func(o inspections.Letter) bool { return o.ID == l.ID }) {
					own = append(own, l)
				}
			}
		}
		slices.SortFunc(own, func(a, b inspections.Letter) int { return int(b.ID - a.ID) })
		confirmed := map[string]calendar.Instant{} // whichever copy the reader had before them
		for _, l := range own {
			if at, ok := received[l.ID]; ok {
				confirmed[l.Root()] = at
			}
		}
		view.Pages = pagingOf(x.r, len(own))
		for _, l := range own[view.Pages.From:view.Pages.Until] {
			line := letterLine{L: l, Kind: letterKindOf(x, l), Number: numberOf(l), Received: confirmed[l.Root()]}
			line.Asks = l.Kind.AsksReceipt() && line.Received.IsZero()
			view.Lines = append(view.Lines, line)
		}
		return nil
	})
	return show("letters", x.words.T("portal.letters.title"), view), err
}

type letterView struct {
	letterLine
	Said  post.Printed
	Due   calendar.Instant
	Paper bool // it may be had as an official paper
}

// letterPage shows one of a person's own letters. Looking at it confirms nothing: a button does.
func letterPage(x *exchange) (answer, error) {
	id, err := x.number("id")
	if err != nil {
		return answer{}, err
	}
	var view letterView
	err = x.view(func(tx Tx) error {
		l, err := tx.Letter(inspections.LetterID(id))
		if err != nil {
			return err
		}
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		if !office.Reads(roster, x.actor(), l) {
			return noPage()
		}
		view.letterLine = letterLine{L: l, Kind: letterKindOf(x, l)}
		r, err := office.ReceiptOf(tx, l)
		if err == nil {
			view.Received = r.At
		} else if !inspections.IsNotFound(err) {
			return err
		}
		view.Asks = l.Kind.AsksReceipt() && view.Received.IsZero()
		if view.Due, err = l.Deadline(); err != nil {
			return err
		}
		switch l.Kind {
		case inspections.LetterFreeze, inspections.LetterCaseTownship, inspections.LetterCaseUnit, inspections.LetterCaseMember, inspections.LetterReceipt, inspections.LetterOpinion:
			view.Paper = true
		}
		view.Said, err = x.p.cfg.Read(l)
		return err
	})
	return show("letter", view.Said.Title, view), err
}

// letterPaper gives one of a person's own letters as an official paper.
func letterPaper(x *exchange) (answer, error) {
	id, err := x.number("id")
	if err != nil {
		return answer{}, err
	}
	return printed(x.p.cfg.Press.LetterPDF(x.ctx(), x.actor(), inspections.LetterID(id)))
}

// letterReceive records the reader's own click.
func letterReceive(x *exchange) (answer, error) {
	id, err := x.number("id")
	if err != nil {
		return answer{}, err
	}
	if _, err := x.p.cfg.Office.ReceiveLetter(x.ctx(), x.actor(), inspections.LetterID(id)); err != nil {
		return x.refused(err, func() (answer, error) { return letterPage(x) })
	}
	return goTo(fmt.Sprintf("/letters/%d", id), "letter_received"), nil
}

type resultsView struct {
	From   calendar.Month // whose bulletin it was
	Counts []stateCount
	Lines  []letterLine
	May    bool // send again
}

// bulletinResults tells, reader by reader, what became of a month's bulletin: what failed comes first.
func bulletinResults(x *exchange) (answer, error) {
	m, err := calendar.ParseMonth(x.r.PathValue("month"))
	if err != nil {
		return answer{}, noPage()
	}
	view := resultsView{From: m, May: x.actor().Is(clerks...)}
	err = x.view(func(tx Tx) error {
		i, err := visibleIssue(tx, x, m)
		if err != nil {
			return err
		}
		letters, err := tx.Letters(inspections.LetterFilter{Under: fmt.Sprintf("issue/%d/", i.ID)})
		if err != nil {
			return err
		}
		book, err := openMailBook(tx, letters)
		letters, view.Counts = book.byStanding(letters)
		for _, l := range letters {
			view.Lines = append(view.Lines, book.line(x, l))
		}
		return err
	})
	return show("results", x.words.T("portal.results.title", "month", m), view), err
}
