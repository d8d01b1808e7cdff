package intake_test

import (
	"errors"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/intake"
)

func TestTheHeadingsTellTheSortOfAFile(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ head, sort, fault string }{
		"a ledger":                       {"日期,乡镇,村,姓名,手机号码,状态\n", intake.SortSignIns, ""},
		"a list of members":              {"乡镇,村,姓名,派出单位,手机号码,驻村起始时间\n", intake.SortRoster, ""},
		"a list of leave":                {"姓名,手机号码,乡镇,村,类别,起始日期,结束日期,批准人,事由\n", intake.SortLeave, ""},
		"a list of duties":               {"责任主体,条款,周期,办理日期,办理方式,说明\n", intake.SortDuties, ""},
		"working days":                   {"\ufeffdate,workday,name\n2027-01-01,0,元旦\n", intake.SortCalendar, ""},
		"a title above the heading":      {"便江街道2025年3月签到表,,,,,\n日期,乡镇,村,姓名,手机号码,状态\n", intake.SortSignIns, ""},
		"a ledger without its status":    {"日期,乡镇,村,姓名,手机号码\n", "", "intake.missing_column"},
		"a table of something else":      {"物资,数量,单价\n", "", "intake.unknown_table"},
		"a letter":                       {"各乡镇：请于本周内报送。\n", "", "intake.unknown_table"},
		"a ledger that tells the units":  {"日期,乡镇,村,姓名,工作单位,手机号码,状态\n", intake.SortSignIns, ""},
		"a roster that tells who is in":  {"乡镇,村,姓名,单位,职务,手机号码,驻村时间,登记日期,在岗状态\n", "", "intake.sort_unclear"},
		"two sorts in one heading alike": {"日期,乡镇,村,姓名,手机号码,状态,类别,起始日期,结束日期,批准人\n", "", "intake.sort_unclear"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sort, err := intake.SortOf(intake.File{Name: "a.csv", Data: []byte(c.head + "a,b,c\n")})
			var fault *inspections.Error
			if errors.As(err, &fault); (fault == nil) != (c.fault == "") || fault != nil && fault.Key != c.fault {
				t.Errorf("got error %v, want %q", err, c.fault)
			}
			if sort != c.sort {
				t.Errorf("got %q, want %q", sort, c.sort)
			}
		})
	}
}

func TestEveryFileOfTheCountyIsOfItsSort(t *testing.T) {
	t.Parallel()
	n := 0
	for folder, want := range map[string]string{"花名册": intake.SortRoster, "签到": intake.SortSignIns, "钉钉": intake.SortSignIns, "企业微信": intake.SortSignIns} {
		err := filepath.WalkDir(county(t, folder), func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || !strings.Contains(".xlsx .csv", filepath.Ext(path)) {
				return err
			}
			n++
			got, err := intake.SortOf(load(t, path)[0])
			if err != nil || got != want {
				t.Errorf("%s: got %q, %v, want %q", path, got, err, want)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if n < 10 {
		t.Errorf("got %d files", n)
	}
}

func TestFilesOfTwoSortsAreNotTakenTogether(t *testing.T) {
	t.Parallel()
	ledger := intake.File{Name: "a.csv", Data: []byte("日期,乡镇,村,姓名,手机号码,状态\n")}
	leave := intake.File{Name: "b.csv", Data: []byte("姓名,手机号码,乡镇,村,类别,起始日期,结束日期,批准人\n")}
	if sort, err := intake.OneSort([]intake.File{ledger, ledger}); sort != intake.SortSignIns || err != nil {
		t.Errorf("got %q, %v", sort, err)
	}
	var fault *inspections.Error
	if _, err := intake.OneSort([]intake.File{ledger, leave}); !errors.As(err, &fault) || fault.Key != "intake.sorts_differ" {
		t.Errorf("got %v", err)
	}
}
