package post

import (
	"testing"

	"anfang.example/inspections"
)

func BenchmarkRenderAssignment(b *testing.B) {
	l := newLetter(b, 1, inspections.LetterGo, sampleAssignment())
	r := newRenderer()
	b.ReportAllocs()
	for b.Loop() {
		render(b, r, l)
	}
}
