package main

import (
	"context"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"time"
)

// browser is what the script uses in place of a citizen's browser: it keeps
// cookies, follows redirects and can read the form that carries a launch.
type browser struct{ client http.Client }

func newBrowser() (*browser, error) {
	jar, err := cookiejar.New(nil)
	return &browser{http.Client{Jar: jar, Timeout: 10 * time.Second}}, err
}

// submit posts a form and gives the page that it leads to.
func (b *browser) submit(ctx context.Context, address string, fields url.Values) (page string, code int, err error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, strings.NewReader(fields.Encode()))
	if err != nil {
		return "", 0, err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return b.do(r)
}

func (b *browser) open(ctx context.Context, address string) (page string, code int, err error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return "", 0, err
	}
	return b.do(r)
}

func (b *browser) do(r *http.Request) (string, int, error) {
	r.Header.Set("Accept-Language", "nb")
	response, err := b.client.Do(r)
	if err != nil {
		return "", 0, err
	}
	defer response.Body.Close()
	page, err := io.ReadAll(io.LimitReader(response.Body, 1<<20))
	return string(page), response.StatusCode, err
}

var (
	formAction = regexp.MustCompile(`<form[^>]* action="([^"]+)"`)
	formToken  = regexp.MustCompile(`name="token"[^>]* value="([^"]+)"`)
)

// launchForm reads where the portal's page sends the browser, and the message that it carries.
func launchForm(page string) (action, message string, err error) {
	a, t := formAction.FindStringSubmatch(page), formToken.FindStringSubmatch(page)
	if a == nil || t == nil {
		return "", "", fmt.Errorf("the portal's page holds no launch form")
	}
	return html.UnescapeString(a[1]), html.UnescapeString(t[1]), nil
}

// whoami is the tool's answer to who has been launched.
type whoami struct {
	Profile   string `json:"profile"`
	Issuer    string `json:"issuer"`
	MessageID string `json:"messageId"`
	Patient   string `json:"patient"`
	Task      string `json:"task"`
	Assurance string `json:"assurance"`
}

func (b *browser) whoami(ctx context.Context, tool string) (whoami, error) {
	var who whoami
	page, code, err := b.open(ctx, tool+"/whoami")
	if err == nil && code != http.StatusOK {
		err = fmt.Errorf("/whoami answered %d", code)
	}
	if err != nil {
		return who, err
	}
	return who, json.Unmarshal([]byte(page), &who)
}
