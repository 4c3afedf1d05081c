package main

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/prescription"
)

func (w *world) taskPath(id prescription.ID) string { return w.portal.url + "/tasks/" + string(id) }

func TestLogInAndOut(t *testing.T) {
	w := openWorld(t)
	v := w.visitor(t)
	page := v.get(http.StatusOK, w.portal.url+"/")
	says(t, page, "nb", "log-in-as", "Solveig Eksempel")
	assert.NotContains(t, page, "Nora", "a small child does not log in")
	for _, person := range []string{"", "nobody", w.portal.people[child].id} {
		says(t, v.post(http.StatusBadRequest, w.portal.url+"/", url.Values{"person": {person}}), "nb", "no-such-person")
	}
	says(t, v.logIn(0), "nb", "hello", "Solveig Eksempel")
	v.post(http.StatusOK, w.portal.url+"/", url.Values{"do": {"log-out"}})
	says(t, v.get(http.StatusUnauthorized, w.portal.url+"/mine"), "nb", "not-logged-in")
}

// The clinician's letter is there in the citizen's language, and looking at it is told.
func TestOpeningATask(t *testing.T) {
	w := openWorld(t)
	v := w.visitor(t)
	p, _ := v.prescribed()
	page := v.logIn(0)
	says(t, page, "nb", "task-delivered")
	says(t, page, "nb", "sent-by", colleagues[0].name)
	assert.Equal(t, prescription.Delivered, v.state(p.ID), "the list is not the task")
	page = v.get(http.StatusOK, w.taskPath(p.ID)+"?lang=en")
	assert.Contains(t, page, `<blockquote lang="nb">`+p.Text)
	says(t, page, "en", "task-opened")
	says(t, page, "en", "start-login")
	assert.Equal(t, prescription.Opened, v.state(p.ID))
	page = v.get(http.StatusOK, w.taskPath(p.ID))
	assert.Contains(t, page, "113")
}

// The login speaks the language that was chosen at the portal, whatever the browser wishes for.
func TestTheLoginSpeaksTheChosenLanguage(t *testing.T) {
	w := openWorld(t)
	v := w.visitor(t)
	p, _ := v.prescribed()
	v.logIn(0)
	for _, lang := range []string{"nn", "en", "nb"} {
		v.get(http.StatusOK, w.taskPath(p.ID)+"?lang="+lang)
		page := v.send(w.taskPath(p.ID), url.Values{"do": {"start"}})
		require.True(t, v.At(page).AtHelsenorge())
		assert.Contains(t, page.Body, `<html lang="`+lang+`">`)
	}
}

func TestDecline(t *testing.T) {
	w := openWorld(t)
	v := w.visitor(t)
	p, address := v.prescribed()
	v.logIn(0)
	page := v.post(http.StatusOK, w.taskPath(p.ID), url.Values{"do": {"decline"}})
	says(t, page, "nb", "start-declined")
	assert.Equal(t, prescription.Declined, v.state(p.ID))
	says(t, v.get(http.StatusOK, address), "nb", "state-declined")
	says(t, v.post(http.StatusConflict, w.taskPath(p.ID), url.Values{"do": {"start"}}), "nb", "start-declined")
}

// Whoever says no when the tool has been started elsewhere meanwhile is shown how it stands.
func TestDecliningTooLate(t *testing.T) {
	w := openWorld(t)
	v := w.visitor(t)
	p, _ := v.prescribed()
	v.logIn(0)
	v.enter(p.ID, 0, 0)
	says(t, v.post(http.StatusConflict, w.taskPath(p.ID), url.Values{"do": {"decline"}}), "nb", "too-late")
	assert.Equal(t, prescription.Started, v.state(p.ID))
}

