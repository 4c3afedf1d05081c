package main

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

// acceptContest is the cost of a launch from the message's text to a Launch
// that is nobody's second: every check of the HTI profile and the replay store,
// every message a fresh one. The others do less: a bare signature check knows
// nothing of the message, and the libraries leave replay, lifetime, strict
// structure and the profile's claims to the caller.
func acceptContest() (*contest, error) {
	p, err := newPortal()
	if err != nil {
		return nil, err
	}
	return &contest{name: "accept a signed launch message, ES256", contestants: []contestant{
		{name: "verktoy: hti profile and in-memory replay", prepare: p.accept},
		{name: "SHA-256 and ecdsa.VerifyASN1", most: 1.30, prepare: p.bare},
		{name: "golang-jwt v5 Parse with issuer and audience", most: 1, prepare: p.golangJWT},
		{name: "go-jose v4 ParseSigned, Claims and Validate", prepare: p.goJOSE},
		{name: "go-oidc v3 Verify with the keys at hand", prepare: p.goOIDC},
		{name: "verktoy: the whole request through the handler", prepare: p.handle},
	}}, nil
}

func (p *portal) accept(n int) (func(int) error, error) {
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

// bare has the signature as bytes in ASN.1 already.
func (p *portal) bare(n int) (func(int) error, error) {
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

func (p *portal) golangJWT(n int) (func(int) error, error) {
	tokens, err := p.messages(n)
	parser := p.golangJWTParser()
	return func(i int) error {
		_, err := parser.Parse(tokens[i], p.keyfunc)
		return err
	}, err
}

func (p *portal) golangJWTParser() *jwt.Parser {
	return jwt.NewParser(jwt.WithValidMethods([]string{"ES256"}), jwt.WithIssuer(issuer), jwt.WithAudience(audience), jwt.WithTimeFunc(now))
}

func (p *portal) keyfunc(t *jwt.Token) (any, error) {
	if t.Header["kid"] != p.kid {
		return nil, errors.New("unknown kid")
	}
	return p.public, nil
}

func (p *portal) goJOSE(n int) (func(int) error, error) {
	tokens, err := p.messages(n)
	return func(i int) error { return p.goJOSEAccepts(tokens[i]) }, err
}

func (p *portal) goJOSEAccepts(token string) error {
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

func (p *portal) goOIDC(n int) (func(int) error, error) {
	tokens, err := p.messages(n)
	v := oidc.NewVerifier(issuer, &oidc.StaticKeySet{PublicKeys: []crypto.PublicKey{p.public}},
		&oidc.Config{ClientID: audience, SupportedSigningAlgs: []string{"ES256"}, Now: now})
	ctx := context.Background()
	return func(i int) error {
		_, err := v.Verify(ctx, tokens[i])
		return err
	}, err
}

func (p *portal) handle(n int) (func(int) error, error) {
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
