package demo_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/mail"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"anfang.example/cmd/anfang/app"
	"anfang.example/cmd/anfang/demo"
	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/store"
	"anfang.example/inspections/store/pgtest"
	"anfang.example/scheduler"
	"anfang.example/scheduler/draw"
	"anfang.example/templates/catalog"
)

func play(t *testing.T, month string, seed uint64) (demo.Summary, string) {
	t.Helper()
	return playOn(t, "", month, seed)
}

func playOn(t *testing.T, dsn, month string, seed uint64) (demo.Summary, string) {
	t.Helper()
	m, err := calendar.ParseMonth(month)
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "out")
	s, err := demo.Run(t.Context(), demo.Options{Out: out, Month: m, Seed: seed, DSN: dsn, Words: catalog.For("zh"), Progress: io.Discard})
	if err != nil {
		t.Fatal(err)
	}
	return s, out
}

// checkWeeks holds every measured week against the two of 3.4.
func checkWeeks(t *testing.T, s demo.Summary) {
	t.Helper()
	measured := 0
	for _, w := range s.Weeks {
		if !w.Measured {
			continue
		}
		measured++
		if w.Random < 2 && (w.Alarm == nil || len(w.Alarm.To) == 0) {
			t.Errorf("seed %d: week %s has %d random visits and nobody was told", s.Seed, w.Week, w.Random)
		}
	}
	if measured < 3 {
		t.Errorf("seed %d: only %d weeks were measured", s.Seed, measured)
	}
}

func TestAMonthRunsToItsBulletin(t *testing.T) {
	t.Parallel()
	s, out := play(t, "2025-03", 7)
	checkWeeks(t, s)
	if len(s.Bulletins) != 1 || s.Bulletins[0].Month != "2025-03" || s.Bulletins[0].Number != "2025-1" {
		t.Errorf("bulletins: got %+v", s.Bulletins)
	}
	if len(s.Cases) == 0 {
		t.Fatal("no case")
	}
	sides := map[string]bool{}
	for _, i := range s.Cases[0].Investigations {
		sides[i.Side] = true
	}
	if !sides["township"] || !sides["unit"] || !sides["member"] {
		t.Errorf("investigations: got %+v", s.Cases[0].Investigations)
	}
	if s.Letters.Accepted == 0 || s.Letters.Refused != 0 || s.Letters.Unknown != 0 {
		t.Errorf("letters: got %+v", s.Letters)
	}
	t.Run("the proof stands without a database", func(t *testing.T) { checkProof(t, out) })
	t.Run("no letter names a village before its release", func(t *testing.T) { checkLetters(t, out, s) })
	t.Run("papers are sound", func(t *testing.T) { checkPapers(t, out) })
	t.Run("the same seed gives the same summary", func(t *testing.T) {
		again, _ := play(t, "2025-03", 7)
		a, _ := json.Marshal(s)
		b, _ := json.Marshal(again)
		if !bytes.Equal(a, b) {
			t.Errorf("first\n%s\nthen\n%s", a, b)
		}
	})
	t.Run("another seed visits other teams", func(t *testing.T) {
		other, _ := play(t, "2025-03", 8)
		checkWeeks(t, other)
		a, _ := json.Marshal(s.Weeks)
		b, _ := json.Marshal(other.Weeks)
		if bytes.Equal(a, b) {
			t.Error("seeds 7 and 8 visited the same villages")
		}
	})
}

func TestBothDatabasesGiveTheSameMonth(t *testing.T) {
	t.Parallel()
	cluster := pgtest.Start(t)
	dsn := cluster.DSN(pgtest.Owner, cluster.Database(t, ""))
	onSQLite, out := play(t, "2025-03", 5)
	onPostgres, _ := playOn(t, dsn, "2025-03", 5)
	a, _ := json.Marshal(onSQLite)
	b, _ := json.Marshal(onPostgres)
	if !bytes.Equal(a, b) {
		t.Errorf("SQLite\n%s\nPostgreSQL\n%s", a, b)
	}
	t.Run("and the same backup, which comes back on both", func(t *testing.T) {
		saved := backupOf(t, store.Config{DataDir: filepath.Join(out, "data")})
		if !bytes.Equal(saved, backupOf(t, store.Config{DSN: dsn})) {
			t.Error("the two backups differ")
		}
		for name, place := range map[string]store.Config{
			"SQLite": {DataDir: t.TempDir()}, "PostgreSQL": {DSN: cluster.DSN(pgtest.Owner, cluster.Database(t, ""))},
		} {
			use(t, place, func(s *store.Store) error {
				_, err := s.Restore(t.Context(), bytes.NewReader(saved), int64(len(saved)), nil)
				return err
			})
			if !bytes.Equal(saved, backupOf(t, place)) {
				t.Errorf("%s gives another backup than it took", name)
			}
		}
	})
}

// use opens the demo county's records as they were at the end of the tests' month.
func use(t *testing.T, place store.Config, do func(*store.Store) error) {
	t.Helper()
	place.County = app.DefaultCounty
	place.Now = func() time.Time { return time.Date(2025, 5, 1, 0, 0, 0, 0, time.UTC) }
	s, err := store.Open(t.Context(), place)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(do(s), s.Close()); err != nil {
		t.Fatal(err)
	}
}

