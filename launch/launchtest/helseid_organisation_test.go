package launchtest_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

type hidMap = map[string]any

// hidStructure is NHN's: type, practitioner_role, organization, identifier.
func hidStructure(system, value any) hidMap {
	return hidMap{"type": "helseid_authorization", "practitioner_role": hidMap{"organization": hidMap{
		"identifier": hidMap{"system": system, "type": "ENH", "value": value}}}}
}

func hidDetails(system, value any) func(*hidDraft) {
	return hidClaim("assertion_details", hidStructure(system, value))
}

const (
	hidMany   = "urn:oid:1.0.6523"
	hidSingle = "urn:oid:2.16.578.1.12.4.1.2.101"
)

func TestHelseIDOrganisations(t *testing.T) {
	for _, c := range []struct {
		name, client            string
		edit                    func(*hidDraft)
		parent, child, supplier string
	}{
		{"single-tenant, nothing named", "single", func(*hidDraft) {}, "910000001", "", ""},
		{"single-tenant with a child", "single", hidDetails(hidSingle, "910000009"), "910000001", "910000009", ""},
		{"multi-tenant", "many", hidDetails(hidMany, "NO:ORGNR:910000003:"), "910000003", "", "910000002"},
		{"multi-tenant with a child", "many", hidDetails(hidMany, "NO:ORGNR:910000003:910000009"), "910000003", "910000009", "910000002"},
		{"in a list", "many", hidClaim("assertion_details", []any{hidStructure(hidMany, "NO:ORGNR:910000003:")}), "910000003", "", "910000002"},
		{"under the samples' name", "many", hidClaim("authorization_details", hidStructure(hidMany, "NO:ORGNR:910000003:")), "910000003", "", "910000002"},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := newHIDLab(t)
			a := l.ask(c.client, c.edit)
			require.Equal(t, http.StatusOK, a.status, a.body)
			caller := hidCaller(t, l, a.body["access_token"].(string))
			assert.Equal(t, []any{c.parent, c.child, c.supplier}, []any{caller["Parent"], caller["Child"], caller["Supplier"]})
		})
	}
}

func TestHelseIDWrongOrganisations(t *testing.T) {
	good := func() hidMap { return hidStructure(hidMany, "NO:ORGNR:910000003:") }
	changed := func(edit func(hidMap)) func(*hidDraft) {
		d := good()
		edit(d)
		return hidClaim("assertion_details", d)
	}
	organization := func(d hidMap) hidMap { return d["practitioner_role"].(hidMap)["organization"].(hidMap) }
	for _, c := range []struct {
		name, client string
		edit         func(*hidDraft)
	}{
		{"single-tenant structure for a multi-tenant client", "many", hidDetails(hidSingle, "910000003")},
		{"multi-tenant structure for a single-tenant client", "single", hidDetails(hidMany, "NO:ORGNR:910000001:")},
		{"multi-tenant value in the single-tenant system", "single", hidDetails(hidSingle, "NO:ORGNR:910000001:")},
		{"nothing named", "many", func(*hidDraft) {}},
		{"multi-tenant value in the single-tenant system, multi-tenant client", "many", hidDetails(hidSingle, "NO:ORGNR:910000003:")},
		{"another register", "many", hidDetails(hidMany, "NO:HERID:910000003:")},
		{"nobody's customer", "many", hidDetails(hidMany, "NO:ORGNR:910000008:")},
		{"no colon", "many", hidDetails(hidMany, "NO:ORGNR:910000003")},
		{"one colon too many", "many", hidDetails(hidMany, "NO:ORGNR:910000003:910000009:")},
		{"no parent", "many", hidDetails(hidMany, "NO:ORGNR::910000009")},
		{"parent of eight digits", "many", hidDetails(hidMany, "NO:ORGNR:91000000:")},
		{"child of letters", "many", hidDetails(hidMany, "NO:ORGNR:910000003:ninedigit")},
		{"another country", "many", hidDetails(hidMany, "SE:ORGNR:910000003:")},
		{"value a number", "many", hidDetails(hidMany, 910000003)},
		{"both names", "many", func(d *hidDraft) { d.claims["assertion_details"], d.claims["authorization_details"] = good(), good() }},
		{"two in a list", "many", hidClaim("assertion_details", []any{good(), good()})},
		{"none in a list", "many", hidClaim("assertion_details", []any{})},
		{"a text", "many", hidClaim("assertion_details", "NO:ORGNR:910000003:")},
		{"another type", "many", changed(func(d hidMap) { d["type"] = "helseid_authorisation" })},
		{"no type", "many", changed(func(d hidMap) { delete(d, "type") })},
		{"a member beside", "many", changed(func(d hidMap) { d["locations"] = []any{} })},
		{"no practitioner_role", "many", changed(func(d hidMap) { delete(d, "practitioner_role") })},
		{"a member beside organization", "many", changed(func(d hidMap) { d["practitioner_role"].(hidMap)["code"] = "x" })},
		{"identify", "many", changed(func(d hidMap) { o := organization(d); o["identify"] = o["identifier"]; delete(o, "identifier") })},
		{"identifier type", "many", changed(func(d hidMap) { organization(d)["identifier"].(hidMap)["type"] = "HER" })},
		{"identifier without system", "many", changed(func(d hidMap) { delete(organization(d)["identifier"].(hidMap), "system") })},
		{"identifier with more", "many", changed(func(d hidMap) { organization(d)["identifier"].(hidMap)["use"] = "official" })},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := newHIDLab(t).ask(c.client, c.edit)
			assert.Equal(t, http.StatusBadRequest, a.status)
			assert.Equal(t, "invalid_request", a.code(), a.body)
		})
	}
}

