package main

import (
	"log/slog"
	"maps"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/catalogue"
)

// begin starts the demo on a database, as its command does, and gives a visitor at the desk.
func begin(t *testing.T, file string) *deskVisitor {
	t.Helper()
	return beginOn(t, options{db: file})
}

func beginOn(t *testing.T, o options) *deskVisitor {
	t.Helper()
	o.addr, o.log = "127.0.0.1:0", slog.New(slog.DiscardHandler)
	w, err := newWorld(t.Context(), o)
	require.NoError(t, err)
	t.Cleanup(w.close)
	require.NoError(t, w.recall(t.Context()))
	v := &deskVisitor{w, w.newBrowser(), t}
	v.as(vendorPerson)
	return v
}

// A case goes on where it was when the demo ended: the draft, the votes, the signature, the ledger and the tool in the catalogue.
func TestDeskRemembersItsCases(t *testing.T) {
	file := filepath.Join(t.TempDir(), "demo.db")
	v := begin(t, file)
	require.Len(t, v.desk.files, 1)
	f := v.inReview()
	v.as(vendorPerson)
	v.must("/vendor", "what", "blank", "name", "Pust ut")
	v.must("/vendor/case-3/about", "/tool/name/nb", "Pust ut", "/tool/name/en", "Breathe out")
	v.as(secretary)
	v.must("/panel/case-2/waiver", "requirement", "UU-05", "justification", "Nynorsk kommer i april.", "until", "2027-04-30")
	v.as(lister)
	v.must("/panel/case-2/grant", "waiver", f.asked[0].ID)
	v.as(kin)
	v.must("/panel/case-2/aside", "why", "related")
	v.clock.advance(5 * 24 * time.Hour)
	v.votes(f, approval.ApprovedWithTherapist, psychology)
	before, at := maps.Clone(v.desk.stored), f.votes[0].At
	v.close()

	v = begin(t, file)
	require.Len(t, v.desk.files, 3)
	assert.False(t, v.clock.now().Before(at), "time does not go back")
	f = v.desk.files[1]
	for i, each := range v.desk.files {
		data, err := v.desk.encode(t.Context(), each)
		require.NoError(t, err)
		assert.Equal(t, before[i+1], string(data), "case %d", i+1)
	}
	assert.True(t, v.desk.listed(v.desk.files[0]), "what was published is in the catalogue")
	page, _ := v.get("/vendor/case-3/about")
	assert.Contains(t, page, `value="Breathe out"`)
	v.as(medicine)
	page, _ = v.get("/panel/case-2")
	for _, key := range []string{"signature-holds", "ledger-whole"} {
		assert.Contains(t, page, ">"+deskTexts[key].In("nb")+"<")
	}
	assert.Contains(t, page, "1 av 2 stemmer")
	v.votes(f, approval.ApprovedWithTherapist, medicine)
	v.must("/panel/case-2/decide", "until", "2027-04-30", "version", "2")
	v.as(lister)
	v.event("case-2", "publish")
	require.True(t, v.found(secondTool))
	v.close()

	v = begin(t, file)
	assert.True(t, v.found(secondTool), "found after a start on what was published before")
	v.as(lister)
	_, code := v.event("case-1", "withdraw", "reason", "safety")
	require.Equal(t, http.StatusOK, code)
	v.close()
	v = begin(t, file)
	tool, _ := v.catalogue.Get(demoTool)
	assert.Equal(t, catalogue.StatusWithdrawn, tool.Status, "and withdrawn is withdrawn")
}

func TestDeskRemembersOnPostgreSQL(t *testing.T) {
	o := options{postgres: ownSchema(t, postgres(t))}
	v := beginOn(t, o)
	v.must("/vendor", "what", "good")
	v.must("/vendor/case-2/submit", "version", "0", "sure", "yes")
	v.close()
	v = beginOn(t, o)
	page, code := v.get("/vendor/case-2")
	assert.Equal(t, http.StatusOK, code)
	assert.Contains(t, page, ">"+deskTexts["signature-holds"].In("nb")+"<")
}

// What was changed in the database shows: in what was declared by the signature, in the ledger at once.
func TestDeskNoticesWhatWasChangedInTheDatabase(t *testing.T) {
	change := func(t *testing.T, old, replacement string) (*deskVisitor, string) {
		file := filepath.Join(t.TempDir(), "demo.db")
		v := begin(t, file)
		data := v.desk.stored[1]
		require.Contains(t, data, old)
		require.NoError(t, v.desk.write(t.Context(), 1, strings.Replace(data, old, replacement, 1)))
		return v, file
	}
	v, file := change(t, `"declared":{"version":1,"id":"tryggere-steg-2026-1"`, `"declared":{"version":1,"id":"tryggere-steg-2026-2"`)
	v.close()
	page, _ := begin(t, file).get("/vendor/case-1")
	assert.Contains(t, page, deskTexts["signature-broken"].In("nb"))

	for name, c := range map[string]struct {
		old, replacement string
		want             error
	}{
		"who decided":   {`"by":{"role":"panel","id":"member-1"}`, `"by":{"role":"panel","id":"member-2"}`, approval.ErrLedger},
		"the decision":  {`"quorum":2`, `"quorum":1`, approval.ErrAltered},
		"the case":      {`"version":4`, `"version":-4`, approval.ErrCase},
		"not even JSON": {`{"set"`, `{set`, nil},
	} {
		t.Run(name, func(t *testing.T) {
			v, file := change(t, c.old, c.replacement)
			v.close()
			w, err := newWorld(t.Context(), options{addr: "127.0.0.1:0", db: file, log: slog.New(slog.DiscardHandler)})
			require.NoError(t, err)
			t.Cleanup(w.close)
			err = w.recall(t.Context())
			require.ErrorContains(t, err, "the desk's case 1 in the database")
			if c.want != nil {
				assert.ErrorIs(t, err, c.want)
			}
		})
	}
}

// What could not be kept is not said to be.
func TestDeskDoesNotSaySavedBeforeItIs(t *testing.T) {
	v := begin(t, filepath.Join(t.TempDir(), "demo.db"))
	v.must("/vendor", "what", "blank", "name", "Pust ut")
	require.NoError(t, v.db.Close())
	page, code := v.post("/vendor/case-2/about", "/tool/name/nb", "Pust inn")
	assert.Equal(t, http.StatusInternalServerError, code)
	says(t, page, "nb", "try-again")
	assert.NotContains(t, page, deskTexts["done-saved"].In("nb"))
}

// Each page says what becomes of the cases when the demo stops.
func TestDeskSaysWhetherItForgets(t *testing.T) {
	v := visit(t)
	for lasting, key := range map[bool]string{false: "desk-note", true: "desk-note-kept"} {
		v.desk.lasting = lasting
		for _, lang := range languages {
			page, _ := v.get("/?lang=" + string(lang))
			assert.Contains(t, page, deskTexts[key].In(lang))
		}
	}
	assert.False(t, options{}.lasting())
	assert.True(t, options{db: "x"}.lasting())
	assert.True(t, options{postgres: "x"}.lasting())
}
