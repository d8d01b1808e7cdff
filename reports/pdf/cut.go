package pdf

import (
	"maps"
	"slices"

	"github.com/go-pdf/fpdf"
)

// mostWorking bounds the working cut: beyond it, parsing the cut costs about what parsing the whole face does.
const mostWorking = 3000

// working is a face cut to the characters asked for so far. Most of what a cut costs is parsing the whole face, so the
// papers of one office, which share most characters, are cut from this instead.
type working struct {
	has  map[rune]bool
	data []byte
}

// cut gives the face with the given characters only. A cut of a cut has the bytes of a cut of the whole (tested), so
// what was asked for before leaves no trace in a paper.
func (f *Face) cut(runes []rune) []byte {
	return fpdf.UTF8CutFont(f.workingFor(runes), string(runes))
}

// workingFor gives a cut that holds at least the given characters. It is never written to again, so it may be read
// without the lock.
func (f *Face) workingFor(runes []rune) []byte {
	f.mu.Lock()
	defer f.mu.Unlock()
	lacks := func(r rune) bool { return !f.work.has[r] }
	if f.work.data != nil && !slices.ContainsFunc(runes, lacks) {
		return f.work.data
	}
	if f.work.has == nil || len(f.work.has)+len(runes) > mostWorking {
		f.work.has = map[rune]bool{}
	}
	for _, r := range runes {
		f.work.has[r] = true
	}
	f.work.data = fpdf.UTF8CutFont(f.data, string(slices.Sorted(maps.Keys(f.work.has))))
	return f.work.data
}
