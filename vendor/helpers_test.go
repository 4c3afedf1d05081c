package vendor_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/vendor"
)

const (
	digest   = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
	identity = "15819000000" // eleven digits, nobody's
)

// full is a vendor that says all that it can.
func full() vendor.Vendor {
	return vendor.Vendor{
		OrgNumber: "999999999", Name: "Søvnhjelp AS", Country: "NO", Roles: []vendor.Role{vendor.RoleToolVendor, vendor.RoleContentOwner},
		Contacts: []vendor.Contact{
			{Kind: vendor.ContactPrivacy, Name: "Personvernombudet", Email: "personvern@sovn.example", Phone: "22 22 22 22"},
			{Kind: vendor.ContactSecurity, Email: "sikkerhet@sovn.example"},
			{Kind: vendor.ContactTechnical, Phone: "+46 70 123 45 67"},
		},
		Subprocessors: []vendor.Subprocessor{
			{Name: "Drift AS", OrgNumber: "315260183", Service: "drift", ProcessedIn: []vendor.Country{"NO", "SE"}, Agreed: "2026-01-15"},
			{Name: "Sky Inc.", Country: "US", Service: "e-post", ProcessedIn: []vendor.Country{"IE", "US"}, TransferBasis: vendor.BasisAdequacy, Agreed: "2026-01-15"},
		},
		Certificates: []vendor.Certificate{
			{Kind: vendor.CertificateISO27001, Issuer: "Sertifisør AS", Number: "IS 123", Scope: "drift av verktøy", Issued: "2025-02-01", Expires: "2028-01-31", SHA256: digest},
			{Kind: vendor.CertificateCE, Issuer: "Søvnhjelp AS", Scope: "klasse I", Issued: "2026-01-01"},
		},
	}
}

func encode(t testing.TB, v any) []byte {
	t.Helper()
	data, err := json.Marshal(v)
	require.NoError(t, err)
	return data
}

// found lists "pointer code" of each problem, and asks for a text in every language.
func found(t testing.TB, err error) []string {
	t.Helper()
	require.ErrorIs(t, err, vendor.ErrInvalid)
	var wrong *vendor.DocumentError
	require.ErrorAs(t, err, &wrong)
	require.NotEmpty(t, wrong.Problems)
	var out []string
	for _, p := range wrong.Problems {
		complete(t, p.Text)
		out = append(out, p.Pointer+" "+p.Code)
	}
	assert.NotContains(t, string(encode(t, wrong))+err.Error(), identity)
	return out
}

func complete(t testing.TB, text vendor.Text) {
	t.Helper()
	for _, lang := range []string{"nb", "nn", "en"} {
		assert.NotEmpty(t, text.In(lang), lang)
		assert.NotContains(t, text.In(lang), "%!")
	}
	assert.NotEqual(t, text.NB, text.EN)
}
