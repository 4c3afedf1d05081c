package cataloguetest

import (
	"errors"
	"net/http"
	"net/url"

	"github.com/verktoykatalog/verktoy/internal/inprocess"
)

// Client reaches the API at [API.Address] without a network; other addresses are errors. It has no time limit of its own and leaves
// nothing running: make as many as you like.
func (a *API) Client() *http.Client { return &http.Client{Transport: inprocess.Transport(a.route)} }

var errNoRoute = errors.New("cataloguetest: no such address in this test")

func (a *API) route(to *url.URL) (http.Handler, error) {
	if to.Scheme+"://"+to.Host != a.cfg.Address {
		return nil, errNoRoute
	}
	return a, nil
}
