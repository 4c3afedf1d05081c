package launch_test

import (
	"context"
	"encoding/json"
	"fmt"
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

// A portal's message is refused, and nobody knows why: ask.
func ExampleExplain() {
	at := time.Date(2026, 9, 21, 8, 0, 0, 0, time.UTC)
	key, err := launch.GenerateSigningKey()
	if err != nil {
		panic(err)
	}
	keys, err := launch.NewStaticKeys(key.Public())
	if err != nil {
		panic(err)
	}
	profile, err := hti.New(hti.Config{Audience: "https://tool.example", Issuers: []hti.Issuer{{ID: "https://portal.example", Keys: keys}}})
	if err != nil {
		panic(err)
	}
	portal, err := hti.NewPortal(hti.PortalConfig{Issuer: "https://portal.example", Key: key, Now: func() time.Time { return at.Add(-3 * time.Minute) }})
	if err != nil {
		panic(err)
	}
	message, err := portal.Mint(hti.Message{Audience: "https://tool.example", Actor: launch.Party{Type: "Patient", ID: "7f0b6c1e9a"},
		Task: launch.Party{Type: "Task", ID: "58c1"}})
	if err != nil {
		panic(err)
	}

	x := launch.Explain(context.Background(), profile, url.Values{"token": {message.Token()}}, at)
	failed, _ := x.Failed()
	fmt.Println(string(x.Kind))
	fmt.Println(failed.Name, "wants", failed.Want)
	fmt.Println("found", failed.Found)
	fmt.Println(failed.Rule)
	// Output:
	// expired
	// expiry wants exp to be after now, it was 1m0s ago: compare the clocks
	// found exp 60 s before now
	// RFC 7519, section 4.1.4
}

func verifier(t *testing.T, p *launchtest.Portal, edit func(*launch.VerifierConfig)) *launch.Verifier {
	cfg := launch.VerifierConfig{Audience: p.Audience(), Issuers: []launch.Issuer{{ID: p.Issuer(), Keys: p.Keys()}}, Types: []string{"JWT"},
		Algorithms: []string{"ES256"}, MaxLifetime: 5 * time.Minute}
	if edit != nil {
		edit(&cfg)
	}
	v, err := launch.NewVerifier(cfg)
	require.NoError(t, err)
	return v
}

var explainDay = time.Date(2026, 9, 21, 8, 0, 0, 0, time.UTC)

// The verdicts of Verify and Explain, over the whole matrix.
func TestVerifierExplainAgreesWithVerify(t *testing.T) {
	p := launchtest.NewPortal(t, launchtest.Config{Now: func() time.Time { return explainDay }})
	v := verifier(t, p, nil)
	ran := 0
	for _, c := range launchtest.Cases() {
		token := c.Message(p)
		_, err := v.Verify(t.Context(), token, explainDay)
		x := v.Explain(t.Context(), token, explainDay)
		require.Len(t, x.Checks, 18, c.Name)
		require.Equal(t, err == nil, x.Accepted, c.Name)
		if err != nil {
			require.ErrorIs(t, err, x.Kind, c.Name)
		}
		ran++
	}
	assert.GreaterOrEqual(t, ran, 200)
}

func TestExplanationAsTextAndJSON(t *testing.T) {
	p := launchtest.NewPortal(t, launchtest.Config{Now: func() time.Time { return explainDay }})
	v := verifier(t, p, func(c *launch.VerifierConfig) { c.ExpirySkew, c.AllowPersonalData = 5*time.Second, true })
	d := p.Draft()
	d.Claims["nbf"] = explainDay.Add(-time.Second).Unix()
	text := v.Explain(t.Context(), p.Sign(d), explainDay).String()
	for _, line := range []string{
		"accepted, judged by 2026-09-21T08:00:00Z\n",
		"passed       algorithm          want alg to be one of ES256; found alg ES256  [RFC 7515, section 4.1.1; RFC 8725, sections 3.1 and 3.2]\n",
		"want exp after now, with 5s of leeway; found exp 120 s after now",
		"found iat 0 s after now, nbf 1 s before now",
		"passed       personal-data      want nothing: the profile allows personal data",
	} {
		assert.Contains(t, text, line)
	}
	text = v.Explain(t.Context(), "a.b", explainDay).String()
	assert.Contains(t, text, "refused: malformed, judged by 2026-09-21T08:00:00Z\n")
	assert.Equal(t, 16, strings.Count(text, "\nnot reached  "))

	data, err := json.Marshal(v.Explain(t.Context(), "a.b", explainDay))
	require.NoError(t, err)
	var again launch.Explanation
	require.NoError(t, json.Unmarshal(data, &again))
	assert.Equal(t, launch.CheckFailed, again.Checks[1].Outcome)
	assert.True(t, strings.HasPrefix(string(data), `{"accepted":false,"kind":"malformed","at":"2026-09-21T08:00:00Z","checks":[{"name":"size","outcome":"passed",`))
}

// Without an Explanation all its notes go nowhere.
func TestNoExplanation(t *testing.T) {
	p := launchtest.NewPortal(t, launchtest.Config{Now: func() time.Time { return explainDay }})
	v := verifier(t, p, nil)
	var none *launch.Explanation
	none.Step(launch.Check{}, launch.KindClaims)
	none.Cite("id", "x")
	v.NotReached(none)
	c, err := v.VerifyNoted(t.Context(), p.Good(), explainDay, none)
	require.NoError(t, err)
	patient, there := c.Any("sub")
	assert.True(t, there)
	assert.Equal(t, "Patient/7f0b6c1e9a", patient)
	_, there = c.Any("task")
	assert.False(t, there)
}
