package prescriptionsql_test

import (
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/prescription/prescriptionsql"
)

// For SQLite $2 is a name and not a number: drivers bind in order of first use.
func TestParametersAreNumberedInOrderOfFirstUse(t *testing.T) {
	queries := prescriptionsql.Queries()
	require.NotEmpty(t, queries)
	for _, q := range queries {
		if strings.HasPrefix(q, "WITH ") {
			continue // for PostgreSQL, where $2 is a number
		}
		var order []string
		for _, p := range regexp.MustCompile(`\$[0-9]+`).FindAllString(q, -1) {
			if !slices.Contains(order, p) {
				order = append(order, p)
			}
		}
		for i, p := range order {
			assert.Equal(t, "$"+strconv.Itoa(i+1), p, q)
		}
	}
}

// Queries that a test does not see would escape the one above.
func TestAllQueriesAreInTheList(t *testing.T) {
	source, err := os.ReadFile("queries.go")
	require.NoError(t, err)
	names := regexp.MustCompile("(?m)^\t([a-zA-Z]+) += ").FindAllSubmatch(source, -1)
	assert.Len(t, prescriptionsql.Queries(), len(names))
	exported, err := os.ReadFile("export_test.go")
	require.NoError(t, err)
	for _, n := range names {
		assert.True(t, strings.Contains(string(exported), string(n[1])), "%s", n[1])
	}
}
