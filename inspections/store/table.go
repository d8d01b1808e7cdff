package store

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"sync"

	"anfang.example/inspections"
)

// table writes and reads the rows of one table; the db tags of R, and of the structs embedded in it, name
// its columns. Where a name comes twice the outer field counts, so that a row may say how a field is stored.
type table[R any] struct {
	name string
	noun string   // for counters and errors
	keys []string // primary key after the county; "id" when empty
}

func (b table[R]) key() []string {
	if len(b.keys) == 0 {
		return []string{"id"}
	}
	return b.keys
}

// insert writes rows, many in a statement, the way that is cheapest for the database.
func (b table[R]) insert(t *Tx, rows ...R) error {
	cols := columnsOf[R]()
	values := make([][]any, len(rows))
	for i := range rows {
		var err error
		if values[i], err = b.values(&rows[i], cols); err != nil {
			return err
		}
	}
	list := make([]string, len(cols))
	for i, c := range cols {
		list[i] = c.name
	}
	return t.store.dialect.insertMany(t, b.name, list, values)
}

// update replaces the row with the same key. Error: NotFound.
func (b table[R]) update(t *Tx, row R) error {
	cols := columnsOf[R]()
	values, err := b.values(&row, cols)
	if err != nil {
		return err
	}
	var set, where []string
	var args, keyArgs []any
	for i, c := range cols {
		if isKey(b.key(), c.name) {
			where, keyArgs = append(where, quoted(c.name)+" = ?"), append(keyArgs, values[i])
			continue
		}
		set, args = append(set, quoted(c.name)+" = ?"), append(args, values[i])
	}
	query := "UPDATE " + b.name + " SET " + strings.Join(set, ", ") +
		" WHERE county_id = ? AND " + strings.Join(where, " AND ")
	n, err := t.exec(query, append(append(args, t.County()), keyArgs...)...)
	if err != nil {
		return err
	}
	if n == 0 {
		return missing(b.noun, fmt.Sprint(keyArgs...))
	}
	return nil
}

// put writes the row or replaces the one with the same key.
func (b table[R]) put(t *Tx, row R) error {
	where := make([]string, len(b.key()))
	args := []any{t.County()}
	cols := columnsOf[R]()
	values, err := b.values(&row, cols)
	if err != nil {
		return err
	}
	for i, k := range b.key() {
		where[i] = quoted(k) + " = ?"
		for j, c := range cols {
			if c.name == k {
				args = append(args, values[j])
			}
		}
	}
	// Writers of a county come one after another, so asking first is safe.
	var one int
	found, err := t.get(&one, "SELECT 1 FROM "+b.name+" WHERE county_id = ? AND "+strings.Join(where, " AND "), args...)
	if err != nil {
		return err
	}
	if found {
		return b.update(t, row)
	}
	return b.insert(t, row)
}

// one reads the single row that fits; id is for the error when there is none. Error: NotFound.
func (b table[R]) one(t *Tx, id any, w where, tail string) (R, error) {
	var row R
	found, err := t.get(&row, b.query(t, &w, tail), w.args...)
	if err == nil && !found {
		err = missing(b.noun, id)
	}
	return row, err
}

// all reads the rows that fit; tail orders and limits them.
func (b table[R]) all(t *Tx, w where, tail string) ([]R, error) {
	var rows []R
	err := t.list(&rows, b.query(t, &w, tail), w.args...)
	return rows, err
}

// query completes w with the county and gives the statement that reads b.
func (b table[R]) query(t *Tx, w *where, tail string) string {
	text := "SELECT " + names(columnsOf[R]()) + " FROM " + b.name + " WHERE county_id = ?"
	for _, cond := range w.conds {
		text += " AND " + cond
	}
	w.args = append([]any{t.County()}, w.args...)
	return text + " " + tail
}

// values lists what goes into the columns, after a check of every text. Error: Invalid.
func (b table[R]) values(row *R, cols []column) ([]any, error) {
	v := reflect.ValueOf(row).Elem()
	out := make([]any, len(cols))
	for i, c := range cols {
		f := v.FieldByIndex(c.index)
		if f.Kind() == reflect.String {
			if err := checkText(b.noun, c.name, f.String()); err != nil {
				return nil, err
			}
		}
		out[i] = f.Interface()
	}
	return out, nil
}

// where collects conditions; each has one ? for each of its arguments.
type where struct {
	conds []string
	args  []any
}

func (w *where) and(cond string, args ...any) {
	w.conds, w.args = append(w.conds, cond), append(w.args, args...)
}

func by(cond string, args ...any) where { return where{[]string{cond}, args} }

// column is one db-tagged field of a row.
type column struct {
	name  string
	index []int
}

var columnCache sync.Map // reflect.Type → []column

func columnsOf[R any]() []column {
	typ := reflect.TypeFor[R]()
	if cols, ok := columnCache.Load(typ); ok {
		return cols.([]column)
	}
	var cols []column
	seen := map[string]bool{}
	level := []column{{index: nil}}
	for len(level) > 0 { // by depth, so that outer fields come first
		var next []column
		for _, at := range level {
			st := typ
			if at.index != nil {
				st = typ.FieldByIndex(at.index).Type
			}
			for i := range st.NumField() {
				f := st.Field(i)
				c := column{f.Tag.Get("db"), append(append([]int(nil), at.index...), i)}
				switch {
				case f.Anonymous && c.name == "":
					next = append(next, c)
				case c.name != "" && c.name != "-" && !seen[c.name]:
					seen[c.name], cols = true, append(cols, c)
				}
			}
		}
		level = next
	}
	columnCache.Store(typ, cols)
	return cols
}

func names(cols []column) string {
	list := make([]string, len(cols))
	for i, c := range cols {
		list[i] = c.name
	}
	return listed(list)
}

func listed(names []string) string {
	list := make([]string, len(names))
	for i, name := range names {
		list[i] = quoted(name)
	}
	return strings.Join(list, ", ")
}

// quoted guards the few column names that are words of SQL.
func quoted(name string) string {
	switch name {
	case "row", "key", "at":
		return `"` + name + `"`
	}
	return name
}

func isKey(keys []string, name string) bool {
	for _, k := range keys {
		if k == name {
			return true
		}
	}
	return false
}

// asText stores a JSON value as text; nothing and an empty list are "".
func asText(v any) (string, error) {
	if rv := reflect.ValueOf(v); rv.Kind() == reflect.Slice && rv.Len() == 0 {
		return "", nil
	}
	if raw, ok := v.(json.RawMessage); ok {
		if !json.Valid(raw) {
			return "", fmt.Errorf("store: not JSON: %.40q", raw)
		}
		return string(raw), nil
	}
	b, err := json.Marshal(v)
	return string(b), err
}

// fromText reads what asText stored.
func fromText(s string, v any) error {
	if s == "" {
		return nil
	}
	return json.Unmarshal([]byte(s), v)
}

// partyColumns say how a party is stored in the row that embeds them.
type partyColumns struct {
	PartyKind inspections.PartyKind `db:"party_kind"`
	PartyID   int64                 `db:"party_id"`
}

func columnsOfParty(p inspections.Party) partyColumns { return partyColumns{p.Kind, p.ID} }

func (c partyColumns) party() inspections.Party {
	return inspections.Party{Kind: c.PartyKind, ID: c.PartyID}
}
