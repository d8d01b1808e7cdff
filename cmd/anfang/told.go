package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"

	"anfang.example/inspections"
	"anfang.example/inspections/intake"
)

// readTold reads a JSON file strictly. Error: Invalid, with the line and, where one is known, the field.
func readTold(path string, into any) error {
	file, err := intake.Load(path)
	if err != nil {
		return err
	}
	d := json.NewDecoder(bytes.NewReader(file.Data))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return inspections.Fail(inspections.Invalid, "case.json", "file", path, "reason", misread(err, file.Data)).Because(err)
	}
	return nil
}

// misread says of JSON that could not be read what is wrong and, where it can be told, in which line.
func misread(err error, data []byte) *inspections.Error {
	line := func(offset int64) int {
		return 1 + bytes.Count(data[:min(max(offset, 0), int64(len(data)))], []byte("\n"))
	}
	var syntax *json.SyntaxError
	var wrongType *json.UnmarshalTypeError
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return inspections.Fail(inspections.Invalid, "json.cut_off", "line", line(int64(len(bytes.TrimSpace(data)))))
	case errors.As(err, &syntax):
		return inspections.Fail(inspections.Invalid, "json.syntax", "line", line(syntax.Offset))
	case errors.As(err, &wrongType) && wrongType.Field != "":
		return inspections.Fail(inspections.Invalid, "json.type", "line", line(wrongType.Offset), "field", wrongType.Field)
	}
	if field, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok { // the library has no type for it
		field = strings.Trim(field, `"`)
		at := bytes.Index(data, []byte(`"`+field+`"`))
		return inspections.Fail(inspections.Invalid, "json.field", "line", line(int64(at)), "field", field)
	}
	return inspections.Fail(inspections.Invalid, "json.value")
}
