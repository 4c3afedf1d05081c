package main

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
)

// nobody is a visitor whom nobody knows yet.
func nobody(t *testing.T) *deskVisitor {
	v := visit(t)
	v.browser = v.newBrowser()
	return v
}

// Nothing of either side is for who has not signed in; who does comes back to the page that was asked for.
func TestDeskAsksWhoYouAre(t *testing.T) {
	v := nobody(t)
	page, code := v.get("/")
	require.Equal(t, http.StatusOK, code)
	assert.Contains(t, page, deskTexts["you-are-nobody"].In("nb"))
	assert.NotContains(t, page, `action="/vendor"`)
	for _, o := range officials() {
		assert.Contains(t, page, `value="`+o.ID+`"`)
	}
	tried := 0
	for side, patterns := range map[string]map[string]http.HandlerFunc{vendorSide: (deskSite{}).vendorRoutes(), panelSide: (deskSite{}).panelRoutes()} {
		for pattern := range patterns {
			method, path, _ := strings.Cut(strings.NewReplacer("{id}", "case-1", "{section}", "facts").Replace(pattern), " ")
			page, next := "", path
			if method == http.MethodGet {
				page, code = v.get(path)
			} else {
				page, code = v.post(path)
				next = map[bool]string{true: "/" + side + "/case-1", false: "/"}[strings.Contains(pattern, "{id}")]
			}
			tried++
			assert.Equal(t, http.StatusOK, code, pattern)
			assert.Contains(t, page, "<h1>"+deskTexts["who"].In("nb")+"</h1>", pattern)
			assert.Contains(t, page, `name="next" value="`+next+`"`, pattern)
		}
	}
	assert.Greater(t, tried, 12)
	assert.Equal(t, approval.CaseDecided, v.desk.files[0].life.State)
	page = v.must("/who", "person", psychology.ID, "next", "/panel/case-1")
	assert.Contains(t, page, "<h1>Tryggere steg</h1>")
	page = v.must("/who", "do", "log-out")
	assert.Contains(t, page, deskTexts["you-are-nobody"].In("nb"))
}

// Who answers for a tool decides nothing, and who decides answers for none: each is told what to do instead.
func TestDeskKeepsTheSidesApart(t *testing.T) {
	v := visit(t)
	f := v.inReview()
	for _, c := range []struct {
		who  official
		side string
		own  string
		all  map[string]http.HandlerFunc
	}{
		{vendorPerson, panelSide, "/", (deskSite{}).panelRoutes()},
		{secretary, vendorSide, "/panel", (deskSite{}).vendorRoutes()},
		{psychology, vendorSide, "/panel", (deskSite{}).vendorRoutes()},
	} {
		v.as(c.who)
		require.NotEmpty(t, c.all)
		for pattern := range c.all {
			method, path, _ := strings.Cut(strings.NewReplacer("{id}", f.id, "{section}", "facts").Replace(pattern), " ")
			before, votes := f.life, len(f.votes)
			for _, lang := range languages {
				page, code := "", 0
				if method == http.MethodGet {
					page, code = v.get(path + "?lang=" + string(lang))
				} else {
					page, code = v.post(path+"?lang="+string(lang), "person", psychology.ID, "outcome", "rejected", "rationale", "Fordi.", "event", "withdraw", "reason", "safety", "sure", "yes", "version", "2", "what", "good")
				}
				assert.Equal(t, http.StatusForbidden, code, "%s for %s", pattern, c.who.Name)
				assert.Contains(t, page, deskTexts["only-"+c.side].In(lang))
				assert.Contains(t, page, c.who.Name, "who is signed in is said")
				assert.Contains(t, page, `<a href="`+c.own+`">`, "there is a way back")
				assert.Contains(t, page, `action="/who"`, "and a way on")
			}
			assert.Equal(t, before, f.life)
			assert.Len(t, f.votes, votes)
		}
	}
	assert.Len(t, v.desk.files, 2)
}

