package launchtest

import (
	"bytes"
	"crypto/rand"
	"html/template"
	"net/http"
	"net/url"

	"github.com/verktoykatalog/verktoy/internal/acceptlanguage"
)

// page is what the portal shows.
type page struct {
	Title, Text string
	Detail      string // for the tool's developer
	Form        string // id of the form; "" for none
	Action      string
	Fields      []field  // hidden
	Buttons     []button // each on a line
	Submit      bool     // at once
	Nonce       string
	Lang        string
	Portal      string
}

type button struct{ Name, Value, Label string }

func cancelButton(lang string) button { return button{"cancel", "1", sayCancel.in(lang)} }

// lang is the language that the browser wishes for.
func (x *exchange) lang() string { return acceptlanguage.Pick(x.r.Header.Get("Accept-Language")) }

// loginPage lists who can log in; who is logged in already comes first.
func (h *Helsenorge) loginPage(x *exchange, p pushed, tx, loggedIn string) error {
	client, _ := h.client(p.client)
	lang := x.lang()
	var buttons []button
	h.mu.Lock()
	for _, c := range h.citizens {
		switch {
		case c.NoLogin:
		case c.ID == loggedIn:
			buttons = append([]button{{"citizen", c.ID, sayContinueAs.in(lang, c.Name)}}, buttons...)
		default:
			buttons = append(buttons, button{"citizen", c.ID, sayLoginAs.in(lang, c.Name)})
		}
	}
	h.mu.Unlock()
	return h.show(x, http.StatusOK, page{Title: sayLogin.in(lang), Text: sayWho.in(lang, client.Name),
		Form: "login", Action: paths[EndpointLogin], Fields: []field{{"tx", tx}}, Buttons: append(buttons, cancelButton(lang))})
}

// choicePage asks for whom.
func (h *Helsenorge) choicePage(x *exchange, tx string, c Citizen) error {
	lang := x.lang()
	buttons := []button{{"for", c.ID, sayMyself.in(lang, c.Name)}}
	h.mu.Lock()
	for _, r := range c.Represents {
		other, _ := h.citizen(r.Citizen)
		buttons = append(buttons, button{"for", other.ID, other.Name})
	}
	h.mu.Unlock()
	return h.show(x, http.StatusOK, page{Title: sayForWhom.in(lang), Text: sayChoose.in(lang),
		Form: "choose", Action: paths[EndpointChoose], Fields: []field{{"tx", tx}}, Buttons: append(buttons, cancelButton(lang))})
}

// inactivePage tells the citizen first, and then the tool.
func (h *Helsenorge) inactivePage(x *exchange, p pushed) error {
	return h.callbackPage(x, p, false, h.errorFields("Innbygger er ikke digitalt aktiv")...)
}

// callbackPage posts the answer to the tool. OAuth 2.0 Form Post Response Mode, section 2.
func (h *Helsenorge) callbackPage(x *exchange, p pushed, submit bool, fields ...field) error {
	lang := x.lang()
	shown := page{Title: sayOnYour.in(lang), Text: sayIfNot.in(lang), Submit: submit}
	if !submit {
		shown.Title, shown.Text = sayInactive.in(lang), sayBecause.in(lang)
	}
	shown.Form, shown.Action, shown.Fields = "callback", p.redirectURI, append(fields, h.answerFields(p)...)
	shown.Buttons = []button{{Label: sayToTool.in(lang)}}
	return h.show(x, http.StatusOK, shown)
}

func (h *Helsenorge) loggedOutPage(x *exchange) error {
	return h.show(x, http.StatusOK, page{Title: sayLoggedOut.in(x.lang()), Text: sayClose.in(x.lang())})
}

// errorPage says what to do, and for the tool's developer what was wrong. Nothing
// of the request is on it.
func (h *Helsenorge) errorPage(x *exchange, no *refused) {
	_ = h.show(x, no.status, page{Title: sayUnusable.in(x.lang()), Text: sayAgain.in(x.lang()),
		Detail: "For developers: " + no.code + ", want " + no.want})
}

func (h *Helsenorge) show(x *exchange, status int, p page) error {
	p.Lang, p.Nonce = x.lang(), rand.Text()
	p.Portal = sayPortal.in(p.Lang)
	var body bytes.Buffer
	if err := pageTemplate.Execute(&body, p); err != nil {
		return err
	}
	h.pageHeaders(x.w.Header(), p)
	x.w.WriteHeader(status)
	_, _ = x.w.Write(body.Bytes()) // fails if nobody listens
	return nil
}

func (h *Helsenorge) pageHeaders(header http.Header, p page) {
	// Browsers hold the tool's own redirects to form-action, too, so https is let be as a whole.
	target := "https: 'self'"
	if u, err := url.Parse(p.Action); err == nil && u.Host != "" {
		target += " " + u.Scheme + "://" + u.Host
	}
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Content-Language", p.Lang)
	header.Set("Vary", "Accept-Language")
	header.Set("Cache-Control", "no-store")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Content-Security-Policy", "default-src 'none'; script-src 'nonce-"+p.Nonce+"'; style-src 'nonce-"+p.Nonce+
		"'; base-uri 'none'; form-action "+target+"; frame-ancestors 'none'")
	if h.cfg.ReferrerPolicy != "" {
		header.Set("Referrer-Policy", h.cfg.ReferrerPolicy)
	}
}

var pageTemplate = template.Must(template.New("page").Parse(`<!doctype html>
<html lang="{{.Lang}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{.Title}} – {{.Portal}}</title>
<style nonce="{{.Nonce}}">body{font:1.125rem/1.5 system-ui,sans-serif;max-width:36rem;margin:clamp(1.5rem,8vw,4rem) auto;padding:0 1.5rem;color:#1c1c28;background:#fff}
h1{font-size:1.75rem;line-height:1.25}form p{margin:.75rem 0}.detail{color:#4a4a5a;font-size:1rem}
button{font:inherit;width:100%;max-width:24rem;padding:.6rem 1.25rem;text-align:left;color:#fff;background:#06446c;border:2px solid #06446c;border-radius:.4rem}
button:focus-visible{outline:3px solid #06446c;outline-offset:3px}[name=cancel]{color:#06446c;background:#fff}
:root{color-scheme:light dark}@media (prefers-color-scheme:dark){body{color:#e8edf0;background:#12191e}.detail{color:#b4c0c8}
button{color:#0d1a22;background:#8cc8ea;border-color:#8cc8ea}[name=cancel]{color:#8cc8ea;background:#12191e}button:focus-visible{outline-color:#8cc8ea}}</style>
</head>
<body>
<main>
<h1>{{.Title}}</h1>
<p>{{.Text}}</p>
{{if .Detail}}<p class="detail" lang="en">{{.Detail}}</p>
{{end}}{{if .Form}}<form id="{{.Form}}" method="post" action="{{.Action}}">
{{range .Fields}}<input type="hidden" name="{{.Name}}" value="{{.Value}}">
{{end}}{{range .Buttons}}<p><button{{if .Name}} name="{{.Name}}" value="{{.Value}}"{{end}}>{{.Label}}</button></p>
{{end}}</form>
{{if .Submit}}<script nonce="{{.Nonce}}">document.getElementById("{{.Form}}").submit()</script>
{{end}}{{end}}</main>
</body>
</html>
`))
