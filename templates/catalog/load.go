package catalog

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"sort"
)

//go:embed zh/*.json en/*.json
var files embed.FS

// entry is one sentence, or three of which a count picks one.
type entry struct {
	text            string
	none, one, many string
	counted         bool
}

// load reads all topic files of a language. A key that stands twice, in one file or in two, is an error.
func load(fsys fs.FS, lang string) (map[string]entry, error) {
	names, err := fs.Glob(fsys, path.Join(lang, "*.json"))
	if err != nil {
		return nil, err
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("catalog: no files for %q", lang)
	}
	sort.Strings(names)
	all, from := map[string]entry{}, map[string]string{}
	for _, name := range names {
		raw, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, err
		}
		err = readFile(raw, func(key string, e entry) error {
			if other, twice := from[key]; twice {
				return fmt.Errorf("key %q stands in %s already", key, other)
			}
			all[key], from[key] = e, name
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("catalog: %s: %w", name, err)
		}
	}
	return all, nil
}

// readFile hands out the pairs of one flat object in order; encoding/json alone would drop doubles silently.
func readFile(raw []byte, put func(string, entry) error) error {
	d := json.NewDecoder(bytes.NewReader(raw))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return errors.New("a topic file must be one object")
	}
	for d.More() {
		t, err := d.Token()
		if err != nil {
			return err
		}
		key, _ := t.(string)
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return fmt.Errorf("key %q: %w", key, err)
		}
		e, err := readEntry(value)
		if err != nil {
			return fmt.Errorf("key %q: %w", key, err)
		}
		if err := put(key, e); err != nil {
			return err
		}
	}
	if _, err := d.Token(); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something follows the object")
	}
	return nil
}

func readEntry(value json.RawMessage) (entry, error) {
	var e entry
	if err := json.Unmarshal(value, &e.text); err == nil {
		return e, nil
	}
	var v struct{ None, One, Many *string }
	d := json.NewDecoder(bytes.NewReader(value))
	d.DisallowUnknownFields()
	if err := d.Decode(&v); err != nil || v.Many == nil {
		return e, errors.New(`the value must be a sentence or {"none","one","many"}, of which "many" must stand`)
	}
	if v.None == nil {
		v.None = v.Many
	}
	if v.One == nil {
		v.One = v.Many
	}
	return entry{none: *v.None, one: *v.One, many: *v.Many, counted: true}, nil
}
