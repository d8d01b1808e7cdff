package main

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"anfang.example/cmd/anfang/app"
	"anfang.example/inspections"
	"anfang.example/inspections/intake"
)

// tellFiles gives the files what flags say of their columns (--column 甲=name) and of rows that could not be
// settled (--who FILE:ROW=WHO, or FILE:SHEET:ROW=WHO for a workbook).
func tellFiles(ctx context.Context, a *app.App, files []intake.File, t taking) error {
	var fields []string
	for _, sort := range intake.Sorts {
		fields = append(fields, intake.Fields(sort)...)
	}
	for _, text := range t.columns {
		heading, name, ok := strings.Cut(text, "=")
		if !ok || heading == "" || name != "" && !slices.Contains(fields, name) {
			slices.Sort(fields)
			return wrong("usage.column", "value", text, "known", strings.Join(slices.Compact(fields), ", "))
		}
		for i := range files {
			if files[i].Mapping == nil {
				files[i].Mapping = map[string]string{}
			}
			files[i].Mapping[heading] = name
		}
	}
	if len(t.who) == 0 {
		return nil
	}
	roster, err := rosterOf(ctx, a)
	if err != nil {
		return err
	}
	for _, text := range t.who {
		where, who, _ := strings.Cut(text, "=")
		parts := strings.Split(where, ":")
		row, err := strconv.Atoi(parts[len(parts)-1])
		file := slices.IndexFunc(files, func(f intake.File) bool { return f.Name == parts[0] })
		if err != nil || len(parts) < 2 || file < 0 || who == "" {
			return wrong("usage.who", "value", text)
		}
		member, err := memberTold(roster, "who", who)
		if err != nil {
			return err
		}
		if files[file].Answers == nil {
			files[file].Answers = map[intake.At]inspections.MemberID{}
		}
		at := intake.At{Sheet: strings.Join(parts[1:len(parts)-1], ":"), Row: row}
		files[file].Answers[at] = member.ID
	}
	return nil
}
