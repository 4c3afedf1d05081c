package launchtest

import (
	"errors"
	"net/http"
	"net/url"

	"github.com/verktoykatalog/verktoy/internal/inprocess"
)

// Route lets [HelseID.Client] reach a handler at an address such as
// https://api.helseid.example. It panics on an address that is not http or
// https, or has a path, as [http.Handle] does on a bad pattern.
func (h *HelseID) Route(address string, handler http.Handler) {
	origin, is := bareOrigin(address)
	if !is {
		panic("launchtest: Route wants an https or http address without a path")
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.routes[origin] = handler
}

// Client reaches the issuer, and what [HelseID.Route] has added, without a
// network; other addresses are errors. It has no time limit of its own and
// keeps nothing: make as many as you like. A handler is waited for, so it has
// to heed its context.
func (h *HelseID) Client() *http.Client {
	return &http.Client{Transport: inprocess.Transport(h.find)}
}

var errNoRoute = errors.New("launchtest: no such address in this test")

func (h *HelseID) find(to *url.URL) (http.Handler, error) {
	origin, _ := bareOrigin(to.Scheme + "://" + to.Host)
	h.mu.Lock()
	defer h.mu.Unlock()
	if handler := h.routes[origin]; handler != nil {
		return handler, nil
	}
	return nil, errNoRoute
}
