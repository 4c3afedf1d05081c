package launch

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// A browser keeps a cookie for every login that is under way in it, named after
// the login's state, so that two tabs do not get into each other's way. The
// prefix __Host- ties it to this very host (RFC 6265bis, section 4.1.3.2).
const (
	cookiePrefix = "__Host-l-"
	maxLogins    = 8       // under way in one browser
	maxCookies   = 6 << 10 // bytes of their values together: servers take a few times that
)

func cookieName(state string) string {
	sum := sha256.Sum256([]byte(state))
	return cookiePrefix + base64.RawURLEncoding.EncodeToString(sum[:])[:16]
}

// sealedLogin is what stands in the cookie.
type sealedLogin struct {
	Profile  string `json:"p"`
	State    string `json:"s"`
	Nonce    string `json:"n"`
	Verifier string `json:"v"`
	Started  int64  `json:"t"` // seconds since 1970
	Origin   string `json:"o"` // of the address to which the browser was sent
	// What comes from outside is kept byte for byte, and in no more room than a
	// browser gives a cookie.
	Query   []byte `json:"c,omitempty"` // of the start address
	Earlier []byte `json:"e,omitempty"` // the session that is in the browser
}

func newSealedLogin(profile, origin, query, earlier string, l Login) sealedLogin {
	return sealedLogin{profile, l.State.Reveal(), l.Nonce.Reveal(), l.Verifier.Reveal(), l.Started.Unix(), origin, []byte(query), []byte(earlier)}
}

// seal gives the cookie's name and value: together less than the 4,096 bytes that
// a browser keeps (RFC 6265bis, section 5.7), whatever the query and the session are.
func (s sealedLogin) seal(k CookieKey) (name, value string, err error) {
	text, err := json.Marshal(s)
	name = cookieName(s.State)
	return name, k.Seal(name, text), err
}

func (s sealedLogin) login() Login {
	return Login{State: NewSecret(s.State), Nonce: NewSecret(s.Nonce), Verifier: NewSecret(s.Verifier),
		Started: time.Unix(s.Started, 0).UTC(), Context: s.context()}
}

// context reads the query again; it could be read when the login began.
func (s sealedLogin) context() url.Values {
	if len(s.Query) == 0 {
		return nil
	}
	query, _ := url.ParseQuery(string(s.Query))
	return query
}

// over says whether the login took too long, or began later than now.
func (s sealedLogin) over(now time.Time) bool {
	started := time.Unix(s.Started, 0)
	return !now.Before(started.Add(LoginLifetime)) || started.After(now.Add(DefaultSkew))
}

func unseal(keys []CookieKey, c *http.Cookie) (s sealedLogin, good bool) {
	for _, k := range keys {
		if text, opened := k.Open(c.Name, c.Value); opened {
			return s, json.Unmarshal(text, &s) == nil
		}
	}
	return s, false
}

// loginCookie is sent along by the browser when another site posts the
// provider's answer, and therefore must be SameSite=None.
func loginCookie(name, value string, age time.Duration) *http.Cookie {
	return &http.Cookie{Name: name, Value: value, Path: "/", MaxAge: int(age.Seconds()), Secure: true, HttpOnly: true, SameSite: http.SameSiteNoneMode}
}

func dropCookie(w http.ResponseWriter, name string) {
	c := loginCookie(name, "", 0)
	c.MaxAge = -1
	http.SetCookie(w, c)
}

// makeRoom drops logins that are over, and then what cannot be opened here (other
// processes may have another key) and the oldest logins, until there is room for
// one more of that size.
func makeRoom(w http.ResponseWriter, r *http.Request, keys []CookieKey, size int, now time.Time) {
	type kept struct {
		*http.Cookie
		started int64
	}
	var all []kept
	for _, c := range r.Cookies() {
		if !strings.HasPrefix(c.Name, cookiePrefix) {
			continue
		}
		s, good := unseal(keys, c)
		if good && s.over(now) {
			dropCookie(w, c.Name)
			continue
		}
		all, size = append(all, kept{c, s.Started}), size+len(c.Value)
	}
	slices.SortStableFunc(all, func(a, b kept) int { return int(a.started - b.started) })
	for ; len(all) > 0 && (len(all) >= maxLogins || size > maxCookies); all = all[1:] {
		dropCookie(w, all[0].Name)
		size -= len(all[0].Value)
	}
}