// A draft is the vendor's alone, in every form.
func TestDeskShowsNoDraftToOthers(t *testing.T) {
	v := visit(t)
	v.must("/vendor", "what", "good")
	for who, want := range map[official]int{vendorPerson: http.StatusOK, psychology: http.StatusNotFound} {
		v.as(who)
		for _, path := range []string{"/cases/case-2/report", "/cases/case-2/report/json", "/cases/case-2/declaration"} {
			page, code := v.get(path)
			assert.Equal(t, want, code, "%s for %s", path, who.Name)
			assert.Equal(t, want == http.StatusNotFound, strings.Contains(page, deskTexts["not-submitted"].In("nb")), path)
		}
	}
}

// Sent back to the vendor, a case shows the panel what was submitted, and not what the vendor writes now.
func TestDeskShowsOthersWhatWasSubmitted(t *testing.T) {
	v := visit(t)
	f := v.inReview()
	page, code := v.event(f.id, "return", "missing", "UU-05")
	require.Equal(t, http.StatusOK, code, page)
	v.as(vendorPerson)
	v.must("/vendor/case-2/about", v.written(f, "about", "/signedBy/name", "Nora Nyttnavn")...)
	for who, sees := range map[official]bool{vendorPerson: true, psychology: false} {
		v.as(who)
		page, code := v.get("/cases/case-2/declaration")
		require.Equal(t, http.StatusOK, code)
		assert.Equal(t, sees, strings.Contains(page, "Nora Nyttnavn"), who.Name)
		assert.Equal(t, !sees, strings.Contains(page, `id="signature"`), "the signature is of what was submitted")
	}
}

// The script of the form says that nothing is saved; it is given no page.
func TestDeskTellsTheScriptWhoIsNotSignedIn(t *testing.T) {
	v := nobody(t)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, v.deskURL+"/vendor/case-1/facts", nil)
	require.NoError(t, err)
	r.Header.Set("X-Desk-Live", "1")
	response, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	response.Body.Close()
	assert.Equal(t, http.StatusForbidden, response.StatusCode)
}

// After signing in somebody is at the desk and on their own side, whatever the address said.
func TestDeskLoginLeadsNowhereElse(t *testing.T) {
	panel := map[string]string{"/panel/case-2": "/panel/case-2", "": "/panel", "//evil.example": "/panel", "/panel//evil": "/panel", "https://evil.example/panel/x": "/panel",
		"/panel/../x": "/panel", "/panel/": "/panel", "/vendor/case-2": "/panel", "/panel/a/b/c": "/panel"}
	require.NotEmpty(t, panel)
	for next, want := range panel {
		assert.Equal(t, want, placeOf(next, psychology), next)
	}
	for next, want := range map[string]string{"/vendor/case-2": "/vendor/case-2", "/vendor/case-2/group-ai": "/vendor/case-2/group-ai", "/panel/case-2": "/", "//evil.example": "/", "": "/"} {
		assert.Equal(t, want, placeOf(next, vendorPerson), next)
	}
}

// What happens to a case is by who is signed in, whatever a form says.
func TestDeskTakesWhoActsFromTheSession(t *testing.T) {
	v := visit(t)
	f := v.inReview()
	v.as(psychology)
	v.must("/panel/"+f.id+"/vote", "person", medicine.ID, "member", medicine.ID, "by", medicine.ID, "outcome", "rejected", "rationale", "Fordi.")
	require.Len(t, f.votes, 1)
	assert.Equal(t, psychology.ID, f.votes[0].Member)
	entries, err := v.desk.ledger.Entries(t.Context(), f.id)
	require.NoError(t, err)
	assert.Equal(t, []string{vendorPerson.ID, secretary.ID}, []string{entries[0].By.ID, entries[1].By.ID})
	assert.Equal(t, []string{vendorPerson.ID}, f.life.VendorPeople)
}