// A parent sees a child's tasks and starts them; nobody else does.
func TestForAChild(t *testing.T) {
	w := openWorld(t)
	v := w.visitor(t)
	nora := w.portal.people[child]
	v.post(http.StatusOK, w.clinician.url+"/who", url.Values{"patient": {nora.id}, "back": {"/search"}})
	tool := w.clinician.url + "/tools/sjefen-over-tvangen"
	page := v.get(http.StatusOK, tool)
	form := url.Values{"key": {newKey()}, "unit": {between(page, `name="unit" value="`, `"`)}, "patient": {nora.id}, "acknowledged": {"yes"}}
	sent := v.send(tool, form)
	require.Equal(t, http.StatusOK, sent.Status, shown(sent.Body))
	id := prescription.ID(strings.TrimPrefix(sent.URL.Path, "/prescriptions/"))

	page = v.logIn(0)
	assert.NotContains(t, shown(page), "Sjefen over tvangen", "it is not the mother's own")
	assert.Contains(t, shown(page), "Nora Eksempel, 10 år (1 ny)")
	page = v.get(http.StatusOK, w.portal.url+"/mine?for="+nora.id)
	says(t, page, "nb", "childs-tools", "Nora Eksempel")
	assert.Contains(t, shown(page), "Sjefen over tvangen")
	says(t, v.get(http.StatusOK, w.taskPath(id)), "nb", "for-child", "Nora Eksempel")
	landed := v.enter(id, 0, child)
	says(t, landed.Body, "nb", "here-for-child")
	says(t, v.press(http.StatusOK, "done"), "nb", "thanks")
	assert.Equal(t, prescription.Completed, v.state(id))

	other := w.visitor(t)
	other.logIn(1)
	says(t, other.get(http.StatusForbidden, w.portal.url+"/mine?for="+nora.id), "nb", "start-not-yours")
	says(t, other.get(http.StatusNotFound, w.taskPath(id)), "nb", "start-not-yours")
	says(t, other.post(http.StatusNotFound, w.taskPath(id), url.Values{"do": {"start"}}), "nb", "start-not-yours")
	says(t, other.post(http.StatusForbidden, w.portal.url+"/mine?for="+nora.id, url.Values{"tool": {"vulkanklubben"}}), "nb", "start-not-yours")
}

// Tools to start alone suit the person's age and need no clinician.
func TestToolsToStartAlone(t *testing.T) {
	w := openWorld(t)
	v := w.visitor(t)
	v.logIn(0)
	mine := v.get(http.StatusOK, w.portal.url+"/mine?all=1")
	assert.Contains(t, mine, `value="arbeidsbroen"`)
	assert.Contains(t, mine, `value="kveldsro"`)
	for _, not := range []string{"vulkanklubben", "sovn-steg-for-steg", "eksamensro", "ett-spor-om-gangen"} {
		assert.NotContains(t, mine, `value="`+not+`"`, not)
	}
	for whose, want := range map[string]bool{w.portal.people[child].id: true} {
		childs := v.get(http.StatusOK, w.portal.url+"/mine?all=1&for="+whose)
		assert.Equal(t, want, strings.Contains(childs, `value="vulkanklubben"`))
		assert.NotContains(t, childs, `value="arbeidsbroen"`)
	}
	cases := map[string]struct{ tool, whose, key string }{
		"a clinician must send it": {"sovn-steg-for-steg", "", "start-needs-clinician"},
		"paused":                   {"ett-spor-om-gangen", "", "start-paused"},
		"withdrawn":                {"eksamensro", "", "start-withdrawn"},
		"unknown":                  {"no-such-tool", "", "start-no-tool"},
		"nothing":                  {"", "", "start-no-tool"},
		"not for a child":          {"arbeidsbroen", w.portal.people[child].id, "start-not-on-behalf"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			says(t, v.post(http.StatusConflict, w.portal.url+"/mine?for="+c.whose, url.Values{"tool": {c.tool}}), "nb", c.key)
		})
	}
	first := v.send(w.portal.url+"/mine", url.Values{"tool": {"arbeidsbroen"}})
	second := v.send(w.portal.url+"/mine", url.Values{"tool": {"arbeidsbroen"}})
	assert.Equal(t, first.URL.Path, second.URL.Path, "a second click adds nothing")
}

// What the list offers for a child can be taken up and started.
func TestAllThatIsOfferedForAChild(t *testing.T) {
	w := openWorld(t)
	v := w.visitor(t)
	v.logIn(0)
	list := w.portal.url + "/mine?all=1&for=" + w.portal.people[child].id
	offered := regexp.MustCompile(`name="tool" value="([^"]+)"`).FindAllStringSubmatch(v.get(http.StatusOK, list), -1)
	require.NotEmpty(t, offered)
	for _, tool := range offered {
		assert.NotEqual(t, "forste-aret", tool[1], "for pregnant women")
		page := v.send(list, url.Values{"tool": {tool[1]}})
		require.Equal(t, http.StatusOK, page.Status, tool[1])
		assert.Contains(t, page.Body, `value="start"`, tool[1])
	}
}

// What somebody has chosen on their own they can take off the list.
func TestRemove(t *testing.T) {
	w := openWorld(t)
	v := w.visitor(t)
	sent, _ := v.prescribed()
	v.logIn(0)
	chosen := v.send(w.portal.url+"/mine", url.Values{"tool": {"kveldsro"}})
	address := w.portal.url + chosen.URL.Path
	v.post(http.StatusOK, address, url.Values{"do": {"start"}})
	says(t, v.get(http.StatusOK, address), "nb", "task-started")
	assert.NotContains(t, v.post(http.StatusOK, address, url.Values{"do": {"remove"}}), chosen.URL.Path)
	says(t, v.get(http.StatusNotFound, address), "nb", "start-not-yours")
	says(t, v.post(http.StatusBadRequest, w.taskPath(sent.ID), url.Values{"do": {"remove"}}), "nb", "choose-button")
	v.get(http.StatusOK, w.taskPath(sent.ID))
}

