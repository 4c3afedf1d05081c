package main

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/prescription"
)

// do sends a form of a prescription's page, in the version that is there now.
func (v *visitor) do(want int, p prescription.Prescription, what string, fields ...string) string {
	v.t.Helper()
	form := url.Values{"do": {what}, "version": {fmt.Sprint(v.stored(p.ID).Version)}}
	for i := 0; i < len(fields); i += 2 {
		form.Set(fields[i], fields[i+1])
	}
	return v.post(want, v.w.clinician.url+"/prescriptions/"+string(p.ID), form)
}

// as switches to another clinician.
func (v *visitor) as(c colleague) {
	v.t.Helper()
	v.post(http.StatusOK, v.w.clinician.url+"/who", url.Values{"user": {c.ID}, "back": {"/prescriptions"}})
}

func TestExtend(t *testing.T) {
	v := openWorld(t).visitor(t)
	p, address := v.prescribed()
	later := p.Expires.In(norway).AddDate(0, 0, 14)
	page := v.do(http.StatusOK, p, "extend", "until", later.Format(time.DateOnly))
	says(t, page, "nb", "event-extend")
	assert.Contains(t, shown(page), "Ny frist "+day("nb", later), "the last day, not the one after it")
	assert.Contains(t, shown(page), "Frist"+day("nb", later)+" Følges opp av")
	says(t, page, "nb", "did-extend")
	assert.True(t, v.stored(p.ID).Expires.After(p.Expires))
	task, found := v.w.portal.task(string(p.ID))
	require.True(t, found)
	assert.Equal(t, v.stored(p.ID).Expires, task.Deadline.UTC(), "the citizen sees the new deadline")
	v.get(http.StatusOK, address)
}

func TestNote(t *testing.T) {
	v := openWorld(t).visitor(t)
	p, _ := v.prescribed()
	page := v.do(http.StatusOK, p, "note", "text", "Ringte, <b>alt vel</b>.")
	assert.Contains(t, page, "Ringte, &lt;b&gt;alt vel&lt;/b&gt;.")
	says(t, page, "nb", "event-note")
}

// Both are told of a transfer; the prescription moves with its history, and only the new one can change it.
func TestTransfer(t *testing.T) {
	w := openWorld(t)
	v := w.visitor(t)
	p, address := v.prescribed()
	page := v.do(http.StatusOK, p, "transfer", "to", colleagues[1].ID, "reason", prescription.ReasonOther)
	says(t, page, "nb", "now-followed-by", colleagues[1].name)
	says(t, page, "nb", "not-yours-look")
	says(t, page, "nb", "did-transfer")
	assert.NotContains(t, page, `name="do"`)
	page = v.get(http.StatusOK, w.clinician.url+"/prescriptions")
	says(t, page, "nb", "none-sent")
	says(t, page, "nb", "told-transfer")
	says(t, v.do(http.StatusForbidden, p, "cancel", "reason", prescription.ReasonOther), "nb", "not-yours")

	v.as(colleagues[1])
	page = v.get(http.StatusOK, w.clinician.url+"/prescriptions")
	assert.Contains(t, shown(page), "Tryggere steg")
	says(t, page, "nb", "told-transfer")
	assert.Contains(t, shown(page), "(1 ny)")
	page = v.post(http.StatusOK, w.clinician.url+"/prescriptions", nil)
	assert.NotContains(t, shown(page), "(1 ny)", "read")
	page = v.get(http.StatusOK, address)
	says(t, page, "nb", "event-prescribe")
	assert.Contains(t, page, `value="cancel"`)

	v.do(http.StatusOK, p, "extend", "until", p.Expires.AddDate(0, 0, 14).Format(time.DateOnly))
	v.logIn(0)
	page = v.get(http.StatusOK, w.taskPath(p.ID))
	says(t, page, "nb", "letter-from", colleagues[0].name)
	assert.Contains(t, shown(page), "Fra"+colleagues[1].name, "who follows up")
}

