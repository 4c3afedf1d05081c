package catalogue_test

import (
	"errors"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
)

func TestGetResolvesEveryStatus(t *testing.T) {
	x := index(t)
	for id, status := range map[catalogue.ToolID]catalogue.Status{"sov-godt": "listed", "drommedagbok": "paused", "nattro": "withdrawn", "utkast": "draft"} {
		tool, known := x.Get(id)
		require.True(t, known, id)
		assert.Equal(t, status, tool.Status)
	}
	_, known := x.Get("other")
	assert.False(t, known)
	assert.Equal(t, 6, x.Len())
	assert.Len(t, x.Tools(), 6)
}

// A hit makes a copy for whoever asks it.
func TestHitGivesItsToolAsOftenAsAsked(t *testing.T) {
	r := search(t, catalogue.Query{Text: "insomni"})
	require.NotEmpty(t, r.Hits)
	hit := r.Hits[0]
	want, known := index(t).Get(hit.ID)
	require.True(t, known)
	changed := hit.Tool()
	changed.Name["nb"] = "changed"
	assert.Equal(t, want, hit.Tool())
	assert.Equal(t, catalogue.Tool{}, catalogue.Hit{}.Tool())
}

// No caller can change what another one sees, by whatever way it got a tool.
func TestIndexSharesNothing(t *testing.T) {
	d, err := catalogue.Parse(small)
	require.NoError(t, err)
	x, err := catalogue.NewIndex(d.Tools)
	require.NoError(t, err)
	untouched, err := catalogue.Parse(small)
	require.NoError(t, err)
	want := untouched.Tools[0]
	search := func() catalogue.Tool {
		r, err := x.Search(catalogue.Query{Text: "insomni"})
		require.NoError(t, err)
		require.NotEmpty(t, r.Hits)
		return r.Hits[0].Tool()
	}
	first, _ := x.Get("sov-godt")
	added := first
	added.ID, added.Identifiers = "added", []catalogue.Identifier{{System: "urn:a", Value: "added"}}
	larger, err := x.With(added)
	require.NoError(t, err)
	for name, tool := range map[string]catalogue.Tool{"given": d.Tools[0], "Get": first, "Search": search(), "Tools": x.Tools()[4], "With": added} {
		tool.Name["nb"] = "changed"
		tool.Keywords["nb"][0] = "changed"
		tool.Areas[0], tool.Start[0].URL, *tool.Ages.Min = "changed", "changed", 99
		tool.Units[0].Title["nb"], tool.Units[0].Exclusions[0]["nb"] = "changed", "changed"
		tool.Identifiers[0].Value, tool.Listing.From, tool.Evidence[0].Title["nb"] = "changed", "changed", "changed"
		tool.Vendor.Name, tool.Approval.Decision = "changed", "changed"
		got, _ := x.Get("sov-godt")
		require.Equal(t, want, got, name)
	}
	got, _ := larger.Get("added")
	got.ID, got.Identifiers = "sov-godt", want.Identifiers
	assert.Equal(t, want, got)
}

func TestWith(t *testing.T) {
	x := index(t)
	tool := get(t, "pust")
	tool.Name = catalogue.Text{"nb": "Pust rolig"}
	changed, err := x.With(tool)
	require.NoError(t, err)
	got, _ := changed.Get("pust")
	assert.Equal(t, "Pust rolig", got.Name["nb"])
	old, _ := x.Get("pust")
	assert.Equal(t, "Å puste", old.Name["nb"], "the old index stays")
	assert.Equal(t, x.Len(), changed.Len())

	tool.ID = "pust-2"
	added, err := changed.With(tool)
	require.NoError(t, err)
	assert.Equal(t, x.Len()+1, added.Len())

	back := get(t, "nattro")
	back.Status = catalogue.StatusListed
	_, err = x.With(back)
	assert.ErrorIs(t, err, catalogue.ErrWithdrawn)
	back.Status = catalogue.StatusWithdrawn
	back.Summary = catalogue.Text{"nb": "Tatt ut av katalogen."}
	_, err = x.With(back)
	assert.NoError(t, err, "the texts of a withdrawn tool may change")

	_, err = x.With(catalogue.Tool{ID: "a", Status: "listed"})
	assert.Equal(t, []string{"/tools/0/name missing-member"}, problems(t, err))
}

