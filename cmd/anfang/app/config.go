package app

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io/fs"
	"net"
	"net/mail"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"anfang.example/inspections"
)

// ConfigFile is the name of the configuration in the data directory.
const ConfigFile = "anfang.yaml"

// Config is what the program must know before it can open its records; what may change with the office
// is a dated setting in the database. Precedence: flag, ANFANG_* variable, file, default.
type Config struct {
	Data   string               `yaml:"-"` // data directory
	County inspections.CountyID `yaml:"county"`
	Lang   string               `yaml:"lang"`
	DSN    string               `yaml:"dsn,omitempty"`
	HTTP   HTTPConfig           `yaml:"http"`
	Mail   MailConfig           `yaml:"mail"`
	Inbox  InboxConfig          `yaml:"inbox,omitempty"`
}

// InboxConfig names the folder whose files are taken in by themselves. Without one nothing is watched.
type InboxConfig struct {
	Folder string `yaml:"folder,omitempty"` // from the data directory
}

// HTTPConfig says where the portal listens.
type HTTPConfig struct {
	Address string `yaml:"address"`
	URL     string `yaml:"url,omitempty"` // as readers of letters reach it
}

// MailConfig says how letters leave. Without a server they wait in the outbox, or lie in Folder.
type MailConfig struct {
	From     string `yaml:"from"`
	FromName string `yaml:"from_name,omitempty"`
	ReplyTo  string `yaml:"reply_to,omitempty"`
	Server   string `yaml:"server,omitempty"` // host:port
	Security string `yaml:"security"`         // starttls, tls, or none (loopback only)
	User     string `yaml:"user,omitempty"`
	Password string `yaml:"password,omitempty"` // better in ANFANG_MAIL_PASSWORD
	Name     string `yaml:"name,omitempty"`     // what we call ourselves to the server
	CA       string `yaml:"ca,omitempty"`       // PEM file with the server's own authority, from the data directory
	Folder   string `yaml:"folder,omitempty"`   // file drop instead of a server
	Sendmail string `yaml:"sendmail,omitempty"` // program instead of a server, e.g. /usr/sbin/sendmail
	// Archive is where copies of what left stand; it settles letters in doubt.
	Archive ArchiveConfig `yaml:"archive,omitempty"`
}

// ArchiveConfig says where the archive mailbox is read over IMAP. Without a server there is none.
type ArchiveConfig struct {
	Server   string `yaml:"server,omitempty"`   // host:port
	Security string `yaml:"security,omitempty"` // starttls, tls, or none (loopback only); "" gives tls
	User     string `yaml:"user,omitempty"`
	Password string `yaml:"password,omitempty"` // better in ANFANG_MAIL_ARCHIVE_PASSWORD
	Folder   string `yaml:"folder,omitempty"`   // e.g. of sent mail; "" gives INBOX
	Returned string `yaml:"returned,omitempty"` // folder to which letters come back, e.g. INBOX; "" nobody looks
	CopyTo   string `yaml:"copy_to,omitempty"`  // address that gets a copy of each letter; "" the server keeps them itself
}

// DefaultCounty is the county of the notice; init takes another with --county.
const DefaultCounty inspections.CountyID = 431023

// DefaultConfig is what init writes.
func DefaultConfig() Config {
	return Config{
		County: DefaultCounty, Lang: "zh",
		HTTP: HTTPConfig{Address: "127.0.0.1:8017"},
		Mail: MailConfig{From: "anfang@example.com", Security: "starttls"},
	}
}

