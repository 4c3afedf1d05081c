package launchtest_test

import (
	"cmp"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/hti"
	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

var start = time.Date(2026, 9, 21, 8, 0, 0, 0, time.UTC)

func now() time.Time { return start }

// onePortal for all tests: making RSA keys takes time.
var onePortal = sync.OnceValue(func() *launchtest.Portal { return launchtest.NewPortal(&testing.T{}, launchtest.Config{Now: now}) })

func profileOf(t testing.TB, p *launchtest.Portal) launch.Profile {
	profile, err := hti.New(hti.Config{Audience: p.Audience(), Issuers: []hti.Issuer{{ID: p.Issuer(), Keys: p.Keys()}}})
	require.NoError(t, err)
	return profile
}

func form(token string) string { return url.Values{"token": {token}}.Encode() }

// Every message ends as it must, kind by kind, and with its status and page.
func TestMatrixMessages(t *testing.T) {
	p := onePortal()
	profile := profileOf(t, p)
	x := newTool(t)
	x.Policy.Acting = []launch.Acting{launch.ActingProfessional, launch.ActingRelative}
	h := x.handler(t)
	good, bad := 0, 0
	for _, c := range launchtest.Cases() {
		t.Run(c.String(), func(t *testing.T) {
			l, until, err := profile.Accept(t.Context(), url.Values{"token": {c.Message(p)}}, start)
			x.log.Reset()
			w := post(h, c.Message(p))
			if c.Want != "" {
				bad++
				require.ErrorIs(t, err, c.Want)
				assert.Nil(t, l)
				assert.Equal(t, launch.Refuse(c.Want, "", nil).Status(), w.Code)
				assert.Contains(t, x.log.String(), "kind="+string(c.Want)+" ")
				return
			}
			good++
			require.NoError(t, err)
			assert.Equal(t, cmp.Or(c.Acting, launch.ActingSelf), l.Acting)
			assert.Equal(t, l.Expires.Add(10*time.Second), until)
			assert.Equal(t, http.StatusSeeOther, w.Code)
		})
	}
	assert.GreaterOrEqual(t, good, 30)
	assert.GreaterOrEqual(t, bad, 250)
	assert.Len(t, x.launches, good)
	t.Logf("%d accepted, %d refused", good, bad)
}

// tool is a handler with everything it needs, to be changed before it is made.
type tool struct {
	launch.HandlerConfig
	log      *strings.Builder
	launches []*launch.Launch
}

func newTool(t testing.TB) *tool {
	x := &tool{log: &strings.Builder{}}
	x.HandlerConfig = launch.HandlerConfig{
		Profiles: []launch.Profile{profileOf(t, onePortal())},
		Replay:   launch.NewMemoryReplay(launch.MemoryReplayConfig{Now: now}),
		Policy:   launch.Policy{BearerReason: "a test"},
		OnLaunch: func(w http.ResponseWriter, r *http.Request, l *launch.Launch) {
			x.launches = append(x.launches, l)
			http.Redirect(w, r, "/task", http.StatusSeeOther)
		},
		Logger: slog.New(slog.NewTextHandler(x.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
		Now:    now,
	}
	return x
}

func (x *tool) handler(t testing.TB) *launch.Handler {
	h, err := launch.NewHandler(x.HandlerConfig)
	require.NoError(t, err)
	return h
}

func post(h http.Handler, token string) *httptest.ResponseRecorder { return postForm(h, form(token)) }

func postForm(h http.Handler, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, "https://tool.example/launch", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}
