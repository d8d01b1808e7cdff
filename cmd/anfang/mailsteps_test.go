package main

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestALetterInAFolderIsNotSaidToHaveLeft(t *testing.T) {
	t.Parallel()
	s := takeSeat(t)
	s.must("init")
	s.env["ANFANG_MAIL_FOLDER"] = "letters"
	if out := s.must("mail", "test", "reader@example.com"); !strings.Contains(out, "put into the folder, to be sent by hand") || strings.Contains(out, "server") {
		t.Errorf("got %q", out)
	}
	if files, err := filepath.Glob(filepath.Join(s.data, "letters", "*-test.eml")); err != nil || len(files) != 1 {
		t.Errorf("got %v, %v", files, err)
	}
	var list struct {
		Letters []struct{ State, Standing, Answer string }
	}
	s.json(&list, "mail", "list", "--state", "accepted")
	if len(list.Letters) != 1 || list.Letters[0].State != "accepted" || list.Letters[0].Standing != "dropped" || !strings.Contains(list.Letters[0].Answer, ".eml") {
		t.Errorf("got %+v", list)
	}
	s.lang = "zh"
	if out := s.must("mail", "list"); !strings.Contains(out, "已存入文件夹，待人寄送") || strings.Contains(out, "邮件服务器") {
		t.Errorf("got %q", out)
	}
}

func TestMailStepsFromTheCommandLine(t *testing.T) {
	t.Parallel()
	s := takeSeat(t)
	for _, c := range []struct {
		args []string
		want int
		says string
	}{
		{[]string{"init"}, 0, ""},
		{[]string{"mail", "stops"}, 0, ""},
		{[]string{"mail", "lift", "3"}, 1, "no stopped address"},
		{[]string{"mail", "lift", "x"}, 2, "x"},
		{[]string{"mail", "resend", "9"}, 1, "9"},
		{[]string{"mail", "arrived", "9"}, 1, "9"},
		{[]string{"mail", "check"}, 1, "mail.archive"},
		{[]string{"mail", "results", "--month", "2025-13"}, 2, "2025-13"},
		{[]string{"mail", "results", "--month", "2025-03"}, 1, ""},
		{[]string{"setting", "set", "quiet_township", "18-8"}, 1, "22:00-07:00"},
		{[]string{"setting", "set", "quiet_township", "18:00-08:00"}, 0, ""},
	} {
		code, out, errs := s.do(c.args...)
		if code != c.want || !strings.Contains(out+errs, c.says) || strings.Contains(out+errs, "«") {
			t.Errorf("%v: got %d\n%s%s", c.args, code, out, errs)
		}
	}
}
