package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

// help writes what a command does, its parts and its flags, every word from the catalog.
func (c *cli) help(cmd *cobra.Command) {
	d := c.docs[cmd]
	if d == nil {
		return
	}
	path := cmd.CommandPath()
	fmt.Fprintf(c.out, "%s\n\n", cmd.Short)
	line := path + strings.TrimPrefix(d.use, cmd.Name())
	if cmd.HasSubCommands() {
		line += " COMMAND"
	}
	fmt.Fprintf(c.out, "%s %s%s\n", c.words.T("cli.usage"), line, flagsInLine(d))
	if more := "cli.more." + d.key; c.words.Has(more) {
		fmt.Fprintf(c.out, "\n%s\n", c.words.T(more))
	}
	if d.more != nil {
		d.more()
	}
	if cmd.HasSubCommands() {
		fmt.Fprintf(c.out, "\n%s\n", c.words.T("cli.commands"))
		var rows [][2]string
		for _, sub := range cmd.Commands() {
			if !sub.Hidden {
				rows = append(rows, [2]string{sub.Name(), sub.Short})
			}
		}
		c.columns(rows)
	}
	if cmd.HasParent() && len(d.flags) > 0 {
		fmt.Fprintf(c.out, "\n%s\n", c.words.T("cli.flags"))
		c.columns(c.flagRows(d))
	}
	if !cmd.HasParent() {
		fmt.Fprintf(c.out, "\n%s\n", c.words.T("cli.global_flags"))
		c.columns(c.flagRows(d))
		fmt.Fprintf(c.out, "\n%s\n", c.words.T("cli.more_help"))
		return
	}
	fmt.Fprintf(c.out, "\n%s\n", c.words.T("cli.see_global"))
}

func flagsInLine(d *doc) string {
	var b strings.Builder
	if d.key == "anfang" {
		return " [--data DIR] [--config FILE] [--dsn DSN] [--json] [--lang zh|en]"
	}
	for _, f := range d.flags {
		b.WriteString(" [" + strings.TrimSpace("--"+f.name+" "+f.value) + "]")
	}
	return b.String()
}

// flagRows gives each flag with its sentence: "cli.flag."+command+"."+name, else "cli.flag."+name.
func (c *cli) flagRows(d *doc) [][2]string {
	var rows [][2]string
	for _, f := range d.flags {
		key := "cli.flag." + d.key + "." + f.name
		if !c.words.Has(key) {
			key = "cli.flag." + f.name
		}
		text := c.words.T(key)
		if f.otherwise != "" {
			text += c.words.T("cli.otherwise", "value", f.otherwise)
		}
		rows = append(rows, [2]string{strings.TrimSpace("--" + f.name + " " + f.value), text})
	}
	return rows
}

func (c *cli) columns(rows [][2]string) {
	wide := 0
	for _, row := range rows {
		wide = max(wide, width(row[0]))
	}
	for _, row := range rows {
		fmt.Fprintf(c.out, "  %s%s  %s\n", row[0], strings.Repeat(" ", wide-width(row[0])), row[1])
	}
}

// helpCommand is `anfang help COMMAND…`.
func (c *cli) helpCommand(root *cobra.Command) *cobra.Command {
	return c.command("help", "help [COMMAND] [COMMAND]", func(_ context.Context, args []string) error {
		cmd, rest, err := root.Find(args)
		if err != nil || len(rest) > 0 {
			return wrong("usage.unknown_command", "command", strings.Join(args, " "), "known", c.words.Join(names(root)))
		}
		c.help(cmd)
		return nil
	})
}