// LoadConfig reads file, or the configuration in the data directory; a missing one in the data directory
// gives the defaults. Unknown keys and wrong values are refused with their place.
func LoadConfig(data, file string, env func(string) string) (Config, error) {
	c := DefaultConfig()
	named := file != ""
	if !named {
		file = filepath.Join(data, ConfigFile)
	}
	raw, err := os.ReadFile(file)
	switch {
	case err == nil:
		d := yaml.NewDecoder(strings.NewReader(string(raw)))
		d.KnownFields(true)
		if err := d.Decode(&c); err != nil && strings.TrimSpace(string(raw)) != "" {
			return c, yamlFault(file, err)
		}
	case errors.Is(err, fs.ErrNotExist) && !named:
	default:
		return c, inspections.Fail(inspections.Invalid, "config.no_file", "file", file).Because(err)
	}
	c.Data = data
	if err := c.fromEnv(env); err != nil {
		return c, err
	}
	for _, folder := range []*string{&c.Mail.Folder, &c.Inbox.Folder} {
		if *folder != "" && !filepath.IsAbs(*folder) {
			*folder = filepath.Join(data, *folder) // wherever the program is started from
		}
	}
	return c, c.check(file)
}

// What the library says of a key or a value that does not fit.
var (
	yamlLine    = regexp.MustCompile(`^yaml: line (\d+): (found|did not find|could not find|mapping values|block)`)
	yamlUnknown = regexp.MustCompile(`line (\d+): field (\S+) not found in type`)
	yamlKind    = regexp.MustCompile("line (\\d+): cannot unmarshal !!\\w+ `([^`]*)` into")
)

// yamlFault says which line of the configuration is wrong, and why.
func yamlFault(file string, err error) error {
	text := err.Error()
	if m := yamlUnknown.FindStringSubmatch(text); m != nil {
		return inspections.Fail(inspections.Invalid, "config.unknown_key", "file", file, "line", m[1], "key", m[2]).Because(err)
	}
	if m := yamlKind.FindStringSubmatch(text); m != nil && !strings.Contains(text, "into app.Config") { // else it is no configuration at all
		return inspections.Fail(inspections.Invalid, "config.wrong_kind", "file", file, "line", m[1], "value", m[2]).Because(err)
	}
	if m := yamlLine.FindStringSubmatch(text); m != nil {
		key := "config.syntax"
		if strings.Contains(text, "cannot start any token") {
			key = "config.tab"
		}
		return inspections.Fail(inspections.Invalid, key, "file", file, "line", m[1]).Because(err)
	}
	reason := strings.TrimPrefix(strings.ReplaceAll(text, "\n", " "), "yaml: ")
	return inspections.Fail(inspections.Invalid, "config.unreadable", "file", file, "reason", reason).Because(err)
}

func (c *Config) fromEnv(env func(string) string) error {
	for name, to := range map[string]*string{
		"ANFANG_LANG": &c.Lang, "ANFANG_DSN": &c.DSN, "ANFANG_HTTP_ADDRESS": &c.HTTP.Address, "ANFANG_HTTP_URL": &c.HTTP.URL,
		"ANFANG_MAIL_SERVER": &c.Mail.Server, "ANFANG_MAIL_USER": &c.Mail.User, "ANFANG_MAIL_PASSWORD": &c.Mail.Password,
		"ANFANG_MAIL_FROM": &c.Mail.From, "ANFANG_MAIL_SECURITY": &c.Mail.Security, "ANFANG_MAIL_FOLDER": &c.Mail.Folder,
		"ANFANG_MAIL_CA": &c.Mail.CA, "ANFANG_MAIL_ARCHIVE_PASSWORD": &c.Mail.Archive.Password, "ANFANG_MAIL_SENDMAIL": &c.Mail.Sendmail,
		"ANFANG_INBOX_FOLDER": &c.Inbox.Folder,
	} {
		if v := env(name); v != "" {
			*to = v
		}
	}
	if v := env("ANFANG_COUNTY"); v != "" {
		n, err := strconv.ParseInt(v, 10, 64)
		if err != nil {
			return inspections.Fail(inspections.Invalid, "config.county", "value", v)
		}
		c.County = inspections.CountyID(n)
	}
	return nil
}

// maxCounty keeps division codes at six digits; the draw hashes the number.
const maxCounty = 999999

