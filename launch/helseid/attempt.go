package helseid

import (
	"log/slog"
	"net/http"
	"net/url"
	"strings"

	"github.com/verktoykatalog/verktoy/internal/outbound"
	"github.com/verktoykatalog/verktoy/internal/retrying"
)

// attempts sends what the retrying client thinks of as one attempt.
type attempts struct{ *Client }

// Do sends the request with a token and a proof. It does so once more when the
// API wants another nonce, and once more with a new token when the API takes the
// old one no longer: both are the API's word that nothing was carried out, so
// whatever the method. NHN's APIs answer 403, too, for a token that has ended.
// Where there is no new token, the answer is the API's: the caller hears why, and
// nothing is sent again for it.
func (a attempts) Do(r *http.Request) (*http.Response, error) {
	t, err := a.source.get(r.Context(), nil)
	if err != nil {
		return nil, err
	}
	for nonced, renewed := false, false; ; {
		resp, wantsNonce, err := a.send(r, t)
		switch {
		case err != nil:
			return nil, err
		case wantsNonce && !nonced:
			nonced = true
		case wantsNonce || !refused(resp):
			return resp, nil
		case renewed:
			a.source.useless()
			return resp, nil
		case !a.source.mayDoubt():
			return resp, nil
		default:
			fresh, err := a.source.have(r.Context(), t)
			if err != nil {
				a.stuck(r, resp, err)
				return resp, nil
			}
			t, renewed = fresh, true
		}
		_ = resp.Body.Close()
		if err := again(r); err != nil {
			return nil, err
		}
	}
}

// stuck logs why a refused token was not replaced: the API's answer does not tell.
func (a attempts) stuck(r *http.Request, resp *http.Response, err error) {
	a.shared.cfg.Logger.LogAttrs(r.Context(), slog.LevelWarn, "an API refused the access token, and there is no other",
		slog.String("host", r.URL.Host), slog.Int("status", resp.StatusCode), slog.String("cause", err.Error()))
}

func refused(resp *http.Response) bool {
	return resp.StatusCode == http.StatusUnauthorized || resp.StatusCode == http.StatusForbidden
}

// again gives the request its body back.
func again(r *http.Request) (err error) {
	if r.GetBody == nil {
		return nil
	}
	if r.Body, err = r.GetBody(); err != nil {
		return retrying.Final(errBody)
	}
	return nil
}

// send sends the request once, with a proof of its own. RFC 9449, section 7.1.
func (a attempts) send(r *http.Request, t *token) (resp *http.Response, wantsNonce bool, err error) {
	out := r.Clone(r.Context())
	out.URL.Host, out.Host = wireHost(out.URL), "" // what the API sees is what the proof says
	proof, err := a.shared.proofs.proof(out.Method, out.URL, t.value)
	if err != nil {
		return nil, false, retrying.Final(err)
	}
	out.Header.Set("Authorization", "DPoP "+t.value)
	out.Header.Set("DPoP", proof)
	if out.Header.Get("User-Agent") == "" {
		out.Header.Set("User-Agent", "verktoy")
	}
	a.once(out)
	resp, err = outbound.Send(a.shared.cfg.HTTP, out)
	if err != nil {
		return nil, false, err
	}
	a.note(resp, out)
	if outbound.Elsewhere(resp, out.URL.String()) {
		_ = resp.Body.Close()
		return nil, false, &outbound.Fault{What: "want no redirect: the answer came from another address"}
	}
	fresh := a.shared.proofs.learn(out.URL, resp.Header)
	return resp, fresh && asked(resp), nil
}

func wireHost(u *url.URL) string {
	if u.Scheme == "https" {
		return plainHost(u.Host)
	}
	return u.Host
}

// asked says whether the API wants the request again with another nonce. RFC 9449, section 9.
func asked(resp *http.Response) bool {
	return resp.StatusCode == http.StatusUnauthorized &&
		strings.Contains(strings.Join(resp.Header.Values("WWW-Authenticate"), " "), "use_dpop_nonce")
}
