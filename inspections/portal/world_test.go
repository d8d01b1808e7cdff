package portal

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/intake/inbox"
	"anfang.example/inspections/office"
	"anfang.example/inspections/store"
	"anfang.example/inspections/store/storetest"
	"anfang.example/reports"
	"anfang.example/reports/post"
	"anfang.example/scheduler"
)

const testPassword = "三十个汉字也是可以的密码口令"

var testHash = sync.OnceValue(func() string {
	h, err := HashPassword(testPassword)
	if err != nil {
		panic(err)
	}
	return h
})

// world is a portal on a real store with a small invented county. Its clock stands until it is moved.
type world struct {
	t      testing.TB
	store  *store.Store
	office *office.Office
	press  *reports.Press
	draws  *scheduler.Scheduler
	server *httptest.Server
	mu     sync.Mutex
	clock  time.Time
	lying  []inbox.Waiting // in the watched folder
}

// waiting gives what lies in the watched folder.
func (w *world) waiting() ([]inbox.Waiting, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.lying, nil
}

func (w *world) now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.clock
}

func (w *world) moveTo(t time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.clock = t
}

// shanghai is a moment in March 2025.
func shanghai(day, hour, minute int) time.Time {
	return calendar.NewDate(2025, 3, day).At(hour, minute)
}

func newWorld(t testing.TB) *world { return newWorldWith(t, rand.Reader) }

func newWorldWith(t testing.TB, chance io.Reader) *world {
	t.Helper()
	w := &world{t: t, clock: shanghai(12, 8, 0)}
	w.store = storetest.SQLite(t, w.now)
	officeTx := func(run func(context.Context, func(*store.Tx) error) error) func(context.Context, func(office.Tx) error) error {
		return func(ctx context.Context, fn func(office.Tx) error) error {
			return run(ctx, func(tx *store.Tx) error { return fn(tx) })
		}
	}
	w.office = &office.Office{InTx: officeTx(w.store.InTx), View: officeTx(w.store.View), Calendar: calendar.BuiltIn(), Chance: rand.Reader}
	reportsTx := func(run func(context.Context, func(*store.Tx) error) error) func(context.Context, func(reports.Tx) error) error {
		return func(ctx context.Context, fn func(reports.Tx) error) error {
			return run(ctx, func(tx *store.Tx) error { return fn(tx) })
		}
	}
	w.press = &reports.Press{InTx: reportsTx(w.store.InTx), View: reportsTx(w.store.View), Render: plainPaper{}, Calendar: calendar.BuiltIn()}
	w.press.Read = func(l inspections.Letter) (reports.PrintedLetter, error) {
		words, err := (&post.Renderer{Lang: "zh"}).Read(l)
		return reports.PrintedLetter(words), err
	}
	w.press.Print = func(l inspections.Letter) (reports.PrintedLetter, error) {
		words, err := (&post.Renderer{Lang: "zh"}).Print(l)
		return reports.PrintedLetter(words), err
	}
	schedulerTx := func(run func(context.Context, func(*store.Tx) error) error) func(context.Context, func(scheduler.Tx) error) error {
		return func(ctx context.Context, fn func(scheduler.Tx) error) error {
			return run(ctx, func(tx *store.Tx) error { return fn(tx) })
		}
	}
	w.draws = &scheduler.Scheduler{InTx: schedulerTx(w.store.InTx), View: schedulerTx(w.store.View), Risks: scheduler.Weigher(calendar.BuiltIn())}
	w.fill()
	h, err := New(Config{
		View: func(ctx context.Context, fn func(Tx) error) error {
			return w.store.View(ctx, func(tx *store.Tx) error { return fn(tx) })
		},
		InTx: func(ctx context.Context, fn func(Tx) error) error {
			return w.store.InTx(ctx, func(tx *store.Tx) error { return fn(tx) })
		},
		Office: w.office, Press: w.press, Draws: w.draws, Read: (&post.Renderer{Lang: "zh"}).Read, County: "青溪县", Now: w.now, Waiting: w.waiting, Log: slog.New(slog.NewTextHandler(logTo{t}, nil)), Chance: chance,
	})
	if err != nil {
		t.Fatal(err)
	}
	w.server = httptest.NewServer(h)
	t.Cleanup(w.server.Close)
	return w
}

// plainPaper stands in for the PDF, which has its own tests.
type plainPaper struct{}

func (plainPaper) Bulletin(_ context.Context, head reports.Head, _ reports.Figures) (reports.Paper, error) {
	return reports.Paper{PDF: []byte("%PDF-1.7 paper" + head.Reader), Title: head.Issuer + "通报", Number: "〔2025〕1号", File: "通报.pdf"}, nil
}

func (plainPaper) Correction(_ context.Context, head reports.Head, _ reports.Correction) (reports.Paper, error) {
	return reports.Paper{PDF: []byte("%PDF-1.7 correction"), Title: head.Issuer + "更正", Number: "〔2025〕2号", File: "更正.pdf"}, nil
}

