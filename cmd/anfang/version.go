package main

import (
	"context"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// build is what is known of how the program was made.
type build struct {
	Version  string `json:"version"`
	Revision string `json:"revision"` // of the source; "" when built outside a checkout
	Time     string `json:"time"`     // of the revision
	Modified bool   `json:"modified"` // the source differed from the revision
	Go       string `json:"go"`
	Platform string `json:"platform"`
}

// version is `anfang version`.
func (c *cli) version() *cobra.Command {
	return c.command("version", "version", func(context.Context, []string) error {
		b := buildInfo()
		return c.reply(b, func() {
			c.say("version", "version", b.Version, "revision", b.Revision, "time", b.Time, "go", b.Go, "platform", b.Platform)
		})
	})
}

func buildInfo() build {
	b := build{Version: "(devel)", Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return b
	}
	if info.Main.Version != "" {
		b.Version = info.Main.Version
	}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			b.Revision = s.Value
		case "vcs.time":
			b.Time = s.Value
		case "vcs.modified":
			b.Modified = s.Value == "true"
		}
	}
	return b
}
