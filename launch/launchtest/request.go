package launchtest

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"

	"github.com/verktoykatalog/verktoy/launch"
)

const formType = "application/x-www-form-urlencoded"

// maxPage is how much of an answer is looked at.
const maxPage = 1 << 20

// answer is what came back, and whether it brought a session.
type answer struct {
	status  int
	header  http.Header
	page    string
	cookies []*http.Cookie // those that are set, not those that are ended
	session session
	who     string // what whoami said of the session
	err     error
}

type session int

const (
	unsure session = iota // nothing tells
	yes
	no
)

func form(token string) string { return url.Values{"token": {token}}.Encode() }

// post sends a message as a browser does.
func (s *suite) post(token string, change ...func(*http.Request)) answer {
	return s.send(http.MethodPost, strings.NewReader(form(token)), change...)
}

func (s *suite) send(method string, body io.Reader, change ...func(*http.Request)) answer {
	r, err := http.NewRequestWithContext(s.ctx, method, s.target.URL, body)
	if err != nil {
		return answer{err: err}
	}
	r.Header.Set("Content-Type", formType)
	for _, edit := range change {
		edit(r)
	}
	a := s.do(r)
	s.find(&a)
	return a
}

func (s *suite) do(r *http.Request) answer {
	resp, err := s.tool.Do(r)
	if err != nil {
		return answer{err: err}
	}
	defer func() { _ = resp.Body.Close() }()
	page, err := io.ReadAll(io.LimitReader(resp.Body, maxPage))
	return answer{status: resp.StatusCode, header: resp.Header, page: string(page), cookies: live(resp), err: err}
}

// find says whether the answer brought a session.
func (s *suite) find(a *answer) {
	switch {
	case a.err != nil:
		a.session = no
	case s.target.Whoami != "":
		a.session = no
		if len(a.cookies) > 0 {
			a.session, a.who = s.whoami(a.cookies)
		}
	case a.status >= http.StatusBadRequest:
		a.session = no
	case len(a.cookies) > 0:
		a.session = yes
	}
}

// whoami asks with these cookies.
func (s *suite) whoami(cookies []*http.Cookie) (session, string) {
	r, err := http.NewRequestWithContext(s.ctx, http.MethodGet, s.target.Whoami, nil)
	if err != nil {
		return no, ""
	}
	withCookies(cookies)(r)
	a := s.do(r)
	if a.err == nil && a.status >= http.StatusOK && a.status < http.StatusMultipleChoices {
		return yes, a.page
	}
	return no, ""
}

// withCookies sends cookies as they are, whatever they say about https: the
// tool may stand behind a proxy that the suite does not go through.
func withCookies(cookies []*http.Cookie) func(*http.Request) {
	return func(r *http.Request) {
		for _, c := range cookies {
			r.AddCookie(&http.Cookie{Name: c.Name, Value: c.Value})
		}
	}
}

// inProcess asks a handler without a network.
type inProcess struct{ handler http.Handler }

var _ launch.Doer = inProcess{}

// Do answers the request. A panic of the handler is an error.
func (h inProcess) Do(r *http.Request) (resp *http.Response, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("the handler panicked (%T)", cause)
		}
	}()
	in := httptest.NewRequestWithContext(r.Context(), r.Method, r.URL.String(), r.Body)
	in.Header, in.ContentLength = r.Header.Clone(), r.ContentLength
	if r.Host != "" {
		in.Host = r.Host
	}
	w := httptest.NewRecorder()
	h.handler.ServeHTTP(w, in)
	return w.Result(), nil
}

// counted counts what is read of a body.
type counted struct {
	io.Reader
	read int
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.read += n
	return n, err
}

// filler is a form with a good message and much more.
func filler(token string, bytesMore int) []byte {
	return append([]byte(form(token)+"&a="), bytes.Repeat([]byte("a"), bytesMore)...)
}
