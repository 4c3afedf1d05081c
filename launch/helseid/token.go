package helseid

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/internal/oauth"
	"github.com/verktoykatalog/verktoy/launch"
)

// token is an access token, and when it is no longer used.
type token struct {
	value string
	ends  time.Time
}

// request asks HelseID for a token: once, and once more if it wants a nonce.
func (s *source) request(ctx context.Context) (*token, error) {
	endpoint, err := s.endpoint(ctx)
	if err != nil {
		return nil, err
	}
	for repeated := false; ; repeated = true {
		began := s.cfg.Now()
		answer, wantsNonce, err := s.post(ctx, endpoint)
		switch {
		case err == nil:
			return s.read(answer, began)
		case !wantsNonce || repeated:
			return nil, err
		}
	}
}

// endpoint is where HelseID gives tokens. Another issuer's metadata does not
// become HelseID's in a moment.
func (s *source) endpoint(ctx context.Context) (*url.URL, error) {
	server, err := s.metadata.Get(ctx)
	if err != nil {
		return nil, noToken(err, !errors.Is(err, oauth.ErrIssuer))
	}
	endpoint, err := url.Parse(server.Token)
	if err != nil || server.DPoPAlgorithms != nil && !slices.Contains(server.DPoPAlgorithms, proofAlgorithm) {
		return nil, noToken(errors.New("want a token endpoint that takes DPoP proofs with "+proofAlgorithm), false)
	}
	return endpoint, nil
}

// ready says whether a token could be asked for: HelseID is there, and the key signs.
func (s *source) ready(ctx context.Context) error {
	if _, err := s.endpoint(ctx); err != nil {
		return err
	}
	_, err := s.assertion()
	return err
}

// assertion makes one. A key that does not sign now does not in a moment: the
// error says what to do.
func (s *source) assertion() (string, error) {
	assertion, err := oauth.HelseID().AssertionWith(s.cfg.Key, s.cfg.ClientID, s.cfg.Issuer, s.cfg.Now(), s.org.claims(&s.cfg))
	if err == nil {
		return assertion, nil
	}
	advice := ""
	switch {
	case errors.Is(err, launch.ErrKeysStale):
		advice = ": call KeyRing.Tick before and every few minutes, or KeyRing.Run"
	case errors.Is(err, launch.ErrNoSigningKey):
		advice = ": register the ring's key with HelseID and call KeyRing.Confirm; after KeyRing.Revoke wait for the next key"
	case errors.Is(err, launch.ErrTokenLife):
		advice = ": want a KeyRingConfig.MaxToken of half a minute or more"
	}
	e := noToken(fmt.Errorf("the key could not sign: %w%s", err, advice), false)
	e.local = true
	return "", e
}

// post sends one token request with an assertion and a proof of its own. RFC
// 6749, section 4.4.2; RFC 9449, section 5.
func (s *source) post(ctx context.Context, endpoint *url.URL) (answer *oauth.Answer, wantsNonce bool, err error) {
	assertion, err := s.assertion()
	if err != nil {
		return nil, false, err
	}
	proof, err := s.proofs.proof(http.MethodPost, endpoint, "")
	if err != nil {
		return nil, false, noToken(err, false)
	}
	answer, err = oauth.Post(ctx, s.cfg.HTTP, endpoint.String(), s.form(assertion), http.Header{"Dpop": {proof}})
	if err != nil {
		wantsNonce, err = s.refused(endpoint, err)
		return nil, wantsNonce, err
	}
	s.proofs.learn(endpoint, answer.Header)
	return answer, false, nil
}

func (s *source) form(assertion string) url.Values {
	form := url.Values{"grant_type": {"client_credentials"}, "client_id": {s.cfg.ClientID}, "scope": {strings.Join(s.cfg.Scopes, " ")},
		"client_assertion_type": {oauth.AssertionType}, "client_assertion": {assertion}}
	if s.cfg.Resource != "" {
		form.Set("resource", s.cfg.Resource)
	}
	return form
}

// refused says whether HelseID wants the request again with another nonce (RFC
// 9449, section 8), and makes the error. A token request changes nothing: where
// its outcome is unknown, it may be repeated.
func (s *source) refused(endpoint *url.URL, err error) (wantsNonce bool, _ error) {
	var e *oauth.Error
	if !errors.As(err, &e) {
		return false, noToken(err, false)
	}
	fresh := s.proofs.learn(endpoint, e.Header)
	wantsNonce = fresh && e.Status == http.StatusBadRequest && e.Code == "use_dpop_nonce"
	return wantsNonce, noToken(err, e.Status == 0 || e.Status >= 500 || e.Status == http.StatusTooManyRequests)
}

// maxToken is the greatest length of a token, in bytes.
const maxToken = 16 << 10

// read takes the token out of the answer. RFC 6749, section 5.1; RFC 9449, section 5.
func (s *source) read(answer *oauth.Answer, began time.Time) (*token, error) {
	if rejected := answer.Texts("rejected_scope"); len(rejected) > 0 {
		return nil, s.rejected(rejected)
	}
	t := &token{value: answer.Text("access_token")}
	lifetime, known := answer.Seconds("expires_in")
	want := ""
	switch {
	case !strings.EqualFold(answer.Text("token_type"), "DPoP"):
		want = "want token_type DPoP: another token can be used by whoever reads it"
	case len(t.value) > maxToken || notScope(t.value):
		want = "want an access_token of visible characters, at most 16 KiB"
	case !s.granted(answer.Text("scope")):
		want = "want a token for all of Config.Scopes: is the client registered for them?"
	case !known:
		want = "want expires_in, a whole number of seconds"
	case lifetime <= s.cfg.Margin:
		want = fmt.Sprintf("want a token that lives longer than %v (Config.Margin)", s.cfg.Margin)
	}
	if want != "" {
		return nil, noToken(errors.New(want), false)
	}
	t.ends = began.Add(lifetime - s.cfg.Margin)
	return t, nil
}

// granted says whether a token is for all that was asked for. A server that says
// nothing has granted that. RFC 6749, section 5.1.
func (s *source) granted(scope string) bool {
	got := strings.Fields(scope)
	return len(got) == 0 || !slices.ContainsFunc(s.cfg.Scopes, func(asked string) bool { return !slices.Contains(got, asked) })
}

// rejected names the scopes that were asked for; what else the answer says is not repeated.
func (s *source) rejected(scopes []string) error {
	e := &RejectedScopeError{}
	for _, scope := range scopes {
		if slices.Contains(s.cfg.Scopes, scope) {
			e.Scopes = append(e.Scopes, scope)
		}
	}
	return e
}
