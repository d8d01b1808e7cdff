package pdf

import "testing"

// BenchmarkRender measures a bulletin of nine pages with all built-in faces, fonts parsed beforehand.
func BenchmarkRender(b *testing.B) {
	faces := builtinFaces(b)
	doc := sampleBulletin()
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := Render(doc, faces); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkRenderCopies measures copies of one bulletin that differ by the reader's line.
func BenchmarkRenderCopies(b *testing.B) {
	faces := builtinFaces(b)
	doc := sampleBulletin()
	for n := 0; b.Loop(); n++ {
		doc.Reader = "第000" + string(rune('0'+n%10)) + "号"
		if _, _, err := Render(doc, faces); err != nil {
			b.Fatal(err)
		}
	}
}
