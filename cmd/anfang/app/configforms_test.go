package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestAWrongFormOfTheMailSettingsIsToldWithTheRightOne reads files whose mail could not work.
func TestAWrongFormOfTheMailSettingsIsToldWithTheRightOne(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"security: ssl":                   "starttls, tls, none",
		"server: mail.example.com":        "config.server",
		"server: mail.example.com:letter": "config.server",
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "anfang.yaml"), []byte("mail:\n  "+text+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := LoadConfig(dir, "", func(string) string { return "" }); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want it to name %s", text, err, want)
		}
	}
}
