package launches

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/jose"
	"github.com/verktoykatalog/verktoy/launch"
)

const goodPayload = `{"iss":"https://portal.example","aud":"https://tool.example","iat":1789977600,"exp":1789977720,"jti":"hD0c1vK2tZr5mYw8qLx3Pg","sub":"Patient/7f0b6c1e9a","resource":"Task/58c1"}`

// A header of any bytes, rightly signed: what we accept has alg, kid and typ
// alone, says what encoding/json reads in it, and is accepted by the others.
func FuzzHeader(f *testing.F) {
	j := newJudges(f)
	f.Fuzz(func(t *testing.T, header []byte) {
		header = bytes.ReplaceAll(header, []byte("KID"), []byte(j.p.kid)) // seeds cannot know the kid
		token, err := j.p.raw.SignHeader(header, []byte(goodPayload))
		require.NoError(t, err)
		j.agree(t, token, []byte(goodPayload))
		m, err := jose.Parse(token, []string{"ES256"})
		if err != nil {
			return
		}
		require.Equal(t, token, m.String(), "one spelling")
		var read map[string]any
		require.NoError(t, json.Unmarshal(header, &read))
		require.Equal(t, "ES256", read["alg"])
		if j.verktoy(token) != nil {
			return
		}
		require.Equal(t, j.p.kid, read["kid"])
		for name := range read {
			require.Contains(t, []string{"alg", "kid", "typ"}, name)
		}
	})
}

// A payload of any bytes, rightly signed: what we accept says what
// encoding/json reads in it, and is accepted by the others.
func FuzzPayload(f *testing.F) {
	j := newJudges(f)
	f.Fuzz(func(t *testing.T, payload []byte) {
		header, err := json.Marshal(j.p.header())
		require.NoError(t, err)
		token, err := j.p.raw.SignHeader(header, payload)
		require.NoError(t, err)
		j.agree(t, token, payload)
		if j.verktoy(token) != nil {
			return
		}
		var read struct {
			Iss string  `json:"iss"`
			Exp float64 `json:"exp"`
		}
		require.NoError(t, json.Unmarshal(payload, &read))
		require.Equal(t, issuer, read.Iss)
		require.Greater(t, read.Exp, float64(clock.Unix()))
	})
}

func (j *judges) agree(t *testing.T, token string, payload []byte) {
	var claims map[string]any
	_ = json.Unmarshal(payload, &claims) // no object: no claims
	_, err := j.compare(token, claims)
	require.NoError(t, err)
}

// A key set of any bytes: what we read, we write without secrets, and read
// again as the same keys. Every key is large enough and named once.
func FuzzSet(f *testing.F) {
	f.Fuzz(func(t *testing.T, data []byte) {
		set, err := jose.ParseSet(data)
		if err != nil {
			return
		}
		keys := set.Keys()
		require.NotEmpty(t, keys)
		require.LessOrEqual(t, len(keys), jose.MaxKeys)
		published, err := jose.MarshalSet(keys)
		require.NoError(t, err)
		requirePublic(t, published)
		again, err := jose.ParseSet(published)
		require.NoError(t, err)
		require.Len(t, again.Keys(), len(keys))
		for i, k := range again.Keys() {
			require.Equal(t, keys[i].ID, k.ID)
			require.Equal(t, keys[i].Algorithm, k.Algorithm)
			require.Equal(t, thumbprint(t, keys[i]), thumbprint(t, k))
		}
	})
}

// requirePublic looks for members that only a private key has.
func requirePublic(t *testing.T, set []byte) {
	var read struct {
		Keys []map[string]any `json:"keys"`
	}
	require.NoError(t, json.Unmarshal(set, &read))
	seen := map[any]bool{}
	for _, k := range read.Keys {
		for _, secret := range []string{"d", "p", "q", "dp", "dq", "qi", "oth", "k"} {
			require.NotContains(t, k, secret)
		}
		if n, is := k["n"].(string); is {
			require.GreaterOrEqual(t, base64.RawURLEncoding.DecodedLen(len(n)), 256)
		}
		require.False(t, k["kid"] != nil && seen[k["kid"]], "a kid twice")
		seen[k["kid"]] = true
	}
}

func thumbprint(t *testing.T, k *jose.Key) string {
	sum, err := k.Thumbprint()
	require.NoError(t, err)
	return sum
}

// A body of any bytes, TOKEN in it being a good message: a launch starts only
// if the form has that message as its one token, no other field twice, and for
// the first time; every answer is one of those that the handler documents, is not
// stored, and says nothing of what was sent.
func FuzzForm(f *testing.F) {
	p, err := NewPortal()
	require.NoError(f, err)
	tokens, err := p.messages(1)
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, body string) {
		launches := 0
		h, err := launch.NewHandler(launch.HandlerConfig{
			Profiles: []launch.Profile{p.profile},
			Replay:   launch.NewMemoryReplay(launch.MemoryReplayConfig{Now: now}),
			Policy:   launch.Policy{BearerReason: "a test"},
			OnLaunch: func(w http.ResponseWriter, _ *http.Request, _ *launch.Launch) {
				launches++
				w.WriteHeader(http.StatusNoContent)
			},
			Now: now,
		})
		require.NoError(t, err)
		sent := strings.ReplaceAll(body, "TOKEN", tokens[0])
		good := isLaunch(sent, tokens[0])
		for i := range 2 {
			w := send(h, sent)
			require.Equal(t, good && i == 0, w.Code == http.StatusNoContent, "try %d: %d", i, w.Code)
			require.Contains(t, []int{204, 400, 403, 413}, w.Code)
			require.Equal(t, "no-store", w.Header().Get("Cache-Control"))
			require.NotContains(t, w.Body.String(), tokens[0][:40])
		}
		require.LessOrEqual(t, launches, 1)
	})
}

// isLaunch is the rule, written once more.
func isLaunch(body, token string) bool {
	form, err := url.ParseQuery(body)
	if err != nil || len(body) > 64<<10 || form.Get("token") != token {
		return false
	}
	for _, values := range form {
		if len(values) != 1 {
			return false
		}
	}
	return true
}

func send(h http.Handler, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, audience+"/launch", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}
