package launchtest

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/launch"
)

// pages: what the answers say, and what they must not.
func (s *suite) pages() {
	token := s.portal.Good()
	good, bad := s.post(token), s.post(s.poisoned())
	for _, a := range []struct {
		name   string
		answer answer
	}{{"an accepted launch", good}, {"a refused launch", bad}} {
		h := a.answer.header
		s.holds("E-20", a.name+" is kept nowhere", "Cache-Control: no-store", strings.Contains(h.Get("Cache-Control"), "no-store"), "without it")
		s.holds("E-20", a.name+" is told to nobody", "Referrer-Policy: no-referrer", h.Get("Referrer-Policy") == "no-referrer", "without it")
		s.holds("E-20", a.name+" is what it says it is", "X-Content-Type-Options: nosniff", h.Get("X-Content-Type-Options") == "nosniff", "without it")
		s.holds("E-20 N66", a.name+" is in no frame", "Content-Security-Policy: frame-ancestors, or X-Frame-Options",
			strings.Contains(h.Get("Content-Security-Policy"), "frame-ancestors") || h.Get("X-Frame-Options") != "", "without it")
	}
	s.holds("E-20", "an accepted launch leads on", "303 See Other", good.status == http.StatusSeeOther || !s.target.Exact && good.status < http.StatusBadRequest, "another status")
	s.holds("E-20 E-1", "no message in page or address", "the message nowhere", !strings.Contains(good.page+good.header.Get("Location"), signatureOf(token)), "it is there")
	s.holds("E-23", "error page with claims of a bad message", "nothing of the claims",
		bad.err == nil && !strings.Contains(bad.page, mark) && !strings.Contains(bad.header.Get("Location"), mark) && bad.header.Get("X-Mark") == "", "claims are shown")
	forwarded := s.post(s.portal.Good(), func(r *http.Request) { r.Header.Set("X-Forwarded-Host", "attacker.example") })
	s.holds("E-6", "X-Forwarded-Host of another name", "accepted, and not sent there",
		forwarded.session != no && !strings.Contains(forwarded.header.Get("Location"), "attacker.example"), "refused, or sent there")
	s.cookie(good)
}

const mark = "marked7391"

// poisoned is a message for another tool whose claims want to be shown.
func (s *suite) poisoned() string {
	d := s.portal.Draft()
	d.Claims["aud"] = `"><script>alert("` + mark + `")</script>`
	d.Claims["intent"] = mark + "\r\nX-Mark: " + mark
	d.Header["x"] = mark
	return s.portal.Sign(d)
}

func signatureOf(token string) string { return token[strings.LastIndexByte(token, '.')+1:] }

// cookie looks at what makes the session. RFC 6265bis, sections 4.1.2 and 4.1.3.
func (s *suite) cookie(a answer) {
	const rows, name = "E-21", "session cookie"
	wanted := text("__Host-, Secure, HttpOnly, SameSite, Path=/, no Domain")
	if len(a.cookies) == 0 {
		s.add(rows, name, wanted, NotJudged, "the tool sets no cookie here")
		return
	}
	missing := lacking(a.cookies, s.plain(), http.SameSiteLaxMode, http.SameSiteStrictMode)
	s.holds(rows, name, wanted.String(), len(missing) == 0, "without "+strings.Join(missing, ", "))
}

// lacking says what cookies are without that they should have.
func lacking(cookies []*http.Cookie, plain bool, sameSite ...http.SameSite) (missing []string) {
	for _, c := range cookies {
		for what, there := range map[string]bool{"HttpOnly": c.HttpOnly, "SameSite": slices.Contains(sameSite, c.SameSite),
			"Path=/": c.Path == "/", "no Domain": c.Domain == "", "Secure": plain || c.Secure, "__Host-": plain || strings.HasPrefix(c.Name, "__Host-")} {
			if !there && !slices.Contains(missing, what) {
				missing = append(missing, what)
			}
		}
	}
	slices.Sort(missing)
	return missing
}

// plain says that the tool is tried without https on this machine, where no browser takes a Secure cookie.
func (s *suite) plain() bool {
	u, err := url.Parse(s.target.URL)
	return err == nil && u.Scheme == "http"
}

// sessions: a launch ends the session that is there, and takes none from outside.
func (s *suite) sessions() {
	first := s.post(s.portal.Good())
	if len(first.cookies) == 0 {
		s.add("E-17", "session chosen by an attacker", text("a new session"), NotJudged, "the tool sets no cookie here")
		s.add("E-18 N64", "somebody else's session in the browser", text("that session is over"), NotJudged, "the tool sets no cookie here")
		return
	}
	s.planted(first)
	s.other(first)
}

func (s *suite) planted(first answer) {
	var planted []*http.Cookie
	for _, c := range first.cookies {
		planted = append(planted, &http.Cookie{Name: c.Name, Value: "chosenbyanattacker"})
	}
	a := s.post(s.portal.Good(), withCookies(planted))
	kept := slices.ContainsFunc(a.cookies, func(c *http.Cookie) bool { return c.Value == "chosenbyanattacker" }) || len(a.cookies) == 0
	if s.target.Whoami != "" {
		session, _ := s.whoami(planted)
		kept = kept || session == yes
	}
	s.holds("E-17", "session chosen by an attacker", "a new session, and nothing under the chosen one", !kept, "the chosen session is used")
}

func (s *suite) other(first answer) {
	const rows, name = "E-18 N64", "somebody else's session in the browser"
	wanted := text("that session is over, and nothing of it shown")
	if s.target.Whoami == "" {
		s.add(rows, name, wanted, NotJudged, "needs a whoami address")
		return
	}
	d := s.portal.Draft()
	d.Claims["sub"] = "Patient/another-82c4"
	second := s.post(s.portal.Sign(d), withCookies(first.cookies))
	before, _ := s.whoami(first.cookies)
	s.holds(rows, name, wanted.String(), second.session == yes && before == no && !strings.Contains(second.who, "7f0b6c1e9a"), "the old session lives on, or is shown")
}

// outages: the portal's keys cannot be had.
func (s *suite) outages() {
	s.keys.fail(true)
	outcome, why := s.judge(want{}, s.post(s.portal.Good()))
	s.add("E-13 N40", "keys down, and known", want{}, outcome, why)
	s.keys.fail(false)
	if !s.restartable("E-14 N40", "keys down, and not known yet", want{kind: launch.KindKeysUnavailable}) {
		return
	}
	s.judgeNew("E-14 N40", "keys down, and not known yet", s.keys.base+"/missing.json", want{kind: launch.KindKeysUnavailable}, s.portal.Good())
}
