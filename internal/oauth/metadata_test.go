package oauth_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/oauth"
)

const issuer = "https://issuer.example/v3"

// document is a good one, as Helsenorge's: other versions and another host than the issuer's.
func document(edits ...func(map[string]any)) string {
	d := map[string]any{
		"issuer":                                         issuer,
		"authorization_endpoint":                         "https://login.example/v2/authorize",
		"token_endpoint":                                 "https://issuer.example/v3/token",
		"pushed_authorization_request_endpoint":          "https://issuer.example/v1/par",
		"revocation_endpoint":                            "https://issuer.example/v1/revoke",
		"end_session_endpoint":                           "https://login.example/v2/logout",
		"introspection_endpoint":                         "https://issuer.example/introspect",
		"userinfo_endpoint":                              "https://issuer.example/userinfo",
		"jwks_uri":                                       "https://issuer.example/jwk",
		"dpop_signing_alg_values_supported":              []string{"ES256"},
		"authorization_response_iss_parameter_supported": true,
		"x_unknown":                                      map[string]any{"a": []any{nil}},
	}
	for _, edit := range edits {
		edit(d)
	}
	text, _ := json.Marshal(d)
	return string(text)
}

func set(name string, value any) func(map[string]any) {
	return func(d map[string]any) { d[name] = value }
}

// server answers as it is told, and its clock stands until it is moved.
type server struct {
	mu     sync.Mutex
	body   string
	status int
	header http.Header
	err    error
	hold   chan struct{}
	at     time.Time
	calls  atomic.Int32
}

