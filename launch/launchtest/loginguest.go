package launchtest

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
)

// guest is somebody with a browser, which notes what the tool answers.
type guest struct {
	*Browser
	s *loginSuite

	mu    sync.Mutex
	trips []trip
}

// trip is one request to the tool and its answer.
type trip struct {
	method string
	url    *url.URL
	sent   int // cookies
	answer
}

var _ http.RoundTripper = (*guest)(nil)

func (s *loginSuite) newGuest() *guest {
	g := &guest{s: s}
	g.Browser = s.sim.NewBrowser(BrowserConfig{Others: g,
		Sites: map[string]http.Handler{s.sim.cfg.API: s.sim.APIHandler(), s.sim.cfg.Portal: s.sim.PortalHandler()}})
	return g
}

// RoundTrip asks the tool and nobody else: a tool that sends the browser away
// must not make it ask there.
func (g *guest) RoundTrip(r *http.Request) (*http.Response, error) {
	if originOf(r.URL) != g.s.origin {
		return &http.Response{StatusCode: http.StatusNoContent, Header: http.Header{}, Body: http.NoBody, Request: r}, nil
	}
	resp, err := g.s.tool.Do(r)
	if err != nil {
		return nil, err
	}
	defer func() { _ = resp.Body.Close() }()
	page, err := io.ReadAll(io.LimitReader(resp.Body, maxPage))
	if err != nil {
		return nil, err
	}
	resp.Body = io.NopCloser(bytes.NewReader(page))
	t := trip{method: r.Method, url: r.URL, sent: len(r.Cookies()), answer: answer{status: resp.StatusCode, header: resp.Header, page: string(page), cookies: live(resp)}}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.trips = append(g.trips, t)
	return resp, nil
}

// live are the cookies that an answer sets, without those that it ends.
func live(resp *http.Response) (cookies []*http.Cookie) {
	for _, c := range resp.Cookies() {
		if c.Value != "" && c.MaxAge >= 0 {
			cookies = append(cookies, c)
		}
	}
	return cookies
}

// seen are the tool's answers so far.
func (g *guest) seen() []trip {
	g.mu.Lock()
	defer g.mu.Unlock()
	return append([]trip(nil), g.trips...)
}

// session asks whether there is one, with the browser's cookies.
func (g *guest) session() session { got, _ := g.whoami(g.cookiesFor(g.s.target.Whoami)); return got }

func (g *guest) cookiesFor(address string) []*http.Cookie {
	u, err := url.Parse(address)
	if err != nil {
		return nil
	}
	return g.jar.of(visit{url: u, method: http.MethodGet, now: g.now()})
}

// whoami asks with these cookies, and gives what the page says.
func (g *guest) whoami(cookies []*http.Cookie) (session, string) {
	r, err := http.NewRequestWithContext(g.s.ctx, http.MethodGet, g.s.target.Whoami, nil)
	if err != nil {
		return no, ""
	}
	withCookies(cookies)(r)
	resp, err := g.s.tool.Do(r)
	if err != nil {
		return no, ""
	}
	defer func() { _ = resp.Body.Close() }()
	page, err := io.ReadAll(io.LimitReader(resp.Body, maxPage))
	if err != nil || resp.StatusCode < http.StatusOK || resp.StatusCode >= http.StatusMultipleChoices {
		return no, ""
	}
	return yes, string(page)
}

// login goes all the way; change is what happens to Helsenorge's answer before it is posted.
func (s *loginSuite) login(g *guest, citizen, patient string, change ...func(*Callback)) answer {
	return s.attempt(g, func(ctx context.Context) (*Page, error) {
		callback, page, err := s.toCallback(ctx, g, s.target.Start, citizen, patient)
		if err != nil || callback == nil {
			return page, err
		}
		for _, edit := range change {
			edit(callback)
		}
		return callback.Post(ctx)
	})
}

// toCallback goes from the start to where the answer is about to be posted; a
// tool that does not send the browser to Helsenorge gives its page instead.
func (s *loginSuite) toCallback(ctx context.Context, g *guest, start, citizen, patient string) (*Callback, *Page, error) {
	tab, err := g.Start(ctx, start)
	if err != nil || !tab.AtHelsenorge() {
		return nil, tab.Page, err
	}
	callback, err := tab.Choose(ctx, citizen, patient)
	return callback, nil, err
}

// attempt does something with a browser, and says what came of it.
func (s *loginSuite) attempt(g *guest, do func(context.Context) (*Page, error)) answer {
	ctx, cancel := context.WithTimeout(s.ctx, s.limit())
	defer cancel()
	defer context.AfterFunc(ctx, s.hangUpAfter(ctx))()
	before := len(g.seen())
	page, err := do(ctx)
	a := answer{err: err}
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		a.err = errWaiting
	}
	if err == nil && page != nil {
		a.status, a.header, a.page = page.Status, page.Header, page.Body
	}
	trips := g.seen()[before:]
	for _, t := range trips {
		a.cookies = append(a.cookies, t.cookies...)
	}
	s.find(g, trips, &a)
	return a
}

var errWaiting = errors.New("the tool still waits")

// limit is how long an attempt may take.
func (s *loginSuite) limit() time.Duration {
	if s.sim.misbehaves(BadTokenNever) {
		return s.target.Patience
	}
	return attemptTime
}

// hangUpAfter ends what the tool asked Helsenorge for, when the time is over.
func (s *loginSuite) hangUpAfter(ctx context.Context) func() {
	return func() {
		if errors.Is(ctx.Err(), context.DeadlineExceeded) {
			s.wire.hangUp()
		}
	}
}

// find says whether there is a session now.
func (s *loginSuite) find(g *guest, trips []trip, a *answer) {
	last := callbackOf(trips, s.target.Callback)
	switch {
	case s.target.Whoami != "":
		a.session, a.who = g.whoami(g.cookiesFor(s.target.Whoami))
	case a.err != nil || last == nil || last.status >= http.StatusBadRequest:
		a.session = no
	case len(last.cookies) > 0:
		a.session = yes
	}
}

// callbackOf is the last answer at the callback, nil if nothing came there.
func callbackOf(trips []trip, callback string) *trip {
	for i := len(trips) - 1; i >= 0; i-- {
		u := *trips[i].url
		u.RawQuery = ""
		if base, _, _ := strings.Cut(callback, "?"); u.String() == base {
			return &trips[i]
		}
	}
	return nil
}
