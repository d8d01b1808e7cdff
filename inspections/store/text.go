package store

import (
	"strings"
	"unicode/utf8"

	"anfang.example/inspections"
)

// How long texts may be, in characters, the same on both databases.
const (
	nameLimit = 200
	textLimit = 10_000
	jsonLimit = 4_000_000 // a frozen week lists every team of the county
)

// limits of columns that are not plain text.
var limits = map[string]int{
	"name": nameLimit, "to_name": nameLimit, "login": nameLimit, "email": nameLimit, "to_email": nameLimit,
	"village": nameLimit, "person": nameLimit, "duty": nameLimit, "decide_duty": nameLimit, "phone": nameLimit,
	"signed_by": nameLimit, "coseed_by": nameLimit, "approver": nameLimit, "code": nameLimit, "office": nameLimit,
	"body": jsonLimit, "row": jsonLimit, "figures": jsonLimit, "args": jsonLimit, "attach": jsonLimit, "avoid": jsonLimit,
	"days": jsonLimit,
}

// checkText refuses what one database would take and the other not. Errors: Invalid.
func checkText(noun, column, s string) error {
	limit, special := limits[column]
	if !special {
		limit = textLimit
	}
	err := checkBytes(s)
	if err == nil && len(s) > limit && utf8.RuneCountInString(s) > limit {
		err = inspections.Fail(inspections.Invalid, "store.too_long", "limit", limit)
	}
	if err != nil {
		err.Args = append([]any{"what", noun, "field", column}, err.Args...)
		return err
	}
	return nil
}

// checkBytes refuses what PostgreSQL cannot store.
func checkBytes(s string) *inspections.Error {
	switch {
	case strings.IndexByte(s, 0) >= 0:
		return inspections.Fail(inspections.Invalid, "store.nul")
	case !utf8.ValidString(s):
		return inspections.Fail(inspections.Invalid, "store.not_utf8")
	}
	return nil
}
