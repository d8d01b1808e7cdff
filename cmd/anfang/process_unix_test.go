//go:build unix

package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// program makes a command that runs this test binary as anfang.
func program(t *testing.T, binary string, args ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), binary, args...)
	cmd.Env = append(os.Environ(), "ANFANG_TEST_CLI=1", "ANFANG_LANG=en")
	return cmd
}

func TestSIGTERMEndsTheDaemonWithStatus0(t *testing.T) {
	t.Parallel()
	s := settled(t)
	for _, signal := range []syscall.Signal{syscall.SIGTERM, syscall.SIGINT} {
		out, errs := newLines(), newLines()
		cmd := program(t, os.Args[0], "--data", s.data, "serve", "--address", "127.0.0.1:0")
		cmd.Stdout, cmd.Stderr = out, errs
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		out.waitFor(t, `http://127\.0\.0\.1:\d+`)
		if err := cmd.Process.Signal(signal); err != nil {
			t.Fatal(err)
		}
		ended := make(chan error, 1)
		go func() { ended <- cmd.Wait() }()
		select {
		case err := <-ended:
			if err != nil {
				t.Errorf("%s: got %v, want status 0: %s", signal, err, errs)
			}
		case <-time.After(stopLimit + 10*time.Second):
			t.Fatalf("%s did not end it", signal)
		}
	}
}

// TestAPlainUserWithoutPermission runs the program as nobody where the tests run as root, since root may
// read everything.
func TestAPlainUserWithoutPermission(t *testing.T) {
	t.Parallel()
	s := takeSeat(t)
	s.must("init")
	before := s.sum()
	closed := filepath.Join(t.TempDir(), "roster.csv")
	if err := os.WriteFile(closed, []byte("x"), 0); err != nil {
		t.Fatal(err)
	}
	binary := os.Args[0]
	var who *syscall.SysProcAttr
	if os.Getuid() == 0 {
		binary = copyForNobody(t)
		who = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	} else if err := os.Chmod(s.data, 0); err != nil {
		t.Fatal(err)
	} else {
		defer os.Chmod(s.data, 0o700)
	}
	for _, c := range []struct {
		key  string
		args []string
	}{
		{"cli.no_access", []string{"week", "show"}},
		{"cli.no_access", []string{"init"}},
		{"intake.unreadable", []string{"import", "roster", closed}},
		{"cli.no_access", []string{"serve"}},
	} {
		var errs bytes.Buffer
		cmd := program(t, binary, append([]string{"--data", s.data}, c.args...)...)
		cmd.SysProcAttr, cmd.Stderr, cmd.Dir = who, &errs, "/"
		err := cmd.Run()
		if cmd.ProcessState == nil {
			t.Fatal(err)
		}
		if got := cmd.ProcessState.ExitCode(); got != 1 || !strings.HasSuffix(errs.String(), "["+c.key+"]\n") || strings.Count(errs.String(), "\n") != 1 {
			t.Errorf("%q: got status %d, %s, want 1 and [%s]", c.args, got, errs.String(), c.key)
		}
	}
	if os.Getuid() == 0 && s.sum() != before {
		t.Error("the database changed")
	}
}

// copyForNobody puts the test binary where everybody may run it.
func copyForNobody(t *testing.T) string {
	t.Helper()
	raw, err := os.ReadFile(os.Args[0])
	if err != nil {
		t.Fatal(err)
	}
	dir, err := os.MkdirTemp("/var/tmp", "anfang-test-*")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	path := filepath.Join(dir, "anfang")
	if err := os.WriteFile(path, raw, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return path
}
