package launchtest_test

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/jose"
	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

const (
	hidIssuer = "https://helseid-sts.helseid.example"
	hidToken  = hidIssuer + "/connect/token"
	hidAPI    = "https://api.helseid.example"
	hidTask   = hidAPI + "/Task/1~a%2Fb"
)

// hidLab is a simulated HelseID, an API behind it and a client that can do wrong.
type hidLab struct {
	*launchtest.HelseID
	t          testing.TB
	client     *http.Client
	now        time.Time
	key, proof *jose.Signer
}

func newHIDLab(t testing.TB, edits ...func(*launchtest.HelseIDConfig)) *hidLab {
	t.Helper()
	l := &hidLab{t: t, now: time.Date(2026, 11, 2, 9, 0, 0, 500_000_000, time.UTC), key: hidKey(t, "ES256"), proof: hidKey(t, "ES256")}
	cfg := launchtest.HelseIDConfig{Now: func() time.Time { return l.now }, Clients: []launchtest.HelseIDClient{
		{ID: "single", Keys: hidKeys(t, l.key), Scopes: []string{"nhn:task/read", "nhn:task/write"}, Organisation: "910000001"},
		{ID: "many", Keys: hidKeys(t, l.key), Scopes: []string{"nhn:task/read", "nhn:task/write"}, Organisation: "910000002", MultiTenant: true,
			Customers: []launchtest.HelseIDCustomer{{Organisation: "910000003"}, {Organisation: "910000004", Rejected: []string{"nhn:task/write"}},
				{Organisation: "910000005", Rejected: []string{"nhn:task/read", "nhn:task/write"}}}},
	}}
	for _, edit := range edits {
		edit(&cfg)
	}
	var err error
	l.HelseID, err = launchtest.NewHelseID(cfg)
	require.NoError(t, err)
	ok := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c, there := launchtest.HelseIDCallerFrom(r.Context())
		require.True(t, there)
		require.NoError(t, json.NewEncoder(w).Encode(c))
	})
	l.Route(hidAPI, l.Protect(ok, "nhn:task/read"))
	l.client = l.Client()
	return l
}

func hidKey(t testing.TB, algorithm string) *jose.Signer {
	t.Helper()
	key, err := jose.Generate(algorithm)
	require.NoError(t, err)
	return key
}

func hidKeys(t testing.TB, signers ...*jose.Signer) launch.Keys {
	t.Helper()
	list := make([]*jose.Key, len(signers))
	for i, s := range signers {
		list[i] = s.Public()
	}
	set, err := jose.MarshalSet(list)
	require.NoError(t, err)
	keys, err := launch.ParseStaticKeys(set)
	require.NoError(t, err)
	return keys
}

// hidDraft is a message to be changed in one place.
type hidDraft struct {
	header, claims       map[string]any
	rawHeader, rawClaims string // as they are, if not ""
	key                  *jose.Signer
	after                func(string) string
}

func (d *hidDraft) sign(t testing.TB) string {
	t.Helper()
	text, err := d.key.SignHeader(hidJSON(t, d.rawHeader, d.header), hidJSON(t, d.rawClaims, d.claims))
	require.NoError(t, err)
	if d.after != nil {
		text = d.after(text)
	}
	return text
}

func hidJSON(t testing.TB, as string, members map[string]any) []byte {
	t.Helper()
	if as != "" {
		return []byte(as)
	}
	data, err := json.Marshal(members)
	require.NoError(t, err)
	return data
}

// assertion is a good client assertion, issued now, for a minute.
func (l *hidLab) assertion(client string) *hidDraft {
	now := l.Now().Unix()
	return &hidDraft{key: l.key, header: map[string]any{"alg": l.key.Public().Algorithm, "kid": l.key.Public().ID, "typ": "client-authentication+jwt"},
		claims: map[string]any{"iss": client, "sub": client, "aud": hidIssuer, "jti": rand.Text(), "nbf": now, "iat": now, "exp": now + 60}}
}

