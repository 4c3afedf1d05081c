package launchtest

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/hti"
)

// Target is a tool to be tested: one that runs at an address, or a handler in
// this process. It need not be made with this SDK.
type Target struct {
	// URL is the launch address. With Tool, only its path counts. Required.
	URL string
	// Tool makes the tool as a handler. Nil means that it runs at URL already.
	// It is called again for the cases that need a tool that has just started.
	Tool func(Agreement) (http.Handler, error)
	// Issuer, SecondIssuer and Audience are what the tool was told. Empty means
	// https://portal.example, none and https://tool.example.
	Issuer, SecondIssuer, Audience string
	// Algorithms are those that the tool takes of the issuer. Empty means all
	// that HTI 2.0 lists. ES256 must be among them.
	Algorithms []string
	// Listen is where the portal publishes its keys: /jwks.json for the issuer,
	// /second.json for the second one. Empty means a free port of 127.0.0.1,
	// which only a Tool can know of.
	Listen string
	// PlainKeys publishes good keys only, for tools that refuse a whole set for
	// one bad key in it. The rows about such keys are not judged then.
	PlainKeys bool
	// Whoami is an address of the tool that answers 2xx to who has a session and
	// anything else to who has none. Empty means that an answer below 400 that
	// sets a cookie is a session. With Tool, only its path counts.
	Whoami string
	// Acting lists the roles beside launch.ActingSelf that the tool takes.
	// Those that are not listed are not judged, unless Exact is set.
	Acting []launch.Acting
	// Exact wants this SDK's HTTP statuses, and what else is this SDK's choice.
	// Otherwise any refusal between 400 and 499 will do.
	Exact bool
	// Patience is how long a slow request is kept open. Zero leaves that row out.
	Patience time.Duration
	// Wait is how long to try until the first good message is accepted: a tool
	// that was tested a moment ago may not look for new keys at once.
	Wait time.Duration
	// Client sends requests to URL. Nil means one that follows no redirects and waits 15 s.
	Client launch.Doer
	// Now is the clock, if the tool has the same: cases on the very second are
	// judged then. Nil means [time.Now].
	Now func() time.Time
	// Portal signs; nil means a new one. Give one to several runs: making keys
	// takes a second. Its Config holds then instead of Issuer, Audience and Now.
	Portal *Portal
}

// Agreement is what a portal and a tool agree on beforehand.
type Agreement struct {
	// Audience is the tool.
	Audience string
	// Issuers are the portals: the first one, and the second if the target has one.
	Issuers []AgreedIssuer
}

// AgreedIssuer is a portal.
type AgreedIssuer struct {
	// ID is its iss.
	ID string
	// JWKS is where its keys are: http, on this machine.
	JWKS string
	// Algorithms are the agreed ones.
	Algorithms []string
}

func (t Target) withDefaults() Target {
	setDefault(&t.Issuer, "https://portal.example")
	setDefault(&t.Audience, "https://tool.example")
	if t.Portal != nil {
		t.Issuer, t.Audience = t.Portal.Issuer(), t.Portal.Audience()
	}
	setDefault(&t.Listen, "127.0.0.1:0")
	if len(t.Algorithms) == 0 {
		t.Algorithms = hti.Algorithms()
	}
	if t.Client == nil {
		t.Client = &http.Client{Timeout: 15 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	}
	return t
}

func (t Target) faults() error {
	var f []string
	check := func(good bool, text string) {
		if !good {
			f = append(f, text)
		}
	}
	u, err := url.Parse(t.URL)
	check(err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.RawQuery == "", "field URL is not an https or http address without query")
	check(t.Whoami == "" || isAddress(t.Whoami), "field Whoami is not an https or http address")
	check(t.Tool != nil || t.Listen != "127.0.0.1:0", "field Listen is empty: a tool that runs already must know where the keys are")
	check(slices.Contains(t.Algorithms, "ES256"), "field Algorithms is without ES256")
	check(t.SecondIssuer != t.Issuer, "field SecondIssuer is the issuer")
	if len(f) == 0 {
		return nil
	}
	return errors.New("launchtest: invalid Target: " + strings.Join(f, "; "))
}

func isAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
}

// shared says whether the tool has the suite's clock.
func (t Target) shared() bool { return t.Now != nil }
