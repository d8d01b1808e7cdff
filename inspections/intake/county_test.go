package intake_test

import (
	"compress/gzip"
	"encoding/csv"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/intake"
)

// county gives a path below the shared county data, or skips loudly where it is not present.
func county(t testing.TB, parts ...string) string {
	t.Helper()
	root := os.Getenv("ANFANG_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared")
	}
	dir := filepath.Join(root, "data", "county")
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("SKIPPED: the county's data is not at %s; set ANFANG_SHARED to the folder that holds data/county", dir)
	}
	return filepath.Join(append([]string{dir}, parts...)...)
}

func load(t testing.TB, paths ...string) []intake.File {
	t.Helper()
	var files []intake.File
	for _, p := range paths {
		f, err := intake.Load(p)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	return files
}

// truth reads a clean table, rows by heading.
func truth(t testing.TB, name string) []map[string]string {
	t.Helper()
	f, err := os.Open(county(t, "truth", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var in io.Reader = f
	if strings.HasSuffix(name, ".gz") {
		if in, err = gzip.NewReader(f); err != nil {
			t.Fatal(err)
		}
	}
	records, err := csv.NewReader(in).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	head := records[0]
	head[0] = strings.TrimPrefix(head[0], "\ufeff")
	var rows []map[string]string
	for _, rec := range records[1:] {
		row := map[string]string{}
		for i, h := range head {
			row[h] = rec[i]
		}
		rows = append(rows, row)
	}
	return rows
}

// rosterForms are the forms in which the county's roster exists.
var rosterForms = map[string][]string{
	"workbook of five sheets":       {"花名册.xlsx"},
	"flat sheet with other headers": {"附件2_信息统计表（变体表头）.xlsx"},
	"csv in UTF-8":                  csvForms("csv_utf8bom"),
	"csv in GB18030":                csvForms("csv_gb18030"),
	"csv that lost characters":      csvForms("csv_excel_cp936"),
}

func csvForms(dir string) []string {
	var paths []string
	for _, name := range []string{"工作队", "乡镇", "队员", "督查人员", "帮扶单位"} {
		paths = append(paths, filepath.Join(dir, name+".csv"))
	}
	return paths
}

func readForm(t testing.TB, form string) (inspections.RosterRows, []inspections.Problem) {
	t.Helper()
	var paths []string
	for _, p := range rosterForms[form] {
		paths = append(paths, county(t, "花名册", p))
	}
	rows, problems, err := intake.ReadRosterFiles(load(t, paths...), nil)
	if err != nil {
		t.Fatal(err)
	}
	return rows, problems
}

// rosterOf turns rows into nouns by their natural keys, as an import into an empty store does.
func rosterOf(rows inspections.RosterRows) *inspections.Roster {
	r := &inspections.Roster{}
	townships := map[string]inspections.TownshipID{}
	units := map[string]inspections.UnitID{}
	teams := map[[2]string]inspections.TeamID{}
	for i, row := range rows.Townships {
		id := inspections.TownshipID(i + 1)
		townships[row.Name] = id
		r.Townships = append(r.Townships, inspections.Township{ID: id, Code: row.Code, Name: row.Name})
	}
	for i, row := range rows.Units {
		id := inspections.UnitID(i + 1)
		units[row.Name] = id
		r.Units = append(r.Units, inspections.Unit{ID: id, Name: row.Name})
	}
	for i, row := range rows.Teams {
		id := inspections.TeamID(i + 1)
		teams[[2]string{row.Township, row.Village}] = id
		r.Teams = append(r.Teams, inspections.Team{ID: id, Code: row.Code, Township: townships[row.Township],
			Village: row.Village, VillageCode: row.VillageCode, Kind: row.Kind, From: row.From, Until: row.Until})
		for _, u := range row.Units {
			r.TeamUnits = append(r.TeamUnits, inspections.TeamUnit{Team: id, Unit: units[u], From: row.From})
		}
	}
	members := map[string]inspections.MemberID{}
	for i, row := range rows.Members {
		key := row.Phone
		if key == "" {
			key = row.Township + row.Village + row.Name
		}
		id, ok := members[key]
		if !ok {
			id = inspections.MemberID(len(members) + 1)
			members[key] = id
			r.Members = append(r.Members, inspections.Member{ID: id, Name: row.Name, Sex: row.Sex, Phone: row.Phone})
		}
		r.Postings = append(r.Postings, inspections.Posting{ID: inspections.PostingID(i + 1), Member: id,
			Team: teams[[2]string{row.Township, row.Village}], Unit: units[row.Unit], Role: row.Role, From: row.From, Until: row.Until})
	}
	return r
}

// ledgers lists the county's ledger files by month.
func ledgers(t testing.TB) map[calendar.Month]string {
	t.Helper()
	paths, err := filepath.Glob(county(t, "签到", "*"))
	if err != nil {
		t.Fatal(err)
	}
	by := map[calendar.Month]string{}
	for _, p := range paths {
		m, err := calendar.ParseMonth(filepath.Base(p)[:7])
		if err != nil {
			t.Fatal(err)
		}
		by[m] = p
	}
	if len(by) != 12 {
		t.Fatalf("ledgers: got %d, want 12", len(by))
	}
	return by
}
