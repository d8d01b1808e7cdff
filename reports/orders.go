package reports

import (
	"context"
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
}

// answerDays is how long a body has to answer an urging or to object; the notice 71号 sets no term for it.
const answerDays = 7

// RectifyOrder gathers the notice for a line of the ledger. Without a form the line's state chooses. Errors: Forbidden,
// NotFound, Invalid "paper.bad_form", Conflict "paper.form_unfit" for a form that would say what is not so.
func (p *Press) RectifyOrder(ctx context.Context, by inspections.Actor, id inspections.MeasureID, form OrderForm, letter bool) (RectifyOrder, error) {
	var o RectifyOrder
	if err := mayRead(by); err != nil {
		return o, err
	}
	if form != "" && !slices.Contains(orderForms, form) {
		return o, inspections.Fail(inspections.Invalid, "paper.bad_form")
	}
	err := p.View(ctx, func(tx Tx) error {
		line, err := tx.Rectification(id)
		if err != nil {
			return err
		}
		set, err := settings(tx)
		if err != nil {
			return err
		}
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		if form, err = fitting(line, form, tx.Now()); err != nil {
			return err
		}
		o = RectifyOrder{
			Issuer: set[inspections.SetIssuer], Form: form, Kind: line.Party.Kind, Party: roster.PartyName(line.Party), Line: line,
			Answer: tx.Now().Date().Add(answerDays), Letter: letter, At: tx.Now(),
		}
		return nil
	})
	return o, err
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

// Recall is a notice that a member is recalled and has to be replaced 召回撤换.
type Recall struct {
	Issuer            string
	Unit              string
	Township, Village string
	Measure           casework.Measure
	Number            string        // of the case
	ReplaceBy         calendar.Date // 2.1
	Letter            bool
	At                calendar.Instant
}

// Recall gathers the notice of a recall that a case decided. Errors: Forbidden, NotFound "paper.no_recall",
// Conflict "paper.unit_open" while nobody knows whom to write to.
func (p *Press) Recall(ctx context.Context, by inspections.Actor, id inspections.CaseID, letter bool) (Recall, error) {
	var r Recall
	if err := mayRead(by); err != nil {
		return r, err
	}
	err := p.View(ctx, func(tx Tx) error {
		one, err := tx.Case(id)
		if err != nil {
			return err
		}
		measures, err := tx.Measures(id)
		if err != nil {
			return err
		}
		set, err := settings(tx)
		if err != nil {
			return err
		}
		roster, err := tx.Roster()
		if err != nil {
			return err
		}
		for _, m := range measures {
			if m.Kind != casework.MeasureRecall || m.Decided.IsZero() {
				continue
			}
			t, _ := roster.Township(one.Township)
			team, _ := roster.Team(one.Team)
			r = Recall{
				Issuer: set[inspections.SetIssuer], Township: t.Name, Village: team.Village, Measure: m, Number: one.Number,
				ReplaceBy: tx.Now().Date().Add(set.Int(inspections.SetReplaceUnit)), Letter: letter, At: tx.Now(),
			}
			if r.Unit, err = unitOfFinding(tx, roster, one); err == nil && r.Unit == "" {
				err = inspections.Fail(inspections.Conflict, "paper.unit_open", "number", one.Number)
			}
			return err
		}
		return inspections.Fail(inspections.NotFound, "paper.no_recall", "number", one.Number)
	})
	return r, err
}

// unitOfFinding names the unit that sent the member a case is about; "" while that is open.
func unitOfFinding(tx Tx, roster *inspections.Roster, one casework.Case) (string, error) {
	findings, err := tx.Findings(inspections.FindingFilter{})
	if err != nil {
		return "", err
	}
	for _, f := range findings {
		if f.ID == one.Finding && f.Unit != 0 {
			u, _ := roster.Unit(f.Unit)
			return u.Name, nil
		}
	}
	units := roster.UnitsOf(one.Team, one.FactAt.Date())
	if len(units) != 1 {
		return "", nil
	}
	u, _ := roster.Unit(units[0])
	return u.Name, nil
}
