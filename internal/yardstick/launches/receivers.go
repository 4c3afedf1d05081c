package launches

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/sha256"
	"encoding/asn1"
	"encoding/base64"
	"errors"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"

	"github.com/coreos/go-oidc/v3/oidc"
	jose4 "github.com/go-jose/go-jose/v4"
	josejwt "github.com/go-jose/go-jose/v4/jwt"
	"github.com/golang-jwt/jwt/v5"

	"github.com/verktoykatalog/verktoy/launch"
)

// Each of these prepares n messages and gives a function that receives message i
// of them. They differ in how much they check.

// Accept makes every check of the HTI profile and asks the replay store.
func (p *Portal) Accept(n int) (func(int) error, error) {
	tokens, err := p.messages(n)
	forms := make([]url.Values, n)
	for i, token := range tokens {
		forms[i] = url.Values{"token": {token}}
	}
	store := launch.NewMemoryReplay(launch.MemoryReplayConfig{Max: n + 1, Now: now})
	ctx := context.Background()
	return func(i int) error {
		l, until, err := p.profile.Accept(ctx, forms[i], clock)
		if err != nil {
			return err
		}
		first, err := store.Consume(ctx, l.Issuer, l.MessageID, until)
		if err == nil && !first {
			err = launch.KindReplayed
		}
		return err
	}, err
}

// Bare checks the signature alone and has it in ASN.1 already.
func (p *Portal) Bare(n int) (func(int) error, error) {
	tokens, err := p.messages(n)
	if err != nil {
		return nil, err
	}
	signed, signatures := make([][]byte, n), make([][]byte, n)
	for i, token := range tokens {
		at := strings.LastIndexByte(token, '.')
		signed[i] = []byte(token[:at])
		if signatures[i], err = toASN1(token[at+1:]); err != nil {
			return nil, err
		}
	}
	return func(i int) error {
		sum := sha256.Sum256(signed[i])
		if !ecdsa.VerifyASN1(p.public, sum[:], signatures[i]) {
			return errors.New("wrong signature")
		}
		return nil
	}, nil
}

func toASN1(segment string) ([]byte, error) {
	raw, err := base64.RawURLEncoding.DecodeString(segment)
	if err != nil {
		return nil, err
	}
	half := len(raw) / 2
	return asn1.Marshal(struct{ R, S *big.Int }{new(big.Int).SetBytes(raw[:half]), new(big.Int).SetBytes(raw[half:])})
}

// GolangJWT parses with issuer and audience.
func (p *Portal) GolangJWT(n int) (func(int) error, error) {
	tokens, err := p.messages(n)
	parser := p.golangJWTParser()
	return func(i int) error {
		_, err := parser.Parse(tokens[i], p.keyfunc)
		return err
	}, err
}

func (p *Portal) golangJWTParser() *jwt.Parser {
	return jwt.NewParser(jwt.WithValidMethods([]string{"ES256"}), jwt.WithIssuer(issuer), jwt.WithAudience(audience), jwt.WithTimeFunc(now))
}

func (p *Portal) keyfunc(t *jwt.Token) (any, error) {
	if t.Header["kid"] != p.kid {
		return nil, errors.New("unknown kid")
	}
	return p.public, nil
}

// GoJOSE parses, reads the claims and validates them.
func (p *Portal) GoJOSE(n int) (func(int) error, error) {
	tokens, err := p.messages(n)
	return func(i int) error { return p.goJOSEAccepts(tokens[i]) }, err
}

func (p *Portal) goJOSEAccepts(token string) error {
	t, err := josejwt.ParseSigned(token, []jose4.SignatureAlgorithm{jose4.ES256})
	if err != nil {
		return err
	}
	if len(t.Headers) != 1 || t.Headers[0].KeyID != p.kid {
		return errors.New("unknown kid")
	}
	var c josejwt.Claims
	if err := t.Claims(p.public, &c); err != nil {
		return err
	}
	return c.Validate(josejwt.Expected{Issuer: issuer, AnyAudience: josejwt.Audience{audience}, Time: clock})
}

// GoOIDC verifies with the keys at hand.
func (p *Portal) GoOIDC(n int) (func(int) error, error) {
	tokens, err := p.messages(n)
	v := oidc.NewVerifier(issuer, &oidc.StaticKeySet{PublicKeys: []crypto.PublicKey{p.public}},
		&oidc.Config{ClientID: audience, SupportedSigningAlgs: []string{"ES256"}, Now: now})
	ctx := context.Background()
	return func(i int) error {
		_, err := v.Verify(ctx, tokens[i])
		return err
	}, err
}

// Handle takes the whole request through the handler of package launch.
func (p *Portal) Handle(n int) (func(int) error, error) {
	tokens, err := p.messages(n)
	if err != nil {
		return nil, err
	}
	h, err := launch.NewHandler(launch.HandlerConfig{
		Profiles: []launch.Profile{p.profile},
		Replay:   launch.NewMemoryReplay(launch.MemoryReplayConfig{Max: n + 1, Now: now}),
		Policy:   launch.Policy{BearerReason: "a measurement"},
		OnLaunch: func(w http.ResponseWriter, _ *http.Request, _ *launch.Launch) { w.WriteHeader(http.StatusNoContent) },
		Now:      now,
	})
	return func(i int) error { return post(h, tokens[i]) }, err
}

func post(h http.Handler, token string) error {
	r := httptest.NewRequest(http.MethodPost, audience+"/launch", strings.NewReader("token="+token))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	if h.ServeHTTP(w, r); w.Code != http.StatusNoContent {
		return errors.New("refused")
	}
	return nil
}
