package main

import (
	"bytes"
	"context"
	"database/sql"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/prescription"
)

func TestScriptPlaysTheWholeStory(t *testing.T) {
	var out, errs bytes.Buffer
	code := run(t.Context(), []string{"-script"}, &out, &errs)
	require.Equal(t, 0, code, "%s%s", out.String(), errs.String())
	for number, want := range []string{"1 declaration", "1 refused declaration", "1 draft", "1 way to approval", "1 submit", "2 decision", "2 votes", "2 panel",
		"2 waiver", "3 publish", "3 ledger", "4 search", "5 rolled back", "5 prescribe", "5 hand over", "6 launch", "6 launch again", "6 launch changed", "7 report start", "7 report done",
		"7 duplicate and late", "7 what the EPR sees", "8 without prescription", "8 suspended", "8 withdrawn", "8 taken back", "8 expired"} {
		assert.Contains(t, "\n"+out.String(), "\n"+want+" ", "step %d", number)
	}
	assert.Empty(t, errs.String())
}

func TestScriptOnAFileCanBePlayedTwice(t *testing.T) {
	file := filepath.Join(t.TempDir(), "demo.db")
	var out bytes.Buffer
	require.Equal(t, 0, run(t.Context(), []string{"-script", "-db", file}, &out, &out), out.String())
	assert.FileExists(t, file)
	require.Equal(t, 0, run(t.Context(), []string{"-script", "-db", file}, &out, &out), out.String())
}

func TestScriptOnPostgreSQL(t *testing.T) {
	dsn := os.Getenv("VERKTOY_TEST_POSTGRES")
	if dsn == "" {
		if os.Getenv("VERKTOY_REQUIRE_ALL") == "1" {
			t.Fatal("VERKTOY_TEST_POSTGRES is empty, want a PostgreSQL DSN")
		}
		t.Skip("no PostgreSQL: VERKTOY_TEST_POSTGRES is empty")
	}
	var out bytes.Buffer
	require.Equal(t, 0, run(t.Context(), []string{"-script", "-postgres", ownSchema(t, dsn)}, &out, &out), out.String())
}

// ownSchema makes a schema for this test alone and gives a DSN that leads into it.
func ownSchema(t *testing.T, dsn string) string {
	db, err := sql.Open("pgx", dsn)
	require.NoError(t, err)
	const name = "verktoy_demo_test"
	_, err = db.ExecContext(t.Context(), "DROP SCHEMA IF EXISTS "+name+" CASCADE; CREATE SCHEMA "+name)
	require.NoError(t, err)
	t.Cleanup(func() {
		_, err := db.ExecContext(context.WithoutCancel(t.Context()), "DROP SCHEMA "+name+" CASCADE")
		assert.NoError(t, err)
		assert.NoError(t, db.Close())
	})
	u, err := url.Parse(dsn)
	require.NoError(t, err)
	q := u.Query()
	q.Set("search_path", name)
	u.RawQuery = q.Encode()
	return u.String()
}

func TestWrongArguments(t *testing.T) {
	cases := map[string]struct {
		args []string
		code int
		want string
	}{
		"unknown flag":    {[]string{"-skript"}, 2, "flag provided but not defined"},
		"a word":          {[]string{"script"}, 2, `unknown argument "script"`},
		"two databases":   {[]string{"-db", "x", "-postgres", "y"}, 2, "exclude each other"},
		"no port":         {[]string{"-addr", "127.0.0.1"}, 1, "want host:port"},
		"open to the net": {[]string{"-addr", "0.0.0.0:0"}, 1, "want a loopback address"},
		"no such folder":  {[]string{"-script", "-db", "/no/such/folder/demo.db"}, 1, "database:"},
		"port is a word":  {[]string{"-addr", "127.0.0.1:http"}, 1, "want a number"},
		"broken Postgres": {[]string{"-script", "-postgres", "postgres://nobody@127.0.0.1:1/none?connect_timeout=1"}, 1, "database:"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			var out, errs bytes.Buffer
			assert.Equal(t, c.code, run(t.Context(), c.args, &out, &errs))
			assert.Contains(t, errs.String(), c.want)
		})
	}
}

