package approvalsign_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval/approvalsign"
	"github.com/verktoykatalog/verktoy/internal/jcs"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// What verifies says what was signed: it has the same canonical form.
func FuzzVerify(f *testing.F) {
	key := generate(f, approvalsign.EdDSA)
	data := declaration(f)
	signature, keys := sign(f, data, key), public(f, key)
	want, err := jcs.Canonical(data, strictjson.Document())
	require.NoError(f, err)
	f.Add(data)
	f.Add(want)
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := approvalsign.Verify(data, signature, keys, all)
		form, bad := jcs.Canonical(data, strictjson.Document())
		if err != nil {
			require.ErrorIs(t, err, approvalsign.ErrRefused)
			require.Empty(t, got)
			require.NotEqual(t, string(want), string(form))
			return
		}
		require.NoError(t, bad)
		require.Equal(t, string(want), string(form))
	})
}
