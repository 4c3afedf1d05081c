package vendor_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/vendor"
)

func ExampleParse() {
	v, err := vendor.Parse([]byte(`{"orgNumber": "999999999", "name": "Søvnhjelp AS", "roles": ["tool-vendor"],
		"contacts": [{"kind": "security", "email": "sikkerhet@sovn.example"}]}`))
	fmt.Println(v.Name, v.OrgNumber.Format(), err)
	_, err = vendor.Parse([]byte(`{"orgNumber": "999999998", "roles": ["boss"], "contacts": [{"kind": "security"}]}`))
	fmt.Println(err)
	// Output:
	// Søvnhjelp AS 999 999 999 <nil>
	// vendor: not valid: /contacts/0/email: the member is missing, add it; /name: the member is missing, add it; /orgNumber: the value does not have the right form, want an organisation number of nine digits with a valid check digit; /roles/0: the value is not allowed here, want one of tool-vendor, epr-vendor, portal, processor, content-owner, system-owner
}

func TestAFullVendorIsRight(t *testing.T) {
	require.NoError(t, full().Check())
	require.NoError(t, full().Reference().Check())
	again, err := vendor.Parse(encode(t, full()))
	require.NoError(t, err)
	assert.Equal(t, full(), again)
	assert.JSONEq(t, `{"orgNumber":"999999999","name":"Søvnhjelp AS"}`, string(encode(t, full().Reference())))
}

