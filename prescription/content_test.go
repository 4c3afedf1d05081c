package prescription_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/prescription"
)

// keeper remembers the content of what is to be stored.
type keeper struct {
	*prescription.Memory
	content string
}

func (k *keeper) Create(ctx context.Context, n prescription.New) (prescription.Prescription, error) {
	k.content = n.Content
	return k.Memory.Create(ctx, n)
}

// The form of a request's digest is for ever: a key that was used is compared with it years later.
func TestTheDigestOfARequestNeverChanges(t *testing.T) {
	k := &keeper{Memory: prescription.NewMemory()}
	_, err := newWorld(t).Prescribe(t.Context(), k, request("visit-1"))
	require.NoError(t, err)
	// Made by another program: SHA-256 of each field, its length and a colon before it.
	assert.Equal(t, "7c79947524e185523ad881cb074514575ab118070f4847e46b98cbb7f2daa09f", k.content)
}
