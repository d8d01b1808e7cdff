package demo_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"anfang.example/cmd/anfang/demo"
	"anfang.example/inspections/calendar"
	"anfang.example/templates/catalog"
)

// BenchmarkMonth runs March 2025 from the roster to the bulletin. The demo promises 60 s and 300 MB; the
// peak is that of the whole process.
func BenchmarkMonth(b *testing.B) {
	month := calendar.Month{Year: 2025, Month: 3}
	for i := 0; b.Loop(); i++ {
		opt := demo.Options{Out: filepath.Join(b.TempDir(), strconv.Itoa(i)), Month: month, Seed: 7, Words: catalog.For("zh"), Progress: io.Discard}
		if _, err := demo.Run(b.Context(), opt); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(b.Elapsed().Seconds()/float64(b.N)/60, "of-60s")
	if peak, ok := peakMB(); ok {
		b.ReportMetric(peak, "peak-MB")
	}
}

// peakMB reads the largest resident size of this process, where the system tells it.
func peakMB() (float64, bool) {
	raw, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0, false
	}
	for line := range bytes.Lines(raw) {
		if rest, ok := bytes.CutPrefix(line, []byte("VmHWM:")); ok {
			kb, err := strconv.ParseFloat(string(bytes.Fields(rest)[0]), 64)
			return kb / 1024, err == nil
		}
	}
	return 0, false
}
