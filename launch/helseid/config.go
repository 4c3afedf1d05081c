package helseid

import (
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/verktoykatalog/verktoy/internal/oauth"
	"github.com/verktoykatalog/verktoy/internal/outbound"
	"github.com/verktoykatalog/verktoy/internal/retrying"
	"github.com/verktoykatalog/verktoy/internal/unset"
	"github.com/verktoykatalog/verktoy/launch"
)

// HelseID's issuers.
const (
	Production = "https://helseid-sts.nhn.no"
	Test       = "https://helseid-sts.test.nhn.no"
)

// Config says who calls what. Issuer, ClientID, Key, Scopes and APIs are required.
type Config struct {
	// Issuer is HelseID: [Production] or [Test], letter for letter, slash included.
	Issuer string
	// ClientID is this client's id at HelseID.
	ClientID string
	// Key signs the client's assertions: PS256, PS384, PS512, ES256, ES384 or
	// ES512. A [launch.KeyRing] must let messages live for half a minute, and
	// with Confirm its new keys wait until they are registered; one that cannot
	// sign yet is told of by [Client.Check].
	Key launch.Signer
	// Scopes are asked for in every token request.
	Scopes []string
	// Resource picks one API as the token's only audience. Empty means none.
	Resource string
	// APIs are the hosts that requests may go to, as they stand in addresses:
	// "api.example", or "api.example:8443".
	APIs []string
	// MultiTenant says that the client acts for its customers: every token is for
	// an [Organisation] with a Parent. False means that it acts for its own.
	MultiTenant bool
	// Organisation is whom tokens are for, see there. With MultiTenant it may be
	// empty: then every call goes through [Client.For].
	Organisation Organisation
	// DetailsClaim is the name of the claim with the organisation. Empty means
	// "assertion_details"; the other known one is "authorization_details". There
	// is no third: HelseID would give a token without the organisation.
	DetailsClaim string
	// ChildSystem is the identifier system of a child without MultiTenant. Empty
	// means "urn:oid:2.16.578.1.12.4.1.2.101".
	ChildSystem string
	// EventHeader gets a random identifier that is the same for all attempts of
	// one call. Empty means "nhn-event-id"; "-" means none. It may not be one that
	// has a meaning of its own, as Authorization, DPoP, Host and Cookie have.
	EventHeader string
	// Margin is how long before its end a token is no longer used. Zero means 30 s.
	Margin time.Duration
	// Timeout is for a whole call, its answer included. Zero means 30 s.
	Timeout time.Duration
	// AllowLoopback allows http addresses on this machine, for tests and demonstrations.
	AllowLoopback bool
	// HTTP sends the requests. Nil means a client of our own. An [*http.Client] is
	// copied and told to follow no redirect.
	HTTP Doer
	// Logger gets a line at Warn for a call that ended without an answer or with
	// one of 5xx, or in which an API refused the token and HelseID gave no other;
	// and at Debug one for every attempt and every token request. A good call is
	// a line at Debug only. Nil means none.
	Logger *slog.Logger
	// Now is the clock. Nil means [time.Now].
	Now func() time.Time
}

// Doer sends a request, as [*http.Client] does, and [*Client].
type Doer interface {
	Do(*http.Request) (*http.Response, error)
}