func TestCheckFindsEachMistake(t *testing.T) {
	for _, tt := range []struct {
		name string
		edit func(*vendor.Vendor)
		want string
	}{
		{"no number", func(v *vendor.Vendor) { v.OrgNumber = "" }, "/orgNumber missing-member"},
		{"check digit", func(v *vendor.Vendor) { v.OrgNumber = "999999998" }, "/orgNumber bad-format"},
		{"no name", func(v *vendor.Vendor) { v.Name = "" }, "/name missing-member"},
		{"blank name", func(v *vendor.Vendor) { v.Name = " " }, "/name too-short"},
		{"long name", func(v *vendor.Vendor) { v.Name = strings.Repeat("å", 201) }, "/name too-long"},
		{"name that turns the text", func(v *vendor.Vendor) { v.Name = "A\u202eB" }, "/name bad-value"},
		{"identity number as name", func(v *vendor.Vendor) { v.Name = identity }, "/name personal-data"},
		{"no such country", func(v *vendor.Vendor) { v.Country = "UK" }, "/country bad-format"},
		{"no such role", func(v *vendor.Vendor) { v.Roles[1] = "boss" }, "/roles/1 not-allowed"},
		{"empty role", func(v *vendor.Vendor) { v.Roles[1] = "" }, "/roles/1 missing-member"},
		{"role twice", func(v *vendor.Vendor) { v.Roles[1] = v.Roles[0] }, "/roles/1 repeated"},
		{"kind of contact", func(v *vendor.Vendor) { v.Contacts[0].Kind = "any" }, "/contacts/0/kind not-allowed"},
		{"contact without address", func(v *vendor.Vendor) { v.Contacts[0] = vendor.Contact{Kind: vendor.ContactTechnical} }, "/contacts/0/email missing-member"},
		{"name and address", func(v *vendor.Vendor) { v.Contacts[0].Email = "A <a@b.no>" }, "/contacts/0/email bad-format"},
		{"address without domain", func(v *vendor.Vendor) { v.Contacts[0].Email = "a@b" }, "/contacts/0/email bad-format"},
		{"identity number in an address", func(v *vendor.Vendor) { v.Contacts[0].Email = identity + "@b.no" }, "/contacts/0/email personal-data"},
		{"identity number as a name", func(v *vendor.Vendor) { v.Contacts[0].Name = "Kari 158190 00000" }, "/contacts/0/name personal-data"},
		{"words as telephone", func(v *vendor.Vendor) { v.Contacts[0].Phone = "spør i resepsjonen" }, "/contacts/0/phone bad-format"},
		{"few digits", func(v *vendor.Vendor) { v.Contacts[0].Phone = "1234" }, "/contacts/0/phone bad-format"},
		{"identity number as telephone", func(v *vendor.Vendor) { v.Contacts[0].Phone = identity }, "/contacts/0/phone personal-data"},
		{"identity number in groups", func(v *vendor.Vendor) { v.Contacts[0].Phone = "15 81 90 000 00" }, "/contacts/0/phone personal-data"},
		{"eleven digits from abroad", func(v *vendor.Vendor) { v.Contacts[0].Phone = "+46701234567" }, "/contacts/0/phone personal-data"},
		{"subprocessor from nowhere", func(v *vendor.Vendor) { v.Subprocessors[0].OrgNumber = "" }, "/subprocessors/0/country missing-member"},
		{"subprocessor without name", func(v *vendor.Vendor) { v.Subprocessors[0].Name = "" }, "/subprocessors/0/name missing-member"},
		{"subprocessor's number", func(v *vendor.Vendor) { v.Subprocessors[0].OrgNumber = "1" }, "/subprocessors/0/orgNumber bad-format"},
		{"no service", func(v *vendor.Vendor) { v.Subprocessors[0].Service = "" }, "/subprocessors/0/service missing-member"},
		{"no place", func(v *vendor.Vendor) { v.Subprocessors[0].ProcessedIn = nil }, "/subprocessors/0/processedIn missing-member"},
		{"empty place", func(v *vendor.Vendor) { v.Subprocessors[1].ProcessedIn[0] = "" }, "/subprocessors/1/processedIn/0 missing-member"},
		{"place twice", func(v *vendor.Vendor) { v.Subprocessors[1].ProcessedIn[0] = "US" }, "/subprocessors/1/processedIn/1 repeated"},
		{"outside the EEA", func(v *vendor.Vendor) { v.Subprocessors[0].ProcessedIn[0] = "IN" }, "/subprocessors/0/transferBasis missing-member"},
		{"Svalbard is outside", func(v *vendor.Vendor) { v.Subprocessors[0].ProcessedIn[0] = "SJ" }, "/subprocessors/0/transferBasis missing-member"},
		{"a basis that is none", func(v *vendor.Vendor) { v.Subprocessors[1].TransferBasis = "consent" }, "/subprocessors/1/transferBasis not-allowed"},
		{"a basis that nothing needs", func(v *vendor.Vendor) { v.Subprocessors[0].TransferBasis = "adequacy" }, "/subprocessors/0/transferBasis contradiction"},
		{"no agreement", func(v *vendor.Vendor) { v.Subprocessors[0].Agreed = "" }, "/subprocessors/0/agreed missing-member"},
		{"agreed on no day", func(v *vendor.Vendor) { v.Subprocessors[0].Agreed = "2026-02-29" }, "/subprocessors/0/agreed bad-format"},
		{"kind of certificate", func(v *vendor.Vendor) { v.Certificates[0].Kind = "iso-1" }, "/certificates/0/kind not-allowed"},
		{"no issuer", func(v *vendor.Vendor) { v.Certificates[0].Issuer = "" }, "/certificates/0/issuer missing-member"},
		{"no scope", func(v *vendor.Vendor) { v.Certificates[0].Scope = "" }, "/certificates/0/scope missing-member"},
		{"not issued", func(v *vendor.Vendor) { v.Certificates[0].Issued = "" }, "/certificates/0/issued missing-member"},
		{"no last day", func(v *vendor.Vendor) { v.Certificates[0].Expires = "" }, "/certificates/0/expires missing-member"},
		{"ends before it begins", func(v *vendor.Vendor) { v.Certificates[0].Expires = "2025-01-31" }, "/certificates/0/expires contradiction"},
		{"digest in capitals", func(v *vendor.Vendor) { v.Certificates[0].SHA256 = strings.ToUpper(digest) }, "/certificates/0/sha256 bad-format"},
		{"too many contacts", func(v *vendor.Vendor) { v.Contacts = make51(v.Contacts[0]) }, "/contacts too-many"},
		{"too many certificates", func(v *vendor.Vendor) { v.Certificates = make51(v.Certificates[0]) }, "/certificates too-many"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v := full()
			tt.edit(&v)
			assert.Equal(t, []string{tt.want}, found(t, v.Check()))
			assert.NotContains(t, v.Check().Error(), "158190")
			_, err := vendor.Parse(encode(t, v))
			require.ErrorIs(t, err, vendor.ErrInvalid, "and the reader refuses it too")
		})
	}
}

