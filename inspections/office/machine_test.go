package office_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"testing"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/duties"
	"anfang.example/inspections/journal"
	"anfang.example/inspections/office"
	"anfang.example/inspections/store"
	"anfang.example/inspections/store/storetest"
)

// commands is how many random commands a run takes on each database: 2,000 in CI, 10⁵ with ANFANG_TEST_SOAK.
func commands() int {
	if os.Getenv("ANFANG_TEST_SOAK") != "" {
		return 100_000
	}
	return 2_000
}

// batch is how many commands one county takes before the next begins.
const batch = 200

func TestNoSequenceOfCommandsBreaksACase(t *testing.T) {
	t.Parallel()
	t.Run("SQLite", func(t *testing.T) { t.Parallel(); drive(t, storetest.FreshSQLite(t), commands()) })
	t.Run("PostgreSQL", func(t *testing.T) { t.Parallel(); drive(t, storetest.Postgres(t)(t), commands()) })
}

// drive runs random commands until n were taken, each batch on a county of its own in one database. The name of
// a batch's subtest is its seed: on both databases a seed is the same commands.
func drive(t *testing.T, database storetest.Database, n int) {
	taken := map[string]int{}
	for seed := range n / batch {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			m := newMachine(t, database, storetest.County+inspections.CountyID(seed))
			m.lawful(seed)
			for i := range batch {
				name, err := m.step(rand.New(rand.NewPCG(uint64(seed), uint64(i))))
				if err != nil && inspections.KindOf(err) == "" {
					t.Fatalf("step %d, %s: %v", i, name, err)
				}
				if fault := m.fault(err); fault != "" {
					t.Fatalf("step %d, after %s (%v): %s", i, name, err, fault)
				}
				if err == nil {
					taken[name]++
				}
			}
			m.whole()
		})
		if t.Failed() {
			return
		}
	}
	wanted := []string{"open", "approve", "conclude", "execute", "close"}
	if n >= 10_000 {
		wanted = append(wanted, "report", "refuse", "reopened", "receipt", "appeal_end", "replaced", "named")
	}
	for _, name := range wanted {
		if taken[name] == 0 {
			t.Errorf("got %v, want each kind of command to get somewhere: no %s", taken, name)
		}
	}
	t.Logf("%d commands, taken: %v", n, taken)
}

type machine struct {
	*office.Office
	t     *testing.T
	store *store.Store
	now   time.Time
	known []known // the cases as they stand
	owed  int     // clocks on record
	seq   int64   // the last record of the chain that was checked
	hash  string
}

func newMachine(t *testing.T, database storetest.Database, county inspections.CountyID) *machine {
	t.Helper()
	m := &machine{t: t, now: monday.At(9, 0), hash: journal.Genesis}
	m.store = database(t, county, func() time.Time { return m.now })
	in := func(run func(context.Context, func(*store.Tx) error) error) func(context.Context, func(office.Tx) error) error {
		return func(ctx context.Context, fn func(office.Tx) error) error {
			return run(ctx, func(tx *store.Tx) error { return fn(tx) })
		}
	}
	m.Office = &office.Office{InTx: in(m.store.InTx), View: in(m.store.View), Calendar: calendar.BuiltIn(), Chance: rand.NewChaCha8([32]byte{1})}
	if _, err := m.ImportRoster(t.Context(), clerk, office.Source{Name: "r", SHA: "00"}, rows()); err != nil {
		t.Fatal(err)
	}
	m.view(func(tx *store.Tx) error { // the import's own record
		_, _, err := m.chain(tx)
		return err
	})
	return m
}

// lawful lets a county count its clocks in one of the ways that offices may.
func (m *machine) lawful(seed int) {
	for _, key := range []string{inspections.SetFirstDay, inspections.SetCaseStart, inspections.SetOpinionStart, inspections.SetReplaceStart, inspections.SetSelectStart, inspections.SetAppealStart} {
		values := inspections.Choices(key)
		if err := m.SetSetting(m.t.Context(), clerk, key, values[seed%len(values)], monday); err != nil {
			m.t.Fatal(err)
		}
		seed /= len(values)
	}
	m.view(func(tx *store.Tx) error { // the settings' own records
		_, _, err := m.chain(tx)
		return err
	})
}

// known is a case with its parts, at which commands are aimed.
type known struct {
	casework.Whole
	acts []casework.Act
}

