package main

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"anfang.example/inspections"
)

// shownProblems is how many problems stand on the screen; a file has them all.
const shownProblems = 20

// tellImport says what was added and changed, and where the file needs a look.
func (c *cli) tellImport(results []taken, problems []inspections.Problem, t taking) {
	if t.dry {
		c.say("import.dry")
	}
	for _, r := range results {
		files := strings.Join(r.Files, ", ")
		if r.Repeat {
			c.say("import.repeat", "files", files)
			continue
		}
		c.say("import.done", "files", files, "n", r.Rows)
		c.tellCounts("added", r.Added)
		c.tellCounts("changed", r.Changed)
		if n := len(r.Receipts); n > 0 {
			c.say("import.receipts", "n", n, "numbers", c.words.Join(r.Receipts))
			c.tellHead(r.Head)
		}
	}
	if !slices.ContainsFunc(results, func(r taken) bool { return !r.Repeat }) {
		return
	}
	asked := 0
	for _, r := range results {
		asked += r.Asked
	}
	if asked > 0 {
		c.say("import.asked", "n", asked)
	}
	left := 0
	for _, p := range problems {
		if p.LeftOut {
			left++
		}
	}
	c.say("import.problems", "n", len(problems), "left", left)
	if t.problems != "" && len(problems) > 0 {
		c.say("import.listed", "file", t.problems)
		return
	}
	// What was left out wants a person, and stands first.
	slices.SortStableFunc(problems, func(a, b inspections.Problem) int { return cmp.Compare(urgency(a), urgency(b)) })
	for _, p := range problems[:min(len(problems), shownProblems)] {
		fmt.Fprintln(c.out, "  "+c.problem(p))
	}
	if len(problems) > shownProblems {
		c.say("import.rest", "n", len(problems)-shownProblems)
		c.tellKinds(problems)
	}
}

// urgency orders problems: rows left out, cells not taken, cells repaired.
func urgency(p inspections.Problem) int {
	switch {
	case p.LeftOut:
		return 0
	case p.Repaired == "":
		return 1
	}
	return 2
}

// tellKinds says how many problems there are of each kind, the most frequent first.
func (c *cli) tellKinds(problems []inspections.Problem) {
	counts := map[string]int{}
	for _, p := range problems {
		counts[p.Key]++
	}
	keys := sortedKeys(counts)
	slices.SortStableFunc(keys, func(a, b string) int { return cmp.Compare(counts[b], counts[a]) })
	for _, key := range keys {
		c.say("import.kind", "n", counts[key], "what", c.words.T("problem."+key, "value", "…", "repaired", "…"))
	}
}

func (c *cli) tellCounts(what string, counts map[string]int) {
	var parts []string
	for _, noun := range sortedKeys(counts) {
		if counts[noun] > 0 {
			parts = append(parts, c.words.T("cli.noun."+noun)+" "+strconv.Itoa(counts[noun]))
		}
	}
	if len(parts) > 0 {
		c.say("import."+what, "what", c.words.Join(parts))
	}
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// problem says one problem on a line.
func (c *cli) problem(p inspections.Problem) string {
	place := p.File
	if p.Sheet != "" {
		place += " " + p.Sheet
	}
	if p.Column != "" {
		return c.words.T("cli.import.problem_at", "place", place, "row", p.Row, "column", p.Column, "what", c.reason(p))
	}
	return c.words.T("cli.import.problem", "place", place, "row", p.Row, "what", c.reason(p))
}

// reason gives the words of a problem, what stood there and what became of it.
func (c *cli) reason(p inspections.Problem) string {
	text := c.words.T("problem."+p.Key, "value", p.Value, "repaired", p.Repaired)
	switch {
	case p.LeftOut:
		return c.words.T("cli.import.left_out", "what", text, "value", p.Value)
	case p.Repaired != "":
		return c.words.T("cli.import.repaired", "what", text, "value", p.Value, "repaired", p.Repaired)
	}
	return c.words.T("cli.import.not_taken", "what", text, "value", p.Value)
}

// writeProblems writes the list as csv, with a mark that spreadsheets know as UTF-8. No cell begins a
// formula, whatever stood in the file.
func (c *cli) writeProblems(path string, problems []inspections.Problem) error {
	var b bytes.Buffer
	b.WriteString("\ufeff")
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	var head []string
	for _, key := range []string{"file", "sheet", "row", "column", "key", "reason", "value", "repaired", "left_out"} {
		head = append(head, c.words.T("cli.column."+key))
	}
	rows := [][]string{head}
	for _, p := range problems {
		left := c.words.T("cli.no")
		if p.LeftOut {
			left = c.words.T("cli.yes")
		}
		rows = append(rows, []string{
			plainCell(p.File), plainCell(p.Sheet), strconv.Itoa(p.Row), plainCell(p.Column), p.Key,
			plainCell(c.words.T("problem."+p.Key, "value", p.Value, "repaired", p.Repaired)), plainCell(p.Value), plainCell(p.Repaired), left,
		})
	}
	if err := w.WriteAll(rows); err != nil {
		return fmt.Errorf("problems: %w", err)
	}
	return c.writeFile(path, b.Bytes())
}

// plainCell keeps a spreadsheet from taking a text for a formula.
func plainCell(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", []rune(s)[0]) {
		return "'" + s
	}
	return s
}
