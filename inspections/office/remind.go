package office

import (
	"fmt"
	"slices"
	"strings"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/duties"
)

// RemindTx is what reminding needs of a transaction.
type RemindTx interface {
	Tx
	duties.RemindTx
}

// listDays is how far ahead the daily list of what is theirs looks.
const listDays = 7

// Remind writes to everybody who owes something near, at or past its end, whoever they are, and hands
// what has been over for long enough to a higher person (提级督办); each stage of an obligation is told
// once. whole adds the daily list: every official at the office gets what is theirs, told before or not.
// A day that is over is not made good: what was missed stands in the next day's list. It runs in the
// caller's transaction; done twice, it writes nothing more.
func Remind(tx RemindTx, rules []duties.Rule, day calendar.Date, whole bool) error {
	if day != tx.Now().Date() {
		return nil
	}
	book, err := readersOf(tx, day)
	if err != nil {
		return err
	}
	open, err := tx.Obligations(duties.Filter{Open: true})
	if err != nil {
		return err
	}
	half := "am"
	if !whole {
		half = "pm"
	}
	r := reminding{tx: tx, book: book, day: day, half: half, lists: map[string]*list{}}
	for _, o := range open {
		if o.Kind == duties.Alarm || o.Undetermined == "" && o.Last() > day.Add(listDays) {
			continue
		}
		rule, _ := duties.RuleOf(rules, o.Kind, o.Clause, o.Started.Date())
		if err := r.owed(o, rule); err != nil {
			return err
		}
		if err := r.raise(o, rule); err != nil {
			return err
		}
	}
	return r.send(whole)
}

// reminding gathers what each reader is told on a day.
type reminding struct {
	tx    RemindTx
	book  *readers
	day   calendar.Date
	half  string
	lists map[string]*list
	told  int
	up    int
}

// list is one reader's letter in the making.
type list struct {
	reader reader
	args   inspections.OwedArgs
	fresh  bool // something is told that was not told before
}

func (r *reminding) list(to reader) *list {
	l := r.lists[to.key]
	if l == nil {
		l = &list{reader: to, args: inspections.OwedArgs{Name: to.name, Day: r.day, Issuer: r.book.set[inspections.SetIssuer], Phone: r.book.set[inspections.SetContactPhone]}}
		if to.office {
			l.args.Path = "/"
		} else {
			l.args.Path = "/duties"
		}
		r.lists[to.key] = l
	}
	return l
}

func (r *reminding) key(to reader) string { return fmt.Sprintf("owed/%s/%s/%s", r.day, r.half, to.key) }

// tell records that a reader is told of a stage and gives whether that is new.
func (r *reminding) tell(o duties.Obligation, stage duties.Stage, round int, to reader) (bool, error) {
	return r.tx.AddReminder(duties.Reminder{
		Obligation: o.ID, Stage: stage, Round: round, Due: o.Due, Reader: to.key, Name: to.name, Letter: r.key(to), At: r.tx.Now(),
	})
}

// owed puts an obligation on the lists of those who owe it; what nobody can be written about goes to the
// clerks, who have a telephone.
func (r *reminding) owed(o duties.Obligation, rule duties.Rule) error {
	owners, err := r.book.owners(r.tx, o, rule)
	if err != nil {
		return err
	}
	line, err := r.line(o)
	if err != nil {
		return err
	}
	stage, round, due := o.StageOn(r.day, r.book.set.Int(inspections.SetRemindDays))
	silent := len(owners) == 0
	if silent {
		if !due || o.Kind == duties.RecordVisit {
			return nil
		}
		owners = r.book.clerks()
	}
	for _, to := range owners {
		l := r.list(to)
		if due {
			fresh, err := r.tell(o, stage, round, to)
			if err != nil {
				return err
			}
			if fresh {
				l.fresh = true
				r.told++
			}
		}
		switch {
		case silent:
			l.args.Silent = append(l.args.Silent, line)
		case o.Undetermined != "":
			l.args.Waiting = append(l.args.Waiting, line)
		case o.Last() < r.day:
			l.args.Late = append(l.args.Late, line)
		case o.Last() == r.day:
			l.args.Today = append(l.args.Today, line)
		default:
			l.args.Soon = append(l.args.Soon, line)
		}
	}
	return nil
}

// raise hands what has been over for long enough to a higher person, once.
func (r *reminding) raise(o duties.Obligation, rule duties.Rule) error {
	if !o.RaisedOn(r.day, r.book.set.Int(inspections.SetRaiseDays)) {
		return nil
	}
	line, err := r.line(o)
	if err != nil {
		return err
	}
	for _, to := range r.book.higher(o, rule) {
		fresh, err := r.tell(o, duties.StageRaised, 0, to)
		if err != nil {
			return err
		}
		if !fresh {
			continue
		}
		l := r.list(to)
		l.fresh = true
		l.args.Raised = append(l.args.Raised, line)
		r.up++
	}
	return nil
}

// line says what is owed, without any person's name.
func (r *reminding) line(o duties.Obligation) (inspections.OwedLine, error) {
	l := inspections.OwedLine{
		Duty: string(o.Kind), Clause: o.Clause, Period: o.Period, Body: r.book.roster.PartyName(o.Party), BodyKind: o.Party.Kind,
		Due: o.Due, Waits: o.Undetermined, First: o.FirstDue,
	}
	if o.Party.Kind == inspections.PartyMember { // named by nothing but the unit
		unit, err := r.book.unitOfMember(r.tx, o)
		if err != nil {
			return l, err
		}
		l.Body = r.book.roster.PartyName(inspections.Party{Kind: inspections.PartyUnit, ID: int64(unit)})
	}
	noun, rest, ok := strings.Cut(o.Subject, "/")
	if !ok {
		return l, nil
	}
	l.About, l.ID = noun, rest
	if noun == "case" {
		c, err := caseOf(r.tx, o)
		if err != nil {
			return l, err
		}
		l.ID = c.Number
	}
	return l, nil
}

// send writes the letters: to officials of the office the whole list each morning, to others only when
// there is something new.
func (r *reminding) send(whole bool) error {
	letters := 0
	for _, key := range inOrder(r.lists) {
		l := r.lists[key]
		if !l.fresh && (!whole || !l.reader.office || !l.args.Any()) {
			continue
		}
		letters++
		if err := enqueue(r.tx, inspections.LetterOwed, r.key(l.reader), l.reader.to, l.reader.name, l.reader.email, l.args); err != nil {
			return err
		}
	}
	if letters == 0 {
		return nil
	}
	return record(r.tx, inspections.System, "duty.reminded", fmt.Sprintf("day/%s/%s", r.day, r.half), map[string]any{
		"letters": letters, "reminders": r.told, "raised": r.up,
	})
}

func inOrder(m map[string]*list) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
