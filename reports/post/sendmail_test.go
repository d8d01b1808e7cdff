package post

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"anfang.example/inspections"
)

// TestMain lets the test program stand in for sendmail: told to by its environment, it keeps what it is
// given and ends with the status it is told.
func TestMain(m *testing.M) {
	dir := os.Getenv("ANFANG_TEST_SENDMAIL")
	if dir == "" {
		os.Exit(m.Run())
	}
	body, err := io.ReadAll(bufio.NewReader(os.Stdin))
	to := os.Args[len(os.Args)-1]
	status, _, _ := strings.Cut(to, "@")
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, to), append([]byte(strings.Join(os.Args[1:], " ")+"\n"), body...), 0o600)
	}
	if err != nil {
		fmt.Println(err)
		os.Exit(70)
	}
	if status == "hang" {
		select {}
	}
	fmt.Println("said " + status)
	n, _ := strconv.Atoi(status)
	os.Exit(n)
}

// The program's working folder cannot be told by a variable of its own without t.Setenv, so these do not run
// beside each other.
func TestSendmailTakesLetters(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("ANFANG_TEST_SENDMAIL", dir)
	c := SendmailCourier{Program: os.Args[0], Limit: 20 * time.Second}
	if err := c.Test(t.Context()); err != nil {
		t.Fatal(err)
	}
	for to, want := range map[string]struct {
		result Result
		dead   bool
		key    string
	}{
		"0@example.com":    {Accepted, false, ""},
		"67@example.com":   {Refused, true, ""},
		"68@example.com":   {Refused, true, ""},
		"65@example.com":   {Refused, false, ""},
		"75@example.com":   {Later, false, ""},
		"77@example.com":   {"", false, "mail.sendmail"},
		"hang@example.com": {Unknown, false, ""},
	} {
		m := message(1)
		m.To = to
		if to == "hang@example.com" {
			c.Limit = 300 * time.Millisecond
		} else {
			c.Limit = 20 * time.Second
		}
		out, err := c.Deliver(t.Context(), m)
		if want.key != "" {
			if keyOf(err) != want.key {
				t.Errorf("%s: got %v", to, err)
			}
			continue
		}
		if want.result == Accepted && !(inspections.Letter{Answer: out.Answer}).AnsweredBy(inspections.AnswerHanded) {
			t.Errorf("%s: it is not said that a program has it: %q", to, out.Answer)
		}
		if err != nil || out.Result != want.result || out.Dead != want.dead {
			t.Errorf("%s: got %+v, %v", to, out, err)
		}
	}
	got, err := os.ReadFile(filepath.Join(dir, "0@example.com"))
	if err != nil {
		t.Fatal(err)
	}
	head, body, _ := bytes.Cut(got, []byte("\n"))
	if string(head) != "-i -f office@example.com -- 0@example.com" || bytes.Contains(body, []byte("\r")) || !bytes.Contains(body, []byte("\n.a line")) {
		t.Errorf("it was given %q and %q", head, body)
	}
	c.Program = filepath.Join(dir, "nothing")
	if _, err := c.Deliver(t.Context(), message(1)); keyOf(err) != "mail.sendmail" || keyOf(c.Test(t.Context())) != "mail.sendmail" {
		t.Errorf("a program that is not there: %v", err)
	}
}
