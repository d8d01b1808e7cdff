package pdf

import (
	"strings"
	"testing"
)

// TestTheSmallPrintOfAProofOpensNoPage fills a notice line by line: with its check value it has as many pages as without, no
// line of it stands on another, and all of it is on the last page.
func TestTheSmallPrintOfAProofOpensNoPage(t *testing.T) {
	t.Parallel()
	faces := builtinFaces(t)
	under := 0
	for _, kind := range []Kind{Bulletin, Letter} {
		for lines := 1; lines <= 26; lines++ {
			doc := Document{Kind: kind, Mark: "示范县驻村办", Title: "关于启动核查的通知", To: "马田镇党委：", Signature: "示范县驻村办", Date: "2025年4月7日", SealSpace: true}
			for range lines {
				doc.Body = append(doc.Body, Para{Text: "请于4月9日前书面说明情况。"})
			}
			bare, _ := arrange(doc, faces)
			doc.Imprint.Proof = "校验码：7:" + strings.Repeat("0f", 32) + ":" + strings.Repeat("a1", 64)
			l, _ := arrange(doc, faces)
			if len(l.pages) != len(bare.pages) {
				t.Errorf("%s, %d lines: got %d pages, want %d", kind, lines, len(l.pages), len(bare.pages))
			}
			last := l.pages[len(l.pages)-1]
			printed := ""
			for i, a := range last.lines {
				if a.size != smallPrint {
					continue
				}
				for _, c := range a.cells {
					printed += string(c.r)
				}
				if a.baseline > areaBottom {
					under++
				}
				for j, b := range last.lines {
					if gap := a.baseline - b.baseline; i != j && gap > -b.size*mmPerPoint*0.9 && gap < a.size*mmPerPoint*0.9 {
						t.Errorf("%s, %d lines: two lines at %.1f and %.1f", kind, lines, a.baseline, b.baseline)
					}
				}
			}
			if printed != doc.Imprint.Proof {
				t.Errorf("%s, %d lines: got %q on the last page", kind, lines, printed)
			}
		}
	}
	if under == 0 {
		t.Error("no notice was full: the place under the page number was not tried")
	}
}
