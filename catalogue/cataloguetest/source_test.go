package cataloguetest_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/catalogue/cataloguetest"
)

func marshal(t testing.TB, d catalogue.Document) []byte {
	t.Helper()
	data, err := catalogue.Marshal(d)
	require.NoError(t, err)
	return data
}

var fixed = catalogue.Document{Version: 1, Tools: []catalogue.Tool{{ID: "pust", Status: "listed", Name: catalogue.Text{"nb": "Pust"}}}}

func TestFileSource(t *testing.T) {
	cataloguetest.TestSource(t, func(t *testing.T) cataloguetest.SourceTarget {
		path := filepath.Join(t.TempDir(), "catalogue.json")
		return cataloguetest.SourceTarget{
			Source: catalogue.NewFileSource(path),
			Set:    func(d catalogue.Document) error { return os.WriteFile(path, marshal(t, d), 0o600) },
			Break:  func() error { return os.WriteFile(path, []byte("{"), 0o600) },
		}
	})
}

func TestFSAndBytesSource(t *testing.T) {
	fsys := fstest.MapFS{"c.json": {Data: marshal(t, fixed)}}
	for name, s := range map[string]catalogue.Source{"fs": catalogue.NewFSSource(fsys, "c.json"), "bytes": catalogue.NewBytesSource(marshal(t, fixed))} {
		t.Run(name, func(t *testing.T) {
			cataloguetest.TestSource(t, func(*testing.T) cataloguetest.SourceTarget {
				return cataloguetest.SourceTarget{Source: s, Fixed: fixed}
			})
		})
	}
}

// site publishes a document under a new ETag each time, or none.
type site struct {
	mu   sync.Mutex
	body []byte
	n    int
	etag bool
}

func (s *site) put(body []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.body = body
	s.n++
}

func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	etag := `"v` + strconv.Itoa(s.n) + `"`
	if s.etag {
		w.Header().Set("ETag", etag)
	}
	if s.etag && r.Header.Get("If-None-Match") == etag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	_, _ = w.Write(s.body)
}

func TestHTTPSource(t *testing.T) {
	for name, etag := range map[string]bool{"with ETag": true, "without": false} {
		t.Run(name, func(t *testing.T) {
			cataloguetest.TestSource(t, func(t *testing.T) cataloguetest.SourceTarget {
				s := &site{etag: etag}
				server := httptest.NewServer(s)
				t.Cleanup(server.Close)
				source, err := catalogue.NewHTTPSource(catalogue.HTTPConfig{URL: server.URL, AllowLoopback: true})
				require.NoError(t, err)
				return cataloguetest.SourceTarget{Source: source, Break: func() error { s.put([]byte("{")); return nil },
					Set: func(d catalogue.Document) error { s.put(marshal(t, d)); return nil }}
			})
		})
	}
}

// faulty is a source in memory that breaks one rule.
type faulty struct {
	fault  string
	mu     sync.Mutex
	d      catalogue.Document
	n      int
	broken bool
	first  catalogue.Document
	asked  int
}

func (f *faulty) target() cataloguetest.SourceTarget {
	return cataloguetest.SourceTarget{Source: f,
		Set: func(d catalogue.Document) error {
			f.mu.Lock()
			defer f.mu.Unlock()
			if f.n++; f.n == 1 {
				f.first = d
			}
			f.d, f.broken = d, false
			return nil
		},
		Break: func() error { f.mu.Lock(); defer f.mu.Unlock(); f.broken = true; return nil },
	}
}

func (f *faulty) Fetch(ctx context.Context, tag string) (catalogue.Document, string, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.asked++
	is := func(fault string) bool { return f.fault == fault }
	own := "v" + strconv.Itoa(f.n)
	if is("tag by size") {
		own = "size " + strconv.Itoa(len(f.d.Tools[1].Name["nb"]))
	}
	given, err := f.copy(), error(nil)
	switch {
	case ctx.Err() != nil && is("another error at the end"):
		err = errors.New("ended")
	case ctx.Err() != nil && !is("does not look at the context"):
		err = ctx.Err()
	case f.broken && is("unchanged when broken") && tag != "":
		err = catalogue.ErrUnchanged
	case f.broken && is("empty document when broken"):
		given.Tools = nil
	case f.broken && !is("old document when broken"):
		err = errors.New("broken")
	case is("refuses foreign tags") && tag != "" && tag[0] != 'v':
		err = errors.New("unknown tag")
	case is("any tag is unchanged") && tag != "", is("unchanged for no tag") && f.asked > 1, tag == own && !is("document for its own tag"):
		err = catalogue.ErrUnchanged
	case is("always the first"):
		given = f.first
	case is("shares its document"):
		given = f.d
	case is("half at once") && f.asked == 9:
		given.Tools = given.Tools[:1]
	}
	if err != nil && !is("document beside an error") {
		return catalogue.Document{}, "", err
	}
	return given, own, err
}

func (f *faulty) copy() catalogue.Document {
	x, err := catalogue.NewIndex(f.d.Tools)
	if err != nil {
		panic(err)
	}
	return catalogue.Document{Version: 1, Tools: x.Tools()}
}

// The suite passes a source that keeps the contract, and finds each fault by the rule that it breaks.
func TestSuiteFindsFaults(t *testing.T) {
	require.NoError(t, cataloguetest.CheckSource(t.Context(), func() cataloguetest.SourceTarget { return (&faulty{}).target() }))
	cases := map[string]string{
		"document for its own tag":     "for its own tag it gives ErrUnchanged and nothing else",
		"document beside an error":     "for its own tag it gives ErrUnchanged and nothing else",
		"tag by size":                  "a change is seen at once, whatever its size",
		"any tag is unchanged":         "a tag that means nothing counts as none",
		"refuses foreign tags":         "a tag that means nothing counts as none",
		"unchanged for no tag":         "without a tag it gives the document, each time",
		"always the first":             "a change is seen at once, whatever its size",
		"another error at the end":     "it does not begin when the context has ended",
		"does not look at the context": "it does not begin when the context has ended",
		"unchanged when broken":        "what cannot be read is an error and no document",
		"old document when broken":     "what cannot be read is an error and no document",
		"empty document when broken":   "what cannot be read is an error and no document",
		"shares its document":          "the document is the caller's own",
		"half at once":                 "sixteen callers at once get the same",
	}
	require.NotEmpty(t, cases)
	for fault, rule := range cases {
		t.Run(fault, func(t *testing.T) {
			err := cataloguetest.CheckSource(t.Context(), func() cataloguetest.SourceTarget { return (&faulty{fault: fault}).target() })
			require.Error(t, err)
			assert.Contains(t, err.Error(), rule+": ")
		})
	}
}
