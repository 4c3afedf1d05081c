package approvalfhir_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval/approvalfhir"
)

// What is read can be written, and what is written is read again as the same, without a note; what is refused says where.
func FuzzImport(f *testing.F) {
	set := testSet(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		first, err := approvalfhir.Import(data, set, approvalfhir.Options{})
		if err != nil {
			found := refused(t, err)
			require.LessOrEqual(t, len(found), 100)
			return
		}
		written, notes, err := approvalfhir.Response(first.Declaration, set, "nn")
		require.NoError(t, err)
		require.Empty(t, list(notes))
		again, err := approvalfhir.Import(written, set, approvalfhir.Options{})
		require.NoError(t, err)
		assert.Equal(t, first.Declaration, again.Declaration)
		assert.Empty(t, list(again.Notes))
	})
}
