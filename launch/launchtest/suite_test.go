package launchtest_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

// The suite against a tool that is made with this SDK, to the very status.
func TestMatrixSuite(t *testing.T) {
	x := target(careful)
	x.Exact = true
	launchtest.Run(t, x)
}

// The same where one algorithm is agreed.
func TestMatrixSuiteOneAlgorithm(t *testing.T) {
	x := target(careful)
	x.Exact, x.Algorithms = true, []string{"ES256"}
	launchtest.Run(t, x)
}

func check(t testing.TB, x launchtest.Target) []launchtest.Finding {
	findings, err := launchtest.Check(t.Context(), x)
	require.NoError(t, err)
	return findings
}

// failures are what failed, by rows and name.
func failures(findings []launchtest.Finding) (list []string) {
	for _, f := range findings {
		if f.Outcome == launchtest.Failed {
			list = append(list, f.String())
		}
	}
	return list
}

// Whatever the target shows, a tool made with this SDK fails nothing.
func TestSuitePassesTheSDK(t *testing.T) {
	for name, edit := range map[string]func(*launchtest.Target){
		"as it is":         func(*launchtest.Target) {},
		"no whoami":        func(x *launchtest.Target) { x.Whoami = "" },
		"one algorithm":    func(x *launchtest.Target) { x.Algorithms = []string{"ES256"} },
		"no second issuer": func(x *launchtest.Target) { x.SecondIssuer = "" },
		"good keys only":   func(x *launchtest.Target) { x.PlainKeys = true },
	} {
		t.Run(name, func(t *testing.T) {
			x := target(careful)
			edit(&x)
			findings := check(t, x)
			assert.Empty(t, failures(findings))
			assert.Greater(t, launchtest.Count(findings, launchtest.Passed), 250)
			t.Logf("%d passed, %d not judged", launchtest.Count(findings, launchtest.Passed), launchtest.Count(findings, launchtest.NotJudged))
		})
	}
}

func TestCheckCannotRun(t *testing.T) {
	refusing := func(launchtest.Agreement) (http.Handler, error) { return http.NotFoundHandler(), nil }
	open := func(launchtest.Agreement) (http.Handler, error) {
		return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusOK) }), nil
	}
	broken := func(launchtest.Agreement) (http.Handler, error) { return nil, errors.New("broken") }
	for want, x := range map[string]launchtest.Target{
		"field URL is not an https or http address without query; field Whoami is not an https or http address; field Listen is empty: a tool that runs already must know where the keys are; field Algorithms is without ES256; field SecondIssuer is the issuer": {
			URL: "/launch", Whoami: "whoami", Algorithms: []string{"RS256"}, SecondIssuer: "https://portal.example"},
		"not even a good message is accepted (refused with status 404; the tool asked for the keys 0 times)": target(refusing),
		"the whoami address answers 2xx to somebody without a session":                                       target(open),
		"broken": target(broken),
	} {
		_, err := launchtest.Check(t.Context(), x)
		assert.ErrorContains(t, err, want)
	}
	ended, end := context.WithCancel(t.Context())
	end()
	_, err := launchtest.Check(ended, target(careful))
	assert.ErrorIs(t, err, context.Canceled)
}

// A finding names no value of a message, and reads as a sentence.
func TestFindingString(t *testing.T) {
	f := launchtest.Finding{Rows: []string{"S-3", "N06"}, Case: "empty", Want: "refused (malformed, 400)", Outcome: launchtest.Failed, Why: "status 500"}
	assert.Equal(t, "failed S-3 N06: empty, want refused (malformed, 400): status 500", fmt.Sprint(f))
}