// encoding/json would repair it, so no document holds it.
func TestCheckFindsBrokenUTF8(t *testing.T) {
	v := full()
	v.Name = "\xff"
	assert.Equal(t, []string{"/name not-utf8"}, found(t, v.Check()))
}

func make51[T any](item T) []T {
	list := make([]T, 51)
	for i := range list {
		list[i] = item
	}
	return list
}

func TestParseReportsEverythingAtOnce(t *testing.T) {
	for name, tt := range map[string]struct {
		data string
		want []string
	}{
		"nothing":          {`{}`, []string{"/name missing-member", "/orgNumber missing-member"}},
		"not JSON":         {`{"name":`, []string{"/name syntax"}},
		"no object":        {`[]`, []string{" wrong-type"}},
		"null":             {`null`, []string{" wrong-type"}},
		"two documents":    {`{"orgNumber":"999999999","name":"A"}{}`, []string{" trailing"}},
		"a member twice":   {`{"orgNumber":"999999999","name":"A","name":"B"}`, []string{"/name duplicate-member"}},
		"capitals":         {`{"orgNumber":"999999999","Name":"A"}`, []string{"/Name unknown-member", "/name missing-member"}},
		"wrong types":      {`{"orgNumber":9,"name":null,"contacts":{},"roles":["portal",1]}`, []string{"/contacts wrong-type", "/name wrong-type", "/orgNumber wrong-type", "/roles/1 wrong-type"}},
		"identity numbers": {`{"orgNumber":"` + identity + `","name":"` + identity + `","` + identity + `":1}`, []string{"/[redacted] unknown-member", "/name personal-data", "/orgNumber bad-format"}},
		"several places": {`{"orgNumber":"999999999","name":"A","contacts":[{"kind":"x"}],"certificates":[{"kind":"ce"}]}`, []string{"/certificates/0/issued missing-member",
			"/certificates/0/issuer missing-member", "/certificates/0/scope missing-member", "/contacts/0/email missing-member", "/contacts/0/kind not-allowed"}},
	} {
		t.Run(name, func(t *testing.T) {
			v, err := vendor.Parse([]byte(tt.data))
			assert.Equal(t, tt.want, found(t, err))
			assert.Equal(t, vendor.Vendor{}, v)
		})
	}
}

func TestAtMostAHundredProblems(t *testing.T) {
	v := full()
	v.Certificates = make([]vendor.Certificate, 50)
	err := v.Check()
	var wrong *vendor.DocumentError
	require.ErrorAs(t, err, &wrong)
	assert.Len(t, wrong.Problems, 100)
	assert.Equal(t, 50*5-100, wrong.More)
	assert.Contains(t, err.Error(), "and 230 more")
}

// What a Norwegian reads is Norwegian to the end of the sentence.
func TestProblemsAreNorwegianThroughout(t *testing.T) {
	err := vendor.Vendor{OrgNumber: "1", Name: "\u0001", Country: "xx", Contacts: []vendor.Contact{{Email: "x", Phone: "x"}, {Phone: identity}},
		Certificates: []vendor.Certificate{{Issued: "x", SHA256: "x"}}, Subprocessors: []vendor.Subprocessor{{ProcessedIn: []vendor.Country{}}}}.Check()
	var wrong *vendor.DocumentError
	require.ErrorAs(t, err, &wrong)
	require.GreaterOrEqual(t, len(wrong.Problems), 12)
	english := regexp.MustCompile(`(?i)\b(want|letters?|digits?|day|such|address|characters?|with|without|which|number|an|or|of)\b`)
	for _, p := range wrong.Problems {
		assert.NotRegexp(t, english, p.Text.NB, p.Pointer)
		assert.NotRegexp(t, english, p.Text.NN, p.Pointer)
	}
}

