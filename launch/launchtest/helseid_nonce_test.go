package launchtest_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

func hidNonces(c *launchtest.HelseIDConfig) { c.Nonces = true }

// tryNonce asks for a token with a nonce; "" is none.
func (l *hidLab) tryNonce(nonce string) hidAnswer {
	d := l.proofFor(http.MethodPost, hidToken, "")
	if nonce != "" {
		d.claims["nonce"] = nonce
	}
	return l.do(l.tokenRequest(hidForm(l.assertion("single").sign(l.t)), d.sign(l.t)))
}

// callNonce calls the API with a nonce.
func (l *hidLab) callNonce(token, nonce string) hidAnswer {
	d := l.proofFor(http.MethodGet, hidTask, token)
	if nonce != "" {
		d.claims["nonce"] = nonce
	}
	return l.do(l.call(token, d.sign(l.t)))
}

func (a hidAnswer) nonce() string { return a.header.Get("DPoP-Nonce") }

// RFC 9449, sections 8 and 9: 400 and a code in the body, 401 and a code in the challenge.
func TestHelseIDNonces(t *testing.T) {
	l := newHIDLab(t, hidNonces)
	a := l.tryNonce("")
	assert.Equal(t, http.StatusBadRequest, a.status)
	assert.Equal(t, "use_dpop_nonce", a.code())
	server := a.nonce()
	require.NotEmpty(t, server)
	a = l.tryNonce(server)
	require.Equal(t, http.StatusOK, a.status, a.body)
	token := a.body["access_token"].(string)

	a = l.callNonce(token, "")
	assert.Equal(t, http.StatusUnauthorized, a.status)
	assert.Contains(t, a.header.Get("WWW-Authenticate"), `DPoP error="use_dpop_nonce"`)
	api := a.nonce()
	require.NotEmpty(t, api)
	assert.NotEqual(t, server, api)
	assert.Equal(t, http.StatusOK, l.callNonce(token, api).status)
	assert.Equal(t, http.StatusOK, l.callNonce(token, api).status, "as often as one likes")
}

func TestHelseIDWrongNonces(t *testing.T) {
	l := newHIDLab(t, hidNonces)
	old := l.tryNonce("").nonce()
	first := l.tryNonce(old).body["access_token"].(string)
	oldAPI := l.callNonce(first, "").nonce()
	l.DemandNonce()
	server := l.tryNonce("").nonce()
	token := l.tryNonce(server).body["access_token"].(string)
	api := l.callNonce(token, "").nonce()
	for name, nonces := range map[string][2]string{"none": {}, "old": {old, oldAPI}, "of another server": {api, server}, "invented": {"nonce", "nonce"}} {
		a := l.tryNonce(nonces[0])
		assert.Equal(t, http.StatusBadRequest, a.status, name)
		assert.Equal(t, "use_dpop_nonce", a.code(), name)
		assert.Equal(t, server, a.nonce(), name)
		a = l.callNonce(token, nonces[1])
		assert.Equal(t, http.StatusUnauthorized, a.status, name)
		assert.Equal(t, "use_dpop_nonce", a.code(), name)
		assert.Equal(t, api, a.nonce(), name)
	}
}

// A new nonce with a good answer is wanted from then on, asked for or not. RFC 9449, section 8.2.
func TestHelseIDOfferedNonce(t *testing.T) {
	l := newHIDLab(t)
	token := l.token()
	assert.Empty(t, l.get(token).nonce())
	l.OfferNonce()
	a := l.get(token)
	assert.Equal(t, http.StatusOK, a.status)
	first := a.nonce()
	require.NotEmpty(t, first)
	assert.Equal(t, "use_dpop_nonce", l.callNonce(token, "").code())
	assert.Empty(t, l.callNonce(token, first).nonce(), "once for each offer")
	l.OfferNonce()
	second := l.callNonce(token, first).nonce()
	require.NotEmpty(t, second)
	assert.Equal(t, "use_dpop_nonce", l.callNonce(token, first).code())
	assert.Equal(t, http.StatusOK, l.callNonce(token, second).status)
	assert.NotEmpty(t, l.tryNonce("").nonce(), "the token endpoint has an offer of its own")
}

// A wrong proof is a wrong proof, and not a matter of its nonce; and its jti is used up by a challenge.
func TestHelseIDNonceComesLast(t *testing.T) {
	l := newHIDLab(t, hidNonces)
	d := l.proofFor(http.MethodPost, hidToken, "")
	hidClaim("htm", "GET")(d)
	a := l.do(l.tokenRequest(hidForm(l.assertion("single").sign(t)), d.sign(t)))
	assert.Equal(t, "invalid_dpop_proof", a.code())
	assert.Empty(t, a.nonce())

	d = l.proofFor(http.MethodPost, hidToken, "")
	nonce := l.do(l.tokenRequest(hidForm(l.assertion("single").sign(t)), d.sign(t))).nonce()
	require.NotEmpty(t, nonce)
	hidClaim("nonce", nonce)(d)
	a = l.do(l.tokenRequest(hidForm(l.assertion("single").sign(t)), d.sign(t)))
	assert.Equal(t, "invalid_dpop_proof", a.code())
}
