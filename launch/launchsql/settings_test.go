package launchsql_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/sqltest"
	"github.com/verktoykatalog/verktoy/launch/launchsql"
)

func TestCheckSettings(t *testing.T) {
	sqltest.Settings[launchsql.Dialect]{Check: launchsql.CheckSettings, ErrSettings: launchsql.ErrSettings, ErrOther: launchsql.ErrDialect, Engines: engines}.Run(t)
}

// Who has not set busy_timeout reads in the error what to do.
func TestALaunchThatMeetsALockSaysWhatToSet(t *testing.T) {
	db, dsn := engines[0].Empty(t)
	require.NoError(t, launchsql.Migrate(t.Context(), db, launchsql.SQLite))
	o := lockedOut(t, db, dsn)
	hasty := open(t, "sqlite", strings.Replace(dsn, "busy_timeout(10000)", "busy_timeout(0)", 1))
	require.NoError(t, hasty.PingContext(t.Context()))
	o.stop()
	first, err := replay(t, hasty).Consume(t.Context(), issuer, "message-1", far)
	o.start()
	assert.False(t, first)
	require.ErrorContains(t, err, "busy: others are writing; open it with busy_timeout in the DSN")
}
