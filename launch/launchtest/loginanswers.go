package launchtest

import (
	"context"
	"maps"
	"net/http"
	"net/url"
	"strings"

	"github.com/verktoykatalog/verktoy/launch"
)

// posted is a request to the callback: a browser's, with one thing changed.
type posted struct {
	method, media string
	query, body   string
	header        map[string]string
}

func formPost(body string) posted {
	return posted{method: http.MethodPost, media: formType, body: body}
}

// answers: what comes to the callback and is not the answer of Helsenorge's page.
// OAuth 2.0 Form Post Response Mode, section 2; RFC 6749, sections 3.1 and 10.12.
func (s *loginSuite) answers() {
	request := func(status int) want { return want{launch.KindRequest, status} }
	state := want{kind: launch.KindState}
	const bad, method, media = http.StatusBadRequest, http.StatusMethodNotAllowed, http.StatusUnsupportedMediaType
	for _, c := range []struct {
		rows, name string
		want       want
		make       func(f url.Values) posted
	}{
		{"N01", "GET with code and state in the address", request(method), func(f url.Values) posted { return posted{method: http.MethodGet, query: f.Encode()} }},
		{"N01", "POST with code and state in the address", request(bad), func(f url.Values) posted {
			p := formPost("")
			p.query = f.Encode()
			return p
		}},
		{"N02", "JSON", request(media), func(f url.Values) posted {
			return posted{method: http.MethodPost, media: "application/json", body: `{"state":"` + f.Get("state") + `","code":"` + f.Get("code") + `"}`}
		}},
		{"N02", "plain text", request(media), func(f url.Values) posted {
			return posted{method: http.MethodPost, media: "text/plain", body: f.Encode()}
		}},
		{"N03", "form of a mebibyte", want{kind: launch.KindTooLarge}, func(f url.Values) posted { return formPost(f.Encode() + "&a=" + strings.Repeat("a", 1<<20)) }},
		{"N04", "state twice", request(bad), func(f url.Values) posted { return formPost(f.Encode() + "&state=" + f.Get("state")) }},
		{"N04", "state twice, the first one bad", request(bad), func(f url.Values) posted { return formPost("state=anotherstate&" + f.Encode()) }},
		{"N04", "state twice, the second one bad", request(bad), func(f url.Values) posted { return formPost(f.Encode() + "&state=anotherstate") }},
		{"N04", "code twice", request(bad), func(f url.Values) posted { return formPost(f.Encode() + "&code=" + f.Get("code")) }},
		{"N04", "state in address and body", request(bad), func(f url.Values) posted {
			p := formPost(f.Encode())
			p.query = "state=" + f.Get("state")
			return p
		}},
		{"N47", "no state", state, without("state")},
		{"N47", "state empty", state, func(f url.Values) posted { f.Set("state", ""); return formPost(f.Encode()) }},
		{"N47", "another state", state, func(f url.Values) posted { f.Set("state", f.Get("state")+"x"); return formPost(f.Encode()) }},
		{"N47", "no code", request(bad), without("code")},
	} {
		s.step(c.rows, c.name, c.want, s.sent(s.newGuest(), c.make))
	}
}

func without(field string) func(url.Values) posted {
	return func(f url.Values) posted { f.Del(field); return formPost(f.Encode()) }
}

// sent begins a login, and sends something else than its answer.
func (s *loginSuite) sent(g *guest, change func(url.Values) posted) answer {
	return s.attempt(g, func(ctx context.Context) (*Page, error) {
		callback, page, err := s.toCallback(ctx, g, s.target.Start, "per", "")
		if err != nil || callback == nil {
			return page, err
		}
		return g.send(ctx, s.target.Callback, change(callback.Fields))
	})
}

// send goes from Helsenorge's page to an address, and then where the tool sends
// the browser: a tool may look at its own cookies once more before it refuses.
func (g *guest) send(ctx context.Context, address string, p posted) (*Page, error) {
	v := visit{url: mustParse(address), method: p.method, crossSite: true, now: g.now()}
	page, err := g.sendWith(ctx, address, p, g.jar.of(v))
	if err != nil || page.Status < http.StatusMultipleChoices || page.Status >= http.StatusBadRequest || page.Header.Get("Location") == "" {
		return page, err
	}
	next, err := page.URL.Parse(page.Header.Get("Location"))
	if err != nil {
		return page, nil
	}
	return g.navigate(ctx, mustParse(g.portal), http.MethodGet, next.String(), nil, "")
}

// sendWith asks once, with these cookies.
func (g *guest) sendWith(ctx context.Context, address string, p posted, cookies []*http.Cookie) (*Page, error) {
	if p.query != "" {
		address += joint(address) + p.query
	}
	r, err := http.NewRequestWithContext(ctx, p.method, address, strings.NewReader(p.body))
	if err != nil {
		return nil, err
	}
	header := map[string]string{"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document", "Sec-Fetch-Site": "cross-site", "Content-Type": p.media}
	if p.method == http.MethodPost {
		header["Origin"] = g.portal
	}
	maps.Copy(header, p.header)
	for name, value := range header {
		r.Header.Set(name, value)
	}
	withCookies(cookies)(r)
	resp, err := g.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	g.jar.set(visit{url: r.URL, method: p.method, crossSite: true, now: g.now()}, resp.Cookies())
	return readPage(resp, r.URL)
}
