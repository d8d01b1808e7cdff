package office

import (
	"bytes"
	"encoding/json"
	"strings"

	"anfang.example/inspections"
)

// blacken puts the mark in the place of words wherever they stand in the strings of a JSON value; false when they stand
// nowhere, and the value is as it was.
func blacken(raw json.RawMessage, words ...string) (json.RawMessage, bool, error) {
	b := blackener{words: words}
	if len(raw) == 0 {
		return raw, false, nil
	}
	var tree any
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	if err := d.Decode(&tree); err != nil {
		return raw, false, err
	}
	tree = b.in(tree)
	if !b.found {
		return raw, false, nil
	}
	out, err := json.Marshal(tree)
	return out, true, err
}

type blackener struct {
	words []string
	found bool
}

func (b *blackener) in(v any) any {
	switch v := v.(type) {
	case string:
		for _, w := range b.words {
			if w != "" && strings.Contains(v, w) {
				b.found = true
				v = strings.ReplaceAll(v, w, inspections.ErasedWords)
			}
		}
		return v
	case []any:
		for i := range v {
			v[i] = b.in(v[i])
		}
	case map[string]any:
		for key := range v {
			v[key] = b.in(v[key])
		}
	}
	return v
}
