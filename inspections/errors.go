package inspections

import (
	"errors"
	"fmt"
	"strings"
)

// Kind sorts the errors people may see; it picks the exit code and the HTTP status.
type Kind string

// The kinds of expected errors.
const (
	Invalid   Kind = "invalid"   // the input is wrong
	NotFound  Kind = "not_found" // what was named does not exist
	Conflict  Kind = "conflict"  // the state does not allow the step
	Forbidden Kind = "forbidden" // this person may not
	Busy      Kind = "busy"      // try again later
)

// Error is an expected error: Key names its sentence in the catalogs (always "error."+Key), Args fill it.
// Args alternate name and value.
type Error struct {
	Kind Kind
	Key  string
	Args []any
	Err  error // the cause, for the log; may be nil
}

// Fail makes an expected error; args alternate name and value.
func Fail(kind Kind, key string, args ...any) *Error {
	return &Error{Kind: kind, Key: key, Args: args}
}

// Because adds the cause, for the log.
func (e *Error) Because(err error) *Error {
	e.Err = err
	return e
}

func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Key)
	for i := 0; i+1 < len(e.Args); i += 2 {
		fmt.Fprintf(&b, " %v=%v", e.Args[i], e.Args[i+1])
	}
	if e.Err != nil {
		fmt.Fprintf(&b, ": %v", e.Err)
	}
	return b.String()
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// KindOf gives the kind of an expected error, or "" for an internal one.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return ""
}

// IsNotFound reports whether err says that something does not exist.
func IsNotFound(err error) bool { return KindOf(err) == NotFound }