func TestCountries(t *testing.T) {
	codes, eea := 0, 0
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			c, err := vendor.ParseCountry(string([]rune{a, b}))
			if err != nil {
				require.ErrorIs(t, err, vendor.ErrCountry)
				continue
			}
			codes++
			if c.InEEA() {
				eea++
			}
		}
	}
	assert.Equal(t, 249, codes, "ISO 3166-1")
	assert.Equal(t, 30, eea, "27 states of the EU and 3 of EFTA")
	for _, not := range []string{"", "no", "NOR", "EU", "UK", "XX", "N O"} {
		_, err := vendor.ParseCountry(not)
		require.ErrorIs(t, err, vendor.ErrCountry, not)
	}
	for _, outside := range []vendor.Country{"", "CH", "GB", "SJ", "GL", "FO", "US", "XX"} {
		assert.False(t, outside.InEEA(), outside)
	}
	for _, inside := range []vendor.Country{"NO", "IS", "LI", "SE", "HR"} {
		assert.True(t, inside.InEEA(), inside)
	}
}

func TestDays(t *testing.T) {
	for _, day := range []string{"2026-11-26", "2024-02-29", "0001-01-01"} {
		d, err := vendor.ParseDay(day)
		require.NoError(t, err)
		assert.Equal(t, vendor.Day(day), d)
	}
	for _, not := range []string{"", "2026-02-29", "2026-1-1", "26-11-2026", "2026-11-26T00:00:00Z", "2026-13-01"} {
		_, err := vendor.ParseDay(not)
		require.ErrorIs(t, err, vendor.ErrDay, not)
	}
	at := time.Date(2026, 11, 26, 23, 30, 0, 0, time.UTC)
	assert.Equal(t, vendor.Day("2026-11-26"), vendor.DayOf(at))
	assert.Equal(t, vendor.Day("2026-11-27"), vendor.DayOf(at.In(time.FixedZone("Oslo", 3600))))
}

func TestCertificatesHoldOnTheirDays(t *testing.T) {
	iso := full().Certificates[0]
	ce := full().Certificates[1]
	for _, tt := range []struct {
		name string
		c    vendor.Certificate
		on   vendor.Day
		want bool
	}{
		{"the first day", iso, "2025-02-01", true},
		{"the day before", iso, "2025-01-31", false},
		{"the last day", iso, "2028-01-31", true},
		{"the day after", iso, "2028-02-01", false},
		{"no day", iso, "", false},
		{"not a day", iso, "2026", false},
		{"without end, where there is none", ce, "2040-01-01", true},
		{"without end, where there must be one", vendor.Certificate{Kind: iso.Kind, Issued: iso.Issued}, "2026-01-01", false},
		{"the zero value", vendor.Certificate{}, "2026-01-01", false},
		{"not issued", vendor.Certificate{Kind: vendor.CertificateCE}, "2026-01-01", false},
	} {
		assert.Equal(t, tt.want, tt.c.ValidOn(tt.on), tt.name)
	}
}

func TestFormat(t *testing.T) {
	for number, want := range map[vendor.OrgNumber]string{"999999999": "999 999 999", "": "", "12": "12"} {
		assert.Equal(t, want, number.Format())
	}
}

func TestSchemaMembersStayOptional(t *testing.T) {
	var members map[string]any
	require.NoError(t, json.Unmarshal(encode(t, vendor.Vendor{}), &members))
	assert.Equal(t, map[string]any{"orgNumber": "", "name": ""}, members)
}
