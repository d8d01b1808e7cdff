package scheduler_test

import (
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/store"
	"anfang.example/scheduler"
)

func TestOutlook(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		visits         int
		enough         bool
		weeks, percent int
	}{
		{2000, false, 208, 65}, // 2·e^−0.4 − 1 = 0.34 of 260 teams still wait
		{3000, false, 139, 90}, // 2·e^−0.6 − 1 = 0.10
		{4000, true, 104, 99},
	} {
		got, err := scheduler.OutlookOf(260, 104, c.visits)
		if err != nil || got.Enough != c.enough || got.NeedMilli != 3986 || got.RelaxPercent < 50 || got.RelaxPercent+got.AlphaPercent != 100 {
			t.Errorf("%d: got %+v, %v", c.visits, got, err)
		}
		if got.Weeks < c.weeks-1 || got.Weeks > c.weeks+1 || got.CoveragePercent < c.percent-1 || got.CoveragePercent > c.percent+1 {
			t.Errorf("%d: got %+v, want about %d weeks, %d %%", c.visits, got, c.weeks, c.percent)
		}
	}
	if got, err := scheduler.OutlookOf(0, 104, 4000); err != nil || got.NeedMilli != 0 {
		t.Errorf("no teams: got %+v, %v", got, err)
	}
}

func TestSettingsThatCannotHoldAreRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t, size{teams: 260, inspectors: 3})
	day := calendar.NewDate(2025, 3, 1)
	for _, c := range []struct{ key, value, want string }{
		{inspections.SetLambda, "4000", ""},
		{inspections.SetLambda, "14000", "setting.slots_few"},   // 14 slots, six in a hundred fall through
		{inspections.SetLambda, "1000", "setting.floor_passes"}, // the floor alone makes two
		{inspections.SetLambda, "2500", "setting.coverage"},
		{inspections.SetHorizonWeeks, "52", "setting.coverage"},
		{inspections.SetHorizonWeeks, "156", ""},
		{inspections.SetBuffer, "12", "setting.buffer_all"},
		{inspections.SetLead, "60", ""},
	} {
		w.tx(func(tx *store.Tx) error {
			err := scheduler.Holds(tx, c.key, c.value, day)
			if c.want == "" && err != nil {
				t.Errorf("%s=%s: got %v", c.key, c.value, err)
			} else if c.want != "" {
				wantKey(t, err, c.want)
			}
			return nil
		})
	}
	w.tx(func(tx *store.Tx) error { // short already: a step up is welcome, a step down not
		if err := tx.AddSetting(inspections.Setting{Key: inspections.SetLambda, Value: "2500", From: calendar.NewDate(2024, 1, 1), Recorded: tx.Now()}); err != nil {
			return err
		}
		if err := scheduler.Holds(tx, inspections.SetLambda, "3000", day); err != nil {
			t.Errorf("a step up: got %v", err)
		}
		wantKey(t, scheduler.Holds(tx, inspections.SetLambda, "2400", day), "setting.coverage")
		return nil
	})
}
