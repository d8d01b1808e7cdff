package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
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

func TestAPaperIsIssuedFromTheCommandLine(t *testing.T) {
	t.Parallel()
	s := settled(t)
	dir := t.TempDir()
	sample, one, two := filepath.Join(dir, "sample.pdf"), filepath.Join(dir, "one.pdf"), filepath.Join(dir, "two.pdf")
	day := at("2025-03-20T09:00")
	s.must(day, "rectify", "open", "--township", "便江街道", "--problem", "台账缺记", "--action", "补齐3月台账", "--due", "2025-03-31", "--clause", "1.3")
	s.must(day, "paper", "rectify", "1", "--out", sample)
	s.fails(2, "usage.as", day, "paper", "rectify", "1", "--issue", "--out", one)
	s.fails(2, "usage.needed", day, "paper", "rectify", "1", "--reason", "日期有误")
	s.fails(1, "paper.leader_signs", day, "--as", "clerk", "paper", "rectify", "1", "--issue", "--out", one)
	s.must(day, "--as", "leader", "paper", "rectify", "1", "--issue", "--out", one)
	s.must(at("2025-03-21T09:00"), "--as", "leader", "paper", "rectify", "1", "--issue", "--out", two)
	first, err := os.ReadFile(one)
	if err != nil {
		t.Fatal(err)
	}
	if second, err := os.ReadFile(two); err != nil || !bytes.Equal(first, second) {
		t.Errorf("the same paper, issued again, has other bytes: %v", err)
	}
	if got := s.must(day, "bulletin", "check", one); !strings.Contains(got, "永组发 [2025] No. 1") {
		t.Errorf("got %q", got)
	}
	s.fails(1, "bulletin.not_ours", day, "bulletin", "check", sample)
	s.must(at("2025-03-21T10:00"), "--as", "leader", "paper", "rectify", "1", "--issue", "--corrects", "1", "--reason", "期限有误", "--out", two)
	if got := s.must(day, "paper", "issued"); strings.Count(got, "Notice of Rectification") != 2 || !strings.Contains(got, "永组发 [2025] No. 2") {
		t.Errorf("got %q", got)
	}
	s.must(day, "paper", "issued", "1", "--out", sample)
	if again, err := os.ReadFile(sample); err != nil || !bytes.Equal(first, again) {
		t.Errorf("taken out later it has other bytes: %v", err)
	}
	s.fails(1, "store.not_found", day, "paper", "issued", "9")
}
