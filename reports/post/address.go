package post

import (
	"net"
	"strings"

	"golang.org/x/net/idna"

	"anfang.example/inspections"
)

// wireAddress gives an address as it goes over the wire: the domain in ASCII, 县.中国 as xn--….  Errors for
// people: Invalid mail.local_part for a name before the @ beyond ASCII, which only servers with SMTPUTF8
// take and few have; Invalid mail.bad_address for everything else that cannot be an address.
func wireAddress(s string) (string, error) {
	at := strings.LastIndexByte(s, '@')
	if at <= 0 || hasControl(s) {
		return "", inspections.Fail(inspections.Invalid, "mail.bad_address", "address", oneLine(s))
	}
	local, domain := s[:at], s[at+1:]
	if beyondASCII(local) {
		return "", inspections.Fail(inspections.Invalid, "mail.local_part", "address", oneLine(s), "local", oneLine(local))
	}
	if beyondASCII(domain) {
		ascii, err := idna.Lookup.ToASCII(domain)
		if err != nil {
			return "", inspections.Fail(inspections.Invalid, "mail.bad_address", "address", oneLine(s)).Because(err)
		}
		domain = ascii
	}
	if whole := local + "@" + domain; plainAddress(whole) {
		return whole, nil
	}
	return "", inspections.Fail(inspections.Invalid, "mail.bad_address", "address", oneLine(s))
}

// wireHost gives a server's name as it is dialled and stands in its certificate. IP addresses stay, with
// or without the brackets of an IPv6 one.
func wireHost(host string) string {
	if bare := strings.Trim(host, "[]"); net.ParseIP(bare) != nil {
		return bare
	}
	if ascii, err := idna.Lookup.ToASCII(host); err == nil && beyondASCII(host) {
		return ascii
	}
	return host
}

func beyondASCII(s string) bool {
	return strings.IndexFunc(s, func(c rune) bool { return c >= 0x80 }) >= 0
}
