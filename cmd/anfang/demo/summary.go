package demo

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/duties"
	"anfang.example/inspections/store"
)

// Summary is summary.json, schema 1.
type Summary struct {
	Schema    int        `json:"schema"`
	Month     string     `json:"month"`
	Seed      uint64     `json:"seed"`
	Weeks     []Week     `json:"weeks"`
	Visits    int        `json:"visits"` // completed
	Cancelled int        `json:"cancelled"`
	Findings  int        `json:"findings"`
	Cases     []Case     `json:"cases"`
	Letters   Letters    `json:"letters"`
	Bulletins []Bulletin `json:"bulletins"`
	Journal   Journal    `json:"journal"`
}

// Week is one ISO week against the two of 3.4. Measured is false before the first freeze, and while the
// week still ran when the demo ended.
type Week struct {
	Week      string     `json:"week"`
	Measured  bool       `json:"measured"`
	Random    int        `json:"random_completed"`
	Manual    int        `json:"manual"`
	Exception *Exception `json:"exception"`
	Alarm     *Alarm     `json:"alarm"`
	Villages  []string   `json:"villages"` // visited, township and village
}

// Exception is a week's approved exception.
type Exception struct {
	Reason string `json:"reason"`
	By     string `json:"by"`
}

// Alarm says who was told that a week fell short.
type Alarm struct {
	At string   `json:"at"`
	To []string `json:"to"`
}

// Case is one case with its investigations.
type Case struct {
	ID             string          `json:"id"`
	Subject        string          `json:"subject"`
	Township       string          `json:"township"`
	Units          []string        `json:"units"`
	State          string          `json:"state"`
	Investigations []Investigation `json:"investigations"`
}

// Investigation is one branch of a case.
type Investigation struct {
	Side  string `json:"side"`
	Party string `json:"party"`
	State string `json:"state"`
}

// Letters counts the letters by what became of them.
type Letters struct {
	Accepted int `json:"accepted"`
	Refused  int `json:"refused"`
	Unknown  int `json:"unknown"`
}

// Bulletin is one issued paper.
type Bulletin struct {
	Month  string `json:"month"`
	Number string `json:"number"`
	PDF    string `json:"pdf"` // path in the folder
	SHA    string `json:"sha256"`
}

// Journal is where the chain ended.
type Journal struct {
	Records int64  `json:"records"`
	Head    string `json:"head"`
}

// leave writes papers, proof and summary into the folder.
func (p *play) leave() (Summary, error) {
	s := Summary{Schema: 1, Month: p.opt.Month.String(), Seed: p.opt.Seed, Weeks: []Week{}, Cases: []Case{}, Bulletins: []Bulletin{}}
	if err := p.papers(&s); err != nil {
		return s, err
	}
	if err := p.proof(); err != nil {
		return s, err
	}
	err := p.app.Store.View(p.ctx, func(tx *store.Tx) error {
		for _, count := range []func(*store.Tx, *Summary) error{p.weeks, p.cases, p.letters} {
			if err := count(tx, &s); err != nil {
				return err
			}
		}
		head, err := tx.JournalHead()
		s.Journal = Journal{head.Seq, head.Hash}
		return err
	})
	if err != nil {
		return s, err
	}
	return s, writeJSON(filepath.Join(p.opt.Out, "summary.json"), s)
}

func writeJSON(path string, v any) error {
	raw, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(path, append(raw, '\n'), 0o644)
}

