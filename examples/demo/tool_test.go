package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/launch/launchtest"
	"github.com/verktoykatalog/verktoy/prescription"
)

// inTool sends the demo's tool and starts it.
func inTool(t *testing.T) (*visitor, prescription.Prescription, string) {
	t.Helper()
	v := openWorld(t).visitor(t)
	p, _ := v.prescribed()
	v.logIn(0)
	landed := v.enter(p.ID, 0, 0)
	require.Equal(t, http.StatusOK, landed.Status, shown(landed.Body))
	return v, p, landed.Body
}

// The tool says who sent it and for whom it is, and all that it keeps; it does not know the name.
func TestExerciseSaysWhoAndWhy(t *testing.T) {
	v, p, page := inTool(t)
	says(t, page, "nb", "here-yourself")
	says(t, page, "nb", "sent-you", colleagues[0].name)
	says(t, page, "nb", "kept-note-no")
	assert.Contains(t, page, v.w.login.Subject(toolClient, v.w.portal.people[0].id))
	assert.NotContains(t, page, "Solveig")
	assert.NotContains(t, page, v.w.portal.people[0].id)
	assert.Equal(t, prescription.Started, v.state(p.ID))
	who, err := v.whoami(t.Context(), v.w.tool.url)
	require.NoError(t, err)
	assert.Equal(t, "authenticated", who.Assurance)
	assert.Equal(t, "self", who.Acting)
}

func TestDone(t *testing.T) {
	v, p, _ := inTool(t)
	page := v.post(http.StatusOK, v.w.tool.url+"/", url.Values{"do": {"done"}, "note": {"en hemmelighet"}})
	says(t, page, "nb", "thanks-seen", colleagues[0].name)
	assert.NotContains(t, page, "en hemmelighet")
	for _, kept := range v.w.tool.sessions {
		assert.Empty(t, kept.note)
	}
	assert.Equal(t, prescription.Completed, v.state(p.ID))
	says(t, v.press(http.StatusOK, "done"), "nb", "thanks")
	assert.Equal(t, prescription.Completed, v.state(p.ID))
	says(t, v.get(http.StatusOK, v.w.taskPath(p.ID)), "nb", "start-done")
	audit, err := v.w.clinician.store.Audit(t.Context(), p.ID)
	require.NoError(t, err)
	for _, entry := range audit {
		assert.NotContains(t, entry.Reason+entry.Detail, "hemmelighet")
	}
}

// What was written is there after a pause, and gone after logging out.
// A refusal speaks the language that was chosen, whatever the browser wishes for.
func TestRefusalsSpeakTheChosenLanguage(t *testing.T) {
	w := openWorld(t)
	v := w.visitor(t)
	for lang, want := range map[string]string{"nb": "Vi fikk ikke startet", "nn": "Vi fekk ikkje starta", "en": "We could not start"} {
		v.get(http.StatusOK, w.clinician.url+"/?lang="+lang)
		for _, path := range []string{"/launch", callbackPath} {
			page := v.send(w.tool.url+path, url.Values{"token": {"none"}})
			assert.Contains(t, shown(page.Body), want, path)
		}
	}
}

func TestPauseAndLeave(t *testing.T) {
	v, p, _ := inTool(t)
	page := v.post(http.StatusOK, v.w.tool.url+"/", url.Values{"do": {"pause"}, "note": {"en <tur>"}})
	says(t, page, "nb", "tool-paused")
	says(t, page, "nb", "kept-note-yes")
	assert.Equal(t, prescription.Paused, v.state(p.ID))
	says(t, v.get(http.StatusOK, v.w.taskPath(p.ID)), "nb", "task-paused")
	page = v.press(http.StatusOK, "resume")
	assert.Contains(t, page, "en &lt;tur&gt;</textarea>")
	assert.Equal(t, prescription.Started, v.state(p.ID))

	before := v.w.login.Count(launchtest.EndpointRevoke)
	says(t, v.press(http.StatusOK, "leave"), "nb", "goodbye-text")
	assert.Equal(t, before+1, v.w.login.Count(launchtest.EndpointRevoke), "the tokens at Helsenorge have ended")
	says(t, v.get(http.StatusUnauthorized, v.w.tool.url+"/"), "nb", "no-launch")
	landed := v.enter(p.ID, 0, 0)
	assert.NotContains(t, landed.Body, "tur&gt;")
	assert.Equal(t, prescription.Started, v.state(p.ID), "coming back is no second start")
}

// Helsenorge's rule: half an hour without doing anything ends the session.
func TestSessionGone(t *testing.T) {
	v, p, _ := inTool(t)
	v.w.clock.advance(29 * time.Minute)
	v.get(http.StatusOK, v.w.tool.url+"/")
	v.w.clock.advance(29 * time.Minute)
	v.get(http.StatusOK, v.w.tool.url+"/")
	v.w.clock.advance(30 * time.Minute)
	page := v.press(http.StatusUnauthorized, "done")
	says(t, page, "nb", "session-gone")
	assert.Contains(t, page, `href="`+v.w.portal.url+`/mine"`)
	assert.Equal(t, prescription.Started, v.state(p.ID))
	_, err := v.whoami(t.Context(), v.w.tool.url)
	assert.ErrorContains(t, err, "answered 401")
	says(t, v.enter(p.ID, 0, 0).Body, "nb", "exercise")
}

