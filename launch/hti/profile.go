package hti

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/launch"
)

// ID is the profile's name in logs. A launch's Profile is ID, slash, the
// message's version: "hti/2.0".
const ID = "hti"

// The versions of HTI:core. [Version] is what is accepted and written unless
// configured; [Version11] is for parties that have nothing newer.
const (
	Version   = "2.0"
	Version11 = "1.1"
)

// MaxLifetime is the greatest time between a message's iat and exp.
const MaxLifetime = 5 * time.Minute

// Issuer is a portal whose messages are accepted.
type Issuer = launch.Issuer

// Algorithms are those that every tool must accept (HTI 2.0, "Additional
// security restrictions"), and that are accepted of an [Issuer] that lists none.
func Algorithms() []string {
	return []string{"RS256", "RS384", "RS512", "ES256", "ES384", "ES512"}
}

// agreedAlgorithms are not HTI's, but what many key tools and key stores make:
// they are accepted of the issuers alone that list them.
var agreedAlgorithms = []string{"PS256", "PS384", "PS512"}

// Config says what a tool accepts. Audience and Issuers are required.
type Config struct {
	// Audience is this tool's identifier as agreed with the portals, compared
	// with aud letter for letter.
	Audience string
	// Issuers is the closed list of portals. An issuer's Algorithms may be fewer
	// than [Algorithms], and may name PS256, PS384 and PS512, which HTI does not
	// list: only where portal and tool have agreed on it.
	Issuers []Issuer
	// Versions are the accepted ones, of [Version] and [Version11]. Empty
	// means [Version] alone.
	Versions []string
	// DecryptionKeys open encrypted messages (profile HTI:jwe); while keys
	// change there are two. Messages that are not encrypted are accepted, too.
	// Empty means that no encrypted message is.
	DecryptionKeys []DecryptionKey
	// Skew is the clock difference accepted for iat and nbf. Zero means 10 s;
	// at most 60 s. There is none for exp.
	Skew time.Duration
	// AllowMissingType accepts messages without the header typ; the zero value
	// wants "JWT". Any other typ is refused in any case.
	AllowMissingType bool
}

type profile struct {
	verifier *launch.Verifier
	versions []string
	keys     map[string]DecryptionKey
	reads    map[string][]step // by version
}

var (
	_ launch.Profile   = (*profile)(nil)
	_ launch.Explainer = (*profile)(nil)
)

// New makes the profile for launch.NewHandler. It is a launch.Explainer, too.
// The error names every fault.
func New(cfg Config) (launch.Profile, error) {
	types := []string{"JWT"}
	if cfg.AllowMissingType {
		types = append(types, "")
	}
	issuers, algorithms := agreed(cfg.Issuers)
	v, err := launch.NewVerifier(launch.VerifierConfig{Audience: cfg.Audience, Issuers: issuers, Skew: cfg.Skew,
		Types: types, Algorithms: algorithms, MaxLifetime: MaxLifetime})
	p := &profile{verifier: v, versions: slices.Clone(cfg.Versions), keys: map[string]DecryptionKey{}}
	if len(p.versions) == 0 {
		p.versions = []string{Version}
	}
	p.reads = map[string][]step{Version: p.stepsOf(Version, steps20), Version11: p.stepsOf(Version11, steps11)}
	if err = errors.Join(err, p.addKeys(cfg.DecryptionKeys), p.knownVersions()); err != nil {
		return nil, fmt.Errorf("hti: %s", strings.ReplaceAll(err.Error(), "\n", "; "))
	}
	return p, nil
}

// agreed holds issuers that list no algorithms to HTI's, and gives all that may
// come in: more than HTI's where an issuer lists more.
func agreed(issuers []Issuer) (held []Issuer, algorithms []string) {
	held, algorithms = slices.Clone(issuers), Algorithms()
	more := false
	for i := range held {
		if len(held[i].Algorithms) == 0 {
			held[i].Algorithms = Algorithms()
		}
		more = more || slices.ContainsFunc(held[i].Algorithms, func(a string) bool { return !slices.Contains(Algorithms(), a) })
	}
	if more {
		algorithms = append(algorithms, agreedAlgorithms...)
	}
	return held, algorithms
}

func (p *profile) addKeys(keys []DecryptionKey) (err error) {
	for i, k := range keys {
		if _, twice := p.keys[k.ID()]; twice {
			err = errors.Join(err, fmt.Errorf("decryption key %q is listed twice", k.ID()))
		}
		if k.key == nil {
			err = errors.Join(err, fmt.Errorf("decryption key %d is the zero DecryptionKey", i))
			continue
		}
		p.keys[k.ID()] = k
	}
	return err
}

func (p *profile) knownVersions() error {
	for _, v := range p.versions {
		if v != Version && v != Version11 {
			return errors.New("field Versions may hold only " + Version + ", " + Version11)
		}
	}
	return nil
}

func (p *profile) ID() string                  { return ID }
func (p *profile) Assurance() launch.Assurance { return launch.Bearer }

// Match: the message is in the field token. HTI 2.0, "The message exchange".
func (p *profile) Match(form url.Values) bool { return form.Has("token") }

func (p *profile) Accept(ctx context.Context, form url.Values, now time.Time) (*launch.Launch, time.Time, error) {
	return p.accept(ctx, form.Get("token"), now, nil)
}

// Explain runs Accept's own code, and lets it take notes.
func (p *profile) Explain(ctx context.Context, form url.Values, now time.Time) *launch.Explanation {
	x := launch.NewExplanation(now)
	_, _, _ = p.accept(ctx, form.Get("token"), now, x)
	x.Cite("lifetime", `HTI 2.0, "Mapping of the HTI claims", exp`)
	x.Cite("id", `HTI 2.0, "Mapping of the HTI claims", jti`)
	x.Cite("personal-data", `HTI 2.0, "Personal data"`)
	return x
}

func (p *profile) accept(ctx context.Context, token string, now time.Time, x *launch.Explanation) (*launch.Launch, time.Time, error) {
	signed, err := p.open(token, x)
	if err != nil {
		p.verifier.NotReached(x)
		note(x, p.steps(nil)...)
		return nil, time.Time{}, err
	}
	c, err := p.verifier.VerifyNoted(ctx, signed, now, x)
	if err != nil {
		note(x, p.steps(nil)...)
		return nil, time.Time{}, err
	}
	m := &message{c: c, l: &launch.Launch{Issuer: c.Issuer, MessageID: c.ID, Issued: c.Issued, Expires: c.Expires, Assurance: launch.Bearer}}
	if err := m.read(p.steps(c), x); err != nil {
		return nil, time.Time{}, err
	}
	return m.l, c.Remember, nil
}
