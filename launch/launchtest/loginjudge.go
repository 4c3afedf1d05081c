package launchtest

import (
	"fmt"
	"net/http"

	"github.com/verktoykatalog/verktoy/launch"
)

// judgeGood is for logins that must end with a session.
func judgeGood(a answer) (Outcome, string) {
	switch {
	case a.session == yes:
		return Passed, ""
	case a.err != nil:
		return Failed, "no answer: " + cause(a.err)
	case a.session == unsure:
		return NotJudged, fmt.Sprintf("status %d without a cookie: only a whoami address could tell", a.status)
	}
	return Failed, fmt.Sprintf("no session, and a page with status %d", a.status)
}

// judge compares what came of a login with what must. A provider's fault may be
// told with the status of a gateway.
func (s *loginSuite) judge(w want, a answer) (Outcome, string) {
	if w.kind == "" {
		return judgeGood(a)
	}
	refused := a.status >= http.StatusBadRequest && a.status < http.StatusInternalServerError
	gateway := a.status > http.StatusNotImplemented && a.status <= http.StatusGatewayTimeout
	switch {
	case a.session == yes:
		return Failed, fmt.Sprintf("a session, and a page with status %d", a.status)
	case a.err != nil && w.kind != launch.KindTooLarge: // who hangs up on too much has refused it
		return Failed, "no answer: " + cause(a.err)
	case s.target.Exact && a.status != w.exact():
		return Failed, fmt.Sprintf("status %d, want %d", a.status, w.exact())
	case refused, gateway, a.err != nil:
		return Passed, ""
	case a.status >= http.StatusInternalServerError:
		return Failed, fmt.Sprintf("status %d: a bad login is not the tool's own fault", a.status)
	case a.session == no:
		return Passed, ""
	}
	return NotJudged, fmt.Sprintf("status %d without a cookie: only a whoami address could tell", a.status)
}

// step adds a finding for what came of a login.
func (s *loginSuite) step(rows, name string, w want, a answer) {
	outcome, why := s.judge(w, a)
	s.add(rows, name, w, outcome, why)
}

// missed says what Helsenorge missed in the requests after the first n, and what
// the browser had to keep back.
func (s *loginSuite) missed(n int, g *guest) (list []string) {
	pushed := false
	for _, r := range s.sim.Requests()[n:] {
		pushed = pushed || r.Endpoint == EndpointPAR
		if r.Refused != "" {
			list = append(list, "Helsenorge refused the request to "+string(r.Endpoint)+": it wants "+r.Refused)
		}
	}
	if !pushed {
		list = append(list, "the tool, whose issuer should be "+s.sim.Issuer()+", pushed no request to Helsenorge (PAR)")
	}
	return append(list, s.keptBack(g)...)
}

// afterTokens says where to look when it was the tool that refused, and not
// Helsenorge: tokens were given after the first n requests.
func (s *loginSuite) afterTokens(n int) string {
	for _, r := range s.sim.Requests()[n:] {
		if r.Endpoint == EndpointToken && r.Status == http.StatusOK {
			return " (Helsenorge gave tokens: look at the claim names, the clock and the policy)"
		}
	}
	return ""
}

// keptBack: cookies that go along with a post of another site are SameSite=None,
// and Secure. RFC 6265bis, section 5.6.7.
func (s *loginSuite) keptBack(g *guest) []string {
	trips := g.seen()
	last := callbackOf(trips, s.target.Callback)
	if last == nil || last.sent > 0 {
		return nil
	}
	for _, t := range trips {
		if t.url.Path != last.url.Path && len(t.cookies) > 0 {
			return []string{"the browser did not send the start's cookie with Helsenorge's post: it wants SameSite=None and Secure"}
		}
	}
	return []string{"the tool's start sets no cookie to know the browser by"}
}
