package hti

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"html/template"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"time"

	"github.com/verktoykatalog/verktoy/launch"
)

// Outgoing is a signed message on its way to the tool. Whoever holds it can be
// its person, so it prints as [redacted]: [Outgoing.Token] alone shows it.
type Outgoing struct {
	// MessageID is the message's jti, for the log.
	MessageID string
	// Expires is when the message ends, in UTC.
	Expires time.Time

	lang  string
	token *string
}

const redacted = "[redacted]"

// Token is the signed message, "" for the zero Outgoing. It must not be logged,
// stored or put into an address.
func (o Outgoing) Token() string {
	if o.token == nil {
		return ""
	}
	return *o.token
}

// Format prints [redacted], whatever the verb.
func (o Outgoing) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, redacted) }

// MarshalText is [redacted].
func (o Outgoing) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// LogValue is the message's id.
func (o Outgoing) LogValue() slog.Value { return slog.StringValue("message " + o.MessageID) }

// Form answers a request of the portal's own page with a page that posts the
// message to action, the tool's launch address, at once, and with a button where
// scripts are off. Action is https, or http on this machine; an address with
// personal data in it is refused, as HTI 2.0, "Semantic roles and
// responsibilities", wants. After an error nothing is written.
func (o Outgoing) Form(w http.ResponseWriter, action string) error {
	origin, err := launchAddress(action)
	if err != nil {
		return err
	}
	if o.token == nil {
		return errors.New("hti: the zero Outgoing has no message")
	}
	text, nonce := texts[o.lang], rand.Text()
	var page bytes.Buffer
	err = formTemplate.Execute(&page, map[string]string{"Lang": text.lang, "Title": text.title, "Wait": text.wait, "Go": text.button,
		"Action": action, "Token": *o.token, "Nonce": nonce})
	if err != nil {
		return fmt.Errorf("hti: %w", err)
	}
	formHeaders(w.Header(), origin, nonce)
	_, err = w.Write(page.Bytes())
	return err
}

func formHeaders(h http.Header, origin, nonce string) {
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	// Browsers hold the tool's own redirects to form-action, too, so https is let be as a whole.
	h.Set("Content-Security-Policy", "default-src 'none'; script-src 'nonce-"+nonce+"'; base-uri 'none'; form-action https: "+origin+
		"; frame-ancestors 'none'")
}

func launchAddress(action string) (origin string, err error) {
	u, err := url.Parse(action)
	if err != nil || u.Host == "" || u.User != nil || u.Fragment != "" {
		return "", errors.New("hti: the launch address is not an absolute https address")
	}
	if u.Scheme != "https" && (u.Scheme != "http" || !loopback(u.Hostname())) {
		return "", errors.New("hti: the launch address is neither https nor on this machine")
	}
	if launch.PersonalData(u.RequestURI()) {
		return "", errors.New("hti: the launch address may hold personal data")
	}
	return u.Scheme + "://" + u.Host, nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// texts of the page that sends the message; "" is Bokmål.
var texts = map[string]struct{ lang, title, wait, button string }{
	"":   bokmal,
	"nb": bokmal,
	"nn": {"nn", "Verktøyet blir opna", "Verktøyet blir opna om ein augneblink. Skjer det ikkje noko, trykk på knappen.", "Opne verktøyet"},
	"en": {"en", "Opening the tool", "The tool opens in a moment. If nothing happens, press the button.", "Open the tool"},
}

var bokmal = struct{ lang, title, wait, button string }{
	"nb", "Verktøyet åpnes", "Verktøyet åpnes om et øyeblikk. Skjer det ikke noe, trykk på knappen.", "Åpne verktøyet",
}

var formTemplate = template.Must(template.New("form").Parse(`<!doctype html>
<html lang="{{.Lang}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{.Title}}</title>
</head>
<body>
<form id="launch" method="post" action="{{.Action}}">
<input type="hidden" name="token" value="{{.Token}}">
<p>{{.Wait}}</p>
<button>{{.Go}}</button>
</form>
<script nonce="{{.Nonce}}">document.getElementById("launch").submit()</script>
</body>
</html>
`))
