package launchtest

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"net/http"
	"slices"

	"github.com/verktoykatalog/verktoy/launch"
)

// providerKeys are the keys that sign ID tokens. Whoever uses them holds the lock.
type providerKeys struct {
	current providerKey
	next    *providerKey  // announced, published, not in use
	old     []providerKey // still published

	attacker *providerKey // never published; nil until it is needed
}

type providerKey struct {
	key
	id string
}

// newProviderKey has a thumbprint as its kid, as Helsenorge's keys do.
func newProviderKey(private *rsa.PrivateKey) (providerKey, error) {
	if private == nil {
		var err error
		if private, err = rsa.GenerateKey(rand.Reader, 2048); err != nil {
			return providerKey{}, err
		}
	}
	der, err := x509.MarshalPKIXPublicKey(private.Public())
	if err != nil {
		return providerKey{}, err
	}
	sum := sha256.Sum256(der)
	return providerKey{key{algorithm: "RS256", private: private}, hex.EncodeToString(sum[:20])}, nil
}

func (h *Helsenorge) firstKey() (err error) {
	h.keys.current, err = newProviderKey(h.cfg.Key)
	return err
}

// AnnounceKey publishes a new key that does not sign yet, unless there is one already.
func (h *Helsenorge) AnnounceKey() error {
	h.mu.Lock()
	announced := h.keys.next != nil
	h.mu.Unlock()
	if announced {
		return nil
	}
	k, err := newProviderKey(nil)
	h.mu.Lock()
	defer h.mu.Unlock()
	if err == nil && h.keys.next == nil {
		h.keys.next = &k
	}
	return err
}

// RotateKey makes the announced key sign from now on; without one, a new key
// that nobody knows yet. The key before it stays published.
func (h *Helsenorge) RotateKey() error {
	if err := h.AnnounceKey(); err != nil {
		return err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.keys.next != nil {
		h.keys.old = append(h.keys.old, h.keys.current)
		h.keys.current, h.keys.next = *h.keys.next, nil
	}
	return nil
}

// attackerKey is another RSA key, made once.
func (h *Helsenorge) attackerKey() (providerKey, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.keys.attacker == nil {
		k, err := newProviderKey(nil)
		if err != nil {
			return k, err
		}
		h.keys.attacker = &k
	}
	return *h.keys.attacker, nil
}

// RetireKeys takes the keys that no longer sign out of the published set.
func (h *Helsenorge) RetireKeys() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.keys.old = nil
}

// JWKS is what the provider publishes.
func (h *Helsenorge) JWKS() []byte {
	h.mu.Lock()
	defer h.mu.Unlock()
	all := append([]providerKey{h.keys.current}, h.keys.old...)
	if h.keys.next != nil {
		all = slices.Insert(all, 1, *h.keys.next)
	}
	members := make([]jwk, len(all))
	for i, k := range all {
		members[i] = k.jwk(k.id)
	}
	return keySet(members...)
}

// jwks answers like any issuer made with this SDK: ETag, ten minutes of Cache-Control.
func (h *Helsenorge) jwks(x *exchange) error {
	keys, err := publicKeys(h.JWKS())
	if err != nil {
		return err
	}
	launch.JWKSHandler(keys...).ServeHTTP(x.w, x.r)
	return nil
}

// discovery answers with the metadata. OpenID Connect Discovery 1.0, section 3; RFC 8414.
func (h *Helsenorge) discovery(x *exchange) error {
	document := map[string]any{
		"issuer":                                           h.Issuer(),
		"authorization_endpoint":                           h.Address(EndpointAuthorize),
		"token_endpoint":                                   h.Address(EndpointToken),
		"end_session_endpoint":                             h.Address(EndpointLogout),
		"revocation_endpoint":                              h.Address(EndpointRevoke),
		"introspection_endpoint":                           h.Address(EndpointIntrospect),
		"pushed_authorization_request_endpoint":            h.Address(EndpointPAR),
		"extend_endpoint":                                  h.Address(EndpointExtend),
		"jwks_uri":                                         h.Address(EndpointJWKS),
		"require_pushed_authorization_requests":            true,
		"response_types_supported":                         []string{"code"},
		"response_modes_supported":                         []string{"form_post"},
		"grant_types_supported":                            []string{"authorization_code"},
		"subject_types_supported":                          []string{"pairwise"},
		"id_token_signing_alg_values_supported":            []string{"RS256"},
		"scopes_supported":                                 []string{"openid", "offline_access"},
		"token_endpoint_auth_methods_supported":            []string{"private_key_jwt"},
		"token_endpoint_auth_signing_alg_values_supported": assertionAlgorithms,
		"code_challenge_methods_supported":                 []string{"S256"},
		"ui_locales_supported":                             []string{"nb"},
		"authorization_response_iss_parameter_supported":   h.cfg.CallbackIssuer,
	}
	if h.misbehaves(BadDiscoveryIssuer) {
		document["issuer"] = otherIssuer
	}
	for _, name := range h.cfg.Hidden {
		delete(document, name)
	}
	x.json(http.StatusOK, document)
	return nil
}

// otherIssuer is what an attacker is called.
const otherIssuer = "https://attacker.example/sts/oidcprov/v3"
