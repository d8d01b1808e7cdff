package post

import (
	"bytes"
	"context"
	"errors"
	"os/exec"
	"strings"
	"time"

	"anfang.example/inspections"
)

// SendmailCourier hands each letter to a sendmail program, as every mail server for Unix brings one; that
// program keeps the queue and the password.
type SendmailCourier struct {
	Program string        // e.g. /usr/sbin/sendmail
	Args    []string      // before ours; may be empty
	Limit   time.Duration // of one letter; 0: 2 min
}

// The exit statuses of sendmail that say something of one letter (sysexits.h).
const (
	exitDataErr  = 65 // EX_DATAERR: the address or the letter is malformed
	exitNoUser   = 67 // EX_NOUSER
	exitNoHost   = 68 // EX_NOHOST
	exitTempFail = 75 // EX_TEMPFAIL
)

// Deliver implements [Courier]. A program that does not end in time is stopped: whether it took the letter
// nobody knows.
func (c SendmailCourier) Deliver(ctx context.Context, m Message) (Outcome, error) {
	limit := c.Limit
	if limit <= 0 {
		limit = 2 * time.Minute
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	args := append(append([]string{}, c.Args...), "-i", "-f", m.From, "--", m.To)
	cmd := exec.CommandContext(ctx, c.Program, args...)
	cmd.WaitDelay = time.Second
	cmd.Stdin = bytes.NewReader(bytes.ReplaceAll(m.Raw, []byte("\r\n"), []byte("\n"))) // lines of this machine
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	err := cmd.Run()
	answer := oneLine(strings.TrimSpace(said.String()))
	var ended *exec.ExitError
	switch {
	case err == nil:
		return Outcome{Result: Accepted, Answer: answerOf(inspections.Fail(inspections.Conflict, inspections.AnswerHanded, "program", c.Program, "answer", answer))}, nil
	case ctx.Err() != nil:
		return Outcome{Result: Unknown, Answer: answerOf(inspections.Fail(inspections.Busy, "mail.sendmail_silent", "program", c.Program))}, nil
	case !errors.As(err, &ended): // it cannot be started
		return Outcome{}, c.fault(err)
	}
	out := Outcome{Result: Refused, Answer: answer}
	if answer == "" {
		out.Answer = oneLine(err.Error())
	}
	switch ended.ExitCode() {
	case exitDataErr:
	case exitNoUser, exitNoHost:
		out.Dead = true
	case exitTempFail:
		out.Result = Later
	default: // its settings, its rights, its disk: the next letter would fare the same
		return Outcome{}, c.fault(errors.New(out.Answer))
	}
	return out, nil
}

func (c SendmailCourier) fault(err error) error {
	return inspections.Fail(inspections.Busy, "mail.sendmail", "program", c.Program, "answer", oneLine(err.Error())).Because(err)
}

// Test looks whether the program is there.
func (c SendmailCourier) Test(context.Context) error {
	if _, err := exec.LookPath(c.Program); err != nil {
		return c.fault(err)
	}
	return nil
}

// Close does nothing.
func (SendmailCourier) Close() error { return nil }
