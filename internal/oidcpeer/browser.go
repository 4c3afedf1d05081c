package oidcpeer

import (
	"context"
	"errors"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"
)

// Browser plays a citizen's browser at the provider: it keeps cookies and
// follows redirects, and stops at the page that posts back to the tool.
type Browser struct{ client *http.Client }

// Answer is what the provider's page posts to the tool. OAuth 2.0 Form Post
// Response Mode, section 2.
type Answer struct {
	// Action is where to.
	Action string
	// Fields are code, state and iss, or error.
	Fields url.Values
}

// NewBrowser gives a browser without cookies.
func NewBrowser(t testing.TB) *Browser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	must(t, err)
	return &Browser{&http.Client{Jar: jar, Timeout: 30 * time.Second}}
}

// Login opens the address that the tool redirects to, and logs in if asked. The
// error is [ErrPage] when the provider refuses to send the citizen back.
func (b *Browser) Login(ctx context.Context, address string) (*Answer, error) {
	return b.visit(ctx, address, "login")
}

// Cancel is [Browser.Login] by someone who presses the other button.
func (b *Browser) Cancel(ctx context.Context, address string) (*Answer, error) {
	return b.visit(ctx, address, "cancel")
}

func (b *Browser) visit(ctx context.Context, address, choice string) (*Answer, error) {
	page, at, err := b.load(ctx, http.MethodGet, address, nil)
	if err == nil && strings.Contains(page, `name="do"`) {
		page, _, err = b.load(ctx, http.MethodPost, at, url.Values{"do": {choice}})
	}
	if err != nil {
		return nil, err
	}
	return answer(page)
}

// load gives a page and the address that it is found at in the end.
func (b *Browser) load(ctx context.Context, method, address string, fields url.Values) (page, at string, err error) {
	r, err := http.NewRequestWithContext(ctx, method, address, strings.NewReader(fields.Encode()))
	if err != nil {
		return "", "", err
	}
	r.Header.Set("Accept", "text/html")
	if fields != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	response, err := b.client.Do(r)
	if err != nil {
		return "", "", err
	}
	defer response.Body.Close()
	data, err := io.ReadAll(io.LimitReader(response.Body, 1<<20))
	return string(data), response.Request.URL.String(), err
}

var (
	form  = regexp.MustCompile(`<form method="post" action="([^"]+)"`)
	field = regexp.MustCompile(`<input type="hidden" name="([^"]+)" value="([^"]*)"`)
)

// ErrPage is that the provider shows the citizen something else than a form for the tool.
var ErrPage = errors.New("oidcpeer: the provider's page is no form for the tool")

// answer reads the page that posts to the tool.
func answer(page string) (*Answer, error) {
	action := form.FindStringSubmatch(page)
	if action == nil {
		return nil, fmt.Errorf("%w: %.300q", ErrPage, page)
	}
	a := &Answer{Action: html.UnescapeString(action[1]), Fields: url.Values{}}
	for _, f := range field.FindAllStringSubmatch(page, -1) {
		a.Fields.Add(f[1], html.UnescapeString(f[2]))
	}
	return a, nil
}