// An identifier that was given out resolves for ever, and to one tool.
func TestIdentifiersResolveForEver(t *testing.T) {
	const system = "https://register.example.no/tools"
	x := index(t)
	tool, known := x.ByIdentifier(system, "T 17")
	require.True(t, known)
	assert.Equal(t, catalogue.ToolID("sov-godt"), tool.ID)
	for _, c := range [][2]string{{system, "t 17"}, {system, "T 1"}, {"", ""}, {system + " ", "T 17"}, {"https://register.example.no", "/tools T 17"}} {
		_, known := x.ByIdentifier(c[0], c[1])
		assert.False(t, known, c)
	}

	tool.Status = catalogue.StatusWithdrawn
	withdrawn, err := x.With(tool)
	require.NoError(t, err)
	tool, known = withdrawn.ByIdentifier(system, "T 17")
	assert.True(t, known)
	assert.Equal(t, catalogue.StatusWithdrawn, tool.Status)

	tool.Identifiers = nil
	_, err = withdrawn.With(tool)
	assert.ErrorIs(t, err, catalogue.ErrIdentifierLost)
	other := get(t, "pust")
	other.Identifiers = []catalogue.Identifier{{System: "urn:a", Value: "1"}, {System: system, Value: "T 17"}}
	_, err = withdrawn.With(other)
	assert.Equal(t, []string{"/tools/0/identifiers/1 repeated"}, problems(t, err))

	draft := get(t, "utkast")
	draft.Identifiers = []catalogue.Identifier{{System: "urn:a", Value: "1"}}
	first, err := x.With(draft)
	require.NoError(t, err)
	draft.Identifiers[0].Value = "2"
	_, err = first.With(draft)
	assert.NoError(t, err, "those of a draft may change")
	_, known = new(catalogue.Index).ByIdentifier(system, "T 17")
	assert.False(t, known)
}

func TestNewIndexRefusesFaultyTools(t *testing.T) {
	_, err := catalogue.NewIndex([]catalogue.Tool{get(t, "pust"), get(t, "pust")})
	assert.Equal(t, []string{"/tools/1/id repeated"}, problems(t, err))
}

func TestEmptyIndexesAnswer(t *testing.T) {
	made, err := catalogue.NewIndex(nil)
	require.NoError(t, err)
	for name, x := range map[string]*catalogue.Index{"made": made, "zero": {}, "live": catalogue.NewLive(nil).Index(), "zero live": new(catalogue.Live).Index()} {
		r, err := x.Search(catalogue.Query{Text: "søvnproblemer"})
		require.NoError(t, err, name)
		assert.Equal(t, catalogue.Result{}, r, name)
		_, known := x.Get("pust")
		assert.False(t, known, name)
		grown, err := x.With(get(t, "pust"))
		require.NoError(t, err, name)
		assert.Equal(t, 1, grown.Len(), name)
	}
}

func TestLiveSwapAndErrors(t *testing.T) {
	x := index(t)
	l := catalogue.NewLive(x)
	l.Swap(nil)
	assert.Same(t, x, l.Index(), "nil changes nothing")
	refused := errors.New("no")
	assert.Same(t, refused, l.Update(func(*catalogue.Index) (*catalogue.Index, error) { return nil, refused }))
	assert.ErrorIs(t, l.Update(func(*catalogue.Index) (*catalogue.Index, error) { return nil, nil }), catalogue.ErrNoIndex)
	assert.Same(t, x, l.Index())
}

// Whoever keeps live.Get gets the tools of today.
func TestLiveGetFollows(t *testing.T) {
	for name, l := range map[string]*catalogue.Live{"new": catalogue.NewLive(nil), "zero": new(catalogue.Live)} {
		kept := l.Get
		_, known := kept("pust")
		assert.False(t, known, name)
		l.Swap(index(t))
		tool, known := kept("pust")
		assert.True(t, known, name)
		assert.Equal(t, get(t, "pust"), tool, name)
	}
}

// Writers that start at the same moment lose none of each other's changes, while readers always see a whole index.
func TestLiveKeepsEveryChange(t *testing.T) {
	const writers, each = 8, 12
	l := new(catalogue.Live)
	tool := get(t, "pust")
	var ready atomic.Int64
	var wg sync.WaitGroup
	var faults sync.Map
	spin := func() {
		ready.Add(1)
		for ready.Load() < 2*writers {
			runtime.Gosched()
		}
	}
	for w := range writers {
		wg.Go(func() {
			spin()
			for i := range each {
				mine := tool
				mine.ID = catalogue.ToolID(fmt.Sprintf("tool-%d-%d", w, i))
				if err := l.Update(func(x *catalogue.Index) (*catalogue.Index, error) { return x.With(mine) }); err != nil {
					faults.Store(mine.ID, err)
				}
			}
		})
		wg.Go(func() {
			spin()
			for range each {
				x := l.Index()
				r, err := x.Search(catalogue.Query{Text: "pust", Limit: 100})
				if err != nil || r.Total != x.Len() {
					faults.Store(w, fmt.Sprintf("%d of %d found: %v", r.Total, x.Len(), err))
				}
			}
		})
	}
	wg.Wait()
	faults.Range(func(k, v any) bool { return assert.Fail(t, "fault", "%v: %v", k, v) })
	assert.Equal(t, writers*each, l.Index().Len())
}
