package pdf

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// rowsByPage counts, page by page, the lines that begin with a mark.
func rowsByPage(l *layout, mark string) []int {
	counts := make([]int, len(l.pages))
	for i, p := range l.pages {
		for _, line := range p.lines {
			text := ""
			for _, c := range line.cells {
				text += string(c.r)
			}
			if strings.HasPrefix(text, mark) {
				counts[i]++
			}
		}
	}
	return slices.DeleteFunc(counts, func(n int) bool { return n == 0 })
}

// TestFormsAndTablesStayTogether sets each below ever more lines of text, so that its page ends at every one of its rows.
func TestFormsAndTablesStayTogether(t *testing.T) {
	t.Parallel()
	faces := builtinFaces(t)
	set := func(lines int, b Block) []int {
		doc := Document{Kind: Plain}
		for range lines {
			doc.Body = append(doc.Body, Para{Text: "正文一行。"})
		}
		doc.Body = append(doc.Body, Heading{Level: 1, Text: "一、标题"}, Heading{Level: 2, Text: "（一）标题"}, b)
		l, _ := arrange(doc, faces)
		return rowsByPage(l, "行")
	}
	form, short, long := KeyValues{Ruled: true, Size: 12, Together: 190}, Table{Size: 10.5, Together: 75, Head: []string{"名称"}}, Table{Size: 10.5, Together: 75, Head: []string{"名称"}}
	for i := range 20 {
		form.Items = append(form.Items, KeyValue{Key: fmt.Sprintf("行%d", i), Value: "内容"})
		long.Rows = append(long.Rows, []string{fmt.Sprintf("行%d", i)})
	}
	short.Rows = long.Rows[:8]
	for lines := range 22 {
		if got := set(lines, form); !slices.Equal(got, []int{20}) {
			t.Errorf("below %d lines: got a form's rows on pages %v", lines, got)
		}
		if got := set(lines, short); !slices.Equal(got, []int{8}) {
			t.Errorf("below %d lines: got a short table's rows on pages %v", lines, got)
		}
		if got := set(lines, long); slices.Contains(got, 1) || got[0]+got[len(got)-1] < 20 {
			t.Errorf("below %d lines: got a long table's rows on pages %v", lines, got)
		}
	}
	long.Together = 0
	parted := false
	for lines := range 22 {
		parted = parted || slices.Contains(set(lines, long), 1)
	}
	if !parted {
		t.Error("without Together no row stood alone: the test looks at nothing")
	}
}
