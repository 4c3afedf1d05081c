package launchtest

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// BrowserConfig says what a browser can reach beside Helsenorge.
type BrowserConfig struct {
	// Sites are handlers by scheme and host, such as https://tool.example.
	Sites map[string]http.Handler
	// Others reaches everything else. Nil means that there is nothing else.
	Others http.RoundTripper
	// Portal is where links come from. Empty means https://tjenester.helsenorge.example,
	// or the simulator's own.
	Portal string
	// Now is the clock, for the age of cookies. Nil means [time.Now], or the simulator's.
	Now func() time.Time
	// Languages is the header Accept-Language. Empty means nb.
	Languages string
}

// Browser is a citizen's browser without a window. It keeps cookies, follows
// redirects, sends the headers by which sites tell where a request comes from
// (Sec-Fetch-*, Origin), and knows what goes along with a post from another
// site: cookies with SameSite=None only. It runs no scripts. Several tabs are
// several logins of one browser, and may go on at the same time.
//
// Not shown: Referer, caches, and whether the page's Content-Security-Policy
// would stop a form.
type Browser struct {
	sites  network
	others http.RoundTripper
	jar    cookieJar
	now    func() time.Time
	portal string
	wishes string
}

// NewBrowser makes a browser without cookies. It knows the simulator's pages,
// wherever that runs. See also [Helsenorge.NewBrowser].
func NewBrowser(cfg BrowserConfig) *Browser {
	setDefault(&cfg.Portal, defaultPortal)
	setDefault(&cfg.Languages, "nb")
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	b := &Browser{sites: network{}, others: cfg.Others, now: cfg.Now, portal: cfg.Portal, wishes: cfg.Languages}
	for origin, handler := range cfg.Sites {
		b.sites[origin] = handler
	}
	return b
}

// NewBrowser makes a browser without cookies that reaches this simulator: without
// a network if Others is nil, else as Others does.
func (h *Helsenorge) NewBrowser(cfg BrowserConfig) *Browser {
	setDefault(&cfg.Portal, h.cfg.Portal)
	if cfg.Now == nil {
		cfg.Now = h.Now
	}
	b := NewBrowser(cfg)
	if cfg.Others == nil {
		b.sites[h.cfg.API], b.sites[h.cfg.Portal] = h.api, h.portal
	}
	return b
}

// Page is what a browser shows: the last answer, after redirects.
type Page struct {
	// URL is the page's address.
	URL *url.URL
	// Status, Header and Body are the answer's; of the body no more than 1 MiB.
	Status int
	Header http.Header
	Body   string
}

// mostRedirects is where browsers give up.
const mostRedirects = 20

var errRedirects = errors.New("launchtest: too many redirects")

// Open goes to an address as from a link on helsenorge.no.
func (b *Browser) Open(ctx context.Context, address string) (*Page, error) {
	from, err := url.Parse(b.portal)
	if err != nil {
		return nil, err
	}
	return b.navigate(ctx, from, http.MethodGet, address, nil, "")
}

// Type goes to an address as one who writes it into the address bar.
func (b *Browser) Type(ctx context.Context, address string) (*Page, error) {
	return b.navigate(ctx, nil, http.MethodGet, address, nil, "")
}

// Post sends a form as if a page at the address from held it.
func (b *Browser) Post(ctx context.Context, from, address string, fields url.Values) (*Page, error) {
	origin, err := url.Parse(from)
	if err != nil {
		return nil, err
	}
	return b.navigate(ctx, origin, http.MethodPost, address, fields, originOf(origin))
}

// navigate goes to an address from a page, nil for none, and follows redirects.
func (b *Browser) navigate(ctx context.Context, from *url.URL, method, address string, fields url.Values, origin string) (*Page, error) {
	to, err := url.Parse(address)
	if err != nil {
		return nil, errors.New("launchtest: not an address")
	}
	crossed := false // once a redirect left the site, the rest of the way is cross-site to it
	for range mostRedirects {
		crossed = crossed || from != nil && site(from) != site(to)
		v := visit{url: to, method: method, crossSite: from != nil && site(from) != site(to), now: b.now()}
		resp, err := b.send(ctx, v, from, crossed, fields, origin)
		if err != nil {
			return nil, err
		}
		page, err := readPage(resp, to)
		location, redirect := resp.Header.Get("Location"), resp.StatusCode >= 300 && resp.StatusCode < 400
		if err != nil || !redirect || location == "" {
			return page, err
		}
		if to, err = to.Parse(location); err != nil {
			return nil, errors.New("launchtest: a redirect to what is no address")
		}
		if resp.StatusCode < http.StatusTemporaryRedirect {
			method, fields = http.MethodGet, nil
		}
	}
	return nil, errRedirects
}

// send asks once, with the cookies that go along, and keeps those that come back.
func (b *Browser) send(ctx context.Context, v visit, from *url.URL, crossed bool, fields url.Values, origin string) (*http.Response, error) {
	var body io.Reader
	if v.method == http.MethodPost {
		body = strings.NewReader(fields.Encode())
	}
	r, err := http.NewRequestWithContext(ctx, v.method, v.url.String(), body)
	if err != nil {
		return nil, errors.New("launchtest: not an address")
	}
	if v.method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Origin", origin)
	}
	for name, value := range map[string]string{"Accept": "text/html", "Accept-Language": b.wishes, "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document",
		"Sec-Fetch-User": "?1", "Sec-Fetch-Site": relation(from, v.url, crossed)} {
		r.Header.Set(name, value)
	}
	for _, c := range b.jar.of(v) {
		r.AddCookie(c)
	}
	resp, err := b.transport(v.url).RoundTrip(r)
	if err != nil {
		return nil, err
	}
	b.jar.set(v, resp.Cookies())
	return resp, nil
}

func (b *Browser) transport(to *url.URL) http.RoundTripper {
	if b.others != nil && b.sites[originOf(to)] == nil {
		return b.others
	}
	return b.sites
}

// relation is the value of Sec-Fetch-Site. Fetch Metadata Request Headers, section 2.3.
func relation(from, to *url.URL, crossed bool) string {
	switch {
	case from == nil:
		return "none"
	case crossed:
		return "cross-site"
	case originOf(from) == originOf(to):
		return "same-origin"
	}
	return "same-site"
}

// maxShown is how much of a page is kept.
const maxShown = 1 << 20

func readPage(resp *http.Response, at *url.URL) (*Page, error) {
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxShown))
	return &Page{URL: at, Status: resp.StatusCode, Header: resp.Header, Body: string(body)}, err
}

// Cookies gives the cookies that the browser has for an address, by name.
func (b *Browser) Cookies(address string) map[string]string {
	all := map[string]string{}
	if u, err := url.Parse(address); err == nil {
		for _, c := range b.jar.of(visit{url: u, method: http.MethodGet, now: b.now()}) {
			all[c.Name] = c.Value
		}
	}
	return all
}

// DropCookies forgets all cookies.
func (b *Browser) DropCookies() {
	b.jar.mu.Lock()
	defer b.jar.mu.Unlock()
	b.jar.kept = nil
}
