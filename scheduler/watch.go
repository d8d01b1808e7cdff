package scheduler

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// watchWeeksBack is how far back the watch looks: a year for aborts, half of it for the pattern.
const (
	abortWeeks   = 52
	patternWeeks = 26
	// rare is how improbable, over all that are compared, something must be to be shown: once in a hundred
	// honest counties.
	rare = 0.01
	// shareWarn is the share of special visits, in percent, from which what an insider can steer weighs.
	shareWarn = 25
	// boundWarn is the largest probability, in 1/1000, that a team should have in one draw (DRAW.md, maxp);
	// of a county with few teams twice its fair share.
	boundWarn = 80
)

// Watch is what the office should look at with its own eyes: numbers that chance does not explain.
type Watch struct {
	Aborts  []Abort `json:"aborts"`  // the least probable first
	Pattern Pattern `json:"pattern"` // what is known of the draw beside chance
}

// Abort is an inspector or unit whose visits fall through more often than everybody else's. Shares and
// probabilities are in 1/1,000,000.
type Abort struct {
	Party    inspections.Party `json:"party"`
	Visits   int               `json:"visits"`    // random visits released in the last 52 weeks
	Aborted  int               `json:"aborted"`   // of these, cancelled
	UsualPPM int               `json:"usual_ppm"` // share cancelled of all others, at least what the books expect
	TailPPM  int               `json:"tail_ppm"`  // chance of so many or more with the usual share
}

// Pattern says how far visits can be guessed from what people decided, not chance.
type Pattern struct {
	Random       int  `json:"random"`        // random visits of the last 26 weeks
	Special      int  `json:"special"`       // tip-offs and look backs of the same time
	SharePercent int  `json:"share_percent"` // special of all
	Weekday      int  `json:"weekday"`       // 1 Monday … 7: the day most special visits fall on; 0 none
	OnWeekday    int  `json:"on_weekday"`    // how many do
	WeekdayPPM   int  `json:"weekday_ppm"`   // chance that some day gets so many
	Overrides    int  `json:"overrides"`     // teams whose weight two persons set, in the newest book
	Excluded     int  `json:"excluded"`      // of these, left out: they know that they are safe
	Teams        int  `json:"teams"`
	MaxPermille  int  `json:"max_permille"` // the largest probability of a team in one draw, from the newest book
	Guessable    bool `json:"guessable"`    // one of the bounds is passed
}

// Look reads what the watch shows, as of a moment.
func (s *Scheduler) Look(ctx context.Context, now calendar.Instant) (Watch, error) {
	var w Watch
	err := s.view(ctx, func(tx Tx) (err error) {
		w, err = s.lookIn(tx, now, now)
		return err
	})
	return w, err
}

// lookIn reads it in a transaction; of visits only those that began before seen count.
func (s *Scheduler) lookIn(tx Tx, now, seen calendar.Instant) (Watch, error) {
	w := Watch{Aborts: []Abort{}}
	visits, err := tx.Visits(inspections.VisitFilter{From: calendar.InstantOf(now.AddDate(0, 0, -7*abortWeeks)), Until: seen})
	if err != nil {
		return w, err
	}
	roster, err := tx.Roster()
	if err != nil {
		return w, err
	}
	values, err := settingsOn(tx, now.Date())
	if err != nil {
		return w, err
	}
	w.Aborts = aborts(roster, visits, 1-float64(values.Int(inspections.SetCompletion))/1_000_000)
	w.Pattern = patternOf(visits, now.AddDate(0, 0, -7*patternWeeks))
	return w, s.lookAtBook(tx, now, &w.Pattern)
}

// warnOfPattern tells, with the first book of a month, what people should look at before it is used
// against the draw. A special visit that may still be under way is left out: the alarm must not tell of it.
func (t *tick) warnOfPattern(tx Tx, week calendar.Week) error {
	month := calendar.MonthOf(week.Monday())
	if calendar.MonthOf(week.Add(-1).Monday()) == month {
		return nil
	}
	w, err := t.lookIn(tx, tx.Now(), lookedBack(tx))
	if err != nil {
		return err
	}
	if w.Pattern.Guessable {
		if err := t.tell(tx, alarm{key: AlarmGuessable, about: month.String(), period: month.String(), clause: "3.4"}); err != nil {
			return err
		}
	}
	for _, abort := range w.Aborts {
		about := fmt.Sprintf("%s/%d", abort.Party.Kind, abort.Party.ID)
		if err := t.tell(tx, alarm{key: AlarmAborts, about: about + alarmUnderlying + month.String(), period: month.String(), clause: "3.4"}); err != nil {
			return err
		}
	}
	return nil
}

// lookedBack is up to when visits are counted for what others read: no special visit lasts longer than that.
func lookedBack(tx Tx) calendar.Instant { return calendar.InstantOf(tx.Now().Add(-specialWindow)) }

// patternArgs gives the numbers of an alarm of warnOfPattern.
func (t *tick) patternArgs(tx Tx, a alarm, params map[string]string) error {
	w, err := t.lookIn(tx, tx.Now(), lookedBack(tx))
	if err != nil {
		return err
	}
	if a.key == AlarmGuessable {
		p := w.Pattern
		for name, n := range map[string]int{"special": p.Special, "random": p.Random, "share": p.SharePercent, "overrides": p.Overrides, "excluded": p.Excluded} {
			params[name] = strconv.Itoa(n)
		}
		params["most"] = fmt.Sprintf("%d.%d%%", p.MaxPermille/10, p.MaxPermille%10)
		return nil
	}
	roster, err := tx.Roster()
	if err != nil {
		return err
	}
	for _, abort := range w.Aborts {
		if strings.HasPrefix(a.about, fmt.Sprintf("%s/%d/", abort.Party.Kind, abort.Party.ID)) {
			params["name"] = roster.PartyName(abort.Party)
			params["aborted"], params["visits"] = strconv.Itoa(abort.Aborted), strconv.Itoa(abort.Visits)
		}
	}
	return nil
}

