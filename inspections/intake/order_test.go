package intake_test

import (
	"fmt"
	"strings"
	"testing"

	"anfang.example/inspections"
)

// dated writes one row for each day of March, by the given ways of writing; "" is an empty cell.
func dated(days ...string) []string {
	var rows []string
	for _, d := range days {
		for _, who := range []string{"何孝忠,19900001001", "张华,19900001002", "李雪,19900001003", "吴新,19900001004"} {
			day := d
			if name, at, is := strings.Cut(d, "@"); is && strings.HasPrefix(who, name) {
				day = at // only this person's cell is damaged
			} else if is {
				_, day, _ = strings.Cut(d, "|")
			}
			day, _, _ = strings.Cut(day, "|")
			rows = append(rows, "1,"+day+",便江街道,泉塘村,"+who+",08:00,在岗,,,,")
		}
	}
	return rows
}

func TestADateIsToldByTheRowsAround(t *testing.T) {
	t.Parallel()
	r := village(inspections.Member{Name: "何孝忠", Phone: "19900001001"}, inspections.Member{Name: "张华", Phone: "19900001002"},
		inspections.Member{Name: "李雪", Phone: "19900001003"}, inspections.Member{Name: "吴新", Phone: "19900001004"})
	shuffled := func(rows []string) []string {
		out := make([]string, len(rows))
		for i := range rows {
			out[i] = rows[(i*7+3)%len(rows)]
		}
		return out
	}
	whole := []string{"2025/3/3", "2025/3/4", "2025/3/5", "2025/3/6", "2025/3/7"}
	damaged := func(cell string) []string {
		days := append([]string(nil), whole...)
		days[2] = cell + "|2025/3/5"
		return dated(days...)
	}
	for name, c := range map[string]struct {
		rows []string
		want int // rows taken
		keys string
	}{
		"an empty cell within a day":                       {damaged("张华@"), 20, "date_from_order"},
		"a day no month has":                               {damaged("张华@2025/3/32"), 20, "date_from_order"},
		"a word":                                           {damaged("李雪@昨天"), 20, "date_from_order"},
		"the year alone is wrong":                          {damaged("李雪@2026/3/5"), 20, "date_from_order"},
		"a real day of another month is asked":             {damaged("李雪@2025/4/7"), 19, "-date_outside_month"},
		"at the edge, the person's other rows tell":        {damaged("何孝忠@"), 20, "date_from_order"},
		"in a file without order it is asked":              {shuffled(damaged("张华@")), 19, "-date_missing"},
		"nothing is told above the first days":             {dated("何孝忠@|2025/3/3", "2025/3/4"), 7, "-date_missing"},
		"a second row of a day is not made another day's":  {append(damaged("2025/3/5")[:10:10], append([]string{"1,,便江街道,泉塘村,张华,19900001002,08:00,在岗,,,,"}, damaged("2025/3/5")[10:]...)...), 20, "-date_missing"},
		"a stranger's date is no matter, the stranger is":  {append(damaged("2025/3/5")[:10:10], append([]string{"1,,便江街道,泉塘村,生面孔,13300000000,08:00,在岗,,,,"}, damaged("2025/3/5")[10:]...)...), 20, "-date_missing"},
		"a status is still needed when the date was found": {append(damaged("2025/3/5")[:9:9], append([]string{"1,,便江街道,泉塘村,张华,19900001002,08:00,也许,,,,"}, damaged("2025/3/5")[10:]...)...), 19, "-status_unknown"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			signs, keys := readLedger(t, r, c.rows...)
			if len(signs) != c.want {
				t.Errorf("got %d rows, want %d", len(signs), c.want)
			}
			if got := strings.Join(keys, " "); got != c.keys {
				t.Errorf("got problems %q, want %q", got, c.keys)
			}
		})
	}
}

func TestANumberThatTheLedgerShowsAgainAndAgainTellsThePerson(t *testing.T) {
	t.Parallel()
	r := village(inspections.Member{Name: "何孝忠", Phone: "19900001001"}, inspections.Member{Name: "李雪"})
	row := func(day int, name string) string {
		return fmt.Sprintf("1,2025/3/%d,便江街道,泉塘村,%s,13300000000,08:00,在岗,,,,", day, name)
	}
	signs, keys := readLedger(t, r, row(1, "李雪"), row(2, ""), row(3, "李雪"), row(4, "李学"), row(5, "李雪"))
	if len(signs) != 5 || strings.Join(keys, " ") != "phone_unknown name_from_roster name_typo" {
		t.Errorf("got %d rows, %v", len(signs), keys)
	}
	signs, keys = readLedger(t, r, row(1, "李雪"), row(2, ""), row(3, "李雪"))
	if len(signs) != 2 || strings.Join(keys, " ") != "phone_unknown -name_missing" {
		t.Errorf("twice is not enough: got %d rows, %v", len(signs), keys)
	}
}
