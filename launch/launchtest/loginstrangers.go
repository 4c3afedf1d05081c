package launchtest

import (
	"context"
	"net/http"
	"net/url"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/verktoykatalog/verktoy/launch"
)

// strangers: an attacker has somebody else go on with his login, or has got hold
// of somebody's code. RFC 6749, section 10.12; RFC 9700, section 4.5.
func (s *loginSuite) strangers() {
	w := want{kind: launch.KindState}
	s.step("N48", "answer of another browser's login", w, s.foreign(s.newGuest(), false))
	s.step("N48", "answer of another browser's login, where one has begun", w, s.foreign(s.newGuest(), true))
	attacker := s.newGuest()
	var stolen string
	a := s.attempt(attacker, func(ctx context.Context) (*Page, error) {
		callback, page, err := s.toCallback(ctx, attacker, s.target.Start, "per", "")
		if callback != nil {
			stolen = callback.Fields.Get("code")
		}
		return page, err
	})
	if a.err != nil || stolen == "" {
		s.add("N48", "code of another browser's login", w, Failed, "the login could not begin")
		return
	}
	a = s.login(s.newGuest(), "ine", "", func(c *Callback) { c.Fields.Set("code", stolen) })
	s.step("N48", "code of another browser's login", want{kind: launch.KindLoginUnavailable}, a)
}

// foreign posts one browser's answer from another.
func (s *loginSuite) foreign(victim *guest, begun bool) answer {
	attacker := s.newGuest()
	return s.attempt(victim, func(ctx context.Context) (*Page, error) {
		if begun {
			if tab, err := victim.Start(ctx, s.target.Start); err != nil {
				return tab.Page, err
			}
		}
		callback, page, err := s.toCallback(ctx, attacker, s.target.Start, "per", "")
		if err != nil || callback == nil {
			return page, err
		}
		return callback.PostFrom(ctx, victim.Browser)
	})
}

// tabs: two logins at once in one browser.
func (s *loginSuite) tabs() {
	for _, order := range []struct {
		name  string
		first int
	}{{"two tabs, the first one first", 0}, {"two tabs, the second one first", 1}} {
		g := s.newGuest()
		var callbacks [2]*Callback
		begin := s.attempt(g, func(ctx context.Context) (page *Page, err error) {
			for i, citizen := range []string{"per", "ine"} {
				if callbacks[i], page, err = s.toCallback(ctx, g, s.target.Start, citizen, ""); err != nil || callbacks[i] == nil {
					return page, err
				}
			}
			return nil, nil
		})
		if begin.err != nil || callbacks[1] == nil {
			s.add("N49", order.name, want{}, Failed, "the second login could not begin")
			continue
		}
		first := s.attempt(g, callbacks[order.first].Post)
		outcome, why := judgeGood(first)
		second := s.attempt(g, callbacks[1-order.first].Post)
		if outcome == Passed {
			outcome, why = s.laterTab(g, second)
		}
		s.add("N49", order.name, want{}, outcome, why)
	}
}

// laterTab: the second answer is accepted itself; a session that is there from the first does not count.
func (s *loginSuite) laterTab(g *guest, a answer) (Outcome, string) {
	if last := callbackOf(g.seen(), s.target.Callback); last == nil || last.status >= http.StatusBadRequest {
		return Failed, "the second tab was refused"
	}
	return judgeGood(a)
}

// twice: the answer comes again, as from the back button, and from elsewhere.
func (s *loginSuite) twice() {
	g := s.newGuest()
	var callback *Callback
	before := s.wire.count(EndpointToken)
	s.attempt(g, func(ctx context.Context) (page *Page, err error) {
		callback, page, err = s.toCallback(ctx, g, s.target.Start, "per", "")
		return page, err
	})
	if callback == nil {
		s.add("N50", "answer for the first time", want{}, Failed, "the login could not begin")
		return
	}
	s.step("N50", "answer for the first time", want{}, s.attempt(g, callback.Post))
	held := values(g.cookiesFor(s.target.Callback))
	again := s.attempt(g, callback.Post)
	fresh := 0
	for _, c := range again.cookies {
		if held[c.Name] != "" && held[c.Name] != c.Value {
			fresh++
		}
	}
	s.holds("N50", "answer for the second time", "the running session or a refusal, and no second session", again.err == nil && fresh == 0 && again.status < 500, "another session, or no answer")
	elsewhere := s.newGuest()
	s.step("N50 N48", "used answer from another browser", want{kind: launch.KindState},
		s.attempt(elsewhere, func(ctx context.Context) (*Page, error) { return callback.PostFrom(ctx, elsewhere.Browser) }))
	s.holds("N50 N33", "code of an answer that came three times", "sent once", s.codeTwice(before) == "", "sent again")
}

func values(cookies []*http.Cookie) map[string]string {
	all := map[string]string{}
	for _, c := range cookies {
		all[c.Name] = c.Value
	}
	return all
}

const posts = 20

// atOnce: the answer comes twenty times at the same moment.
func (s *loginSuite) atOnce() {
	const rows, name = "N34", "one answer twenty times at once"
	wanted := text("exactly one accepted")
	g := s.newGuest()
	var callback *Callback
	s.attempt(g, func(ctx context.Context) (page *Page, err error) {
		callback, page, err = s.toCallback(ctx, g, s.target.Start, "per", "")
		return page, err
	})
	if callback == nil {
		s.add(rows, name, wanted, Failed, "the login could not begin")
		return
	}
	body := url.Values(callback.Fields).Encode()
	cookies := g.jar.of(visit{url: mustParse(s.target.Callback), method: http.MethodPost, crossSite: true, now: g.now()})
	before, tokens := len(g.seen()), s.wire.count(EndpointToken)
	var ready atomic.Int32
	var all sync.WaitGroup
	for range posts {
		all.Go(func() {
			for ready.Add(1); ready.Load() < posts; {
				runtime.Gosched()
			}
			_, _ = g.sendWith(s.ctx, s.target.Callback, formPost(body), cookies) // what failed is not among those seen
		})
	}
	all.Wait()
	s.holds("N34 N50", "code of "+name, "sent once", s.codeTwice(tokens) == "", "sent again")
	accepted := 0
	for _, t := range g.seen()[before:] {
		if t.status < http.StatusBadRequest && len(t.cookies) > 0 {
			accepted++
		}
	}
	switch {
	case accepted == 1:
		s.add(rows, name, wanted, Passed, "")
	case accepted == 0:
		s.add(rows, name, wanted, NotJudged, "no answer sets a cookie")
	default:
		s.add(rows, name, wanted, Failed, "several accepted")
	}
}
