package retrying

import (
	"errors"
	"net/http"

	"github.com/verktoykatalog/verktoy/internal/outbound"
)

// ErrElsewhere is what an answer from another address than the one that was asked gives.
var ErrElsewhere = errors.New("want an answer from the address itself, and no redirect")

// Direct is a [Config.Next] that sends with the client and adds nothing. It
// follows no redirect, and refuses the answer of a client that did: it would be
// another's.
func Direct(client outbound.Doer) outbound.Doer { return direct{outbound.Staying(client)} }

type direct struct{ client outbound.Doer }

// Do sends one attempt.
func (d direct) Do(r *http.Request) (*http.Response, error) {
	resp, err := outbound.Send(d.client, r)
	if err != nil {
		return nil, err
	}
	if outbound.Elsewhere(resp, r.URL.String()) {
		_ = resp.Body.Close()
		return nil, Final(ErrElsewhere)
	}
	return resp, nil
}
