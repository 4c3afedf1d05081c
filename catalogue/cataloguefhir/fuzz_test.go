package cataloguefhir_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue/cataloguefhir"
)

// What is read can be written, and what is written is read again as the same, without a note; what is refused says where.
func FuzzRead(f *testing.F) {
	w := writer(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		first, err := cataloguefhir.Read(data, cataloguefhir.Options{Language: "en"})
		if err != nil {
			found := problems(t, err)
			require.NotEmpty(t, found)
			require.LessOrEqual(t, len(found), 100)
			return
		}
		written, err := w.Bundle(first.Tools)
		require.NoError(t, err)
		again, err := cataloguefhir.Read(written, cataloguefhir.Options{})
		require.NoError(t, err)
		assert.Equal(t, first.Tools, again.Tools)
		assert.Empty(t, codes(again.Notes))
	})
}
