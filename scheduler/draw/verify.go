package draw

import (
	"errors"
	"fmt"
	"reflect"
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
	report := Report{Unexplained: []FlagChange{}}
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
	return report, nil
}

// VerifyRow recomputes one row of a frozen week from its revealed link. It
// returns nil or the first *Difference. Which visits count is checked against
// other rows only by [Verify].
func VerifyRow(f *Freeze, row Row, link Hash, pairs PairRule) error {
	hash, err := f.Hash()
	if err != nil {
		return err
	}
	if d := checkPublic(f, hash, row); d != nil {
		return d
	}
	if d := recompute(f, row, link, pairs); d != nil {
		return d
	}
	return nil
}

type visit struct {
	team       uint64
	year, week int
}

type verifier struct {
	pairs  PairRule
	visits map[uint64]visit // every visit dispatched so far
	last   *Freeze
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
	v.compareFlags(f)
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
			if d := recompute(f, row, link, v.pairs); d != nil {
				return d
			}
		}
		if d := v.count(f, row); d != nil {
			return d
		}
	}
	v.last = f
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

// checkPublic checks what needs no link.
func checkPublic(f *Freeze, hash Hash, row Row) *Difference {
	differs := differ(f, row.Slot)
	slot, err := f.Slot(row.Slot)
	if err != nil {
		return differs("slot", row.Slot, fmt.Sprintf("1 to %d", len(f.Slots)))
	}
	standby := make([]uint64, len(row.Standby))
	for i, s := range row.Standby {
		standby[i] = s.Inspector
	}
	for _, pair := range []struct {
		field     string
		got, want any
	}{
		{"algorithm", row.Algorithm, Version},
		{"county", row.County, f.County},
		{"year", row.Year, f.Year},
		{"week", row.Week, f.Week},
		{"freeze", row.Freeze, hash},
		{"left", row.Left, f.Left(row.Slot)},
		{"completed", row.Completed, len(row.Counted)},
		{"standby", standby, listed(slot.Standby)},
	} {
		if d := differs(pair.field, pair.got, pair.want); d != nil {
			return d
		}
	}
	if f.Beacon == "" && row.Beacon != "" {
		return differs("beacon", row.Beacon, `""`)
	}
	if !ascending(row.Counted, func(id uint64) uint64 { return id }) {
		return differs("counted", row.Counted, "ascending ids")
	}
	if !ascending(row.Cleared, func(c Clearing) uint64 { return c.Team }) {
		return differs("cleared", row.Cleared, "ascending teams")
	}
	for _, c := range row.Cleared {
		if !flagged(f, c.Team) {
			return differs("cleared", c.Team, "a team in the frozen bag")
		}
	}
	switch row.Outcome {
	case Dispatched:
	case None, Missed:
		if row.Visit != 0 || row.Team != 0 || row.FromBag || len(row.Pair) != 0 || row.Escalated || len(row.Barred) != 0 || len(row.Recent) != 0 {
			return differs("team", row.Team, "nothing about a visit")
		}
	default:
		return differs("outcome", row.Outcome, "none, dispatch or missed")
	}
	return nil
}

// recompute derives the seed from the revealed link and draws again.
func recompute(f *Freeze, row Row, link Hash, pairs PairRule) *Difference {
	differs := differ(f, row.Slot)
	if err := VerifyLink(f.Anchor, link, f.Week, row.Slot); err != nil {
		return differs("link", link, "a link of the anchor")
	}
	coseed, err := ParseCoSeed(row.CoSeed)
	if err != nil {
		return differs("coseed", row.CoSeed, "ten dice or 32 hex digits")
	}
	var beacon []byte
	if row.Beacon != "" {
		value, err := ParseHash(row.Beacon)
		if err != nil {
			return differs("beacon", row.Beacon, "64 lower-case hex digits")
		}
		beacon = value[:]
	}
	seed, err := NewSeed(Link(link), coseed, beacon, f.Place(row.Slot))
	if err != nil {
		return differs("seed", err, "a seed")
	}
	if row.Outcome == Missed { // never drawn, so only the minute can be compared
		return differs("minute", row.Minute, Minute(seed, f.Slots[row.Slot-1].Length()))
	}
	result, err := Draw(f, row.Slot, row.State(), seed)
	if err != nil {
		return differs("outcome", row.Outcome, err)
	}
	for _, pair := range []struct {
		field     string
		got, want any
	}{
		{"minute", row.Minute, result.Minute},
		{"outcome", row.Outcome, result.Outcome},
		{"team", row.Team, result.Team},
		{"from_bag", row.FromBag, result.FromBag},
	} {
		if d := differs(pair.field, pair.got, pair.want); d != nil {
			return d
		}
	}
	if row.Outcome != Dispatched {
		return nil
	}
	pair, err := pairs(seed, row.PairInput())
	infeasible := errors.Is(err, ErrNoFeasiblePair)
	if err != nil && !infeasible {
		return differs("standby", err, "a sound input of the pair race")
	}
	if d := differs("escalated", row.Escalated, infeasible); d != nil {
		return d
	}
	want := pair[:]
	if infeasible {
		want = nil
	}
	return differs("pair", listed(row.Pair), listed(want))
}

// differ returns a comparison that yields a Difference at the slot, or nil.
func differ(f *Freeze, slot int) func(field string, got, want any) *Difference {
	return func(field string, got, want any) *Difference {
		if reflect.DeepEqual(got, want) {
			return nil
		}
		return &Difference{Year: f.Year, Week: f.Week, Slot: slot, Field: field, Got: fmt.Sprint(got), Want: fmt.Sprint(want)}
	}
}

func byID(t Team, id uint64) int {
	if t.ID < id {
		return -1
	} else if t.ID > id {
		return 1
	}
	return 0
}

func flagged(f *Freeze, team uint64) bool {
	i, known := slices.BinarySearchFunc(f.Teams, team, byID)
	return known && f.Teams[i].Bag
}

func ascending[E any](list []E, id func(E) uint64) bool {
	for i := 1; i < len(list); i++ {
		if id(list[i]) <= id(list[i-1]) {
			return false
		}
	}
	return true
}
