package store

import (
	"database/sql/driver"
	"strings"

	"github.com/lib/pq"
)

// bulkFrom is how many rows make an array cheaper than a list of values, bulkAtOnce how many go in one
// statement, so that a province's day does not lie in memory twice.
const (
	bulkFrom   = 200
	bulkAtOnce = 10_000
)

// insertValues writes rows as lists of values, as many in a statement as both databases take.
func insertValues(t *Tx, table string, cols []string, rows [][]any) error {
	const atOnce = 400 // 400 rows × < 30 columns stay below SQLite's 32,766 parameters
	one := "(?" + strings.Repeat(", ?", len(cols)) + ")"
	for len(rows) > 0 {
		n := min(len(rows), atOnce)
		args := make([]any, 0, n*(len(cols)+1))
		for _, values := range rows[:n] {
			args = append(append(args, t.County()), values...)
		}
		query := "INSERT INTO " + table + " (county_id, " + listed(cols) + ") VALUES " +
			strings.TrimSuffix(strings.Repeat(one+", ", n), ", ")
		if _, err := t.exec(query, args...); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}

func (sqliteDialect) insertMany(t *Tx, table string, cols []string, rows [][]any) error {
	return insertValues(t, table, cols, rows)
}

// insertMany sends a column as one array: the server plans one statement instead of thousands of values.
// COPY would be faster still and is refused where row-level security stands.
func (postgresDialect) insertMany(t *Tx, table string, cols []string, rows [][]any) error {
	for len(rows) > 0 {
		n := min(len(rows), bulkAtOnce)
		args, kinds, ok := arrays(rows[:n], len(cols))
		if n < bulkFrom || !ok {
			if err := insertValues(t, table, cols, rows[:n]); err != nil {
				return err
			}
			rows = rows[n:]
			continue
		}
		casts := make([]string, len(kinds))
		for i, k := range kinds {
			casts[i] = "CAST(? AS " + k + "[])"
		}
		query := "INSERT INTO " + table + " (county_id, " + listed(cols) + ") SELECT CAST(? AS bigint), * FROM unnest(" + strings.Join(casts, ", ") + ")"
		if _, err := t.exec(query, append([]any{int64(t.County())}, args...)...); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}

// arrays turns rows into one array for each column; ok is false where a column holds anything but numbers,
// texts or truth values.
func arrays(rows [][]any, width int) (args []any, kinds []string, ok bool) {
	for c := range width {
		var texts pq.StringArray
		var numbers pq.Int64Array
		var truths pq.BoolArray
		for _, row := range rows {
			v, err := driver.DefaultParameterConverter.ConvertValue(row[c])
			if err != nil {
				return nil, nil, false
			}
			switch v := v.(type) {
			case string:
				texts = append(texts, v)
			case int64:
				numbers = append(numbers, v)
			case bool:
				truths = append(truths, v)
			default:
				return nil, nil, false
			}
		}
		switch len(rows) {
		case len(texts):
			args, kinds = append(args, texts), append(kinds, "text")
		case len(numbers):
			args, kinds = append(args, numbers), append(kinds, "bigint")
		case len(truths):
			args, kinds = append(args, truths), append(kinds, "boolean")
		default:
			return nil, nil, false
		}
	}
	return args, kinds, true
}
