package launchtest

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/launch"
)

// try is a request and how it must end.
type try struct {
	rows, name string
	want       want
	send       func(token string) answer
}

// requests: requests that are no launch, or a launch all the same. RFC 9110; HTI 2.0, "The message exchange".
func (s *suite) requests() {
	for _, t := range s.tries() {
		outcome, why := s.judge(t.want, t.send(s.portal.Good()))
		s.add(t.rows, t.name, t.want, outcome, why)
	}
	s.tooMuch()
}

func (s *suite) tries() []try {
	refused := func(status int) want { return want{launch.KindRequest, status} }
	const method, bad, media = http.StatusMethodNotAllowed, http.StatusBadRequest, http.StatusUnsupportedMediaType
	return []try{
		{"E-1 N01", "GET with the token in the address", refused(method), s.method(http.MethodGet)},
		{"E-1 N01", "HEAD with the token in the address", refused(method), s.method(http.MethodHead)},
		{"E-1 N01", "PUT", refused(method), func(token string) answer { return s.send(http.MethodPut, strings.NewReader(form(token))) }},
		{"E-1 N01", "POST with the token in the address", refused(bad), s.method(http.MethodPost)},
		{"E-2 N04", "token twice", refused(bad), s.body(func(token string) string { return form(token) + "&" + form(token) })},
		{"E-2 N04", "token twice, the first one bad", refused(bad), s.body(func(token string) string { return "token=x&" + form(token) })},
		{"E-2 N04", "token twice, the second one bad", refused(bad), s.body(func(token string) string { return form(token) + "&token=x" })},
		{"E-2 N04", "token in address and body", refused(bad), func(token string) answer { return s.post(token, withQuery(token)) }},
		{"E-3 N02", "JSON", refused(media), s.typed("application/json", func(token string) string { return `{"token":"` + token + `"}` })},
		{"E-3 N02", "plain text", refused(media), s.typed("text/plain", form)},
		{"E-3 N02", "multipart", refused(media), s.typed("multipart/form-data; boundary=b", multipart)},
		{"E-3 N02", "no content type", refused(media), s.typed("", form)},
		{"N04", "no token", refused(bad), s.body(func(string) string { return "a=b" })},
		{"N04", "no body", refused(bad), s.body(func(string) string { return "" })},
		{"E-6", "another host's name, and that as aud", want{kind: launch.KindAudience}, s.otherHost},
		{"E-7", "Origin null", want{}, s.origin("null")}, {"E-7", "Origin of an unknown site", want{}, s.origin("https://unknown.example")},
		{"E-7", "no Origin", want{}, func(token string) answer { return s.post(token) }},
	}
}

func withQuery(token string) func(*http.Request) {
	return func(r *http.Request) { r.URL.RawQuery = form(token) }
}

func (s *suite) method(method string) func(string) answer {
	return func(token string) answer { return s.send(method, http.NoBody, withQuery(token)) }
}

func (s *suite) body(text func(token string) string) func(string) answer {
	return func(token string) answer { return s.send(http.MethodPost, strings.NewReader(text(token))) }
}

func (s *suite) typed(media string, text func(token string) string) func(string) answer {
	return func(token string) answer {
		return s.send(http.MethodPost, strings.NewReader(text(token)), func(r *http.Request) {
			if r.Header.Set("Content-Type", media); media == "" {
				r.Header.Del("Content-Type")
			}
		})
	}
}

func multipart(token string) string {
	return "--b\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n" + token + "\r\n--b--\r\n"
}

func (s *suite) origin(origin string) func(string) answer {
	return func(token string) answer {
		return s.post(token, func(r *http.Request) { r.Header.Set("Origin", origin) })
	}
}

// otherHost sends a message for the attacker's tool under the attacker's name.
func (s *suite) otherHost(string) answer {
	d := s.portal.Draft()
	d.Claims["aud"] = "https://attacker.example"
	return s.post(s.portal.Sign(d), func(r *http.Request) { r.Host = "attacker.example" })
}

// tooMuch: a body over 64 KiB, its length said or not; and how much of it is read.
func (s *suite) tooMuch() {
	w := want{kind: launch.KindTooLarge}
	for _, t := range []struct {
		name string
		form []byte
		said bool
	}{
		{"body of a mebibyte", filler(s.portal.Good(), 1<<20), true},
		{"body of a mebibyte, length not said", filler(s.portal.Good(), 1<<20), false},
		{"body of 80 kB in fields of 10 kB", smallFields(s.portal.Good(), 8), true},
	} {
		form := t.form
		body := &counted{Reader: bytes.NewReader(form)}
		a := s.send(http.MethodPost, io.NopCloser(body), func(r *http.Request) {
			if r.ContentLength = -1; t.said {
				r.ContentLength = int64(len(form))
			}
		})
		outcome, why := s.judge(w, a)
		s.add("E-4 N03", t.name, w, outcome, why)
		if s.target.Tool != nil {
			s.holds("E-4", t.name+", read no further", "at most 128 KiB read", body.read <= 128<<10, "more of the body was read")
		}
	}
}

// smallFields is a message beside so many fields of 10 kB.
func smallFields(token string, n int) []byte {
	form := []byte("token=" + token)
	for i := range n {
		form = fmt.Appendf(form, "&field%d=%s", i, strings.Repeat("x", 10_000))
	}
	return form
}

// slow sends a body that does not come.
func (s *suite) slow() {
	const rows, name = "E-5", "body that does not come"
	w := text("the connection ended, or 408")
	if s.target.Tool != nil || s.target.Patience == 0 {
		s.add(rows, name, w, NotJudged, "needs a tool at an address, and patience")
		return
	}
	never, end := io.Pipe()
	defer func() { _ = end.Close() }()
	start := time.Now()
	answered := make(chan answer, 1)
	go func() { answered <- s.send(http.MethodPost, never, func(r *http.Request) { r.ContentLength = 100 }) }()
	select {
	case a := <-answered:
		s.holds(rows, name, w.String(), a.err != nil || a.status >= http.StatusBadRequest && a.status < http.StatusInternalServerError,
			"answered with a status that is no refusal")
	case <-time.After(s.target.Patience):
		s.holds(rows, name, w.String(), false, "still waiting after "+time.Since(start).Round(time.Second).String())
		_ = end.Close()
		<-answered
	}
}
