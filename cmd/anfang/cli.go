package main

import (
	"context"
	"io"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"anfang.example/cmd/anfang/app"
	"anfang.example/inspections/calendar"
	"anfang.example/templates/catalog"
)

// cli is one run of the program: where it reads and writes, its words and the flags every command has.
type cli struct {
	in    io.Reader
	out   io.Writer
	errs  io.Writer
	env   func(string) string
	wall  func() time.Time // the real clock
	words *catalog.Catalog
	docs  map[*cobra.Command]*doc

	data, config, dsn, lang, now, as string
	json                             bool
}

// doc is what the help says of a command beside its own sentence.
type doc struct {
	key   string // "week.freeze"
	use   string
	flags []flagDoc
	more  func() // writes what the catalog's words alone cannot say
}

// flagDoc is one flag in the help.
type flagDoc struct{ name, value, otherwise string }

// work is what a command does; args are the words after its name.
type work func(ctx context.Context, args []string) error

// command makes a command that does something. key names its sentence in the catalog ("cli.help."+key);
// use is its name and its arguments: FILE one, FILE… one or more, [FILE] none or one.
func (c *cli) command(key, use string, do work) *cobra.Command {
	cmd := &cobra.Command{
		Use: use, Short: c.words.T("cli.help." + key), SilenceErrors: true, SilenceUsage: true, DisableFlagsInUseLine: true,
		Args: func(cmd *cobra.Command, args []string) error { return arity(cmd, use, args) },
	}
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if err := c.checkGlobals(); err != nil {
			return err
		}
		return do(cmd.Context(), args)
	}
	c.docs[cmd] = &doc{key: key, use: use}
	return cmd
}

// group makes a command that only holds others.
func (c *cli) group(key, use string, parts ...*cobra.Command) *cobra.Command {
	cmd := &cobra.Command{
		Use: use, Short: c.words.T("cli.help." + key), SilenceErrors: true, SilenceUsage: true, DisableFlagsInUseLine: true,
		Args: cobra.ArbitraryArgs,
	}
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) > 0:
			return wrong("usage.unknown_command", "command", args[0], "known", c.words.Join(names(cmd)))
		case cmd.HasParent():
			return wrong("usage.which", "command", cmd.CommandPath(), "known", c.words.Join(names(cmd)))
		}
		c.help(cmd)
		return nil
	}
	cmd.AddCommand(parts...)
	c.docs[cmd] = &doc{key: key, use: use}
	return cmd
}

func names(cmd *cobra.Command) []string {
	var list []string
	for _, sub := range cmd.Commands() {
		list = append(list, sub.Name())
	}
	return list
}

// arity holds the number of arguments to what use says.
func arity(cmd *cobra.Command, use string, args []string) error {
	full := cmd.CommandPath() + strings.TrimPrefix(use, cmd.Name())
	least, most := 0, 0
	for _, word := range strings.Fields(use)[1:] {
		switch {
		case strings.HasSuffix(word, "…"):
			least, most = least+1, 1<<20
		case strings.HasPrefix(word, "["):
			most++
		default:
			least, most = least+1, most+1
		}
	}
	switch {
	case len(args) < least:
		return wrong("usage.missing", "use", full)
	case len(args) > most:
		return wrong("usage.too_many", "use", full, "word", args[most])
	}
	return nil
}

// text adds a flag with a value to a command; value is what stands for it in the help.
func (c *cli) text(cmd *cobra.Command, to *string, name, otherwise, value string) {
	cmd.Flags().StringVar(to, name, otherwise, "")
	c.document(cmd, name, value, otherwise)
}

// texts adds a flag that may be given several times.
func (c *cli) texts(cmd *cobra.Command, to *[]string, name, value string) {
	cmd.Flags().StringArrayVar(to, name, nil, "")
	c.document(cmd, name, value+"…", "")
}

// toggle adds a flag that is on when it is given.
func (c *cli) toggle(cmd *cobra.Command, to *bool, name string) {
	cmd.Flags().BoolVar(to, name, false, "")
	c.document(cmd, name, "", "")
}

func (c *cli) document(cmd *cobra.Command, name, value, otherwise string) {
	d := c.docs[cmd]
	d.flags = append(d.flags, flagDoc{name, value, otherwise})
}

func (c *cli) globalFlags(root *cobra.Command) {
	flags := root.PersistentFlags()
	for _, f := range []struct {
		to          *string
		name, value string
	}{
		{&c.data, "data", "DIR"}, {&c.config, "config", "FILE"}, {&c.dsn, "dsn", "DSN"}, {&c.lang, "lang", "zh|en"},
		{&c.now, "now", "TIME"}, {&c.as, "as", "LOGIN"},
	} {
		flags.StringVar(f.to, f.name, "", "")
		c.document(root, f.name, f.value, "")
	}
	flags.BoolVar(&c.json, "json", false, "")
	c.document(root, "json", "", "")
	flags.BoolP("help", "h", false, "")
	c.document(root, "help", "", "")
}

// checkGlobals looks at the flags that every command has.
func (c *cli) checkGlobals() error {
	if c.lang != "" && c.lang != catalog.Chinese && c.lang != catalog.English {
		return wrong("usage.lang", "value", c.lang)
	}
	if c.now != "" {
		if _, err := momentOf(c.now); err != nil {
			return wrong("usage.now", "value", c.now)
		}
	}
	if c.data == "" {
		c.data = c.env("ANFANG_DATA")
	}
	if c.data == "" {
		c.data = defaultData
	}
	if c.config == "" {
		c.config = c.env("ANFANG_CONFIG")
	}
	return nil
}

const defaultData = "anfang-data"

// clock gives the business clock of this command: the real one, or the moment of --now.
func (c *cli) clock() func() time.Time {
	if c.now == "" {
		return c.wall
	}
	at, err := momentOf(c.now)
	if err != nil { // checkGlobals has refused it
		return c.wall
	}
	return func() time.Time { return at }
}

// shown gives the time by which people are shown what chance brought: the business clock, but never ahead of
// the real one, or --now would open a visit that is still under way.
func (c *cli) shown(now calendar.Instant) calendar.Instant {
	if wall := calendar.InstantOf(c.wall()); wall.Before(now.Time) {
		return wall
	}
	return now
}

// language finds the language before any flag is read, since the help is in it too: flag, variable, file.
func (c *cli) language(args []string) string {
	if lang := given(args, "--lang"); lang != "" {
		return lang
	}
	if lang := c.env("ANFANG_LANG"); lang != "" {
		return lang
	}
	data := given(args, "--data")
	if data == "" {
		data = c.env("ANFANG_DATA")
	}
	if data == "" {
		data = defaultData
	}
	// A file that cannot be read is the command's to complain about.
	cfg, _ := app.LoadConfig(filepath.Clean(data), given(args, "--config"), c.env)
	return cfg.Lang
}

func given(args []string, flag string) string {
	for i, arg := range args {
		if value, ok := strings.CutPrefix(arg, flag+"="); ok {
			return value
		}
		if arg == flag && i+1 < len(args) {
			return args[i+1]
		}
	}
	return ""
}
