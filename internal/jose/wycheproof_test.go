package jose_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/jose"
)

type vector struct {
	ID      int             `json:"tcId"`
	Comment string          `json:"comment"`
	JWS     json.RawMessage `json:"jws"`
	JWE     json.RawMessage `json:"jwe"`
	Result  string          `json:"result"`
}

type vectorGroup struct {
	Public  json.RawMessage `json:"public"`
	Private json.RawMessage `json:"private"`
	Tests   []vector        `json:"tests"`
}

func vectors(t *testing.T, name string) []vectorGroup {
	dir := os.Getenv("VERKTOY_TESTDATA")
	if dir == "" {
		if os.Getenv("VERKTOY_REQUIRE_ALL") == "1" {
			t.Fatal("VERKTOY_TESTDATA is not set, and VERKTOY_REQUIRE_ALL is")
		}
		t.Skip("VERKTOY_TESTDATA names no folder with the Wycheproof vectors")
	}
	data, err := os.ReadFile(filepath.Join(dir, "wycheproof", name))
	require.NoError(t, err)
	var file struct {
		Groups []vectorGroup `json:"testGroups"`
	}
	require.NoError(t, json.Unmarshal(data, &file))
	require.NotEmpty(t, file.Groups)
	return file.Groups
}

// keys gives the group's key or key set as a set, the public half if there is one.
func (g vectorGroup) keys() []byte {
	key := g.Public
	if key == nil {
		key = g.Private
	}
	var set struct {
		Keys json.RawMessage `json:"keys"`
	}
	if json.Unmarshal(key, &set) == nil && set.Keys != nil {
		return key
	}
	return []byte(`{"keys":[` + string(key) + `]}`)
}

// text is the message; a JSON serialization goes in as it is.
func (v vector) text() string {
	var compact string
	if json.Unmarshal(v.JWS, &compact) == nil {
		return compact
	}
	return string(v.JWS)
}

func accepts(parse func([]byte) (*jose.Set, error), keys []byte, token string, algorithms []string) bool {
	set, err := parse(keys)
	if err != nil {
		return false
	}
	m, err := jose.Parse(token, algorithms)
	if err != nil {
		return false
	}
	key, err := set.Key(m.KeyID)
	return err == nil && m.Verify(key) == nil
}

// run counts the messages and lists the numbers of those where the verdict is not the label.
func run(t *testing.T, file string) (total int, wrong []int) {
	all := append(jose.Algorithms(), "HS256", "HS384", "HS512")
	for _, g := range vectors(t, file) {
		for _, v := range g.Tests {
			if v.JWS == nil {
				continue // encryption
			}
			total++
			if accepts(jose.ParseSetWithSecrets, g.keys(), v.text(), all) != (v.Result == "valid") {
				wrong = append(wrong, v.ID)
			}
		}
	}
	return total, wrong
}

// The eight: 346, 347, 350 and 351 name a key whose alg is another or none at
// all; 367 and 370 are byte for byte the valid 357; 372 and 373 have a "?"
// inside base64url.
func TestWycheproofSignatures(t *testing.T) {
	total, wrong := run(t, "json_web_signature_test.json")
	assert.Equal(t, 401, total)
	assert.Equal(t, []int{346, 347, 350, 351, 367, 370, 372, 373}, wrong)
}

func TestWycheproofKeys(t *testing.T) {
	total, wrong := run(t, "json_web_key_test.json")
	assert.Equal(t, 26, total)
	assert.Empty(t, wrong)
}

func TestWycheproofCrypto(t *testing.T) {
	total, wrong := run(t, "json_web_crypto_test.json")
	assert.Equal(t, 49, total)
	assert.Empty(t, wrong)
}

// What adopters get: every shared-secret vector refused, everything else as labelled.
func TestWycheproofWithoutSecrets(t *testing.T) {
	asymmetric, accepted := 0, 0
	for _, g := range vectors(t, "json_web_signature_test.json") {
		for _, v := range g.Tests {
			got := accepts(jose.ParseSet, g.keys(), v.text(), jose.Algorithms())
			if g.Public == nil {
				assert.False(t, got, "shared secret, vector %d", v.ID)
				continue
			}
			asymmetric++
			if slices.Contains([]int{346, 347, 350, 351}, v.ID) {
				assert.False(t, got, "vector %d", v.ID)
				continue
			}
			assert.Equal(t, v.Result == "valid", got, "vector %d: %s", v.ID, v.Comment)
			if got {
				accepted++
			}
		}
	}
	assert.Equal(t, 361, asymmetric)
	assert.Equal(t, 32, accepted)
}
