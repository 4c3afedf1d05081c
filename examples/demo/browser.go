package main

import (
	"context"
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"regexp"

	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

// browser is what the script uses in place of a person's browser: it keeps
// cookies, follows redirects, logs in at the simulated Helsenorge and can read
// the form that carries a launch.
type browser struct{ *launchtest.Browser }

func (w *world) newBrowser() *browser {
	return &browser{w.login.NewBrowser(launchtest.BrowserConfig{Others: http.DefaultTransport})}
}

// page sends a form from the page it stands on, and wants an answer with this status.
func (b *browser) page(ctx context.Context, want int, address string, fields url.Values) (string, error) {
	return wanted(want, address)(b.Post(ctx, address, address, fields))
}

// open goes to an address, and wants an answer with this status.
func (b *browser) open(ctx context.Context, want int, address string) (string, error) {
	return wanted(want, address)(b.Type(ctx, address))
}

func wanted(status int, address string) func(*launchtest.Page, error) (string, error) {
	return func(page *launchtest.Page, err error) (string, error) {
		switch {
		case err != nil:
			return "", err
		case page.Status != status:
			return page.Body, fmt.Errorf("%s answered %d, want %d", address, page.Status, status)
		}
		return page.Body, nil
	}
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
	Profile   string     `json:"profile"`
	Issuer    string     `json:"issuer"`
	MessageID string     `json:"messageId"`
	Patient   string     `json:"patient"`
	Acting    string     `json:"acting"`
	Task      string     `json:"task"`
	Assurance string     `json:"assurance"`
	Context   url.Values `json:"context"`
}

func (b *browser) whoami(ctx context.Context, tool string) (whoami, error) {
	var who whoami
	page, err := b.open(ctx, http.StatusOK, tool+"/whoami")
	if err != nil {
		return who, err
	}
	return who, json.Unmarshal([]byte(page), &who)
}
