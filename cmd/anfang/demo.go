package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strconv"
	"syscall"

	"github.com/spf13/cobra"

	"anfang.example/cmd/anfang/demo"
)

// demo is `anfang demo`: a month of a county on an accelerated clock.
func (c *cli) demo() *cobra.Command {
	opt := demo.Options{Words: c.words, Progress: c.errs, Terminal: isTerminal(c.errs)}
	var month, seed string
	cmd := c.command("demo", "demo", func(ctx context.Context, _ []string) error {
		if c.now != "" {
			return wrong("usage.demo_now")
		}
		var err error
		if opt.Month, err = c.monthOf(month); err != nil {
			return err
		}
		if opt.Seed, err = strconv.ParseUint(seed, 10, 64); err != nil {
			return wrong("usage.number", "flag", "--seed", "value", seed)
		}
		ctx, stop := signal.NotifyContext(ctx, syscall.SIGINT, syscall.SIGTERM)
		defer stop()
		if opt.Out == "" {
			opt.Out = freeFolder("anfang-demo")
		}
		opt.Report = func(summary demo.Summary) error {
			var failed error
			err := c.reply(summary, func() { failed = summary.Print(c.out, c.words, opt.Out) })
			return errors.Join(failed, err)
		}
		_, err = demo.Run(ctx, opt)
		return err
	})
	c.text(cmd, &opt.Out, "out", "", "DIR")
	c.text(cmd, &month, "month", "2025-03", "MONTH")
	c.text(cmd, &seed, "seed", "1", "N")
	c.toggle(cmd, &opt.Serve, "serve")
	c.text(cmd, &opt.Address, "address", "", "HOST:PORT")
	return cmd
}

// freeFolder gives name, or name-2, name-3 … when an earlier run lies there: a second run just works.
func freeFolder(name string) string {
	folder := name
	for n := 2; ; n++ {
		if _, err := os.Stat(folder); errors.Is(err, os.ErrNotExist) {
			return folder
		}
		folder = fmt.Sprintf("%s-%d", name, n)
	}
}
