package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

func encode(data []byte) string { return base64.RawURLEncoding.EncodeToString(data) }

// keySet is what the tool publishes.
func keySet(key *rsa.PrivateKey) string {
	return fmt.Sprintf(`{"keys":[{"kty":"RSA","alg":"RS256","kid":"k","n":"%s","e":"%s"}]}`, encode(key.N.Bytes()), encode(big.NewInt(int64(key.E)).Bytes()))
}

func write(t *testing.T, text string) string {
	file := filepath.Join(t.TempDir(), "jwks.json")
	require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
	return file
}

// unservable is an address that makes the command end, should it take the flags that follow.
func unservable() []string { return []string{"-admin-addr", "127.0.0.1:99999"} }

func TestCommandLine(t *testing.T) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	require.NoError(t, err)
	good, bad, huge := write(t, keySet(key)), write(t, "{}"), write(t, strings.Repeat(" ", 256<<10+1))
	tool := func(args ...string) []string {
		return append([]string{"-client", "c", "-redirect", "http://localhost:1/", "-jwks", good}, args...)
	}
	cases := []struct {
		name string
		args []string
		code int
		want string
	}{
		{"unknown flag", []string{"-x"}, 2, "flag provided but not defined"},
		{"help", []string{"-h"}, 0, "-api-addr"},
		{"arguments", []string{"x"}, 2, "1 arguments, want flags only"},
		{"all the world", []string{"-addr", "0.0.0.0:0"}, 2, "-addr: want a loopback address"},
		{"all the world's API", []string{"-api-addr", ":0"}, 2, "-api-addr: want a loopback address"},
		{"no port", []string{"-admin-addr", "localhost"}, 2, "-admin-addr: want a loopback address"},
		{"a callback without a scheme", tool("-redirect", "tool.example/callback"), 2, "-redirect: want https addresses"},
		{"two claims", []string{"-claims", "a,b"}, 2, "-claims: want three different names"},
		{"an empty claim", []string{"-claims", "a,,b"}, 2, "-claims: want three different names"},
		{"claims twice", []string{"-claims", "a,a,b"}, 2, "-claims: want three different names"},
		{"all the world's catalogue", []string{"-verktoy-addr", ":0"}, 2, "-verktoy-addr: want a loopback address"},
		{"all the world's tasks", []string{"-oppgave-addr", "0.0.0.0:0"}, 2, "-oppgave-addr: want a loopback address"},
		{"no catalogue", []string{"-catalogue", "missing.json"}, 2, "-catalogue: open missing.json"},
		{"a catalogue that is none", []string{"-catalogue", bad}, 2, "-catalogue: catalogue: invalid document"},
		{"no client", []string{"-refresh"}, 2, "-client: want the ID"},
		{"client alone", []string{"-client", "c"}, 2, "-client: want -redirect and -jwks, too"},
		{"all at once", []string{"-claims", "a", "-jwks", "x"}, 2, "-client: want the ID of the tool that the other flags are about; -claims: want three different names"},
		{"no file", tool("-jwks", "missing.json"), 2, "-jwks: open missing.json"},
		{"no keys", tool("-jwks", bad), 2, "-jwks: launch: static keys"},
		{"huge keys", tool("-jwks", huge), 2, "-jwks: want at most 256 KiB"},
		{"keys over http", tool("-jwks", "http://tool.example/jwks"), 2, "-jwks: want a file, an https address, or http on this machine"},
		{"callback over http", tool("-redirect", "http://tool.example/"), 2, "-redirect: want https addresses, or http on this machine"},
		{"no such port", []string{"-addr", "127.0.0.1:99999"}, 1, "99999"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var stdout, stderr bytes.Buffer
			assert.Equal(t, c.code, run(t.Context(), append(unservable(), c.args...), &stdout, &stderr))
			assert.Contains(t, stderr.String(), c.want)
			assert.Empty(t, stdout.String())
		})
	}
	require.NotEmpty(t, cases)
}

