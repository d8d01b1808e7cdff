package portal

import (
	"context"
	"errors"
	"net/http"

	"anfang.example/inspections"
)

// statusOf picks the HTTP status of an error by its kind.
func statusOf(err error) int {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return http.StatusRequestEntityTooLarge
	}
	var e *inspections.Error
	if errors.As(err, &e) && e.Key == "portal.slow_down" {
		return http.StatusTooManyRequests
	}
	switch inspections.KindOf(err) {
	case inspections.Invalid:
		return http.StatusUnprocessableEntity
	case inspections.NotFound:
		return http.StatusNotFound
	case inspections.Conflict:
		return http.StatusConflict
	case inspections.Forbidden:
		return http.StatusForbidden
	case inspections.Busy:
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

// problem turns an error into its page; what is internal is logged here and nowhere else, and the person
// reads one neutral sentence and the number of the request.
func (x *exchange) problem(err error) answer {
	status := statusOf(err)
	view := problemView{Text: x.words.Error(err)}
	switch {
	case errors.Is(err, context.Canceled) && x.ctx().Err() != nil:
		// The reader went away; nobody is left to tell.
	case status == http.StatusRequestEntityTooLarge:
		view.Text = x.words.T("error.portal.too_large")
	case status == http.StatusInternalServerError:
		x.p.cfg.Log.Error("portal: request failed", "request", x.id, "method", x.r.Method, "path", x.r.URL.Path, "user", x.who.ID, "error", err)
		view.Text, view.Request = x.words.T("error.internal"), x.id
	case status == http.StatusNotFound:
		// One sentence for all that is missing or hidden: it must not tell the two apart.
		view.Text = x.words.T("error.portal.no_page")
	}
	view.SignIn = x.who.ID == 0
	return answer{status: status, page: "problem", title: x.words.T("portal.problem.title"), data: view}
}

type problemView struct {
	Text    string
	Request string // number to quote; "" none
	SignIn  bool
}

// nowhere answers for addresses that do not exist.
func nowhere(*exchange) (answer, error) { return answer{}, noPage() }

func noPage() error { return inspections.Fail(inspections.NotFound, "portal.no_page") }

func forbidden(x *exchange) error {
	return inspections.Fail(inspections.Forbidden, "portal.forbidden")
}
