package catalogue_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
)

var errDown = errors.New("the source is down")

// memory is a source in a test's hand.
type memory struct {
	mu    sync.Mutex
	tools []catalogue.Tool
	tag   string
	err   error
	hang  bool
	asked []string
}

func (m *memory) set(tag string, tools []catalogue.Tool, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.tag, m.tools, m.err = tag, tools, err
}

func (m *memory) Fetch(ctx context.Context, tag string) (catalogue.Document, string, error) {
	m.mu.Lock()
	m.asked = append(m.asked, tag)
	d, next, err, hang := catalogue.Document{Version: 1, Tools: m.tools}, m.tag, m.err, m.hang
	m.mu.Unlock()
	switch {
	case hang:
		<-ctx.Done()
		return catalogue.Document{}, "", ctx.Err()
	case err != nil:
		return catalogue.Document{}, "", err
	case tag != "" && tag == next:
		return catalogue.Document{}, "", catalogue.ErrUnchanged
	}
	return d, next, nil
}

func (m *memory) calls() int { m.mu.Lock(); defer m.mu.Unlock(); return len(m.asked) }

func follow(t testing.TB, m catalogue.Source, edits ...func(*catalogue.FollowConfig)) (*catalogue.Follower, error) {
	t.Helper()
	cfg := catalogue.FollowConfig{Source: m, Name: "test"}
	for _, edit := range edits {
		edit(&cfg)
	}
	f, err := catalogue.Follow(t.Context(), cfg)
	if err == nil {
		t.Cleanup(func() { assert.NoError(t, f.Close()) })
	}
	return f, err
}

func TestFollowRefreshesAndSaysHowOld(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := &memory{tools: index(t).Tools(), tag: "1"}
		var told []catalogue.Changes
		var f *catalogue.Follower
		f, err := follow(t, m, func(c *catalogue.FollowConfig) {
			c.Interval = time.Minute
			c.OnChange = func(ch catalogue.Changes) {
				if told = append(told, ch); f != nil {
					assert.Nil(t, f.Status().Err, "no lock is held")
				}
			}
		})
		require.NoError(t, err)
		began := time.Now()
		assert.Equal(t, catalogue.FollowStatus{Source: "test", Loaded: began, Checked: began, Generation: 1, Tools: 6}, f.Status())

		time.Sleep(10 * time.Minute) // a fake clock's
		synctest.Wait()
		assert.InDelta(t, 10, m.calls(), 1)
		assert.Less(t, f.Status().Age, 66*time.Second+1)
		assert.Equal(t, began, f.Status().Loaded)
		assert.Equal(t, uint64(1), f.Status().Generation)

		m.set("2", after(t, "pust", func(x *catalogue.Tool) { x.Status = "withdrawn" }), nil)
		time.Sleep(67 * time.Second)
		synctest.Wait()
		require.Len(t, told, 2)
		assert.Equal(t, []catalogue.Stopped{{Tool: "pust", Reason: catalogue.ErrWithdrawn}}, told[1].Stopped(noon))
		assert.Equal(t, catalogue.StatusWithdrawn, statusOf(t, f.Live().Index(), "pust"))
		assert.Equal(t, uint64(2), f.Status().Generation)

		x := f.Live().Index()
		m.set("3", after(t, "pust", func(x *catalogue.Tool) { x.Status = "withdrawn" }), nil)
		require.NoError(t, f.Refresh(t.Context()))
		assert.Same(t, x, f.Live().Index(), "the same under another tag changes nothing")
		assert.Equal(t, "2", m.asked[len(m.asked)-1])
	})
}

