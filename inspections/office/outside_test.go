package office_test

import (
	"encoding/json"
	"maps"
	"testing"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/office"
	"anfang.example/inspections/store"
)

// TestAUnitOutsideTheCountyIsWrittenToByLetter holds the start notice of a case to where its unit stands.
func TestAUnitOutsideTheCountyIsWrittenToByLetter(t *testing.T) {
	t.Parallel()
	d := open(t)
	if err := d.PlaceUnit(t.Context(), leader, 1, true); key(err) != "forbidden" {
		t.Errorf("by a leader: got %v", err)
	}
	if err := d.PlaceUnit(t.Context(), clerk, 99, true); key(err) != "party.unknown" {
		t.Errorf("of no unit: got %v", err)
	}
	if err := d.PlaceUnit(t.Context(), clerk, 1, true); err != nil {
		t.Fatal(err)
	}
	d.now = d.now.Add(4 * time.Hour)
	c, err := d.OpenCase(t.Context(), clerk, office.HandCase{Kind: "absent", Team: 1, FactAt: calendar.InstantOf(d.now.Add(-time.Hour)), Reason: "核实属实"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.ApproveCase(t.Context(), leader, c.ID, "副部长"); err != nil {
		t.Fatal(err)
	}
	d.do(t, func(tx *store.Tx) error {
		external := map[string]bool{}
		for _, kind := range []inspections.LetterKind{inspections.LetterCaseTownship, inspections.LetterCaseUnit} {
			letters, err := tx.Letters(inspections.LetterFilter{Kind: kind})
			if err != nil {
				return err
			}
			for _, l := range letters {
				var args inspections.CaseStartArgs
				if err := json.Unmarshal(l.Args, &args); err != nil {
					return err
				}
				if args.Source != "hand" { // nobody inspected: the letter may not say so
					t.Errorf("letter to %s: source %q", args.Addressee, args.Source)
				}
				external[args.Addressee] = args.External
			}
		}
		if want := map[string]bool{"便江街道": false, "县残联": true, "县财政局": false}; !maps.Equal(external, want) {
			t.Errorf("as letters: got %v, want %v", external, want)
		}
		return nil
	})
}
