//go:build !unix

package pgtest

import (
	"errors"
	"os/exec"
)

func runnable() error { return errors.New("the private cluster needs a Unix shell") }

func handOver(string) error { return nil }

func demote(*exec.Cmd) {}
