package catalogue_test

import (
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
)

// One tool in the place of a whole catalogue is a mistake: it would withdraw all others.
func TestReplaceByOneToolIsRefused(t *testing.T) {
	l := catalogue.NewLive(index(t))
	before := l.Index()
	for name, tools := range map[string][]catalogue.Tool{"one": {get(t, "pust")}, "none": nil} {
		changes, err := l.Replace(tools)
		require.ErrorIs(t, err, catalogue.ErrShrunk, name)
		assert.ErrorContains(t, err, "of 3 listed ones, want at most 50 percent", name)
		assert.ErrorContains(t, err, "Live.Put", "it says what to do")
		assert.True(t, changes.Empty(), name)
		assert.Same(t, before, l.Index(), name)
	}
	_, err := l.Replace([]catalogue.Tool{get(t, "pust"), get(t, "sov-godt")})
	assert.NoError(t, err, "one of three may be missing")
}

// Put changes one tool and leaves all others, and is refused as With is.
func TestPut(t *testing.T) {
	l := catalogue.NewLive(index(t))
	pust := get(t, "pust")
	pust.Status = catalogue.StatusPaused
	changes, err := l.Put(pust)
	require.NoError(t, err)
	assert.Equal(t, `{"tools":[{"id":"pust","kind":"changed","status":{"from":"listed","to":"paused"}}]}`, asJSON(t, changes))
	pust.ID = "ny"
	changes, err = l.Put(pust)
	require.NoError(t, err)
	assert.Equal(t, `{"tools":[{"id":"ny","kind":"added","status":{"to":"paused"}}]}`, asJSON(t, changes))
	assert.Equal(t, index(t).Len()+1, l.Index().Len())

	before := l.Index()
	changes, err = l.Put(pust)
	require.NoError(t, err)
	assert.True(t, changes.Empty())
	assert.Same(t, before, l.Index(), "an index that says the same takes no place")
	back := get(t, "nattro")
	back.Status = catalogue.StatusListed
	changes, err = l.Put(back)
	require.ErrorIs(t, err, catalogue.ErrWithdrawn)
	assert.Equal(t, catalogue.Changes{}, changes)
	_, err = l.Put(catalogue.Tool{})
	require.ErrorIs(t, err, catalogue.ErrInvalid)
	assert.Same(t, before, l.Index())
}

// Tools that are put in at the same moment are all there.
func TestPutAtOnce(t *testing.T) {
	const writers, each = 6, 10
	l, pust := new(catalogue.Live), get(t, "pust")
	var ready atomic.Int64
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for ready.Add(1); ready.Load() < writers; {
				runtime.Gosched()
			}
			for i := range each {
				mine := pust
				mine.ID = catalogue.ToolID(fmt.Sprintf("tool-%d-%d", w, i))
				changes, err := l.Put(mine)
				assert.NoError(t, err)
				assert.Len(t, changes.Tools, 1, "each is told its own change only")
			}
		})
	}
	wg.Wait()
	assert.Equal(t, writers*each, l.Index().Len())
}

// A tool is paused, and the others stay as they are.
func ExampleLive_Put() {
	live := catalogue.NewLive(nil)
	for _, id := range []catalogue.ToolID{"pust", "sov-godt"} {
		if _, err := live.Put(catalogue.Tool{ID: id, Status: catalogue.StatusListed, Name: catalogue.Text{"nb": string(id)}}); err != nil {
			panic(err)
		}
	}
	tool, _ := live.Get("pust")
	tool.Status = catalogue.StatusPaused
	changes, err := live.Put(tool)
	fmt.Println(len(changes.Tools), changes.Tools[0].Status.To, err)
	other, _ := live.Get("sov-godt")
	fmt.Println(other.Status)
	// Output:
	// 1 paused <nil>
	// listed
}
