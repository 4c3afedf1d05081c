package launchtest

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// goodLogins: the citizens who act for themselves, one with each relation to themselves.
func (s *loginSuite) goodLogins() {
	before := len(s.sim.Requests())
	g := s.newGuest()
	for _, c := range []struct{ name, citizen string }{{goodLogin, "per"}, {"good login of a citizen of 14", "ine"}, {"good login of a citizen with a hidden address", "hilde"}} {
		g = s.newGuest()
		s.step("N47", c.name, want{}, s.login(g, c.citizen, ""))
	}
	missed := s.missed(before, g)
	s.holds("L-1", "requests to Helsenorge", "none that it refuses: ui_locales nb, form_post, S256, state and nonce of 10 to 1000 characters, an assertion of less than 120 s",
		len(missed) == 0, strings.Join(missed, "; "))
}

// demands: what one login's requests say, beside those of another.
func (s *loginSuite) demands() {
	pars, tokens := s.wire.asked(EndpointPAR, 0), s.wire.asked(EndpointToken, 0)
	for _, f := range []struct {
		rows, field string
		forms       []url.Values
	}{{"L-1 N47", "state", pars}, {"L-1 N51", "nonce", pars}, {"L-1", "code_challenge", pars}, {"L-2", "code_verifier", tokens}} {
		seen := map[string]bool{}
		for _, form := range f.forms {
			seen[form.Get(f.field)] = true
		}
		s.holds(f.rows, f.field+" of several logins", "a new one each time", len(seen) == len(f.forms), "one was there before")
	}
	s.holds("L-2", "client_id beside the client assertion", "none at the token endpoint",
		!slices.ContainsFunc(tokens, func(form url.Values) bool { return form.Has("client_id") }), "it is there")
}

// cookies looks at what the start and the callback leave in the browser.
func (s *loginSuite) cookies() {
	g := s.newGuest()
	s.login(g, "per", "")
	trips := g.seen()
	var start, session []*http.Cookie
	for _, t := range trips {
		if last := callbackOf([]trip{t}, s.target.Callback); last != nil {
			session = append(session, t.cookies...)
		} else if len(session) == 0 {
			start = append(start, t.cookies...)
		}
	}
	s.loginCookie(start)
	s.readable(append(slices.Clone(start), session...))
	const rows, name, wanted = "L-3", "session cookie", "__Host-, Secure, HttpOnly, SameSite, Path=/, no Domain"
	if len(session) == 0 {
		s.add(rows, name, text(wanted), NotJudged, "the tool sets no cookie at its callback")
		return
	}
	missing := lacking(session, s.plain(), http.SameSiteLaxMode, http.SameSiteStrictMode)
	s.holds(rows, name, wanted, len(missing) == 0, "without "+strings.Join(missing, ", "))
}

// loginCookie: what goes along with Helsenorge's post is SameSite=None; others are not looked at.
func (s *loginSuite) loginCookie(set []*http.Cookie) {
	along := slices.DeleteFunc(slices.Clone(set), func(c *http.Cookie) bool { return c.SameSite != http.SameSiteNoneMode })
	missing := lacking(along, s.plain(), http.SameSiteNoneMode)
	if len(along) == 0 {
		missing = []string{"a cookie"}
	}
	s.holds("L-3 N48", "cookie of a login under way", "__Host-, Secure, HttpOnly, SameSite=None, Path=/, no Domain", len(missing) == 0, "without "+strings.Join(missing, ", "))
}

// plain says that the tool is tried without https on this machine.
func (s *loginSuite) plain() bool { return strings.HasPrefix(s.target.Start, "http:") }

// readable: whoever reads a cookie must not learn what ties the login together.
func (s *loginSuite) readable(set []*http.Cookie) {
	pars, tokens := s.wire.asked(EndpointPAR, 0), s.wire.asked(EndpointToken, 0)
	secrets := map[string]string{"state": pars[len(pars)-1].Get("state"), "nonce": pars[len(pars)-1].Get("nonce")}
	if len(tokens) > 0 {
		secrets["code_verifier"] = tokens[len(tokens)-1].Get("code_verifier")
	}
	for _, name := range []string{"state", "nonce", "code_verifier"} {
		shown := slices.ContainsFunc(set, func(c *http.Cookie) bool { return secrets[name] != "" && shows(c.Name+" "+c.Value, secrets[name]) })
		s.holds("L-3", name+" in a cookie", "not to be read", !shown, "it can be read")
	}
}

// shows says whether a text holds a secret, as it is or in base64.
func shows(value, secret string) bool {
	plain, err := url.QueryUnescape(value)
	if err != nil {
		plain = value
	}
	if strings.Contains(value, secret) || strings.Contains(plain, secret) {
		return true
	}
	return slices.ContainsFunc(strings.FieldsFunc(plain, func(r rune) bool { return strings.ContainsRune(" .|:,=", r) }), func(part string) bool {
		for _, alphabet := range []*base64.Encoding{base64.RawURLEncoding, base64.RawStdEncoding} {
			if data, err := alphabet.DecodeString(part); err == nil && strings.Contains(string(data), secret) {
				return true
			}
		}
		return false
	})
}
