package reports

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"testing"
)

func TestThePagesOfAScannedPDFAreCounted(t *testing.T) {
	t.Parallel()
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	fmt.Fprint(z, "1 0 2 50 <</Type /Page/Parent 3 0 R>> <</Type/Page /Parent 3 0 R>> <</Type /Pages /Count 2>>")
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		data string
		want int
	}{
		"page objects in the open":       {"%PDF-1.4\n1 0 obj <</Type /Pages /Kids [2 0 R 3 0 R]>>\n2 0 obj <</Type /Page /A 1>>\n3 0 obj <</Type/Page>>", 2},
		"page objects in a bundle":       {"%PDF-1.5\n9 0 obj <</Type /ObjStm /N 3 /First 12 /Filter /FlateDecode /Length 99>>\nstream\n" + packed.String() + "\nendstream", 2},
		"a bundle that cannot be read":   {"%PDF-1.5\n9 0 obj <</Type /ObjStm>>\nstream\nxxxx\nendstream", 0},
		"a file that is no PDF at heart": {"%PDF-", 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := pagesOf([]byte(test.data)); got != test.want {
				t.Errorf("got %d, want %d", got, test.want)
			}
		})
	}
}

func TestAFileIsKnownByItsContent(t *testing.T) {
	t.Parallel()
	for data, want := range map[string]string{"%PDF-1.7": "application/pdf", "\xff\xd8\xff\xe0": "image/jpeg", "\x89PNG\r\n\x1a\nIHDR": "image/png", "MZ": "", "": ""} {
		if got := mediaOf([]byte(data)); got != want {
			t.Errorf("%q: got %q, want %q", data, got, want)
		}
	}
}