func TestCancelBeforeTheStart(t *testing.T) {
	w := openWorld(t)
	v := w.visitor(t)
	p, address := v.prescribed()
	says(t, v.get(http.StatusOK, address), "nb", "cancel-text")
	page := v.do(http.StatusOK, p, "cancel", "reason", prescription.ReasonWrongTool)
	says(t, page, "nb", "state-cancelled")
	says(t, page, "nb", "reason-wrong-tool")
	v.logIn(0)
	page = v.get(http.StatusOK, w.portal.url+"/tasks/"+string(p.ID))
	says(t, page, "nb", "start-taken-back")
}

// What has been begun ends when somebody confirms, and both sides see where it stands.
func TestCancelAfterTheStart(t *testing.T) {
	for _, how := range []string{"the citizen", "the tool", "the clinician"} {
		t.Run(how, func(t *testing.T) {
			w := openWorld(t)
			v := w.visitor(t)
			p, address := v.prescribed()
			v.logIn(0)
			v.enter(p.ID, 0, 0)
			says(t, v.get(http.StatusOK, address), "nb", "cancel-begun-text")
			page := v.do(http.StatusOK, p, "cancel", "reason", prescription.ReasonNoLongerNeeded)
			says(t, page, "nb", "waits-for-confirm")
			assert.Equal(t, prescription.CancelAsked, v.state(p.ID))
			says(t, v.get(http.StatusOK, w.portal.url+"/tasks/"+string(p.ID)), "nb", "asked-to-end")
			says(t, v.get(http.StatusOK, w.tool.url+"/"), "nb", "asked-to-end")
			switch how {
			case "the citizen":
				page = v.post(http.StatusOK, w.portal.url+"/tasks/"+string(p.ID), url.Values{"do": {"end"}})
				says(t, page, "nb", "start-taken-back")
			case "the tool":
				says(t, v.press(http.StatusOK, "end"), "nb", "tool-ended")
			case "the clinician":
				says(t, page, "nb", "cancel-now-text")
				v.do(http.StatusOK, p, "cancel", "reason", prescription.ReasonOther)
			}
			assert.Equal(t, prescription.Cancelled, v.state(p.ID))
		})
	}
}

func TestRenew(t *testing.T) {
	v := openWorld(t).visitor(t)
	p, _ := v.prescribed()
	says(t, v.do(http.StatusBadRequest, p, "renew", "key", newKey()), "nb", "not-acknowledged")
	page := v.do(http.StatusOK, p, "renew", "key", newKey(), "acknowledged", "yes")
	says(t, page, "nb", "sent-now", "Solveig Eksempel")
	old := v.stored(p.ID)
	assert.Equal(t, prescription.Cancelled, old.State)
	assert.Equal(t, prescription.ReasonRenewed, old.Reason)
	assert.Equal(t, p.ID, v.stored(old.ReplacedBy).Replaces)
	assert.Contains(t, page, `href="/prescriptions/`+string(p.ID)+`"`)
}

// Another tool takes the place of one that was sent, for the same patient, whoever's record is open.
func TestReplace(t *testing.T) {
	w := openWorld(t)
	v := w.visitor(t)
	p, _ := v.prescribed()
	v.post(http.StatusOK, w.clinician.url+"/who", url.Values{"patient": {w.clinician.people[1].id}, "back": {"/search"}})
	page := v.get(http.StatusOK, w.clinician.url+"/search?q=sove&replaces="+string(p.ID))
	says(t, page, "nb", "replacing")
	href := "/tools/sovn-steg-for-steg?q=sove&amp;replaces=" + string(p.ID)
	require.Contains(t, page, href)
	page = v.get(http.StatusOK, w.clinician.url+strings.ReplaceAll(href, "&amp;", "&"))
	says(t, page, "nb", "replaces-this")
	says(t, page, "nb", "send-to", "Solveig Eksempel")
	form := url.Values{"key": {newKey()}, "unit": {between(page, `name="unit" value="`, `"`)}, "patient": {between(page, `name="patient" value="`, `"`)},
		"replaces": {between(page, `name="replaces" value="`, `"`)}, "version": {between(page, `name="version" value="`, `"`)}, "acknowledged": {"yes"}}
	page = v.post(http.StatusOK, w.clinician.url+"/tools/sovn-steg-for-steg", form)
	says(t, page, "nb", "sent-now", "Solveig Eksempel")
	assert.Equal(t, prescription.ReasonReplaced, v.stored(p.ID).Reason)
	form.Set("key", newKey())
	form.Set("patient", w.clinician.people[1].id)
	form.Set("version", fmt.Sprint(v.stored(p.ID).Version))
	says(t, v.post(http.StatusConflict, w.clinician.url+"/tools/sovn-steg-for-steg", form), "nb", "other-patient")
}

