package approvalsign_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/approval/approvalsign"
	"github.com/verktoykatalog/verktoy/internal/jose"
)

var signed = time.Date(2026, 11, 22, 10, 30, 15, 999, time.FixedZone("Oslo", 3600))

var all = []string{approvalsign.ES256, approvalsign.PS256, approvalsign.EdDSA}

func declaration(t testing.TB) []byte {
	t.Helper()
	data, err := os.ReadFile("../testdata/good.json")
	require.NoError(t, err)
	return data
}

func affirmation(edit func(*approvalsign.Affirmation)) approvalsign.Affirmation {
	a := approvalsign.Affirmation{Statement: approvalsign.Statement()["nb"], At: signed,
		SignedBy: approval.Signatory{Name: "Kari Nordmann", Title: "daglig leder"}}
	if edit != nil {
		edit(&a)
	}
	return a
}

func generate(t testing.TB, algorithm string) approvalsign.SigningKey {
	t.Helper()
	key, err := approvalsign.GenerateKeyFor(algorithm)
	require.NoError(t, err)
	return key
}

// signer is the same key for what [approvalsign.Sign] would not do.
func signer(t testing.TB, key approvalsign.SigningKey) *jose.Signer {
	t.Helper()
	jwk, err := key.PrivateJWK()
	require.NoError(t, err)
	s, err := jose.ParseSigner(jwk)
	require.NoError(t, err)
	return s
}

func public(t testing.TB, key approvalsign.SigningKey) approvalsign.Keys {
	t.Helper()
	jwks, err := key.PublicJWKS()
	require.NoError(t, err)
	return keySet(t, jwks)
}

func keySet(t testing.TB, jwks []byte) approvalsign.Keys {
	t.Helper()
	keys, err := approvalsign.ParseKeys(jwks)
	require.NoError(t, err)
	return keys
}

func sign(t testing.TB, data []byte, key approvalsign.SigningKey) string {
	t.Helper()
	signature, err := approvalsign.Sign(data, affirmation(nil), key)
	require.NoError(t, err)
	return signature
}

// header is the signature's header as it was written.
func header(t testing.TB, signature string) string {
	t.Helper()
	first, _, _ := strings.Cut(signature, ".")
	data, err := base64.RawURLEncoding.DecodeString(first)
	require.NoError(t, err)
	return string(data)
}

// reordered is the same document with its members the other way round and other white space.
func reordered(t testing.TB, data []byte) []byte {
	t.Helper()
	var v any
	require.NoError(t, json.Unmarshal(data, &v))
	return []byte(" \n" + turned(v) + "\t")
}

func turned(v any) string {
	switch v := v.(type) {
	case map[string]any:
		var names []string
		for name := range v {
			names = append(names, name)
		}
		// From the last to the first, so that it is the order of neither file nor canonical form.
		sortDown(names)
		parts := make([]string, len(names))
		for i, name := range names {
			parts[i] = quoted(name) + " : " + turned(v[name])
		}
		return "{ " + strings.Join(parts, " ,\n") + " }"
	case []any:
		parts := make([]string, len(v))
		for i, item := range v {
			parts[i] = turned(item)
		}
		return "[ " + strings.Join(parts, " , ") + " ]"
	case string:
		return quoted(v)
	}
	data, _ := json.Marshal(v)
	return string(data)
}

// quoted writes every character as an escape.
func quoted(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, u := range utf16s(s) {
		b.WriteString(escape(u))
	}
	b.WriteByte('"')
	return b.String()
}

func utf16s(s string) []uint16 { return utf16.Encode([]rune(s)) }

func escape(u uint16) string { return fmt.Sprintf(`\u%04x`, u) }

func sortDown(names []string) {
	slices.Sort(names)
	slices.Reverse(names)
}
