package reports_test

import (
	"testing"

	"anfang.example/inspections"
	"anfang.example/inspections/store"
	"anfang.example/reports"
)

func TestReadersAtPublicProvidersAreFound(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]bool{
		"a@example.com": false, "a@QQ.com": true, "a@vip.163.com": true, "a@myqq.com": false, "a@qq.com.example.com": false, "": false,
	} {
		if got := reports.PublicMail(address); got != want {
			t.Errorf("%s: got %v, want %v", address, got, want)
		}
	}
	p := open(t, true)
	if found, err := p.PublicReaders(t.Context()); err != nil || len(found) != 0 {
		t.Errorf("got %v, %v, want none", found, err)
	}
	p.do(t, func(tx *store.Tx) error {
		return tx.AddUser(&inspections.User{Login: "two", Name: "王局", Role: inspections.RoleLeader, Email: "x@" + "qq.com", Password: "-", Created: tx.Now()})
	})
	if found, err := p.PublicReaders(t.Context()); err != nil || len(found) != 1 || found[0].Name != "王局" {
		t.Errorf("got %v, %v", found, err)
	}
}
