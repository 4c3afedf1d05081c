package launchtest_test

import (
	"context"
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
)

// refusedWith sends a request that has one thing changed, and wants the status and no launch.
func refusedWith(t *testing.T, x *tool, status int, body string, change func(*http.Request)) {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, "https://tool.example/launch", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	change(r)
	w := httptest.NewRecorder()
	x.handler(t).ServeHTTP(w, r)
	assert.Equal(t, status, w.Code)
	assert.Contains(t, x.log.String(), "kind=request ")
	assert.Empty(t, x.launches)
}

func otherInAddress(t *testing.T) {
	x := newTool(t)
	x.Profiles = append(x.Profiles, other{})
	refusedWith(t, x, http.StatusBadRequest, form(onePortal().Good()), func(r *http.Request) { r.URL.RawQuery = "launch=1" })
}

func fieldInAddress(t *testing.T) {
	refusedWith(t, newTool(t), http.StatusBadRequest, form(onePortal().Good())+"&a=1", func(r *http.Request) { r.URL.RawQuery = "a=1" })
}

func brokenForm(t *testing.T) {
	for _, more := range []string{"&a=%zz", "&a;b", "&%=1"} {
		refusedWith(t, newTool(t), http.StatusBadRequest, form(onePortal().Good())+more, func(*http.Request) {})
	}
}

func compressedForm(t *testing.T) {
	refusedWith(t, newTool(t), http.StatusUnsupportedMediaType, form(onePortal().Good()), func(r *http.Request) { r.Header.Set("Content-Encoding", "gzip") })
}

func framesAndScripts(t *testing.T) {
	for _, c := range [][2]string{{"navigate", "iframe"}, {"navigate", "frame"}, {"", "embed"}, {"cors", "empty"}, {"no-cors", ""}, {"same-origin", "document"}} {
		refusedWith(t, newTool(t), http.StatusBadRequest, form(onePortal().Good()), func(r *http.Request) {
			r.Header.Set("Sec-Fetch-Mode", c[0])
			r.Header.Set("Sec-Fetch-Dest", c[1])
		})
	}
}

// asked is a key source that notes what it was asked for.
type asked struct {
	launch.Keys
	kids []string
}

func (a *asked) Key(ctx context.Context, kid string) (launch.PublicKey, error) {
	a.kids = append(a.kids, kid)
	return a.Keys.Key(ctx, kid)
}

// longKid: what an attacker writes fills neither caches nor logs, and sends nobody to the portal.
func longKid(t *testing.T) {
	p, keys := onePortal(), &asked{Keys: onePortal().Keys()}
	profile, err := hti.New(hti.Config{Audience: p.Audience(), Issuers: []hti.Issuer{{ID: p.Issuer(), Keys: keys}}})
	require.NoError(t, err)
	for _, length := range []int{256, 257} {
		d := p.Draft()
		d.Header["kid"] = strings.Repeat("k", length)
		_, _, err = profile.Accept(t.Context(), url.Values{"token": {p.Sign(d)}}, start)
		require.ErrorIs(t, err, launch.KindUnknownKey)
	}
	assert.Equal(t, []string{strings.Repeat("k", 256)}, keys.kids)
}

// given is a profile that accepts what the test gives.
type given struct {
	other
	launch launch.Launch
}

func (g given) Accept(context.Context, url.Values, time.Time) (*launch.Launch, time.Time, error) {
	return &g.launch, start.Add(time.Minute), nil
}

// refusedLaunch changes one thing of a launch that the zero policy takes.
func refusedLaunch(t *testing.T, kind launch.Kind, change func(*launch.Launch)) {
	l := launch.Launch{Profile: "other", Issuer: "https://portal.example", MessageID: "0123456789abcdef", Acting: launch.ActingSelf,
		Assurance: launch.Authenticated, Issued: start, Expires: start.Add(time.Minute)}
	x := newTool(t)
	x.Policy = launch.Policy{}
	x.Profiles = []launch.Profile{given{launch: l}}
	require.Equal(t, http.StatusSeeOther, postForm(x.handler(t), "launch=1").Code)
	change(&l)
	l.MessageID = strings.ToUpper(l.MessageID) // not used yet
	x.Profiles = []launch.Profile{given{launch: l}}
	assert.Equal(t, http.StatusForbidden, postForm(x.handler(t), "launch=1").Code)
	assert.Contains(t, x.log.String(), "kind="+string(kind)+" ")
}

func lessThanSaid(t *testing.T) {
	for _, assurance := range []launch.Assurance{0, launch.Bearer} {
		refusedLaunch(t, launch.KindAssurance, func(l *launch.Launch) { l.Assurance = assurance })
	}
}

func nothingToRemember(t *testing.T) {
	refusedLaunch(t, launch.KindClaims, func(l *launch.Launch) { l.MessageID = "" })
	refusedLaunch(t, launch.KindClaims, func(l *launch.Launch) { l.Issuer = "" })
}
