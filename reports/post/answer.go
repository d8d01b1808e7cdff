package post

import (
	"errors"
	"net/url"
	"strings"

	"anfang.example/inspections"
	"anfang.example/templates/catalog"
)

const answerKey = "error."

// Explain gives what is known of a letter's last try in a person's language: the server's own words, or
// the sentence of a key that the post wrote down in their place.
func Explain(c *catalog.Catalog, l inspections.Letter) string { return ExplainAnswer(c, l.Answer) }

// ExplainAnswer is [Explain] of an answer alone, as a stopped address keeps it; what it quotes may be such an answer itself.
func ExplainAnswer(c *catalog.Catalog, said string) string {
	key, query, _ := strings.Cut(said, "?")
	if !strings.HasPrefix(key, answerKey) || !c.Has(key) {
		return said
	}
	values, err := url.ParseQuery(query)
	if err != nil {
		return said
	}
	var args []any
	for name := range values {
		args = append(args, name, ExplainAnswer(c, values.Get(name)))
	}
	return c.T(key, args...)
}

// answerOf writes an expected error down so that [Explain] can say it in any language.
func answerOf(err error) string {
	var e *inspections.Error
	if !errors.As(err, &e) {
		return err.Error()
	}
	values := url.Values{}
	c := catalog.For("")
	for i := 0; i+1 < len(e.Args); i += 2 {
		values.Set(c.Value(e.Args[i]), c.Value(e.Args[i+1]))
	}
	answer := answerKey + e.Key
	if len(values) > 0 {
		answer += "?" + values.Encode()
	}
	return answer
}

// kept makes an answer fit for the records: a server's words are cut, a key with its values stays whole, for half of it
// would say nothing. The values were cut when they were said.
func kept(answer string) string {
	if strings.HasPrefix(answer, answerKey) {
		return answer
	}
	return oneLine(answer)
}

// oneLine makes a server's words fit for a list: no line breaks or control characters, at most 300 characters.
func oneLine(s string) string {
	s = strings.Join(strings.FieldsFunc(strings.ToValidUTF8(s, "�"), func(r rune) bool { return r < ' ' || r == 0x7f }), " ")
	if r := []rune(s); len(r) > 300 {
		s = string(r[:300]) + "…"
	}
	return s
}
