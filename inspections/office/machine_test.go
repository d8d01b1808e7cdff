package office_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"testing"
	"time"

	"pgregory.net/rapid"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/duties"
	"anfang.example/inspections/journal"
	"anfang.example/inspections/office"
	"anfang.example/inspections/store"
	"anfang.example/inspections/store/storetest"
)

// commands is how many random commands a run takes: 2,000 in CI, 10⁵ with ANFANG_TEST_SOAK.
func commands() int {
	if os.Getenv("ANFANG_TEST_SOAK") != "" {
		return 100_000
	}
	return 2_000
}

// batch is how many commands one county takes before the next begins.
const batch = 100

func TestNoSequenceOfCommandsBreaksACase(t *testing.T) {
	t.Parallel()
	t.Run("SQLite", func(t *testing.T) { t.Parallel(); drive(t, storetest.FreshSQLite, commands()) })
	t.Run("PostgreSQL", func(t *testing.T) { t.Parallel(); drive(t, storetest.Postgres(t), commands()/10) })
}

// drive runs random commands on fresh counties until n were taken. rapid draws each batch from a seed that
// the failure names.
func drive(t *testing.T, fresh func(testing.TB) storetest.Database, n int) {
	for i := range max(n/batch, 1) {
		m := newMachine(t, fresh)
		pick := rapid.Custom(func(r *rapid.T) []int {
			return rapid.SliceOfN(rapid.IntRange(0, 1<<30), batch, batch).Draw(r, "commands")
		})
		taken := map[string]int{}
		for step, word := range pick.Example(i) {
			name, err := m.step(uint64(word))
			if err != nil && inspections.KindOf(err) == "" {
				t.Fatalf("seed %d, step %d, %s: %v", i, step, name, err)
			}
			if err == nil {
				taken[name]++
			}
			if fault := m.fault(); fault != "" {
				t.Fatalf("seed %d, step %d, after %s (%v): %s", i, step, name, err, fault)
			}
		}
		if i == 0 && (taken["open"] == 0 || taken["approve"] == 0) {
			t.Errorf("got %v, want the commands to get somewhere", taken)
		}
	}
}

type machine struct {
	*office.Office
	t     *testing.T
	store *store.Store
	now   time.Time
	owed  int
}

func newMachine(t *testing.T, fresh func(testing.TB) storetest.Database) *machine {
	t.Helper()
	m := &machine{t: t, now: monday.At(9, 0)}
	m.store = fresh(t)(t, storetest.County, func() time.Time { return m.now })
	in := func(run func(context.Context, func(*store.Tx) error) error) func(context.Context, func(office.Tx) error) error {
		return func(ctx context.Context, fn func(office.Tx) error) error {
			return run(ctx, func(tx *store.Tx) error { return fn(tx) })
		}
	}
	m.Office = &office.Office{InTx: in(m.store.InTx), View: in(m.store.View), Calendar: calendar.BuiltIn(), Chance: rand.NewChaCha8([32]byte{1})}
	if _, err := m.ImportRoster(t.Context(), clerk, office.Source{Name: "r", SHA: "00"}, rows()); err != nil {
		t.Fatal(err)
	}
	return m
}

// step takes one command; its word decides which, on what, and with what.
func (m *machine) step(word uint64) (string, error) {
	dice := rand.New(rand.NewPCG(word, 7))
	m.now = m.now.Add(time.Duration(1+dice.IntN(36*60)) * time.Minute)
	ctx, id := m.t.Context(), inspections.CaseID(1+dice.IntN(4))
	seq, by, now := 1+dice.IntN(5), clerk, calendar.InstantOf(m.now)
	if dice.IntN(2) == 0 {
		by = leader
	}
	measure := inspections.MeasureID(1 + dice.IntN(5))
	act := func(kind casework.ActKind) error {
		_, err := m.Act(ctx, by, id, casework.Act{
			Kind: kind, Branch: dice.IntN(6), Second: inspections.UserID(dice.IntN(4)), Measure: measure, Answers: dice.IntN(20),
			Text: "x", Body: "y", Outcome: "upheld", Due: calendar.InstantOf(m.now.Add(240 * time.Hour)),
		})
		return err
	}
	switch n := dice.IntN(14); n {
	case 0, 1:
		h := office.HandCase{Kind: "absent", Team: 1, FactAt: now, Reason: "x"}
		if dice.IntN(2) == 0 {
			h.Members = []inspections.MemberID{1}
		}
		if dice.IntN(2) == 0 {
			h.Units = []inspections.UnitID{0, 1}
		}
		_, err := m.OpenCase(ctx, by, h)
		return "open", err
	case 2:
		_, err := m.ApproveCase(ctx, by, id, "d")
		return "approve", err
	case 3:
		if dice.IntN(4) > 0 {
			return "nothing", nil
		}
		_, err := m.RefuseCase(ctx, by, id, "d", "x")
		return "refuse", err
	case 4, 5:
		return "statement", m.AddStatement(ctx, by, id, seq, "x")
	case 6, 7, 8:
		end := office.Conclusion{Liable: dice.IntN(2) == 0, Text: "x", By: clerk.User}
		if end.Liable && dice.IntN(2) == 0 {
			kinds := []casework.MeasureKind{casework.MeasureTalk, casework.MeasureCriticism, casework.MeasureAdmonish, casework.MeasureRecall}
			end.Measures = []office.MeasureDecided{{Kind: kinds[dice.IntN(4)], Person: "p", Body: "b", Reason: "r"}}
		}
		return "conclude", m.ConcludeBranch(ctx, leader, id, seq, end)
	case 9:
		return "name", m.NameUnit(ctx, by, id, seq, inspections.UnitID(1+dice.IntN(3)))
	case 10:
		return "execute", m.ExecuteMeasure(ctx, by, id, measure)
	case 11:
		_, err := m.CloseCase(ctx, by, id)
		return "close", err
	}
	kinds := []casework.ActKind{
		casework.ActTalk, casework.ActHandover, casework.ActReceipt, casework.ActReopened, casework.ActExtended, casework.ActNamed,
		casework.ActAppeal, casework.ActAppealEnd, casework.ActServed, casework.ActReplaced, casework.ActRecused, casework.ActDeclined,
	}
	kind := kinds[dice.IntN(len(kinds))]
	return string(kind), act(kind)
}

