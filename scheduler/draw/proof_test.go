package draw_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"reflect"
	"strings"
	"testing"

	"anfang.example/scheduler/draw"
	"anfang.example/scheduler/pairing"
)

var update = flag.Bool("update", false, "rewrite golden files")

const goldenProof = "testdata/proof.json"

func TestProofGolden(t *testing.T) {
	t.Parallel()
	var got bytes.Buffer
	if err := twoWeeks(t).Write(&got); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(goldenProof, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(goldenProof)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got.Bytes(), want) {
		t.Errorf("the proof of the fixture differs from %s; run with -update and read the diff", goldenProof)
	}
	read, err := draw.ReadProof(bytes.NewReader(want))
	if err != nil {
		t.Fatal(err)
	}
	var again bytes.Buffer
	if err := read.Write(&again); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(again.Bytes(), want) {
		t.Error("reading and writing a proof changes it")
	}
}

func TestVerifyAcceptsTheFixture(t *testing.T) {
	t.Parallel()
	report, err := draw.Verify(twoWeeks(t), pairing.Pick)
	if err != nil {
		t.Fatal(err)
	}
	if report.Weeks != 2 || report.Slots != 26 || report.Pending != 2 || report.Sealed != 2 || report.Missed != 2 ||
		report.None+report.Dispatched+report.Missed != report.Slots || len(report.Anchors) != 1 || len(report.Unexplained) != 0 {
		t.Errorf("got %+v", report)
	}
	// Without these the tamper cases below would be empty.
	if report.Dispatched < 6 || report.Escalated != 1 || report.None < 6 {
		t.Errorf("the fixture is poor: %+v", report)
	}
}

// find returns the first slot that fits.
func find(t *testing.T, p *draw.Proof, fits func(draw.Row) bool) *draw.ProofSlot {
	t.Helper()
	for _, week := range p.Weeks {
		for i := range week.Slots {
			if slot := &week.Slots[i]; fits(slot.Row) {
				return slot
			}
		}
	}
	t.Fatal("the fixture has no such slot")
	return nil
}

func paired(r draw.Row) bool     { return len(r.Pair) == 2 }
func none(r draw.Row) bool       { return r.Outcome == draw.None }
func anySlot(draw.Row) bool      { return true }
func escalated(r draw.Row) bool  { return r.Escalated }
func missed(r draw.Row) bool     { return r.Outcome == draw.Missed }
func hasCleared(r draw.Row) bool { return len(r.Cleared) > 0 }