func (plainPaper) Form(_ context.Context, f reports.Form) (reports.Paper, error) {
	return reports.Paper{PDF: fmt.Appendf(nil, "%%PDF-1.7 %T %+v", f, f), Title: "整改通知书", File: "整改通知书.pdf"}, nil
}

func (plainPaper) CaseSheet(context.Context, reports.CaseFile, reports.Sheet) ([]byte, error) {
	return []byte("%PDF-1.4 sheet"), nil
}

func (plainPaper) Assessment(context.Context, reports.Head, reports.Assessment) ([]byte, error) {
	return []byte("%PDF-1.7 assessment"), nil
}

func (plainPaper) CaseVolume(context.Context, reports.CaseVolume) ([]byte, error) {
	return []byte("%PDF-1.4 volume"), nil
}

func (plainPaper) CaseFile(context.Context, reports.CaseFile) ([]byte, error) {
	return []byte("%PDF-1.7 case"), nil
}

type logTo struct{ t testing.TB }

func (l logTo) Write(b []byte) (int, error) {
	l.t.Log(strings.TrimSpace(string(b)))
	return len(b), nil
}

// Ids of the invented county, in the order fill adds them.
const (
	heshan, liutang = inspections.TownshipID(1), inspections.TownshipID(2)
	waterBureau     = inspections.UnitID(1)
	school          = inspections.UnitID(2)
	shipo, quantang = inspections.TeamID(1), inspections.TeamID(2)
	zhao, qian      = inspections.MemberID(1), inspections.MemberID(2)
	sun             = inspections.MemberID(3)
	li, zhou, wu    = inspections.InspectorID(1), inspections.InspectorID(2), inspections.InspectorID(3)
)

var rolesAndLogins = map[inspections.Role]string{
	inspections.RoleAdmin: "guan", inspections.RoleClerk: "ban", inspections.RoleLeader: "ling", inspections.RoleInspector: "li",
	inspections.RoleReviewer: "ping", inspections.RoleTownship: "heshan", inspections.RoleUnit: "shui",
}

func (w *world) fill() {
	w.t.Helper()
	from := calendar.NewDate(2025, 1, 1)
	w.tx(func(tx *store.Tx) error {
		for _, t := range []inspections.Township{{Code: "431099100", Name: "禾山镇"}, {Code: "431099101", Name: "柳塘乡"}} {
			if err := tx.AddTownship(&t); err != nil {
				return err
			}
		}
		for _, name := range []string{"县水利局", "青溪一中", "县供销社"} {
			if err := tx.AddUnit(&inspections.Unit{Name: name}); err != nil {
				return err
			}
		}
		for _, t := range []inspections.Team{{Township: heshan, Village: "石坡村", Kind: inspections.TeamPoverty, From: from}, {Township: liutang, Village: "泉塘村", Kind: inspections.TeamBranch, From: from}} {
			if err := tx.AddTeam(&t); err != nil {
				return err
			}
		}
		for _, name := range []string{"赵一禾", "钱二山", "孙三溪"} {
			if err := tx.AddMember(&inspections.Member{Name: name, Salt: strings.Repeat("0", 32)}); err != nil {
				return err
			}
		}
		for _, p := range []inspections.Posting{
			{Member: zhao, Team: shipo, Unit: waterBureau, Role: inspections.RoleHead, From: from},
			{Member: qian, Team: shipo, Unit: waterBureau, Role: inspections.RoleMember, From: from},
			{Member: sun, Team: quantang, Unit: school, Role: inspections.RoleHead, From: from},
		} {
			if err := tx.AddPosting(&p); err != nil {
				return err
			}
		}
		for _, h := range []inspections.Holder{
			{Party: inspections.Party{Kind: inspections.PartyTownship, ID: int64(heshan)}, Post: inspections.PostDeputy, Name: "冯副书记", From: from},
			{Party: inspections.Party{Kind: inspections.PartyTownship, ID: int64(heshan)}, Post: inspections.PostContact, Name: "禾山镇党委", Email: "heshan@example.com", From: from},
			{Party: inspections.Party{Kind: inspections.PartyUnit, ID: int64(waterBureau)}, Post: inspections.PostInCharge, Name: "陈副局长", From: from},
			{Party: inspections.Party{Kind: inspections.PartyUnit, ID: int64(waterBureau)}, Post: inspections.PostContact, Name: "县水利局", Email: "shui@example.com", From: from},
		} {
			if err := tx.AddHolder(&h); err != nil {
				return err
			}
		}
		for _, name := range []string{"李明", "周晓", "吴清"} {
			if err := tx.AddInspector(&inspections.Inspector{Name: name, Office: "县驻村办", Email: "d@example.com", From: from}); err != nil {
				return err
			}
		}
		for _, u := range []inspections.User{
			{Login: "guan", Name: "管理员", Role: inspections.RoleAdmin},
			{Login: "ban", Name: "郑办事", Role: inspections.RoleClerk},
			{Login: "ling", Name: "王主任", Duty: "县驻村办主任", Role: inspections.RoleLeader, Email: "ling@example.com"},
			{Login: "li", Name: "李明", Role: inspections.RoleInspector, Party: inspections.Party{Kind: inspections.PartyInspector, ID: int64(li)}},
			{Login: "ping", Name: "评查员", Role: inspections.RoleReviewer},
			{Login: "heshan", Name: "禾山镇专干", Role: inspections.RoleTownship, Party: inspections.Party{Kind: inspections.PartyTownship, ID: int64(heshan)}},
			{Login: "shui", Name: "水利局联络员", Role: inspections.RoleUnit, Party: inspections.Party{Kind: inspections.PartyUnit, ID: int64(waterBureau)}},
			{Login: "wu", Name: "吴清", Role: inspections.RoleInspector, Party: inspections.Party{Kind: inspections.PartyInspector, ID: int64(wu)}},
			{Login: "liutang", Name: "柳塘乡专干", Role: inspections.RoleTownship, Party: inspections.Party{Kind: inspections.PartyTownship, ID: int64(liutang)}},
		} {
			u.Password = testHash()
			if _, err := office.CreateUser(tx, inspections.System, u); err != nil {
				return err
			}
		}
		return nil
	})
}

