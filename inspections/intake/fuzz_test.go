package intake_test

import (
	"errors"
	"os"
	"path/filepath"
	"runtime/metrics"
	"slices"
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/intake"
	"github.com/xuri/excelize/v2"
)

// seed adds small files of the package's own.
func seed(f *testing.F, more ...string) {
	f.Helper()
	paths, err := filepath.Glob(filepath.Join("testdata", "roster", "*.csv"))
	if err != nil {
		f.Fatal(err)
	}
	for _, p := range append(paths, filepath.Join("testdata", "ledger.csv")) {
		data, err := os.ReadFile(p)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	for _, s := range append(more, smallMembers, smallLedger, "\ufeff姓名\n", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "PK\x03\x04", "\xff\xfe1\x00") {
		f.Add([]byte(s))
	}
	book := excelize.NewFile()
	for cell, v := range map[string]any{"A1": "乡镇", "B1": "村", "C1": "姓名", "D1": "派出单位", "E1": "手机号码", "A2": "便江街道", "B2": "泉塘村", "C2": "何孝忠", "D2": "县公安局", "E2": 19900001001} {
		if err := book.SetCellValue("Sheet1", cell, v); err != nil {
			f.Fatal(err)
		}
	}
	if err := book.MergeCell("Sheet1", "A2", "A4"); err != nil {
		f.Fatal(err)
	}
	b, err := book.WriteToBuffer()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
}

// mostMemory is what a reader may allocate for one file in all, in bytes: an upper bound of what it holds at a time.
const mostMemory = 256 << 20

// bounded gives the check, to be deferred, that no more than mostMemory was allocated since.
func bounded(t *testing.T) func() {
	t.Helper()
	before := allocated()
	return func() {
		t.Helper()
		if used := allocated() - before; used > mostMemory {
			t.Fatalf("allocated %d MB, at most %d are allowed", used>>20, mostMemory>>20)
		}
	}
}

func allocated() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

// sound checks what must hold of every answer of a reader.
func sound(t *testing.T, problems []inspections.Problem, err error) {
	t.Helper()
	if err != nil {
		var fault *inspections.Error
		if !errors.As(err, &fault) {
			t.Fatalf("an error that is not expected: %v", err)
		}
		if !slices.Contains(intake.ErrorKeys(), fault.Key) {
			t.Fatalf("%s is not among ErrorKeys", fault.Key)
		}
		return
	}
	for _, p := range problems {
		if p.Row < 1 || p.LeftOut && p.Repaired != "" || !slices.Contains(intake.ProblemKeys(), p.Key) {
			t.Fatalf("unsound problem %+v", p)
		}
	}
}

func FuzzReadRoster(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		defer bounded(t)()
		rows, problems, err := intake.ReadRoster("a", data, nil)
		sound(t, problems, err)
		townships := map[string]bool{}
		for _, x := range rows.Townships {
			if x.Name == "" || townships[x.Name] {
				t.Fatalf("township %q", x.Name)
			}
			townships[x.Name] = true
		}
		teams := map[[2]string]bool{}
		for _, x := range rows.Teams {
			if key := [2]string{x.Township, x.Village}; x.Village == "" || teams[key] {
				t.Fatalf("team %v", key)
			} else {
				teams[key] = true
			}
		}
		for _, x := range rows.Members {
			if x.Name == "" || x.Row < 1 || !teams[[2]string{x.Township, x.Village}] || x.Phone != "" && len(x.Phone) != 11 {
				t.Fatalf("member %+v", x)
			}
		}
	})
}

func FuzzReadSignIns(f *testing.F) {
	seed(f)
	r := village(inspections.Member{Name: "何孝忠", Phone: "19900001001"}, inspections.Member{Name: "张华"})
	f.Fuzz(func(t *testing.T, data []byte) {
		defer bounded(t)()
		signs, problems, err := intake.ReadSignIns([]intake.File{{Name: "a", Data: data}}, r, calendar.Month{}, nil)
		sound(t, problems, err)
		type day struct {
			m inspections.MemberID
			d calendar.Date
		}
		seen := map[day]bool{}
		for _, s := range signs {
			key := day{s.Member, s.Day}
			if seen[key] || s.Member < 1 || s.Member > 2 || s.Day < calendar.NewDate(2025, 1, 1) || s.Status == "" || s.Row < 1 {
				t.Fatalf("%+v", s)
			}
			seen[key] = true
		}
	})
}

func FuzzReadLeave(f *testing.F) {
	seed(f, "姓名,手机号码,乡镇,村,类别,起始日期,结束日期,批准人,备注\n何孝忠,19900001001,便江街道,泉塘村,病假,2025-03-03,2025/3/5,龙超,\n")
	r := village(inspections.Member{Name: "何孝忠", Phone: "19900001001"})
	f.Fuzz(func(t *testing.T, data []byte) {
		defer bounded(t)()
		leaves, problems, err := intake.ReadLeave([]intake.File{{Name: "a", Data: data}}, r)
		sound(t, problems, err)
		for _, l := range leaves {
			if l.Member != 1 || l.From.IsZero() || l.Until < l.From || l.Kind == "" {
				t.Fatalf("%+v", l)
			}
		}
	})
}

func FuzzReadCalendar(f *testing.F) {
	seed(f, "date,workday,name\n2027-01-01,0,元旦\n")
	f.Fuzz(func(t *testing.T, data []byte) {
		defer bounded(t)()
		c, err := intake.ReadCalendar(intake.File{Name: "a", Data: data})
		sound(t, nil, err)
		if err == nil && len(c.Years()) == 0 {
			t.Fatal("a calendar without a year was taken")
		}
	})
}
