package portal

import (
	"context"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/store"
	"anfang.example/templates/static"
)

// chromium finds a browser, or skips loudly; where everything is required, its absence is a failure.
func chromium(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	const how = "no Chromium: the pages are not looked at in a browser; on Debian: apt-get install chromium"
	if os.Getenv("ANFANG_TEST_REQUIRE") == "all" {
		t.Fatal(how)
	}
	t.Skip(how)
	return ""
}

// watcher collects what a browser complains about.
type watcher struct {
	mu    sync.Mutex
	heard []string
}

func (w *watcher) hear(text string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.heard = append(w.heard, text)
}

func (w *watcher) take() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	heard := w.heard
	w.heard = nil
	return heard
}

// openBrowser starts one headless browser for the test.
func openBrowser(t *testing.T) (context.Context, *watcher) {
	t.Helper()
	options := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(chromium(t)), chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true), chromedp.Flag("disable-dev-shm-usage", true), chromedp.Flag("hide-scrollbars", true),
	}
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(cancel)
	// The protocol's own newer messages are no concern of the pages.
	quiet := func(string, ...any) {}
	ctx, cancel = chromedp.NewContext(ctx, chromedp.WithErrorf(quiet), chromedp.WithLogf(quiet))
	t.Cleanup(cancel)
	w := &watcher{}
	chromedp.ListenTarget(ctx, func(event any) {
		switch e := event.(type) {
		case *runtime.EventConsoleAPICalled:
			w.hear(fmt.Sprintf("console %s", e.Type))
		case *runtime.EventExceptionThrown:
			w.hear(e.ExceptionDetails.Error())
		case *cdplog.EventEntryAdded:
			w.hear(fmt.Sprintf("%s: %s %s", e.Entry.Level, e.Entry.Text, e.Entry.URL))
		}
	})
	if err := chromedp.Run(ctx, network.Enable(), cdplog.Enable()); err != nil {
		t.Fatalf("the browser does not start: %v", err)
	}
	return ctx, w
}

// wide finds what sticks out of the page to the right, and what overflows inside without being scrolled.
const wide = `(() => {
	const root = document.documentElement, bad = [];
	if (root.scrollWidth > root.clientWidth) bad.push("page " + root.scrollWidth + " > " + root.clientWidth);
	for (const e of document.querySelectorAll("main *, header *, nav *")) {
		const box = e.getBoundingClientRect();
		if (box.width && box.right > root.clientWidth + 1 && !e.closest(".quiet, .skip, thead") ) bad.push(e.tagName + " " + (e.className || e.id) + " " + Math.round(box.right) + ": " + e.textContent.trim().slice(0, 30));
	}
	return bad.slice(0, 5);
})()`

func TestPagesInABrowser(t *testing.T) {
	t.Parallel()
	ctx, heard := openBrowser(t)
	w := newWorld(t)
	w.lived()
	preview := w.as("ban").upload("/imports", map[string]string{"sort": "signins"}, map[string]string{"2025-03.csv": messyUpload}).must(t, 303).to
	rounds := []struct {
		login string
		pages []string
	}{
		{"ling", []string{"/", "/visits", "/visits/1", "/cases", "/cases/2025-001", "/attendance/2025-03?township=431099100", "/attendance/2025-03/check", "/leaves", "/duties?state=all", "/bulletins", "/bulletins/2025-03", "/papers", "/papers/check?sha=00", "/roster?township=431099100", "/week?week=2025-W11", "/week?week=2025-W18", "/visits/special", "/inspectors", "/rectifications?state=all", "/weights", "/cases/kinds", "/settings", "/help"}},
		{"ban", []string{"/mail", "/leaves", "/cases/kinds", "/settings/issuer", "/nowhere", "/imports", preview}},
	}
	for _, round := range rounds {
		walk(t, ctx, heard, w, round.login, round.pages)
	}
}