// securities are how mail may be kept from being read on its way.
var securities = []string{"starttls", "tls", "none"}

func (c *Config) check(file string) error {
	bad := func(key, value string) error {
		return inspections.Fail(inspections.Invalid, "config.value", "file", file, "key", key, "value", value)
	}
	if c.County < 1 || c.County > maxCounty {
		return inspections.Fail(inspections.Invalid, "config.county", "value", int64(c.County))
	}
	if c.Lang != "zh" && c.Lang != "en" {
		return bad("lang", c.Lang)
	}
	if _, err := mail.ParseAddress(c.Mail.From); err != nil {
		return bad("mail.from", c.Mail.From)
	}
	choice := func(key, value string) error {
		return inspections.Fail(inspections.Invalid, "config.choice", "file", file, "key", key, "value", value, "choices", strings.Join(securities, ", "))
	}
	if !slices.Contains(securities, c.Mail.Security) {
		return choice("mail.security", c.Mail.Security)
	}
	server := func(key, value string) error {
		if _, port, err := net.SplitHostPort(value); err != nil || !isPort(port) {
			return inspections.Fail(inspections.Invalid, "config.server", "file", file, "key", key, "value", value)
		}
		return nil
	}
	if c.Mail.Server != "" {
		if err := server("mail.server", c.Mail.Server); err != nil {
			return err
		}
	}
	if a := c.Mail.Archive; a.Server != "" {
		if err := server("mail.archive.server", a.Server); err != nil {
			return err
		}
		if a.Security != "" && !slices.Contains(securities, a.Security) {
			return choice("mail.archive.security", a.Security)
		}
	}
	if c.Mail.Archive.Returned != "" && c.Mail.Archive.Server == "" {
		return bad("mail.archive.server", "") // nobody would look into that folder
	}
	if to := c.Mail.Archive.CopyTo; to != "" {
		if _, err := mail.ParseAddress(to); err != nil {
			return bad("mail.archive.copy_to", to)
		}
	}
	if c.Inbox.Folder != "" && !c.inboxApart() {
		return bad("inbox.folder", c.Inbox.Folder)
	}
	if c.Mail.CA != "" {
		if _, err := c.authority(); err != nil {
			return inspections.Fail(inspections.Invalid, "config.ca", "file", c.Mail.CA).Because(err)
		}
	}
	return nil
}

// inboxApart reports whether nothing of the program's own lies in the watched folder, where it would be moved away.
func (c *Config) inboxApart() bool {
	data, err := filepath.Abs(c.Data)
	if err != nil {
		return false
	}
	folder, err := filepath.Abs(c.Inbox.Folder)
	if err != nil {
		return false
	}
	above, err := filepath.Rel(folder, data) // "." or below: the records are in it
	if err != nil {
		return true // another disk
	}
	inside, err := filepath.Rel(data, folder)
	first, _, _ := strings.Cut(filepath.ToSlash(inside), "/")
	return c.Inbox.Folder != c.Mail.Folder && above != "." && strings.HasPrefix(filepath.ToSlash(above), "..") && (err != nil || first != "keys")
}

func isPort(s string) bool {
	n, err := strconv.Atoi(s)
	return err == nil && n > 0 && n < 65536
}

// authority reads the mail server's own authority beside those of the machine; nil where none is set.
func (c *Config) authority() (*tls.Config, error) {
	if c.Mail.CA == "" {
		return nil, nil
	}
	file := c.Mail.CA
	if !filepath.IsAbs(file) {
		file = filepath.Join(c.Data, file)
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool()
	}
	if !pool.AppendCertsFromPEM(raw) {
		return nil, errors.New("no certificate in PEM")
	}
	return &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}, nil
}

// Write puts the configuration into the data directory, readable to its owner only: it may hold a password.
func (c *Config) Write() error {
	raw, err := yaml.Marshal(c)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(c.Data, ConfigFile), raw, 0o600)
}
