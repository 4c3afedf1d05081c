package catalogue_test

import (
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
)

func snapshotIn(path string) func(*catalogue.FollowConfig) {
	return func(c *catalogue.FollowConfig) { c.Snapshot = path }
}

// A restart without network serves what was there, says how old it is, and still knows what was withdrawn.
func TestFollowColdStart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "snapshot")
		first, err := follow(t, &memory{tools: index(t).Tools(), tag: "1"}, snapshotIn(path))
		require.NoError(t, err)
		loaded := time.Now()
		time.Sleep(130 * time.Minute)
		require.NoError(t, first.Close())
		time.Sleep(time.Hour)

		m := &memory{err: errDown}
		var told []catalogue.Changes
		f, err := follow(t, m, snapshotIn(path), func(c *catalogue.FollowConfig) {
			c.OnChange = func(ch catalogue.Changes) { told = append(told, ch) }
		})
		require.NoError(t, err)
		s := f.Status()
		require.ErrorIs(t, s.Err, errDown)
		assert.Equal(t, loaded.UTC(), s.Loaded)
		assert.Equal(t, 6, s.Tools)
		assert.Greater(t, s.Age, time.Hour)
		assert.Less(t, s.Age, 140*time.Minute, "written anew while nothing changed")
		assert.Equal(t, "1", m.asked[0])
		assert.Empty(t, told)

		m.set("1", nil, nil)
		require.NoError(t, f.Refresh(t.Context()), "unchanged")
		assert.Zero(t, f.Status().Age)
		m.set("2", after(t, "pust", func(x *catalogue.Tool) { x.Status = "withdrawn" }), nil)
		require.NoError(t, f.Refresh(t.Context()))
		assert.Len(t, told, 1, "what was withdrawn while the program was down")
	})
}

// What was withdrawn while the program was down is told by who has a snapshot, and by nobody else.
func TestWhatStoppedWhileTheProgramWasDown(t *testing.T) {
	path := filepath.Join(t.TempDir(), "snapshot")
	m := &memory{tools: index(t).Tools(), tag: "1"}
	start := func(edits ...func(*catalogue.FollowConfig)) (stopped []catalogue.Stopped) {
		f, err := follow(t, m, append(edits, func(c *catalogue.FollowConfig) {
			c.OnChange = func(ch catalogue.Changes) { stopped = append(stopped, ch.Stopped(noon)...) }
		})...)
		require.NoError(t, err)
		require.NoError(t, f.Close())
		return stopped
	}
	require.Empty(t, start(snapshotIn(path)))
	m.set("2", after(t, "pust", func(x *catalogue.Tool) { x.Status = catalogue.StatusWithdrawn }), nil)
	assert.Empty(t, start(), "without a snapshot all tools are new")
	assert.Equal(t, []catalogue.Stopped{{Tool: "pust", Reason: catalogue.ErrWithdrawn}}, start(snapshotIn(path)))
}

// The host's own words hold after a restart, whether or not the source answers.
func TestFollowColdStartKeepsSynonyms(t *testing.T) {
	path := filepath.Join(t.TempDir(), "snapshot")
	hits := func(m *memory) int {
		x, err := catalogue.Options{Synonyms: []catalogue.Synonyms{{Same: []string{"søvn", "blubb"}}}}.NewIndex(nil)
		require.NoError(t, err)
		f, err := follow(t, m, snapshotIn(path), func(c *catalogue.FollowConfig) { c.Live = catalogue.NewLive(x) })
		require.NoError(t, err)
		r, err := f.Live().Index().Search(catalogue.Query{Text: "blubb", At: noon})
		require.NoError(t, err)
		require.NoError(t, f.Close())
		return r.Total
	}
	first := hits(&memory{tools: index(t).Tools(), tag: "1"})
	require.NotZero(t, first)
	assert.Equal(t, first, hits(&memory{err: errDown}), "from the snapshot")
	assert.Equal(t, first, hits(&memory{tools: index(t).Tools(), tag: "1"}), "unchanged since")
}