// The system of a child organisation is a setting: NHN's own sources differ.
func TestHelseIDUnitSystem(t *testing.T) {
	l := newHIDLab(t, func(c *launchtest.HelseIDConfig) { c.UnitSystem = "urn:oid:1.2.3" })
	assert.Equal(t, http.StatusOK, l.ask("single", hidDetails("urn:oid:1.2.3", "910000009")).status)
	assert.Equal(t, "invalid_request", l.ask("single", hidDetails(hidSingle, "910000009")).code())
}

// An organisation that has not signed the terms of use of every scope.
func TestHelseIDRejectedScope(t *testing.T) {
	l := newHIDLab(t)
	ask := func(organisation string) hidAnswer {
		d := l.assertion("many")
		hidDetails(hidMany, "NO:ORGNR:"+organisation+":")(d)
		form := hidForm(d.sign(t))
		form.Set("scope", "nhn:task/read nhn:task/write")
		return l.do(l.tokenRequest(form, l.proofFor(http.MethodPost, hidToken, "").sign(t)))
	}
	a := ask("910000003")
	assert.Equal(t, "nhn:task/read nhn:task/write", a.body["scope"])
	assert.NotContains(t, a.body, "rejected_scope")
	a = ask("910000004")
	assert.Equal(t, "nhn:task/read", a.body["scope"])
	assert.Equal(t, "nhn:task/write", a.body["rejected_scope"])
	assert.Equal(t, []any{"nhn:task/read"}, hidCaller(t, l, a.body["access_token"].(string))["Scopes"])
	assert.Equal(t, "invalid_scope", ask("910000005").code())
}

// The token without an organisation number, and the API's misleading answer.
func TestHelseIDLateOrganisation(t *testing.T) {
	l := newHIDLab(t, func(c *launchtest.HelseIDConfig) { c.LateOrganisation = true })
	a := l.ask("many")
	require.Equal(t, http.StatusOK, a.status, a.body)
	got := l.get(a.body["access_token"].(string))
	assert.Equal(t, http.StatusUnauthorized, got.status)
	assert.Equal(t, hidMap{"code": "EHSEC-110002", "message": "token expired or invalid"}, got.body)
	assert.Equal(t, "invalid_token", got.code())
	assert.Zero(t, l.Calls())
	a = l.ask("many", hidDetails(hidMany, "NO:ORGNR:910000003:"))
	assert.Equal(t, http.StatusOK, l.get(a.body["access_token"].(string)).status)
}
