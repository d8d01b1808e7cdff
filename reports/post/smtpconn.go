package post

import (
	"net"
	"time"

	"github.com/emersion/go-sasl"
)

// boundedConn gives every read and write an end: go-smtp sets deadlines for some steps only, and none
// while a message's body is written, so that a server that stops reading would hold us for ever.
type boundedConn struct {
	net.Conn
	wall  func() time.Time
	limit time.Duration // of the present step
	end   time.Time     // of the whole letter
}

// SetDeadline takes the earliest of t, the step's and the letter's end; no deadline is not to be had.
func (c *boundedConn) SetDeadline(t time.Time) error { return c.Conn.SetDeadline(c.cap(t)) }

// SetReadDeadline is bounded like SetDeadline.
func (c *boundedConn) SetReadDeadline(t time.Time) error { return c.Conn.SetReadDeadline(c.cap(t)) }

// SetWriteDeadline is bounded like SetDeadline.
func (c *boundedConn) SetWriteDeadline(t time.Time) error { return c.Conn.SetWriteDeadline(c.cap(t)) }

// Write gives each piece of a body its own limit: a slow line may take its time as long as it moves.
func (c *boundedConn) Write(b []byte) (int, error) {
	if err := c.SetWriteDeadline(time.Time{}); err != nil {
		return 0, err
	}
	return c.Conn.Write(b)
}

func (c *boundedConn) cap(t time.Time) time.Time {
	step := c.wall().Add(c.limit)
	if t.IsZero() || t.After(step) {
		t = step
	}
	if t.After(c.end) {
		t = c.end
	}
	return t
}

// loginAuth speaks AUTH LOGIN by order of the questions. Servers word them differently, and some do not
// take the name together with the command, so it waits for each question.
type loginAuth struct {
	user, password string
	asked          int
}

// Start implements sasl.Client.
func (a *loginAuth) Start() (string, []byte, error) { return sasl.Login, nil, nil }

// Next implements sasl.Client.
func (a *loginAuth) Next([]byte) ([]byte, error) {
	a.asked++
	switch a.asked {
	case 1:
		return []byte(a.user), nil
	case 2:
		return []byte(a.password), nil
	}
	return nil, sasl.ErrUnexpectedServerChallenge
}
