package prescriptionsql_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/prescriptionsql"
)

// chains are the audit entries of each prescription, by hash.
func chains(t *testing.T, db *sql.DB) map[prescription.ID][]string {
	t.Helper()
	found := map[prescription.ID][]string{}
	require.NoError(t, prescriptionsql.New(db).AuditAll(t.Context(), func(h prescription.AuditHead, e prescription.AuditEntry) error {
		found[h.ID] = append(found[h.ID], e.Hash)
		return nil
	}))
	return found
}

// missing is nil if a copy has all that was acknowledged before it was made, and
// nothing but the beginnings of what the original has.
func missing(copied, original map[prescription.ID][]string, acknowledged []prescription.ID) error {
	for _, id := range acknowledged {
		if len(copied[id]) == 0 {
			return errors.New("the copy lacks what was acknowledged")
		}
	}
	for id, hashes := range copied {
		for i, h := range hashes {
			if i >= len(original[id]) || original[id][i] != h {
				return errors.New("the copy has what the original has not")
			}
		}
	}
	return nil
}

// underLoad makes copies while eight writers prescribe and change, and gives
// what had been acknowledged before each.
func underLoad(t *testing.T, db *sql.DB, rounds int, copyTo func(round int, acknowledged []prescription.ID)) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	s, st := service(t), prescriptionsql.New(db)
	said := make(chan prescription.ID, 1_000_000)
	ends := make(chan error, 8)
	for w := range cap(ends) {
		go func() {
			for i := 0; ctx.Err() == nil; i++ {
				p, err := s.Prescribe(t.Context(), st, request(t, fmt.Sprintf("visit-%d-%d", w, i)))
				if err == nil {
					said <- p.ID
					_, err = s.Cancel(t.Context(), st, prescription.Ref{ID: p.ID, Version: 1}, therapist, prescription.ReasonOther)
				}
				if err != nil {
					ends <- err
					return
				}
			}
			ends <- nil
		}()
	}
	var acknowledged []prescription.ID
	for round := range rounds {
		for more := 20; more > 0 || len(said) > 0; more-- {
			acknowledged = append(acknowledged, <-said)
		}
		copyTo(round, acknowledged)
	}
	stop()
	for range cap(ends) {
		require.NoError(t, <-ends)
	}
}

// D18, a backup in the load. Pass: each copy made by VACUUM INTO is sound, its
// audit trail verifies, it has all that was acknowledged before and nothing that
// the original has not. Control: copying the file alone, as it lies there, does not.
func TestD18BackupInTheLoad(t *testing.T) {
	db, dsn := engines[0].empty(t)
	require.NoError(t, prescriptionsql.Migrate(t.Context(), db, prescriptionsql.SQLite))
	dir := t.TempDir()
	rounds := often(3, 20)
	name := func(round int) string { return filepath.Join(dir, fmt.Sprintf("copy-%d.db", round)) }
	before := make([][]prescription.ID, rounds)
	plain, was := filepath.Join(dir, "plain.db"), []prescription.ID(nil)
	underLoad(t, db, rounds, func(round int, acknowledged []prescription.ID) {
		before[round] = acknowledged
		_, err := db.ExecContext(t.Context(), "VACUUM INTO $1", name(round))
		require.NoError(t, err)
		if round == 0 {
			data, err := os.ReadFile(fileOf(dsn))
			require.NoError(t, err)
			require.NoError(t, os.WriteFile(plain, data, 0o600))
			was = acknowledged
		}
	})
	original := chains(t, db)
	for round, acknowledged := range before {
		restored := "file:" + name(round)
		copied := open(t, "sqlite", restored)
		verified(t, copied)
		sound(t, copied, restored)
		require.NoError(t, missing(chains(t, copied), original, acknowledged))
	}
	require.Error(t, readCopy(t, "file:"+plain, original, was), "the control")
}

func readCopy(t *testing.T, dsn string, original map[prescription.ID][]string, acknowledged []prescription.ID) error {
	db := open(t, "sqlite", dsn)
	if _, err := prescription.VerifyAll(t.Context(), prescriptionsql.New(db), nil); err != nil {
		return err
	}
	return missing(chains(t, db), original, acknowledged)
}

// D18 on PostgreSQL: pg_dump in the load, restored into another schema.
func TestD18DumpInTheLoad(t *testing.T) {
	dump, err := exec.LookPath("pg_dump")
	if err != nil {
		without(t, "the program pg_dump is missing")
	}
	db := engines[1].migrated(t)
	base := os.Getenv("VERKTOY_TEST_POSTGRES")
	var schema string
	require.NoError(t, db.QueryRowContext(t.Context(), "SELECT current_schema()").Scan(&schema))
	rounds := often(1, 20)
	texts, before := make([]string, rounds), make([][]prescription.ID, rounds)
	underLoad(t, db, rounds, func(round int, acknowledged []prescription.ID) {
		out, err := exec.CommandContext(t.Context(), dump, "--inserts", "--schema="+schema, base).Output()
		require.NoError(t, err)
		texts[round], before[round] = string(out), acknowledged
	})
	original := chains(t, db)
	for round, text := range texts {
		restored, _ := engines[1].empty(t)
		var other string
		require.NoError(t, restored.QueryRowContext(t.Context(), "SELECT current_schema()").Scan(&other))
		text = strings.ReplaceAll(text, schema+".", other+".")
		text = strings.Replace(text, "CREATE SCHEMA "+schema+";", "", 1)
		text = strings.ReplaceAll(text, "ALTER SCHEMA "+schema+" OWNER TO postgres;", "")
		conn, err := restored.Conn(t.Context())
		require.NoError(t, err)
		_, err = conn.ExecContext(t.Context(), withoutBackslash(text)+"\nSET search_path = "+other+";")
		require.NoError(t, err)
		require.NoError(t, conn.Close())
		verified(t, restored)
		require.NoError(t, missing(chains(t, restored), original, before[round]))
	}
}

