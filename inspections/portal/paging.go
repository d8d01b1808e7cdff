package portal

import (
	"net/http"
	"strconv"
)

// paging cuts a list into pages of pageSize; the address says which one.
type paging struct {
	Total       int
	From, Until int    // of the slice
	Back, On    string // addresses of the pages before and after, "" none
}

func pagingOf(r *http.Request, total int) paging {
	q := r.URL.Query()
	page, err := strconv.Atoi(q.Get("page"))
	if err != nil || page < 1 || (page-1)*pageSize >= max(total, 1) {
		page = 1
	}
	p := paging{Total: total, From: (page - 1) * pageSize}
	p.Until = min(total, p.From+pageSize)
	link := func(n int) string {
		q.Set("page", strconv.Itoa(n))
		q.Del("done")
		return "?" + q.Encode()
	}
	if page > 1 {
		p.Back = link(page - 1)
	}
	if p.Until < total {
		p.On = link(page + 1)
	}
	return p
}
