package intake

import (
	"sort"

	"anfang.example/inspections"
)

// problemKeys are all keys a Problem of this package can have; the catalogs must have words for each
// ("problem."+key).
var problemKeys = []string{
	// repaired: Repaired holds what was taken
	"full_width", "spaces", "date_form", "date_serial", "date_no_year", "date_from_order", "answered", "answered_before", "clock_form", "status_form",
	"township_short", "village_form", "unit_form", "phone_form", "phone_scientific", "phone_from_roster",
	"phone_typo", "name_from_roster", "name_typo", "name_variant", "village_from_posting", "coordinates_swapped",
	"email_form", "team_units_joined",
	// the value was not taken, the row was
	"phone_missing", "phone_rounded", "phone_digits", "phone_shared", "email_missing", "email_unreadable",
	"sex_missing", "sex_unknown", "date_missing", "date_unreadable", "date_year_unknown",
	"unit_missing", "unit_unknown", "unit_ambiguous", "home_unknown", "deputy_missing", "code_unreadable",
	"kind_unknown", "role_unknown", "lost_character", "coordinates_zero", "coordinates_far", "clock_unreadable",
	"column_absent", "phone_unknown", "extra_cells",
	// the row was left out
	"duty_day", "duty_clause", "duty_body", "duty_period", "duty_none", "duty_several", "duty_reason",
	"blank_row", "repeated_header", "duplicate_row", "row_shifted", "sheet_unknown", "name_missing",
	"township_missing", "township_unknown", "township_ambiguous", "village_missing", "village_unknown",
	"village_ambiguous", "team_twice", "township_twice", "unit_twice", "inspector_twice", "member_ambiguous",
	"person_unknown", "person_ambiguous", "phone_other_person", "not_posted", "date_outside_month",
	"date_order", "status_missing", "status_unknown", "same_day_again", "same_day_conflict", "leave_kind_unknown",
	"formula_cell", "cell_long", "not_ours",
}

// ProblemKeys lists the keys of problems in order.
func ProblemKeys() []string { return sorted(problemKeys) }

// AsksWho reports whether a row was left out because nobody could tell whom it means.
func AsksWho(key string) bool {
	switch key {
	case "person_ambiguous", "person_unknown", "phone_other_person", "name_missing":
		return true
	}
	return false
}

// Asks reports whether a person must say what a row means: whom it names, or which of several places.
func Asks(key string) bool {
	switch key {
	case "township_unknown", "township_ambiguous", "village_unknown", "village_ambiguous", "member_ambiguous", "unit_ambiguous":
		return true
	}
	return AsksWho(key)
}

// errorKeys are the keys of errors of this package; the catalogs must have a sentence for each.
var errorKeys = []string{
	"intake.not_found", "intake.directory", "intake.unreadable", "intake.too_large", "intake.empty",
	"intake.encrypted", "intake.old_xls", "intake.damaged", "intake.not_workbook", "intake.not_table", "intake.packed",
	"intake.cut_off", "intake.encoding", "intake.quotes", "intake.too_many_rows", "intake.missing_column",
	"intake.unknown_table", "intake.no_rows", "intake.no_roster", "intake.calendar_row", "intake.calendar_head", "intake.long_cell", "intake.calendar_twice",
	"intake.sort_unclear", "intake.sorts_differ",
}

// ErrorKeys lists the keys of errors in order.
func ErrorKeys() []string { return sorted(errorKeys) }

func sorted(keys []string) []string {
	out := append([]string(nil), keys...)
	sort.Strings(out)
	return out
}

// place is where something stood in a file.
type place struct {
	file, sheet string
	row         int
}

func (p place) source() inspections.Source {
	return inspections.Source{File: p.file, Sheet: p.sheet, Row: p.row}
}

// report collects problems in the order they are met.
type report struct{ problems []inspections.Problem }

// fixed lists a repair.
func (r *report) fixed(at place, column, key, value, repaired string) {
	r.add(at, column, key, value, repaired, false)
}

// dropped lists a value that was not taken while its row was.
func (r *report) dropped(at place, column, key, value string) {
	r.add(at, column, key, value, "", false)
}

// noted lists the repairs of a row that was taken; asks is of one that an answer about its spelling settled.
func (r *report) noted(at place, h header, notes []note, asks inspections.Asking) {
	for _, n := range notes {
		r.fixed(at, h.title(n.field), n.key, n.value, n.repaired)
		if n.key == "answered_before" {
			r.about(asks)
		}
	}
}

// about says of the last problem whose name it is about.
func (r *report) about(asks inspections.Asking) { r.problems[len(r.problems)-1].Asks = asks }

// leftOut lists a row that was not taken.
func (r *report) leftOut(at place, column, key, value string) {
	r.add(at, column, key, value, "", true)
}

func (r *report) add(at place, column, key, value, repaired string, out bool) {
	r.problems = append(r.problems, inspections.Problem{
		File: at.file, Sheet: at.sheet, Row: at.row, Column: column, Key: key,
		Value: clip(value), Repaired: clip(repaired), LeftOut: out,
	})
}
