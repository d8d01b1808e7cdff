// Package static holds the portal's stylesheet, script and mark, so that a page needs nothing from
// another host.
package static

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"sync"
)

// Files holds the files.
//
//go:embed *.css *.js *.svg
var Files embed.FS

var hashes sync.Map // name → first 12 hex digits of the SHA-256

// Path gives the address of a file with its hash, so that browsers may keep it for good.
func Path(name string) (string, error) {
	h, err := Hash(name)
	if err != nil {
		return "", err
	}
	return "/static/" + name + "?v=" + h, nil
}

// Hash gives the first twelve hex digits of the file's SHA-256.
func Hash(name string) (string, error) {
	if h, ok := hashes.Load(name); ok {
		return h.(string), nil
	}
	raw, err := Files.ReadFile(name)
	if err != nil {
		return "", fmt.Errorf("static: %w", err)
	}
	sum := sha256.Sum256(raw)
	h := hex.EncodeToString(sum[:])[:12]
	hashes.Store(name, h)
	return h, nil
}
