package launchtest

import (
	"crypto/rsa"
	"net"
	"net/http"
	"net/url"
	"time"

	"github.com/verktoykatalog/verktoy/launch"
)

// LoginTarget is a tool that citizens start from helsenorge.no and that logs them
// in there, to be tested by [CheckLogin]: one that runs at an address, or a
// handler in this process. It need not be made with this SDK.
type LoginTarget struct {
	// Start is the address that Helsenorge opens, and Callback the redirect
	// address as the tool sends it, both on one host. Required. With Tool, nothing
	// of them is asked over a network.
	Start, Callback string
	// Tool makes the tool as a handler. Nil means that it runs at Start already.
	// It is called again for the cases that need a tool that has just started.
	Tool func(LoginAgreement) (http.Handler, error)
	// Listen is where Helsenorge's API is for a tool that runs already: host and
	// port of this machine. The tool's issuer is then http://Listen/sts/oidcprov/v3.
	Listen string
	// ClientID is the tool at Helsenorge. Empty means tool-under-test.
	ClientID string
	// Keys check the tool's client assertions. Nil means that a Tool is given a
	// key; a tool that runs already has one.
	Keys launch.Keys
	// Whoami is an address of the tool that answers 2xx to who has a session and
	// anything else to who has none, without sending the browser elsewhere. Empty
	// means that an answer at the callback below 400 that sets a cookie is a session.
	Whoami string
	// Relations are those in which the tool takes citizens who act for others,
	// such as [RelationChild]. In all others they must be refused.
	Relations []Relation
	// Claims are the names that the tool knows the unpublished claims by, and
	// Grants what it is granted: see [HelsenorgeConfig] and [HelsenorgeClient].
	Claims HelsenorgeClaims
	Grants []string
	// Exact wants this SDK's HTTP statuses, and what else is this SDK's choice.
	// Otherwise any refusal between 400 and 499 will do, or 502 to 504 for what
	// the provider did wrong.
	Exact bool
	// Patience is how long a tool may wait for a provider that does not answer.
	// Zero leaves that row out.
	Patience time.Duration
	// Wait is how long to try until the first good login is accepted: a tool that
	// was tested a moment ago may not look for new keys at once.
	Wait time.Duration
	// Client sends requests to the tool. Nil means one that waits 15 s, or Patience.
	Client launch.Doer
	// Now is the provider's and the browser's clock. Nil means [time.Now].
	Now func() time.Time
	// ProviderKey signs ID tokens, and ToolKey is the Tool's key: RS256. Nil and
	// zero mean new ones. Give them to several runs: making keys takes a while.
	ProviderKey *rsa.PrivateKey
	ToolKey     launch.SigningKey
}

// LoginAgreement is what Helsenorge and a tool agree on beforehand.
type LoginAgreement struct {
	// Issuer is where discovery starts, ClientID the tool, and Callback its
	// redirect address.
	Issuer, ClientID, Callback string
	// Key signs client assertions; see [launch.SigningKey.PrivateJWK]. It is zero
	// if the target names the tool's own.
	Key launch.SigningKey
	// Claims are the names of the claims that are not public.
	Claims HelsenorgeClaims
	// Client reaches Helsenorge, without a network, and nobody else.
	Client *http.Client
	// Now is the provider's clock.
	Now func() time.Time
}

const attemptTime = 15 * time.Second

func (t LoginTarget) withDefaults() LoginTarget {
	setDefault(&t.ClientID, "tool-under-test")
	if t.Client == nil {
		t.Client = &http.Client{Timeout: max(attemptTime, t.Patience), CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	}
	if t.Now == nil {
		t.Now = time.Now
	}
	return t
}

func (t LoginTarget) faults() error {
	var f faultList
	f.check(isAddress(t.Start), "field Start is not an https or http address")
	callback, err := url.Parse(t.Callback)
	f.check(err == nil && isSecure(callback), "field Callback is not an https address, or http on this machine")
	f.check(t.Whoami == "" || isAddress(t.Whoami), "field Whoami is not an https or http address")
	if start, err := url.Parse(t.Start); err == nil && callback != nil {
		f.check(originOf(start) == originOf(callback), "field Callback is not on the host of Start")
	}
	f.check(t.Tool != nil || t.Keys != nil, "field Keys is nil: a tool that runs already has a key")
	f.check(t.Tool != nil || isListener(t.Listen), "field Listen is not host and port of this machine: a tool that runs already must know where Helsenorge is")
	for _, r := range t.Relations {
		f.check(among(r, relationsBetween), "field Relations has one that is not 2 to 5")
	}
	return f.err("LoginTarget")
}

func isListener(s string) bool {
	host, port, err := net.SplitHostPort(s)
	return err == nil && isLoopback(host) && port != "" && port != "0"
}