// One tool that comes back from the dead does not keep another from being withdrawn, and is reported until the source is put right.
func TestFollowTakesTheRest(t *testing.T) {
	m := &memory{tools: index(t).Tools(), tag: "1"}
	var told []catalogue.Changes
	var log bytes.Buffer
	path := filepath.Join(t.TempDir(), "snapshot")
	f, err := follow(t, m, func(c *catalogue.FollowConfig) {
		c.OnChange = func(ch catalogue.Changes) { told = append(told, ch) }
		c.Logger, c.Snapshot = slog.New(slog.NewTextHandler(&log, nil)), path
	})
	require.NoError(t, err)
	tools := after(t, "nattro", func(x *catalogue.Tool) { x.Status = "listed" })
	for i := range tools {
		if tools[i].ID == "pust" {
			tools[i].Status = "withdrawn"
		}
	}
	m.set("2", tools, nil)
	for range 2 { // the document is the same the second time
		var refused *catalogue.ReplaceError
		require.ErrorAs(t, f.Refresh(t.Context()), &refused)
		assert.Equal(t, []catalogue.ToolID{"nattro"}, refused.Revived)
		assert.Equal(t, catalogue.StatusWithdrawn, statusOf(t, f.Live().Index(), "pust"))
		assert.Equal(t, catalogue.StatusWithdrawn, statusOf(t, f.Live().Index(), "nattro"))
		assert.Zero(t, f.Status().Failures)
	}
	require.Len(t, told, 2)
	assert.Equal(t, []catalogue.Stopped{{Tool: "pust", Reason: catalogue.ErrWithdrawn}}, told[1].Stopped(noon))
	assert.Contains(t, log.String(), "refreshed in part")
	s, err := catalogue.OpenSnapshot(path)
	require.NoError(t, err)
	assert.Equal(t, catalogue.StatusWithdrawn, statusOf(t, s.Index, "pust"))
	assert.Empty(t, s.Tag, "a restart judges the document anew")

	m.set("3", after(t, "pust", func(x *catalogue.Tool) { x.Status = "withdrawn" }), nil)
	require.NoError(t, f.Refresh(t.Context()))
}

func TestFollowServesOnWhileTheSourceFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := &memory{tools: index(t).Tools(), tag: "1"}
		var log bytes.Buffer
		f, err := follow(t, m, func(c *catalogue.FollowConfig) { c.Logger = slog.New(slog.NewTextHandler(&log, nil)) })
		require.NoError(t, err)
		synctest.Wait() // it waits for the interval
		x := f.Live().Index()
		m.set("2", nil, errDown)
		require.ErrorIs(t, f.Refresh(t.Context()), errDown)
		calls := m.calls()
		time.Sleep(9 * time.Minute)
		synctest.Wait()
		s := f.Status()
		assert.Same(t, x, f.Live().Index())
		assert.Equal(t, 9*time.Minute, s.Age)
		require.ErrorIs(t, s.Err, errDown)
		assert.Greater(t, s.Failures, 7, "sooner than the interval")
		assert.Less(t, m.calls()-calls, 12, "but less and less often")
		assert.Contains(t, log.String(), `level=WARN msg="catalogue not refreshed" source=test reason="the source is down"`)
		m.set("2", index(t).Tools(), nil)
		require.NoError(t, f.Refresh(t.Context()))
		assert.Zero(t, f.Status().Age)
		assert.Zero(t, f.Status().Failures)
	})
}

// A document with a mistake anywhere is refused whole.
func TestFollowRefusesWholeDocuments(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := &memory{tools: index(t).Tools(), tag: "1"}
		var log bytes.Buffer
		f, err := follow(t, m, func(c *catalogue.FollowConfig) { c.Logger = slog.New(slog.NewTextHandler(&log, nil)) })
		require.NoError(t, err)
		x := f.Live().Index()
		cases := map[string]struct {
			tools []catalogue.Tool
			want  error
		}{
			"a mistake": {after(t, "pust", func(x *catalogue.Tool) { x.Name["nb"], x.Status = "", "hemmelig" }), catalogue.ErrInvalid},
			"revived":   {after(t, "nattro", func(x *catalogue.Tool) { x.Status = "listed" }), catalogue.ErrReplace},
			"shrunk":    {[]catalogue.Tool{get(t, "nattro")}, catalogue.ErrShrunk},
			"empty":     {nil, catalogue.ErrShrunk},
		}
		for name, c := range cases {
			m.set(name, c.tools, nil)
			require.ErrorIs(t, f.Refresh(t.Context()), c.want, name)
			assert.Same(t, x, f.Live().Index(), name)
			assert.Equal(t, "1", m.asked[len(m.asked)-1], "asked by the tag of what is served")
		}
		assert.Contains(t, log.String(), "/name/nb")
		assert.NotContains(t, log.String(), "hemmelig")
		m.set("", nil, catalogue.ErrUnchanged)
		require.NoError(t, f.Refresh(t.Context()))
	})
}