func TestVerifyNamesTheFirstDifference(t *testing.T) {
	t.Parallel()
	type tamper struct {
		name  string
		field string
		do    func(t *testing.T, p *draw.Proof)
	}
	row := func(fits func(draw.Row) bool, change func(*draw.Row)) func(*testing.T, *draw.Proof) {
		return func(t *testing.T, p *draw.Proof) { change(&find(t, p, fits).Row) }
	}
	frozen := func(change func(*draw.Freeze)) func(*testing.T, *draw.Proof) {
		return func(t *testing.T, p *draw.Proof) {
			f, err := draw.ParseFreeze([]byte(p.Weeks[0].Freeze))
			if err != nil {
				t.Fatal(err)
			}
			change(f)
			text, err := f.Canonical()
			if err != nil {
				t.Fatal(err)
			}
			p.Weeks[0].Freeze = string(text)
		}
	}
	for _, c := range []tamper{
		{"another team", "team", row(paired, func(r *draw.Row) { r.Team++ })},
		{"another pair", "pair", row(paired, func(r *draw.Row) { r.Pair[1]++ })},
		{"no pair", "escalated", row(paired, func(r *draw.Row) { r.Pair, r.Escalated = nil, true })},
		{"a pair after an escalation", "escalated", row(escalated, func(r *draw.Row) { r.Escalated = false })},
		{"a visit erased", "outcome", row(paired, func(r *draw.Row) {
			r.Outcome, r.Visit, r.Team, r.FromBag, r.Pair, r.Barred, r.Recent = draw.None, 0, 0, false, nil, nil, nil
		})},
		{"a visit hidden as missed", "team", row(paired, func(r *draw.Row) { r.Outcome = draw.Missed })},
		{"an unknown outcome", "outcome", row(none, func(r *draw.Row) { r.Outcome = "redrawn" })},
		{"another minute", "minute", row(anySlot, func(r *draw.Row) { r.Minute++ })},
		{"another minute of a missed slot", "minute", row(missed, func(r *draw.Row) { r.Minute++ })},
		{"the mix turned", "from_bag", row(paired, func(r *draw.Row) { r.FromBag = !r.FromBag })},
		{"an inspector's visits", "pair", row(paired, func(r *draw.Row) {
			for i := range r.Standby {
				if s := &r.Standby[i]; s.Inspector == r.Pair[0] || s.Inspector == r.Pair[1] {
					s.Visits, s.Slots = 60, 0
				}
			}
			r.TotalVisits = 600
		})},
		{"a conflict added", "pair", row(paired, func(r *draw.Row) {
			r.Barred = append(r.Barred, draw.Bar{Inspector: r.Pair[0], Reason: draw.BarKin})
		})},
		{"a conflict nobody knows", "standby", row(paired, func(r *draw.Row) {
			r.Barred = append(r.Barred, draw.Bar{Inspector: r.Pair[0], Reason: "tired"})
		})},
		{"somebody else on standby", "standby", row(anySlot, func(r *draw.Row) { r.Standby[0].Inspector = 99 })},
		{"k", "completed", row(anySlot, func(r *draw.Row) { r.Completed++ })},
		{"r", "left", row(anySlot, func(r *draw.Row) { r.Left-- })},
		{"a visit counted that never was", "counted", row(none, func(r *draw.Row) {
			r.Counted, r.Completed = append(r.Counted, 9999), r.Completed+1
		})},
		{"a counted visit forgotten", "counted", func(t *testing.T, p *draw.Proof) {
			slots := p.Weeks[0].Slots
			for i := range slots[:len(slots)-1] {
				if len(slots[i].Row.Counted) > 0 {
					next := &slots[i+1].Row
					next.Counted, next.Completed = next.Counted[1:], next.Completed-1
					return
				}
			}
			t.Fatal("nothing counted")
		}},
		{"a flag kept after a visit", "cleared", row(hasCleared, func(r *draw.Row) { r.Cleared = nil })},
		{"a flag cleared for another team", "cleared", row(hasCleared, func(r *draw.Row) { r.Cleared[0].Team++ })},
		{"another freeze", "freeze", row(anySlot, func(r *draw.Row) { r.Freeze[0]++ })},
		{"another co-seed in a row", "coseed", row(anySlot, func(r *draw.Row) { r.CoSeed = "1111111111" })},
		{"a beacon nobody named", "beacon", row(anySlot, func(r *draw.Row) { r.Beacon = strings.Repeat("a", 64) })},
		{"another week in a row", "week", row(anySlot, func(r *draw.Row) { r.Week++ })},
		{"another year in a row", "year", row(anySlot, func(r *draw.Row) { r.Year++ })},
		{"another county in a row", "county", row(anySlot, func(r *draw.Row) { r.County++ })},
		{"another algorithm in a row", "algorithm", row(anySlot, func(r *draw.Row) { r.Algorithm = "anfang/v2" })},
		{"a visit without an id", "visit", row(paired, func(r *draw.Row) { r.Visit = 0 })},
		{"a link of another slot", "link", func(_ *testing.T, p *draw.Proof) {
			p.Weeks[0].Slots[3].Link = p.Weeks[0].Slots[4].Link
		}},
		{"half a link", "link", func(_ *testing.T, p *draw.Proof) { p.Weeks[0].Slots[3].Link = "ab" }},
		{"a slot left out", "slot", func(_ *testing.T, p *draw.Proof) {
			p.Weeks[0].Slots = append(p.Weeks[0].Slots[:5], p.Weeks[0].Slots[6:]...)
		}},
		{"two slots swapped", "slot", func(_ *testing.T, p *draw.Proof) {
			s := p.Weeks[0].Slots
			s[0], s[1] = s[1], s[0]
		}},
		{"a week twice", "week", func(_ *testing.T, p *draw.Proof) { p.Weeks = append(p.Weeks, p.Weeks[0]) }},
		{"the co-seed changed everywhere", "minute", func(_ *testing.T, p *draw.Proof) {
			p.Weeks[0].CoSeed = ""
			for i := range p.Weeks[0].Slots {
				p.Weeks[0].Slots[i].Row.CoSeed = ""
			}
		}},
		{"a weight in the freeze", "freeze_hash", frozen(func(f *draw.Freeze) { f.Teams[0].Risk = 777 })},
		{"the salt of the freeze", "freeze_hash", frozen(func(f *draw.Freeze) { f.Salt[31]++ })},
		{"space in the freeze", "freeze", func(_ *testing.T, p *draw.Proof) { p.Weeks[0].Freeze += " " }},
		{"the county", "county", func(_ *testing.T, p *draw.Proof) { p.County++ }},
		{"the last slot of a week that is over", "slots", func(_ *testing.T, p *draw.Proof) {
			p.Weeks[0].Slots = p.Weeks[0].Slots[:13]
		}},
		{"the last slot of all", "digest", func(_ *testing.T, p *draw.Proof) { p.Weeks[1].Slots = p.Weeks[1].Slots[:11] }},
		{"the last week", "digest", func(_ *testing.T, p *draw.Proof) { p.Weeks = p.Weeks[:1] }},
		{"a count no pair depended on", "digest", row(none, func(r *draw.Row) { r.Standby[0].Visits = 0; r.Standby[1].Slots++; r.TotalSlots++ })},
		{"the digest", "digest", func(_ *testing.T, p *draw.Proof) { p.Digest[7] ^= 4 }},
		{"the schema", "schema", func(_ *testing.T, p *draw.Proof) { p.Schema = 2 }},
		{"the algorithm", "algorithm", func(_ *testing.T, p *draw.Proof) { p.Algorithm = "x" }},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p := twoWeeks(t)
			c.do(t, &p)
			_, err := draw.Verify(p, pairing.Pick)
			var d *draw.Difference
			if !errors.As(err, &d) {
				t.Fatalf("got %v, want a difference", err)
			}
			if d.Field != c.field {
				t.Errorf("got %v, want field %s", d, c.field)
			}
		})
	}
}

