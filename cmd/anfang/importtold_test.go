package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestColumnsAndPersonsAreToldOnTheCommandLine(t *testing.T) {
	t.Parallel()
	s := takeSeat(t)
	s.must(at("2025-01-01T09:00"), "init")
	write := func(name, text string) string {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	roster := write("队员.csv", "乡镇,村,姓名,派出单位,手机号码,驻村起始时间\n便江街道,泉塘村,张华,县公安局,19900001001,2024-05-05\n便江街道,泉塘村,张华,县公安局,19900001002,2024-05-05\n")
	s.must(at("2025-01-01T09:10"), "import", "roster", roster)
	ledger := write("2025-03.csv", "日期,乡镇,村,甲,手机号码,状态\n2025-03-03,便江街道,泉塘村,张华,,在岗\n")
	var got struct {
		Imports []struct {
			Repeat bool
			Added  map[string]int
		}
	}
	s.json(&got, at("2025-04-01T09:00"), "import", "signins", "--column", "甲=name", ledger)
	if n := got.Imports[0].Added["signin"]; n != 0 {
		t.Errorf("a homonym was guessed: %d days", n)
	}
	s.json(&got, at("2025-04-01T09:10"), "import", "signins", "--column", "甲=name", "--who", "2025-03.csv:2=19900001002", ledger)
	if got.Imports[0].Repeat || got.Imports[0].Added["signin"] != 1 {
		t.Errorf("got %+v", got.Imports)
	}
	// Somebody without a number is told by name and village; a homonym is refused, never guessed.
	s.must(at("2025-04-02T09:00"), "import", "roster", write("队员2.csv", "乡镇,村,姓名,派出单位,手机号码,驻村起始时间\n便江街道,泉塘村,吴新,县公安局,,2024-05-05\n"))
	numberless := write("2025-03b.csv", "日期,乡镇,村,姓名,手机号码,状态\n2025-03-04,便江街道,泉塘村,老吴,,在岗\n")
	s.fails(2, "usage.who", at("2025-04-02T09:10"), "import", "signins", "--who", "2025-03b.csv:2=", numberless)
	s.fails(1, "cli.homonyms", at("2025-04-02T09:10"), "import", "signins", "--who", "2025-03b.csv:2=张华", numberless)
	s.fails(1, "cli.nobody", at("2025-04-02T09:10"), "import", "signins", "--who", "2025-03b.csv:2=吴旧", numberless)
	s.json(&got, at("2025-04-02T09:10"), "import", "signins", "--who", "2025-03b.csv:2=吴新@泉塘村", numberless)
	if got.Imports[0].Added["signin"] != 1 {
		t.Errorf("got %+v", got.Imports)
	}
	leave := write("请假.csv", "姓名,手机号码,乡镇,村,类别,起始日期,结束日期,批准人\n老吴,,便江街道,泉塘村,病假,2025-03-05,2025-03-06,李书记\n")
	s.json(&got, at("2025-04-02T09:20"), "import", "leave", "--who", "请假.csv:2=吴新@泉塘村", leave)
	if got.Imports[0].Added["leave"] != 1 {
		t.Errorf("got %+v", got.Imports)
	}
	// Without a word about the sort the headings tell it; files of two sorts are not taken together.
	plain := write("2025-04.csv", "日期,乡镇,村,姓名,手机号码,状态\n2025-04-03,便江街道,泉塘村,张华,19900001001,在岗\n")
	s.json(&got, at("2025-05-01T09:00"), "import", "any", plain)
	if got.Imports[0].Added["signin"] != 1 {
		t.Errorf("got %+v", got.Imports)
	}
	s.fails(1, "intake.sorts_differ", at("2025-05-01T09:10"), "import", "any", plain, roster)
}

func TestNamesAreAnsweredOnTheCommandLine(t *testing.T) {
	t.Parallel()
	s := takeSeat(t)
	s.must(at("2025-01-01T09:00"), "init")
	write := func(name, text string) string {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	s.must(at("2025-01-01T09:10"), "import", "roster", write("队员.csv", "乡镇,村,姓名,派出单位,手机号码,驻村起始时间\n便江街道,泉塘村,张华,县公安局,19900001001,2024-05-05\n便江街道,泉塘村,张华,县公安局,19900001002,2024-05-05\n"))
	text := s.must(at("2025-04-01T09:00"), "import", "signins", write("2025-03.csv", "日期,乡镇,村,姓名,手机号码,状态\n2025-03-03,便江街道,泉塘村,张华,,在岗\n2025-03-03,便江街道,泉塘村,张华,19900001001,在岗\n"))
	if !strings.Contains(text, "anfang import questions") {
		t.Errorf("the import says nothing of its question: %s", text)
	}
	if text := s.must(at("2025-04-01T09:05"), "import", "questions"); !strings.Contains(text, "张华 便江街道 泉塘村") || !strings.Contains(text, "1 张华 (便江街道泉塘村)") {
		t.Errorf("got %s", text)
	}
	var got struct {
		Questions []struct {
			ID     int64
			Open   bool
			Answer *struct{ Verdict string }
		}
		Rows int
	}
	if said := s.fails(1, "cli.homonyms", at("2025-04-01T09:10"), "import", "answer", "1", "张华"); strings.Contains(said, "--") {
		t.Errorf("got %q, want the argument WHO named", said)
	}
	s.fails(1, "naming.same", at("2025-04-01T09:10"), "import", "answer", "1", "open")
	s.fails(1, "store.not_found", at("2025-04-01T09:10"), "import", "answer", "7", "none")
	s.json(&got, at("2025-04-01T09:10"), "import", "answer", "1", "19900001002")
	if got.Rows != 1 {
		t.Errorf("got %d rows", got.Rows)
	}
	s.json(&got, at("2025-04-01T09:15"), "import", "questions")
	if len(got.Questions) != 0 {
		t.Errorf("got %+v", got.Questions)
	}
	s.must(at("2025-04-01T09:20"), "import", "answer", "1", "none")
	s.must(at("2025-04-01T09:25"), "import", "answer", "1", "open")
	s.json(&got, at("2025-04-01T09:30"), "import", "questions", "--answered")
	if len(got.Questions) != 1 || !got.Questions[0].Open || got.Questions[0].Answer.Verdict != "open" {
		t.Errorf("got %+v", got.Questions)
	}
}
