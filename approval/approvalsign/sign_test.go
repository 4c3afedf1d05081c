package approvalsign_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/approval/approvalsign"
	"github.com/verktoykatalog/verktoy/internal/jcs"
	"github.com/verktoykatalog/verktoy/internal/jose"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

func TestSignAndVerify(t *testing.T) {
	for _, algorithm := range all {
		t.Run(algorithm, func(t *testing.T) {
			key := generate(t, algorithm)
			signature := sign(t, declaration(t), key)
			got, err := approvalsign.Verify(declaration(t), signature, public(t, key), []string{algorithm})
			require.NoError(t, err)
			want := affirmation(nil)
			want.At = time.Date(2026, 11, 22, 9, 30, 15, 0, time.UTC)
			canonical, err := jcs.Canonical(declaration(t), strictjson.Document())
			require.NoError(t, err)
			assert.Equal(t, approvalsign.Signature{Affirmation: want, KeyID: key.ID(), Algorithm: algorithm, Canonical: approval.DigestOf(canonical)}, got)
			assert.Contains(t, signature, "..", "the document is not in it")
			assert.True(t, strings.HasPrefix(header(t, signature), `{"alg":"`+algorithm+`","kid":"`+key.ID()+`","typ":"verktoy-declaration+jws","affirmation":{"statement":"Jeg `),
				header(t, signature))
		})
	}
}

// Acceptance 9: another order of the members verifies.
func TestReorderedDocumentVerifies(t *testing.T) {
	key := generate(t, approvalsign.EdDSA)
	other := reordered(t, declaration(t))
	require.NotEqual(t, declaration(t), other)
	_, err := approvalsign.Verify(other, sign(t, declaration(t), key), public(t, key), all)
	require.NoError(t, err)
	_, err = approvalsign.Verify(declaration(t), sign(t, other, key), public(t, key), all)
	require.NoError(t, err)
}

// Acceptance 9: any changed value fails, and so does anything that is added, removed or moved in a list.
func TestAnyChangedValueFails(t *testing.T) {
	key := generate(t, approvalsign.EdDSA)
	keys, signature := public(t, key), sign(t, declaration(t), key)
	tried := 0
	try := func(doc any) {
		tried++
		data, err := json.Marshal(doc)
		require.NoError(t, err)
		_, err = approvalsign.Verify(data, signature, keys, all)
		require.ErrorIs(t, err, approvalsign.ErrRefused, "%s", data)
		if !strings.Contains(err.Error(), "document") { // signedBy that is no signatory
			require.ErrorIs(t, err, approvalsign.ErrSignature)
		}
	}
	var doc any
	require.NoError(t, json.Unmarshal(declaration(t), &doc))
	eachChange(doc, func() { try(doc) })
	assert.Greater(t, tried, 150)
	data, err := json.Marshal(doc)
	require.NoError(t, err)
	_, err = approvalsign.Verify(data, signature, keys, all)
	require.NoError(t, err, "every change was taken back")
}

// eachChange makes one change at a time, anywhere below v, calls try and takes it back.
func eachChange(v any, try func()) {
	switch v := v.(type) {
	case map[string]any:
		v["zz"] = nil
		try()
		delete(v, "zz")
		for name, old := range v {
			delete(v, name)
			try()
			changed(old, func(other any) { v[name] = other; try() })
			v[name] = old
			eachChange(old, try)
		}
	case []any:
		for i, old := range v {
			changed(old, func(other any) { v[i] = other; try() })
			v[i] = old
			eachChange(old, try)
		}
		if len(v) > 1 {
			v[0], v[1] = v[1], v[0]
			try()
			v[0], v[1] = v[1], v[0]
		}
	}
}

func changed(old any, try func(any)) {
	switch old := old.(type) {
	case string:
		try(old + "x")
		try(strings.ToUpper(old) + " ")
	case float64:
		try(old + 1)
	case bool:
		try(!old)
	}
	try(nil)
	try([]any{old})
}