func (s *server) Do(r *http.Request) (*http.Response, error) {
	s.calls.Add(1)
	s.mu.Lock()
	hold := s.hold
	s.mu.Unlock()
	if hold != nil {
		select {
		case <-hold:
		case <-r.Context().Done():
			return nil, r.Context().Err()
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err != nil {
		return nil, s.err
	}
	return &http.Response{StatusCode: s.status, Header: s.header, Body: io.NopCloser(strings.NewReader(s.body)), Request: r}, nil
}

func (s *server) now() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.at
}

func (s *server) pass(d time.Duration) { s.set(func() { s.at = s.at.Add(d) }) }

func (s *server) set(edit func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	edit()
}

func newServer(t *testing.T, edits ...func(map[string]any)) (*server, *oauth.Metadata) {
	t.Helper()
	s := &server{body: document(edits...), status: 200, at: start}
	m, err := oauth.NewMetadata(oauth.MetadataConfig{Issuer: issuer, Client: s, Now: s.now})
	require.NoError(t, err)
	t.Cleanup(func() { _ = m.Close() })
	return s, m
}

func TestMetadata(t *testing.T) {
	s, m := newServer(t)
	assert.Zero(t, s.calls.Load(), "nothing is fetched before the first call")
	got, err := m.Get(t.Context())
	require.NoError(t, err)
	assert.Equal(t, oauth.Server{Issuer: issuer, Authorization: "https://login.example/v2/authorize", Token: "https://issuer.example/v3/token",
		PAR: "https://issuer.example/v1/par", Revocation: "https://issuer.example/v1/revoke", EndSession: "https://login.example/v2/logout",
		Introspection: "https://issuer.example/introspect", UserInfo: "https://issuer.example/userinfo", JWKS: "https://issuer.example/jwk",
		DPoPAlgorithms: []string{"ES256"}, IssParameter: true}, got)
	got.DPoPAlgorithms[0] = "changed"
	again, err := m.Get(t.Context())
	require.NoError(t, err)
	assert.Equal(t, []string{"ES256"}, again.DPoPAlgorithms)
	assert.Equal(t, int32(1), s.calls.Load())
}

func TestMetadataOverTheNetwork(t *testing.T) {
	var s *served
	s = serve(t, func(w http.ResponseWriter, r *http.Request) {
		assert.Equal(t, "/sts/.well-known/openid-configuration", r.URL.Path)
		_, _ = io.WriteString(w, `{"issuer":"`+s.URL+`/sts","token_endpoint":"`+s.URL+`/token"}`)
	})
	m, err := oauth.NewMetadata(oauth.MetadataConfig{Issuer: s.URL + "/sts", AllowLoopback: true})
	require.NoError(t, err)
	got, err := m.Get(t.Context())
	require.NoError(t, err)
	assert.Equal(t, oauth.Server{Issuer: s.URL + "/sts", Token: s.URL + "/token"}, got)
	require.NoError(t, m.Close())
}

func TestNewMetadataRefuses(t *testing.T) {
	for _, issuer := range []string{"", "http://issuer.example", "http://127.0.0.1", "https://a@issuer.example", "https://issuer.example/?" + canary} {
		_, err := oauth.NewMetadata(oauth.MetadataConfig{Issuer: issuer})
		require.ErrorContains(t, err, "field Issuer", issuer)
		assert.NotContains(t, err.Error(), canary)
	}
}

// Who copies the document's address is told what the issuer is. Some issuers end
// in a slash: the document says.
func TestNewMetadataWantsTheIssuerAlone(t *testing.T) {
	for _, end := range []string{"/.well-known/openid-configuration", "/.well-known/openid-configuration/", "/.well-known/oauth-authorization-server"} {
		_, err := oauth.NewMetadata(oauth.MetadataConfig{Issuer: issuer + end})
		require.ErrorContains(t, err, "field Issuer is the address of a document: want the issuer alone, without /.well-known/ and what follows", end)
	}
	for name, c := range map[string]struct {
		configured, served string
		want               error
	}{
		"both with":  {issuer + "/", issuer + "/", nil},
		"ours with":  {issuer + "/", issuer, oauth.ErrIssuer},
		"their with": {issuer, issuer + "/", oauth.ErrIssuer},
	} {
		s := &server{body: document(set("issuer", c.served)), status: 200, at: start}
		m, err := oauth.NewMetadata(oauth.MetadataConfig{Issuer: c.configured, Client: s, Now: s.now})
		require.NoError(t, err, name)
		_, err = m.Get(t.Context())
		require.ErrorIs(t, err, c.want, name)
		if c.want != nil {
			require.ErrorContains(t, err, "letter for letter, slash included")
		}
		require.NoError(t, m.Close())
	}
}

func TestMetadataRefuses(t *testing.T) {
	insecure := "address without user information"
	for name, c := range map[string]struct {
		edit func(s *server)
		want string
		is   error
	}{
		"N53: another issuer":     {with(set("issuer", issuer+"/")), "letter for letter", oauth.ErrIssuer},
		"N53: issuer in capitals": {with(set("issuer", strings.ToUpper(issuer))), "letter for letter", oauth.ErrIssuer},
		"N53: no issuer":          {with(func(d map[string]any) { delete(d, "issuer") }), "letter for letter", oauth.ErrIssuer},
		"no token endpoint":       {with(func(d map[string]any) { delete(d, "token_endpoint") }), "token_endpoint", oauth.ErrMetadata},
		"http":                    {with(set("token_endpoint", "http://issuer.example/"+canary)), insecure, oauth.ErrMetadata},
		"http on loopback":        {with(set("jwks_uri", "http://127.0.0.1/")), insecure, oauth.ErrMetadata},
		"user information":        {with(set("authorization_endpoint", "https://"+canary+"@login.example/")), insecure, oauth.ErrMetadata},
		"fragment":                {with(set("end_session_endpoint", "https://login.example/#a")), insecure, oauth.ErrMetadata},
		"empty address":           {with(set("revocation_endpoint", "")), insecure, oauth.ErrMetadata},
		"address no string":       {with(set("pushed_authorization_request_endpoint", 1)), "a string", oauth.ErrMetadata},
		"algorithms no list":      {with(set("dpop_signing_alg_values_supported", "ES256")), "a list", oauth.ErrMetadata},
		"algorithm no string":     {with(set("dpop_signing_alg_values_supported", []any{1})), "a list", oauth.ErrMetadata},
		"iss no bool":             {with(set("authorization_response_iss_parameter_supported", "true")), "true or false", oauth.ErrMetadata},
		"name twice":              {func(s *server) { s.body = strings.Replace(s.body, "{", `{"issuer":"`+issuer+`",`, 1) }, "unique names", oauth.ErrMetadata},
		"HTML":                    {func(s *server) { s.body = "<html>" + canary }, "JSON", oauth.ErrMetadata},
		"list":                    {func(s *server) { s.body = "[]" }, "JSON", oauth.ErrMetadata},
		"too large":               {with(set("pad", strings.Repeat("a", 256<<10))), "256 KiB", oauth.ErrMetadata},
		"status 404":              {func(s *server) { s.status = 404 }, "status 200, not 404", oauth.ErrMetadata},
		"redirect":                {func(s *server) { s.status = 302 }, "status 200, not 302", oauth.ErrMetadata},
		"no answer":               {func(s *server) { s.err = errors.New(canary) }, "connection broke", oauth.ErrMetadata},
	} {
		t.Run(name, func(t *testing.T) {
			s, m := newServer(t)
			c.edit(s)
			_, err := m.Get(t.Context())
			require.ErrorIs(t, err, c.is)
			require.ErrorIs(t, err, oauth.ErrMetadata)
			assert.Contains(t, err.Error(), c.want)
			assert.NotContains(t, err.Error(), canary)
		})
	}
}

func with(edit func(map[string]any)) func(*server) {
	return func(s *server) { s.body = document(edit) }
}

func TestMetadataFollowsNoRedirect(t *testing.T) {
	other := serve(t, answer(200, document()))
	s := serve(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, other.URL, http.StatusFound) })
	following := &http.Client{}
	for _, client := range []oauth.Doer{following, doer(following.Do)} {
		m, err := oauth.NewMetadata(oauth.MetadataConfig{Issuer: s.URL, Client: client, AllowLoopback: true})
		require.NoError(t, err)
		_, err = m.Get(t.Context())
		require.ErrorIs(t, err, oauth.ErrMetadata)
		require.NoError(t, m.Close())
	}
	assert.Equal(t, int32(1), other.calls.Load(), "only the other Doer went there")
}