// A change whose telling was cut off is told again after the restart.
func TestFollowTellsBeforeItSaves(t *testing.T) {
	path := filepath.Join(t.TempDir(), "snapshot")
	var at []byte
	m := &memory{tools: index(t).Tools(), tag: "1"}
	f, err := follow(t, m, snapshotIn(path), func(c *catalogue.FollowConfig) {
		c.OnChange = func(catalogue.Changes) { at, _ = os.ReadFile(path) }
	})
	require.NoError(t, err)
	m.set("2", after(t, "pust", nil), nil)
	require.NoError(t, f.Refresh(t.Context()))
	require.NoError(t, os.WriteFile(path, at, 0o600))
	s, err := catalogue.OpenSnapshot(path)
	require.NoError(t, err)
	assert.Equal(t, "1", s.Tag)
}

func TestFollowRefusesSnapshots(t *testing.T) {
	good := snapshotBytes(t)
	half := good[:len(good)/2]
	path := filepath.Join(t.TempDir(), "snapshot")
	put := func(data []byte) { require.NoError(t, os.WriteFile(path, data, 0o600)) }
	up, down := &memory{tools: index(t).Tools(), tag: "1"}, &memory{err: errDown}

	put(half)
	_, err := follow(t, down, snapshotIn(path))
	require.ErrorIs(t, err, catalogue.ErrSnapshotDamaged)
	require.ErrorIs(t, err, errDown)
	f, err := follow(t, up, snapshotIn(path))
	require.NoError(t, err, "the source answers")
	assert.NoError(t, f.Status().SnapshotErr)
	s, err := catalogue.OpenSnapshot(path)
	require.NoError(t, err, "written anew")
	assert.Equal(t, "1", s.Tag)

	for name, edit := range map[string]func(*catalogue.FollowConfig){
		"another file": func(*catalogue.FollowConfig) { put(small) }, "another source": func(c *catalogue.FollowConfig) { put(good); c.Name = "other" },
	} {
		_, err = follow(t, up, snapshotIn(path), edit)
		require.ErrorIs(t, err, catalogue.ErrSnapshotForeign, name)
		assert.ErrorContains(t, err, path, name)
		assert.ErrorContains(t, err, "another path", name)
		data, err := os.ReadFile(path)
		require.NoError(t, err)
		assert.Contains(t, []string{string(small), string(good)}, string(data), "left alone")
	}
}

// A snapshot older than what the program was built with revives nothing.
func TestFollowSnapshotAfterEmbedded(t *testing.T) {
	path := filepath.Join(t.TempDir(), "snapshot")
	require.NoError(t, catalogue.SaveSnapshot(path, catalogue.Snapshot{Source: "test", Tag: "0", Index: index(t)}))
	embedded := indexOf(t, after(t, "angstkurset", func(x *catalogue.Tool) { x.Status = "withdrawn" }))
	f, err := follow(t, &memory{err: errDown}, snapshotIn(path), func(c *catalogue.FollowConfig) { c.Live = catalogue.NewLive(embedded) })
	require.NoError(t, err)
	require.ErrorIs(t, f.Status().SnapshotErr, catalogue.ErrReplace)
	assert.Equal(t, catalogue.StatusWithdrawn, statusOf(t, f.Live().Index(), "angstkurset"))

	require.NoError(t, catalogue.SaveSnapshot(path, snapshot(t)))
	said := indexOf(t, after(t, "pust", func(x *catalogue.Tool) { x.Status = "withdrawn" }))
	for want, x := range map[error]*catalogue.Index{nil: index(t), catalogue.ErrReplace: said} {
		m := &memory{err: errDown}
		f, err := follow(t, m, snapshotIn(path), func(c *catalogue.FollowConfig) { c.Live = catalogue.NewLive(x) })
		require.NoError(t, err)
		require.NoError(t, f.Status().SnapshotErr)
		m.set("2", index(t).Tools(), nil)
		require.ErrorIs(t, f.Refresh(t.Context()), want, "a missed tool may return, one that was withdrawn not")
		require.NoError(t, f.Close())
		require.NoError(t, catalogue.SaveSnapshot(path, snapshot(t)))
	}
}
