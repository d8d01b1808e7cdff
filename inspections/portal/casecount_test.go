package portal

import (
	"context"
	"strings"
	"testing"
	"time"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/casework"
	"anfang.example/inspections/office"
)

// talked opens a case of a team on a day, and has a leader of the unit behind it talked to.
func (w *world) talked(day time.Time, team inspections.TeamID, person string) casework.Case {
	w.t.Helper()
	w.moveTo(day)
	ctx := context.Background()
	clerk := inspections.Actor{User: 2, Role: inspections.RoleClerk}
	boss := inspections.Actor{User: 3, Role: inspections.RoleLeader}
	c, err := w.office.OpenCase(ctx, clerk, office.HandCase{Kind: "unit_inactive", Team: team, FactAt: calendar.InstantOf(day), Reason: "未到村"})
	if err == nil {
		_, err = w.office.ApproveCase(ctx, boss, c.ID, "副部长")
	}
	if err == nil {
		err = w.office.AddStatement(ctx, clerk, c.ID, 2, "情况属实")
	}
	if err == nil {
		err = w.office.ConcludeBranch(ctx, boss, c.ID, 2, office.Conclusion{Liable: true, Text: "未到村", By: clerk.User, Measures: []office.MeasureDecided{
			{Kind: casework.MeasureTalk, Person: person, Body: "县委组织部", Reason: "多次"},
		}})
	}
	if err != nil {
		w.t.Fatal(err)
	}
	return c
}

// counted are three cases: one unit talked to in March and April, another in April.
func (w *world) counted() {
	w.talked(shanghai(12, 9, 0), quantang, "一中校长")
	w.talked(shanghai(40, 9, 0), shipo, "陈副局长") // 9 April
	w.talked(shanghai(41, 9, 0), quantang, "一中校长")
}

func TestWhatTheCasesCameToIsCountedAndOpensToItsRecords(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ban := w.as("ban")
	const page = "/cases/count"
	ban.get(page).must(t, 200).has(t, "没有连续两个月以上被约谈", "所选月份没有这一项")
	w.counted()
	ban = w.as("ban") // a month later nobody is signed in any more
	ban.get("/cases").must(t, 200).has(t, page)
	w.as("ping").get(page).must(t, 200)
	w.as("heshan").get(page).must(t, 403)
	w.as("heshan").get("/cases").must(t, 200).lacks(t, page)

	all := ban.get(page).must(t, 200).has(t, "青溪一中", "2025年3月", "2025年4月", "/cases/2025-001", "/cases/2025-003")
	if n := strings.Count(all.body, `data-label="被约谈的月份"`); n != 1 {
		t.Errorf("got %d units talked to in a row, want the school alone", n)
	}
	for figure, want := range map[string][]string{
		"problems":     {"/cases/2025-001", "/cases/2025-002", "/cases/2025-003"},
		"persons":      {"陈副局长", "一中校长", "青溪一中", "2025-001</a> · <a"},
		"person_times": {"陈副局长", "一中校长", "约谈"},
		"units":        {"/units/1", "/units/2"},
		"villages":     {"/teams/1", "/teams/2"},
		"committees":   {"所选月份没有这一项"},
		"handovers":    {"所选月份没有这一项"},
	} {
		ban.get(page+"?show="+figure).must(t, 200).has(t, want...)
	}
	// Bodies and places stand in division-code order, whatever their figures.
	shown := ban.get(page+"?show=persons").must(t, 200).body
	shown = shown[strings.Index(shown, `id="records"`):]
	if strings.Index(shown, "陈副局长") > strings.Index(shown, "一中校长") {
		t.Error("the person of the first township stands behind that of the second")
	}
	ban.get(page+"?from=2025-04&until=2025-04").must(t, 200).has(t, "2025-002", "没有连续两个月以上").lacks(t, "2025-001")
	ban.get(page+"?township=431099100").must(t, 200).has(t, "2025-002", "没有连续两个月以上").lacks(t, "2025-001", "2025-003")
	ban.get(page+"?from=x&township=x&show=x").must(t, 200).has(t, "2025-001")
	ban.get(page+"?from=2025-05&until=2025-04").must(t, 200).has(t, "所选月份没有这一项")
}