func TestFollowMaxMissing(t *testing.T) {
	m := &memory{tools: index(t).Tools(), tag: "1"}
	f, err := follow(t, m, func(c *catalogue.FollowConfig) { c.MaxMissing = 100 })
	require.NoError(t, err)
	m.set("2", nil, nil)
	require.NoError(t, f.Refresh(t.Context()))
	assert.Equal(t, catalogue.StatusWithdrawn, statusOf(t, f.Live().Index(), "pust"))
	m.set("3", index(t).Tools(), nil)
	require.NoError(t, f.Refresh(t.Context()))
	assert.Equal(t, catalogue.StatusListed, statusOf(t, f.Live().Index(), "pust"), "it was an accident")
}

func TestFollowWithNothingToServe(t *testing.T) {
	_, err := follow(t, &memory{err: errDown})
	require.ErrorIs(t, err, errDown)
	require.ErrorContains(t, err, "catalogue: nothing to serve: ")
	_, err = follow(t, &memory{err: catalogue.ErrUnchanged})
	require.ErrorContains(t, err, "want the document where no tag was given")

	f, err := follow(t, &memory{err: errDown}, func(c *catalogue.FollowConfig) { c.Live = catalogue.NewLive(index(t)) })
	require.NoError(t, err, "what Live held serves")
	require.ErrorIs(t, f.Status().Err, errDown)
	assert.True(t, f.Status().Loaded.IsZero())

	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, err := catalogue.Follow(ctx, catalogue.FollowConfig{Source: &memory{hang: true}, Name: "test"})
		require.ErrorIs(t, err, context.DeadlineExceeded)
	})
}

func TestFollowConfigIsChecked(t *testing.T) {
	_, err := catalogue.Follow(t.Context(), catalogue.FollowConfig{Name: "a\nb", Interval: 1, Timeout: -1, MaxMissing: 101})
	_, typed := catalogue.Follow(t.Context(), catalogue.FollowConfig{Source: (*catalogue.HTTPSource)(nil), Name: "test"})
	require.EqualError(t, typed, "catalogue: invalid FollowConfig: field Source is nil")
	assert.EqualError(t, err, "catalogue: invalid FollowConfig: field Source is nil; field Name: want 1 to 200 characters in one line; "+
		"field Interval is less than a second; field Timeout is negative; field MaxMissing is not within 0 and 100")
}

// One look does for all who wait, and Close ends it.
func TestFollowOneLookAtATime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := &memory{tools: index(t).Tools(), tag: "1"}
		f, err := follow(t, m)
		require.NoError(t, err)
		m.mu.Lock()
		m.hang = true
		m.mu.Unlock()
		var wg sync.WaitGroup
		for range 10 {
			wg.Go(func() { assert.ErrorIs(t, f.Refresh(t.Context()), context.Canceled) })
		}
		synctest.Wait()
		assert.Equal(t, 2, m.calls())
		ended, end := context.WithCancel(t.Context())
		end()
		require.ErrorIs(t, f.Refresh(ended), context.Canceled)
		assert.Equal(t, 2, m.calls())
		require.NoError(t, f.Close())
		wg.Wait()
		require.ErrorIs(t, f.Refresh(t.Context()), catalogue.ErrClosed)
		assert.Equal(t, 6, f.Live().Index().Len())
	})
}