// weeks counts every week that touches the month.
func (p *play) weeks(tx *store.Tx, s *Summary) error {
	found, err := tx.Findings(inspections.FindingFilter{})
	if err != nil {
		return err
	}
	s.Findings = len(found)
	for w := calendar.WeekOf(p.opt.Month.First()); w.Monday() <= p.opt.Month.Last(); w = w.Add(1) {
		line := Week{Week: w.String(), Villages: []string{}}
		_, err := tx.Freeze(w)
		if err != nil && !inspections.IsNotFound(err) {
			return err
		}
		line.Measured = err == nil && !p.clock.Now().Before(w.Sunday().End())
		visits, err := tx.Visits(inspections.VisitFilter{Year: w.Year, Week: w.Number})
		if err != nil {
			return err
		}
		for _, v := range visits {
			p.countVisit(&line, s, v)
		}
		if e, err := tx.Exception(w); err == nil {
			line.Exception = &Exception{e.Reason, e.By}
		} else if !inspections.IsNotFound(err) {
			return err
		}
		if line.Alarm, err = alarmOf(tx, w); err != nil {
			return err
		}
		s.Weeks = append(s.Weeks, line)
	}
	return nil
}

func (p *play) countVisit(line *Week, s *Summary, v inspections.Visit) {
	switch {
	case v.State == inspections.VisitCancelled:
		s.Cancelled++
		return
	case v.State != inspections.VisitCompleted:
		return
	case v.Kind == inspections.VisitRandom:
		line.Random++
	default:
		line.Manual++
	}
	s.Visits++
	team, _ := p.roster.Team(v.Team)
	township, _ := p.roster.Township(team.Township)
	line.Villages = append(line.Villages, township.Name+team.Village)
}

// alarmOf gives who was told that a week fell short; nil when nobody had to be.
func alarmOf(tx *store.Tx, w calendar.Week) (*Alarm, error) {
	owed, err := tx.Obligations(duties.Filter{Kind: duties.WeeklyVisits, Period: w.String()})
	if err != nil || len(owed) == 0 || owed[0].Escalated.IsZero() {
		return nil, err
	}
	alarm := Alarm{At: owed[0].Escalated.Local().Format("2006-01-02T15:04:05Z07:00"), To: []string{}}
	letters, err := tx.Letters(inspections.LetterFilter{Kind: inspections.LetterAlarm})
	if err != nil {
		return nil, err
	}
	for _, l := range letters {
		if l.Created == owed[0].Escalated && !slices.Contains(alarm.To, l.Name) {
			alarm.To = append(alarm.To, l.Name)
		}
	}
	return &alarm, nil
}

func (p *play) cases(tx *store.Tx, s *Summary) error {
	all, err := tx.Cases(casework.Filter{})
	if err != nil {
		return err
	}
	for _, c := range all {
		township, _ := p.roster.Township(c.Township)
		team, _ := p.roster.Team(c.Team)
		line := Case{
			ID: c.Number, Subject: p.opt.Words.T("demo.subject", "village", team.Village, "kind", p.opt.Words.Label("kind", c.Kind)),
			Township: township.Name, Units: []string{}, State: string(c.State), Investigations: []Investigation{},
		}
		branches, err := tx.Branches(c.ID)
		if err != nil {
			return err
		}
		for _, b := range branches {
			party := p.partyName(b.Party)
			if b.Side == casework.SideUnit {
				line.Units = append(line.Units, party)
			}
			line.Investigations = append(line.Investigations, Investigation{string(b.Side), party, string(b.State)})
		}
		s.Cases = append(s.Cases, line)
	}
	return nil
}

// partyName names bodies; a member is named by number only, as in every paper before a conclusion.
func (p *play) partyName(party inspections.Party) string {
	switch party.Kind {
	case inspections.PartyTownship:
		t, _ := p.roster.Township(inspections.TownshipID(party.ID))
		return t.Name
	case inspections.PartyUnit:
		u, _ := p.roster.Unit(inspections.UnitID(party.ID))
		return u.Name
	}
	return fmt.Sprintf("%s/%d", party.Kind, party.ID)
}

func (p *play) letters(tx *store.Tx, s *Summary) error {
	for state, n := range map[inspections.LetterState]*int{
		inspections.LetterAccepted: &s.Letters.Accepted, inspections.LetterRefused: &s.Letters.Refused, inspections.LetterUnknown: &s.Letters.Unknown,
	} {
		list, err := tx.Letters(inspections.LetterFilter{State: state})
		if err != nil {
			return err
		}
		*n = len(list)
	}
	return nil
}
