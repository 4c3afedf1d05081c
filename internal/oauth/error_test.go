package oauth_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/jose"
	"github.com/verktoykatalog/verktoy/internal/oauth"
)

// 204019 is how Helsenorge says that a redirect address is not registered: the rest of the text may hold anything.
func TestPostKeepsTheNumberOfADescription(t *testing.T) {
	for description, want := range map[string]string{
		"204019":                 "204019",
		"204019 - " + canary:     "204019",
		"204019-" + canary:       "204019",
		"20401 " + canary:        "20401",
		"204019 1234 " + canary:  "204019",
		"204019: " + canary:      "",
		canary + " 204019":       "",
		" 204019":                "",
		"2040190":                "",
		"2040":                   "",
		"EHSEC-110002":           "",
		"131169 00216 " + canary: "",
		"131169-00216":           "",
		"131169 - 00216":         "",
		"13116900216":            "",
		"131169 002161":          "",
		"13116 900216":           "",
		"204019\u00a0" + canary:  "",
		"204019\n" + canary:      "",
		"":                       "",
	} {
		text, err := json.Marshal(map[string]string{"error": "invalid_request", "error_description": description})
		require.NoError(t, err)
		_, err = post(t.Context(), serve(t, answer(400, string(text))))
		e := oauthError(t, err)
		assert.Equal(t, want, e.Number, "%q", description)
		assert.Equal(t, want != "", strings.Contains(err.Error(), ", number "+want), err.Error())
		assert.NotContains(t, err.Error()+fmt.Sprintf("%+v", *e), canary)
	}
}

// An assertion that lives for a minute is refused by a server whose clock is another: the error says so.
func TestPostSaysWhoseClockIsWrong(t *testing.T) {
	for name, c := range map[string]struct {
		code   string
		date   string
		form   func(at time.Time) string
		slow   time.Duration // how long the server takes
		skew   time.Duration
		inText string
	}{
		"ahead":            {"invalid_client", date(-5 * time.Minute), assertion, 0, 5 * time.Minute, "; this machine's clock is 5m0s ahead of the server's"},
		"behind":           {"invalid_client", date(5 * time.Minute), assertion, 0, -5 * time.Minute, "; this machine's clock is 5m0s behind the server's"},
		"11 s":             {"invalid_client", date(-11 * time.Second), assertion, 0, 11 * time.Second, "11s ahead"},
		"10 s":             {"invalid_client", date(-10 * time.Second), assertion, 0, 0, ""},
		"10 s behind":      {"invalid_client", date(10 * time.Second), assertion, 0, 0, ""},
		"a slow server":    {"invalid_client", date(14 * time.Second), assertion, 14 * time.Second, 0, ""},
		"slow and behind":  {"invalid_client", date(60 * time.Second), assertion, 14 * time.Second, -46 * time.Second, "46s behind"},
		"another error":    {"invalid_grant", date(time.Hour), assertion, 0, 0, ""},
		"no date":          {"invalid_client", "", assertion, 0, 0, ""},
		"no such date":     {"invalid_client", canary, assertion, 0, 0, ""},
		"no assertion":     {"invalid_client", date(time.Hour), func(time.Time) string { return "" }, 0, 0, ""},
		"not an assertion": {"invalid_client", date(time.Hour), func(time.Time) string { return "a.b.c" }, 0, 0, ""},
		"no iat":           {"invalid_client", date(time.Hour), func(time.Time) string { return "a.e30.c" }, 0, 0, ""},
		"no object":        {"invalid_client", date(time.Hour), func(time.Time) string { return "a.W10.c" }, 0, 0, ""},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				server := doer(func(r *http.Request) (*http.Response, error) {
					time.Sleep(c.slow) // the bubble's
					h := http.Header{}
					if c.date != "" {
						h.Set("Date", c.date)
					}
					return &http.Response{StatusCode: 401, Header: h, Body: io.NopCloser(strings.NewReader(`{"error":"` + c.code + `"}`)), Request: r}, nil
				})
				_, err := oauth.Post(t.Context(), server, "https://issuer.example/token", url.Values{"client_assertion": {c.form(start)}}, nil)
				assert.Equal(t, c.skew, oauthError(t, err).Skew)
				assert.Contains(t, err.Error(), c.inText)
				assert.Equal(t, c.skew != 0, strings.Contains(err.Error(), "clock"), err.Error())
				assert.NotContains(t, err.Error(), canary)
			})
		})
	}
}

func date(after time.Duration) string { return start.Add(after).Format(http.TimeFormat) }

func assertion(at time.Time) string {
	key, err := jose.Generate("ES256")
	if err != nil {
		panic(err)
	}
	text, err := oauth.HelseID().Assertion(key, "client-1", "https://issuer.example", at)
	if err != nil {
		panic(err)
	}
	return text
}

func TestAnswerTexts(t *testing.T) {
	for body, want := range map[string][]string{
		`{}`: nil, `{"a":null}`: nil, `{"a":""}`: nil, `{"a":" "}`: nil, `{"a":[]}`: nil, `{"a":[""]}`: nil, `{"a":1}`: nil, `{"a":{"b":"c"}}`: nil, `{"a":[1,null]}`: nil,
		`{"a":"b"}`: {"b"}, `{"a":"b  c "}`: {"b", "c"}, `{"a":["b","c"]}`: {"b", "c"}, `{"a":["b",1,"c d"]}`: {"b", "c", "d"},
	} {
		a, err := post(t.Context(), serve(t, answer(200, body)))
		require.NoError(t, err)
		assert.Equal(t, want, a.Texts("a"), body)
	}
	a, err := post(t.Context(), serve(t, answer(200, "")))
	require.NoError(t, err)
	assert.Empty(t, a.Texts("a"))
}

// The outcome of a token request means nothing to who has no use for it.
func TestReasonIsWithoutTheOutcome(t *testing.T) {
	_, err := post(t.Context(), serve(t, answer(503, `{"error":"server_error"}`)))
	e := oauthError(t, err)
	assert.Equal(t, `oauth: the server failed, status 503, error "server_error"; outcome unknown`, e.Error())
	assert.Equal(t, `the server failed, status 503, error "server_error"`, e.Reason())
}
