package prescriptionsql_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/sqltest"
	"github.com/verktoykatalog/verktoy/prescription"
	"github.com/verktoykatalog/verktoy/prescription/prescriptionsql"
)

// D15, besides what TestMigrate has of it: a program that does not migrate writes
// nothing to an older schema, and what was there is there when it has been migrated.
func TestD15NothingIsWrittenToAnOlderSchema(t *testing.T) {
	onEach(t, func(t *testing.T, e engine) {
		db, _ := e.Empty(t)
		e.first(t, db)
		before := e.Schema(t, db)
		_, err := service(t).Prescribe(t.Context(), prescriptionsql.New(db), request(t, "visit-1"))
		require.ErrorContains(t, err, "has the database been migrated?")
		assert.Equal(t, before, e.Schema(t, db))
		assert.Equal(t, 1, count(t, db, "SELECT count(*) FROM verktoy_prescription"))
		require.NoError(t, prescriptionsql.Migrate(t.Context(), db, e.Dialect))
		e.whole(t, db)
		_, err = service(t).Prescribe(t.Context(), prescriptionsql.New(db), request(t, "visit-2"))
		require.NoError(t, err, "the control")
	})
}

func TestD15AFileThatIsNoDatabase(t *testing.T) {
	db, _, _ := sqltest.Letter(t)
	_, err := prescription.VerifyAll(t.Context(), prescriptionsql.New(db), nil)
	require.ErrorContains(t, err, "SQLite code 26")
}
