package launch_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch"
	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

// Rows E-1 to E-4, E-8 to E-10, E-20 and E-23 are in handler_test.go, E-5 and the
// load rows in handler_load_test.go. Of the rest, these are not for pushed messages:
//
//   - E-15 and E-16 (state, two tabs), E-21 (cookie of the transaction): a pushed
//     message begins no transaction, and the handler sets no cookie.
//   - E-19 (return address): a pushed message names none; OnLaunch chooses the page.
//   - E-17 and E-18, N64 (sessions): the session is the tool's. What the handler
//     owes it is tested below.

// Row E-4: no more is read than one byte over the limit, whatever length is said.
func TestE4_ReadsNoMoreThanTheLimit(t *testing.T) {
	x := newTool(t)
	h := x.handler(t)
	for _, length := range []int64{-1, 10, 1 << 40} {
		body := &endless{}
		r := request("POST", "https://tool.example/launch", "")
		r.Body, r.ContentLength = io.NopCloser(body), length
		assert.Equal(t, http.StatusRequestEntityTooLarge, serve(h, r).Code)
		assert.Equal(t, 64<<10+1, body.read)
	}
}

type endless struct{ read int }

// A field that is longer than an escaped message is refused before it is looked at; other fields do not matter.
func TestE4_OneLongField(t *testing.T) {
	x := newTool(t)
	h := x.handler(t)
	long := strings.Repeat("x", 48<<10)
	w := serve(h, request(http.MethodPost, "https://tool.example/launch", "token="+long))
	assert.Equal(t, http.StatusRequestEntityTooLarge, w.Code)
	assert.Contains(t, x.log.String(), `want="fields of at most 48 KiB"`)
	w = serve(h, request(http.MethodPost, "https://tool.example/launch", "token="+x.portal.Good()+"&a="+long[:30<<10]+"&b="+long[:30<<10]))
	assert.Equal(t, http.StatusSeeOther, w.Code)
}

func (e *endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'a'
	}
	e.read += len(p)
	return len(p), nil
}

// Rows E-6 and E-7: what the request says of hosts and origins changes nothing; the signature decides.
func TestE6_E7_HostAndOrigin(t *testing.T) {
	for name, value := range map[string]string{"Host": "evil.example", "X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example",
		"X-Forwarded-Proto": "http", "Origin": "https://evil.example", "origin": "null", "Referer": "https://evil.example/"} {
		x := newTool(t)
		r := request("POST", "https://tool.example/launch", url.Values{"token": {x.portal.Good()}}.Encode())
		if r.Header.Set(name, value); name == "Host" {
			r.Host = value
		}
		w := serve(x.handler(t), r)
		assert.Equal(t, http.StatusSeeOther, w.Code, name)
		assert.Equal(t, "/task", w.Header().Get("Location"))
		assert.NotContains(t, x.log.String(), "evil")

		d := x.portal.Draft()
		d.Claims["aud"] = "https://evil.example"
		r = request("POST", "https://tool.example/launch", url.Values{"token": {x.portal.Sign(d)}}.Encode())
		if r.Header.Set(name, value); name == "Host" {
			r.Host = value
		}
		assert.Equal(t, http.StatusForbidden, serve(x.handler(t), r).Code)
		assert.Contains(t, x.log.String(), "kind=audience ")
	}
}

// Row N66: not in a frame and not by a script, where the browser says so; and no answer may be framed.
func TestN66_FramesAndScripts(t *testing.T) {
	for _, c := range []struct {
		mode, dest string
		want       int
	}{
		{"", "", 303}, {"navigate", "document", 303}, {"navigate", "", 303}, {"navigate", "iframe", 400}, {"navigate", "frame", 400},
		{"navigate", "embed", 400}, {"cors", "empty", 400}, {"no-cors", "", 400}, {"same-origin", "empty", 400}, {"", "object", 400},
	} {
		x := newTool(t)
		r := request("POST", "https://tool.example/launch", url.Values{"token": {x.portal.Good()}}.Encode())
		for name, value := range map[string]string{"Sec-Fetch-Mode": c.mode, "Sec-Fetch-Dest": c.dest} {
			if value != "" {
				r.Header.Set(name, value)
			}
		}
		w := serve(x.handler(t), r)
		assert.Equal(t, c.want, w.Code, "%s %s", c.mode, c.dest)
		assert.Contains(t, w.Header().Get("Content-Security-Policy"), "frame-ancestors 'none'")
	}
}