// command starts the command, and gives what it printed, and what ends it and gives its log.
func command(t *testing.T, args ...string) (said map[string]string, end func() string) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	out, in := io.Pipe()
	ended, log := make(chan int, 1), &bytes.Buffer{}
	go func() {
		ended <- run(ctx, args, in, log)
		_ = in.Close()
	}()
	end = sync.OnceValue(func() string {
		stop()
		assert.Equal(t, 0, <-ended)
		return log.String()
	})
	t.Cleanup(func() { end() })
	said = map[string]string{}
	want := []string{"issuer", "discovery", "portal", "admin", "verktoy", "oppgave"}
	if slices.Contains(args, "-system-client") {
		want = append(want, "helseid", "echo")
	}
	for lines := bufio.NewScanner(out); len(said) < len(want); {
		require.True(t, lines.Scan(), "%d lines", len(want))
		name, address, _ := strings.Cut(lines.Text(), " ")
		said[name] = strings.TrimSpace(address)
	}
	require.ElementsMatch(t, want, slices.Collect(maps.Keys(said)))
	return said, end
}

var client = &http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{DisableKeepAlives: true}}

func post(t *testing.T, address, kind, body string) (int, map[string]any) {
	t.Helper()
	resp, err := client.Post(address, kind, strings.NewReader(body))
	require.NoError(t, err)
	defer resp.Body.Close()
	var members map[string]any
	if resp.StatusCode != http.StatusNoContent {
		require.NoError(t, json.NewDecoder(resp.Body).Decode(&members))
	}
	return resp.StatusCode, members
}

// assertion signs with the tool's key.
func assertion(t *testing.T, key *rsa.PrivateKey, id, issuer string) string {
	now := time.Now().Unix() // real time: the command's
	claims, err := json.Marshal(map[string]any{"iss": id, "sub": id, "aud": issuer, "iat": now, "nbf": now, "exp": now + 60,
		"jti": fmt.Sprintf("00000000-0000-4000-8000-%012x", time.Now().UnixNano()&0xffffffffffff)})
	require.NoError(t, err)
	signed := encode([]byte(`{"alg":"RS256","typ":"JWT","kid":"k"}`)) + "." + encode(claims)
	digest := sha256.Sum256([]byte(signed))
	signature, err := rsa.SignPKCS1v15(rand.Reader, key, crypto.SHA256, digest[:])
	require.NoError(t, err)
	return signed + "." + encode(signature)
}

const verifier = "vvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvv"

// push is a tool's pushed request, with the endpoint from discovery.
func push(t *testing.T, key *rsa.PrivateKey, id, callback string, metadata map[string]any) (int, map[string]any) {
	digest := sha256.Sum256([]byte(verifier))
	return post(t, metadata["pushed_authorization_request_endpoint"].(string), "application/x-www-form-urlencoded", url.Values{
		"client_id": {id}, "redirect_uri": {callback}, "response_type": {"code"}, "response_mode": {"form_post"}, "state": {"state-0123"},
		"nonce": {"nonce-0123"}, "ui_locales": {"nb"}, "scope": {"openid"}, "code_challenge": {encode(digest[:])}, "code_challenge_method": {"S256"},
		"client_assertion_type": {"urn:ietf:params:oauth:client-assertion-type:jwt-bearer"},
		"client_assertion":      {assertion(t, key, id, metadata["issuer"].(string))}}.Encode())
}

func discover(t *testing.T, address string) (metadata map[string]any) {
	resp, err := client.Get(address)
	require.NoError(t, err)
	defer resp.Body.Close()
	require.NoError(t, json.NewDecoder(resp.Body).Decode(&metadata))
	return metadata
}

