package launchtest

import (
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"
)

// maxForm is the greatest size of a request's body.
const maxForm = 64 << 10

// readForm takes a form in the body, every field once, and nothing in the address.
func (h *Helsenorge) readForm(x *exchange) error {
	kind, _, err := mime.ParseMediaType(x.r.Header.Get("Content-Type"))
	if err != nil || kind != "application/x-www-form-urlencoded" {
		return refuse(http.StatusUnsupportedMediaType, "invalid_request", "an application/x-www-form-urlencoded body")
	}
	if x.r.URL.RawQuery != "" {
		return invalid("every field in the body, none in the address")
	}
	body, err := io.ReadAll(io.LimitReader(x.r.Body, maxForm+1))
	if err != nil {
		return invalid("a body that can be read")
	}
	if len(body) > maxForm {
		return refuse(http.StatusRequestEntityTooLarge, "invalid_request", "at most 64 KiB")
	}
	if x.form, err = url.ParseQuery(string(body)); err != nil {
		return invalid("a form that can be read")
	}
	h.remember(x.form)
	return once(x.form)
}

func once(form url.Values) error {
	for name, values := range form {
		if len(values) > 1 {
			return invalid(known(name) + " once")
		}
	}
	return nil
}

// known gives the name of a field that has a meaning here. Others are not said
// again: they may be secrets that came to the wrong place.
func known(name string) string {
	if strings.Contains(" client_id redirect_uri response_type response_mode state nonce ui_locales scope code_challenge code_challenge_method "+
		"client_assertion client_assertion_type grant_type code code_verifier token token_type_hint refresh_token request_uri request ", " "+name+" ") {
		return "the field " + name
	}
	return "every field"
}

// remember notes the secrets of a request, good or bad.
func (h *Helsenorge) remember(form url.Values) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, name := range []string{"state", "nonce", "client_assertion", "code", "code_verifier", "token", "refresh_token", "request_uri"} {
		h.secret(form[name]...)
	}
}

// forClients reads the form and the client assertion before the answer.
func (h *Helsenorge) forClients(answer func(*exchange, HelsenorgeClient) error) func(*exchange) error {
	return func(x *exchange) error {
		if err := h.readForm(x); err != nil {
			return err
		}
		client, err := h.authenticate(x)
		if err == nil {
			err = h.ordered(x.seen.Endpoint)
		}
		if err != nil {
			return err
		}
		return answer(x, client)
	}
}
