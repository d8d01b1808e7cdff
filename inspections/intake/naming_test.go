package intake_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/intake"
	"anfang.example/inspections/office"
	"anfang.example/inspections/store"
	"anfang.example/inspections/store/storetest"
)

// clerk is an office with a store, to which files are brought.
type clerk struct {
	t      *testing.T
	store  *store.Store
	office *office.Office
}

const (
	namesRoster = "乡镇,村,姓名,派出单位,手机号码,驻村起始时间\n便江街道,泉塘村,张华,县公安局,19900001001,2024-05-05\n" +
		"便江街道,泉塘村,张华,县林业局,19900001002,2024-05-05\n便江街道,泉塘村,何孝忠,县林业局,19900001003,2024-05-05\n便江街道,泉塘村,吴新,县林业局,19900001004,2025-03-10\n"
	namesLedger = "日期,乡镇,村,姓名,手机号码,状态\n"
)

func newClerk(t *testing.T) *clerk {
	t.Helper()
	c := &clerk{t: t, store: storetest.SQLite(t, nil)}
	in := func(run func(context.Context, func(*store.Tx) error) error) func(context.Context, func(office.Tx) error) error {
		return func(ctx context.Context, fn func(office.Tx) error) error {
			return run(ctx, func(tx *store.Tx) error { return fn(tx) })
		}
	}
	c.office = &office.Office{InTx: in(c.store.InTx), View: in(c.store.View), Calendar: calendar.BuiltIn(), Chance: rand.Reader}
	c.bring("花名册.csv", namesRoster)
	return c
}

func (c *clerk) view(fn func(*store.Tx) error) {
	c.t.Helper()
	if err := c.store.View(c.t.Context(), fn); err != nil {
		c.t.Fatal(err)
	}
}

// bring imports a file of whatever sort.
func (c *clerk) bring(name, text string) office.Tally {
	c.t.Helper()
	file := intake.File{Name: name, Data: []byte(text)}
	sort, err := intake.SortOf(file)
	if err != nil {
		c.t.Fatal(err)
	}
	var known intake.Known
	c.view(func(tx *store.Tx) (err error) {
		known, err = intake.KnownIn(tx, sort, calendar.NewDate(2025, 5, 1))
		return err
	})
	batches, err := intake.Batches(c.office, sort, []intake.File{file}, known)
	if err != nil {
		c.t.Fatal(err)
	}
	tally, err := batches[0].Keep(c.t.Context(), inspections.System, false)
	if err != nil {
		c.t.Fatal(err)
	}
	return tally
}

// asked gives the open matters as "name rows".
func (c *clerk) asked() (list []string) {
	c.t.Helper()
	for _, m := range c.matters() {
		if m.Open {
			list = append(list, fmt.Sprintf("%s %d", m.Name, m.Rows))
		}
	}
	return list
}

func (c *clerk) matters() (list []inspections.NameMatter) {
	c.t.Helper()
	c.view(func(tx *store.Tx) error {
		questions, err := tx.NameQuestions(false)
		if err != nil {
			return err
		}
		answers, err := tx.NameAnswers()
		list = inspections.NameMatters(questions, answers)
		return err
	})
	return list
}

func (c *clerk) try(name string, verdict inspections.NameVerdict, member inspections.MemberID) (office.Answered, error) {
	c.t.Helper()
	matters := c.matters()
	i := slices.IndexFunc(matters, func(m inspections.NameMatter) bool { return m.Name == name })
	if i < 0 {
		c.t.Fatalf("nobody asks about %s", name)
	}
	said := inspections.NameAnswer{Spelling: matters[i].Spelling, Verdict: verdict, Member: member}
	return c.office.AnswerName(c.t.Context(), inspections.System, said, intake.Reread)
}

