package launchtest

import (
	"crypto/rsa"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// HelsenorgeConfig says what the simulated provider is like. Every field may be
// empty. Fields that are marked "assumption" stand for what is not public about
// the real one: try your tool with more than one value.
type HelsenorgeConfig struct {
	// API and Portal are the two hosts, without a path: https, or http on this
	// machine. Empty means https://eksternapi.helsenorge.example and
	// https://tjenester.helsenorge.example.
	API, Portal string
	// Clients are the registered tools; more can be added with [Helsenorge.AddClient].
	Clients []HelsenorgeClient
	// Citizens are the persons who can be chosen at the login. Nil means [Citizens].
	Citizens []Citizen
	// Claims names the claims of the ID token whose names are not public (assumption).
	Claims HelsenorgeClaims
	// RelationAlways puts the relation into the ID token also when the citizen
	// acts for himself. The real one tells it if the two persons differ.
	RelationAlways bool
	// CallbackIssuer sends iss to the callback (RFC 9207) (assumption: not sent).
	CallbackIssuer bool
	// RefuseClientID refuses a token request with client_id in it, which tools
	// with a server do not send (assumption: it is tolerated).
	RefuseClientID bool
	// InvalidClient is the status of invalid_client, 400 or 401. Zero means 401 (assumption).
	InvalidClient int
	// ReferrerPolicy is that header of the portal's pages. Empty means none
	// (assumption). With "no-referrer" browsers send "Origin: null" to the callback.
	ReferrerPolicy string
	// Hidden names members that the discovery document leaves out, such as
	// pushed_authorization_request_endpoint (assumption: none).
	Hidden []string
	// RequestLife is how long a request_uri can be used, CodeLife a code, and
	// AccessLife an access token and, until it is extended, a refresh token. Zero means
	// 60 s (assumption), 60 s (assumption) and 30 min.
	RequestLife, CodeLife, AccessLife time.Duration
	// IDTokenLife is the time from iat to exp. Zero means 5 min (assumption).
	IDTokenLife time.Duration
	// Key signs ID tokens at first. Nil means a new one; making one takes a while.
	Key *rsa.PrivateKey
	// ForgetSecrets is for a program that runs for long: [Helsenorge.Secrets] stays empty.
	ForgetSecrets bool
	// Logger gets a line for each request. Nil means none.
	Logger *slog.Logger
	// Now is the clock; [Helsenorge.Advance] moves what is seen of it. Nil means [time.Now].
	Now func() time.Time
}

// HelsenorgeClaims names three claims of the ID token. That the token tells who
// is logged in and what he is to the patient is certain; the names are not public.
type HelsenorgeClaims struct {
	// Actor has the pseudonym of who is logged in. Empty means actor_sub.
	Actor string
	// Relation has the code of [Relation]. Empty means representation.
	Relation string
	// NationalID has the identity number of who is represented, for clients with
	// [GrantNationalID]. Empty means pid.
	NationalID string
}

// The two hosts, where no others are said.
const (
	defaultAPI    = "https://eksternapi.helsenorge.example"
	defaultPortal = "https://tjenester.helsenorge.example"
)

func (cfg *HelsenorgeConfig) fill() {
	setDefault(&cfg.API, defaultAPI)
	setDefault(&cfg.Portal, defaultPortal)
	setDefault(&cfg.Claims.Actor, "actor_sub")
	setDefault(&cfg.Claims.Relation, "representation")
	setDefault(&cfg.Claims.NationalID, "pid")
	for _, life := range cfg.lives() {
		if *life.field == 0 {
			*life.field = life.usual
		}
	}
	if cfg.Citizens == nil {
		cfg.Citizens = Citizens()
	}
	if cfg.InvalidClient == 0 {
		cfg.InvalidClient = http.StatusUnauthorized
	}
	if cfg.Logger == nil {
		cfg.Logger = slog.New(slog.DiscardHandler)
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
}

// life is how long something lasts.
type life struct {
	name  string
	field *time.Duration
	usual time.Duration
}

func (cfg *HelsenorgeConfig) lives() []life {
	return []life{{"RequestLife", &cfg.RequestLife, time.Minute}, {"CodeLife", &cfg.CodeLife, time.Minute},
		{"AccessLife", &cfg.AccessLife, 30 * time.Minute}, {"IDTokenLife", &cfg.IDTokenLife, 5 * time.Minute}}
}

func (cfg *HelsenorgeConfig) faults() error {
	var f faultList
	f.check(isOrigin(cfg.API), "field API is not https, or http on this machine, without a path")
	f.check(isOrigin(cfg.Portal), "field Portal is not https, or http on this machine, without a path")
	f.check(cfg.API != cfg.Portal, "field Portal is the same as API")
	f.check(cfg.InvalidClient == http.StatusBadRequest || cfg.InvalidClient == http.StatusUnauthorized, "field InvalidClient is not 400 or 401")
	for _, life := range cfg.lives() {
		f.check(*life.field >= time.Second, "field "+life.name+" is less than a second")
	}
	names := map[string]bool{cfg.Claims.Actor: true, cfg.Claims.Relation: true, cfg.Claims.NationalID: true}
	f.check(len(names) == 3, "field Claims has a name twice")
	f.citizens(cfg.Citizens)
	return f.err("HelsenorgeConfig")
}

// faultList collects what is wrong with a configuration, to report all of it at once.
type faultList []string

func (f *faultList) check(good bool, text string) {
	if !good {
		*f = append(*f, text)
	}
}

func (f faultList) err(config string) error {
	if len(f) == 0 {
		return nil
	}
	return errors.New("launchtest: invalid " + config + ": " + strings.Join(f, "; "))
}

// isOrigin says whether the address is https, or http on this machine, and nothing but scheme, host and port.
func isOrigin(s string) bool {
	u, err := url.Parse(s)
	return err == nil && isSecure(u) && u.Path == "" && u.RawQuery == "" && !u.ForceQuery
}

// isSecure says whether the address is https, or http on this machine.
func isSecure(u *url.URL) bool {
	if u.Host == "" || u.User != nil || u.Fragment != "" {
		return false
	}
	return u.Scheme == "https" || u.Scheme == "http" && isLoopback(u.Hostname())
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
