package demo

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io"
	"strings"

	"anfang.example/inspections"
	"anfang.example/inspections/calendar"
	"anfang.example/inspections/intake"
)

// The county's roster of 2025 and its ledgers of two months; townships and villages are real, everything
// about persons is invented.
//
//go:embed county
var county embed.FS

// ledgers names the file of each month the demo has.
var ledgers = map[string]string{"2025-03": "county/2025-03.csv.gz", "2025-10": "county/2025-10.xlsx"}

// Months lists the months the demo can run.
func Months() []string { return []string{"2025-03", "2025-10"} }

func rosterFile() (intake.File, error) {
	data, err := county.ReadFile("county/roster.xlsx")
	return intake.File{Name: "roster.xlsx", Data: data}, err
}

// ledgerFile gives a month's ledger as a township's office would send it. Error: Invalid for a month the
// demo does not have.
func ledgerFile(m calendar.Month) (intake.File, error) {
	path, ok := ledgers[m.String()]
	if !ok {
		return intake.File{}, inspections.Fail(inspections.Invalid, "demo.month", "month", m.String(), "known", strings.Join(Months(), ", "))
	}
	data, err := county.ReadFile(path)
	if err != nil {
		return intake.File{}, err
	}
	name := strings.TrimPrefix(path, "county/")
	if plain, zipped := strings.CutSuffix(name, ".gz"); zipped {
		z, err := gzip.NewReader(bytes.NewReader(data))
		if err != nil {
			return intake.File{}, err
		}
		if data, err = io.ReadAll(z); err != nil {
			return intake.File{}, err
		}
		name = plain
	}
	return intake.File{Name: name, Data: data}, nil
}

func sha(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
