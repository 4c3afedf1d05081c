package hti

import (
	"context"
	"fmt"
	"net/url"
	"time"

	"github.com/verktoykatalog/verktoy/launch"
)

// ID is the profile's name in launches and logs.
const ID = "hti"

// Version is the hti-version that is written and accepted.
const Version = "2.0"

// MaxLifetime is the greatest time between a message's iat and exp.
const MaxLifetime = 5 * time.Minute

// Issuer is a portal whose messages are accepted.
type Issuer = launch.Issuer

// Algorithms are those that every tool must accept (HTI 2.0, "Additional
// security restrictions"). An [Issuer] may be held to fewer.
func Algorithms() []string {
	return []string{"RS256", "RS384", "RS512", "ES256", "ES384", "ES512"}
}

// Config says what a tool accepts. Audience and Issuers are required.
type Config struct {
	// Audience is this tool's identifier as agreed with the portals, compared
	// with aud letter for letter.
	Audience string
	// Issuers is the closed list of portals.
	Issuers []Issuer
	// Skew is the clock difference accepted for iat and nbf. Zero means 10 s;
	// at most 60 s. There is none for exp.
	Skew time.Duration
	// AllowMissingType accepts messages without the header typ; the zero value
	// wants "JWT". Any other typ is refused in any case.
	AllowMissingType bool
}

type profile struct{ verifier *launch.Verifier }

var _ launch.Profile = (*profile)(nil)

// New makes the profile for launch.NewHandler. The error names every fault.
func New(cfg Config) (launch.Profile, error) {
	types := []string{"JWT"}
	if cfg.AllowMissingType {
		types = append(types, "")
	}
	v, err := launch.NewVerifier(launch.VerifierConfig{Audience: cfg.Audience, Issuers: cfg.Issuers, Skew: cfg.Skew,
		Types: types, Algorithms: Algorithms(), MaxLifetime: MaxLifetime})
	if err != nil {
		return nil, fmt.Errorf("hti: %w", err)
	}
	return &profile{v}, nil
}

func (p *profile) ID() string                  { return ID }
func (p *profile) Assurance() launch.Assurance { return launch.Bearer }

// Match: the message is in the field token. HTI 2.0, "The message exchange".
func (p *profile) Match(form url.Values) bool { return form.Has("token") }

func (p *profile) Accept(ctx context.Context, form url.Values, now time.Time) (*launch.Launch, time.Time, error) {
	c, err := p.verifier.Verify(ctx, form.Get("token"), now)
	if err != nil {
		return nil, time.Time{}, err
	}
	l := &launch.Launch{Profile: ID, Issuer: c.Issuer, MessageID: c.ID, Issued: c.Issued, Expires: c.Expires, Assurance: launch.Bearer}
	if err := readClaims(c, l); err != nil {
		return nil, time.Time{}, err
	}
	return l, c.Remember, nil
}