func (c *clerk) answer(name string, verdict inspections.NameVerdict, member inspections.MemberID, rows int) {
	c.t.Helper()
	done, err := c.try(name, verdict, member)
	if err != nil {
		c.t.Fatal(err)
	}
	if done.Rows != rows {
		c.t.Errorf("%s is %s %d: got %d rows, want %d", name, verdict, member, done.Rows, rows)
	}
}

// credited gives a member's days, "03-03 present", in order.
func (c *clerk) credited(member inspections.MemberID) string {
	c.t.Helper()
	var list []string
	c.view(func(tx *store.Tx) error {
		days, err := tx.SignIns(calendar.NewDate(2025, 1, 1), calendar.NewDate(2025, 12, 31))
		for _, d := range days {
			if d.Member == member {
				list = append(list, d.Day.String()[5:]+" "+string(d.Status))
			}
		}
		return err
	})
	return strings.Join(list, ", ")
}

func (c *clerk) credits(member inspections.MemberID, want string) {
	c.t.Helper()
	if got := c.credited(member); got != want {
		c.t.Errorf("member %d: got %q, want %q", member, got, want)
	}
}

func (c *clerk) asks(want ...string) {
	c.t.Helper()
	if got := c.asked(); !slices.Equal(got, want) {
		c.t.Errorf("got the questions %q, want %q", got, want)
	}
}

func TestAnAnswerAboutANameHoldsForWaitingRowsAndLaterFilesAndCanBeTakenBack(t *testing.T) {
	t.Parallel()
	c := newClerk(t)
	march := namesLedger + "2025-03-03,便江街道,泉塘村,张华,,在岗\n2025-03-04,便江街道,泉塘村,张华,,在岗\n" +
		"2025-03-03,便江街道,泉塘村,何孝忠,19900001003,在岗\n2025-03-04,便江街道,泉塘村,老何,,在岗\n2025-03-04,便江街道,泉塘村,,,在岗\n"
	if tally := c.bring("2025-03.csv", march); tally.Asked != 2 || tally.Rows != 1 {
		t.Errorf("got %+v", tally)
	}
	c.asks("张华 2", "老何 1") // a row without a name is nobody's spelling
	c.credits(1, "")
	c.credits(2, "")

	c.answer("张华", inspections.NameMember, 2, 2)
	c.answer("老何", inspections.NameOther, 0, 0)
	c.asks()
	c.credits(2, "03-03 present, 03-04 present")

	// Later files are read by it; another village's namesake is another spelling.
	april := namesLedger + "2025-04-01,便江街道,泉塘村,张华,,请假\n2025-04-01,便江街道,泉塘村,老何,,在岗\n2025-04-01,便江,泉塘村,张华,,在岗\n"
	if tally := c.bring("2025-04.csv", april); tally.Asked != 1 || tally.Rows != 1 {
		t.Errorf("got %+v", tally)
	}
	c.asks("张华 1")
	c.credits(2, "03-03 present, 03-04 present, 04-01 leave")

	// Another answer takes the credits away from the one and gives them to the other, in both files.
	c.answer("张华", inspections.NameMember, 1, 3)
	c.credits(2, "")
	c.credits(1, "03-03 present, 03-04 present, 04-01 leave")
	var same *inspections.Error
	if _, err := c.try("张华", inspections.NameMember, 1); !errors.As(err, &same) || same.Key != "naming.same" {
		t.Errorf("got %v", err)
	}
	c.answer("张华", inspections.NameOpen, 0, 0)
	c.credits(1, "")
	c.asks("张华 3", "张华 1")
	c.answer("张华", inspections.NameOther, 0, 0)
	c.answer("老何", inspections.NameMember, 3, 2)
	c.credits(3, "03-03 present, 03-04 present, 04-01 present")
	c.view(func(tx *store.Tx) error {
		answers, err := tx.NameAnswers()
		if len(answers) != 6 {
			t.Errorf("got %d answers on record, want all 6", len(answers))
		}
		return err
	})
	// The same bytes are still no second import.
	if tally := c.bring("2025-03.csv", march); !tally.Repeat {
		t.Errorf("got %+v", tally)
	}
}

