package helsenorge

import (
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/internal/outbound"
	"github.com/verktoykatalog/verktoy/internal/unset"
	"github.com/verktoykatalog/verktoy/launch"
)

// ID is the profile's name in results and logs.
const ID = "helsenorge"

// IssuerTest is the provider of Helsenorge's environment TEST1. Norsk helsenett
// tells you those of the others.
const IssuerTest = "https://eksternapi.hn.test.nhn.no/sts/oidcprov/v3"

// FixedAudience may stand in the client assertion instead of the provider's
// issuer, and is the same in every environment.
const FixedAudience = "sikkerhet.helsenorge.no"

// Config is a tool's registration at Helsenorge. Issuer, ClientID, Key,
// RedirectURI, StartPath and Claims are required.
type Config struct {
	// Issuer is the provider, letter for letter. Its discovery document is where
	// all other addresses come from: their versions and host names differ.
	Issuer string
	// ClientID is the tool.
	ClientID string
	// Key signs the client assertions, with RS256 (or PS512), which live a minute.
	// Its public half is registered at Norsk helsenett by hand.
	Key launch.Signer
	// RedirectURI is the callback address as it is registered, letter for letter.
	RedirectURI string
	// StartPath is the path of the address that Helsenorge opens.
	StartPath string
	// Claims are the names of the claims that are not published.
	Claims ClaimNames
	// Audience is the assertion's aud. Empty means the provider's issuer;
	// [FixedAudience] is the other one that is documented.
	Audience string
	// Offline asks for a refresh token (offline_access), which must be granted.
	Offline bool
	// Algorithms are those of the ID token. Empty means RS256: what is documented
	// for other messages of Helsenorge, and assumed for this one.
	Algorithms []string
	// MaxLifetime is the greatest time between the ID token's iat and exp. It is
	// not documented; zero means an hour.
	MaxLifetime time.Duration
	// Headers are further members that the ID token's header may have, such as x5t.
	Headers []string
	// PAR is the address for pushed requests, for a discovery document without
	// one: it has a page of its own in the documentation.
	PAR string
	// Extend prolongs a refresh token. Nil means that nothing does: a session then
	// ends with its access token. See [AssumedExtend].
	Extend Extender
	// Client sends requests to the provider. Nil means one with a time limit that
	// follows no redirects.
	Client launch.Doer
	// AllowLoopback allows http addresses on this machine, for the simulator.
	AllowLoopback bool
	// Logger gets a warning at start about what is assumed, and the provider's
	// troubles. Nil means none.
	Logger *slog.Logger
	// Now is the clock. Nil means [time.Now].
	Now func() time.Time
}

// ClaimNames are the names of those claims of the ID token that Helsenorge has
// not published. It is documented that the token always says who is logged in and who is
// represented, and the relation when they are two; sub is the pseudonym of the one
// who is represented, the same for this tool at all times.
type ClaimNames struct {
	// Actor is the claim with the pseudonym of who is logged in. Required.
	Actor string
	// Relation is the claim with the relation, a code of
	// http://helsenorge.no/fhir/KanUtforesAv. Required.
	Relation string
	// NationalID is the claim with the national identity number of who is
	// represented, for tools that are granted it. Empty means that it is not read.
	NationalID string
	// Confirmed says that Norsk helsenett has told you these names. Otherwise a
	// warning is logged at start.
	Confirmed bool
}

// taken are the ID token's own claims (OpenID Connect Core, section 2): who is
// logged in, and how, is in none of them. sub is who is represented.
var taken = []string{"sub", "iss", "aud", "azp", "exp", "iat", "nbf", "jti", "nonce", "auth_time", "acr", "amr", "at_hash", "c_hash", "sid"}

func (n ClaimNames) apart() bool {
	for _, name := range []string{n.Actor, n.Relation, n.NationalID} {
		if slices.Contains(taken, name) {
			return false
		}
	}
	return n.Actor != n.Relation && n.NationalID != n.Actor && n.NationalID != n.Relation || n.Actor == ""
}

// AssumedClaims are names that nobody has confirmed. The simulator uses them.
func AssumedClaims() ClaimNames {
	return ClaimNames{Actor: "actor_sub", Relation: "representation", NationalID: "pid"}
}

func (cfg Config) withDefaults() Config {
	if len(cfg.Algorithms) == 0 {
		cfg.Algorithms = []string{"RS256"}
	}
	if cfg.MaxLifetime == 0 {
		cfg.MaxLifetime = time.Hour
	}
	if unset.Is(cfg.Client) {
		cfg.Client = &http.Client{Transport: outbound.Transport(true), Timeout: 15 * time.Second}
	}
	if cfg.Logger == nil {
		cfg.Logger = slog.New(slog.DiscardHandler)
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	cfg.Algorithms, cfg.Headers = slices.Clone(cfg.Algorithms), slices.Clone(cfg.Headers)
	return cfg
}

func (cfg Config) faults() error {
	var faults []string
	check := func(good bool, text string) {
		if !good {
			faults = append(faults, text)
		}
	}
	u, err := url.Parse(cfg.RedirectURI)
	check(outbound.Secure(cfg.Issuer, cfg.AllowLoopback) && !strings.Contains(cfg.Issuer, "?"),
		"field Issuer is not an https address without query (http needs AllowLoopback and a loopback host)")
	check(cfg.ClientID != "" && cfg.ClientID == strings.TrimSpace(cfg.ClientID), "field ClientID is empty, or has space around it")
	check(cfg.Audience == "" || cfg.Audience == cfg.Issuer || cfg.Audience == FixedAudience, "field Audience is neither the Issuer nor FixedAudience")
	check(cfg.Extend == nil || !unset.Is(cfg.Extend), "field Extend is a nil pointer")
	check(noEndpoint(cfg.Extend, cfg.AllowLoopback) == nil, "field Extend: field Endpoint of AssumedExtend is not an https address")
	check(!unset.Is(cfg.Key) && cfg.Key != launch.Signer(launch.SigningKey{}), "field Key is nil or the zero SigningKey")
	check(err == nil && outbound.Secure(cfg.RedirectURI, cfg.AllowLoopback) && strings.HasPrefix(u.Path, "/") && u.RawQuery == "",
		"field RedirectURI is not an https address with a path and without query")
	check(strings.HasPrefix(cfg.StartPath, "/") && !strings.ContainsAny(cfg.StartPath, "?#"), "field StartPath does not begin with a slash, or has a query")
	check(cfg.PAR == "" || outbound.Secure(cfg.PAR, cfg.AllowLoopback), "field PAR is not an https address")
	check(cfg.Claims.Actor != "", "field Claims.Actor is empty: ask Norsk helsenett for the claim's name")
	check(cfg.Claims.Relation != "", "field Claims.Relation is empty: ask Norsk helsenett for the claim's name")
	check(cfg.Claims.apart(), "field Claims: want three names that differ, and none of the token's own (sub, iss, aud, …)")
	check(cfg.MaxLifetime > 0, "field MaxLifetime is negative")
	if len(faults) == 0 {
		return nil
	}
	return errors.New(strings.Join(faults, "; "))
}
