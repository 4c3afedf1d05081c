package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/prescription"
)

// What is refused says why on the page itself, with what was filled in, and writes nothing.
func TestRefusalsOfSending(t *testing.T) {
	w := openWorld(t)
	v := w.visitor(t)
	good := v.form()
	cases := map[string]struct {
		tool   string
		edit   func(url.Values)
		status int
		key    string
	}{
		"no patient":       {toolPath, func(f url.Values) { f.Del("patient") }, 400, "no-patient"},
		"a stranger":       {toolPath, func(f url.Values) { f.Set("patient", "citizen-nobody") }, 400, "no-patient"},
		"unknown unit":     {toolPath, func(f url.Values) { f.Set("unit", "none") }, 409, "no-unit"},
		"not acknowledged": {toolPath, func(f url.Values) { f.Del("acknowledged") }, 400, "not-acknowledged"},
		"no key":           {toolPath, func(f url.Values) { f.Del("key") }, 400, "open-again"},
		"a key too long":   {toolPath, func(f url.Values) { f.Set("key", newKey()+newKey()+newKey()+newKey()+newKey()) }, 400, "open-again"},
		"wrong age":        {toolPath, func(f url.Values) { f.Set("patient", w.clinician.people[child].id) }, 400, "wrong-age"},
		"no such reason":   {toolPath, func(f url.Values) { f.Set("second", "because") }, 400, "no-second-reason"},
		"withdrawn":        {"/tools/tunge-dager", func(f url.Values) { f.Set("unit", string(w.clinician.firstUnit("tunge-dager"))) }, 409, "withdrawn"},
		"paused":           {"/tools/marerittboka", func(f url.Values) { f.Set("unit", string(w.clinician.firstUnit("marerittboka"))) }, 409, "paused"},
		"nothing to send":  {"/tools/kveldsro", func(url.Values) {}, 409, "not-sendable"},
		"replaces nothing": {toolPath, func(f url.Values) { f.Set("replaces", "none"); f.Set("version", "1") }, 409, "no-prescription"},
		"no version":       {toolPath, func(f url.Values) { f.Set("replaces", "none") }, 400, "open-again"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			form := url.Values{}
			for key, values := range good {
				form[key] = values
			}
			c.edit(form)
			page := v.post(c.status, w.clinician.url+c.tool, form)
			says(t, page, "nb", c.key)
			assert.Contains(t, page, `role="alert"`)
		})
	}
	all, err := w.clinician.caseload(t.Context(), colleagues[0].ID)
	require.NoError(t, err)
	assert.Empty(t, all, "what was refused has written nothing")
}

// The field that must be mended is linked to, and keeps what was chosen.
func TestFormIsMended(t *testing.T) {
	v := openWorld(t).visitor(t)
	form := v.form()
	form.Del("acknowledged")
	page := v.post(http.StatusBadRequest, v.w.clinician.url+toolPath, form)
	assert.Contains(t, page, `<a href="#acknowledged-`+unitID+`">`)
	assert.Contains(t, page, `id="acknowledged-`+unitID+`"`)
	form.Set("acknowledged", "yes")
	form.Set("second", "because")
	page = v.post(http.StatusBadRequest, v.w.clinician.url+toolPath, form)
	assert.Contains(t, page, `value="yes" required checked`)
}

// Nobody gets a tool once more because they are dead.
func TestReasonsForASecondOne(t *testing.T) {
	v := openWorld(t).visitor(t)
	v.prescribed()
	page := v.get(http.StatusOK, v.w.clinician.url+toolPath)
	for reason, want := range map[string]bool{prescription.ReasonPatientAsked: true, prescription.ReasonOther: true, prescription.ReasonDeceased: false} {
		assert.Equal(t, want, strings.Contains(page, `<option value="`+reason+`">`), reason)
	}
}

func TestSameClickTwice(t *testing.T) {
	w := openWorld(t)
	v := w.visitor(t)
	form := v.form()
	first := v.send(w.clinician.url+toolPath, form)
	second := v.send(w.clinician.url+toolPath, form)
	assert.Equal(t, first.URL.Path, second.URL.Path)
	says(t, first.Body, "nb", "sent-now", "Solveig Eksempel")
	says(t, first.Body, "nb", "state-delivered")
	form.Set("patient", w.clinician.people[1].id)
	says(t, v.post(http.StatusConflict, w.clinician.url+toolPath, form), "nb", "key-reused")
}

// A patient gets a tool twice only with a reason.
func TestSameToolOnceMore(t *testing.T) {
	w := openWorld(t)
	v := w.visitor(t)
	v.prescribed()
	page := v.get(http.StatusOK, w.clinician.url+toolPath)
	says(t, page, "nb", "has-already", "Solveig Eksempel")
	assert.Contains(t, page, `name="second" required`)
	form := v.form()
	page = v.post(http.StatusConflict, w.clinician.url+toolPath, form)
	says(t, page, "nb", "already-active")
	assert.Contains(t, page, `<a href="#second-`+unitID+`">`)
	form.Set("second", prescription.ReasonOther)
	says(t, v.post(http.StatusOK, w.clinician.url+toolPath, form), "nb", "sent-now", "Solveig Eksempel")
}

// A tool for certain ages is not prescribed to somebody whose age nobody knows.
func TestTheAgeMustBeKnown(t *testing.T) {
	c := openWorld(t).clinician
	r := c.request(order{by: colleagues[0].Actor, key: newKey(), tool: "lysglimt", unit: c.firstUnit("lysglimt"), patient: c.people[0], acknowledged: true})
	r.Age = nil
	_, err := c.service.Prescribe(t.Context(), c.store, r)
	var refused *prescription.RequestError
	require.ErrorAs(t, err, &refused)
	assert.Equal(t, "Age", refused.Faults[0].Field)
}

// The form goes to whom it was shown for, though another record was opened meanwhile in another tab.
func TestTheFormKeepsItsPatient(t *testing.T) {
	w := openWorld(t)
	v := w.visitor(t)
	form := v.form()
	v.post(http.StatusOK, w.clinician.url+"/who", url.Values{"patient": {w.clinician.people[1].id}, "back": {"/search"}})
	form.Del("acknowledged")
	says(t, v.post(http.StatusBadRequest, w.clinician.url+toolPath, form), "nb", "send-to", "Solveig Eksempel")
	form.Set("acknowledged", "yes")
	page := v.send(w.clinician.url+toolPath, form)
	p := v.stored(prescription.ID(page.URL.Path[len("/prescriptions/"):]))
	assert.Equal(t, w.clinician.people[0].id, p.Patient.Pseudonym)
}

// What waits while the portal is away is handed over when it is back, and the page says so meanwhile.
func TestDeliveryWaitsForThePortal(t *testing.T) {
	w := openWorld(t)
	v := w.visitor(t)
	address := w.clinician.portal.url
	w.clinician.portal.url = "http://127.0.0.1:1"
	page := v.post(http.StatusOK, w.clinician.url+toolPath, v.form())
	says(t, page, "nb", "sent-waits")
	says(t, page, "nb", "state-sent")
	w.clinician.portal.url = address
	w.clock.advance(time.Minute)
	n, err := w.clinician.handOver(t.Context())
	require.NoError(t, err)
	assert.Equal(t, 1, n)
	all, err := w.clinician.caseload(t.Context(), colleagues[0].ID)
	require.NoError(t, err)
	require.Len(t, all, 1)
	assert.Equal(t, prescription.Delivered, v.state(all[0].ID))
}