// withoutBackslash leaves out what only the program psql understands.
func withoutBackslash(text string) string {
	var kept strings.Builder
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, `\`) {
			kept.WriteString(line)
		}
	}
	return kept.String()
}

// flips are 1 byte changed in a copy of a file, at places of some of its pages.
func flips(t *testing.T, file string, pages []int, n int) (found, harmless int, missed []int) {
	t.Helper()
	const size = 4096
	whole, err := os.ReadFile(file)
	require.NoError(t, err)
	want := content(t, file)
	require.NotEmpty(t, want)
	r := rand.New(rand.NewPCG(1, 2))
	spoilt := filepath.Join(t.TempDir(), "spoilt.db")
	for range n {
		data := bytes.Clone(whole)
		at := (pick(r, pages)-1)*size + r.IntN(size)
		data[at] ^= byte(1 << r.IntN(8))
		require.NoError(t, os.WriteFile(spoilt, data, 0o600))
		switch {
		case damaged(t, spoilt):
			found++
		case content(t, spoilt) == want:
			harmless++ // no data were there
		default:
			missed = append(missed, at)
		}
	}
	return found, harmless, missed
}

// damaged says whether SQLite or the audit trail sees that a file is spoilt.
func damaged(t *testing.T, file string) bool {
	db, err := sql.Open("sqlite", "file:"+file)
	require.NoError(t, err)
	defer func() { _ = db.Close() }()
	var answer string
	if err := db.QueryRowContext(t.Context(), "PRAGMA integrity_check").Scan(&answer); err != nil || answer != "ok" {
		return true
	}
	_, err = prescription.VerifyAll(t.Context(), prescriptionsql.New(db), nil)
	return err != nil
}

// content is all that is in the audit trail and in the columns of a prescription
// that it covers; "" if it cannot be read.
func content(t *testing.T, file string) string {
	db, err := sql.Open("sqlite", "file:"+file)
	require.NoError(t, err)
	defer func() { _ = db.Close() }()
	text := ""
	err = prescriptionsql.New(db).AuditAll(t.Context(), func(h prescription.AuditHead, e prescription.AuditEntry) error {
		text += fmt.Sprintln(h, e)
		return nil
	})
	if err != nil {
		return ""
	}
	return text
}

// D21, a byte of the file changes by itself. Pass: what changes an entry of the
// audit trail, or what a prescription has come to, is found by SQLite's own check
// or by the trail, always. Control: without the trail SQLite's check misses some.
// What no hash covers, such as the text to the citizen, is not found.
func TestD21AByteChanges(t *testing.T) {
	db, dsn := engines[0].empty(t)
	require.NoError(t, prescriptionsql.Migrate(t.Context(), db, prescriptionsql.SQLite))
	for i := range 40 {
		require.NoError(t, prescribeAndCancelPlain(t, db, fmt.Sprintf("visit-%d", i)))
	}
	var pages []int
	rows, err := db.QueryContext(t.Context(), "SELECT pageno FROM dbstat WHERE name LIKE 'verktoy_prescription%'")
	require.NoError(t, err)
	for rows.Next() {
		var p int
		require.NoError(t, rows.Scan(&p))
		pages = append(pages, p)
	}
	require.NoError(t, rows.Err())
	require.NoError(t, rows.Close())
	require.NotEmpty(t, pages)
	_, err = db.ExecContext(t.Context(), "PRAGMA wal_checkpoint(TRUNCATE)")
	require.NoError(t, err)
	found, harmless, missed := flips(t, fileOf(dsn), pages, often(100, 2_000))
	assert.Empty(t, missed)
	require.NotZero(t, found)
	t.Logf("%d found, %d hit nothing that a hash covers, %d missed", found, harmless, len(missed))

	_, err = db.ExecContext(t.Context(), "UPDATE verktoy_prescription_audit SET by_id = 'hpr/9144888' WHERE seq = 2")
	require.NoError(t, err)
	sound(t, db, dsn) // the control: for SQLite nothing is wrong
	_, err = prescription.VerifyAll(t.Context(), prescriptionsql.New(db), nil)
	require.ErrorIs(t, err, prescription.ErrAudit)
}

func prescribeAndCancelPlain(t *testing.T, db *sql.DB, key string) error {
	s, st := service(t), prescriptionsql.New(db)
	p, err := s.Prescribe(t.Context(), st, request(t, key))
	if err != nil {
		return err
	}
	_, err = s.Cancel(t.Context(), st, prescription.Ref{ID: p.ID, Version: 1}, therapist, prescription.ReasonOther)
	return err
}
