package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue/sample"
)

// What is wrong with the command line is said before anything is opened.
func TestWrongUse(t *testing.T) {
	bad := filepath.Join(t.TempDir(), "bad.json")
	require.NoError(t, os.WriteFile(bad, []byte("{}"), 0o600))
	for _, c := range []struct {
		name, want string
		args       []string
	}{
		{"nothing", "no command, want one of cancel, dead, list", nil},
		{"a flag first", "want one of cancel, dead, list", []string{"-sqlite", "x"}},
		{"an unknown command", "no such command", []string{"delete"}},
		{"an unknown flag", "flag provided but not defined: -x", []string{"migrate", "-x"}},
		{"another command's flag", "flag provided but not defined: -year", []string{"list", "-year", "2026"}},
		{"everything missing", "prescribe: want -patient; want -tool; want -unit; want -note", []string{"prescribe"}},
		{"no birth date", "patient: want -born", []string{"patient", "-patient", patient}},
		{"a birth date to come", "want a day such as 1990-01-15", []string{"patient", "-born", "2026-11-03"}},
		{"a birth date that is none", "want a day such as 1990-01-15", []string{"patient", "-born", "15.01.1990"}},
		{"a person of 151", "want a day such as 1990-01-15", []string{"patient", "-born", "1875-11-02"}},
		{"an empty note", "want -note", []string{"prescribe", "-note", " "}},
		{"a note without end", "-note: want at most 4,000 characters", []string{"prescribe", "-note", string(bytes.Repeat([]byte("x"), 4001))}},
		{"another reason", "want one of no-longer-needed", []string{"cancel", "-reason", "x"}},
		{"version 0", "want a whole number from 1", []string{"cancel", "-version", "0"}},
		{"a version that is none", "want a whole number from 1", []string{"cancel", "-version", "two"}},
		{"another second reason", "want one of no-longer-needed", []string{"prescribe", "-second", "x"}},
		{"negative days", "want a whole number from 0 to 3650", []string{"overdue", "-days", "-1"}},
		{"a year to come", "want a whole number from 2000 to 2026", []string{"report", "-year", "2027"}},
		{"no year", "want -year", []string{"report"}},
		{"a language", "-lang: want nb, nn or en", []string{"report", "-year", "2026", "-lang", "no"}},
		{"no letter", "after those of release the ID that dead shows", []string{"release"}},
		{"arguments", "want flags only", []string{"dead", "x"}},
		{"all the world", "-listen: want an address of this machine", []string{"worker", "-listen", ":8750"}},
		{"all the time", "-every: want more than 0", []string{"worker", "-every", "0s"}},
		{"no secrets", "EPR_TOOL_SECRETS in the environment: want TOOL=SECRET", []string{"worker"}},
		{"a task API over http", "-oppgave: oppgave: invalid Config: field Address", []string{"worker", "-oppgave", "http://example.org"}},
		{"no catalogue", "-catalogue: open missing.json", []string{"migrate", "-catalogue", "missing.json"}},
		{"a catalogue that is none", "-catalogue: catalogue: invalid document", []string{"migrate", "-catalogue", bad}},
	} {
		t.Run(c.name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "epr.db")
			if c.name != "nothing" && c.name != "a flag first" && c.name != "an unknown command" {
				c.args = append([]string{c.args[0], "-sqlite", file}, c.args[1:]...)
			}
			code, out, err := plain(t, "", map[bool]string{true: "sovn-steg-for-steg=" + secret}[c.name == "a task API over http"], c.args...)
			assert.Equal(t, 2, code, err)
			assert.Contains(t, err, c.want)
			assert.Empty(t, out)
			assert.NoFileExists(t, file)
		})
	}
}

// plain runs the program with what is on its standard input and in EPR_TOOL_SECRETS.
func plain(t *testing.T, in, secrets string, args ...string) (code int, out, err string) {
	t.Helper()
	var said, log bytes.Buffer
	r := &rig{at: sample.Today()}
	s := r.around(&said, &log)
	s.in, s.env = bytes.NewBufferString(in), func(string) string { return secrets }
	code = run(t.Context(), args, s)
	return code, said.String(), log.String()
}

func TestSecretsOfTools(t *testing.T) {
	file := filepath.Join(t.TempDir(), "epr.db")
	for name, secrets := range map[string]string{"short": "sovn-steg-for-steg=0123456789abcde", "no tool": "=" + secret, "no secret": secret,
		"the same twice": "sovn-steg-for-steg=" + secret + ",lysglimt=" + secret, "an unknown tool": "missing=" + secret,
		"one good": "sovn-steg-for-steg=" + secret + ","} {
		code, _, err := plain(t, "", secrets, "worker", "-sqlite", file)
		assert.Equal(t, 2, code, name)
		assert.Contains(t, err, "EPR_TOOL_SECRETS", name)
		assert.NotContains(t, err, "0123456789abcde", name)
		assert.NotContains(t, err, secret, name)
	}
}

func TestHelp(t *testing.T) {
	code, out, _ := plain(t, "", "", "-h")
	assert.Equal(t, 0, code)
	assert.Contains(t, out, "worker")
	code, _, err := plain(t, "", "", "prescribe", "-h")
	assert.Equal(t, 0, code)
	assert.Contains(t, err, "-unit ID")
	assert.NotContains(t, err, "-year")
}

