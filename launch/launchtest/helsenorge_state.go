package launchtest

import "time"

// providerState is what the provider remembers of running logins. Whoever uses it holds the lock.
type providerState struct {
	pushed   map[string]pushed      // by request_uri
	logins   map[string]login       // by the login page's field tx
	codes    map[string]*issuedCode // by code
	tokens   map[string]*token      // by access or refresh token
	jtis     map[[2]string]time.Time
	sessions map[string]portalSession // by cookie
	subjects map[[2]string]string     // by client and citizen
}

func newProviderState() providerState {
	return providerState{pushed: map[string]pushed{}, logins: map[string]login{}, codes: map[string]*issuedCode{}, tokens: map[string]*token{},
		jtis: map[[2]string]time.Time{}, sessions: map[string]portalSession{}, subjects: map[[2]string]string{}}
}

// pushed is a request that came by PAR.
type pushed struct {
	client, redirectURI, state, nonce, challenge string
	offline                                      bool
	expires                                      time.Time
}

// login is a citizen on the login page.
type login struct {
	pushed  pushed
	citizen string // chosen; "" before that
	since   time.Time
	expires time.Time
}

// portalSession is a browser's login at the portal.
type portalSession struct {
	citizen     string
	since, used time.Time
}

// sessionIdle is how long a session at the portal lasts without use.
const sessionIdle = 30 * time.Minute

// loginLife is how long the login page can be used.
const loginLife = 10 * time.Minute

// issuedCode is an authorization code.
type issuedCode struct {
	pushed  pushed
	grant   *grant
	used    bool
	expires time.Time
}

// grant is what a citizen agreed to at one login; its tokens end with it.
type grant struct {
	client, actor, patient string
	relation               Relation
	since                  time.Time
	offline                bool
	revoked                bool
}

// token is an access or a refresh token.
type token struct {
	grant   *grant
	refresh bool
	revoked bool
	expires time.Time
}

func (t *token) active(now time.Time) bool {
	return t != nil && !t.revoked && !t.grant.revoked && now.Before(t.expires)
}

// tidy forgets what can no longer be used. Codes stay as long as the tokens that
// a second use of them must end.
func (h *Helsenorge) tidy(now time.Time) {
	s := &h.state
	forget(s.pushed, func(p pushed) bool { return now.After(p.expires) })
	forget(s.logins, func(l login) bool { return now.After(l.expires) })
	forget(s.codes, func(c *issuedCode) bool { return now.After(c.expires.Add(h.cfg.AccessLife)) })
	forget(s.tokens, func(t *token) bool { return now.After(t.expires.Add(h.cfg.AccessLife)) })
	forget(s.jtis, func(until time.Time) bool { return now.After(until) })
	forget(s.sessions, func(p portalSession) bool { return now.After(p.used.Add(sessionIdle)) })
}

func forget[K comparable, V any](from map[K]V, over func(V) bool) {
	for k, v := range from {
		if over(v) {
			delete(from, k)
		}
	}
}
