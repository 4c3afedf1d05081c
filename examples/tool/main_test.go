package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

const good = `{"addr":"127.0.0.1:0","baseURL":"https://tool.example","bearerNote":"a trial","registrations":[
	{"profile":"hti/2.0","issuer":"https://portal.example","audience":"https://tool.example","jwks":"http://127.0.0.1:9100/jwks.json","algorithms":["ES256"]}]}`

const helse = `{"profile":"helsenorge","issuer":"https://a.example","clientId":"tool"}`

func write(t *testing.T, text string) string {
	file := filepath.Join(t.TempDir(), "tool.json")
	require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
	return file
}

func TestConfigNamesEveryFault(t *testing.T) {
	without := func(old, replacement string) string {
		require.Contains(t, good, old)
		return strings.Replace(good, old, replacement, 1)
	}
	cases := []struct{ name, text, want string }{
		{"empty", "", ": the file, line 1, column 1: want well-formed JSON, one object and nothing after it"},
		{"a list", "[]", ": the file: want a JSON object"},
		{"two objects", good + "{}", ": the file, line 2, column 157: want well-formed JSON, one object and nothing after it"},
		{"broken", good[:len(good)-2], ": the file, line 2, column 154: want well-formed JSON"},
		{"broken in the middle", "{\n  \"addr\": \"ø\" \"x\"}", ": the file, line 2, column 15: want well-formed JSON"},
		{"everything missing", "{}", "/addr: want host and port, such as 127.0.0.1:9001; /baseURL: want an https address, or http on this machine; " +
			"/registrations: want at least one registration\n"},
		{"unknown member", without(`"addr"`, `"adr":"x","addr"`), "/adr: unknown member"},
		{"unknown member inside", without(`"issuer"`, `"a/b":1,"issuer"`), "/registrations/0/a~1b: unknown member"},
		{"member twice", without(`"addr"`, `"addr":"x","addr"`), "/addr: duplicate member"},
		{"wrong case", without(`"addr"`, `"Addr"`), "/Addr: unknown member"},
		{"wrong type", without(`"https://portal.example"`, `1`), "/registrations/0/issuer: want a text"},
		{"null", without(`"a trial"`, `null`), "/bearerNote: want a text"},
		{"no list", without(`["ES256"]`, `"ES256"`), "/registrations/0/algorithms: want a list"},
		{"unknown algorithm", without(`"ES256"`, `"HS256"`), "/registrations/0/algorithms/0: want one of RS256, RS384, RS512, ES256, ES384, ES512"},
		{"unknown profile", without(`hti/2.0`, `oidc`), `tool.json: /registrations/0/profile: want "hti/2.0" or "helsenorge"` + "\n"},
		{"unknown profile without a note", `{"addr":"127.0.0.1:0","baseURL":"https://tool.example","registrations":[{"profile":"helsenorg","issuer":"x"}]}`, "tool.json: /registrations/0/profile: want \"hti/2.0\" or \"helsenorge\"\n"},
		{"no note", without(`"bearerNote":"a trial",`, ``), "tool.json: /bearerNote: want a sentence"},
		{"acting of somebody else", `{"addr":"127.0.0.1:0","baseURL":"https://tool.example","registrations":[` + strings.Replace(helse, `"clientId"`, `"acting":["parent","professional"],"clientId"`, 1) + `]}`, `/registrations/0/acting/1: want "parent" or "proxy"`},
		{"acting without a list", `{"addr":"127.0.0.1:0","baseURL":"https://tool.example","registrations":[` + strings.Replace(helse, `"clientId"`, `"acting":"parent","clientId"`, 1) + `]}`, "/registrations/0/acting: want a list"},
		{"acting of a portal", without(`"jwks"`, `"acting":["parent"],"jwks"`), "/registrations/0: want no clientId, key, actorClaim, relationClaim, acting"},
		{"plain http", without(`http://127.0.0.1:9100`, `http://portal.example`), "/registrations/0/jwks: want an https address, or http on this machine"},
		{"blank note", without(`a trial`, ` `), "/bearerNote: want a sentence"},
		{"base with a path", without(`https://tool.example"`, `https://tool.example/a"`), "/baseURL: want an address without path and query"},
		{"a portal in the clear", without(`"baseURL"`, `"portal":"http://portal.example","baseURL"`), "/portal: want the page where citizens find the tool: an https address, or http on this machine, without fragment"},
		{"a portal that is a script", without(`"baseURL"`, `"portal":"javascript:alert(1)","baseURL"`), "/portal: want the page where citizens find the tool"},
		{"a portal without a host", without(`"baseURL"`, `"portal":"https://:443/","baseURL"`), "/portal: want the page where citizens find the tool"},
		{"a portal with a fragment", without(`"baseURL"`, `"portal":"https://portal.example/#mine","baseURL"`), "/portal: want the page where citizens find the tool"},
		{"a portal that is no text", without(`"baseURL"`, `"portal":1,"baseURL"`), "/portal: want a text"},
		{"a member of the other profile", without(`"jwks"`, `"clientId":"x","jwks"`), "/registrations/0: want no clientId"},
		{"helsenorge with a portal's members", without(`hti/2.0`, `helsenorge`), "/registrations/0/clientId: want the tool's client id at Helsenorge; /registrations/0: want no audience, jwks, algorithms"},
		{"helsenorge twice", `{"addr":"127.0.0.1:0","baseURL":"https://tool.example","registrations":[` + helse + `,` + strings.Replace(helse, "https://a.example", "https://b.example", 1) + `]}`, "/registrations/1/profile: want helsenorge once"},
		{"one claim without the other", `{"addr":"127.0.0.1:0","baseURL":"https://tool.example","registrations":[` + strings.Replace(helse, `"clientId"`, `"actorClaim":"a","clientId"`, 1) + `]}`, "/registrations/0: want both actorClaim and relationClaim, or neither"},
		{"one name for two claims", `{"addr":"127.0.0.1:0","baseURL":"https://tool.example","registrations":[` + strings.Replace(helse, `"clientId"`, `"actorClaim":"a","relationClaim":"a","clientId"`, 1) + `]}`, "/registrations/0/relationClaim: want another name than actorClaim has"},
		{"issuer with a query", `{"addr":"127.0.0.1:0","baseURL":"https://tool.example","registrations":[` + strings.Replace(helse, `a.example`, `a.example?v=3`, 1) + `]}`, "/registrations/0/issuer: want an address without query and fragment"},
		{"no key file", `{"addr":"127.0.0.1:0","baseURL":"https://tool.example","registrations":[` + strings.Replace(helse, `"clientId"`, `"key":"missing.jwk","clientId"`, 1) + `]}`, "/registrations/0/key: "},
		{"no port", without(`127.0.0.1:0`, `127.0.0.1`), "/addr: want host and port"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var stderr bytes.Buffer
			assert.Equal(t, 2, run(t.Context(), []string{"-config", write(t, c.text)}, &stderr))
			assert.Contains(t, stderr.String(), c.want)
		})
	}
}

