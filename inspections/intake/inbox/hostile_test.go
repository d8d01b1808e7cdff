package inbox_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/intake"
)

func TestWhatMustBeToldWaitsWithItsQuestion(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.lay("早到.csv", ledger)
	d.wants(d.later(), "早到.csv asked") // there is no roster yet
	d.lay("花名册.csv", roster)
	d.later()
	d.lay("同名.csv", ledger+"2025-03-03,便江街道,泉塘村,张华,,在岗\n2025-03-03,便江街道,泉塘村,生面孔,,在岗\n")
	d.lay("无状态.csv", "日期,乡镇,村,姓名,手机号码\n2025-03-03,便江街道,泉塘村,何孝忠,19900001003\n")
	d.lay("物资.csv", "物资,数量,单价\n水,1,2\n")
	d.lay("2027.csv", "date,workday,name\n2027-01-01,0,元旦\n")
	d.wants(d.later(), "2027.csv asked", "无状态.csv asked", "物资.csv asked", "同名.csv asked")
	if d.days() != 2 {
		t.Errorf("got %d days, want the 2 that nobody asks about", d.days())
	}
	for name, words := range map[string][]string{
		"早到":   {"花名册"},
		"同名":   {"已导入2行", "2行未导入", "第4行", "张华", "第5行", "生面孔"},
		"无状态":  {"缺少必需的列", "状态"},
		"物资":   {"认不出"},
		"2027": {"anfang import calendar"},
	} {
		note := d.read("asked/" + name + ".csv.说明.txt")
		for _, want := range words {
			if !strings.Contains(note, want) {
				t.Errorf("%s: %q is not in %s", name, want, note)
			}
		}
	}
	waiting, err := d.Waiting()
	if err != nil {
		t.Fatal(err)
	}
	if len(waiting) != 5 || waiting[0].Name != "早到.csv" || waiting[0].Where != "asked" || !strings.Contains(waiting[0].Note, "花名册") {
		t.Errorf("got %+v", waiting)
	}
	for _, w := range waiting {
		if err := os.Remove(filepath.Join(d.Folder, "asked", w.Name)); err != nil {
			t.Fatal(err)
		}
	}
	if waiting, err = d.Waiting(); err != nil || len(waiting) != 0 {
		t.Errorf("got %+v, %v after the files were moved away", waiting, err)
	}
}

func TestAFileWhoseNamesAreSettledWaitsNoLonger(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.lay("花名册.csv", roster)
	d.later()
	d.lay("同名.csv", ledger+"2025-03-05,便江街道,泉塘村,张华,,在岗\n2025-03-05,便江街道,泉塘村,生面孔,,在岗\n")
	d.later()
	answer := func(name string, verdict inspections.NameVerdict, member inspections.MemberID) {
		t.Helper()
		said := inspections.NameAnswer{Spelling: inspections.Spelling{Name: name, Township: "便江街道", Village: "泉塘村"}, Verdict: verdict, Member: member}
		if _, err := d.Office.AnswerName(t.Context(), inspections.System, said, intake.Reread); err != nil {
			t.Fatal(err)
		}
		d.look()
	}
	answer("张华", inspections.NameMember, 2)
	d.wants(d.lies("asked"), "同名.csv", "同名.csv.说明.txt")
	answer("生面孔", inspections.NameOther, 0)
	d.wants(d.lies("asked"))
	d.wants(d.lies("done"), "同名.csv", "同名.csv.说明.txt", "花名册.csv")
	if d.days() != 3 {
		t.Errorf("got %d days, want 3", d.days())
	}
}

func TestHostileFilesAreRefusedAndLinksAreNotFollowed(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.lay("花名册.csv", roster)
	d.later()
	outside := filepath.Join(t.TempDir(), "secret.csv")
	if err := os.WriteFile(outside, []byte(ledger), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, filepath.Join(d.Folder, "链接.csv")); err != nil {
		t.Skip("no links on this disk: ", err)
	}
	if err := os.Mkdir(filepath.Join(d.Folder, "文件夹"), 0o700); err != nil {
		t.Fatal(err)
	}
	d.lay("坏.xlsx", "PK\x03\x04 not a workbook")
	d.lay("空.csv", "")
	d.lay("..上级.csv", ledger) // begins with a dot: a file in the making
	d.lay("a\nb\u202e.csv", "\x00\x01\x02")
	got := d.later()
	d.wants(got, "a_b_.csv refused", "坏.xlsx refused", "空.csv refused", "链接.csv refused")
	if d.days() != 0 {
		t.Errorf("got %d days of hostile files", d.days())
	}
	d.wants(d.lies("."), "..上级.csv", "asked", "done", "refused", "taking", "文件夹")
	if text, err := os.ReadFile(outside); err != nil || string(text) != ledger {
		t.Errorf("what the link led to was touched: %q, %v", text, err)
	}
	if note := d.read("refused/链接.csv.说明.txt"); !strings.Contains(note, "没有打开") {
		t.Errorf("got the note %s", note)
	}
}

func TestAPartOfTheFolderThatLeadsElsewhereIsNotUsed(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	outside := t.TempDir()
	if err := os.Symlink(outside, filepath.Join(d.Folder, "done")); err != nil {
		t.Skip("no links on this disk: ", err)
	}
	d.lay("花名册.csv", roster)
	if _, err := d.Look(t.Context()); err == nil {
		t.Error("the folder was used")
	}
	entries, err := os.ReadDir(outside)
	if err != nil || len(entries) != 0 {
		t.Errorf("got %v, %v outside", entries, err)
	}
}