// Wrong input on purpose: it says what to mend, keeps what was written, and changes nothing.
func TestRefusalsOfFollowUp(t *testing.T) {
	w := openWorld(t)
	v := w.visitor(t)
	p, address := v.prescribed()
	cases := map[string]struct {
		form   url.Values
		status int
		key    string
		field  string
	}{
		"nothing to do":         {url.Values{"do": {"dance"}}, 400, "open-again", ""},
		"no version":            {url.Values{"do": {"cancel"}, "version": {"x"}}, 400, "open-again", ""},
		"an old version":        {url.Values{"do": {"cancel"}, "version": {"1"}, "reason": {prescription.ReasonOther}}, 409, "changed-since", ""},
		"cancel without reason": {url.Values{"do": {"cancel"}}, 400, "no-reason", "reason"},
		"cancel for fun":        {url.Values{"do": {"cancel"}, "reason": {"fun"}}, 400, "no-reason", "reason"},
		"extend to no day":      {url.Values{"do": {"extend"}, "until": {"2026-02-30"}}, 400, "bad-until", "until"},
		"extend to yesterday":   {url.Values{"do": {"extend"}, "until": {"2026-10-31"}}, 400, "bad-until", "until"},
		"extend to before":      {url.Values{"do": {"extend"}, "until": {"2026-11-20"}}, 409, "not-longer", "until"},
		"extend for ever":       {url.Values{"do": {"extend"}, "until": {"2099-01-01"}}, 400, "bad-until", "until"},
		"transfer to nobody":    {url.Values{"do": {"transfer"}, "to": {"nobody"}, "reason": {"other"}}, 400, "no-colleague", "to"},
		"transfer to oneself":   {url.Values{"do": {"transfer"}, "to": {colleagues[0].ID}, "reason": {"other"}}, 400, "no-colleague", "to"},
		"an empty note":         {url.Values{"do": {"note"}, "text": {""}}, 400, "bad-note", "text"},
		"a note too long":       {url.Values{"do": {"note"}, "text": {strings.Repeat("a", 2001)}}, 400, "bad-note", "text"},
		"an identity number":    {url.Values{"do": {"note"}, "text": {"fnr " + w.clinician.people[0].nationalID.Reveal("try whether a note takes it")}}, 400, "bad-note", "text"},
	}
	before := v.stored(p.ID)
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if !c.form.Has("version") {
				c.form.Set("version", fmt.Sprint(before.Version))
			}
			page := v.post(c.status, address, c.form)
			says(t, page, "nb", c.key)
			if c.field != "" {
				assert.Contains(t, page, `<a href="#`+c.field+`">`)
				assert.Contains(t, between(page, `value="`+c.form.Get("do")+`"`, "</form>"), `id="`+c.field+`"`)
			}
		})
	}
	assert.Equal(t, before, v.stored(p.ID))
}

// Nothing can be done any more with what has ended, but to send it again.
func TestEndedPrescription(t *testing.T) {
	v := openWorld(t).visitor(t)
	p, address := v.prescribed()
	v.do(http.StatusOK, p, "cancel", "reason", prescription.ReasonOther)
	page := v.get(http.StatusOK, address)
	for _, gone := range []string{`value="extend"`, `value="transfer"`, `value="cancel"`} {
		assert.NotContains(t, page, gone)
	}
	says(t, page, "nb", "renew-ended")
	says(t, v.do(http.StatusConflict, p, "extend", "until", "2027-03-01"), "nb", "has-ended")
	says(t, v.do(http.StatusOK, p, "renew", "key", newKey(), "acknowledged", "yes"), "nb", "sent-now", "Solveig Eksempel")
}