func TestCommandLine(t *testing.T) {
	var stderr bytes.Buffer
	assert.Equal(t, 2, run(t.Context(), nil, &stderr))
	assert.Contains(t, stderr.String(), "want -config FILE")
	assert.Equal(t, 2, run(t.Context(), []string{"-x"}, &stderr))
	assert.Equal(t, 0, run(t.Context(), []string{"-h"}, &stderr))
	assert.Equal(t, 2, run(t.Context(), []string{"-config", "missing.json"}, &stderr))
	assert.Equal(t, 1, run(t.Context(), []string{"-config", write(t, strings.Replace(good, "127.0.0.1:0", "127.0.0.1:99999", 1))}, &stderr))
}

// server starts the command, and gives its address.
func server(t *testing.T, text string) string {
	ctx, stop := context.WithCancel(t.Context())
	out, in := io.Pipe()
	ended := make(chan int, 1)
	go func() { ended <- run(ctx, []string{"-config", write(t, text)}, in) }()
	address := make(chan string, 1)
	go func() {
		for lines := bufio.NewScanner(out); lines.Scan(); {
			if _, url, found := strings.Cut(lines.Text(), "listening on "); found {
				address <- url
			}
		}
	}()
	t.Cleanup(func() {
		stop()
		assert.Equal(t, 0, <-ended)
		_ = in.Close()
	})
	select {
	case a := <-address:
		return a
	case code := <-ended:
		ended <- code
		require.FailNow(t, "the tool ended")
	}
	return ""
}

func TestLaunchAndWhoami(t *testing.T) {
	portal := launchtest.NewPortal(t, launchtest.Config{})
	published := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(portal.JWKS()) }))
	defer published.Close()
	for baseURL, name := range map[string]string{"https://tool.example": "__Host-session", "http://127.0.0.1:9001": "session"} {
		text := strings.NewReplacer("http://127.0.0.1:9100/jwks.json", published.URL, `"baseURL":"https://tool.example"`, `"baseURL":"`+baseURL+`"`).Replace(good)
		base := server(t, text)
		client := &http.Client{Timeout: 10 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
		resp, err := client.PostForm(base+"/launch", url.Values{"token": {portal.Good()}})
		require.NoError(t, err)
		resp.Body.Close()
		require.Equal(t, http.StatusSeeOther, resp.StatusCode)
		require.Len(t, resp.Cookies(), 1)
		cookie := resp.Cookies()[0]
		assert.Equal(t, name, cookie.Name)
		assert.Equal(t, strings.HasPrefix(baseURL, "https"), cookie.Secure)
		got, status := whoami(t, client, base, cookie)
		assert.Equal(t, http.StatusOK, status)
		assert.ElementsMatch(t, []string{"profile", "issuer", "messageId", "actor", "patient", "acting", "task", "definition", "intent", "assurance", "issued", "expires"},
			slices.Collect(maps.Keys(got)))
		assert.Equal(t, "Patient/7f0b6c1e9a", got["patient"])
		assert.Equal(t, "bearer", got["assurance"])
		_, status = whoami(t, client, base, &http.Cookie{Name: name, Value: "x"})
		assert.Equal(t, http.StatusForbidden, status)
		resp, err = client.Get(base + "/.well-known/jwks.json")
		require.NoError(t, err)
		keys, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		require.NoError(t, err)
		assert.Contains(t, string(keys), `"kty":"RSA"`)
		assert.NotContains(t, string(keys), `"d"`)
	}
}

func whoami(t *testing.T, client *http.Client, base string, cookie *http.Cookie) (got map[string]any, status int) {
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, base+"/whoami", nil)
	require.NoError(t, err)
	r.AddCookie(&http.Cookie{Name: cookie.Name, Value: cookie.Value})
	resp, err := client.Do(r)
	require.NoError(t, err)
	defer resp.Body.Close()
	if resp.StatusCode == http.StatusOK {
		require.NoError(t, json.NewDecoder(resp.Body).Decode(&got))
	}
	return got, resp.StatusCode
}
