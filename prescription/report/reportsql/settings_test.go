package reportsql_test

import (
	"testing"

	"github.com/verktoykatalog/verktoy/internal/sqltest"
	"github.com/verktoykatalog/verktoy/prescription/report/reportsql"
)

func TestCheckSettings(t *testing.T) {
	sqltest.Settings[reportsql.Dialect]{Check: reportsql.CheckSettings, ErrSettings: reportsql.ErrSettings, ErrOther: reportsql.ErrDialect, Engines: engines}.Run(t)
}