func TestWithoutADatabase(t *testing.T) {
	file := filepath.Join(t.TempDir(), "epr.db")
	code, _, err := plain(t, "", "", "list", "-sqlite", file, "-patient", patient)
	assert.Equal(t, 1, code)
	assert.Contains(t, err, "migrate makes the database")
	assert.NoFileExists(t, file)
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	code, _, err = plain(t, "", "", "list", "-sqlite", file, "-patient", patient)
	assert.Equal(t, 1, code)
	assert.Contains(t, err, "run migrate first")
	code, _, err = plain(t, "", "", "migrate", "-postgres", "postgres://epr:hemmelig@127.0.0.1:1/epr?sslmode=disable")
	assert.Equal(t, 1, code)
	assert.Contains(t, err, "the database does not answer")
	assert.NotContains(t, err, "hemmelig")
	code, _, err = plain(t, "", "", "migrate", "-sqlite", file, "-postgres", "postgres://127.0.0.1/epr")
	assert.Equal(t, 2, code)
	assert.Contains(t, err, "want -sqlite FILE or -postgres DSN")
}

func TestIdentityNumbers(t *testing.T) {
	onEach(t, func(t *testing.T, r *rig) {
		good := r.number
		changed := []byte(good)
		changed[10] = '0' + (changed[10]-'0'+1)%10
		for name, in := range map[string]string{"nothing": "", "check digit": string(changed), "long": good + good + good + good + good + good + good} {
			code, out, err := plain(t, in, "", "patient", r.database[0], r.database[1], "-patient", patient, "-born", "1990-01-15")
			assert.Equal(t, 2, code, name)
			assert.Contains(t, err, "want an identity number of eleven digits", name)
			assert.NotContains(t, err+out, good[:6], name)
		}
		r.enter(t)
		r.enter(t)
		assert.Equal(t, 1, r.count(t, "epr_patient"))
	})
}

// Whatever is given as a pseudonym is kept in clear and in audit trails for ever.
func TestAnIdentityNumberIsNoPseudonym(t *testing.T) {
	onEach(t, func(t *testing.T, r *rig) {
		for name, pseudonym := range map[string]string{"a number": r.number, "with a hyphen": r.number[:6] + "-" + r.number[6:],
			"with letters": "p-" + r.number, "after a UUID": "0193a6f0-1234-7abc-8def-a1b345678901/" + r.number, "no letter": "7391-2264", "short": "p-7f3a9", "long": "p" + strings.Repeat("-7f3a9c2", 8), "signs": "p-7f3a9c2æ"} {
			for _, args := range [][]string{{"patient", "-born", "1990-01-15"}, append([]string{"prescribe"}, click()...), {"list"}} {
				said := r.run(t, 2, args[0], append(args[1:], "-patient", pseudonym)...)
				assert.Contains(t, said, "-patient: want 8 to 64 letters", "%s, %s", args[0], name)
				assert.Contains(t, said, "never an identity number", "%s, %s", args[0], name)
				assert.NotContains(t, said, r.number[6:], "%s, %s", args[0], name)
			}
		}
		for _, table := range []string{"epr_patient", "epr_journal", "verktoy_prescription"} {
			assert.Zero(t, r.count(t, table), table)
		}
		for _, good := range []string{patient, "1/patient:9", strings.Repeat("p", 64), "0193a6f0-1234-7abc-8def-a12345678901"} {
			r.run(t, 0, "patient", "-patient", good, "-born", "1990-01-15")
		}
		assert.Equal(t, 4, r.count(t, "epr_patient"))
	})
}

func TestFullYears(t *testing.T) {
	for _, c := range []struct {
		born, at string
		want     int
	}{
		{"2010-11-02", "2026-11-02", 16}, {"2010-11-03", "2026-11-02", 15}, {"2010-12-01", "2026-11-30", 15}, {"2010-10-31", "2026-11-01", 16},
		{"2008-02-29", "2026-02-28", 17}, {"2008-02-29", "2026-03-01", 18}, {"1926-11-02", "2026-11-02", 100}, {"2026-11-02", "2026-11-02", 0},
	} {
		born, err := time.Parse(time.DateOnly, c.born)
		require.NoError(t, err)
		at, err := time.Parse(time.DateOnly, c.at)
		require.NoError(t, err)
		assert.Equal(t, c.want, fullYears(born, at), "%s at %s", c.born, c.at)
	}
}

// The tool is for those who are 16, which the register tells and not the number.
func TestTheToolsAgesAreKept(t *testing.T) {
	onEach(t, func(t *testing.T, r *rig) {
		r.run(t, 0, "patient", "-patient", patient, "-born", "2010-11-03") // 15 on the 2nd
		said := r.run(t, 2, "prescribe", click()...)
		assert.Contains(t, said, "field Age: want an age that the tool is meant for")
		assert.Contains(t, said, "the tool is for ages from 16")
		assert.Zero(t, r.count(t, "epr_journal"))
		r.run(t, 0, "patient", "-patient", patient, "-born", "2010-11-02")
		assert.Contains(t, r.run(t, 0, "prescribe", click()...), "prescribed")
	})
}
