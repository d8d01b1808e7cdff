package draw

import (
	"fmt"
	"slices"
)

// Difference is the first place where a proof does not recompute. Slot 0
// means the week or the whole proof.
type Difference struct {
	Year  int    `json:"year"`
	Week  int    `json:"week"`
	Slot  int    `json:"slot"`
	Field string `json:"field"` // key of the proof, freeze or row
	Got   string `json:"got"`   // what the proof says
	Want  string `json:"want"`  // what was recomputed
}

// Error names week, slot and field.
func (d *Difference) Error() string {
	return fmt.Sprintf("draw: %04d-W%02d slot %d: %s is %s, recomputed %s", d.Year, d.Week, d.Slot, d.Field, d.Got, d.Want)
}

// Report counts what a proof holds.
type Report struct {
	Weeks      int `json:"weeks"`
	Slots      int `json:"slots"` // rows
	None       int `json:"none"`
	Dispatched int `json:"dispatched"`
	Missed     int `json:"missed"`
	Escalated  int `json:"escalated"` // dispatched without a feasible pair
	Sealed     int `json:"sealed"`    // rows whose link is not yet revealed, checked without chance
	Pending    int `json:"pending"`   // slots of the weeks without a row yet

	// Anchors lists the anchors the links lead to, in order of first use: to be
	// compared with those printed before each year. More than one a year is a
	// re-key.
	Anchors []Hash `json:"anchors"`

	// Unexplained lists bag flags that changed between two weeks of one horizon
	// without a visit to the team in the proof: a merged team, or a question.
	Unexplained []FlagChange `json:"unexplained"`
}

// FlagChange is a team whose bag flag differs from the week before.
type FlagChange struct {
	Year int    `json:"year"`
	Week int    `json:"week"`
	Team uint64 `json:"team"`
}

// Verify recomputes every slot of a proof with nothing but the proof. The
// error is a *Difference naming the first value that differs. pairs is
// pairing.Pick.
func Verify(p Proof, pairs PairRule) (Report, error) {
	report := Report{Anchors: []Hash{}, Unexplained: []FlagChange{}}
	if p.Schema != ProofSchema {
		return report, &Difference{Field: "schema", Got: fmt.Sprint(p.Schema), Want: fmt.Sprint(ProofSchema)}
	}
	if p.Algorithm != Version {
		return report, &Difference{Field: "algorithm", Got: p.Algorithm, Want: Version}
	}
	check := verifier{pairs: pairs, visits: map[uint64]visit{}, report: &report}
	for _, week := range p.Weeks {
		if d := check.week(p.County, week); d != nil {
			return report, d
		}
	}
	digest, err := p.digest()
	if err != nil {
		return report, &Difference{Field: "digest", Got: err.Error(), Want: "a digest"}
	}
	if digest != p.Digest {
		return report, &Difference{Field: "digest", Got: p.Digest.String(), Want: digest.String()}
	}
	return report, nil
}

type visit struct {
	team       uint64
	year, week int
}

type verifier struct {
	pairs  PairRule
	chain  chainCheck
	visits map[uint64]visit // every visit dispatched so far
	last   *Freeze
	rows   int // of the last week
	report *Report
}

