package portal

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"runtime"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"

	"anfang.example/inspections"
)

// Cost of a hash (OWASP: argon2id with 19 MiB, two passes): 15–30 ms of two cores.
const (
	hashMemory = 19 * 1024 // KiB
	hashPasses = 2
	hashLanes  = 1
	saltSize   = 16
	keySize    = 32
)

// Length of a password in characters. There is no rule of composition and no rotation; thirty Han
// characters are as good as anything.
const (
	MinPassword = 8
	MaxPassword = 200
)

// HashPassword gives the encoded argon2id hash that User.Password holds, with a fresh salt.
// Error: Invalid for a password that is too short, too long or not UTF-8.
func HashPassword(password string) (string, error) {
	n := utf8.RuneCountInString(password)
	if !utf8.ValidString(password) || n < MinPassword || n > MaxPassword {
		return "", inspections.Fail(inspections.Invalid, "portal.password_length", "min", MinPassword, "max", MaxPassword)
	}
	var salt [saltSize]byte
	if _, err := rand.Read(salt[:]); err != nil {
		return "", fmt.Errorf("portal: salt: %w", err)
	}
	return encode(salt[:], argon2.IDKey([]byte(password), salt[:], hashPasses, hashMemory, hashLanes, keySize)), nil
}

func encode(salt, key []byte) string {
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, hashMemory, hashPasses, hashLanes,
		b64.EncodeToString(salt), b64.EncodeToString(key))
}

// decoy has the form of a hash and fits no password: a login that does not exist costs the same time.
var decoy = encode(make([]byte, saltSize), make([]byte, keySize))

// matches reports whether a password fits an encoded hash. A hash that cannot be read fits nothing.
func matches(encoded, password string) bool {
	parts := strings.Split(encoded, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return false
	}
	var version, memory, passes, lanes int
	if _, err := fmt.Sscanf(parts[2], "v=%d", &version); err != nil || version != argon2.Version {
		return false
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &memory, &passes, &lanes); err != nil {
		return false
	}
	// What stands in the database bounds the work, and the database is not trusted with that.
	if memory < 8 || memory > 256*1024 || passes < 1 || passes > 10 || lanes < 1 || lanes > 8 {
		return false
	}
	salt, err := base64.RawStdEncoding.DecodeString(parts[4])
	if err != nil {
		return false
	}
	want, err := base64.RawStdEncoding.DecodeString(parts[5])
	if err != nil || len(want) < 16 || len(want) > 64 {
		return false
	}
	got := argon2.IDKey([]byte(password), salt, uint32(passes), uint32(memory), uint8(lanes), uint32(len(want)))
	return subtle.ConstantTimeCompare(got, want) == 1
}

// hashing bounds how many passwords are checked at a time and how many wait.
type hashing struct {
	work, queue chan struct{}
}

func newHashing() *hashing {
	workers := max(1, runtime.GOMAXPROCS(0)/2)
	return &hashing{work: make(chan struct{}, workers), queue: make(chan struct{}, 32*workers)}
}

// check compares in the pool. Errors: Busy when too many wait; the context's.
func (h *hashing) check(ctx context.Context, encoded, password string) (bool, error) {
	select {
	case h.queue <- struct{}{}:
		defer func() { <-h.queue }()
	default:
		return false, inspections.Fail(inspections.Busy, "portal.busy")
	}
	select {
	case h.work <- struct{}{}:
		defer func() { <-h.work }()
	case <-ctx.Done():
		return false, ctx.Err()
	}
	return matches(encoded, password), nil
}
