package launchtest

import (
	"crypto/rand"
	"net/http"
	"strings"
	"time"
)

// authorize takes a pushed request, once, and shows the login page. RFC 9126, section 4.
func (h *Helsenorge) authorize(x *exchange) error {
	query := x.r.URL.Query()
	h.remember(query)
	client, _ := h.client(query.Get("client_id"))
	x.seen.Client = client.ID
	if len(query) != 2 || len(query["client_id"]) != 1 || len(query["request_uri"]) != 1 {
		return invalid("client_id and request_uri, once each, and nothing else")
	}
	p, loggedIn, good := h.takePushed(x, query.Get("request_uri"))
	if !good {
		return invalid("a request_uri of this client that was not used and has not expired")
	}
	return h.loginPage(x, p, h.keepLogin(login{pushed: p, expires: x.now.Add(loginLife)}), loggedIn)
}

// takePushed finds a pushed request of the client, and who is logged in.
func (h *Helsenorge) takePushed(x *exchange, uri string) (p pushed, loggedIn string, good bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	p, there := h.state.pushed[uri]
	if !there || p.client != x.seen.Client {
		return p, "", false
	}
	delete(h.state.pushed, uri)
	return p, h.sessionOf(x).citizen, x.now.Before(p.expires)
}

// keepLogin remembers a login for the page's next button, and gives its name.
func (h *Helsenorge) keepLogin(l login) (tx string) {
	tx = rand.Text()
	h.mu.Lock()
	defer h.mu.Unlock()
	h.state.logins[tx] = l
	return tx
}

// login is the button on the login page.
func (h *Helsenorge) login(x *exchange) error {
	l, err := h.takeLogin(x)
	if err != nil {
		return err
	}
	if x.form.Has("cancel") {
		return h.callbackError(x, l.pushed, "Innbygger avbrøt innloggingen")
	}
	h.mu.Lock()
	c, there := h.citizen(x.form.Get("citizen"))
	h.mu.Unlock()
	switch {
	case !there || c.NoLogin:
		return invalid("a citizen who can log in")
	case c.NotDigitallyActive:
		return h.inactivePage(x, l.pushed)
	}
	l.citizen, l.since = c.ID, h.logIn(x, c.ID)
	client, _ := h.client(l.pushed.client)
	if client.OnBehalf && len(c.Represents) > 0 {
		return h.choicePage(x, h.keepLogin(l), c)
	}
	return h.callback(x, l, c.ID, c.Alone)
}

// choose is the button on the page that asks for whom.
func (h *Helsenorge) choose(x *exchange) error {
	l, err := h.takeLogin(x)
	if err != nil {
		return err
	}
	if x.form.Has("cancel") {
		return h.callbackError(x, l.pushed, "Innbygger avbrøt innloggingen")
	}
	h.mu.Lock()
	c, _ := h.citizen(l.citizen)
	h.mu.Unlock()
	patient := x.form.Get("for")
	if patient == c.ID && patient != "" {
		return h.callback(x, l, c.ID, c.Alone)
	}
	for _, r := range c.Represents {
		if r.Citizen == patient {
			return h.callback(x, l, patient, r.Relation)
		}
	}
	return invalid("somebody whom the citizen may act for")
}

// takeLogin reads the page's form. Each page can be used once.
func (h *Helsenorge) takeLogin(x *exchange) (login, error) {
	if err := h.readForm(x); err != nil {
		return login{}, err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	tx := x.form.Get("tx")
	l, there := h.state.logins[tx]
	chosen := x.seen.Endpoint == EndpointChoose
	if !there || !x.now.Before(l.expires) || chosen != (l.citizen != "") {
		return login{}, invalid("a login page that was not used and has not expired")
	}
	delete(h.state.logins, tx)
	x.seen.Client = l.pushed.client
	return l, nil
}

// sessionName is the portal's cookie.
const sessionName = "simulator-session"

// sessionOf finds the browser's login at the portal. The caller holds the lock.
func (h *Helsenorge) sessionOf(x *exchange) portalSession {
	c, err := x.r.Cookie(sessionName)
	if err != nil {
		return portalSession{}
	}
	s, there := h.state.sessions[c.Value]
	if !there || x.now.Sub(s.used) >= sessionIdle {
		return portalSession{}
	}
	s.used = x.now
	h.state.sessions[c.Value] = s
	return s
}

// logIn starts or continues a session at the portal, and says since when it is.
func (h *Helsenorge) logIn(x *exchange, citizen string) time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	if s := h.sessionOf(x); s.citizen == citizen {
		return s.since
	}
	h.endSession(x)
	id := rand.Text()
	h.state.sessions[id] = portalSession{citizen, x.now, x.now}
	http.SetCookie(x.w, h.sessionCookie(id, 0))
	return x.now
}

func (h *Helsenorge) endSession(x *exchange) {
	if c, err := x.r.Cookie(sessionName); err == nil {
		delete(h.state.sessions, c.Value)
	}
}

func (h *Helsenorge) sessionCookie(id string, age int) *http.Cookie {
	return &http.Cookie{Name: sessionName, Value: id, Path: "/", MaxAge: age, HttpOnly: true, SameSite: http.SameSiteLaxMode,
		Secure: strings.HasPrefix(h.cfg.Portal, "https:")}
}

// logout ends the citizen's session at the portal, and says so. Tokens stay as they are.
func (h *Helsenorge) logout(x *exchange) error {
	h.mu.Lock()
	h.endSession(x)
	h.mu.Unlock()
	http.SetCookie(x.w, h.sessionCookie("", -1))
	return h.loggedOutPage(x)
}
