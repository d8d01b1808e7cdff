package catalog

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"sort"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
)

// The languages. Chinese is the default.
const (
	Chinese = "zh"
	English = "en"
)

// Catalog gives the sentences of one language. It is safe for concurrent use.
type Catalog struct {
	lang    string
	entries map[string]entry
}

var built = sync.OnceValue(func() map[string]*Catalog {
	all := map[string]*Catalog{}
	for _, lang := range Languages() {
		entries, err := load(files, lang)
		if err != nil {
			panic(err) // the files are part of the binary: a fault is the builder's, and a test finds it
		}
		all[lang] = &Catalog{lang: lang, entries: entries}
	}
	return all
})

// Languages lists the languages, the default first.
func Languages() []string { return []string{Chinese, English} }

// For gives the catalog of a language: "zh", "en" or a tag that begins so ("en-GB"); Chinese otherwise.
func For(lang string) *Catalog {
	lang = strings.ToLower(lang)
	if base, _, _ := strings.Cut(strings.ReplaceAll(lang, "_", "-"), "-"); base == English {
		return built()[English]
	}
	return built()[Chinese]
}

// Lang gives "zh" or "en".
func (c *Catalog) Lang() string { return c.lang }

// Has reports whether the key exists.
func (c *Catalog) Has(key string) bool {
	_, ok := c.entries[key]
	return ok
}

// Keys lists all keys in order.
func (c *Catalog) Keys() []string {
	keys := make([]string, 0, len(c.entries))
	for k := range c.entries {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}

var placeholder = regexp.MustCompile(`\{([a-z][a-z0-9_]*)\}`)

// T gives the sentence of a key; args alternate name and value. A count under "n" picks none, one or
// many where the key has them. An unknown key comes back as «key» and a placeholder without a value
// stays as it stands, so that the fault is seen and nothing breaks.
func (c *Catalog) T(key string, args ...any) string {
	e, ok := c.entries[key]
	if !ok {
		return "«" + key + "»"
	}
	values := make(map[string]any, len(args)/2)
	for i := 0; i+1 < len(args); i += 2 {
		values[fmt.Sprint(args[i])] = args[i+1]
	}
	return placeholder.ReplaceAllStringFunc(e.pick(values["n"]), func(mark string) string {
		v, ok := values[mark[1:len(mark)-1]]
		if !ok {
			return mark
		}
		return c.Value(v)
	})
}

// Label gives the word for a code of a group, e.g. Label("presence", v.Presence). The program's codes are
// ASCII; a code in Chinese is a word that the office itself put into a table, and stands as it is.
func (c *Catalog) Label(group string, code any) string {
	word := fmt.Sprint(code)
	if first, _ := utf8.DecodeRuneInString(word); unicode.Is(unicode.Han, first) {
		return word
	}
	return c.T(group + "." + word)
}

// Error gives the sentence a person reads: that of an expected error, or one neutral sentence for any
// other, whose detail belongs in the log.
func (c *Catalog) Error(err error) string {
	var e *inspections.Error
	if !errors.As(err, &e) {
		return c.T("error.internal")
	}
	return c.T("error."+e.Key, c.named(e.Args)...)
}

// named puts the noun of a language where an error says by its code what it is about: "what", "letter".
func (c *Catalog) named(args []any) []any {
	for i := 0; i+1 < len(args); i += 2 {
		code, isText := args[i+1].(string)
		if args[i] == "what" && isText && c.Has("noun."+code) {
			args = slices.Clone(args)
			args[i+1] = c.T("noun." + code)
		}
	}
	return args
}

// Value formats an argument: dates, times, months, weeks, lists and errors as people write them.
func (c *Catalog) Value(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case calendar.Date:
		return c.Date(v)
	case calendar.Instant:
		return c.Moment(v.Time)
	case time.Time:
		return c.Moment(v)
	case calendar.Month:
		return c.Month(v)
	case calendar.Week:
		return c.Week(v)
	case []string:
		return c.Join(v)
	case *inspections.Error:
		return c.Error(v)
	}
	return fmt.Sprint(v)
}

func (e entry) pick(n any) string {
	if !e.counted {
		return e.text
	}
	switch fmt.Sprint(n) {
	case "0":
		return e.none
	case "1":
		return e.one
	}
	return e.many
}
