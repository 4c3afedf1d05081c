package hti_test

import (
	"cmp"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/hti"
	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

var clock = time.Date(2026, 9, 21, 8, 0, 0, 0, time.UTC)

func now() time.Time { return clock }

func fakePortal(tb testing.TB) *launchtest.Portal {
	return launchtest.NewPortal(tb, launchtest.Config{Now: now})
}

func profileFor(tb testing.TB, p *launchtest.Portal) launch.Profile {
	profile, err := hti.New(hti.Config{Audience: p.Audience(), Issuers: []hti.Issuer{{ID: p.Issuer(), Keys: p.Keys()}}})
	require.NoError(tb, err)
	return profile
}

func form(token string) url.Values { return url.Values{"token": {token}} }

// What the profile itself says, kind by kind.
func TestMatrix(t *testing.T) {
	p := fakePortal(t)
	profile := profileFor(t, p)
	good, bad := 0, 0
	for _, c := range launchtest.Cases() {
		t.Run(c.String(), func(t *testing.T) {
			l, until, err := profile.Accept(t.Context(), form(c.Message(p)), clock)
			if c.Want != "" {
				bad++
				require.ErrorIs(t, err, c.Want)
				assert.Nil(t, l)
				return
			}
			good++
			require.NoError(t, err)
			assert.Equal(t, launch.Bearer, l.Assurance)
			assert.Equal(t, cmp.Or(c.Acting, launch.ActingSelf), l.Acting)
			assert.Equal(t, l.Expires.Add(10*time.Second), until)
		})
	}
	assert.GreaterOrEqual(t, good, 25)
	assert.GreaterOrEqual(t, bad, 200)
	t.Logf("%d accepted, %d refused", good, bad)
}

// What a browser gets: the status, and a page or a session.
func TestMatrixOverHTTP(t *testing.T) {
	p := fakePortal(t)
	var log strings.Builder
	launches := 0
	h, err := launch.NewHandler(launch.HandlerConfig{
		Profiles: []launch.Profile{profileFor(t, p)},
		Replay:   launch.NewMemoryReplay(launch.MemoryReplayConfig{Now: now}),
		Policy:   launch.Policy{BearerReason: "test", Acting: []launch.Acting{launch.ActingProfessional, launch.ActingRelative}},
		OnLaunch: func(w http.ResponseWriter, r *http.Request, _ *launch.Launch) {
			launches++
			http.Redirect(w, r, "/task", http.StatusSeeOther)
		},
		Logger: slog.New(slog.NewTextHandler(&log, nil)),
		Now:    now,
	})
	require.NoError(t, err)
	for _, c := range launchtest.Cases() {
		t.Run(c.String(), func(t *testing.T) {
			before := launches
			log.Reset()
			token := c.Message(p)
			w := post(h, form(token).Encode())
			if c.Want == "" {
				assert.Equal(t, http.StatusSeeOther, w.Code)
				assert.Equal(t, before+1, launches)
				return
			}
			assert.Equal(t, before, launches, "no session")
			assert.Equal(t, launch.Refuse(c.Want, "", nil).Status(), w.Code)
			assert.Contains(t, log.String(), "kind="+string(c.Want)+" ")
		})
	}
}

func post(h http.Handler, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, "https://tool.example/launch", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}