// aim is what a command is about. Mostly it is what stands open on record, or random commands would hardly ever
// close a case; else it is anything.
type aim struct {
	id      inspections.CaseID
	seq     int
	measure inspections.MeasureID
	answers map[casework.ActKind]int // what an answer of the kind answers
}

func (m *machine) aim(dice *rand.Rand) aim {
	a := aim{inspections.CaseID(1 + dice.IntN(4)), dice.IntN(6), inspections.MeasureID(1 + dice.IntN(6)), map[casework.ActKind]int{}}
	if len(m.known) == 0 || dice.IntN(4) == 0 {
		return a
	}
	k := m.known[dice.IntN(len(m.known))]
	a.id = k.Case.ID
	for _, b := range k.Branches {
		if b.State == casework.BranchOpen {
			a.seq = b.Seq
		}
	}
	for _, one := range k.Measures {
		if a.measure = one.ID; one.Executed.IsZero() {
			break
		}
	}
	for _, one := range k.acts {
		a.answers[map[casework.ActKind]casework.ActKind{casework.ActHandover: casework.ActReceipt, casework.ActAppeal: casework.ActAppealEnd}[one.Kind]] = one.Seq
	}
	return a
}

// step takes one command; the dice decide which, on what, and with what.
func (m *machine) step(dice *rand.Rand) (string, error) {
	m.now = m.now.Add(time.Duration(1+dice.IntN(36*60)) * time.Minute)
	ctx, by, now, at := m.t.Context(), clerk, calendar.InstantOf(m.now), m.aim(dice)
	if dice.IntN(2) == 0 {
		by = leader
	}
	next := dice.IntN(22)
	if next == 0 && len(m.known) >= 3 || next == 1 && dice.IntN(4) > 0 || next == 3 && dice.IntN(6) > 0 {
		next = 6 // few cases, worked on much
	}
	switch next {
	case 0:
		h := office.HandCase{Kind: "absent", Team: 1, FactAt: now, Reason: "x"}
		if dice.IntN(2) == 0 {
			h.Members = []inspections.MemberID{1}
		}
		if dice.IntN(2) == 0 {
			h.Units = []inspections.UnitID{0, 1}
		}
		_, err := m.OpenCase(ctx, by, h)
		return "open", err
	case 1:
		_, err := m.ReceiveReport(ctx, by, office.Report{Member: inspections.MemberID(1 + dice.IntN(3)), At: now, What: "x"})
		return "report", err
	case 2:
		_, err := m.ApproveCase(ctx, by, at.id, "d")
		return "approve", err
	case 3:
		_, err := m.RefuseCase(ctx, by, at.id, "d", "x")
		return "refuse", err
	case 4, 5:
		return "statement", m.AddStatement(ctx, by, at.id, at.seq, "x")
	case 6, 7, 8:
		end := office.Conclusion{Liable: dice.IntN(2) == 0, Text: "x", By: clerk.User}
		if end.Liable && dice.IntN(2) == 0 {
			kinds := []casework.MeasureKind{casework.MeasureTalk, casework.MeasureCriticism, casework.MeasureAdmonish, casework.MeasureRecall}
			end.Measures = []office.MeasureDecided{{Kind: kinds[dice.IntN(4)], Person: "p", Body: "b", Reason: "r"}}
		}
		return "conclude", m.ConcludeBranch(ctx, leader, at.id, at.seq, end)
	case 9:
		return "name", m.NameUnit(ctx, by, at.id, at.seq, inspections.UnitID(1+dice.IntN(3)))
	case 10:
		return "execute", m.ExecuteMeasure(ctx, by, at.id, at.measure)
	case 11:
		_, err := m.CloseCase(ctx, by, at.id)
		return "close", err
	case 20:
		d := office.MeasureDecided{Kind: casework.MeasureTalk, Person: "p", Body: "b", Reason: "r"}
		return "decide", m.DecideMeasure(ctx, by, at.id, 1+dice.IntN(3), d)
	case 21:
		_, err := m.GiveOpinion(ctx, by, int64(1+dice.IntN(4)), "x")
		return "opinion on a report", err
	}
	kinds := []casework.ActKind{
		casework.ActTalk, casework.ActDeclined, casework.ActFactCheck, casework.ActOpinion, casework.ActLighter, casework.ActHeavier, casework.ActProposal,
		casework.ActHandover, casework.ActReceipt, casework.ActReceipt, casework.ActReopened, casework.ActReopened, casework.ActExtended, casework.ActServed,
		casework.ActExecuted, casework.ActNoMeasure, casework.ActReplaced, casework.ActNamed, casework.ActAppeal, casework.ActAppealEnd, casework.ActReply, casework.ActOriginal, casework.ActRecusalAsk, casework.ActInvited,
	}
	kind := kinds[dice.IntN(len(kinds))]
	if dice.IntN(60) == 0 {
		kind = casework.ActRecused // rare: who stands aside does nothing more
	}
	_, err := m.Act(ctx, by, at.id, casework.Act{
		Kind: kind, Branch: at.seq, Second: inspections.UserID(dice.IntN(4)), Measure: at.measure, Answers: at.answers[kind],
		Text: "x", Body: "y", Outcome: "upheld", Due: calendar.InstantOf(m.now.Add(240 * time.Hour)),
	})
	return string(kind), err
}

