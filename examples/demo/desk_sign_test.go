package main

import (
	"bytes"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/approval/approvalsign"
	"github.com/verktoykatalog/verktoy/catalogue"
)

// Vendor and panel see who signed, in each language, and when a declaration was changed afterwards.
func TestDeskShowsWhetherTheSignatureHolds(t *testing.T) {
	v := visit(t)
	f := v.desk.files[0]
	pages := map[string]official{"/vendor/case-1": vendorPerson, "/panel/case-1": psychology, "/cases/case-1/declaration": lister}
	for _, lang := range languages {
		for path, who := range pages {
			v.as(who)
			page, code := v.get(path + "?lang=" + string(lang))
			require.Equal(t, http.StatusOK, code, path)
			assert.Contains(t, page, ">"+deskTexts["signature-holds"].In(lang)+"<", path)
			assert.Contains(t, page, f.declared.SignedBy.Name, path)
			assert.Contains(t, page, `<blockquote lang="nb">`+approvalsign.Statement().In("nb"), "agreed to in Bokmål, in which the demo's story is")
			assert.NotContains(t, page, deskTexts["signature-broken"].In(lang), path)
		}
	}
	f.declared.Answers["PRIV-01"] = approval.Answer{Status: approval.No}
	for _, lang := range languages {
		for path, who := range pages {
			v.as(who)
			page, code := v.get(path + "?lang=" + string(lang))
			require.Equal(t, http.StatusOK, code, path)
			assert.Contains(t, page, deskTexts["signature-broken"].In(lang), path)
			assert.NotContains(t, page, ">"+deskTexts["signature-holds"].In(lang)+"<", path)
		}
	}
}

// What is downloaded can be checked without the desk, and no changed byte holds.
func TestDeskSignatureIsForWhatIsDownloaded(t *testing.T) {
	v := visit(t)
	var kept [3]string
	for i, as := range []string{"json", "jws", "jwks"} {
		var code int
		kept[i], code = v.get("/cases/case-1/declaration/" + as)
		require.Equal(t, http.StatusOK, code, as)
	}
	data, signature, jwks := []byte(kept[0]), strings.TrimSpace(kept[1]), kept[2]
	declared, err := approval.CheckDeclaration(data, v.desk.files[0].set)
	require.NoError(t, err)
	keys, err := approvalsign.ParseKeys([]byte(jwks))
	require.NoError(t, err)
	assert.NotContains(t, jwks, `"d"`, "the public part alone")
	found, err := approvalsign.Verify(data, signature, keys, []string{approvalsign.ES256})
	require.NoError(t, err)
	assert.Equal(t, declared.SignedBy, found.SignedBy)
	entries, err := v.desk.ledger.Entries(t.Context(), "case-1")
	require.NoError(t, err)
	assert.Equal(t, entries[0].At.Truncate(time.Second), found.At, "when it was submitted")

	tried := 0
	for i, c := range data {
		if c >= 'a' && c <= 'z' && i%97 == 0 {
			tried++
			changed := bytes.Clone(data)
			changed[i] ^= 1
			_, err := approvalsign.Verify(changed, signature, keys, []string{approvalsign.ES256})
			assert.ErrorIs(t, err, approvalsign.ErrRefused, "byte %d", i)
		}
	}
	assert.Greater(t, tried, 20)
	_, code := v.get("/cases/case-1/declaration/pdf")
	assert.Equal(t, http.StatusNotFound, code)
}

// The vendor sees the sentence and who signs before submitting; a draft has no signature, a new submission a new one.
func TestDeskSignsWhenTheVendorSubmits(t *testing.T) {
	v := visit(t)
	v.must("/vendor", "what", "good")
	f := v.desk.files[1]
	page, _ := v.get("/vendor/case-2?lang=en")
	assert.Contains(t, page, approvalsign.Statement().In("en"))
	assert.Contains(t, page, "Ragnhild Stegvold signs with the vendor")
	_, code := v.get("/cases/case-2/declaration/jws")
	assert.Equal(t, http.StatusNotFound, code)
	page, _ = v.get("/cases/case-2/declaration")
	assert.NotContains(t, page, `id="signature"`)

	v.must("/vendor/case-2/submit", "version", "0", "sure", "yes")
	first, err := v.desk.verify(f)
	require.NoError(t, err)
	assert.Equal(t, approvalsign.Statement().In("en"), first.Statement, "in the language in which it was shown")
	before := f.signature

	require.NoError(t, v.desk.happen(t.Context(), f, v.desk.event(f, approval.EventStartReview, secretary)))
	back := v.desk.event(f, approval.EventReturn, secretary)
	back.Missing = []string{"UU-05"}
	require.NoError(t, v.desk.happen(t.Context(), f, back))
	page, _ = v.get("/vendor/case-2")
	assert.NotContains(t, page, `id="signature"`, "a draft again")
	require.NoError(t, v.desk.hand(t.Context(), f))
	assert.NotEqual(t, before, f.signature)
	second, err := v.desk.verify(f)
	require.NoError(t, err)
	assert.NotEqual(t, first.Canonical, second.Canonical)
	f.signature = before
	_, err = v.desk.verify(f)
	assert.ErrorIs(t, err, approvalsign.ErrSignature, "that of an earlier submission is none of this one")
}

func TestDeskFileNames(t *testing.T) {
	for id, want := range map[string]string{"tryggere-steg-2026-1": "tryggere-steg-2026-1", "../x\"\r\n": "x", "∆": "declaration"} {
		assert.Equal(t, want, fileName(&approval.SelfDeclaration{ID: id}))
	}
	assert.Equal(t, catalogue.Lang(""), languageOf("another sentence"))
}
