package store

import (
	"slices"
	"strings"
)

// shape is what a table of the schema looks like, whichever database it stands in.
type shape struct {
	name    string
	columns []string        // by name, without the county and without the bytes of blobs
	key     []string        // primary key, in its order
	truth   map[string]bool // columns that the database itself holds as true and false
}

// shapeColumn is one column as the database describes it; key is its place in the primary key, 0 for none.
type shapeColumn struct {
	Table  string `db:"table_name"`
	Column string `db:"column_name"`
	Kind   string `db:"kind"`
	Key    int    `db:"key_place"`
}

// shapeLink says that rows of a table name rows of another.
type shapeLink struct {
	Table string `db:"table_name"`
	Other string `db:"other_name"`
}

// kept are the tables that hold a county's records. Sessions are not among them: who signs in after a
// move signs in anew.
func kept(t *Tx) ([]shape, error) {
	query, _ := t.store.dialect.describe()
	var columns []shapeColumn
	if err := t.list(&columns, query); err != nil {
		return nil, err
	}
	byName := map[string]*shape{}
	places := map[string]map[string]int{}
	of := map[string]bool{} // tables with a county
	for _, c := range columns {
		s := byName[c.Table]
		if s == nil {
			s = &shape{name: c.Table, truth: map[string]bool{}}
			byName[c.Table], places[c.Table] = s, map[string]int{}
		}
		switch kind := strings.ToLower(c.Kind); {
		case c.Column == "county_id":
			of[c.Table] = true
			continue
		case kind == "bytea" || kind == "blob":
			continue
		case kind == "boolean":
			s.truth[c.Column] = true
		}
		s.columns = append(s.columns, c.Column)
		if c.Key > 0 {
			s.key, places[c.Table][c.Column] = append(s.key, c.Column), c.Key
		}
	}
	var list []shape
	for name, s := range byName {
		if !of[name] || name == "sessions" {
			continue
		}
		slices.Sort(s.columns)
		slices.SortFunc(s.key, func(a, b string) int { return places[name][a] - places[name][b] })
		list = append(list, *s)
	}
	slices.SortFunc(list, func(a, b shape) int { return strings.Compare(a.name, b.name) })
	return list, nil
}

// namedFirst orders tables so that each comes after those whose rows it names.
func namedFirst(t *Tx, list []shape) ([]shape, error) {
	_, query := t.store.dialect.describe()
	var links []shapeLink
	if err := t.list(&links, query); err != nil {
		return nil, err
	}
	needs := map[string][]string{}
	for _, l := range links {
		if l.Table != l.Other {
			needs[l.Table] = append(needs[l.Table], l.Other)
		}
	}
	byName := map[string]shape{}
	for _, s := range list {
		byName[s.name] = s
	}
	var ordered []shape
	seen := map[string]bool{}
	var visit func(string)
	visit = func(name string) {
		s, known := byName[name]
		if seen[name] || !known {
			return
		}
		seen[name] = true
		for _, other := range needs[name] {
			visit(other)
		}
		ordered = append(ordered, s)
	}
	for _, s := range list {
		visit(s.name)
	}
	return ordered, nil
}

// Counts tells how many rows each table of the county has.
func (t *Tx) Counts() (map[string]int, error) {
	shapes, err := kept(t)
	if err != nil {
		return nil, err
	}
	counts := make(map[string]int, len(shapes))
	for _, s := range shapes {
		var n int
		if _, err := t.get(&n, "SELECT COUNT(*) FROM "+s.name+" WHERE county_id = ?", t.County()); err != nil {
			return nil, err
		}
		counts[s.name] = n
	}
	return counts, nil
}