func TestLoginOverTheNetwork(t *testing.T) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	require.NoError(t, err)
	published := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, keySet(key)) }))
	defer published.Close()
	const callback = "http://localhost:4010/callback"
	for _, from := range []string{published.URL, write(t, keySet(key))} {
		said, end := command(t, "-client", "tool", "-name", "Søvnskolen", "-redirect", callback, "-jwks", from, "-on-behalf", "-national-id", "-claims", "who,why,number")
		metadata := discover(t, said["discovery"])
		assert.Equal(t, said["issuer"], metadata["issuer"])
		status, pushed := push(t, key, "tool", callback, metadata)
		require.Equal(t, http.StatusCreated, status, pushed)
		b := launchtest.NewBrowser(launchtest.BrowserConfig{Others: client.Transport, Portal: said["portal"]})
		tab, err := b.Start(t.Context(), metadata["authorization_endpoint"].(string)+"?client_id=tool&request_uri="+url.QueryEscape(pushed["request_uri"].(string)))
		require.NoError(t, err)
		assert.Contains(t, tab.Page.Body, "Søvnskolen")
		answer, err := tab.Choose(t.Context(), "kari", "ola")
		require.NoError(t, err)
		status, tokens := post(t, metadata["token_endpoint"].(string), "application/x-www-form-urlencoded", url.Values{
			"grant_type": {"authorization_code"}, "code": answer.Fields["code"], "code_verifier": {verifier}, "redirect_uri": {callback},
			"client_assertion_type": {"urn:ietf:params:oauth:client-assertion-type:jwt-bearer"},
			"client_assertion":      {assertion(t, key, "tool", said["issuer"])}}.Encode())
		require.Equal(t, http.StatusOK, status, tokens)
		payload, err := base64.RawURLEncoding.DecodeString(strings.Split(tokens["id_token"].(string), ".")[1])
		require.NoError(t, err)
		var claims map[string]any
		require.NoError(t, json.Unmarshal(payload, &claims))
		assert.Equal(t, "2", claims["why"])
		assert.Equal(t, launchtest.SyntheticNumber("098418"), claims["number"])
		assert.NotEqual(t, claims["sub"], claims["who"])
		log := end()
		assert.Contains(t, log, "endpoint=token client=tool status=200")
		for _, secret := range []any{tokens["access_token"], tokens["id_token"], answer.Fields.Get("code"), pushed["request_uri"], verifier, "state-0123",
			"nonce-0123", claims["number"]} {
			assert.NotContains(t, log, secret)
		}
	}
}

func TestOrders(t *testing.T) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	require.NoError(t, err)
	said, _ := command(t)
	const callback = "http://localhost:4010/callback"
	metadata := discover(t, said["discovery"])
	status, answer := push(t, key, "tool", callback, metadata)
	assert.Equal(t, http.StatusUnauthorized, status, answer)
	status, answer = post(t, said["admin"]+"client", "application/json", `{"id":"tool","redirectURIs":["`+callback+`"],"jwks":`+keySet(key)+`}`)
	require.Equal(t, http.StatusNoContent, status, answer)
	status, answer = push(t, key, "tool", callback, metadata)
	assert.Equal(t, http.StatusCreated, status, answer)
	status, answer = post(t, said["admin"]+"clock", "application/json", `{"seconds":3600}`)
	require.Equal(t, http.StatusNoContent, status, answer)
	status, answer = push(t, key, "tool", callback, metadata)
	assert.Equal(t, http.StatusUnauthorized, status)
	assert.Equal(t, "an assertion that has not expired", answer["error_description"])
}

// A request that waits does not keep the command from ending.
func TestEndsWhileARequestWaits(t *testing.T) {
	said, end := command(t)
	status, answer := post(t, said["admin"]+"delay", "application/json", `{"endpoint":"discovery","milliseconds":600000}`)
	require.Equal(t, http.StatusNoContent, status, answer)
	got := make(chan int, 1)
	go func() {
		resp, err := client.Get(said["discovery"])
		if err != nil {
			got <- 0
			return
		}
		_ = resp.Body.Close()
		got <- resp.StatusCode
	}()
	for len(requests(t, said["admin"])) == 0 {
	}
	end()
	assert.Equal(t, http.StatusServiceUnavailable, <-got)
}

func requests(t *testing.T, admin string) (seen []map[string]any) {
	resp, err := client.Get(admin + "requests")
	require.NoError(t, err)
	defer resp.Body.Close()
	require.NoError(t, json.NewDecoder(resp.Body).Decode(&seen))
	return seen
}