func (w *world) tx(fn func(*store.Tx) error) {
	w.t.Helper()
	if err := w.store.InTx(context.Background(), fn); err != nil {
		w.t.Fatal(err)
	}
}

// dispatch releases a visit of Wednesday morning, as the scheduler would.
func (w *world) dispatch(team inspections.TeamID) inspections.VisitID {
	w.t.Helper()
	day := calendar.NewDate(2025, 3, 12)
	v := inspections.Visit{
		Kind: inspections.VisitRandom, Team: team, Year: 2025, Week: 11, Slot: 4 + int(team), First: li, Second: zhou, State: inspections.VisitReleased,
		Start: calendar.InstantOf(day.At(8, 30)), End: calendar.InstantOf(day.At(11, 30)), Arrive: calendar.InstantOf(day.At(9, 40)),
		Released: calendar.InstantOf(day.At(8, 10)),
	}
	w.tx(func(tx *store.Tx) error { return tx.AddVisit(&v) })
	return v.ID
}

// browser is one signed-in person.
type browser struct {
	w    *world
	http *http.Client
	lang string
}

func (w *world) browser() *browser {
	jar, err := cookiejar.New(nil)
	if err != nil {
		w.t.Fatal(err)
	}
	return &browser{w: w, lang: "zh", http: &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// as gives the browser of a person who signed in.
func (w *world) as(login string) *browser {
	w.t.Helper()
	b := w.browser()
	if r := b.post("/sign-in", "login", login, "password", testPassword); r.status != http.StatusSeeOther {
		w.t.Fatalf("%s does not get in: %d\n%s", login, r.status, r.body)
	}
	return b
}

type reply struct {
	status int
	body   string
	to     string
	header http.Header
}

func (b *browser) do(req *http.Request) reply {
	b.w.t.Helper()
	req.Header.Set("Accept-Language", b.lang)
	res, err := b.http.Do(req)
	if err != nil {
		b.w.t.Fatal(err)
	}
	body, err := io.ReadAll(res.Body)
	if err := errors.Join(err, res.Body.Close()); err != nil {
		b.w.t.Fatal(err)
	}
	return reply{res.StatusCode, string(body), res.Header.Get("Location"), res.Header}
}

func (b *browser) get(path string) reply {
	b.w.t.Helper()
	req, err := http.NewRequest("GET", b.w.server.URL+path, nil)
	if err != nil {
		b.w.t.Fatal(err)
	}
	return b.do(req)
}

// post sends a form; pairs alternate field and value.
func (b *browser) post(path string, pairs ...string) reply {
	b.w.t.Helper()
	v := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		v.Add(pairs[i], pairs[i+1])
	}
	req, err := http.NewRequest("POST", b.w.server.URL+path, strings.NewReader(v.Encode()))
	if err != nil {
		b.w.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return b.do(req)
}

// must fails the test unless the answer has the status.
func (r reply) must(t testing.TB, status int) reply {
	t.Helper()
	if r.status != status {
		t.Fatalf("got %d (to %q), want %d\n%s", r.status, r.to, status, r.body)
	}
	return r
}

func (r reply) has(t testing.TB, texts ...string) reply {
	t.Helper()
	for _, s := range texts {
		if !strings.Contains(r.body, s) {
			t.Errorf("the page does not say %q:\n%s", s, r.body)
		}
	}
	return r
}

func (r reply) lacks(t testing.TB, texts ...string) reply {
	t.Helper()
	for _, s := range texts {
		if strings.Contains(r.body, s) {
			t.Errorf("the page says %q:\n%s", s, r.body)
		}
	}
	return r
}

var onceField = regexp.MustCompile(`name="once" value="([0-9a-f]+)"`)

// recordForm fills the record of the visit to Shipo: Zhao is there, Qian is not.
func recordForm(more ...string) []string {
	f := []string{"visited", "2025-03-12T09:45", "m-1", "present", "m-2", "absent", "why-2", "电话称在县城", "note", "村部有人值守"}
	for _, item := range inspections.Checklist() {
		f = append(f, "c-"+item.Item, "ok")
	}
	return append(f, more...)
}
