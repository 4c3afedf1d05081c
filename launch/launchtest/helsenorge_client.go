package launchtest

import (
	"fmt"
	"net/http"
	"net/url"
)

// Client reaches the simulator's two hosts without a network, and nobody else:
// give it to the tool. It may be copied and given a timeout.
func (h *Helsenorge) Client() *http.Client {
	return &http.Client{Transport: network{h.cfg.API: h.api, h.cfg.Portal: h.portal}}
}

// network answers for handlers by scheme and host.
type network map[string]http.Handler

// RoundTrip implements [http.RoundTripper]. Its error names the host, and not what was asked there.
func (n network) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Body != nil {
		defer func() { _ = r.Body.Close() }()
	}
	handler := n[originOf(r.URL)]
	if handler == nil {
		return nil, fmt.Errorf("launchtest: no such host in this network: %s", originOf(r.URL))
	}
	resp, err := inProcess{handler}.Do(r)
	if r.Context().Err() != nil {
		return nil, r.Context().Err()
	}
	if err != nil {
		return nil, err
	}
	resp.Request = r
	return resp, nil
}

func originOf(u *url.URL) string { return u.Scheme + "://" + u.Host }
