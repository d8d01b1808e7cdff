package inbox_test

import (
	"context"
	"crypto/rand"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"anfang.example/inspections/calendar"
	"anfang.example/inspections/intake/inbox"
	"anfang.example/inspections/office"
	"anfang.example/inspections/store"
	"anfang.example/inspections/store/storetest"
	"anfang.example/templates/catalog"
)

const (
	roster = "乡镇,村,姓名,派出单位,手机号码,驻村起始时间\n便江街道,泉塘村,张华,县公安局,19900001001,2024-05-05\n" +
		"便江街道,泉塘村,张华,县公安局,19900001002,2024-05-05\n便江街道,泉塘村,何孝忠,县林业局,19900001003,2024-05-05\n"
	heading = "日期,乡镇,村,姓名,手机号码,状态\n"
	ledger  = heading + "2025-03-03,便江街道,泉塘村,何孝忠,19900001003,在岗\n2025-03-04,便江街道,泉塘村,何孝忠,19900001003,在岗\n"
)

// desk is a folder with its office; the clock moves only when told.
type desk struct {
	*inbox.Inbox
	t        *testing.T
	store    *store.Store
	database storetest.Database
	clock    time.Time
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{t: t, clock: time.Date(2025, 4, 1, 1, 0, 0, 0, time.UTC)}
	d.database = storetest.FreshSQLite(t)
	d.store = d.database(t, storetest.County, d.now)
	d.Inbox = d.another(d.store, filepath.Join(t.TempDir(), "收件"))
	if err := os.Mkdir(d.Folder, 0o700); err != nil {
		t.Fatal(err)
	}
	return d
}

func (d *desk) now() time.Time { return d.clock }

// another is what a second process makes of the same folder.
func (d *desk) another(db *store.Store, folder string) *inbox.Inbox {
	in := func(run func(context.Context, func(*store.Tx) error) error) func(context.Context, func(office.Tx) error) error {
		return func(ctx context.Context, fn func(office.Tx) error) error {
			return run(ctx, func(tx *store.Tx) error { return fn(tx) })
		}
	}
	return &inbox.Inbox{
		Folder: folder, Words: catalog.For("zh"), Now: d.now, Log: slog.New(slog.DiscardHandler),
		Office: &office.Office{InTx: in(db.InTx), View: in(db.View), Calendar: calendar.BuiltIn(), Chance: rand.Reader},
		View: func(ctx context.Context, fn func(inbox.Tx) error) error {
			return db.View(ctx, func(tx *store.Tx) error { return fn(tx) })
		},
	}
}

// lay puts a file into the folder; it was last written when the clock says so.
func (d *desk) lay(name, text string) string {
	d.t.Helper()
	path := filepath.Join(d.Folder, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		d.t.Fatal(err)
	}
	if err := os.Chtimes(path, d.clock, d.clock); err != nil {
		d.t.Fatal(err)
	}
	return path
}

// look looks once, and gives what became of the files: "name done".
func (d *desk) look() []string {
	d.t.Helper()
	list, err := d.Look(d.t.Context())
	if err != nil {
		d.t.Fatal(err)
	}
	var went []string
	for _, o := range list {
		went = append(went, o.File+" "+o.Went)
	}
	return went
}

// later looks when everything that lies there has been quiet for long.
func (d *desk) later() []string {
	d.t.Helper()
	d.clock = d.clock.Add(time.Hour)
	return d.look()
}

