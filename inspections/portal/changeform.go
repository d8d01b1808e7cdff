package portal

import (
	"strconv"

	"anfang.example/inspections"
)

// changeForm is a form as data: pages with many small forms show them all by one template. Names of fields
// end in the form's key, so that several may stand on a page.
type changeForm struct {
	Key    string // words: "portal.form."+Key
	Action string
	Fields []formField
	Here   bool // it was sent and refused: shown open
}

type formField struct {
	Name    string // with the form's key
	Label   string // words
	Type    string // text, date, month, number, textarea, check, select
	Options []partyChoice
	Value   string
}

// formOf makes a form; fields come as name and type, or as name and a list to choose from.
func formOf(x *exchange, key, action string, fields ...any) changeForm {
	f := changeForm{Key: key, Action: action, Here: x.r.Method == "POST" && x.r.URL.RequestURI() == action}
	for i := 0; i+1 < len(fields); i += 2 {
		name := fields[i].(string)
		field := formField{Name: name + "-" + key, Label: x.words.T("portal.field." + name)}
		switch what := fields[i+1].(type) {
		case string:
			field.Type = what
			if what == "date" && name != "until" {
				field.Value = x.now.Date().String()
			}
		case []partyChoice:
			field.Type, field.Options = "select", what
		}
		f.Fields = append(f.Fields, field)
	}
	return f
}

// choicesOf lists things to choose from by their number.
func choicesOf[T any](list []T, of func(T) (id int64, name string)) []partyChoice {
	var choices []partyChoice
	for _, v := range list {
		id, name := of(v)
		choices = append(choices, partyChoice{strconv.FormatInt(id, 10), name})
	}
	return choices
}

func unitChoices(r *inspections.Roster) []partyChoice {
	return choicesOf(r.Units, func(u inspections.Unit) (int64, string) { return int64(u.ID), u.Name })
}

// wordChoices lists codes with their words.
func wordChoices[T ~string](x *exchange, prefix string, codes ...T) []partyChoice {
	var choices []partyChoice
	for _, c := range codes {
		choices = append(choices, partyChoice{string(c), x.words.Label(prefix, c)})
	}
	return choices
}
