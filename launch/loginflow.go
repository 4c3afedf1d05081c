package launch

import (
	"context"
	"crypto/subtle"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// maxContext is the greatest size of the start address' query, in bytes.
const maxContext = 1 << 10

// starts gives the profile whose start address this is, if it is one.
func (h *Handler) starts(r *http.Request) LoginProfile {
	return h.loginAt(r, LoginProfile.StartPath)
}

// answers gives the profile whose callback address this is, if it is one.
func (h *Handler) answers(r *http.Request) LoginProfile {
	return h.loginAt(r, LoginProfile.CallbackPath)
}

func (h *Handler) loginAt(r *http.Request, path func(LoginProfile) string) LoginProfile {
	for _, p := range h.cfg.Logins {
		if r.URL.Path == path(p) {
			return p
		}
	}
	return nil
}

// begin sends the browser to the provider, with a cookie to know it by when it
// comes back. It does so even when there is a session: the person who starts
// the tool now may be another one.
func (h *Handler) begin(w http.ResponseWriter, r *http.Request, p LoginProfile) {
	query, err := h.startContext(w, r)
	var address string
	if err == nil {
		address, err = h.prepare(w, r, p, query)
	} else {
		query = nil // nothing of what was refused goes into the page
	}
	if err != nil {
		h.refuse(w, r, p.ID(), h.again(p.ID(), &Launch{Context: query}), asError(err, KindLoginUnavailable, "the login's provider"))
		return
	}
	h.cfg.Logger.InfoContext(r.Context(), "login begun", "profile", p.ID(), "issuer", p.Issuer())
	http.Redirect(w, r, address, http.StatusSeeOther)
}

func (h *Handler) prepare(w http.ResponseWriter, r *http.Request, p LoginProfile, query url.Values) (string, error) {
	earlier, err := h.session(r)
	if err != nil {
		return "", err
	}
	now := h.cfg.Now()
	login := newLogin(now, query)
	ctx, cancel := context.WithTimeout(r.Context(), h.cfg.LoginTimeout)
	defer cancel()
	address, err := p.Begin(ctx, login, now)
	if err != nil {
		return "", err
	}
	to, err := url.Parse(address)
	if err != nil || to.Host == "" {
		return "", Refuse(KindLoginUnavailable, "an absolute address of the provider", nil)
	}
	name, value, err := newSealedLogin(p.ID(), originOf(to), r.URL.RawQuery, earlier, login).seal(h.cfg.CookieKeys[0])
	if err != nil {
		return "", err
	}
	makeRoom(w, r, h.cfg.CookieKeys, len(value), now)
	http.SetCookie(w, loginCookie(name, value, LoginLifetime))
	return address, nil
}

// maxSession is the greatest length of a session's name, in bytes.
const maxSession = 512

func (h *Handler) session(r *http.Request) (string, error) {
	if h.cfg.Session == nil {
		return "", nil
	}
	name := h.cfg.Session(r)
	if len(name) > maxSession {
		return "", Refuse(KindLoginUnavailable, "a Session of at most 512 bytes", nil)
	}
	return name, nil
}

// startContext reads the start address' query, which is the tool's own business.
func (h *Handler) startContext(w http.ResponseWriter, r *http.Request) (url.Values, error) {
	if r.Method != http.MethodGet {
		w.Header().Set("Allow", http.MethodGet)
		return nil, notALaunch(http.StatusMethodNotAllowed, "GET")
	}
	if !navigates(r.Header) {
		return nil, notALaunch(0, "a browser that goes to the page itself")
	}
	if len(r.URL.RawQuery) > maxContext {
		return nil, notALaunch(0, "a query of at most 1 KiB")
	}
	query, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, notALaunch(0, "an address that can be read")
	}
	if len(query) == 0 {
		query = nil
	}
	for _, values := range query {
		if len(values) > 1 {
			return nil, notALaunch(0, "every part of the address once")
		}
	}
	return query, h.noLaunch(query)
}

// resume takes the provider's answer.
func (h *Handler) resume(w http.ResponseWriter, r *http.Request, p LoginProfile, form url.Values) (*Launch, error) {
	if slices.ContainsFunc(h.cfg.Profiles, func(other Profile) bool { return other.Match(form) }) {
		return nil, Refuse(KindRequest, "the fields of one kind of launch", nil)
	}
	state, now := form.Get("state"), h.cfg.Now()
	l := &Launch{Issuer: p.Issuer(), MessageID: loginID(state), Profile: p.ID()}
	sealed, known := h.pending(w, r, state)
	switch {
	case !known || sealed.Profile != p.ID() || sealed.over(now):
		return l, Refuse(KindState, "a login that this browser began in the last "+LoginLifetime.String(), nil)
	case !h.cameFrom(r, sealed.Origin):
		return &Launch{Context: sealed.context()}, Refuse(KindState, "an answer that the provider's page sent", nil)
	}
	l.Context = sealed.context()
	// An answer is used up before its code is: twice at once, the second use of a
	// code would end what came of the first (RFC 6749, section 4.1.2). Only the
	// browser that began the login gets here.
	if err := h.consume(r.Context(), l, sealed.login().Started.Add(LoginLifetime+MaxSkew)); err != nil {
		return l, err
	}
	ctx, cancel := context.WithTimeout(r.Context(), h.cfg.LoginTimeout)
	defer cancel()
	got, err := p.Resume(ctx, sealed.login(), form, now)
	if err == nil && got == nil {
		err = Refuse(KindLoginUnavailable, "a launch", nil)
	}
	if err != nil {
		return l, asError(err, KindLoginUnavailable, "the login's provider")
	}
	got.Issuer, got.MessageID, got.Context, got.Earlier = l.Issuer, l.MessageID, l.Context, NewSecret(string(sealed.Earlier))
	if err := h.cfg.Policy.check(got); err != nil {
		if d, can := p.(Discarder); can {
			d.Discard(ctx, got)
		}
		return l, err
	}
	return got, nil
}

// pending opens the login's cookie and takes it from the browser: the answer is good once.
func (h *Handler) pending(w http.ResponseWriter, r *http.Request, state string) (sealedLogin, bool) {
	c, err := r.Cookie(cookieName(state))
	if err != nil || state == "" {
		return sealedLogin{}, false
	}
	dropCookie(w, c.Name)
	s, good := unseal(h.cfg.CookieKeys, c)
	return s, good && subtle.ConstantTimeCompare([]byte(s.State), []byte(state)) == 1
}

// cameFrom says whether the page that posted the answer is the provider's, if the
// browser says which it was. "null" is what it says of a page with no-referrer.
func (h *Handler) cameFrom(r *http.Request, origin string) bool {
	said := r.Header.Get("Origin")
	return said == "" || said == "null" || said == origin || slices.Contains(h.cfg.CallbackOrigins, said)
}

// originOf is how browsers write an origin: in small letters, without the port
// that goes without saying. RFC 6454, section 6.1.
func originOf(u *url.URL) string {
	host := strings.ToLower(u.Host)
	if port := u.Port(); u.Scheme == "https" && port == "443" || u.Scheme == "http" && port == "80" {
		host = strings.TrimSuffix(host, ":"+port)
	}
	return strings.ToLower(u.Scheme) + "://" + host
}