// Who logs in for a task that is somebody else's gets no session, and nothing is reported.
func TestSomebodyElsesTask(t *testing.T) {
	w := openWorld(t)
	v := w.visitor(t)
	p, _ := v.prescribed()
	v.logIn(0)
	page := v.enter(p.ID, 1, 1)
	assert.Equal(t, http.StatusForbidden, page.Status)
	says(t, page.Body, "nb", "not-your-task")
	v.get(http.StatusUnauthorized, w.tool.url+"/")
	assert.Equal(t, 1, w.login.Count(launchtest.EndpointRevoke), "what the login gave has ended")
	assert.NotEqual(t, prescription.Started, v.state(p.ID))
}

// Another person in the same browser ends the session of the one before.
func TestAnotherPersonInTheBrowser(t *testing.T) {
	v, _, _ := inTool(t)
	before := v.Cookies(v.w.tool.url + "/")[sessionCookie]
	require.NotEmpty(t, before)
	v.post(http.StatusOK, v.w.clinician.url+"/who", url.Values{"patient": {v.w.clinician.people[1].id}, "back": {"/search"}})
	p, _ := v.prescribed()
	v.logIn(1)
	v.enter(p.ID, 1, 1)
	v.w.tool.mu.Lock()
	defer v.w.tool.mu.Unlock()
	assert.Len(t, v.w.tool.sessions, 1)
	assert.NotContains(t, v.w.tool.sessions, before)
}

// Who opens a tool that knows nobody is told which it is, in their own language, and what it is.
func TestAnOpenToolSaysWhichItIs(t *testing.T) {
	w := openWorld(t)
	v := w.visitor(t)
	for _, id := range []catalogue.ToolID{"kveldsro", "hundre-blikk"} {
		tool, found := w.catalogue.Get(id)
		require.True(t, found, id)
		for _, lang := range languages {
			page := v.get(http.StatusOK, w.tool.url+"/open/"+string(id)+"?lang="+string(lang))
			assert.Contains(t, shown(between(page, "<title>", "</title>")), tool.Name.In(lang))
			assert.Equal(t, tool.Name.In(lang), shown(between(page, "<h1>", "</h1>")))
			assert.Contains(t, shown(page), tool.Summary.In(lang))
			assert.Contains(t, shown(page), tool.AcuteNotice.In(lang))
			says(t, page, lang, "exercise-text")
			says(t, page, lang, "open-text")
			assert.Contains(t, page, `<a class="button" href="`+w.portal.url+`/mine">`)
		}
	}
}

// A report that finds nobody waits, says so, and arrives later.
func TestReportsAreNotLost(t *testing.T) {
	v, p, _ := inTool(t)
	address := v.w.portal.clinician.url
	v.w.portal.clinician.url = "http://127.0.0.1:1"
	says(t, v.press(http.StatusOK, "done"), "nb", "thanks-soon")
	assert.Equal(t, prescription.Started, v.state(p.ID))
	v.w.portal.clinician.url = address
	v.w.clock.advance(time.Minute)
	v.w.tool.deliver(t.Context())
	assert.Equal(t, prescription.Completed, v.state(p.ID))
	says(t, v.get(http.StatusOK, v.w.tool.url+"/"), "nb", "thanks-seen", colleagues[0].name)
}

// What the clinician has ended meanwhile is not finished: the citizen is told.
func TestDoneTooLate(t *testing.T) {
	v, p, _ := inTool(t)
	for range 2 {
		v.do(http.StatusOK, p, "cancel", "reason", prescription.ReasonOther)
	}
	says(t, v.get(http.StatusOK, v.w.tool.url+"/"), "nb", "tool-ended")
	says(t, v.press(http.StatusOK, "done"), "nb", "thanks-late")
	assert.Equal(t, prescription.Cancelled, v.state(p.ID))
}

func TestWrongInputInTheTool(t *testing.T) {
	v, p, _ := inTool(t)
	cases := map[string]struct {
		form   url.Values
		status int
		key    string
	}{
		"no button":        {url.Values{"note": {"x"}}, 400, "choose-button"},
		"another button":   {url.Values{"do": {"dance"}}, 400, "choose-button"},
		"a note too long":  {url.Values{"do": {"done"}, "note": {strings.Repeat("a", maxNote+1)}}, 400, "note-too-long"},
		"a book":           {url.Values{"do": {"done"}, "note": {strings.Repeat("a", 3*maxNote)}}, 400, "note-too-long"},
		"go on, not asked": {url.Values{"do": {"resume"}}, 200, "exercise"},
		"end, not asked":   {url.Values{"do": {"end"}}, 200, "exercise"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			says(t, v.post(c.status, v.w.tool.url+"/", c.form), "nb", c.key)
		})
	}
	assert.Equal(t, prescription.Started, v.state(p.ID))
}

// The portal is away when somebody comes: there is a way on, and no half session.
func TestThePortalIsSilent(t *testing.T) {
	w := openWorld(t)
	v := w.visitor(t)
	p, _ := v.prescribed()
	v.logIn(0)
	address := w.tool.portal.url
	w.tool.portal.url = "http://127.0.0.1:1"
	page := v.enter(p.ID, 0, 0)
	assert.Equal(t, http.StatusBadGateway, page.Status)
	says(t, page.Body, "nb", "portal-silent")
	w.tool.portal.url = address
	v.get(http.StatusUnauthorized, w.tool.url+"/")
	assert.Equal(t, http.StatusOK, v.enter(p.ID, 0, 0).Status)
}
