package reports

import (
	"context"
	"fmt"
	"slices"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
)

// OrderForm is what a rectification notice says.
type OrderForm string

// The forms of a rectification notice 整改通知书.
const (
	OrderGiven    OrderForm = "order"
	OrderReminder OrderForm = "reminder" // it falls due soon
	OrderUrged    OrderForm = "urge"     // it is over
	OrderClosed   OrderForm = "closed"   // checked and closed
)

var orderForms = []OrderForm{OrderGiven, OrderReminder, OrderUrged, OrderClosed}

// RectifyOrder is a rectification notice to the township or unit that has to act.
type RectifyOrder struct {
	Issuer string
	Form   OrderForm
	Kind   inspections.PartyKind
	Party  string // its name
	Line   casework.Rectification
	Answer calendar.Date // by when a body past its term has to answer, or to object
	Letter bool          // to a body not under the office: 函
	At     calendar.Instant

	Official *Official // nil: a sample
}

// answerDays is how long a body has to answer an urging or to object; the notice 71号 sets no term for it.
const answerDays = 7

// RectifyOrder gathers the notice for a line of the ledger, as a sample. Without a form the line's state chooses. Errors: Forbidden,
// NotFound, Invalid "paper.bad_form", Conflict "paper.form_unfit" for a form that would say what is not so.
func (p *Press) RectifyOrder(ctx context.Context, by inspections.Actor, id inspections.MeasureID, form OrderForm, letter bool) (RectifyOrder, error) {
	var o RectifyOrder
	if err := mayRead(by); err != nil {
		return o, err
	}
	err := p.View(ctx, func(tx Tx) (err error) {
		o, err = rectifyOrder(tx, id, form, letter)
		return err
	})
	return o, err
}

func rectifyOrder(tx Tx, id inspections.MeasureID, form OrderForm, letter bool) (RectifyOrder, error) {
	var o RectifyOrder
	if form != "" && !slices.Contains(orderForms, form) {
		return o, inspections.Fail(inspections.Invalid, "paper.bad_form")
	}
	line, err := tx.Rectification(id)
	if err != nil {
		return o, err
	}
	set, err := settings(tx)
	if err != nil {
		return o, err
	}
	roster, err := tx.Roster()
	if err != nil {
		return o, err
	}
	if form, err = fitting(line, form, tx.Now()); err != nil {
		return o, err
	}
	return RectifyOrder{
		Issuer: set[inspections.SetIssuer], Form: form, Kind: line.Party.Kind, Party: roster.PartyName(line.Party), Line: line,
		Answer: tx.Now().Date().Add(answerDays), Letter: letter || outside(roster, line.Party), At: tx.Now(),
	}, nil
}

func (o RectifyOrder) blank() inspections.IssuedPaper {
	due := map[OrderForm]calendar.Date{OrderGiven: lastDay(o.Line.Due), OrderReminder: lastDay(o.Line.Due), OrderUrged: o.Answer}[o.Form]
	return inspections.IssuedPaper{
		Kind: inspections.PaperRectify, Form: string(o.Form), Subject: fmt.Sprintf("rectify/%d", o.Line.ID), Letter: o.Letter, To: o.Line.Party, Name: o.Party, Due: due,
	}
}

func (o RectifyOrder) under(official Official) Form {
	o.Official = &official
	return o
}

// fitting chooses the form of a line's state, or refuses the one asked for.
func fitting(line casework.Rectification, form OrderForm, now calendar.Instant) (OrderForm, error) {
	state := line.State(now)
	if form == "" {
		form = map[string]OrderForm{casework.RectifyVerified: OrderClosed, casework.RectifyOverdue: OrderUrged}[state]
		if form == "" {
			form = OrderGiven
		}
	}
	fits := map[OrderForm]bool{
		OrderGiven: state != casework.RectifyVerified, OrderReminder: state == casework.RectifyOpen,
		OrderUrged: state == casework.RectifyOverdue, OrderClosed: state == casework.RectifyVerified,
	}
	if !fits[form] {
		return "", inspections.Fail(inspections.Conflict, "paper.form_unfit", "form", string(form), "id", int64(line.ID))
	}
	return form, nil
}

// outside reports whether a body is a unit that is not under the county: it is asked by letter.
func outside(roster *inspections.Roster, p inspections.Party) bool {
	u, _ := roster.Unit(inspections.UnitID(p.ID))
	return p.Kind == inspections.PartyUnit && u.Outside
}