func TestRowsThatWaitedCountAsOldAsTheirFile(t *testing.T) {
	t.Parallel()
	c := newClerk(t)
	c.bring("a.csv", namesLedger+"2025-03-03,便江街道,泉塘村,张华,,在岗\n2025-03-04,便江街道,泉塘村,张华,,在岗\n2025-03-05,便江街道,泉塘村,张华,,在岗\n")
	c.bring("b.csv", namesLedger+"2025-03-03,便江街道,泉塘村,张华,19900001002,请假\n2025-03-04,便江街道,泉塘村,张华,,请假\n")
	c.answer("张华", inspections.NameMember, 2, 3) // of a.csv the 4th and 5th, of b.csv the 4th
	c.credits(2, "03-03 leave, 03-04 leave, 03-05 present")
}

func TestAnAnswerCreditsNobodyOnDaysOfAnother(t *testing.T) {
	t.Parallel()
	c := newClerk(t)
	c.bring("a.csv", namesLedger+"2025-03-03,便江街道,泉塘村,小吴,,在岗\n2025-03-12,便江街道,泉塘村,小吴,,在岗\n")
	c.answer("小吴", inspections.NameMember, 4, 1) // posted from the 10th on
	c.credits(4, "03-12 present")
	var fault *inspections.Error
	if _, err := c.try("小吴", inspections.NameMember, 99); !errors.As(err, &fault) || fault.Key != "member.unknown" {
		t.Errorf("got %v", err)
	}
	if _, err := c.try("小吴", inspections.NameMember, 0); !errors.As(err, &fault) || fault.Key != "naming.verdict" {
		t.Errorf("got %v", err)
	}
	by := inspections.Actor{User: 9, Role: inspections.RoleTownship}
	_, err := c.office.AnswerName(t.Context(), by, inspections.NameAnswer{Spelling: c.matters()[0].Spelling, Verdict: inspections.NameOther}, intake.Reread)
	if !errors.As(err, &fault) || fault.Kind != inspections.Forbidden {
		t.Errorf("got %v", err)
	}
}

func TestNamesInListsOfLeaveAndExportsAreAskedToo(t *testing.T) {
	t.Parallel()
	c := newClerk(t)
	c.bring("请假.csv", "姓名,手机号码,乡镇,村,类别,起始日期,结束日期,批准人\n张华,,便江街道,泉塘村,病假,2025-03-05,2025-03-06,李书记\n")
	c.bring("钉钉.csv", "姓名,考勤组,部门,日期,班次,UserId,上班1打卡时间,上班1打卡结果\n张华,驻村,便江街道-泉塘村,2025-03-05,,u1,08:10,正常\n")
	c.asks("张华 1", "张华 1")
	for _, m := range c.matters() {
		said := inspections.NameAnswer{Spelling: m.Spelling, Verdict: inspections.NameMember, Member: 2}
		if _, err := c.office.AnswerName(t.Context(), inspections.System, said, intake.Reread); err != nil {
			t.Fatal(err)
		}
	}
	c.credits(2, "03-05 present")
	c.view(func(tx *store.Tx) error {
		leaves, err := tx.Leaves(calendar.NewDate(2025, 3, 1), calendar.NewDate(2025, 3, 31))
		if len(leaves) != 1 || leaves[0].Member != 2 || leaves[0].Answer == 0 {
			t.Errorf("got %+v", leaves)
		}
		return err
	})
	c.answer("张华", inspections.NameOpen, 0, 0)
	c.view(func(tx *store.Tx) error {
		leaves, err := tx.Leaves(calendar.NewDate(2025, 3, 1), calendar.NewDate(2025, 3, 31))
		if len(leaves) != 0 {
			t.Errorf("got %+v after the answer was taken back", leaves)
		}
		return err
	})
}
