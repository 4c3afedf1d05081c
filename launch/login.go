package launch

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"net/url"
	"time"
)

// LoginProfile is a protocol in which the portal opens an address of the tool,
// and the tool has the person log in at an OpenID provider. It knows addresses
// and claims; the [Handler] owns the browser's part, and a profile cannot reach it.
type LoginProfile interface {
	// ID names the profile in results and logs: "helsenorge".
	ID() string
	// Assurance is what the profile's launches say of the person at most.
	Assurance() Assurance
	// Issuer is the provider.
	Issuer() string
	// StartPath is the path of the tool's address that the portal opens with GET,
	// CallbackPath that of the address to which the provider has the browser
	// post its answer. Each begins with a slash and is this profile's alone.
	StartPath() string
	CallbackPath() string
	// Begin gives the provider's address to which the browser is sent. Nothing
	// of the login's secrets may be in it. The error should be an [*Error]; any
	// other is shown as [KindLoginUnavailable].
	Begin(ctx context.Context, login Login, now time.Time) (address string, err error)
	// Resume makes a launch of the form that came back; that its state is the
	// login's was checked. Issuer, MessageID and Context are set by the handler.
	// A code may be exchanged once and never again. The error is as with Begin.
	Resume(ctx context.Context, login Login, form url.Values, now time.Time) (*Launch, error)
}

// Discarder is what a [LoginProfile] also is that can end what a login gave. The
// handler calls it with a launch that the policy refuses, whose tokens nobody
// gets to see.
type Discarder interface {
	Discard(ctx context.Context, l *Launch)
}

// LoginLifetime is how long a person has for a login, from the start of the
// tool to the provider's answer.
const LoginLifetime = 10 * time.Minute

// Login is one login in one browser. It travels in a sealed cookie, so that any
// process of the tool can take the answer.
type Login struct {
	// State, Nonce and Verifier are random texts of at least 128 bits: what ties
	// the answer to this browser (RFC 6749, section 10.12), the ID token to this
	// login (OpenID Connect Core, section 3.1.2.1), and the code to this tool
	// (RFC 7636, section 4.1; 52 characters).
	State, Nonce, Verifier Secret
	// Started is when the tool was started, in UTC.
	Started time.Time
	// Context is what stood in the start address: see [Launch.Context].
	Context url.Values
}

func newLogin(now time.Time, context url.Values) Login {
	return Login{State: NewSecret(rand.Text()), Nonce: NewSecret(rand.Text()), Verifier: NewSecret(rand.Text() + rand.Text()),
		Started: now.UTC().Truncate(time.Second), Context: context}
}

// Challenge is the S256 code challenge of the login's verifier. RFC 7636, section 4.2.
func (l Login) Challenge() string {
	sum := sha256.Sum256([]byte(l.Verifier.Reveal()))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// loginID names a login in logs and in the replay store. It tells nothing of the state.
func loginID(state string) string {
	sum := sha256.Sum256([]byte("login " + state))
	return base64.RawURLEncoding.EncodeToString(sum[:])[:24]
}

// Tokens are what a login gave the tool to call the provider's APIs with.
type Tokens struct {
	// Access is the access token, Refresh the refresh token; zero if there is none.
	Access, Refresh Secret
	// Expires is when Access ends, in UTC; zero if that is not known.
	Expires time.Time
}