func TestMetadataIsKept(t *testing.T) {
	for name, c := range map[string]struct {
		header http.Header
		kept   time.Duration
	}{
		"nothing said":  {nil, 24 * time.Hour},
		"ten minutes":   {http.Header{"Cache-Control": {"public, max-age=600"}}, 10 * time.Minute},
		"used up":       {http.Header{"Cache-Control": {"max-age=600"}, "Age": {"300"}}, 5 * time.Minute},
		"no-store":      {http.Header{"Cache-Control": {"no-store"}}, time.Minute},
		"zero":          {http.Header{"Cache-Control": {"max-age=0"}}, time.Minute},
		"negative":      {http.Header{"Cache-Control": {"max-age=-5"}}, time.Minute},
		"garbage":       {http.Header{"Cache-Control": {"max-age=soon"}}, time.Minute},
		"ten years":     {http.Header{"Cache-Control": {"max-age=315360000"}}, 24 * time.Hour},
		"endless":       {http.Header{"Cache-Control": {"max-age=99999999999999999999"}}, 24 * time.Hour},
		"quoted number": {http.Header{"Cache-Control": {`max-age="600"`}}, 10 * time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			s, m := newServer(t)
			s.header = c.header
			get(t, m)
			s.pass(c.kept*3/4 - time.Second)
			get(t, m)
			assert.Equal(t, int32(1), s.calls.Load())
			s.pass(c.kept/4 + 2*time.Second)
			get(t, m)
			assert.Equal(t, int32(2), s.calls.Load())
		})
	}
}

