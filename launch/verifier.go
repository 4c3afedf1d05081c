package launch

import (
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/internal/jose"
	"github.com/verktoykatalog/verktoy/internal/unset"
)

// MaxSkew is the greatest clock difference that can be configured.
const MaxSkew = 60 * time.Second

// DefaultSkew is the clock difference that is accepted unless configured.
const DefaultSkew = 10 * time.Second

// Issuer is somebody whose messages are accepted.
type Issuer struct {
	// ID is compared with the message's iss, letter for letter. Required.
	ID string
	// Keys are the issuer's own. Required.
	Keys Keys
	// Algorithms are those agreed with the issuer; empty means all that the
	// profile knows. A published key that names no algorithm is taken only
	// where exactly one is listed here, and for that one.
	Algorithms []string
}

// VerifierConfig says what a [Verifier] accepts. It is for who writes a
// [Profile]; all but the durations' defaults and the two exceptions is required.
type VerifierConfig struct {
	// Audience is this tool, compared with the message's aud, letter for letter.
	Audience string
	// Issuers is the closed list.
	Issuers []Issuer
	// Types are the accepted typ headers, compared without case and with or without
	// "application/" (RFC 7515, section 4.1.9); "" among them accepts a message
	// without one.
	Types []string
	// Algorithms are those that the profile knows, asymmetric ones only.
	Algorithms []string
	// Headers are further members that the header may have, to be read with
	// [Claims.Header]; none that brings a key or asks for more understanding (jwk,
	// jku, x5c, x5u, crit, b64, zip, enc). Empty means alg, kid and typ alone.
	Headers []string
	// MaxLifetime is the greatest time between iat and exp.
	MaxLifetime time.Duration
	// Skew is the clock difference accepted for iat and nbf. Zero means
	// [DefaultSkew]; at most [MaxSkew].
	Skew time.Duration
	// ExpirySkew is the same for exp. Zero means none; at most [MaxSkew].
	ExpirySkew time.Duration
	// IDOptional accepts messages without jti, for profiles that have another
	// protection against replay. Otherwise it is needed, as iat and exp are.
	IDOptional bool
	// AllowPersonalData accepts identity numbers, e-mail addresses and names
	// in the message.
	AllowPersonalData bool
}

// Verifier does everything between the bytes of a message and its claims that
// is the same for all profiles. It does not change and may be used concurrently.
type Verifier struct {
	cfg     VerifierConfig
	issuers map[string]Issuer
}

// NewVerifier copies and checks the configuration; the error names every fault.
func NewVerifier(cfg VerifierConfig) (*Verifier, error) {
	var f faults
	f.check(cfg.Audience != "", "field Audience is empty")
	f.check(len(cfg.Issuers) > 0, "field Issuers is empty")
	f.check(len(cfg.Types) > 0, "field Types is empty")
	f.check(len(cfg.Algorithms) > 0, "field Algorithms is empty")
	f.check(known(cfg.Algorithms), "field Algorithms may hold only "+strings.Join(jose.Algorithms(), ", "))
	f.check(!slices.ContainsFunc(cfg.Headers, neverHeader), "field Headers may not hold "+strings.Join(neverHeaders, ", "))
	f.check(cfg.MaxLifetime > 0, "field MaxLifetime is not positive")
	f.check(within(cfg.Skew, MaxSkew), "field Skew is not within 0 and 60 s")
	f.check(within(cfg.ExpirySkew, MaxSkew), "field ExpirySkew is not within 0 and 60 s")
	v := &Verifier{cfg: cfg, issuers: map[string]Issuer{}}
	for _, i := range cfg.Issuers {
		v.addIssuer(i, &f)
	}
	if v.cfg.Skew == 0 {
		v.cfg.Skew = DefaultSkew
	}
	v.cfg.Types, v.cfg.Algorithms, v.cfg.Headers = slices.Clone(cfg.Types), slices.Clone(cfg.Algorithms), slices.Clone(cfg.Headers)
	return v, f.err("VerifierConfig")
}

func (v *Verifier) addIssuer(i Issuer, f *faults) {
	_, twice := v.issuers[i.ID]
	f.check(i.ID != "", "an issuer's field ID is empty")
	f.check(!twice, "issuer "+i.ID+" is listed twice")
	f.check(!unset.Is(i.Keys), "issuer "+i.ID+": field Keys is nil")
	outside := slices.ContainsFunc(i.Algorithms, func(a string) bool { return !slices.Contains(v.cfg.Algorithms, a) })
	f.check(!outside, "issuer "+i.ID+": field Algorithms may hold only "+strings.Join(v.cfg.Algorithms, ", "))
	i.Algorithms = slices.Clone(i.Algorithms)
	if len(i.Algorithms) == 0 {
		i.Algorithms = slices.Clone(v.cfg.Algorithms)
	}
	v.issuers[i.ID] = i
}

// neverHeaders bring a key of the sender's own choice, or change what the rest
// means. RFC 7515, section 4.1; RFC 7797; RFC 7516, section 4.1.
var neverHeaders = []string{"jwk", "jku", "x5c", "x5u", "crit", "b64", "zip", "enc"}

func neverHeader(name string) bool { return slices.Contains(neverHeaders, name) }

func known(algorithms []string) bool {
	return !slices.ContainsFunc(algorithms, func(a string) bool { return !jose.Known(a) })
}

// asError keeps an [*Error] and makes one of anything else.
func asError(err error, kind Kind, want string) *Error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return Refuse(kind, want, err)
}
