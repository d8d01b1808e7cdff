package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

func TestOtherPapersFromTheCommandLine(t *testing.T) {
	t.Parallel()
	s := takeSeat(t)
	s.must("init")
	dir := t.TempDir()
	minutes, out := filepath.Join(dir, "minutes.json"), filepath.Join(dir, "minutes.pdf")
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(minutes, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(`{"title":"专题会议纪要","date":"2025-03-14","text":["一、关于台账"],"present":["王小明"]}`)
	s.must("paper", "minutes", minutes, "--out", out)
	if raw, err := os.ReadFile(out); err != nil || !bytes.HasPrefix(raw, []byte("%PDF-")) {
		t.Errorf("got %.20q, %v", raw, err)
	}
	write(`{"titel":"专题会议纪要"}`)
	s.fails(1, "paper.bad_file", "paper", "minutes", minutes)
	write(`{"title":"专题会议纪要","date":"2025-03-14","text":["一、关于台账"]}`)
	s.fails(1, "paper.minutes_lack", "paper", "minutes", minutes)
	s.fails(1, "cli.no_file", "paper", "minutes", filepath.Join(dir, "none.json"))
	s.fails(1, "paper.no_year", "paper", "year", "--now", "2025-06-01T09:00:00+08:00")
	s.fails(1, "paper.no_township", "paper", "extract", "--township", "无此镇", "--month", "2025-03")
	s.fails(1, "paper.no_task", "paper", "task", "7")
	s.fails(1, "paper.bad_form", "paper", "rectify", "1", "--form", "angry")
	s.fails(2, "usage.number", "paper", "record", "x")
	s.fails(1, "bulletin.not_issued", "bulletin", "copies", "--month", "2025-03")
}