// aborts tests each inspector and each unit against all others: a breakdown must not become a way to
// spare a team. expected is the share that falls through anyway.
func aborts(roster *inspections.Roster, visits []inspections.Visit, expected float64) []Abort {
	type tally struct{ visits, aborted int }
	by, all := map[inspections.Party]tally{}, tally{}
	for _, v := range visits {
		if v.Kind != inspections.VisitRandom {
			continue
		}
		aborted := 0
		if v.State == inspections.VisitCancelled {
			aborted = 1
		}
		all.visits, all.aborted = all.visits+1, all.aborted+aborted
		parties := []inspections.Party{{Kind: inspections.PartyInspector, ID: int64(v.First)}, {Kind: inspections.PartyInspector, ID: int64(v.Second)}}
		for _, unit := range roster.UnitsOf(v.Team, v.Start.Date()) {
			parties = append(parties, inspections.Party{Kind: inspections.PartyUnit, ID: int64(unit)})
		}
		for _, p := range parties {
			t := by[p]
			by[p] = tally{t.visits + 1, t.aborted + aborted}
		}
	}
	compared := map[inspections.PartyKind]int{}
	for p := range by {
		compared[p.Kind]++
	}
	list := []Abort{}
	for p, t := range by {
		usual := expected
		if others := all.visits - t.visits; others > 0 {
			usual = max(usual, float64(all.aborted-t.aborted)/float64(others))
		}
		tail := binomialTail(t.visits, t.aborted, usual)
		if t.aborted > 0 && tail*float64(compared[p.Kind]) < rare {
			list = append(list, Abort{p, t.visits, t.aborted, ppm(usual), ppm(tail)})
		}
	}
	slices.SortFunc(list, func(a, b Abort) int {
		return cmp.Or(cmp.Compare(a.TailPPM, b.TailPPM), cmp.Compare(a.Party.Kind, b.Party.Kind), cmp.Compare(a.Party.ID, b.Party.ID))
	})
	return list
}

// patternOf counts special visits beside random ones since a moment, and the weekday they lean to.
func patternOf(visits []inspections.Visit, since time.Time) Pattern {
	var p Pattern
	var days [8]int
	for _, v := range visits {
		if v.Start.Before(since) {
			continue
		}
		if v.Kind == inspections.VisitRandom {
			p.Random++
			continue
		}
		p.Special++
		day := (int(v.Start.Local().Weekday())+6)%7 + 1
		days[day]++
		if days[day] > p.OnWeekday {
			p.OnWeekday, p.Weekday = days[day], day
		}
	}
	if all := p.Random + p.Special; all > 0 {
		p.SharePercent = p.Special * 100 / all
	}
	chance := min(1, 7*binomialTail(p.Special, p.OnWeekday, 1.0/7))
	p.WeekdayPPM = ppm(chance)
	p.Guessable = p.SharePercent > shareWarn || p.Special > 0 && chance < rare
	return p
}

// lookAtBook adds what people set in the newest sealed book and the largest probability of a team.
func (s *Scheduler) lookAtBook(tx Tx, now calendar.Instant, p *Pattern) error {
	week := calendar.WeekOf(now.Date())
	row, err := tx.Freeze(week.Add(1))
	if inspections.IsNotFound(err) {
		row, err = tx.Freeze(week)
	}
	if inspections.IsNotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	book, err := s.book(row)
	if err != nil {
		return err
	}
	var weights, bag, heaviest, heaviestBag float64
	p.Teams = len(book.Teams)
	for _, team := range book.Teams {
		if _, changed := changeIn(team.Reasons); changed {
			p.Overrides++
		}
		if team.Risk == 0 {
			p.Excluded++
		}
		weights += float64(team.Risk)
		if team.Bag {
			bag += float64(min(team.Risk, 2000))
		}
	}
	share := float64(book.Alpha) / 65536
	for _, team := range book.Teams {
		heaviest = max(heaviest, float64(team.Risk)/max(weights, 1))
		if team.Bag && bag > 0 {
			capped := float64(min(team.Risk, 2000))
			a := min(share, 0.06*bag/2000) // DRAW.md bounds the bag's share when few are left
			heaviestBag = max(heaviestBag, a*capped/bag+(1-a)*float64(team.Risk)/max(weights, 1))
		}
	}
	p.MaxPermille = int(math.Ceil(1000 * max(heaviest, heaviestBag)))
	p.Guessable = p.Guessable || p.MaxPermille > max(boundWarn, 2*1000/max(p.Teams, 1)) || p.Excluded*10 > p.Teams
	return nil
}

// binomialTail gives the chance of k or more hits in n tries of probability p.
func binomialTail(n, k int, p float64) float64 {
	switch {
	case k <= 0:
		return 1
	case p <= 0:
		return 0
	case p >= 1:
		return 1
	}
	sum := 0.0
	for i := k; i <= n; i++ {
		choose, _ := math.Lgamma(float64(n + 1))
		a, _ := math.Lgamma(float64(i + 1))
		b, _ := math.Lgamma(float64(n - i + 1))
		sum += math.Exp(choose - a - b + float64(i)*math.Log(p) + float64(n-i)*math.Log1p(-p))
	}
	return min(1, sum)
}

func ppm(share float64) int { return int(math.Ceil(share * 1_000_000)) }