func TestCaseFormsInABrowser(t *testing.T) {
	t.Parallel()
	ctx, heard := openBrowser(t)
	w := newWorld(t)
	w.opened()
	w.as("heshan").post("/cases/2025-001/acts/statement?for=3", "act_branch", "3", "act_how", "paper", "act_text", "家人急病，来不及请假").must(t, 303)
	w.as("heshan").post("/reports", "reported", "m/1", "report_kind", "commuting", "report_at", "2025-03-12T09:00", "report_what", "连续三晚不在村住宿").must(t, 303)
	w.counted()
	w.tx(func(tx *store.Tx) error {
		return tx.SavePosting(inspections.Posting{ID: 3, Member: sun, Team: quantang, Unit: school, Role: inspections.RoleHead, From: calendar.NewDate(2025, 1, 1), Until: calendar.NewDate(2025, 3, 31)})
	})
	walk(t, ctx, heard, w, "guan", []string{"/members/3", "/members/3/erasure"})
	var bad []string
	err := chromedp.Run(ctx, emulation.SetDeviceMetricsOverride(390, 844, 1, true), chromedp.Navigate(w.server.URL+"/members/3/erasure?lang=zh"),
		chromedp.Focus("#reason"), chromedp.KeyEvent("保存期限已满"),
		chromedp.Focus(`form[action$="/erasure"] button`), chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible(`input[name="sure"]`), chromedp.Evaluate(wide, &bad))
	if err != nil || len(bad) > 0 {
		t.Errorf("the erasure asks to confirm: %v, %q", err, bad)
	}
	shoot(t, ctx, "guan erasure confirm 390")
	walk(t, ctx, heard, w, "ling", []string{"/cases/2025-001", "/cases/2025-001/acts/handover", "/cases/count", "/cases/count?show=person_times", "/reports/1"})
	walk(t, ctx, heard, w, "heshan", []string{"/cases/2025-001", "/cases/2025-001/acts/statement", "/cases/2025-001/acts/statement?for=3", "/reports", "/reports/1"})
}

func TestImportsInABrowser(t *testing.T) {
	t.Parallel()
	ctx, heard := openBrowser(t)
	w := newWorld(t)
	w.lay()
	w.moveTo(shanghai(20, 9, 0))
	desk := w.as("ban")
	_, ledger := w.strange()
	desk.commit(desk.get(desk.upload("/imports", map[string]string{"sort": "any"}, map[string]string{"2025-03.csv": ledger + strings.Split(ledger, "\n")[1] + "\n"}).must(t, 303).to))
	desk.post("/imports/questions/1", "verdict", "not_ours").must(t, 303)
	walk(t, ctx, heard, w, "ban", []string{"/", "/imports", "/imports/questions"})
}

// walk looks at pages in both languages and on both screens: nothing scrolls sideways, the console is silent.
func walk(t *testing.T, ctx context.Context, heard *watcher, w *world, login string, pages []string) {
	t.Helper()
	signInBrowser(t, ctx, w, login)
	for _, lang := range []string{"zh", "en"} {
		for _, size := range []struct{ width, height int64 }{{390, 844}, {1280, 800}} {
			for _, page := range pages {
				name := fmt.Sprintf("%s %s %dx%d", page, lang, size.width, size.height)
				var bad []string
				join := "?"
				if strings.Contains(page, "?") {
					join = "&"
				}
				err := chromedp.Run(ctx,
					emulation.SetDeviceMetricsOverride(size.width, size.height, 1, size.width < 640),
					chromedp.Navigate(w.server.URL+page+join+"lang="+lang), chromedp.Evaluate(wide, &bad))
				if err != nil {
					t.Fatalf("%s: %v", name, err)
				}
				if len(bad) > 0 {
					t.Errorf("%s scrolls sideways: %q", name, bad)
				}
				shoot(t, ctx, login+" "+name)
				for _, said := range heard.take() {
					if page == "/nowhere" && strings.Contains(said, "404") {
						continue // the browser reports the status of the page that is asked for
					}
					t.Errorf("%s: the console says %s", name, said)
				}
			}
		}
	}
}

// shoot keeps a picture when a person asks for it.
func shoot(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	dir := os.Getenv("ANFANG_SCREENSHOTS")
	if dir == "" {
		return
	}
	var png []byte
	if err := chromedp.Run(ctx, chromedp.FullScreenshot(&png, 100)); err != nil {
		t.Fatal(err)
	}
	file := strings.Trim(regexp.MustCompile(`[^A-Za-z0-9]+`).ReplaceAllString(name, "-"), "-") + ".png"
	if err := os.WriteFile(filepath.Join(dir, file), png, 0o600); err != nil {
		t.Fatal(err)
	}
}

// signInBrowser signs in with the keyboard alone.
func signInBrowser(t *testing.T, ctx context.Context, w *world, login string) {
	t.Helper()
	var at string
	err := chromedp.Run(ctx, network.ClearBrowserCookies(), chromedp.Navigate(w.server.URL+"/?lang=zh"),
		chromedp.Focus("#login"), chromedp.KeyEvent(login+kb.Tab+testPassword+kb.Enter),
		chromedp.WaitVisible("nav.rooms"), chromedp.Location(&at))
	if err != nil {
		t.Fatalf("sign in as %s: %v", login, err)
	}
}