// fault says which promise is broken, "" none.
func (m *machine) fault() string {
	fault := ""
	err := m.store.View(m.t.Context(), func(tx *store.Tx) error {
		cases, err := tx.Cases(casework.Filter{})
		if err != nil {
			return err
		}
		for _, c := range cases {
			if fault, err = caseFault(tx, c); err != nil || fault != "" {
				return err
			}
		}
		owed, err := tx.Obligations(duties.Filter{})
		if err != nil {
			return err
		}
		if len(owed) < m.owed {
			fault = "a clock is lost"
		}
		m.owed = len(owed)
		for _, o := range owed {
			if o.Due.IsZero() && o.Undetermined == "" {
				fault = fmt.Sprintf("obligation %d has neither an end nor a reason", o.ID)
			}
		}
		if _, _, err := journal.Verify(tx); err != nil {
			fault = err.Error()
		}
		return nil
	})
	if err != nil {
		m.t.Fatal(err)
	}
	return fault
}

// caseFault holds one case to what was promised.
func caseFault(tx *store.Tx, c casework.Case) (string, error) {
	branches, err := tx.Branches(c.ID)
	if err != nil {
		return "", err
	}
	measures, err := tx.Measures(c.ID)
	if err != nil {
		return "", err
	}
	acts, err := tx.Acts(c.ID)
	if err != nil {
		return "", err
	}
	running, err := tx.Obligations(duties.Filter{Kind: duties.CaseConclude, Subject: fmt.Sprintf("case/%d", c.ID), Open: true})
	if err != nil {
		return "", err
	}
	live := c.State == casework.Proposed || c.State == casework.Open
	if live != (len(running) > 0) {
		return fmt.Sprintf("case %s is %s with %d running clocks", c.Number, c.State, len(running)), nil
	}
	if c.State == casework.Closed {
		for _, b := range branches {
			if b.State != casework.BranchConcluded {
				return fmt.Sprintf("case %s closed with branch %d %s", c.Number, b.Seq, b.State), nil
			}
		}
		for _, one := range measures {
			if one.Executed.IsZero() {
				return fmt.Sprintf("case %s closed with measure %d open", c.Number, one.ID), nil
			}
		}
		if len(casework.Awaiting(acts)) > 0 {
			return fmt.Sprintf("case %s closed without a receipt", c.Number), nil
		}
	}
	for _, one := range measures {
		if one.Kind == casework.MeasureRecall && branches[one.Branch-1].Side != casework.SideMember {
			return fmt.Sprintf("case %s recalls a body", c.Number), nil
		}
	}
	if c.State != casework.Proposed && c.State != casework.Refused {
		return "", nil
	}
	for _, kind := range []inspections.LetterKind{inspections.LetterCaseTownship, inspections.LetterCaseUnit, inspections.LetterCaseMember} {
		letters, err := tx.Letters(inspections.LetterFilter{Kind: kind})
		if err != nil {
			return "", err
		}
		for _, l := range letters {
			var of, branch int64
			if _, err := fmt.Sscanf(l.Key, "case/%d/start/%d", &of, &branch); err == nil && of == int64(c.ID) {
				return fmt.Sprintf("case %s is %s and letter %s left", c.Number, c.State, l.Key), nil
			}
		}
	}
	return "", nil
}
