package catalogueapi_test

import (
	"net/http"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/catalogue/catalogueapi"
	"github.com/verktoykatalog/verktoy/catalogue/cataloguetest"
)

// national is the API with another catalogue each time.
type national struct {
	current atomic.Pointer[cataloguetest.API]
}

func (n *national) Do(r *http.Request) (*http.Response, error) {
	return n.current.Load().Client().Do(r)
}

func (n *national) set(d catalogue.Document) error {
	api, err := cataloguetest.New(cataloguetest.Config{Tools: d.Tools, Now: now})
	if err == nil {
		n.current.Store(api)
	}
	return err
}

func TestTheAPIIsASource(t *testing.T) {
	cataloguetest.TestSource(t, func(t *testing.T) cataloguetest.SourceTarget {
		n := &national{}
		require.NoError(t, n.set(catalogue.Document{}))
		client, err := catalogueapi.New(catalogueapi.Config{Address: n.current.Load().Address(), HTTP: n, Now: now})
		require.NoError(t, err)
		return cataloguetest.SourceTarget{Source: client, Set: n.set, Break: func() error {
			n.current.Load().Fail(cataloguetest.List, 1_000_000, http.StatusInternalServerError)
			return nil
		}}
	})
}

// A copy of the national catalogue follows it, and a withdrawal there is one here.
func TestFollowTheAPI(t *testing.T) {
	w := begin(t, cataloguetest.Config{Tools: tools()}, nil)
	f, err := catalogue.Follow(t.Context(), catalogue.FollowConfig{Name: "national", Source: w.client})
	require.NoError(t, err)
	defer func() { assert.NoError(t, f.Close()) }()
	require.NoError(t, w.api.Withdraw("angst"))
	require.NoError(t, f.Refresh(t.Context()))
	tool, known := f.Live().Get("angst")
	require.True(t, known)
	assert.Equal(t, catalogue.StatusWithdrawn, tool.Status)
	w.api.Fail(cataloguetest.List, 1, http.StatusInternalServerError)
	require.Error(t, f.Refresh(t.Context()))
	assert.Equal(t, len(tools()), f.Live().Index().Len(), "what is there serves on")
}
