package main

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"regexp"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
)

// Saving a part as it is changes nothing of what was declared.
func TestDeskSavesWhatWasThere(t *testing.T) {
	v := visit(t)
	v.must("/vendor", "what", "good")
	f := v.desk.files[1]
	before := string(f.draft.json())
	m, err := v.desk.form(f, "nb")
	require.NoError(t, err)
	require.Len(t, m.Sections, 13)
	for _, s := range m.Sections {
		v.must("/vendor/"+f.id+"/"+s.Name, v.written(f, s.Name)...)
	}
	assert.JSONEq(t, before, string(f.draft.json()))
	assert.Empty(t, v.desk.problems(f))
	_, err = v.desk.entry(f)
	assert.NoError(t, err)
}

// Each mistake leads to a field that is there, and what the form has no field for can be taken away.
func TestDeskShowsTheMistakes(t *testing.T) {
	v := visit(t)
	for _, lang := range languages {
		v.must("/vendor", "what", "bad")
		f := v.desk.files[len(v.desk.files)-1]
		page, _ := v.get("/vendor/" + f.id + "?lang=" + string(lang))
		links := regexp.MustCompile(`<li><a href="(/vendor/[^"#]+)#([^"]+)">`).FindAllStringSubmatch(between(page, `id="problems"`, "</div>"), -1)
		require.Len(t, links, 10)
		for _, link := range links {
			field, code := v.get(link[1])
			assert.Equal(t, http.StatusOK, code)
			assert.Contains(t, field, `id="`+link[2]+`"`)
			assert.Contains(t, field, `href="#`+link[2]+`"`, "the summary of the part leads to it too")
			assert.Contains(t, field, `class="wrong"`)
		}
		assert.Contains(t, page, "<code>/answers/SEC-99</code>")
		v.must("/vendor/" + f.id + "/tidy")
		assert.Nil(t, f.draft.get("/answers/SEC-99"))
		assert.Nil(t, f.draft.get("/answers/UU-01/evidens"))
		assert.Len(t, v.desk.problems(f), 10)
	}
}

// A tool need not have a course: an empty one, or one that was emptied, is none.
func TestDeskTakesAToolWithoutACourse(t *testing.T) {
	v := visit(t)
	v.must("/vendor", "what", "blank", "name", "Pust ut")
	f := v.desk.files[len(v.desk.files)-1]
	form := []string{"/listing/summary/nb", "Pust litt."}
	for _, course := range [][]string{nil, {"/listing/units/0/title/nb", "Åtte uker", "/listing/units/0/days", "56"}, {"/listing/units/0/title/nb", "", "/listing/units/0/days", ""}} {
		v.must("/vendor/"+f.id+"/listing", append(form, course...)...)
		assert.Equal(t, len(course) > 0 && course[1] != "", f.listing.get("/units") != nil)
		for _, p := range f.entryProblems() {
			assert.NotContains(t, p.Pointer, "/units")
		}
	}
}

// A blank form that is submitted is asked for each answer, not for the document's members.
func TestDeskAsksForEachAnswer(t *testing.T) {
	v := visit(t)
	v.must("/vendor", "what", "blank", "name", "Pust ut")
	f := v.desk.files[len(v.desk.files)-1]
	page, _ := v.post("/vendor/"+f.id+"/submit", "version", "0", "sure", "yes")
	assert.NotContains(t, page, "<code>/answers</code>")
	assert.NotContains(t, page, "<code>/facts</code>")
}

// A document that is wrong says so beside the answers that rest on it.
func TestDeskSaysWhichDocumentIsWrong(t *testing.T) {
	v := visit(t)
	v.must("/vendor", "what", "bad")
	f := v.desk.files[len(v.desk.files)-1]
	page, _ := v.get("/vendor/" + f.id + "/group-security")
	assert.Contains(t, shown(page), "«Uavhengig inntrengingstest med baksystem» kan ikke brukes ennå. Rett det under «Dokumenter».")
}

