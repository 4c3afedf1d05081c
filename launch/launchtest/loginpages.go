package launchtest

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/verktoykatalog/verktoy/launch"
)

// pages: what the answers say, and what they must not.
func (s *loginSuite) pages() {
	g := s.newGuest()
	var code, state string
	s.login(g, "per", "", func(c *Callback) { code, state = c.Fields.Get("code"), c.Fields.Get("state") })
	trips := g.seen()
	good := callbackOf(trips, s.target.Callback)
	stranger := s.newGuest()
	s.sent(stranger, without("state"))
	bad := callbackOf(stranger.seen(), s.target.Callback)
	if good == nil || bad == nil {
		s.add("L-4", "answers of the callback", text("answers"), Failed, "none")
		return
	}
	s.holds("L-4", "accepted login leads on", "303 or 302", good.status == http.StatusSeeOther || good.status == http.StatusFound, "another status")
	for _, t := range []struct {
		name string
		trip trip
	}{{"start", trips[0]}, {"accepted login", *good}, {"refused login", *bad}} {
		h := t.trip.header
		s.holds("L-4", t.name+" is kept nowhere", "Cache-Control: no-store", strings.Contains(h.Get("Cache-Control"), "no-store"), "without it")
		s.holds("L-4 N66", t.name+" is in no frame", "Content-Security-Policy: frame-ancestors, or X-Frame-Options", unframed(h), "without it")
	}
	shown := slices.ContainsFunc(trips, func(t trip) bool {
		said := t.page + t.header.Get("Location") + t.url.RawQuery
		return code != "" && (strings.Contains(said, code) || strings.Contains(said, state))
	})
	s.holds("L-4 N01", "code and state in pages and addresses", "nowhere", !shown, "they are there")
}

func unframed(h http.Header) bool {
	return strings.Contains(h.Get("Content-Security-Policy"), "frame-ancestors") || h.Get("X-Frame-Options") != ""
}

// errors: nobody was logged in. RFC 6749, section 4.1.2.1; what comes as
// error_description anybody can write.
func (s *loginSuite) errors() {
	w := want{kind: launch.KindLogin}
	g := s.newGuest()
	s.sim.Misbehave(BadErrorMarkup)
	a := s.login(g, "per", "")
	s.sim.Misbehave()
	s.step("N54", "error with markup in error_description", w, a)
	raw := slices.ContainsFunc(g.seen(), func(t trip) bool {
		return strings.Contains(t.page, `<script>alert("helsenorge")`) || strings.Contains(t.page, "<img src=x onerror")
	})
	s.holds("N54", "markup in error_description", "not shown as it came", !raw, "it is in a page")
	g = s.newGuest()
	s.step("N54", "login stopped by the citizen", w, s.attempt(g, func(ctx context.Context) (*Page, error) {
		tab, err := g.Start(ctx, s.target.Start)
		if err != nil || !tab.AtHelsenorge() {
			return tab.Page, err
		}
		callback, err := tab.Cancel(ctx)
		if err != nil {
			return nil, err
		}
		return callback.Post(ctx)
	}))
	s.step("N54", "citizen who is not digitally active", w, s.login(s.newGuest(), "nils", ""))
	s.step("N54", "error and a code", w, s.login(s.newGuest(), "per", "", func(c *Callback) { c.Fields.Set("error", "access_denied") }))
}

// frames: a page that shows the tool inside its own. Fetch Metadata Request Headers, section 2.2.
func (s *loginSuite) frames() {
	inside := map[string]string{"Sec-Fetch-Dest": "iframe"}
	g := s.newGuest()
	a := s.sent(g, func(f url.Values) posted {
		p := formPost(f.Encode())
		p.header = inside
		return p
	})
	w := want{kind: launch.KindRequest}
	if a.err == nil && a.session != no && unframed(a.header) && !s.target.Exact {
		s.add("N66", "answer inside a frame", w, Passed, "") // the browser does not show it
	} else {
		s.step("N66", "answer inside a frame", w, a)
	}
	g = s.newGuest()
	a = s.attempt(g, func(ctx context.Context) (*Page, error) {
		return g.send(ctx, s.target.Start, posted{method: http.MethodGet, header: inside})
	})
	outcome, why := s.judge(w, a)
	if !s.target.Exact && a.err == nil && a.status < http.StatusBadRequest {
		outcome, why = NotJudged, "careful tools may differ in this: Helsenorge's page is in no frame"
	}
	s.add("N66", "start inside a frame", w, outcome, why)
}

const attackerHost = "attacker.example"

// redirects: whatever the start address says, the browser ends at the tool or at
// Helsenorge. RFC 9700, section 4.11.
func (s *loginSuite) redirects() {
	for _, to := range []string{"https://" + attackerHost + "/", "//" + attackerHost, `/\` + attackerHost, `\\` + attackerHost} {
		query := url.Values{}
		for _, name := range []string{"target_link_uri", "redirect", "redirect_uri", "return_url", "returnUrl", "next", "iss", "login_hint"} {
			query.Set(name, to)
		}
		g := s.newGuest()
		a := s.attempt(g, func(ctx context.Context) (*Page, error) {
			callback, page, err := s.toCallback(ctx, g, s.target.Start+joint(s.target.Start)+query.Encode(), "per", "")
			if err != nil || callback == nil {
				return page, err
			}
			return callback.Post(ctx)
		})
		away := slices.ContainsFunc(g.seen(), func(t trip) bool { return leadsTo(t, attackerHost) })
		s.holds("N63", "start with "+to+" as where to go", "never sent there", !away && a.err == nil, "sent there, or no answer")
	}
}

func joint(address string) string {
	if strings.Contains(address, "?") {
		return "&"
	}
	return "?"
}

// leadsTo reads an address as browsers do, which take a backslash for a slash.
func leadsTo(t trip, host string) bool {
	to, err := t.url.Parse(strings.ReplaceAll(t.header.Get("Location"), `\`, "/"))
	return err == nil && to.Hostname() == host || strings.Contains(t.header.Get("Refresh"), host)
}