// Each tool is opened in its own way.
func TestWaysToStart(t *testing.T) {
	w := openWorld(t)
	v := w.visitor(t)
	v.logIn(0)
	cases := map[string]struct {
		by  string
		has string
	}{
		"a login":          {catalogue.ProfileHelsenorge, `<form id="login"`},
		"a signed message": {catalogue.ProfileHTI, `name="token"`},
		"a link":           {catalogue.ProfileLink, "Vi vet ikke hvem du er"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			tool, err := (&script{world: w}).choosable(c.by)
			require.NoError(t, err)
			task := v.send(w.portal.url+"/mine", url.Values{"tool": {string(tool)}})
			page := v.send(task.URL.String(), url.Values{"do": {"start"}})
			assert.Equal(t, http.StatusOK, page.Status)
			assert.Contains(t, page.Body, c.has)
			assert.NotContains(t, page.URL.String(), "token")
		})
	}
}

// What cannot be started says why, on the list and on the task's page.
func TestWhatCannotBeStarted(t *testing.T) {
	w := openWorld(t)
	v := w.visitor(t)
	p, _ := v.prescribed()
	v.logIn(0)
	says(t, v.post(http.StatusBadRequest, w.taskPath(p.ID), url.Values{"do": {"dance"}}), "nb", "choose-button")
	says(t, v.post(http.StatusNotFound, w.portal.url+"/tasks/none", url.Values{"do": {"start"}}), "nb", "start-not-yours")

	w.clock.advance(p.Expires.Sub(w.clock.now()) - 2*24*time.Hour)
	page := v.get(http.StatusOK, w.portal.url+"/mine")
	assert.Contains(t, shown(page), "(1 dag igjen)")
	w.clock.advance(2 * 24 * time.Hour)
	says(t, v.get(http.StatusOK, w.taskPath(p.ID)), "nb", "start-deadline")
	says(t, v.post(http.StatusConflict, w.taskPath(p.ID), url.Values{"do": {"start"}}), "nb", "start-deadline")
	assert.Contains(t, shown(v.get(http.StatusOK, w.portal.url+"/mine")), "Avsluttet Tryggere steg Fristen gikk ut")
	assert.Equal(t, prescription.Expired, v.state(p.ID))

	p, _ = v.prescribed()
	w.withdrawTool(t)
	says(t, v.get(http.StatusOK, w.taskPath(p.ID)), "nb", "start-withdrawn")
	says(t, v.get(http.StatusOK, w.portal.url+"/mine"), "nb", "start-withdrawn")
}

// A clinician's system that is away is no reason to lose what the citizen decides: it is asked again.
func TestTheClinicianIsAway(t *testing.T) {
	w := openWorld(t)
	v := w.visitor(t)
	p, _ := v.prescribed()
	v.logIn(0)
	address := w.portal.clinician.url
	w.portal.clinician.url = "http://127.0.0.1:1"
	v.get(http.StatusOK, w.taskPath(p.ID))
	says(t, v.post(http.StatusBadGateway, w.taskPath(p.ID), url.Values{"do": {"decline"}}), "nb", "try-again")
	assert.Equal(t, prescription.Delivered, v.state(p.ID))
	w.portal.clinician.url = address
	v.post(http.StatusOK, w.taskPath(p.ID), url.Values{"do": {"decline"}})
	assert.Equal(t, prescription.Declined, v.state(p.ID))
}

// News that were on their way do not undo what has happened since.
func TestOldNews(t *testing.T) {
	w := openWorld(t)
	v := w.visitor(t)
	p, _ := v.prescribed()
	v.logIn(0)
	v.enter(p.ID, 0, 0)
	old := task{ID: string(p.ID), Tool: string(p.Tool), Unit: string(p.Unit), Deadline: p.Expires.AddDate(0, 0, 1), State: prescription.Sent,
		NationalID: w.portal.people[0].nationalID.Reveal("tell the portal old news")}
	require.NoError(t, w.clinician.portal.post(t.Context(), "/tasks", old, nil))
	got, found := w.portal.task(string(p.ID))
	require.True(t, found)
	assert.Equal(t, prescription.Started, got.State)
	assert.Equal(t, old.Deadline, got.Deadline.UTC(), "but what is new about it is taken")
}
