package prescriptionsql_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

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
	db, dsn := engines[0].Empty(t)
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
	db := engines[1].Migrated(t)
	schema, rounds := schemaOf(t, db), often(1, 20)
	texts, before := make([]string, rounds), make([][]prescription.ID, rounds)
	underLoad(t, db, rounds, func(round int, acknowledged []prescription.ID) {
		texts[round], before[round] = dumped(t, schema), acknowledged
	})
	original := chains(t, db)
	for round, text := range texts {
		restored, _ := engines[1].Empty(t)
		other := schemaOf(t, restored)
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

// schemaOf is where a test's tables are in PostgreSQL.
func schemaOf(t *testing.T, db *sql.DB) (schema string) {
	t.Helper()
	require.NoError(t, db.QueryRowContext(t.Context(), "SELECT current_schema()").Scan(&schema))
	return schema
}

// dumped is what pg_dump writes of a schema.
func dumped(t *testing.T, schema string) string {
	t.Helper()
	dump, err := exec.LookPath("pg_dump")
	if err != nil {
		without(t, "the program pg_dump is missing")
	}
	out, err := exec.CommandContext(t.Context(), dump, "--inserts", "--schema="+schema, os.Getenv("VERKTOY_TEST_POSTGRES")).Output()
	require.NoError(t, err)
	return string(out)
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