// The bar: readers on two processors while the source changes 1,000 times; no error, and never two generations in one answer.
func TestFollowUnderLoad(t *testing.T) {
	const changes, tools = 1000, 12
	made := func(n int) []catalogue.Tool {
		var list []catalogue.Tool
		for i := range tools {
			list = append(list, catalogue.Tool{ID: catalogue.ToolID(fmt.Sprintf("tool-%02d", i)), Status: "listed", Kind: "course",
				Name: catalogue.Text{"nb": "Sov godt"}, Summary: catalogue.Text{"nb": "utgave " + strconv.Itoa(n)}})
		}
		return list
	}
	m := &memory{tools: made(0), tag: "0"}
	told := 0
	f, err := follow(t, m, func(c *catalogue.FollowConfig) { c.OnChange = func(catalogue.Changes) { told++ } })
	require.NoError(t, err)
	var stop atomic.Bool
	var answers, seen atomic.Int64
	var faults sync.Map
	var wg sync.WaitGroup
	for range max(2, runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			last := -1
			for !stop.Load() {
				n, err := generation(f.Live().Index(), tools)
				if err == nil && n < last {
					err = fmt.Errorf("%d after %d", n, last)
				}
				if err != nil {
					faults.Store(err.Error(), true)
				}
				if n != last {
					seen.Add(1)
				}
				last = n
				answers.Add(1)
			}
		})
	}
	for n := 1; n <= changes; n++ {
		m.set(strconv.Itoa(n), made(n), nil)
		require.NoError(t, f.Refresh(t.Context()))
	}
	stop.Store(true)
	wg.Wait()
	faults.Range(func(fault, _ any) bool { return assert.Fail(t, "fault", fault) })
	assert.Equal(t, changes+1, told)
	assert.Equal(t, uint64(changes+1), f.Status().Generation)
	assert.Greater(t, seen.Load(), int64(changes/10), "the readers saw it change")
	t.Logf("%d answers, %d changes seen", answers.Load(), seen.Load())
}

// generation is what all tools of an index say, by search and by id.
func generation(x *catalogue.Index, tools int) (int, error) {
	r, err := x.Search(catalogue.Query{Text: "sove", Limit: 100})
	if err != nil || len(r.Hits) != tools {
		return 0, fmt.Errorf("%d hits: %w", len(r.Hits), err)
	}
	want := r.Hits[0].Tool().Summary["nb"]
	for _, h := range r.Hits {
		if one, _ := x.Get(h.ID); h.Tool().Summary["nb"] != want || one.Summary["nb"] != want {
			return 0, errors.New("two generations in one answer")
		}
	}
	return strconv.Atoi(want[len("utgave "):])
}

// Keep a catalogue fresh, and look at what a change means for prescriptions.
func ExampleFollow() {
	dir, err := os.MkdirTemp("", "catalogue")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "catalogue.json")
	write := func(status string) {
		text := `{"version": 1, "tools": [{"id": "sov-godt", "status": "` + status + `", "name": {"nb": "Sov godt"}, "access": {}}]}`
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			fmt.Println(err)
		}
	}
	write("listed")
	follower, err := catalogue.Follow(context.Background(), catalogue.FollowConfig{
		Source: catalogue.NewFileSource(path), Name: "our catalogue", Snapshot: filepath.Join(dir, "catalogue.snapshot"),
		OnChange: func(c catalogue.Changes) {
			for _, s := range c.Stopped(time.Now()) {
				fmt.Println("look at the prescriptions of", s.Tool)
			}
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer follower.Close()
	write("withdrawn")
	fmt.Println(follower.Refresh(context.Background()))
	write("listed")
	fmt.Println(follower.Refresh(context.Background()))
	tool, _ := follower.Live().Get("sov-godt")
	fmt.Println(tool.Status, follower.Status().Generation)
	// Output:
	// look at the prescriptions of sov-godt
	// <nil>
	// catalogue: the tools cannot take the others' place: withdrawn, and must stay so; give a tool that comes back a new id: sov-godt (/tools/0/status)
	// withdrawn 2
}
