package draw

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

const maxSafe = 1<<53 - 1 // RFC 8785 numbers are doubles; wider integers are strings

// Canonical returns v as RFC 8785 JSON restricted to objects, lists, strings,
// booleans and integers of at most 53 bits: keys sorted by UTF-16 code units,
// no white space. null, fractions, wider integers and broken UTF-8 are
// ErrCanonical. v is anything encoding/json can write.
func Canonical(v any) ([]byte, error) {
	var raw bytes.Buffer
	encoder := json.NewEncoder(&raw)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrCanonical, err)
	}
	return canonicalText(raw.Bytes())
}

// canonicalText rewrites one JSON text. A duplicate key loses a member, so the
// result then differs from what was given.
func canonicalText(raw []byte) ([]byte, error) {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	var v any
	if err := decoder.Decode(&v); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrCanonical, err)
	}
	if _, err := decoder.Token(); err != io.EOF {
		return nil, fmt.Errorf("%w: more than one value", ErrCanonical)
	}
	return appendCanonical(nil, v)
}

func appendCanonical(b []byte, v any) ([]byte, error) {
	var err error
	switch v := v.(type) {
	case bool:
		return strconv.AppendBool(b, v), nil
	case json.Number:
		n, err := strconv.ParseInt(v.String(), 10, 64)
		if err != nil || n < -maxSafe || n > maxSafe || strconv.FormatInt(n, 10) != v.String() {
			return nil, fmt.Errorf("%w: number %s", ErrCanonical, v)
		}
		return append(b, v...), nil
	case string:
		return appendString(b, v)
	case []any:
		b = append(b, '[')
		for i, element := range v {
			if i > 0 {
				b = append(b, ',')
			}
			if b, err = appendCanonical(b, element); err != nil {
				return nil, err
			}
		}
		return append(b, ']'), nil
	case map[string]any:
		keys := make([]string, 0, len(v))
		for key := range v {
			keys = append(keys, key)
		}
		slices.SortFunc(keys, func(a, b string) int {
			return slices.Compare(utf16.Encode([]rune(a)), utf16.Encode([]rune(b)))
		})
		b = append(b, '{')
		for i, key := range keys {
			if i > 0 {
				b = append(b, ',')
			}
			if b, err = appendString(b, key); err != nil {
				return nil, err
			}
			b = append(b, ':')
			if b, err = appendCanonical(b, v[key]); err != nil {
				return nil, err
			}
		}
		return append(b, '}'), nil
	}
	return nil, fmt.Errorf("%w: %T", ErrCanonical, v)
}

// appendString escapes as RFC 8785 3.2.2.2: the short forms, other controls as
// \u00xx, everything else as it is. U+FFFD is refused, since encoding/json puts
// it where the input was broken.
func appendString(b []byte, s string) ([]byte, error) {
	const short = "\b\t\n\f\r\"\\"
	const letter = `btnfr"\`
	b = append(b, '"')
	for _, c := range s {
		if c == utf8.RuneError {
			return nil, fmt.Errorf("%w: broken UTF-8", ErrCanonical)
		}
		if i := bytes.IndexByte([]byte(short), byte(c)); c < utf8.RuneSelf && i >= 0 {
			b = append(b, '\\', letter[i])
		} else if c < 0x20 {
			b = fmt.Appendf(b, `\u%04x`, c)
		} else {
			b = utf8.AppendRune(b, c)
		}
	}
	return append(b, '"'), nil
}