// TestTheRecordFormByKeyboard fills and sends the record on a phone's screen, first wrongly.
func TestTheRecordFormByKeyboard(t *testing.T) {
	t.Parallel()
	ctx, heard := openBrowser(t)
	w := newWorld(t)
	id := w.dispatch(shipo)
	w.moveTo(shanghai(12, 10, 30))
	signInBrowser(t, ctx, w, "li")
	var first, focused, title string
	var bad []string
	err := chromedp.Run(ctx,
		emulation.SetDeviceMetricsOverride(390, 844, 1, true),
		chromedp.Navigate(fmt.Sprintf("%s/visits/%d", w.server.URL, id)),
		chromedp.KeyEvent(kb.Tab), chromedp.Evaluate(`document.activeElement.className`, &first),
		chromedp.Evaluate(wide, &bad),
	)
	if err != nil {
		t.Fatal(err)
	}
	shoot(t, ctx, "li record 390")
	err = chromedp.Run(ctx,
		chromedp.Focus(`input[name="m-1"][value="present"]`), chromedp.KeyEvent(" "),
		chromedp.Focus(`#record button.main`), chromedp.KeyEvent(kb.Enter),
		chromedp.WaitVisible("#faults"), chromedp.Evaluate(`document.activeElement.id`, &focused), chromedp.Title(&title),
	)
	if err != nil {
		t.Fatal(err)
	}
	shoot(t, ctx, "li record refused 390")
	if first != "skip" {
		t.Errorf("the first stop of the keyboard is %q, want the link to the text", first)
	}
	if len(bad) > 0 {
		t.Errorf("the form scrolls sideways: %q", bad)
	}
	if focused != "faults" || !strings.Contains(title, "请先改正") {
		t.Errorf("after a refusal the focus is on %q and the title %q", focused, title)
	}
	heard.take() // the browser reports the refusal's status
	var place string
	err = chromedp.Run(ctx,
		chromedp.Focus(`input[name="m-2"][value="absent"]`), chromedp.KeyEvent(" "+kb.Tab+"电话称在县城"),
		chromedp.Focus(`#record button.main`), chromedp.KeyEvent(kb.Enter),
		chromedp.WaitVisible(".done"), chromedp.Location(&place),
	)
	if err != nil {
		t.Fatal(err)
	}
	shoot(t, ctx, "li recorded 390")
	if !strings.HasSuffix(place, "done=visit_recorded") {
		t.Errorf("after sending the page is %s", place)
	}
	for _, said := range heard.take() {
		t.Errorf("the console says %s", said)
	}
}

func TestColoursContrast(t *testing.T) {
	t.Parallel()
	css, err := static.Files.ReadFile("portal.css")
	if err != nil {
		t.Fatal(err)
	}
	light := func(name string) float64 {
		m := regexp.MustCompile(`--` + name + `: #([0-9a-f]{6});`).FindSubmatch(css)
		if m == nil {
			t.Fatalf("no colour %s", name)
		}
		v, err := strconv.ParseUint(string(m[1]), 16, 32)
		if err != nil {
			t.Fatal(err)
		}
		part := func(c uint64) float64 {
			f := float64(c&255) / 255
			if f <= 0.04045 {
				return f / 12.92
			}
			return math.Pow((f+0.055)/1.055, 2.4)
		}
		return 0.2126*part(v>>16) + 0.7152*part(v>>8) + 0.0722*part(v)
	}
	for _, ground := range []string{"ground", "tint"} {
		for _, ink := range []string{"ink", "grey", "red", "blue"} {
			if got := (light(ground) + 0.05) / (light(ink) + 0.05); got < 4.5 {
				t.Errorf("%s on %s has a contrast of %.2f, AA wants 4.5", ink, ground, got)
			}
		}
	}
}

// messyUpload is a small ledger with something to ask and something to repair.
const messyUpload = "驻村工作队员2025年3月签到台账\n日期,乡镇,村,姓名,手机号码,状态,备注\n" +
	"2025/3/3,城关,城东村,生 面 孔,,在岗,\n2025.3.4,城关镇,城东村,,１９９００００１００１,√,\n昨天,城关镇,城东村,赵一,19900001001,在岗,在县里参加乡村振兴工作推进会议后返回村部继续工作\n"