// Changing any single number, flag or text of a revealed, drawn row is found,
// or else the row did not depend on it: then it is one of the few fields that
// say nothing about the draw.
func TestVerifyFindsEveryChangedNumberOfARow(t *testing.T) {
	t.Parallel()
	for at := range 14 {
		p := twoWeeks(t)
		value := reflect.ValueOf(&p.Weeks[0].Slots[at].Row).Elem()
		for i := range value.NumField() {
			field, name := value.Field(i), value.Type().Field(i).Name
			if field.Kind() != reflect.Int && field.Kind() != reflect.Uint64 && field.Kind() != reflect.Bool {
				continue
			}
			if name == "Visit" || name == "TotalVisits" || name == "TotalSlots" {
				continue // an id without a rule; sums that may leave the same pair ahead
			}
			old := reflect.New(field.Type()).Elem()
			old.Set(field)
			switch field.Kind() {
			case reflect.Bool:
				field.SetBool(!field.Bool())
			case reflect.Int:
				field.SetInt(field.Int() + 1)
			default:
				field.SetUint(field.Uint() + 1)
			}
			if _, err := draw.Verify(seal(t, p), pairing.Pick); err == nil {
				t.Errorf("slot %d: a changed %s goes unnoticed", at+1, name)
			}
			field.Set(old)
		}
	}
}

func TestVerifyRowStandsAlone(t *testing.T) {
	t.Parallel()
	p := twoWeeks(t)
	f, err := draw.ParseFreeze([]byte(p.Weeks[0].Freeze))
	if err != nil {
		t.Fatal(err)
	}
	for _, slot := range p.Weeks[0].Slots {
		link, err := draw.ParseHash(slot.Link)
		if err != nil {
			t.Fatal(err)
		}
		if err := draw.VerifyRow(f, slot.Row, link, pairing.Pick); err != nil {
			t.Error(err)
		}
		link[5] ^= 1
		var d *draw.Difference
		if err := draw.VerifyRow(f, slot.Row, link, pairing.Pick); !errors.As(err, &d) || d.Field != "link" {
			t.Errorf("a false link: got %v", err)
		}
	}
}

func TestUnexplainedFlagsAreReported(t *testing.T) {
	t.Parallel()
	f := newFixture(t, 2)
	f.week(11, "", "", 14, 14)
	visited := map[uint64]bool{}
	for _, slot := range f.proof.Weeks[0].Slots {
		visited[slot.Row.Team] = true
	}
	var spared uint64
	for i := range f.teams {
		if f.teams[i].Bag && !visited[f.teams[i].ID] {
			f.teams[i].Bag, spared = false, f.teams[i].ID
			break
		}
	}
	f.week(12, "", "", 14, 14)
	report, err := draw.Verify(seal(t, f.proof), pairing.Pick)
	if err != nil {
		t.Fatal(err)
	}
	if len(report.Unexplained) != 1 || report.Unexplained[0] != (draw.FlagChange{Year: 2025, Week: 12, Team: spared}) {
		t.Errorf("got %+v, want team %d of week 12", report.Unexplained, spared)
	}
}

func TestRowJSONHasNoNull(t *testing.T) {
	t.Parallel()
	text, err := json.Marshal(draw.Row{Outcome: draw.None})
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(text, []byte("null")) {
		t.Errorf("got %s", text)
	}
	if _, err := draw.Canonical(draw.Row{}); err != nil {
		t.Errorf("a row is not canonical JSON: %v", err)
	}
}

func TestReadProofRefusesWhatItDoesNotKnow(t *testing.T) {
	t.Parallel()
	var written bytes.Buffer
	if err := twoWeeks(t).Write(&written); err != nil {
		t.Fatal(err)
	}
	whole := written.String()
	if _, err := draw.ReadProof(strings.NewReader(strings.ReplaceAll(whole, "\n", "\r\n  "))); err != nil {
		t.Errorf("other white space: %v", err)
	}
	for _, text := range []string{
		"", "{", `{"schema":1,"more":2}`, `{"schema":1}{}`, `[]`, `{"schema":1}`, whole + " {}",
		strings.Replace(whole, `"schema"`, `"Schema"`, 1), strings.Replace(whole, `"row"`, `"Row"`, 1),
		strings.Replace(whole, `"escalated": false,`, ``, 1),
	} {
		if _, err := draw.ReadProof(strings.NewReader(text)); err == nil {
			t.Errorf("%.60q … of %d bytes is read", text, len(text))
		}
	}
}
