package main

import (
	"html"
	"log/slog"
	"net/http"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/launch/launchtest"
	"github.com/verktoykatalog/verktoy/prescription"
)

func openWorld(t *testing.T) *world {
	t.Helper()
	w, err := newWorld(t.Context(), options{addr: "127.0.0.1:0", db: filepath.Join(t.TempDir(), "demo.db"), log: slog.New(slog.DiscardHandler)})
	require.NoError(t, err)
	t.Cleanup(w.close)
	_, err = w.desk.approve(t.Context())
	require.NoError(t, err)
	return w
}

// visitor is a person with a browser.
type visitor struct {
	t *testing.T
	*browser
	w *world
}

func (w *world) visitor(t *testing.T) *visitor { return &visitor{t, w.newBrowser(), w} }

// get opens a page and wants this status.
func (v *visitor) get(want int, address string) string {
	v.t.Helper()
	page, err := v.Type(v.t.Context(), address)
	require.NoError(v.t, err)
	require.Equal(v.t, want, page.Status, address)
	return page.Body
}

// post sends a form from the page it stands on, follows redirects and wants this status.
func (v *visitor) post(want int, address string, fields url.Values) string {
	v.t.Helper()
	page := v.send(address, fields)
	require.Equal(v.t, want, page.Status, "%s: %s", address, shown(page.Body))
	return page.Body
}

func (v *visitor) send(address string, fields url.Values) *launchtest.Page {
	v.t.Helper()
	page, err := v.Post(v.t.Context(), address, address, fields)
	require.NoError(v.t, err)
	return page
}

// says wants one of the demo's texts on a page.
func says(t *testing.T, page string, lang catalogue.Lang, key string, values ...any) {
	t.Helper()
	want, err := say(lang, key, values...)
	require.NoError(t, err)
	assert.Contains(t, shown(page), want, key)
}

var (
	tags   = regexp.MustCompile(`<[^>]*>`)
	blanks = regexp.MustCompile(`\s+`)
)

// shown is a page's text.
func shown(page string) string {
	return blanks.ReplaceAllString(html.UnescapeString(tags.ReplaceAllString(page, "")), " ")
}

func between(text, before, after string) string {
	_, rest, _ := strings.Cut(text, before)
	found, _, _ := strings.Cut(rest, after)
	return found
}

const (
	toolPath = "/tools/" + string(demoTool)
	unitID   = "sosial-angst-8-uker"
)

// form is a good form for the demo's tool, from its page.
func (v *visitor) form() url.Values {
	v.t.Helper()
	page := v.get(http.StatusOK, v.w.clinician.url+toolPath)
	return url.Values{"key": {between(page, `name="key" value="`, `"`)}, "unit": {unitID}, "patient": {between(page, `name="patient" value="`, `"`)}, "acknowledged": {"yes"}}
}

// prescribed sends the demo's tool, and gives the prescription and its page's address.
func (v *visitor) prescribed() (prescription.Prescription, string) {
	v.t.Helper()
	page := v.send(v.w.clinician.url+toolPath, v.form())
	require.Equal(v.t, http.StatusOK, page.Status, shown(page.Body))
	id := prescription.ID(strings.TrimPrefix(page.URL.Path, "/prescriptions/"))
	return v.stored(id), v.w.clinician.url + page.URL.Path
}

func (v *visitor) stored(id prescription.ID) prescription.Prescription {
	v.t.Helper()
	p, err := v.w.clinician.service.Get(v.t.Context(), v.w.clinician.store, id)
	require.NoError(v.t, err)
	return p
}

// state is how the prescription stands now.
func (v *visitor) state(id prescription.ID) prescription.State {
	v.t.Helper()
	return v.stored(id).StateAt(v.w.clock.now())
}

// logIn logs one of the demo's people in at the portal.
func (v *visitor) logIn(person int) string {
	v.t.Helper()
	return v.post(http.StatusOK, v.w.portal.url+"/", url.Values{"person": {v.w.portal.people[person].id}})
}

// enter starts a task and logs a person in, for that person or a child.
func (v *visitor) enter(id prescription.ID, person, patient int) *launchtest.Page {
	v.t.Helper()
	page := v.send(v.w.portal.url+"/tasks/"+string(id), url.Values{"do": {"start"}})
	tab := v.At(page)
	require.True(v.t, tab.AtHelsenorge(), "at %s: %s", page.URL.Path, shown(page.Body))
	answer, err := tab.Choose(v.t.Context(), v.w.portal.people[person].id, v.w.portal.people[patient].id)
	require.NoError(v.t, err)
	landed, err := answer.Post(v.t.Context())
	require.NoError(v.t, err)
	return landed
}

// press presses a button of the exercise.
func (v *visitor) press(want int, button string) string {
	v.t.Helper()
	return v.post(want, v.w.tool.url+"/", url.Values{"do": {button}})
}

// withdrawTool takes the demo tool out of the catalogue.
func (w *world) withdrawTool(t *testing.T) {
	t.Helper()
	require.NoError(t, w.catalogue.Update(func(x *catalogue.Index) (*catalogue.Index, error) {
		tool, _ := x.Get(demoTool)
		tool.Status = catalogue.StatusWithdrawn
		return x.With(tool)
	}))
}