func openWorld(t *testing.T) *world {
	w, err := newWorld(t.Context(), options{addr: "127.0.0.1:0", db: filepath.Join(t.TempDir(), "demo.db"), log: slog.New(slog.DiscardHandler)})
	require.NoError(t, err)
	t.Cleanup(w.close)
	_, err = w.desk.approve(t.Context())
	require.NoError(t, err)
	return w
}

// The pages, as a clinician and a citizen use them, in the three languages.
func TestPages(t *testing.T) {
	w := openWorld(t)
	for _, lang := range []string{"nb", "nn", "en"} {
		b, err := newBrowser()
		require.NoError(t, err)
		get := func(address string) string {
			page, code, err := b.open(t.Context(), address)
			require.NoError(t, err)
			require.Equal(t, http.StatusOK, code, address)
			assert.Contains(t, page, `<html lang="`+lang+`">`, address)
			return page
		}
		get(w.clinician.url + "/?lang=" + lang)
		get(w.portal.url + "/?lang=" + lang)
		assert.Contains(t, get(w.clinician.url+"/?q=sosial+angst"), "/tools/tryggere-steg")
		tool := get(w.clinician.url + "/tools/tryggere-steg")
		key := between(tool, `name="key" value="`, `"`)
		page, code, err := b.submit(t.Context(), w.clinician.url+"/prescriptions", url.Values{"key": {key}, "tool": {"tryggere-steg"},
			"unit": {"sosial-angst-8-uker"}, "patient": {w.clinician.people[1].id}, "acknowledged": {"yes"}, "second": {"yes"}})
		require.NoError(t, err)
		require.Equal(t, http.StatusOK, code, page)
		want, err := say(catalogue.Lang(lang), "state-delivered")
		require.NoError(t, err)
		assert.Contains(t, page, want)
		get(w.clinician.url + "/prescriptions")
		_, code, err = b.submit(t.Context(), w.portal.url+"/login", url.Values{"person": {w.portal.people[1].id}})
		require.NoError(t, err)
		require.Equal(t, http.StatusOK, code)
		assert.Contains(t, get(w.portal.url+"/mine"), `action="/start"`)
	}
}

func between(text, before, after string) string {
	_, rest, _ := strings.Cut(text, before)
	found, _, _ := strings.Cut(rest, after)
	return found
}

func TestRefusalsOnPages(t *testing.T) {
	w := openWorld(t)
	b, err := newBrowser()
	require.NoError(t, err)
	order := func(edit func(url.Values)) (string, int) {
		fields := url.Values{"key": {newKey()}, "tool": {"tryggere-steg"}, "unit": {"sosial-angst-8-uker"},
			"patient": {w.clinician.people[0].id}, "acknowledged": {"yes"}}
		edit(fields)
		page, code, err := b.submit(t.Context(), w.clinician.url+"/prescriptions", fields)
		require.NoError(t, err)
		return page, code
	}
	cases := map[string]struct {
		edit func(url.Values)
		key  string
	}{
		"no patient":       {func(v url.Values) { v.Del("patient") }, "no-patient"},
		"unknown unit":     {func(v url.Values) { v.Set("unit", "none") }, "no-unit"},
		"not acknowledged": {func(v url.Values) { v.Del("acknowledged") }, "not-acknowledged"},
		"withdrawn":        {func(v url.Values) { v.Set("tool", "tunge-dager") }, "withdrawn"},
		"paused":           {func(v url.Values) { v.Set("tool", "marerittboka") }, "paused"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			page, code := order(c.edit)
			assert.GreaterOrEqual(t, code, 400)
			want, err := say("nb", c.key)
			require.NoError(t, err)
			assert.Contains(t, page, want)
		})
	}
	rows, err := clinicianSite{clinician: w.clinician}.rows(t.Context())
	require.NoError(t, err)
	assert.Empty(t, rows, "what was refused has written nothing")
}

