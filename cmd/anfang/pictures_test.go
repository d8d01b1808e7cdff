package main

import (
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"anfang.example/cmd/anfang/demo"
	"anfang.example/inspections/calendar"
	"anfang.example/templates/catalog"
)

// TestPictures makes the README's pictures from the demo itself; ANFANG_PICTURES names their folder
// (`make pictures`). Without it there is nothing to make and the test is skipped.
func TestPictures(t *testing.T) {
	t.Parallel()
	dir := os.Getenv("ANFANG_PICTURES")
	if dir == "" {
		t.Skip("ANFANG_PICTURES is not set: no pictures are made")
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "demo")
	url, password := servedDemo(t, out)
	page := exec.Command("pdftoppm", "-r", "70", "-png", "-f", "1", "-l", "1", "-singlefile", filepath.Join(out, "bulletins", "2025-03.pdf"), filepath.Join(dir, "bulletin"))
	if output, err := page.CombinedOutput(); err != nil {
		t.Fatalf("pdftoppm: %v %s", err, output)
	}
	limit, end := context.WithTimeout(t.Context(), 2*time.Minute)
	defer end()
	ctx, cancel := chromedp.NewExecAllocator(limit, append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.NoSandbox, chromedp.Flag("disable-component-update", true), chromedp.Flag("hide-scrollbars", true), chromedp.Flag("lang", "zh-CN"))...)
	defer cancel()
	for _, shot := range []struct {
		name, login, path string
		width, height     int64
	}{
		{"week", "clerk", "/", 1280, 800},
		{"case", "leader", "/cases/2025-001", 1280, 800},
		{"phone", "inspector1", "/visits", 390, 844},
	} {
		// The protocol's own newer messages are no concern of the pages.
		quiet := func(string, ...any) {}
		tab, stop := chromedp.NewContext(ctx, chromedp.WithErrorf(quiet), chromedp.WithLogf(quiet))
		var png []byte
		err := chromedp.Run(tab,
			chromedp.EmulateViewport(shot.width, shot.height),
			chromedp.Navigate(url+"/sign-in?lang=zh"),
			chromedp.SendKeys(`input[name="login"]`, shot.login),
			chromedp.SendKeys(`input[name="password"]`, password),
			chromedp.Submit(`input[name="password"]`),
			chromedp.WaitNotPresent(`input[name="password"]`), // signed in: navigating before that would call it off
			chromedp.WaitVisible(`main h1`),
			chromedp.Navigate(url+shot.path),
			chromedp.WaitVisible(`main h1`),
			chromedp.CaptureScreenshot(&png),
		)
		stop()
		if err != nil {
			t.Fatalf("%s: %v", shot.name, err)
		}
		if err := os.WriteFile(filepath.Join(dir, shot.name+".png"), png, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// servedDemo runs the demo with its portal open until the test ends.
func servedDemo(t *testing.T, out string) (url, password string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	read, write := io.Pipe()
	done := make(chan error, 1)
	go func() {
		_, err := demo.Run(ctx, demo.Options{
			Out: out, Month: calendar.Month{Year: 2025, Month: time.March}, Seed: 7, Serve: true, Words: catalog.For("zh"), Progress: write,
		})
		_ = write.CloseWithError(err)
		done <- err
	}()
	t.Cleanup(func() {
		cancel()
		go func() { _, _ = io.Copy(io.Discard, read) }()
		if err := <-done; err != nil {
			t.Errorf("demo: %v", err)
		}
	})
	var text strings.Builder
	address := regexp.MustCompile(`(http://[0-9.:]+)\s[^\n]*?([!-~]+)\n`)
	buffer := make([]byte, 4096)
	for {
		n, err := read.Read(buffer)
		text.Write(buffer[:n])
		if m := address.FindStringSubmatch(text.String()); m != nil {
			go func() { _, _ = io.Copy(io.Discard, read) }()
			return m[1], m[2]
		}
		if err != nil {
			t.Fatalf("the demo ended before its portal opened: %v\n%s", err, text.String())
		}
	}
}
