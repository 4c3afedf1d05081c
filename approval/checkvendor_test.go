package approval_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
)

// fullVendor says all that a vendor can say of itself.
func fullVendor() document {
	return document{
		"orgNumber": "999999999", "name": "Søvnhjelp AS", "country": "NO", "roles": []any{"tool-vendor", "content-owner"},
		"contacts": []any{document{"kind": "privacy", "name": "Personvernombudet", "email": "personvern@sovn.example", "phone": "+47 22 22 22 22"}},
		"subprocessors": []any{document{"name": "Sky Inc.", "country": "US", "service": "drift", "processedIn": []any{"IE", "US"},
			"transferBasis": "standard-clauses", "agreed": "2026-01-15"}},
		"certificates": []any{document{"kind": "iso-27001", "issuer": "Sertifisør AS", "number": "123", "scope": "drift", "issued": "2025-02-01",
			"expires": "2028-01-31", "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}},
	}
}

func TestADeclarationMaySayMoreOfTheVendor(t *testing.T) {
	data := edited(t, "good.json", func(d document) { d["vendor"] = fullVendor() })
	set := small(t)
	d, err := approval.CheckDeclaration(data, set)
	require.NoError(t, err)
	assert.Equal(t, "personvern@sovn.example", d.Vendor.Contacts[0].Email)
	assert.NotEqual(t, good(t, set, nil).Digest(), d.Digest(), "it is part of what is declared")
}

// Each mistake is one problem, whether the schema sees it or the vendor's own check.
func TestMistakesAboutTheVendor(t *testing.T) {
	for _, tt := range []struct {
		name string
		edit func(v document)
		want found
	}{
		{"country that does not exist", func(v document) { v["country"] = "XX" }, found{"/vendor/country", "", "bad-format"}},
		{"country in small letters", func(v document) { v["country"] = "no" }, found{"/vendor/country", "", "bad-format"}},
		{"unknown role", func(v document) { v["roles"] = []any{"boss"} }, found{"/vendor/roles/0", "", "not-allowed"}},
		{"role twice", func(v document) { v["roles"] = []any{"portal", "portal"} }, found{"/vendor/roles/1", "", "repeated"}},
		{"unknown member", func(v document) { v["fax"] = "1" }, found{"/vendor/fax", "", "unknown-member"}},
		{"contact without e-mail and telephone", func(v document) { v["contacts"] = []any{document{"kind": "technical"}} }, found{"/vendor/contacts/0/email", "", "missing-member"}},
		{"contact without kind", func(v document) { delete(item(v, "contacts", 0), "kind") }, found{"/vendor/contacts/0/kind", "", "missing-member"}},
		{"two addresses", func(v document) { item(v, "contacts", 0)["email"] = "a@b.no, c@d.no" }, found{"/vendor/contacts/0/email", "", "bad-format"}},
		{"identity number as telephone", func(v document) { item(v, "contacts", 0)["phone"] = "15819000000" }, found{"/vendor/contacts/0/phone", "", "personal-data"}},
		{"identity number in pairs as telephone", func(v document) { item(v, "contacts", 0)["phone"] = "15 81 90 00 00 0" }, found{"/vendor/contacts/0/phone", "", "personal-data"}},
		{"no basis to leave the EEA", func(v document) { delete(item(v, "subprocessors", 0), "transferBasis") }, found{"/vendor/subprocessors/0/transferBasis", "", "missing-member"}},
		{"nowhere", func(v document) { item(v, "subprocessors", 0)["processedIn"] = []any{} }, found{"/vendor/subprocessors/0/processedIn", "", "too-few"}},
		{"agreed on no day", func(v document) { item(v, "subprocessors", 0)["agreed"] = "2026-02-30" }, found{"/vendor/subprocessors/0/agreed", "", "bad-format"}},
		{"certificate without an end", func(v document) { delete(item(v, "certificates", 0), "expires") }, found{"/vendor/certificates/0/expires", "", "missing-member"}},
		{"certificate that ends before it begins", func(v document) { item(v, "certificates", 0)["expires"] = "2024-01-01" }, found{"/vendor/certificates/0/expires", "", "contradiction"}},
		{"short digest", func(v document) { item(v, "certificates", 0)["sha256"] = "9f86" }, found{"/vendor/certificates/0/sha256", "", "bad-format"}},
		{"contacts that are text", func(v document) { v["contacts"] = "post@sovn.example" }, found{"/vendor/contacts", "", "wrong-type"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			data := edited(t, "good.json", func(d document) {
				v := fullVendor()
				tt.edit(v)
				d["vendor"] = v
			})
			_, err := approval.CheckDeclaration(data, small(t))
			ps := problems(t, err)
			require.Equal(t, []found{tt.want}, places(ps))
			for _, lang := range languages {
				assert.NotEmpty(t, ps[0].Text[lang])
			}
			assert.NotContains(t, encode(t, ps), "158190")
		})
	}
}
