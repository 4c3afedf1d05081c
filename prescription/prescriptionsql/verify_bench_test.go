package prescriptionsql_test

import (
	"crypto/sha256"
	"database/sql"
	"database/sql/driver"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"modernc.org/sqlite"

	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/prescriptionsql"
)

func init() {
	sqlite.MustRegisterDeterministicScalarFunction("sha256_hex", 1, func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
		sum := sha256.Sum256([]byte(fmt.Sprint(args[0])))
		return hex.EncodeToString(sum[:]), nil
	})
}

// chain gives each prescription a trail of so many entries, hashed by the
// database itself.
func (e engine) chain(t testing.TB, db *sql.DB, entries int) {
	t.Helper()
	hash := map[string]string{"sqlite": "sha256_hex(%s)", "postgres": "encode(sha256(convert_to(%s, 'UTF8')), 'hex')"}[e.Name]
	at := noon.UnixMicro()
	e.exec(t, db, fmt.Sprintf("UPDATE verktoy_prescription SET version = %d, state = 'sent', ended = 0, updated = %d", entries, at+int64(entries)))
	for seq := 1; seq <= entries; seq++ {
		event, from := "note", "sent"
		if seq == 1 {
			event, from = "prescribe", "drafted"
		}
		fixed := func(v any) string { return fmt.Sprintf("'%d:%v'", len(fmt.Sprint(v)), v) }
		parts := []string{fixed("verktoy prescription audit 1"), "length(previous) || ':' || previous", fixed(seq), "length(id) || ':' || id",
			fixed(at + int64(seq)), fixed(event), fixed(from), fixed("sent"), fixed("therapist"), fixed("hpr/9144889"), fixed("")}
		e.exec(t, db, fmt.Sprintf(`INSERT INTO verktoy_prescription_audit (prescription, seq, at, event, from_state, to_state, by_role, by_id,
 reason, detail, previous_hash, hash)
 SELECT id, %d, %d, '%s', '%s', 'sent', 'therapist', 'hpr/9144889', '', '', previous, %s FROM (SELECT p.id, coalesce(a.hash, '') AS previous
 FROM verktoy_prescription p LEFT JOIN verktoy_prescription_audit a ON a.prescription = p.id AND a.seq = %d) AS before`,
			seq, at+int64(seq), event, from, fmt.Sprintf(hash, strings.Join(parts, " || ")), seq-1))
	}
	e.analyze(t, db)
}

// BenchmarkVerifyAll reads and checks the whole trail of a million entries, or as
// many as VERKTOY_TEST_ROWS says, four for each prescription. The bar is 10 s for
// a million.
func BenchmarkVerifyAll(b *testing.B) {
	const each = 4
	rows := number10(b, "VERKTOY_TEST_ROWS", 1_000_000)
	for _, e := range engines {
		b.Run(e.Name, func(b *testing.B) {
			db := e.Migrated(b)
			db.SetMaxOpenConns(1) // one file of SQLite grows under one connection
			e.write(b, db, rows/each)
			e.chain(b, db, each)
			for b.Loop() {
				sum, err := prescription.VerifyAll(b.Context(), prescriptionsql.New(db), nil)
				require.NoError(b, err)
				require.EqualValues(b, rows/each*each, sum.Entries)
			}
			b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "entries/s")
		})
	}
}
