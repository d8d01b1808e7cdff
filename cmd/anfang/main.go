// Command anfang is the county office's whole program: the daemon, the pages, and every step by hand for
// who runs the machine.
package main

import (
	"context"
	"errors"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"

	"anfang.example/templates/catalog"
)

func init() {
	cobra.EnableCommandSorting = false // the order of the help is that of the work
	cobra.MousetrapHelpText = ""       // a double click on Windows runs it like a terminal does
}

func main() {
	os.Exit(run(context.Background(), os.Args[1:], os.Getenv, os.Stdin, os.Stdout, os.Stderr))
}

// run is the program with everything handed in; end-to-end tests call it. It gives the exit status: 0
// done, 1 failed, 2 wrong usage.
func run(ctx context.Context, args []string, env func(string) string, in io.Reader, out, errs io.Writer) int {
	c := &cli{in: in, out: out, errs: errs, env: env, wall: time.Now, docs: map[*cobra.Command]*doc{}}
	c.words = catalog.For(c.language(args))
	root := c.root()
	root.SetArgs(valueLast(args))
	root.SetIn(in)
	root.SetOut(out)
	root.SetErr(errs)
	return c.status(root.ExecuteContext(ctx))
}

// root is the tree of all commands, in the order of the help.
func (c *cli) root() *cobra.Command {
	root := c.group("anfang", "anfang",
		c.demo(), c.initialise(), c.doctor(), c.migrate(), c.version(), c.serve(), c.imports(), c.week(), c.proof(),
		c.visit(), c.inspector(), c.risk(), c.cases(), c.rectify(), c.report(), c.roster(), c.duty(), c.attendance(), c.assess(), c.bulletin(), c.paper(),
		c.mail(), c.runJob(), c.simulate(), c.user(), c.setting(), c.backup(), c.restore(), c.journal(), c.county(),
	)
	c.globalFlags(root)
	root.SetHelpFunc(func(cmd *cobra.Command, _ []string) { c.help(cmd) })
	root.SetHelpCommand(c.helpCommand(root))
	root.SetFlagErrorFunc(c.flagFault)
	root.CompletionOptions.DisableDefaultCmd = true
	return root
}

// status prints what went wrong, in one sentence with its key, and gives the exit status.
func (c *cli) status(err error) int {
	if err == nil {
		return 0
	}
	c.complain(err)
	var wrong *usageError
	if errors.As(err, &wrong) {
		return 2
	}
	return 1
}
