package pdf

import (
	"math"
	"strings"
	"testing"
)

func TestCharts(t *testing.T) {
	t.Parallel()
	doc := plainText(Plain, 28)
	doc.Body = append(doc.Body,
		Chart{Caption: "每周次数", Line: 2, LineLabel: "每周2次", Bars: []Bar{
			{Label: "第10周", Text: "4", Value: 4}, {Label: "第11周", Text: "1", Value: 1, Plain: true}, {Label: "第12周", Text: "0"},
		}},
		Chart{Caption: "各乡镇", Level: true, Bars: []Bar{{Label: "马田镇", Text: "10/20", Value: 10, Whole: 20}, {Label: "悦来镇", Text: "未报送"}}},
	)
	page := layOut(t, doc)[0]
	t.Run("an upright bar is as long as its value", func(t *testing.T) {
		t.Parallel()
		base := page.lineWith(t, "第10周").baseline - ascent*size5*mmPerPoint - 1
		four := page.lineWith(t, "4").baseline
		near(t, "text above the tallest bar", four, base-chartTall-0.6-(1-ascent)*size5*mmPerPoint)
		dashes := 0
		for _, s := range page.strokes {
			if math.Abs(s.y1-(base-chartTall/2)) < 0.1 && math.Abs(s.x2-s.x1) < 2 {
				dashes++
			}
		}
		if dashes < 40 {
			t.Errorf("the line at half the height has %d dashes", dashes)
		}
	})
	t.Run("what is below the line is not hatched", func(t *testing.T) {
		t.Parallel()
		aslant := map[bool]int{}
		for _, s := range page.strokes {
			if math.Abs(s.x1-s.x2) > 0.1 && math.Abs(s.y1-s.y2) > 0.1 && s.y1 < page.lineWith(t, "各乡镇").baseline {
				aslant[s.x1 < areaLeft+areaWidth/3]++
			}
		}
		if aslant[true] < 10 || aslant[false] != 0 {
			t.Errorf("strokes in the first bar %d, in the others %d, want many and none", aslant[true], aslant[false])
		}
	})
	t.Run("a level bar is hatched as far as its value in an outline of the whole", func(t *testing.T) {
		t.Parallel()
		row := page.lineWith(t, "马田镇")
		var longest, hatched, left float64 = 0, 0, 1000
		for _, s := range page.strokes {
			if math.Abs(s.y1-row.baseline) > 4 {
				continue
			}
			if s.y1 == s.y2 {
				left, longest = min(left, s.x1), max(longest, s.x2)
			} else if s.x1 != s.x2 {
				hatched = max(hatched, s.x2)
			}
		}
		near(t, "end of the hatching", hatched, left+(longest-left)/2)
		if !strings.Contains(row.text, "10/20") {
			t.Errorf("got %q", row.text)
		}
	})
	t.Run("everything is black and inside the area", func(t *testing.T) {
		t.Parallel()
		for _, s := range page.strokes {
			if s.red || s.x1 < areaLeft-0.2 || s.x2 > areaRight+0.2 || s.y1 < areaTop || s.y1 > areaBottom {
				t.Errorf("a stroke leaves the area: %+v", s)
			}
		}
	})
}