// Row E-11: at another instance with the same store.
func TestE11_AnotherInstance(t *testing.T) {
	x := newTool(t)
	first, second := x.handler(t), x.handler(t)
	token := x.portal.Good()
	assert.Equal(t, 303, post(first, token).Code)
	assert.Equal(t, 403, post(second, token).Code)
	assert.Contains(t, x.log.String(), "kind=replayed ")
}

// hanging answers when the caller gives up, and says yes.
type hanging struct{}

func (hanging) Consume(ctx context.Context, _, _ string, _ time.Time) (bool, error) {
	<-ctx.Done()
	return true, ctx.Err()
}

func TestE12_StoreSlow(t *testing.T) {
	x := newTool(t)
	x.Replay, x.ReplayTimeout = hanging{}, time.Millisecond
	w := post(x.handler(t), x.portal.Good())
	assert.Equal(t, http.StatusServiceUnavailable, w.Code)
	assert.Empty(t, x.launches)
	assert.Contains(t, x.log.String(), "kind=replay_unavailable")
	assert.Contains(t, x.log.String(), `cause="context deadline exceeded"`)
}

// Rows E-12 and P3: full is closed, what lives stays, and it ends by itself.
func TestE12_P3_StoreFull(t *testing.T) {
	x := newTool(t)
	clock := start
	x.Now = func() time.Time { return clock }
	x.Replay = launch.NewMemoryReplay(launch.MemoryReplayConfig{Max: 3, Now: x.Now})
	h := x.handler(t)
	var used []string
	for range 3 {
		used = append(used, x.portal.Good())
		assert.Equal(t, 303, post(h, used[len(used)-1]).Code)
	}
	refused := x.portal.Good()
	for range 100 {
		assert.Equal(t, 503, post(h, refused).Code)
	}
	assert.Contains(t, x.log.String(), `cause="launch: replay store is full"`)
	for _, token := range used {
		x.log.Reset()
		assert.Equal(t, 403, post(h, token).Code)
		assert.Contains(t, x.log.String(), "kind=replayed ", "no live entry was dropped")
	}
	later := launchtest.NewPortal(t, launchtest.Config{Now: func() time.Time { return clock }})
	x.Profiles = []launch.Profile{x.profile(t, later.Keys())}
	clock = start.Add(2*time.Minute + 10*time.Second + time.Minute)
	assert.Equal(t, 303, post(x.handler(t), later.Good()).Code, "room again")
}

// Rows E-13, E-14 and N40: with a warm cache a launch passes while the keys' server is down, with a cold one not.
func TestE13_E14_N40_KeysDown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		x := newTool(t)
		i := &issuer{at: start, status: 200, body: string(x.portal.JWKS())}
		alarm := &recorder{}
		x.Profiles = []launch.Profile{x.profile(t, i.jwks(t, alarm.listen))}
		h := x.handler(t)
		assert.Equal(t, 303, post(h, x.portal.Good()).Code)
		i.set(func(i *issuer) { i.err = errors.New("connection refused") })
		assert.Equal(t, 303, post(h, x.portal.Good()).Code, "fresh")
		synctest.Wait() // the alarm is told after the launch has its keys
		assert.Empty(t, alarm.states())
		assert.Equal(t, [][]string{{"private"}}, alarm.exposed(), "row K-8: in the portal's set")
		i.pass(11 * time.Minute)
		assert.Equal(t, 303, post(h, x.portal.Good()).Code, "stale")
		i.pass(time.Hour)
		w := post(h, x.portal.Good())
		assert.Equal(t, 503, w.Code, "too stale")
		assert.Equal(t, "30", w.Header().Get("Retry-After"))

		x.Profiles = []launch.Profile{x.profile(t, i.jwks(t))}
		h, before := x.handler(t), i.calls.Load()
		for range 20 {
			w := post(h, x.portal.Good())
			assert.Equal(t, 503, w.Code, "never seen")
			assert.Equal(t, "30", w.Header().Get("Retry-After"))
		}
		assert.Equal(t, before+1, i.calls.Load(), "waits before it tries again")
		assert.Contains(t, x.log.String(), "kind=keys_unavailable")
		i.set(func(i *issuer) { i.err = nil })
		i.pass(2 * time.Second)
		assert.Equal(t, 303, post(h, x.portal.Good()).Code)
	})
}