// An empty form, filled in without script: what applies and what is possible follows what is written.
func TestDeskFollowsWhatIsWritten(t *testing.T) {
	v := visit(t)
	v.must("/vendor", "what", "blank", "name", "Pust ut & slapp av")
	f := v.desk.files[1]
	assert.Equal(t, "pust-ut-slapp-av", f.draft.text("/tool/id"))
	page, _ := v.get("/vendor/" + f.id)
	assert.NotContains(t, page, `id="problems"`, "a form that is begun is not wrong")
	assert.Contains(t, page, "0 av 51 krav")
	assert.Contains(t, page, `href="/vendor/`+f.id+`/facts#facts-guidance-0"`, "what decides most comes first")

	page = v.must("/vendor/"+f.id+"/facts", "/facts/personalData", "none", "/facts/guidance", "guided", "/facts/platforms", "web", "/facts/platforms", "backend",
		"/facts/ai", "true", "/facts/minimumAge", "atten")
	assert.Contains(t, page, "Skriv et helt tall, med sifre.")
	assert.Contains(t, page, `value="atten"`, "what was written is not lost")
	page = v.must("/vendor/"+f.id+"/facts", v.written(f, "facts", "/facts/minimumAge", "18")...)
	assert.NotContains(t, page, `id="problems"`)
	assert.InEpsilon(t, 18, f.draft.get("/facts/minimumAge"), 0)
	page, _ = v.get("/vendor/" + f.id)
	assert.Contains(t, page, "5 av 16 spørsmål")
	assert.NotContains(t, page, "Godkjent for bruk uten behandler", "it is meant for guidance")
	page, _ = v.get("/vendor/" + f.id + "/group-privacy")
	assert.NotContains(t, page, "PRIV-01", "no personal data, no such requirements")

	page = v.must("/vendor/"+f.id+"/group-ai", "/answers/AI-01/status", "not-applicable", "/answers/AI-01/reason", "no-ai")
	assert.Contains(t, page, "stemmer ikke med det dere har oppgitt")
	v.must("/vendor/"+f.id+"/group-ai", "/answers/AI-01/status", "no", "/answers/AI-01/reason", "no-ai")
	assert.Nil(t, f.draft.get("/answers/AI-01/reason"), "a reason belongs to one status only")
	page, _ = v.get("/vendor/" + f.id)
	assert.Contains(t, page, "Dette fører svarene til", "a blocker that is not met decides")

	page = v.must("/vendor/"+f.id+"/documents", "/evidence/0/kind", "report", "/evidence/0/title", "Test", "/evidence/0/issued", "2026-02-30", "then", "stay")
	assert.Contains(t, page, "Dagen må finnes i kalenderen.")
	assert.Equal(t, "doc-1", f.draft.text("/evidence/0/id"))
	v.must("/vendor/"+f.id+"/documents", "/evidence/0/remove", "true", "/evidence/0/title", "Test", "then", "stay")
	assert.Nil(t, f.draft.get("/evidence"))
}

// Of a file that is chosen the fingerprint is kept, whatever the field for it says, and not the file.
func TestDeskNotesAFile(t *testing.T) {
	v := visit(t)
	v.must("/vendor", "what", "blank", "name", "Pust ut")
	f := v.desk.files[1]
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for _, field := range [][2]string{{"/evidence/0/kind", "report"}, {"/evidence/0/issued", "2026-09-30"}, {"/evidence/0/sha256", ""}, {"then", "stay"}} {
		require.NoError(t, form.WriteField(field[0], field[1]))
	}
	file, err := form.CreateFormFile("/evidence/0/file", "test.txt")
	require.NoError(t, err)
	_, err = file.Write([]byte("All is well."))
	require.NoError(t, err)
	require.NoError(t, form.Close())
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, v.deskURL+"/vendor/"+f.id+"/documents", &body)
	require.NoError(t, err)
	r.Header.Set("Content-Type", form.FormDataContentType())
	r.AddCookie(&http.Cookie{Name: deskCookie, Value: vendorPerson.ID})
	response, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	defer response.Body.Close()
	require.Equal(t, http.StatusOK, response.StatusCode)
	page, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	assert.NotContains(t, string(page), `id="problems"`)
	assert.Equal(t, map[string]any{"id": "doc-1", "kind": "report", "title": "test.txt", "issued": "2026-09-30", "mediaType": "text/plain", "size": 12.0,
		"sha256": string(approval.DigestOf([]byte("All is well.")))}, f.draft.get("/evidence/0"))
}

// In a set that asks for it, it is kept who answered, when and to which wording; looking at an answer is no answer.
func TestDeskKeepsWhoAnswered(t *testing.T) {
	v := visit(t)
	v.must("/vendor", "what", "blank", "name", "Pust ut", "set", "baseline")
	f := v.desk.files[1]
	require.True(t, f.set.Tracked)
	v.must("/vendor/"+f.id+"/group-general", "/answers/GEN-05/status", "planned", "/answers/GEN-05/explanation", "I vår.", "/answers/GEN-05/due", "2027-03-01")
	first := f.draft.get("/answers/GEN-05/answered")
	r, _ := f.set.Requirement("GEN-05")
	assert.Equal(t, "Ragnhild Stegvold", f.draft.text("/answers/GEN-05/answered/by"))
	assert.Equal(t, string(r.Wording()), f.draft.text("/answers/GEN-05/answered/wording"))
	assert.Contains(t, f.draft.text("/answers/GEN-05/answered/at"), string(v.desk.today()))
	assert.Empty(t, v.desk.problems(f))
	v.clock.advance(time.Hour)
	v.must("/vendor/"+f.id+"/group-general", v.written(f, "group-general")...)
	assert.Equal(t, first, f.draft.get("/answers/GEN-05/answered"))
	v.must("/vendor/"+f.id+"/group-general", v.written(f, "group-general", "/answers/GEN-05/status", "no")...)
	assert.NotEqual(t, first, f.draft.get("/answers/GEN-05/answered"))
	assert.Nil(t, f.draft.get("/answers/GEN-05/due"))
}