func get(t *testing.T, m *oauth.Metadata) oauth.Server {
	t.Helper()
	s, err := m.Get(t.Context())
	require.NoError(t, err)
	return s
}

// The old document serves while the server fails, for 24 hours past its age; back-off keeps requests few.
func TestMetadataServesWhileTheServerFails(t *testing.T) {
	s, m := newServer(t)
	get(t, m)
	s.set(func() { s.status = 500 })
	s.pass(24*time.Hour + time.Second)
	get(t, m)
	assert.Equal(t, int32(2), s.calls.Load())
	for range 1000 {
		get(t, m)
	}
	assert.Equal(t, int32(2), s.calls.Load(), "not before the back-off is over")
	s.pass(24*time.Hour - 2*time.Second)
	get(t, m)
	s.pass(2 * time.Second)
	_, err := m.Get(t.Context())
	require.ErrorIs(t, err, oauth.ErrMetadata)
	s.set(func() { s.status = 200 })
	s.pass(6 * time.Minute)
	get(t, m)
}

func TestMetadataOfAnotherIssuerDoesNotReplaceTheOld(t *testing.T) {
	s, m := newServer(t)
	get(t, m)
	s.set(func() { s.body = document(set("issuer", "https://evil.example")) })
	s.pass(25 * time.Hour)
	assert.Equal(t, issuer, get(t, m).Issuer)
	assert.Equal(t, int32(2), s.calls.Load())
}

func TestMetadataBacksOff(t *testing.T) {
	s, m := newServer(t)
	s.err = errors.New("down")
	for range 3600 {
		_, err := m.Get(t.Context())
		require.ErrorIs(t, err, oauth.ErrMetadata)
		s.pass(time.Second)
	}
	assert.InDelta(t, 165, s.calls.Load(), 15, "1 s, 2 s, 4 s … 20 s, while there is nothing to use")
}

func TestMetadataOneFlightForAll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, m := newServer(t)
		s.hold = make(chan struct{})
		var good atomic.Int32
		var callers sync.WaitGroup
		for range 1000 {
			callers.Go(func() {
				if _, err := m.Get(t.Context()); err == nil {
					good.Add(1)
				}
			})
		}
		synctest.Wait()
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		_, err := m.Get(ctx)
		require.ErrorIs(t, err, oauth.ErrMetadata)
		require.ErrorIs(t, err, context.Canceled, "a caller whose context ends returns at once")
		close(s.hold)
		callers.Wait()
		assert.Equal(t, int32(1000), good.Load())
		assert.Equal(t, int32(1), s.calls.Load())
	})
}

func TestMetadataFetchEndsInFiveSeconds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, m := newServer(t)
		s.hold = make(chan struct{})
		began := time.Now()
		_, err := m.Get(t.Context())
		require.ErrorIs(t, err, context.DeadlineExceeded)
		assert.Equal(t, 5*time.Second, time.Since(began))
	})
}

func TestMetadataClose(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, m := newServer(t)
		s.hold = make(chan struct{})
		ended := make(chan error)
		go func() { _, err := m.Get(t.Context()); ended <- err }()
		synctest.Wait()
		require.NoError(t, m.Close())
		require.ErrorIs(t, <-ended, context.Canceled)
		_, err := m.Get(t.Context())
		require.ErrorIs(t, err, oauth.ErrMetadata)
		assert.Equal(t, int32(1), s.calls.Load())
	})
}

func TestMetadataClockThatLeaps(t *testing.T) {
	s, m := newServer(t)
	get(t, m)
	s.pass(10 * time.Hour)
	get(t, m)
	s.pass(-10 * time.Hour)
	get(t, m)
	assert.Equal(t, int32(1), s.calls.Load(), "back: nothing passed")
	s.pass(15 * time.Hour)
	get(t, m)
	assert.Equal(t, int32(2), s.calls.Load(), "10 and 15 hours did")
	s.pass(1000 * time.Hour)
	get(t, m)
	assert.Equal(t, int32(3), s.calls.Load(), "forward: once")
}