// Rows E-17, E-18 and N64, the handler's part: OnLaunch sees the old session to
// end it, and the handler adds no cookie of its own, not to refusals either.
func TestE17_E18_N64_Sessions(t *testing.T) {
	x := newTool(t)
	x.OnLaunch = func(w http.ResponseWriter, r *http.Request, _ *launch.Launch) {
		old, err := r.Cookie("__Host-session")
		require.NoError(t, err)
		http.SetCookie(w, &http.Cookie{Name: "__Host-session", Value: "new, not " + old.Value})
		http.Redirect(w, r, "/task", http.StatusSeeOther)
	}
	h := x.handler(t)
	send := func() *httptest.ResponseRecorder {
		r := request("POST", "https://tool.example/launch", url.Values{"token": {x.portal.Good()}}.Encode())
		r.Header.Set("Cookie", "__Host-session=attacker")
		return serve(h, r)
	}
	assert.Equal(t, []string{`__Host-session="new, not attacker"`}, send().Header()["Set-Cookie"])
	x.Replay = down{}
	h = x.handler(t)
	w := send()
	assert.Equal(t, 503, w.Code)
	assert.NotContains(t, w.Header(), "Set-Cookie")
}

// Row N50: the same browser is sent to where it is, another one gets the page.
func TestN50_SameMessageAgain(t *testing.T) {
	x := newTool(t)
	to := "/task"
	x.Running = func(r *http.Request, issuer, messageID string) string {
		require.Equal(t, x.portal.Issuer(), issuer)
		if _, err := r.Cookie("session-" + messageID); err != nil {
			return ""
		}
		return to
	}
	h := x.handler(t)
	token := x.portal.Good()
	again := func(cookie string) *httptest.ResponseRecorder {
		r := request("POST", "https://tool.example/launch", url.Values{"token": {token}}.Encode())
		r.Header.Set("Cookie", cookie)
		return serve(h, r)
	}
	assert.Equal(t, 303, again("").Code)
	mine := "session-" + x.launches[0].MessageID + "=1"
	w := again(mine)
	assert.Equal(t, 303, w.Code)
	assert.Equal(t, "/task", w.Header().Get("Location"))
	assertHardened(t, w.Header())
	assert.Equal(t, 403, again("session-other=1").Code)
	for _, to = range []string{"//evil.example", `/\evil.example`, "https://evil.example/", "task", "/\t/evil.example", "javascript:alert(1)"} {
		assert.Equal(t, 403, again(mine).Code, to)
	}
	assert.Len(t, x.launches, 1, "one session")
	token = token[:len(token)-10] + "AAAAAAAAAA"
	to = "/task"
	assert.Equal(t, 403, again(mine).Code, "only for a good message")
}

