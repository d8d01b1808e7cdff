package intake_test

import (
	"strings"
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/intake"
)

func TestOneTableAloneIsReadAgainstTheStore(t *testing.T) {
	t.Parallel()
	rows, _ := smallRoster(t)
	store := rosterOf(rows)
	data := memberHead +
		"1,金龟,清水,吴新,男,人社局,队员,19900003001,2025-03-01,,\n" +
		"2,金龟镇,新村,郑来,男,县公安局,队员,19900003002,2025-03-01,,\n" +
		"3,便江街道,泉塘,何孝忠,男,县公安局,队长,19900001001,2024-05-05,2025-03-31,\n"
	got, problems, err := intake.ReadRoster("a.csv", []byte(data), store)
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Townships)+len(got.Units)+len(got.Teams) != 0 {
		t.Errorf("got %+v: tables that no file gave must stay empty", got)
	}
	if len(got.Members) != 2 {
		t.Fatalf("members: got %d, want 2", len(got.Members))
	}
	if m := got.Members[0]; m.Township != "金龟镇" || m.Village != "清水村" || m.Unit != "县人力资源和社会保障局" {
		t.Errorf("got %+v", m)
	}
	if m := got.Members[1]; m.VillageCode != "431023001229" || m.Until.String() != "2025-03-31" {
		t.Errorf("got %+v", m)
	}
	out := 0
	for _, p := range problems {
		if p.LeftOut {
			out++
			if p.Key != "village_unknown" || p.Row != 3 {
				t.Errorf("got %+v", p)
			}
		}
	}
	if out != 1 {
		t.Errorf("left out: got %d, want 1", out)
	}
}

func TestAFlatListAloneMakesTheWholeRoster(t *testing.T) {
	t.Parallel()
	data := "附件2,,,,,,,,,,,\n" +
		"序号,所在乡镇,驻点村名,后盾单位,队伍类别,姓 名,性别,工作单位,队内职务,联系电话（手机）,驻村时间,备注\n" +
		"1,便江街道,泉塘村,县公安局,扶贫工作队,何孝忠,男,县公安局,队长,19900001001,2024-05-05,\n" +
		"2,便江,泉塘,永兴县公安局,扶贫工作队,张华,男,县林业局,队员,19900001002,5月5日,\n" +
		",填表人：,,,审核人：,,,,,,填表日期：,\n"
	got, problems, err := intake.ReadRoster("a.csv", []byte(data), nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Townships) != 1 || len(got.Units) != 2 || len(got.Teams) != 1 || len(got.Members) != 2 {
		t.Fatalf("got %+v", got)
	}
	if u := got.Teams[0].Units; strings.Join(u, " ") != "县公安局" {
		t.Errorf("units: got %v", u)
	}
	if got, want := got.Members[1].From.String(), "2024-05-05"; got != want {
		t.Errorf("the year of a colleague's date: got %q, want %q", got, want)
	}
	for _, p := range problems {
		if p.LeftOut {
			t.Errorf("left out: %+v", p)
		}
	}
}

// TestAnOldFileNamesATownshipThatWentUpInAnother reads a row that still names it: the village is found where it is now.
func TestAnOldFileNamesATownshipThatWentUpInAnother(t *testing.T) {
	t.Parallel()
	rows, _ := smallRoster(t)
	store := rosterOf(rows)
	from := calendar.NewDate(2025, 3, 1)
	var gone, into inspections.TownshipID
	for i, town := range store.Townships {
		if town.Name == "金龟镇" {
			gone, store.Townships[i].Until = town.ID, from.Add(-1)
		} else if into == 0 {
			into = town.ID
		}
	}
	for i, team := range store.Teams {
		if team.Township == gone {
			store.Teams[i].Township = into
		}
	}
	for i := range store.Townships {
		if store.Townships[i].ID == gone {
			store.Townships[i].Into = into
		}
	}
	store.Aliases = []inspections.Alias{{ID: 1, Of: inspections.Party{Kind: inspections.PartyTownship, ID: int64(into)}, Why: inspections.AliasMerged, Name: "金龟镇", From: from}}
	got, _, err := intake.ReadRoster("a.csv", []byte(memberHead+"1,金龟,清水,吴新,男,人社局,队员,19900003001,2025-03-01,,\n"), store)
	if err != nil || len(got.Members) != 1 || len(got.Townships) != 0 {
		t.Fatalf("got %+v, %v", got, err)
	}
	if m := got.Members[0]; m.Village != "清水村" || store.TownshipCalled(m.Township) != into {
		t.Errorf("got %s in %s", m.Village, m.Township)
	}
}