func backupOf(t *testing.T, place store.Config) []byte {
	t.Helper()
	var b bytes.Buffer
	use(t, place, func(s *store.Store) error {
		_, err := s.Backup(t.Context(), &b)
		return err
	})
	return b.Bytes()
}

func TestTheMonthOfNationalDayRunsToo(t *testing.T) {
	t.Parallel()
	s, _ := play(t, "2025-10", 3)
	checkWeeks(t, s)
	if len(s.Bulletins) != 1 {
		t.Errorf("bulletins: got %+v", s.Bulletins)
	}
}

// TestEverySeedKeepsTheWeek runs seeds 1 to 20 with ANFANG_TEST_SOAK, else the first.
func TestEverySeedKeepsTheWeek(t *testing.T) {
	t.Parallel()
	last := uint64(1)
	if os.Getenv("ANFANG_TEST_SOAK") != "" {
		last = 20
	}
	for seed := uint64(1); seed <= last; seed++ {
		s, _ := play(t, "2025-03", seed)
		checkWeeks(t, s)
		t.Logf("seed %d: %d visits, %d cancelled, %d cases", seed, s.Visits, s.Cancelled, len(s.Cases))
	}
}

func TestBadInputIsRefusedAndChangesNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "mine.txt"), []byte("keep"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := demo.Run(t.Context(), demo.Options{Out: dir, Month: calendar.Month{Year: 2025, Month: 3}, Words: catalog.For("zh")})
	if inspections.KindOf(err) != inspections.Invalid {
		t.Errorf("a folder in use: got %v", err)
	}
	_, err = demo.Run(t.Context(), demo.Options{Out: filepath.Join(dir, "new"), Month: calendar.Month{Year: 2024, Month: 3}, Words: catalog.For("zh")})
	if inspections.KindOf(err) != inspections.Invalid {
		t.Errorf("a month that is not there: got %v", err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 {
		t.Errorf("left behind: %v, %v", entries, err)
	}
}

func checkProof(t *testing.T, out string) {
	t.Helper()
	f, err := os.Open(filepath.Join(out, "proof.json"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	proof, err := draw.ReadProof(f)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := scheduler.CheckProof(proof); err != nil {
		t.Error(err)
	}
}

// checkLetters reads every letter as a stranger's parser does: a village stands in no assignment whose
// date lies before its release, and only one "go" pair is told of a visit.
func checkLetters(t *testing.T, out string, s demo.Summary) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(out, "letters", "*.eml"))
	if err != nil || len(files) != s.Letters.Accepted {
		t.Fatalf("letters: got %d, %v, want %d", len(files), err, s.Letters.Accepted)
	}
	sizes, going := map[int]int{}, 0
	var villages []string
	for _, w := range s.Weeks {
		villages = append(villages, w.Villages...)
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text := textOf(t, raw)
		if len(raw) == 16*1024 { // an assignment, go or ended
			sizes[len(raw)]++
			if strings.Contains(text, "开展暗访督查") {
				going++
			}
			continue
		}
		if strings.Contains(text, "底册已于") || strings.Contains(text, "校验基准") {
			for _, v := range villages {
				if strings.Contains(text, v) {
					t.Errorf("%s: a freeze note names %s", filepath.Base(file), v)
				}
			}
		}
	}
	if want := 2 * (s.Visits + s.Cancelled); going < want || going%2 != 0 {
		t.Errorf("go letters: got %d, want at least %d and pairs", going, want)
	}
	if sizes[16*1024] <= going {
		t.Errorf("assignment letters of 16 KiB: got %d, with %d go", sizes[16*1024], going)
	}
}

// textOf gives the decoded plain text of a message.
func textOf(t *testing.T, raw []byte) string {
	t.Helper()
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	readParts(t, m.Header.Get("Content-Type"), m.Header.Get("Content-Transfer-Encoding"), m.Body, &b)
	return b.String()
}

func readParts(t *testing.T, contentType, encoding string, body io.Reader, to *strings.Builder) {
	t.Helper()
	media, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		t.Fatal(err)
	}
	if strings.HasPrefix(media, "multipart/") {
		parts := multipart.NewReader(body, params["boundary"])
		for {
			p, err := parts.NextPart() // takes quoted-printable off
			if err == io.EOF {
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			readParts(t, p.Header.Get("Content-Type"), p.Header.Get("Content-Transfer-Encoding"), p, to)
		}
	}
	if media != "text/plain" {
		return
	}
	if strings.EqualFold(encoding, "base64") {
		body = base64.NewDecoder(base64.StdEncoding, body)
	}
	raw, err := io.ReadAll(body)
	if err != nil {
		t.Fatal(err)
	}
	to.Write(raw)
}

func checkPapers(t *testing.T, out string) {
	t.Helper()
	if _, err := exec.LookPath("qpdf"); err != nil {
		if os.Getenv("ANFANG_TEST_REQUIRE") == "all" {
			t.Fatal("qpdf is missing: apt-get install qpdf")
		}
		t.Skip("SKIPPED: qpdf is missing: apt-get install qpdf")
	}
	for _, glob := range []string{"bulletins/*.pdf", "cases/*.pdf"} {
		files, err := filepath.Glob(filepath.Join(out, glob))
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %v, %v", glob, files, err)
		}
		for _, f := range files {
			if output, err := exec.Command("qpdf", "--check", f).CombinedOutput(); err != nil {
				t.Errorf("%s: %s", f, output)
			}
		}
	}
}