func (cfg *Config) fill() {
	for field, value := range map[*string]string{&cfg.DetailsClaim: "assertion_details", &cfg.EventHeader: "nhn-event-id",
		&cfg.ChildSystem: "urn:oid:2.16.578.1.12.4.1.2.101"} {
		if *field == "" {
			*field = value
		}
	}
	if cfg.EventHeader == "-" {
		cfg.EventHeader = ""
	}
	if cfg.Margin == 0 {
		cfg.Margin = 30 * time.Second
	}
	if unset.Is(cfg.HTTP) {
		cfg.HTTP = &http.Client{Transport: outbound.Transport(true)}
	}
	cfg.HTTP = outbound.Staying(cfg.HTTP)
	if cfg.Logger == nil {
		cfg.Logger = slog.New(slog.DiscardHandler)
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	cfg.Scopes, cfg.APIs = slices.Clone(cfg.Scopes), slices.Clone(cfg.APIs)
	for i, host := range cfg.APIs {
		cfg.APIs[i] = plainHost(host)
	}
}

func (cfg *Config) check() error {
	var f faults
	issuer := oauth.IssuerFault(cfg.Issuer, cfg.AllowLoopback)
	f.check(issuer == "", "field Issuer "+issuer)
	f.check(cfg.ClientID != "", "field ClientID is empty")
	f.check(!unset.Is(cfg.Key) && cfg.Key != launch.Signer(launch.SigningKey{}), "field Key is not set")
	f.check(signs(cfg.Key, cfg.Now()), "field Key cannot sign with one of "+strings.Join(oauth.HelseID().Algorithms, ", "))
	f.check(len(cfg.Scopes) > 0 && !slices.ContainsFunc(cfg.Scopes, notScope), "field Scopes is not a list of scopes")
	f.check(len(cfg.APIs) > 0 && !slices.ContainsFunc(cfg.APIs, notHost), "field APIs is not a list of hosts, with or without a port")
	f.check(slices.Contains(detailsClaims, cfg.DetailsClaim), "field DetailsClaim is not "+strings.Join(detailsClaims, " or "))
	f.check(eventHeader(cfg.EventHeader), "field EventHeader is not the name of a header that is free for it")
	f.check(cfg.Margin >= time.Second, "field Margin is less than a second")
	f.check(cfg.Timeout >= 0, "field Timeout is negative")
	if cfg.Organisation != (Organisation{}) {
		f.add(cfg.Organisation.check(cfg.MultiTenant))
	}
	return f.err()
}

// detailsClaims are the names that are known: with another one HelseID would
// give a token without the organisation.
var detailsClaims = []string{"assertion_details", "authorization_details"}

// signs makes one assertion and throws it away, where the key does not change.
func signs(key launch.Signer, now time.Time) bool {
	fixed, is := key.(launch.SigningKey)
	if !is || fixed == (launch.SigningKey{}) {
		return true
	}
	_, err := oauth.HelseID().Assertion(fixed, "trial", "trial", now)
	return err == nil
}

// faults collects what is wrong with a configuration, to report all of it at once.
type faults []string

func (f *faults) check(good bool, text string) {
	if !good {
		*f = append(*f, text)
	}
}

func (f *faults) add(err error) { f.check(err == nil, "field Organisation: "+text(err)) }

func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func (f faults) err() error {
	if len(f) == 0 {
		return nil
	}
	return errors.New("helseid: invalid Config: " + strings.Join(f, "; "))
}

// notScope says whether a text is no scope: %x21 / %x23-5B / %x5D-7E. RFC 6749, section 3.3.
func notScope(s string) bool {
	return s == "" || strings.ContainsFunc(s, func(c rune) bool { return c <= ' ' || c > '~' || c == '"' || c == '\\' })
}

func notHost(host string) bool {
	u, err := url.Parse("https://" + host)
	return err != nil || u.Hostname() == "" || u.Host != host || u.User != nil
}

// plainHost is one spelling of a host: lower case, without the port of https.
func plainHost(host string) string { return strings.TrimSuffix(strings.ToLower(host), ":443") }

func newMetadata(cfg Config) (*oauth.Metadata, error) {
	return oauth.NewMetadata(oauth.MetadataConfig{Issuer: cfg.Issuer, Client: cfg.HTTP, AllowLoopback: cfg.AllowLoopback, Now: cfg.Now})
}

func (c *Client) newRetrying() (*retrying.Client, error) {
	cfg := c.shared.cfg
	return retrying.New(retrying.Config{Next: attempts{c}, Timeout: cfg.Timeout, EventHeader: cfg.EventHeader,
		Event: oauth.GUID, Logger: cfg.Logger, Now: cfg.Now})
}