// Row E-22: a panic is a page and a log line without its value, and the message stays used.
func TestE22_Panics(t *testing.T) {
	token := newTool(t).portal.Good()
	for name, cause := range map[string]any{"text": token, "error": fmt.Errorf("token=%s", token), "launch": &launch.Launch{MessageID: token}} {
		t.Run(name, func(t *testing.T) {
			x := newTool(t)
			x.OnLaunch = func(w http.ResponseWriter, r *http.Request, l *launch.Launch) {
				w.Header().Set("Set-Cookie", "session=begun")
				w.Header().Set("Location", "/task")
				panic(cause)
			}
			h := x.handler(t)
			w := post(h, token)
			assert.Equal(t, http.StatusInternalServerError, w.Code)
			assert.NotContains(t, w.Header(), "Set-Cookie")
			assert.NotContains(t, w.Header(), "Location")
			assertHardened(t, w.Header())
			assert.Contains(t, x.log.String(), "ref="+referenceForm.FindString(w.Body.String()))
			assert.Contains(t, x.log.String(), fmt.Sprintf("type=%T", cause))
			assert.Empty(t, shared(token, x.log.String()+w.Body.String(), 12))
			assert.Equal(t, http.StatusForbidden, post(h, token).Code, "stays used")
		})
	}
}

// What the profile or the store does wrong ends the same way.
func TestE22_PanicsElsewhere(t *testing.T) {
	for name, edit := range map[string]func(*tool){
		"profile": func(x *tool) { x.Profiles = []launch.Profile{panicking{}} },
		"store":   func(x *tool) { x.Replay = panicking{} },
	} {
		x := newTool(t)
		edit(x)
		w := post(x.handler(t), x.portal.Good())
		assert.Equal(t, http.StatusInternalServerError, w.Code, name)
		assert.Empty(t, x.launches)
		assert.NotContains(t, x.log.String(), "secret value")
	}
}

type panicking struct{ other }

func (panicking) Match(form url.Values) bool { return form.Has("token") }
func (panicking) Accept(context.Context, url.Values, time.Time) (*launch.Launch, time.Time, error) {
	panic("secret value")
}
func (panicking) Consume(context.Context, string, string, time.Time) (bool, error) {
	panic("secret value")
}

// Row E-22: net/http's own way to end a connection is left alone, and an ended context is no second launch.
func TestE22_AbortAndEndedContext(t *testing.T) {
	x := newTool(t)
	x.OnLaunch = func(http.ResponseWriter, *http.Request, *launch.Launch) { panic(http.ErrAbortHandler) }
	assert.PanicsWithValue(t, http.ErrAbortHandler, func() { post(x.handler(t), x.portal.Good()) })

	x = newTool(t)
	h := x.handler(t)
	r := request("POST", "https://tool.example/launch", url.Values{"token": {x.portal.Good()}}.Encode())
	assert.Equal(t, 503, serve(h, r.WithContext(ended(t))).Code)
	assert.Empty(t, x.launches)
}

// The whole matrix leaves nothing of a message in the log, whatever the level.
func TestLogHoldsNothingOfTheMatrix(t *testing.T) {
	x := newTool(t)
	x.Policy.Acting = []launch.Acting{launch.ActingProfessional, launch.ActingRelative}
	x.Profiles = []launch.Profile{x.profile(t, x.portal.Keys())}
	h := x.handler(t)
	cases, lines := launchtest.Cases(), 0
	for _, c := range cases {
		t.Run(c.Name, func(t *testing.T) {
			token := c.Message(x.portal)
			x.log.Reset()
			r := request("POST", "https://tool.example/launch?code=queryMarker0123", url.Values{"token": {token}}.Encode())
			r.Header.Set("Referer", "https://portal.example/refererMarker0123")
			w := serve(h, r)
			lines += bytes.Count(x.log.Bytes(), []byte("\n"))
			require.NotEmpty(t, x.log.String())
			assert.Empty(t, shared(token, x.log.String(), 12), "the message as it came")
			for _, value := range append(values(token, c.Want != ""), "Marker0123", "Patient/", "7f0b6c1e9a", "Practitioner", "82421") {
				assert.NotContains(t, x.log.String(), value)
				assert.NotContains(t, w.Body.String(), value)
			}
		})
	}
	assert.Greater(t, len(cases), 200)
	assert.GreaterOrEqual(t, lines, len(cases))
}
