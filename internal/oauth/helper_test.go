package oauth_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/internal/oauth"
)

func oauthError(t *testing.T, err error) *oauth.Error {
	t.Helper()
	var e *oauth.Error
	require.ErrorAs(t, err, &e)
	return e
}