// Acceptance 9: duplicate keys and integers beyond 2^53 are rejected, by both sides.
func TestDocumentsWithoutOneMeaning(t *testing.T) {
	const open = `{"signedBy":{"name":"Kari Nordmann","title":"daglig leder"},`
	cases := []struct{ name, data string }{
		{"the same member twice", open + `"answers":{"A-1":{"status":"no","status":"yes"}}}`},
		{"the same member twice in two spellings", open + `"id":"a","\u0069d":"b"}`},
		{"an integer beyond 2^53", open + `"revision":9007199254740993}`},
		{"2^53", open + `"revision":9007199254740992}`},
		{"more digits than a number holds", open + `"revision":0.10000000000000000001}`},
		{"a huge number", open + `"revision":1e300}`},
		{"NaN", open + `"revision":NaN}`},
		{"half a surrogate pair", open + `"id":"\ud83d"}`},
		{"not UTF-8", open + "\"id\":\"\xc3\"}"},
		{"too deep", open + `"id":` + strings.Repeat("[", 40) + strings.Repeat("]", 40) + `}`},
		{"too large", open + `"id":"` + strings.Repeat("x", approvalsign.MaxDocument) + `"}`},
		{"something after it", open + `"id":"a"}{}`},
		{"a list", `[]`},
		{"nothing", ``},
		{"nobody signs it", `{"id":"a"}`},
		{"signed by a text", `{"signedBy":"Kari Nordmann"}`},
		{"signed by null", `{"signedBy":null}`},
		{"signed by more than one", `{"signedBy":{"name":"Kari Nordmann","title":"daglig leder","and":"Ola"}}`},
	}
	key := generate(t, approvalsign.EdDSA)
	keys, signature := public(t, key), sign(t, declaration(t), key)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := approvalsign.Sign([]byte(c.data), affirmation(nil), key)
			require.ErrorIs(t, err, approvalsign.ErrDocument)
			_, err = approvalsign.Verify([]byte(c.data), signature, keys, all)
			require.ErrorIs(t, err, approvalsign.ErrDocument)
			assert.NotContains(t, err.Error(), "9007199254740993")
			assert.NotContains(t, err.Error(), "Nordmann")
		})
	}
}

func TestSignRefusesAnAffirmation(t *testing.T) {
	cases := []struct {
		name string
		edit func(*approvalsign.Affirmation)
		want error
	}{
		{"zero", func(a *approvalsign.Affirmation) { *a = approvalsign.Affirmation{} }, approvalsign.ErrAffirmation},
		{"no statement", func(a *approvalsign.Affirmation) { a.Statement = "" }, approvalsign.ErrAffirmation},
		{"a blank statement", func(a *approvalsign.Affirmation) { a.Statement = " \u00a0" }, approvalsign.ErrAffirmation},
		{"a statement without end", func(a *approvalsign.Affirmation) { a.Statement = strings.Repeat("å", 1001) }, approvalsign.ErrAffirmation},
		{"a statement with a line break", func(a *approvalsign.Affirmation) { a.Statement = "a\nb" }, approvalsign.ErrAffirmation},
		{"a statement that is turned round", func(a *approvalsign.Affirmation) { a.Statement = "ikke \u202eriktig" }, approvalsign.ErrAffirmation},
		{"a statement that is not UTF-8", func(a *approvalsign.Affirmation) { a.Statement = "a\xff" }, approvalsign.ErrAffirmation},
		{"an identity number", func(a *approvalsign.Affirmation) { a.Statement = "Kari 13116900216" }, approvalsign.ErrAffirmation},
		{"an identity number as title", func(a *approvalsign.Affirmation) { a.SignedBy.Title = "13116900216" }, approvalsign.ErrAffirmation},
		{"no name", func(a *approvalsign.Affirmation) { a.SignedBy.Name = "" }, approvalsign.ErrAffirmation},
		{"no time", func(a *approvalsign.Affirmation) { a.At = time.Time{} }, approvalsign.ErrAffirmation},
		{"the beginning of time", func(a *approvalsign.Affirmation) { a.At = time.Unix(0, 0) }, approvalsign.ErrAffirmation},
		{"another name", func(a *approvalsign.Affirmation) { a.SignedBy.Name = "Ola Nordmann" }, approvalsign.ErrSignatory},
		{"no title", func(a *approvalsign.Affirmation) { a.SignedBy.Title = "" }, approvalsign.ErrSignatory},
	}
	key := generate(t, approvalsign.EdDSA)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			signature, err := approvalsign.Sign(declaration(t), affirmation(c.edit), key)
			require.ErrorIs(t, err, c.want)
			assert.Empty(t, signature)
			assert.NotContains(t, err.Error(), "13116900216")
		})
	}
	long := affirmation(func(a *approvalsign.Affirmation) { a.Statement = strings.Repeat("<\u2028\"😀", 250) })
	rsa := generate(t, approvalsign.PS256)
	signature, err := approvalsign.Sign(declaration(t), long, rsa)
	require.NoError(t, err)
	got, err := approvalsign.Verify(declaration(t), signature, public(t, rsa), all)
	require.NoError(t, err)
	assert.Equal(t, long.Statement, got.Statement)
	for _, text := range approvalsign.Statement() {
		_, err := approvalsign.Sign(declaration(t), affirmation(func(a *approvalsign.Affirmation) { a.Statement = text }), key)
		require.NoError(t, err)
	}
	assert.Len(t, approvalsign.Statement(), 3)
}

