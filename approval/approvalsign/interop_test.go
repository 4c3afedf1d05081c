package approvalsign_test

import (
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval/approvalsign"
	"github.com/verktoykatalog/verktoy/internal/jcs"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// peer runs npm's jose as the other party. VERKTOY_TEST_NODE names a folder
// whose node_modules has it.
func peer(t *testing.T, input map[string]any, answer any) {
	t.Helper()
	dir := os.Getenv("VERKTOY_TEST_NODE")
	if dir == "" {
		if os.Getenv("VERKTOY_REQUIRE_ALL") == "1" {
			t.Fatal("VERKTOY_TEST_NODE is empty, want a folder with node_modules/jose")
		}
		t.Skip("no node: VERKTOY_TEST_NODE is empty")
	}
	in, err := json.Marshal(input)
	require.NoError(t, err)
	file := t.TempDir() + "/input.json"
	require.NoError(t, os.WriteFile(file, in, 0o600))
	script, err := os.Open("testdata/jose.mjs")
	require.NoError(t, err)
	defer script.Close()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, "node", "--input-type=module")
	cmd.Dir, cmd.Stdin, cmd.Stderr, cmd.Env = dir, script, os.Stderr, append(os.Environ(), "INPUT="+file)
	out, err := cmd.Output()
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(out, answer))
}

func TestJoseVerifiesOurSignature(t *testing.T) {
	type answer struct {
		Header map[string]any
		Code   string
	}
	for _, algorithm := range all {
		t.Run(algorithm, func(t *testing.T) {
			key := generate(t, algorithm)
			jwks, err := key.PublicJWKS()
			require.NoError(t, err)
			input := map[string]any{"do": "verify", "text": string(reordered(t, declaration(t))), "signature": sign(t, declaration(t), key),
				"jwks": json.RawMessage(jwks), "algorithms": []string{algorithm}}
			var got, changed answer
			peer(t, input, &got)
			assert.Equal(t, map[string]any{"alg": algorithm, "kid": key.ID(), "typ": approvalsign.Type, "affirmation": map[string]any{
				"statement": approvalsign.Statement()["nb"], "signedBy": map[string]any{"name": "Kari Nordmann", "title": "daglig leder"},
				"at": "2026-11-22T09:30:15Z"}}, got.Header, got.Code)
			input["text"] = strings.Replace(string(declaration(t)), `"yes"`, `"no"`, 1)
			peer(t, input, &changed)
			assert.Equal(t, "ERR_JWS_SIGNATURE_VERIFICATION_FAILED", changed.Code)
		})
	}
}

func TestWeVerifyJosesSignature(t *testing.T) {
	header := func() map[string]any {
		return map[string]any{"typ": approvalsign.Type, "affirmation": map[string]any{"statement": "I do.",
			"signedBy": map[string]any{"title": "daglig leder", "name": "Kari Nordmann"}, "at": "2026-11-22T09:30:15Z"}}
	}
	cases := []struct {
		name, alg string
		edit      func(map[string]any)
		want      error
	}{
		{"ES256", "ES256", nil, nil},
		{"PS256", "PS256", nil, nil},
		{"EdDSA", "EdDSA", nil, nil},
		{"RS256", "RS256", nil, approvalsign.ErrAlgorithm},
		{"ES384", "ES384", nil, approvalsign.ErrAlgorithm},
		{"another typ", "ES256", func(h map[string]any) { h["typ"] = "JWT" }, approvalsign.ErrType},
		{"another member", "ES256", func(h map[string]any) { h["jku"] = "https://evil.example" }, approvalsign.ErrHeader},
		{"no affirmation", "ES256", func(h map[string]any) { delete(h, "affirmation") }, approvalsign.ErrAffirmation},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			h := header()
			if c.edit != nil {
				c.edit(h)
			}
			var got struct {
				Signature string
				JWKS      json.RawMessage
			}
			peer(t, map[string]any{"do": "sign", "text": string(declaration(t)), "alg": c.alg, "header": h}, &got)
			s, err := approvalsign.Verify(reordered(t, declaration(t)), got.Signature, keySet(t, got.JWKS), all)
			require.ErrorIs(t, err, c.want)
			if c.want == nil {
				assert.Equal(t, "I do.", s.Statement)
			}
		})
	}
}

// Node writes the same canonical form, numbers and names of every kind among it.
func TestNodeWritesTheSameCanonicalForm(t *testing.T) {
	texts := []string{string(declaration(t)), `{"\ufb33":1,"\ud83d\ude00":2,"\u20ac":3,"\r":4,"1":5,"\u0080":6,"\u00f6":7,"10":8,"":9}`,
		`[0,-0,1.50,1e-7,0.000001,1e15,123456789012345,9007199254740991,1.5e-300,0.1,-2.25]`, `"\u0000\u001f\u007f\u2028\"\\\/\b\f\n\r\t<>&"`}
	var got struct{ Forms []string }
	peer(t, map[string]any{"do": "canonicals", "texts": texts}, &got)
	require.Len(t, got.Forms, len(texts))
	for i, text := range texts {
		form, err := jcs.Canonical([]byte(text), strictjson.Document())
		require.NoError(t, err)
		assert.Equal(t, got.Forms[i], string(form))
	}
}
