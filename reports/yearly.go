package reports

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// YearFigures are a year's supervision, month by month: of months whose bulletin is drafted what was frozen, of others
// what the records say now.
type YearFigures struct {
	Issuer string
	Year   int
	Months []YearMonth
	Random Figure // visit ids over the year
	Manual Figure
	Teams  Figure // reached at least once
	AllOf  int    // teams on the roster at the end
	Short  int    // measured weeks below two
	Weeks  int    // measured weeks

	Problems Figure         // finding ids
	Kinds    map[string]int // problems by kind
	Started  Figure         // case ids
	Closed   Figure
	Measures map[string]Figure
	Own      Figure // obligations of the county office done late or not at all
	At       calendar.Instant

	Official *Official // nil: a sample
}

// YearMonth is a month's line. Frozen says that its bulletin was drafted.
type YearMonth struct {
	Month                                           calendar.Month
	Random, Manual, Problems, Started, Closed, Late int
	Short, Weeks                                    int
	Frozen                                          bool
}

// Yearly gathers a year up to now, as a sample. Errors: Forbidden; Conflict "paper.no_year" for a year without a sealed week.
func (p *Press) Yearly(ctx context.Context, by inspections.Actor, year int) (YearFigures, error) {
	var y YearFigures
	if err := mayRead(by); err != nil {
		return y, err
	}
	err := p.View(ctx, func(tx Tx) (err error) {
		y, err = p.yearly(tx, year)
		return err
	})
	return y, err
}

func (p *Press) yearly(tx Tx, year int) (YearFigures, error) {
	y := YearFigures{Year: year, Kinds: map[string]int{}, Measures: map[string]Figure{}}
	set, err := settings(tx)
	if err != nil {
		return y, err
	}
	roster, err := tx.Roster()
	if err != nil {
		return y, err
	}
	y.Issuer, y.At, y.AllOf = set[inspections.SetIssuer], tx.Now(), len(roster.TeamsOn(min(tx.Now().Date(), calendar.NewDate(year, 12, 31))))
	for n := range 12 {
		m := calendar.Month{Year: year, Month: 1}.Add(n)
		if m.First() > tx.Now().Date() {
			break
		}
		f, frozen, err := p.figuresOf(tx, m)
		if err != nil {
			return y, err
		}
		y.add(m, f, frozen)
	}
	if y.Weeks == 0 && y.Random.N+y.Manual.N == 0 {
		return y, inspections.Fail(inspections.Conflict, "paper.no_year", "year", year)
	}
	return y, nil
}

func (y YearFigures) blank() inspections.IssuedPaper {
	return inspections.IssuedPaper{Kind: inspections.PaperYear, Subject: fmt.Sprintf("year/%d", y.Year), To: countyOffice()}
}

func (y YearFigures) under(official Official) Form {
	y.Official = &official
	return y
}

// figuresOf gives a month's frozen figures, or those of today.
func (p *Press) figuresOf(tx Tx, m calendar.Month) (Figures, bool, error) {
	issue, err := tx.IssueOf(kindBulletin, m.String())
	if inspections.IsNotFound(err) {
		f, err := Compile(tx, p.Calendar, m)
		var missing *calendar.MissingYearError
		if errors.As(err, &missing) {
			err = inspections.Fail(inspections.Conflict, "portal.calendar_missing", "year", missing.Year).Because(err)
		}
		return f, false, err
	}
	if err != nil {
		return Figures{}, false, err
	}
	var f Figures
	if err := json.Unmarshal(issue.Figures, &f); err != nil {
		return f, true, fmt.Errorf("reports: figures of %s: %w", m, err)
	}
	return f, true, nil
}

func (y *YearFigures) add(m calendar.Month, f Figures, frozen bool) {
	line := YearMonth{
		Month: m, Random: f.Random.N, Manual: f.Manual.N, Problems: len(f.Problems), Started: f.Cases.Started.N, Closed: f.Cases.Closed.N,
		Late: len(f.Own), Frozen: frozen,
	}
	for _, w := range f.Weeks {
		if !frozen && w.Until >= y.At.Date() {
			continue // it may still come to two
		}
		if w.Measured {
			line.Weeks++
		}
		if w.Short() {
			line.Short++
		}
	}
	y.Short, y.Weeks = y.Short+line.Short, y.Weeks+line.Weeks
	y.Months = append(y.Months, line)
	join := func(to *Figure, from Figure) {
		for _, id := range from.Rows {
			to.add(id)
		}
	}
	join(&y.Random, f.Random)
	join(&y.Manual, f.Manual)
	join(&y.Teams, f.Teams)
	join(&y.Started, f.Cases.Started)
	join(&y.Closed, f.Cases.Closed)
	for kind, figure := range f.Cases.Measures {
		sum := y.Measures[kind]
		join(&sum, figure)
		y.Measures[kind] = sum
	}
	for _, p := range f.Problems {
		y.Problems.add(p.Finding)
		y.Kinds[p.Kind]++
	}
	for _, o := range f.Own {
		y.Own.add(o.Obligation)
	}
}
