package launchtest

import (
	"crypto/rand"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// requestURN begins every request_uri. RFC 9126, section 2.2.
const requestURN = "urn:ietf:params:oauth:request_uri:"

// par takes a pushed request. RFC 9126, section 2; Helsenorge, "/par".
func (h *Helsenorge) par(x *exchange, client HelsenorgeClient) error {
	if h.misbehaves(BadPARFailsOnce) {
		return refuse(http.StatusServiceUnavailable, "temporarily_unavailable", "another try with a new assertion")
	}
	if !x.form.Has("client_id") {
		return invalid("client_id")
	}
	p, err := h.readPushed(client, x.form)
	if err != nil {
		return err
	}
	p.expires = x.now.Add(h.cfg.RequestLife)
	uri := requestURN + rand.Text()
	h.mu.Lock()
	h.state.pushed[uri] = p
	h.secret(uri)
	h.mu.Unlock()
	answer := map[string]any{"request_uri": uri, "expires_in": int(h.cfg.RequestLife / time.Second)}
	if h.misbehaves(BadPARRequestURI) {
		delete(answer, "request_uri")
	}
	x.json(http.StatusCreated, answer)
	return nil
}

func (h *Helsenorge) readPushed(client HelsenorgeClient, form url.Values) (pushed, error) {
	scopes := strings.Fields(form.Get("scope"))
	p := pushed{client: client.ID, redirectURI: form.Get("redirect_uri"), state: form.Get("state"), nonce: form.Get("nonce"),
		challenge: form.Get("code_challenge"), offline: client.Refresh && slices.Contains(scopes, "offline_access")}
	switch {
	case form.Has("request_uri") || form.Has("request"):
		return p, invalid("neither request_uri nor request in a pushed request")
	case !form.Has("redirect_uri"):
		return p, invalid("redirect_uri")
	case !slices.Contains(client.RedirectURIs, p.redirectURI):
		return p, invalid("204019 - Fant ingen match på RedirectUri")
	case form.Get("response_type") != "code":
		return p, refuse(http.StatusBadRequest, "unsupported_response_type", "response_type code")
	case form.Get("response_mode") != "form_post":
		return p, invalid("response_mode form_post")
	case !tenToThousand(p.state):
		return p, invalid("a state of 10 to 1000 visible characters")
	case !tenToThousand(p.nonce):
		return p, invalid("a nonce of 10 to 1000 visible characters")
	case form.Get("ui_locales") != "nb":
		return p, invalid("ui_locales nb")
	case !slices.Contains(scopes, "openid"):
		return p, refuse(http.StatusBadRequest, "invalid_scope", "a scope with openid")
	case form.Get("code_challenge_method") != "S256":
		return p, invalid("code_challenge_method S256")
	case !isChallenge(p.challenge):
		return p, invalid("a code_challenge that is a SHA-256 digest in base64url")
	}
	return p, nil
}

// tenToThousand also wants the characters of RFC 6749, appendix A.5.
func tenToThousand(s string) bool {
	visible := !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r > '~' })
	n := utf8.RuneCountInString(s)
	return visible && n >= 10 && n <= 1000
}
