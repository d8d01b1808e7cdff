package reports

import (
	"context"
	"strings"
)

// publicHosts are mail providers open to anybody: papers of an office do not belong on their servers.
var publicHosts = []string{
	"qq.com", "foxmail.com", "163.com", "126.com", "yeah.net", "sina.com", "sina.cn", "sohu.com", "139.com", "189.cn", "aliyun.com",
	"gmail.com", "outlook.com", "hotmail.com", "yahoo.com", "icloud.com",
}

// PublicMail reports whether an address lies with a provider open to anybody, a host below one of theirs included.
func PublicMail(address string) bool {
	_, host, _ := strings.Cut(strings.ToLower(address), "@")
	for _, p := range publicHosts {
		if host == p || strings.HasSuffix(host, "."+p) {
			return true
		}
	}
	return false
}

// PublicReaders lists the bulletin's readers whose address lies with such a provider.
func (p *Press) PublicReaders(ctx context.Context) ([]Recipient, error) {
	var found []Recipient
	err := p.View(ctx, func(tx Tx) error {
		found = nil
		set, err := settings(tx)
		if err != nil {
			return err
		}
		list, err := readers(tx, set, tx.Now().Date())
		for _, r := range list {
			if PublicMail(r.email) {
				found = append(found, Recipient{r.to, r.name})
			}
		}
		return err
	})
	return found, err
}
