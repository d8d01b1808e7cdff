package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestTheWatchedFolderIsTakenInFromTheCommandLine(t *testing.T) {
	t.Parallel()
	s := takeSeat(t)
	s.must(at("2025-01-01T09:00"), "init")
	s.fails(2, "usage.no_inbox", "import", "inbox")
	s.env["ANFANG_INBOX_FOLDER"] = "收件"
	folder := filepath.Join(s.data, "收件")
	lay := func(name, text string) {
		t.Helper()
		path, old := filepath.Join(folder, name), time.Date(2025, 4, 1, 0, 0, 0, 0, time.UTC)
		for _, err := range []error{os.MkdirAll(folder, 0o700), os.WriteFile(path, []byte(text), 0o600), os.Chtimes(path, old, old)} {
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	lay("花名册.csv", "乡镇,村,姓名,派出单位,手机号码,驻村起始时间\n便江街道,泉塘村,张华,县公安局,19900001001,2024-05-05\n")
	lay("2025-03.csv", "日期,乡镇,村,姓名,手机号码,状态\n2025-03-03,便江街道,泉塘村,张华,19900001001,在岗\n2025-03-03,便江街道,泉塘村,生面孔,,在岗\n")
	var got struct {
		Files   []struct{ File, Went, Sort string }
		Waiting []struct{ Name, Note string }
	}
	s.json(&got, at("2025-04-01T09:00"), "import", "inbox")
	if len(got.Files) != 2 || got.Files[0].Went != "done" || got.Files[1].Went != "asked" || got.Files[1].Sort != "signins" ||
		len(got.Waiting) != 1 || !strings.Contains(got.Waiting[0].Note, "生面孔") {
		t.Errorf("got %+v", got)
	}
	if text := s.must(at("2025-04-01T09:05"), "import", "inbox"); !strings.Contains(text, "waiting: 2025-03.csv") {
		t.Errorf("got %s", text)
	}
	if _, text, _ := s.do(at("2025-04-01T09:05"), "doctor"); !strings.Contains(text, "1 file waits") {
		t.Errorf("the doctor says nothing of the folder: %s", text)
	}
	lay("新到.csv", "日期,姓名\n")
	just := time.Date(2025, 4, 1, 1, 5, 59, 0, time.UTC) // a second before the look
	if err := os.Chtimes(filepath.Join(folder, "新到.csv"), just, just); err != nil {
		t.Fatal(err)
	}
	if text := s.must(at("2025-04-01T09:06"), "import", "inbox"); !strings.Contains(text, "not taken yet: 新到.csv") {
		t.Errorf("a file that may still be written is not listed: %s", text)
	}
	for _, bad := range []string{".", "..", "keys", "keys/收件"} {
		s.env["ANFANG_INBOX_FOLDER"] = bad
		s.fails(1, "config.value", "import", "inbox")
	}
}