func (d *desk) days() (n int) {
	d.t.Helper()
	err := d.store.View(d.t.Context(), func(tx *store.Tx) error {
		list, err := tx.SignIns(calendar.NewDate(2025, 1, 1), calendar.NewDate(2025, 12, 31))
		n = len(list)
		return err
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return n
}

// records counts the journal's entries of a kind.
func (d *desk) records(kind string) (n int) {
	d.t.Helper()
	err := d.store.View(d.t.Context(), func(tx *store.Tx) error {
		list, err := tx.JournalAfter(0, 1000)
		for _, r := range list {
			if r.Kind == kind {
				n++
			}
		}
		return err
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return n
}

// lies lists a part of the folder, by name.
func (d *desk) lies(part string) []string {
	d.t.Helper()
	entries, err := os.ReadDir(filepath.Join(d.Folder, part))
	if err != nil {
		d.t.Fatal(err)
	}
	names := []string{}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func (d *desk) read(name string) string {
	d.t.Helper()
	text, err := os.ReadFile(filepath.Join(d.Folder, name))
	if err != nil {
		d.t.Fatal(err)
	}
	return string(text)
}

func (d *desk) wants(got []string, want ...string) {
	d.t.Helper()
	if !slices.Equal(got, want) {
		d.t.Errorf("got %q, want %q", got, want)
	}
}

func TestFilesThatCameTogetherAreTakenInTheirOrder(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.lay("2025-03.csv", ledger)
	d.lay("花名册.csv", roster)
	d.lay("请假.csv", "姓名,手机号码,乡镇,村,类别,起始日期,结束日期,批准人\n何孝忠,19900001003,便江街道,泉塘村,病假,2025-03-05,2025-03-06,李书记\n")
	d.wants(d.later(), "花名册.csv done", "请假.csv done", "2025-03.csv done")
	if d.days() != 2 {
		t.Errorf("got %d days, want 2", d.days())
	}
	d.wants(d.lies("done"), "2025-03.csv", "花名册.csv", "请假.csv")
	d.wants(d.lies("."), "asked", "done", "refused", "taking")
	d.wants(d.lies("taking"))
	d.wants(d.later())
}

func TestAFileThatStillGrowsIsLeftAlone(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.lay("花名册.csv", roster)
	d.later()
	wait := func() []string { d.clock = d.clock.Add(time.Minute); return d.look() }
	d.lay("2025-03.csv", heading)
	d.wants(d.look())
	for i := range 3 {
		d.clock = d.clock.Add(time.Minute)
		d.lay("2025-03.csv", heading+strings.Repeat("2025-03-03,便江街道,泉塘村,何孝忠,19900001003,在岗\n", i+1))
		d.wants(d.look())
	}
	d.lay("2025-03.csv", ledger)
	d.wants(d.look())
	d.wants(d.look()) // no time has passed between these two
	d.wants(wait(), "2025-03.csv done")
	for _, name := range []string{"~$2025-03.xlsx", ".2025-03.csv.swp", "2025-03.csv.part", "2025-03.CRDOWNLOAD", "Thumbs.db"} {
		d.lay(name, ledger)
	}
	d.wants(d.later())
}

func TestAFileIsTakenOnceWhereverTheProgramWasCutOff(t *testing.T) {
	t.Parallel()
	for name, undo := range map[string]func(d *desk) error{
		"between commit and move": func(d *desk) error {
			return os.Rename(filepath.Join(d.Folder, "done", "2025-03.csv"), filepath.Join(d.Folder, "taking", "1", "2025-03.csv"))
		},
		"in the middle of the move": func(d *desk) error {
			return os.Link(filepath.Join(d.Folder, "done", "2025-03.csv"), filepath.Join(d.Folder, "taking", "1", "2025-03.csv"))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			d.lay("花名册.csv", roster)
			d.lay("2025-03.csv", ledger)
			d.later()
			if err := os.Mkdir(filepath.Join(d.Folder, "taking", "1"), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := undo(d); err != nil {
				t.Fatal(err)
			}
			d.Inbox = d.another(d.store, d.Folder) // nothing is remembered from before
			d.wants(d.look(), "2025-03.csv done")
			d.wants(d.lies("done"), "2025-03.csv", "花名册.csv")
			d.wants(d.lies("taking"))
			if d.days() != 2 || d.records("import.signins") != 1 {
				t.Errorf("got %d days by %d imports, want 2 by 1", d.days(), d.records("import.signins"))
			}
		})
	}
	t.Run("before the commit", func(t *testing.T) {
		t.Parallel()
		d := newDesk(t)
		d.lay("花名册.csv", roster)
		d.later()
		d.lay("2025-03.csv", ledger)
		d.clock = d.clock.Add(time.Hour)
		cut, cancel := context.WithCancel(t.Context())
		plain := d.View
		d.View = func(ctx context.Context, fn func(inbox.Tx) error) error { cancel(); return plain(ctx, fn) }
		if _, err := d.Look(cut); err == nil {
			t.Fatal("the look was not cut off")
		}
		if d.days() != 0 {
			t.Errorf("got %d days of a look that was cut off", d.days())
		}
		d.Inbox = d.another(d.store, d.Folder)
		d.wants(d.look(), "2025-03.csv done")
		if d.days() != 2 {
			t.Errorf("got %d days, want 2", d.days())
		}
	})
}

func TestTheSameFileTwiceChangesNothingAndNoFileIsLost(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.lay("花名册.csv", roster)
	d.lay("2025-03.csv", ledger)
	d.later()
	d.lay("2025-03.csv", ledger)
	d.lay("又一份.csv", ledger)
	d.wants(d.later(), "2025-03.csv done", "又一份.csv done")
	if d.records("import.signins") != 1 {
		t.Errorf("got %d imports, want 1", d.records("import.signins"))
	}
	// A corrected file of the same name lies beside the first.
	d.lay("2025-03.csv", strings.Replace(ledger, "03-04", "03-05", 1))
	d.wants(d.later(), "2025-03.csv done")
	d.wants(d.lies("done"), "2025-03-2.csv", "2025-03-3.csv", "2025-03.csv", "又一份.csv", "花名册.csv")
	if got := d.read("done/2025-03.csv"); got != ledger {
		t.Errorf("the first file was written over: %q", got)
	}
	if d.days() != 3 {
		t.Errorf("got %d days, want 3", d.days())
	}
}

func TestTwoProcessesTakeAFileOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.lay("花名册.csv", roster)
	d.later()
	const files = 20
	for i := range files {
		d.lay(time.Date(2025, 3, 1+i, 0, 0, 0, 0, time.UTC).Format("2006-01-02")+".csv",
			heading+time.Date(2025, 3, 1+i, 0, 0, 0, 0, time.UTC).Format("2006-01-02")+",便江街道,泉塘村,何孝忠,19900001003,在岗\n")
	}
	d.clock = d.clock.Add(time.Hour)
	var both sync.WaitGroup
	for range 2 {
		own := d.another(d.database(t, storetest.County, d.now), d.Folder)
		both.Go(func() {
			if _, err := own.Look(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	both.Wait()
	d.look() // what one had in hand when the other listed it
	if d.days() != files || d.records("import.signins") != files || len(d.lies("done")) != files+1 {
		t.Errorf("got %d days, %d imports, %d files; want %d, %d, %d", d.days(), d.records("import.signins"), len(d.lies("done")), files, files, files+1)
	}
	d.wants(d.lies("."), "asked", "done", "refused", "taking")
}

func TestAFileThatIsWrittenToWhileItIsReadIsTakenAgain(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.lay("花名册.csv", roster)
	d.later()
	path := d.lay("2025-03.csv", heading+"2025-03-03,便江街道,泉塘村,何孝忠,19900001003,在岗\n")
	open, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0) // a slow writer, paused
	if err != nil {
		t.Fatal(err)
	}
	defer open.Close()
	d.clock = d.clock.Add(time.Hour)
	plain := d.View
	d.View = func(ctx context.Context, fn func(inbox.Tx) error) error {
		if _, err := open.WriteString("2025-03-04,便江街道,泉塘村,何孝忠,19900001003,在岗\n"); err != nil {
			t.Error(err)
		}
		return plain(ctx, fn)
	}
	if _, err := d.Look(t.Context()); err == nil {
		t.Error("a half file was moved away")
	}
	d.View = plain
	d.wants(d.look(), "2025-03.csv done")
	if d.days() != 2 {
		t.Errorf("got %d days, want 2", d.days())
	}
}
