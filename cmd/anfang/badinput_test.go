package main

import (
	"os"
	"path/filepath"
	"testing"
)

func TestBadInputIsOneSentenceAndChangesNothing(t *testing.T) {
	t.Parallel()
	s := settled(t)
	s.must(at("2025-03-02T18:01"), "week", "freeze") // sets the first week that counts
	for name, c := range map[string]struct {
		status int
		key    string
		args   []string
	}{
		"a missing column":               {1, "intake.missing_column", []string{"import", "roster", "testdata/bad/missing-column.csv"}},
		"half a file":                    {1, "intake.cut_off", []string{"import", "roster", "testdata/bad/half.xlsx"}},
		"a directory":                    {1, "intake.directory", []string{"import", "roster", "testdata/roster"}},
		"an encrypted workbook":          {1, "intake.encrypted", []string{"import", "roster", "testdata/bad/encrypted.xlsx"}},
		"a wrong encoding":               {1, "intake.encoding", []string{"import", "roster", "testdata/bad/encoding.csv"}},
		"no such file":                   {1, "intake.not_found", []string{"import", "signins", "testdata/bad/nothing.csv"}},
		"a good file and a bad one":      {1, "intake.encoding", []string{"import", "signins", "testdata/2025-03签到台账.csv", "testdata/bad/encoding.csv"}},
		"a calendar day twice":           {1, "intake.calendar_twice", []string{"import", "calendar", "testdata/bad/calendar-twice.csv"}},
		"a ledger given as a roster":     {1, "intake.unknown_table", []string{"import", "roster", "testdata/2027.csv"}},
		"a week that does not exist":     {2, "usage.week", []string{"week", "show", "--week", "2025-W53"}},
		"a week that was never sealed":   {1, "week.not_frozen", []string{"week", "verify", "--week", "2030-W10"}},
		"a week before the first":        {1, "week.not_counted", []string{at("2025-03-03T09:20"), "week", "freeze", "--week", "2025-W05"}},
		"a week whose Sunday is to come": {1, "week.freeze_early", []string{at("2025-03-03T09:20"), "week", "freeze", "--week", "2025-W11"}},
		"an unknown visit":               {1, "visit.unknown", []string{"visit", "show", "99"}},
		"an unknown case":                {1, "case.unknown", []string{"case", "show", "2025-999"}},
		"an unknown case step":           {1, "case.unknown", []string{"case", "step", "2025-999", "close"}},
		"an unknown job":                 {1, "job.unknown", []string{"run", "nothing", "--due", "2025-03-01T08:00:00+08:00"}},
		"a job of the future":            {1, "job.early", []string{at("2025-03-01T09:20"), "run", "bulletin.draft", "--due", "2025-04-06T08:00:00+08:00"}},
		"an unknown setting":             {1, "setting.unknown", []string{"setting", "set", "nothing", "1"}},
		"a setting of a few values":      {1, "setting.choice", []string{"setting", "set", "case_start", "whenever"}},
		"a setting out of range":         {1, "setting.range", []string{"setting", "set", "buffer_slots", "99"}},
		"a number below the range":       {1, "setting.range", []string{"setting", "set", "case_days", "-3"}},
		"a telephone that is none":       {1, "setting.phone", []string{"setting", "set", "contact_phone", "abc"}},
		"a setting for days gone by":     {1, "setting.past", []string{at("2025-03-03T09:20"), "setting", "set", "case_days", "8", "--from", "2025-02-01"}},
		"a signature without a person":   {2, "usage.as", []string{"bulletin", "sign", "--month", "2025-02"}},
		"a clerk who signs":              {1, "bulletin.leader_signs", []string{"--as", "clerk", "bulletin", "sign", "--month", "2025-02"}},
		"a month that still runs":        {1, "bulletin.month_runs", []string{at("2025-03-20T09:20"), "bulletin", "draft", "--month", "2025-03"}},
		"a bulletin that is no draft":    {1, "bulletin.not_drafted", []string{"bulletin", "issue", "--month", "2025-02"}},
		"a letter that is not there":     {1, "store.not_found", []string{"mail", "retry", "7"}},
		"mail that is not set up":        {1, "mail.not_configured", []string{"mail", "test"}},
		"no proof":                       {1, "proof.unreadable", []string{"proof", "verify", "testdata/2027.csv"}},
		"a proof that is not there":      {1, "cli.cannot_read", []string{"proof", "verify", "testdata/nothing.json"}},
	} {
		t.Run(name, func(t *testing.T) {
			own := *s
			own.t = t
			before := own.sum()
			own.fails(c.status, c.key, c.args...)
			if own.sum() != before {
				t.Error("the database changed")
			}
		})
	}
	t.Run("a wrong configuration", func(t *testing.T) {
		own := *s
		own.t = t
		own.fails(1, "config.no_file", "--config", filepath.Join(s.data, "none.yaml"), "week", "show")
		own.fails(1, "config.unreadable", "--config", "testdata/2027.csv", "week", "show")
		for text, key := range map[string]string{"mail:\n  foldr: letters\n": "config.unknown_key", "county: 431O23\n": "config.wrong_kind", "mail:\n\tfolder: letters\n": "config.tab", "mail: [\n": "config.syntax"} {
			file := filepath.Join(t.TempDir(), "own.yaml")
			if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			own.fails(1, key, "--config", file, "week", "show")
		}
	})
}
