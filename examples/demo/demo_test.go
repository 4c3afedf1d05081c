package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"database/sql"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestScriptPlaysTheWholeStory(t *testing.T) {
	var out, errs bytes.Buffer
	code := run(t.Context(), []string{"-script"}, &out, &errs)
	require.Equal(t, 0, code, "%s%s", out.String(), errs.String())
	for number, want := range []string{"1 declaration", "1 refused declaration", "1 draft", "1 way to approval", "1 submit", "1 signature", "2 decision", "2 votes", "2 panel",
		"2 waiver", "3 publish", "3 ledger", "4 search", "5 rolled back", "5 prescribe", "5 hand over", "6 open", "6 launch", "6 launch again", "6 launch changed",
		"6 somebody else", "7 report start", "7 pause", "7 transfer", "7 report done", "7 duplicate and late", "7 what the EPR sees", "8 for a child",
		"8 without prescription", "8 signed message", "8 cancel", "8 declined", "8 suspended", "8 withdrawn", "8 taken back", "8 expired", "9 statistics"} {
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

// postgres is the DSN of a server to test with; without one the test is skipped.
func postgres(t *testing.T) string {
	t.Helper()
	dsn := os.Getenv("VERKTOY_TEST_POSTGRES")
	if dsn == "" {
		if os.Getenv("VERKTOY_REQUIRE_ALL") == "1" {
			t.Fatal("VERKTOY_TEST_POSTGRES is empty, want a PostgreSQL DSN")
		}
		t.Skip("no PostgreSQL: VERKTOY_TEST_POSTGRES is empty")
	}
	return dsn
}

func TestScriptOnPostgreSQL(t *testing.T) {
	var out bytes.Buffer
	require.Equal(t, 0, run(t.Context(), []string{"-script", "-postgres", ownSchema(t, postgres(t))}, &out, &out), out.String())
}

// The sites' first words on the terminal lead to pages that are there.
func TestBrowseSaysWhereToBegin(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	out := &firstWords{seen: stop}
	var errs bytes.Buffer
	require.Equal(t, 0, run(ctx, []string{"-addr", "127.0.0.1:0"}, out, &errs), errs.String())
	for _, want := range []string{"Begin here:", "The clinician:", "The citizen:", "The tool:"} {
		assert.Regexp(t, want+` +http://127\.0\.0\.1:\d+`, out.String())
	}
}

// firstWords stops the demo when it has said all.
type firstWords struct {
	bytes.Buffer
	seen func()
}

func (f *firstWords) Write(p []byte) (int, error) {
	if bytes.Contains(p, []byte("Stop with")) {
		f.seen()
	}
	return f.Buffer.Write(p)
}

// ownSchema makes a schema for this test alone and gives a DSN that leads into it.
func ownSchema(t *testing.T, dsn string) string {
	db, err := sql.Open("pgx", dsn)
	require.NoError(t, err)
	name := "verktoy_demo_" + strings.ToLower(rand.Text()) // others may try the demo on the same server
	_, err = db.ExecContext(t.Context(), "CREATE SCHEMA "+name)
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