func (v *verifier) week(county uint64, week ProofWeek) *Difference {
	f, err := ParseFreeze([]byte(week.Freeze))
	if err != nil {
		return &Difference{Field: "freeze", Got: err.Error(), Want: "a valid freeze"}
	}
	differs := differ(f, 0)
	if d := differs("freeze_hash", week.FreezeHash, FreezeHash([]byte(week.Freeze))); d != nil {
		return d
	}
	if d := differs("county", f.County, county); d != nil {
		return d
	}
	if v.last != nil && (f.Year < v.last.Year || f.Year == v.last.Year && f.Week <= v.last.Week) {
		return differs("week", f.Week, "a later week")
	}
	// Every slot leaves its row before the next week's first one.
	if v.last != nil && v.rows < len(v.last.Slots) && len(week.Slots) > 0 {
		return differ(v.last, 0)("slots", v.rows, len(v.last.Slots))
	}
	v.compareFlags(f)
	if !slices.Contains(v.report.Anchors, f.Anchor) {
		v.report.Anchors = append(v.report.Anchors, f.Anchor)
	}
	if v.last == nil || v.last.Anchor != f.Anchor {
		v.chain = chainCheck{known: f.Anchor}
	}
	if len(week.Slots) > len(f.Slots) {
		return differs("slots", len(week.Slots), len(f.Slots))
	}
	v.report.Weeks++
	v.report.Pending += len(f.Slots) - len(week.Slots)
	var counted []uint64
	for i, slot := range week.Slots {
		row := slot.Row
		differs = differ(f, i+1)
		if d := differs("slot", row.Slot, i+1); d != nil {
			return d
		}
		if d := differs("coseed", row.CoSeed, week.CoSeed); d != nil {
			return d
		}
		if d := checkPublic(f, week.FreezeHash, row); d != nil {
			return d
		}
		if d := v.counted(f, row, counted); d != nil {
			return d
		}
		counted = row.Counted
		if slot.Link == "" {
			v.report.Sealed++
		} else {
			link, err := ParseHash(slot.Link)
			if err != nil {
				return differs("link", slot.Link, "64 lower-case hex digits")
			}
			if err := v.chain.step(link, f.Week, i+1); err != nil {
				return differs("link", link, "a link of the anchor")
			}
			if d := recompute(f, row, link, v.pairs); d != nil {
				return d
			}
		}
		if d := v.count(f, row); d != nil {
			return d
		}
	}
	v.last, v.rows = f, len(week.Slots)
	return nil
}

// counted checks that k counts visits of this week's earlier slots, that none
// is forgotten again, and that a counted visit cleared its team's flag.
func (v *verifier) counted(f *Freeze, row Row, before []uint64) *Difference {
	differs := differ(f, row.Slot)
	for _, id := range before {
		if !slices.Contains(row.Counted, id) {
			return differs("counted", row.Counted, fmt.Sprintf("also visit %d", id))
		}
	}
	for _, id := range row.Counted {
		made, known := v.visits[id]
		if !known || made.year != f.Year || made.week != f.Week {
			return differs("counted", id, "a visit of an earlier slot of this week")
		}
		if !slices.Contains(row.Cleared, Clearing{Visit: id, Team: made.team}) && flagged(f, made.team) &&
			!slices.ContainsFunc(row.Cleared, func(c Clearing) bool { return c.Team == made.team }) {
			return differs("cleared", row.Cleared, fmt.Sprintf("also team %d", made.team))
		}
	}
	for _, c := range row.Cleared {
		made, known := v.visits[c.Visit]
		if known && made.team != c.Team {
			return differs("cleared", c.Team, made.team)
		}
		if known && made.week == f.Week && made.year == f.Year && !slices.Contains(row.Counted, c.Visit) {
			return differs("cleared", c.Visit, "a counted visit")
		}
	}
	return nil
}

func (v *verifier) count(f *Freeze, row Row) *Difference {
	v.report.Slots++
	switch row.Outcome {
	case None:
		v.report.None++
	case Missed:
		v.report.Missed++
	case Dispatched:
		v.report.Dispatched++
		if row.Escalated {
			v.report.Escalated++
			if row.Visit == 0 { // nobody could go, so there was no visit
				return nil
			}
		}
		if _, twice := v.visits[row.Visit]; twice || row.Visit == 0 {
			return differ(f, row.Slot)("visit", row.Visit, "an id of its own")
		}
		v.visits[row.Visit] = visit{team: row.Team, year: f.Year, week: f.Week}
	}
	return nil
}

// compareFlags reports flags that changed within a horizon without a visit.
func (v *verifier) compareFlags(f *Freeze) {
	if v.last == nil || v.last.Horizon.Number != f.Horizon.Number {
		return
	}
	visited := map[uint64]bool{}
	for _, made := range v.visits {
		visited[made.team] = true
	}
	for _, team := range f.Teams {
		i, known := slices.BinarySearchFunc(v.last.Teams, team.ID, byID)
		if !known {
			continue
		}
		if was := v.last.Teams[i].Bag; was != team.Bag && (team.Bag || !visited[team.ID]) {
			v.report.Unexplained = append(v.report.Unexplained, FlagChange{Year: f.Year, Week: f.Week, Team: team.ID})
		}
	}
}
