package draw_test

import (
	"encoding/json"
	"errors"
	"testing"

	"anfang.example/scheduler/draw"
)

func TestCanonical(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, in, want string }{
		{"no white space, keys sorted", ` { "b" : [ 1 , -2 ] , "a" : true } `, `{"a":true,"b":[1,-2]}`},
		{"nested objects", `{"b":{"d":1,"c":{}},"a":[]}`, `{"a":[],"b":{"c":{},"d":1}}`},
		// RFC 8785 3.2.3: the order of UTF-16 code units, where the smiley
		// (d83d) comes before U+FB33.
		{"keys by UTF-16", `{"\u20ac":1,"\r":2,"\ufb33":3,"1":4,"\ud83d\ude00":5,"\u0080":6,"\u00f6":7}`,
			"{\"\\r\":2,\"1\":4,\"\u0080\":6,\"ö\":7,\"€\":1,\"😀\":5,\"\ufb33\":3}"},
		// RFC 8785 3.2.2.2.
		{"short escapes, others as they are", `"\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"\/<>&\u2028"`,
			"\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/<>&\u2028\""},
		{"largest integers", `[9007199254740991,-9007199254740991,0]`, `[9007199254740991,-9007199254740991,0]`},
		{"Chinese", `{"理由":"缺勤"}`, `{"理由":"缺勤"}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := draw.Canonical(json.RawMessage(c.in))
			if err != nil || string(got) != c.want {
				t.Fatalf("got %s, %v, want %s", got, err, c.want)
			}
			again, err := draw.Canonical(json.RawMessage(got))
			if err != nil || string(again) != c.want {
				t.Errorf("again: got %s, %v", again, err)
			}
		})
	}
	for _, in := range []string{`null`, `[null]`, `1.0`, `1e3`, `-0`, `9007199254740992`, `-9007199254740992`, `18446744073709551615`, `0.5`, `{"a":1}{}`, `{`, `"\ufffd"`} {
		if got, err := draw.Canonical(json.RawMessage(in)); !errors.Is(err, draw.ErrCanonical) {
			t.Errorf("%s: got %s, %v, want ErrCanonical", in, got, err)
		}
	}
	if _, err := draw.Canonical("\xff"); !errors.Is(err, draw.ErrCanonical) {
		t.Errorf("broken UTF-8: got %v, want ErrCanonical", err)
	}
}

func FuzzCanonicalIsStable(f *testing.F) {
	for _, seed := range []string{`{"b":1,"a":[true,"x"]}`, `"\u0007"`, `[[],{}]`, `{"a":1,"a":2}`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		once, err := draw.Canonical(json.RawMessage(in))
		if err != nil {
			return
		}
		twice, err := draw.Canonical(json.RawMessage(once))
		if err != nil || string(twice) != string(once) {
			t.Errorf("%q: got %q then %q, %v", in, once, twice, err)
		}
	})
}
