package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/prescription"
)

// A clinician who has sent nothing is told what there will be.
func TestEmptyStates(t *testing.T) {
	w := openWorld(t)
	v := w.visitor(t)
	page := v.get(http.StatusOK, w.clinician.url+"/prescriptions")
	says(t, page, "nb", "none-sent")
	assert.NotContains(t, page, `class="funnel"`)
	says(t, v.get(http.StatusOK, w.clinician.url+"/statistics"), "nb", "nothing-counted")
	page = v.logIn(1)
	says(t, page, "nb", "none-yours")
}

// What was sent before the demo began is there: what waits for too long, the funnel, and the clinic's numbers with those too small left out.
func TestWhatWasSentBefore(t *testing.T) {
	w := openWorld(t)
	require.NoError(t, w.clinician.recall(t.Context()))
	v := w.visitor(t)
	page := v.get(http.StatusOK, w.clinician.url+"/prescriptions")
	says(t, page, "nb", "overdue-delivered", "12 dager")
	says(t, page, "nb", "overdue-started", "24 dager")
	says(t, page, "nb", "unopened-one")
	assert.Equal(t, 2, strings.Count(between(page, `class="attention"`, "</section>"), "<li>"), "those of colleagues are theirs")
	assert.Contains(t, shown(page), "Åpnet2 (67 %)")
	assert.Contains(t, page, `<rect class="part" width="66%"`)

	page = v.get(http.StatusOK, w.clinician.url+"/statistics")
	text := shown(page)
	assert.Contains(t, text, "Søvn steg for steg2114117")
	assert.Contains(t, text, "Andre verktøy til sammen6*for få til å vises")
	says(t, page, "nb", "hidden-why", prescription.LeastGroup)
	for _, name := range []string{"Gjennom bølgen", "Etter stormen", "Lengre lunte"} {
		assert.NotContains(t, text, name, "a group that is too small is not even named")
	}
	v.as(colleagues[1])
	says(t, v.get(http.StatusOK, w.clinician.url+"/prescriptions"), "nb", "none-sent")

	v.logIn(0)
	assert.Contains(t, shown(v.get(http.StatusOK, w.portal.url+"/mine")), "Søvn steg for steg")
}

// The past is written once, however often the demo starts on the same file.
// What has failed does not go on, and is nothing to forget either.
func TestWhatFailedNeedsAttention(t *testing.T) {
	w := openWorld(t)
	v := w.visitor(t)
	p, _ := v.prescribed()
	_, _, err := w.clinician.service.Apply(t.Context(), w.clinician.store, prescription.Report{ID: "r1", Prescription: p.ID,
		Event: prescription.EventFail, At: w.clock.now(), By: prescription.Actor{Role: prescription.RoleTool, ID: "tool"}})
	require.NoError(t, err)
	page := v.get(http.StatusOK, w.clinician.url+"/prescriptions")
	says(t, page, "nb", "overdue-do-failed")
}

func TestThePastHappensOnce(t *testing.T) {
	w := openWorld(t)
	count := func() (n int) {
		require.NoError(t, w.clinician.db.QueryRowContext(t.Context(), `SELECT count(*) FROM verktoy_prescription_audit`).Scan(&n))
		return n
	}
	require.NoError(t, w.clinician.recall(t.Context()))
	before := count()
	require.Greater(t, before, 40)
	require.NoError(t, w.clinician.recall(t.Context()))
	assert.Equal(t, before, count())
}

// What the citizen does comes to the one who follows up.
func TestNewsOfAPrescription(t *testing.T) {
	w := openWorld(t)
	v := w.visitor(t)
	p, address := v.prescribed()
	v.logIn(0)
	v.get(http.StatusOK, w.portal.url+"/tasks/"+string(p.ID))
	v.enter(p.ID, 0, 0)
	v.press(http.StatusOK, "done")
	_, err := w.clinician.handOver(t.Context())
	require.NoError(t, err)
	page := v.get(http.StatusOK, w.clinician.url+"/prescriptions")
	for _, key := range []string{"told-open", "told-start", "told-complete"} {
		says(t, page, "nb", key)
	}
	assert.Contains(t, shown(page), "(3 nye)")
	page = v.get(http.StatusOK, address)
	says(t, page, "nb", "state-completed")
	assert.Contains(t, shown(page), "Innbyggeren")
}

func TestSwitchingPeople(t *testing.T) {
	w := openWorld(t)
	v := w.visitor(t)
	page := v.get(http.StatusOK, w.clinician.url+"/statistics")
	assert.Contains(t, page, `href="/who?back=%2Fstatistics#patients"`)
	page = v.post(http.StatusOK, w.clinician.url+"/who", url.Values{"patient": {w.clinician.people[child].id}, "back": {"/statistics"}})
	assert.Contains(t, shown(page), "Åpen journal: Nora Eksempel, 10 år")
	says(t, page, "nb", "clinic-title")
	page = v.post(http.StatusOK, w.clinician.url+"/who", url.Values{"user": {colleagues[1].ID}, "back": {"/prescriptions"}})
	assert.Contains(t, shown(page), colleagues[1].name+", psykiatrisk sykepleier")
	for _, form := range []url.Values{nil, {"user": {"nobody"}}, {"patient": {"nobody"}}} {
		says(t, v.post(http.StatusBadRequest, w.clinician.url+"/who", form), "nb", "no-such-person")
	}
}

// A page whose database is gone says so, and not what the database said.
func TestBrokenDatabase(t *testing.T) {
	w := openWorld(t)
	v := w.visitor(t)
	require.NoError(t, w.clinician.db.Close())
	for _, path := range []string{"/prescriptions", "/prescriptions/x", "/statistics", toolPath} {
		page := v.get(http.StatusServiceUnavailable, w.clinician.url+path)
		says(t, page, "nb", "try-again")
		assert.NotContains(t, page, "sql")
	}
}
