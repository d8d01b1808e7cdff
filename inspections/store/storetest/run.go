package storetest

import (
	"fmt"
	"reflect"
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/store"
)

// Run checks everything the store promises on databases that fresh makes, one for each check.
func Run(t *testing.T, fresh func(testing.TB) Database) {
	t.Helper()
	for _, check := range []struct {
		name string
		run  func(*testing.T, Database)
	}{
		{"every noun of the roster comes back as written", rosterRoundTrips},
		{"every noun of the field comes back as written", fieldRoundTrips},
		{"every noun of the desk comes back as written", deskRoundTrips},
		{"every noun beside the draw comes back as written", specialRoundTrips},
		{"every noun beside the duties comes back as written", dutyRoundTrips},
		{"an export without a place leaves the ledger's", placeOfSignIns},
		{"what stands beside the draw is narrowed by its days", specialLists},
		{"what stands beside the draw is decided once and never written over", specialGates},
		{"a nearly empty noun comes back as written", zeroRoundTrips},
		{"what is saved must exist", savingMissing},
		{"a single thing that is missing is an error", readingMissing},
		{"visits come by start, then id, and filters narrow them", visitLists},
		{"findings and evidence are narrowed by filters", findingLists},
		{"cases and their parts are narrowed by filters", caseLists},
		{"obligations come by due time, undetermined first", obligationLists},
		{"letters that are due are listed", letterLists},
		{"every noun beside the letters comes back as written", postRoundTrips},
		{"an issued paper comes back as written and is issued once", issuedPapers},
		{"an address is stopped once at a time and a letter received once", postRules},
		{"checks sort by bytes", byteOrder},
		{"moments sort by time", momentOrder},
		{"of a ledger day the newest import counts", countingSignIns},
		{"the days kept for a month are those that count, whatever was corrected", keptSignDays},
		{"a year of ledger days is written at once", manySignIns},
		{"leave that touches a span is listed", touchingLeave},
		{"a corrected leave stays on record and counts no longer", correctedLeave},
		{"questions about names and their answers", naming},
		{"what a superseded answer credited counts no longer", creditedRows},
		{"names in files go with a member's data", erasedNames},
		{"of settings and sign-offs everything ever said is listed in order", recordedOrder},
		{"what may stand once is refused the second time", uniqueness},
		{"what stands already is told, not refused", standing},
		{"a case cannot close before its parts are done", caseGate},
		{"a closed case takes no open part", closedCase},
		{"acts, rules and the ledger of rectification come back as written", caseParts},
		{"a slip without receipt and an unverified line stay open", casePartsGate},
		{"co-seed and link are added once", addedOnce},
		{"an id is never given out twice", idsNeverReused},
		{"numbers run without gaps", numbersWithoutGaps},
		{"a case is numbered in the year of its proposal in Shanghai", caseNumbers},
		{"two counties see nothing of each other", twoCounties},
		{"an error, a panic and a cancelled context leave nothing", rollback},
		{"a refused statement dooms its transaction", doomed},
		{"many writers at once all succeed", manyWriters},
		{"a further query inside a transaction does not wait", nestedQuery},
		{"a view cannot write and sees one state", views},
		{"texts are refused alike", badTexts},
		{"what names a missing row is refused", references},
		{"blobs are kept once by their hash", blobs},
		{"sessions end", endingSessions},
		{"the clock of a transaction stands still", standingClock},
	} {
		t.Run(check.name, func(t *testing.T) {
			t.Parallel()
			check.run(t, fresh(t))
		})
	}
}

// write runs fn in a transaction that must succeed.
func write(t testing.TB, s *store.Store, fn func(*store.Tx) error) {
	t.Helper()
	if err := s.InTx(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

// view runs fn in a read-only transaction that must succeed.
func view(t testing.TB, s *store.Store, fn func(*store.Tx) error) {
	t.Helper()
	if err := s.View(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

// refuse runs fn in a transaction of its own that must fail with a kind and key.
func refuse(t testing.TB, s *store.Store, kind inspections.Kind, key string, fn func(*store.Tx) error) {
	t.Helper()
	wantError(t, s.InTx(t.Context(), fn), kind, key)
}

func wantError(t testing.TB, err error, kind inspections.Kind, key string) {
	t.Helper()
	got, want := fmt.Sprintf("%s %s", inspections.KindOf(err), keyOf(err)), fmt.Sprintf("%s %s", kind, key)
	if got != want {
		t.Errorf("got %q (%v), want %q", got, err, want)
	}
}

func equal(t testing.TB, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

// ids lists the ids of nouns.
func ids[T any, ID ~int64](list []T, id func(T) ID) []int64 {
	out := []int64{}
	for _, v := range list {
		out = append(out, int64(id(v)))
	}
	return out
}

// first gives the first error.
func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// ground is a small roster for tests that need one.
type ground struct {
	township inspections.Township
	unit     inspections.Unit
	team     inspections.Team
	member   inspections.Member
	imported inspections.Import
}

func lay(tx *store.Tx) (ground, error) {
	g := ground{
		township: inspections.Township{Name: "某镇"},
		unit:     inspections.Unit{Name: "某局"},
		team:     inspections.Team{Village: "某村", Kind: inspections.TeamPoverty, From: calendar.NewDate(2025, 1, 1)},
		member:   inspections.Member{Name: "某人"},
		imported: inspections.Import{Kind: "signins", Name: "a.csv", SHA: "00"},
	}
	err := first(tx.AddTownship(&g.township), tx.AddUnit(&g.unit), tx.AddMember(&g.member), tx.AddImport(&g.imported))
	if err != nil {
		return g, err
	}
	g.team.Township = g.township.ID
	return g, tx.AddTeam(&g.team)
}

// grounded opens a store with a small roster.
func grounded(t testing.TB, db Database) (*store.Store, ground) {
	t.Helper()
	s := db(t, County, nil)
	var g ground
	write(t, s, func(tx *store.Tx) error {
		var err error
		g, err = lay(tx)
		return err
	})
	return s, g
}