// fault says which promise is broken after a command that ended with err, "" none.
func (m *machine) fault(err error) string {
	fault := ""
	m.view(func(tx *store.Tx) error {
		added, broken, failed := m.chain(tx)
		if failed != nil || broken != "" {
			fault = broken
			return failed
		}
		if err != nil { // refused: nothing is half done
			if added > 0 {
				fault = "a refused command left a record"
			}
			return nil
		}
		fault, err = m.stateFault(tx)
		if err != nil || fault != "" {
			return err
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
		return nil
	})
	return fault
}

// chain checks the records that came since the last look and gives how many.
func (m *machine) chain(tx *store.Tx) (int, string, error) {
	fresh, err := tx.JournalAfter(m.seq, 1000)
	for _, r := range fresh {
		if r.Seq != m.seq+1 || r.Prev != m.hash {
			return 0, fmt.Sprintf("record %d does not follow record %d", r.Seq, m.seq), nil
		}
		m.seq, m.hash = r.Seq, r.Hash
	}
	return len(fresh), "", err
}

// whole walks the whole chain of the county from its beginning, and holds every word of its cases to it.
func (m *machine) whole() {
	m.view(func(tx *store.Tx) error {
		n, hash, err := journal.Verify(tx)
		if err == nil && (n != m.seq || hash != m.hash) {
			err = fmt.Errorf("the chain ends at %d, not at %d", n, m.seq)
		}
		if err != nil {
			return err
		}
		_, err = office.CheckWords(tx)
		return err
	})
}

func (m *machine) view(fn func(*store.Tx) error) {
	m.t.Helper()
	if err := m.store.View(m.t.Context(), fn); err != nil {
		m.t.Fatal(err)
	}
}

// stateFault holds every case to what was promised, and every letter to the approval of its case.
func (m *machine) stateFault(tx *store.Tx) (string, error) {
	cases, err := tx.Cases(casework.Filter{})
	if err != nil {
		return "", err
	}
	started := map[int64]bool{}
	m.known = m.known[:0]
	for _, c := range cases {
		if fault, err := m.caseFault(tx, c); err != nil || fault != "" {
			return fault, err
		}
		started[int64(c.ID)] = c.State != casework.Proposed && c.State != casework.Refused
	}
	letters, err := tx.Letters(inspections.LetterFilter{})
	for _, l := range letters {
		var of, branch int64
		if _, bad := fmt.Sscanf(l.Key, "case/%d/start/%d", &of, &branch); bad == nil && !started[of] {
			return fmt.Sprintf("letter %s left before its case was approved", l.Key), nil
		}
	}
	return "", err
}

// caseFault holds one case to what was promised.
func (m *machine) caseFault(tx *store.Tx, c casework.Case) (string, error) {
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
	m.known = append(m.known, known{casework.Whole{Case: c, Branches: branches, Measures: measures}, acts})
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
	for _, a := range acts {
		if a.Kind != casework.ActInvited || branches[a.Branch-1].State == casework.BranchOpen {
			continue
		}
		waiting, err := tx.Obligations(duties.Filter{Kind: duties.Statement, Subject: a.Subject(), Open: true})
		if err != nil || len(waiting) > 0 {
			return fmt.Sprintf("case %s waits for a statement in branch %d, which is %s", c.Number, a.Branch, branches[a.Branch-1].State), err
		}
	}
	for _, one := range measures {
		if one.Kind == casework.MeasureRecall && branches[one.Branch-1].Side != casework.SideMember {
			return fmt.Sprintf("case %s recalls a body", c.Number), nil
		}
	}
	return "", nil
}