func TestZeroKeySignsNothing(t *testing.T) {
	var key approvalsign.SigningKey
	_, err := approvalsign.Sign(declaration(t), affirmation(nil), key)
	require.ErrorIs(t, err, approvalsign.ErrKey)
	_, err = key.PrivateJWK()
	require.ErrorIs(t, err, approvalsign.ErrKey)
	_, err = key.PublicJWKS()
	require.ErrorIs(t, err, approvalsign.ErrKey)
	assert.Empty(t, key.ID())
}

func TestKeys(t *testing.T) {
	for _, algorithm := range []string{"", "none", "HS256", "RS256", "ES384", "eddsa"} {
		_, err := approvalsign.GenerateKeyFor(algorithm)
		require.ErrorIs(t, err, approvalsign.ErrKey, algorithm)
	}
	key, err := approvalsign.GenerateKey()
	require.NoError(t, err)
	jwk, err := key.PrivateJWK()
	require.NoError(t, err)
	again, err := approvalsign.ParseSigningKey(jwk)
	require.NoError(t, err)
	assert.Equal(t, key.ID(), again.ID())
	_, err = approvalsign.Verify(declaration(t), sign(t, declaration(t), again), public(t, key), []string{approvalsign.ES256})
	require.NoError(t, err)

	rs, err := jose.Generate("RS256")
	require.NoError(t, err)
	other, err := rs.Private()
	require.NoError(t, err)
	for name, data := range map[string][]byte{"another algorithm": other, "nothing": nil, "a set": []byte(`{"keys":[]}`), "public": []byte(`{"kty":"OKP"}`)} {
		_, err := approvalsign.ParseSigningKey(data)
		require.ErrorIs(t, err, approvalsign.ErrKey, name)
	}
	spare, err := generate(t, approvalsign.EdDSA).PublicJWKS()
	require.NoError(t, err)
	for name, data := range map[string]string{"a private key": `{"keys":[` + string(jwk) + `]}`,
		"a private key among others": strings.Replace(string(spare), "[", "["+string(jwk)+",", 1), "a shared secret": `{"keys":[{"kty":"oct","k":"AAAA"}]}`,
		"no keys": `{"keys":[]}`, "no set": `[]`, "nothing": ``} {
		_, err := approvalsign.ParseKeys([]byte(data))
		require.ErrorIs(t, err, approvalsign.ErrKey, name)
		var secret struct{ D string }
		require.NoError(t, json.Unmarshal(jwk, &secret))
		require.NotContains(t, err.Error(), secret.D)
	}
}

func TestKeysPrintNothing(t *testing.T) {
	key := generate(t, approvalsign.ES256)
	encoded, err := json.Marshal(map[string]any{"key": key})
	require.NoError(t, err)
	assert.JSONEq(t, `{"key":"[redacted]"}`, string(encoded))
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%d", "%x"} {
		assert.Equal(t, "[redacted]", fmt.Sprintf(verb, key))
	}
	assert.Equal(t, "[redacted]", slog.AnyValue(key).Resolve().String())
}