// proofFor is a good proof; token is "" at the token endpoint.
func (l *hidLab) proofFor(method, address, token string) *hidDraft {
	d := &hidDraft{key: l.proof, header: map[string]any{"alg": l.proof.Public().Algorithm, "typ": "dpop+jwt", "jwk": hidJWK(l.t, l.proof)},
		claims: map[string]any{"jti": rand.Text(), "htm": method, "htu": address, "iat": l.Now().Unix()}}
	if token != "" {
		d.claims["ath"] = hidHash(token)
	}
	return d
}

func hidHash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// hidJWK is a public key with what RFC 7638 counts alone.
func hidJWK(t testing.TB, key *jose.Signer) map[string]any {
	t.Helper()
	data, err := json.Marshal(key.Public())
	require.NoError(t, err)
	var members map[string]any
	require.NoError(t, json.Unmarshal(data, &members))
	for _, name := range []string{"kid", "alg", "use"} {
		delete(members, name)
	}
	return members
}

func hidForm(assertion string) url.Values {
	return url.Values{"grant_type": {"client_credentials"}, "scope": {"nhn:task/read"}, "client_assertion": {assertion},
		"client_assertion_type": {"urn:ietf:params:oauth:client-assertion-type:jwt-bearer"}}
}

// hidAnswer is what came back.
type hidAnswer struct {
	status int
	header http.Header
	body   map[string]any
}

// code is the error code; the one of the challenge, if there is one.
func (a hidAnswer) code() string {
	if challenge := a.header.Get("WWW-Authenticate"); challenge != "" {
		_, after, _ := strings.Cut(challenge, `error="`)
		code, _, _ := strings.Cut(after, `"`)
		return code
	}
	code, _ := a.body["error"].(string)
	return code
}

func (l *hidLab) do(r *http.Request) hidAnswer {
	l.t.Helper()
	resp, err := l.client.Do(r)
	require.NoError(l.t, err)
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	require.NoError(l.t, err)
	a := hidAnswer{status: resp.StatusCode, header: resp.Header}
	if len(body) > 0 && resp.Header.Get("Content-Type") == "application/json" {
		require.NoError(l.t, json.Unmarshal(body, &a.body))
	}
	return a
}

// tokenRequest is a request with a form; proof "" leaves the header out.
func (l *hidLab) tokenRequest(form url.Values, proof string) *http.Request {
	l.t.Helper()
	r, err := http.NewRequestWithContext(l.t.Context(), http.MethodPost, hidToken, strings.NewReader(form.Encode()))
	require.NoError(l.t, err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if proof != "" {
		r.Header.Set("DPoP", proof)
	}
	return r
}

// call is a request to the API.
func (l *hidLab) call(token, proof string) *http.Request {
	l.t.Helper()
	r, err := http.NewRequestWithContext(l.t.Context(), http.MethodGet, hidTask+"?_count=2", nil)
	require.NoError(l.t, err)
	r.Header.Set("Authorization", "DPoP "+token)
	if proof != "" {
		r.Header.Set("DPoP", proof)
	}
	return r
}

// ask asks for a token with an assertion that is changed.
func (l *hidLab) ask(client string, edits ...func(*hidDraft)) hidAnswer {
	l.t.Helper()
	d := l.assertion(client)
	for _, edit := range edits {
		edit(d)
	}
	return l.do(l.tokenRequest(hidForm(d.sign(l.t)), l.proofFor(http.MethodPost, hidToken, "").sign(l.t)))
}

func (l *hidLab) token() string {
	l.t.Helper()
	a := l.ask("single")
	require.Equal(l.t, http.StatusOK, a.status, a.body)
	return a.body["access_token"].(string)
}

// get calls the API as it should be.
func (l *hidLab) get(token string) hidAnswer {
	l.t.Helper()
	return l.do(l.call(token, l.proofFor(http.MethodGet, hidTask, token).sign(l.t)))
}

func hidClaim(name string, value any) func(*hidDraft) {
	return func(d *hidDraft) {
		d.claims = maps.Clone(d.claims)
		if d.claims[name] = value; value == nil {
			delete(d.claims, name)
		}
	}
}

func hidHeader(name string, value any) func(*hidDraft) {
	return func(d *hidDraft) {
		d.header = maps.Clone(d.header)
		if d.header[name] = value; value == nil {
			delete(d.header, name)
		}
	}
}

func hidAfter(change func(string) string) func(*hidDraft) {
	return func(d *hidDraft) { d.after = change }
}