// Another site cannot send a tool in the clinician's name.
func TestCrossOriginFormsAreRefused(t *testing.T) {
	w := openWorld(t)
	for _, address := range []string{w.clinician.url + "/prescriptions", w.portal.url + "/start", w.tool.url + "/done"} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address, nil)
		require.NoError(t, err)
		r.Header.Set("Sec-Fetch-Site", "cross-site")
		response, err := http.DefaultClient.Do(r)
		require.NoError(t, err)
		response.Body.Close()
		assert.Equal(t, http.StatusForbidden, response.StatusCode, address)
		assert.Equal(t, "no-store", response.Header.Get("Cache-Control"))
	}
}

// What is shown stays what it was when the reader changes the language, and a page that is not there is said kindly.
func TestLanguageLinksAndMissingPages(t *testing.T) {
	w := openWorld(t)
	b, err := newBrowser()
	require.NoError(t, err)
	page, _, err := b.open(t.Context(), w.clinician.url+"/?q=sosial+angst")
	require.NoError(t, err)
	assert.Contains(t, page, `href="/?lang=nn&amp;q=sosial&#43;angst"`)
	page, code, err := b.open(t.Context(), w.portal.url+"/no/such/page?lang=nn")
	require.NoError(t, err)
	assert.Equal(t, http.StatusNotFound, code)
	assert.Contains(t, page, "Denne sida finst ikkje.")
}

// The sites' own addresses take nobody who does not know the shared secret.
func TestSystemsNeedTheSecret(t *testing.T) {
	w := openWorld(t)
	stranger := newPeer(w.portal.url, "guess")
	assert.ErrorContains(t, stranger.post(t.Context(), "/tasks", task{}, nil), "401")
	stranger = newPeer(w.clinician.url, "")
	assert.ErrorContains(t, stranger.post(t.Context(), "/prescriptions/x/reports", status{}, nil), "401")
}

// What waits while the portal is away is handed over when it is back.
func TestDeliveryWaitsForThePortal(t *testing.T) {
	w := openWorld(t)
	address := w.clinician.portal.url
	w.clinician.portal.url = "http://127.0.0.1:1"
	s := &script{world: w}
	o, err := s.order(demoTool, s.key("visit-1"))
	require.NoError(t, err)
	s.sent, err = w.clinician.prescribe(t.Context(), o)
	require.NoError(t, err)
	n, err := w.clinician.handOver(t.Context())
	assert.Error(t, err)
	assert.Zero(t, n)
	_, err = s.expect(t.Context(), prescription.Sent)
	require.NoError(t, err)

	w.clinician.portal.url = address
	w.clock.advance(time.Minute)
	n, err = w.clinician.handOver(t.Context())
	require.NoError(t, err)
	assert.Equal(t, 1, n)
	_, err = s.expect(t.Context(), prescription.Delivered)
	require.NoError(t, err)
}

func TestEveryTextIsThereInThreeLanguages(t *testing.T) {
	require.NotEmpty(t, texts)
	for key, text := range texts {
		for _, lang := range languages {
			assert.NotEmpty(t, text[lang], "%s in %s", key, lang)
		}
	}
	_, err := say("nb", "no-such-text")
	assert.EqualError(t, err, `no text "no-such-text"`)
}

// A patient gets a tool twice only if the clinician says so.
func TestTheSameToolOnceMore(t *testing.T) {
	w := openWorld(t)
	b, err := newBrowser()
	require.NoError(t, err)
	want, err := say("nb", "already-active")
	require.NoError(t, err)
	for _, c := range []struct {
		second string
		code   int
	}{{"", http.StatusOK}, {"", http.StatusConflict}, {"yes", http.StatusOK}} {
		page, code, err := b.submit(t.Context(), w.clinician.url+"/prescriptions", url.Values{"key": {newKey()}, "tool": {"tryggere-steg"},
			"unit": {"sosial-angst-8-uker"}, "patient": {w.clinician.people[0].id}, "acknowledged": {"yes"}, "second": {c.second}})
		require.NoError(t, err)
		assert.Equal(t, c.code, code)
		assert.Equal(t, code == http.StatusConflict, strings.Contains(page, want))
	}
}
