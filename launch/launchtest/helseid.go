package launchtest

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/verktoykatalog/verktoy/internal/jose"
	"github.com/verktoykatalog/verktoy/launch"
)

// HelseIDConfig says what a simulated HelseID is like. Clients is required.
// The fields that begin with Also, and LateOrganisation and Skew, make it
// milder; Nonces and ExactHTU make it stricter.
type HelseIDConfig struct {
	// Issuer is its address, https or http, without a path. Empty means
	// https://helseid-sts.helseid.example.
	Issuer string
	// Clients are the registered systems.
	Clients []HelseIDClient
	// Audiences are the APIs that tokens are for; the parameter resource picks
	// one of them. Empty means https://api.helseid.example alone.
	Audiences []string
	// Now is the clock. Nil means [time.Now].
	Now func() time.Time
	// TokenLife is how long an access token is good. Zero means 60 seconds, as was seen in test.
	TokenLife time.Duration
	// Window is how far a proof's iat may be from now, before or after. Zero
	// means 6 seconds: one second and five of skew, as NHN's sample API has it.
	Window time.Duration
	// Skew is how much later than now an assertion's nbf and iat may be. Zero is none.
	Skew time.Duration
	// Nonces asks for a DPoP nonce in every proof, at the token endpoint and at the APIs.
	Nonces bool
	// ExactHTU refuses an htu with query or fragment, which no client should
	// send (RFC 9449, section 4.2). Otherwise they are ignored (section 4.3).
	ExactHTU bool
	// AlsoJWT takes client assertions of typ JWT, as older documentation has it.
	AlsoJWT bool
	// AlsoRS takes RS256, RS384 and RS512, in assertions and proofs.
	AlsoRS bool
	// LateOrganisation gives a multi-tenant client that names no organisation a
	// token all the same, which the APIs refuse with EHSEC-110002, "token
	// expired or invalid". Otherwise the token endpoint answers invalid_request.
	LateOrganisation bool
	// UnitSystem is the system of a single-tenant client's child organisation.
	// Empty means urn:oid:2.16.578.1.12.4.1.2.101.
	UnitSystem string
}

// HelseIDClient is a system that is registered at HelseID.
type HelseIDClient struct {
	// ID is its client id.
	ID string
	// Keys are its public keys.
	Keys launch.Keys
	// Scopes are those that it may ask for.
	Scopes []string
	// Organisation is whose system it is: nine digits. It is the parent
	// organisation in a single-tenant client's tokens, the supplier in others'.
	Organisation string
	// MultiTenant clients act for their customers, and say in each assertion for which.
	MultiTenant bool
	// Customers are those that have delegated to a multi-tenant client. No other is taken.
	Customers []HelseIDCustomer
}

// HelseIDCustomer is an organisation that a multi-tenant client acts for.
type HelseIDCustomer struct {
	// Organisation is the parent organisation's number: nine digits.
	Organisation string
	// Rejected are scopes whose terms of use it has not signed: they are left
	// out of the token and named in rejected_scope.
	Rejected []string
}

// HelseID is a simulated HelseID for tests: discovery, key set, a token endpoint
// for client_credentials with signed client assertions and DPoP (RFC 6749, 7523,
// 9449), and, with [HelseID.Protect], the APIs that take its tokens. Use it as a
// handler, or through [HelseID.Client] without a network.
//
// Its facts are those that NHN has published. Assumed, because nothing is
// published: invalid_client has status 401; a customer that has not delegated
// is an invalid_request; rejected_scope is a list with spaces; when every scope
// is rejected the answer is invalid_scope; access tokens are ES256.
//
// A proof of more than 8 KiB is refused. Not simulated: users, authorize, PAR,
// refresh tokens and token exchange.
type HelseID struct {
	cfg     HelseIDConfig
	clients map[string]HelseIDClient
	log     helseIDLog
	plan    helseIDPlan
	nonces  helseIDNonces

	mu     sync.Mutex
	offset time.Duration
	keys   []*jose.Signer // the newest one last
	used   map[string]bool
	live   map[string]bool // the jti of tokens that were not called back
	routes map[string]http.Handler
}

// NewHelseID makes a HelseID with a new key. The error names everything that is wrong with the config.
func NewHelseID(cfg HelseIDConfig) (*HelseID, error) {
	cfg = cfg.withDefaults()
	if err := cfg.faults(); err != nil {
		return nil, err
	}
	h := &HelseID{cfg: cfg, clients: map[string]HelseIDClient{}, used: map[string]bool{}, live: map[string]bool{},
		routes: map[string]http.Handler{}}
	for _, c := range cfg.Clients {
		c.Scopes, c.Customers = slices.Clone(c.Scopes), slices.Clone(c.Customers)
		h.clients[c.ID] = c
	}
	h.nonces.required = cfg.Nonces
	h.Route(cfg.Issuer, h)
	return h, h.RotateKeys()
}

func (c HelseIDConfig) withDefaults() HelseIDConfig {
	setDefault(&c.Issuer, "https://helseid-sts.helseid.example")
	setDefault(&c.UnitSystem, "urn:oid:2.16.578.1.12.4.1.2.101")
	if c.Audiences = slices.Clone(c.Audiences); len(c.Audiences) == 0 {
		c.Audiences = []string{"https://api.helseid.example"}
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.TokenLife == 0 {
		c.TokenLife = 60 * time.Second
	}
	if c.Window == 0 {
		c.Window = 6 * time.Second
	}
	return c
}

func (c HelseIDConfig) faults() error {
	var f []string
	check := func(good bool, text string) {
		if !good {
			f = append(f, text)
		}
	}
	_, is := bareOrigin(c.Issuer)
	check(is, "field Issuer is not an https or http address without a path")
	check(c.TokenLife >= time.Second, "field TokenLife is under a second")
	check(c.Window > 0 && c.Window <= time.Minute, "field Window is not within a minute")
	check(c.Skew >= 0 && c.Skew <= time.Minute, "field Skew is not within a minute")
	check(len(c.Clients) > 0, "field Clients is empty")
	ids := map[string]bool{}
	for i, client := range c.Clients {
		check(!ids[client.ID], fmt.Sprintf("client %d has the ID of another", i))
		ids[client.ID] = true
		client.check(func(good bool, text string) { check(good, fmt.Sprintf("client %d: %s", i, text)) })
	}
	if len(f) == 0 {
		return nil
	}
	return errors.New("launchtest: invalid HelseIDConfig: " + strings.Join(f, "; "))
}

func (c HelseIDClient) check(check func(good bool, text string)) {
	check(c.ID != "", "field ID is empty")
	check(c.Keys != nil, "field Keys is nil")
	check(len(c.Scopes) > 0, "field Scopes is empty")
	check(isOrganisation(c.Organisation), "field Organisation is not nine digits")
	check(c.MultiTenant || len(c.Customers) == 0, "field Customers needs MultiTenant")
	for i, customer := range c.Customers {
		check(isOrganisation(customer.Organisation), fmt.Sprintf("customer %d: field Organisation is not nine digits", i))
	}
}

// algorithms: what HelseID's tools make, without PKCS1-v1_5 unless that is asked for.
func (h *HelseID) algorithms() []string {
	list := []string{"PS256", "PS384", "PS512", "ES256", "ES384", "ES512"}
	if h.cfg.AlsoRS {
		list = append(list, "RS256", "RS384", "RS512")
	}
	return list
}
