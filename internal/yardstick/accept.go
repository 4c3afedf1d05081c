package main

import "github.com/verktoykatalog/verktoy/internal/yardstick/launches"

// acceptContest is the cost of a launch from the message's text to a Launch
// that is nobody's second: every check of the HTI profile and the replay store,
// every message a fresh one. The others do less: a bare signature check knows
// nothing of the message, and the libraries leave replay, lifetime, strict
// structure and the profile's claims to the caller.
func acceptContest() (*contest, error) {
	p, err := launches.NewPortal()
	if err != nil {
		return nil, err
	}
	return &contest{name: "accept a signed launch message, ES256", contestants: []contestant{
		{name: "verktoy: hti profile and in-memory replay", prepare: p.Accept},
		{name: "SHA-256 and ecdsa.VerifyASN1", most: 1.30, prepare: p.Bare},
		{name: "golang-jwt v5 Parse with issuer and audience", most: 1, prepare: p.GolangJWT},
		{name: "go-jose v4 ParseSigned, Claims and Validate", prepare: p.GoJOSE},
		{name: "go-oidc v3 Verify with the keys at hand", prepare: p.GoOIDC},
		{name: "verktoy: the whole request through the handler", prepare: p.Handle},
	}}, nil
}
