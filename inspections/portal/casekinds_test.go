package portal

import (
	"strings"
	"testing"
)

func TestTheDeskSetsKindsOfProblemOnAPage(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	const page = "/cases/kinds"
	ban := w.as("ban")
	ban.get("/cases").must(t, 200).has(t, page)
	ban.get(page).must(t, 200).has(t, "无故不在岗").lacks(t, "尚未生效")
	if n := strings.Count(ban.get(page).body, `value="1.5"`); n != 1 {
		t.Errorf("clause 1.5 is offered %d times, want once", n)
	}
	set := func(name, clause, from string, more ...string) reply {
		return ban.post(page, append([]string{"problem-problem", name, "basis-problem", clause, "from-problem", from}, more...)...)
	}
	set("late arrival", "1.4a", "2025-03-01").must(t, 422).has(t, "中文名称")
	set("", "1.4a", "2025-03-01").must(t, 422)
	set("擅自离岗", "1.4a", "2025-03-01", "told-problem", "yes").must(t, 303)
	set("未在村住宿（走读）", "1.4a", "2099-01-01", "retired-problem", "yes").must(t, 303)

	now := ban.get(page).must(t, 200).has(t, "擅自离岗", "尚未生效").lacks(t, "«")
	if coming := now.body[strings.Index(now.body, "尚未生效"):]; !strings.Contains(coming, "停用") {
		t.Error("what is set for later does not say that the kind is retired")
	}
	heshan := w.as("heshan")
	heshan.get("/reports").must(t, 200).has(t, "擅自离岗")
	heshan.get(page).must(t, 403)
}
