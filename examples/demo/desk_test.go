package main

import (
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/launch/launchtest"
)

// deskVisitor uses the desk as a browser without script does, at first for the vendor.
type deskVisitor struct {
	*world
	*browser
	t *testing.T
}

func visit(t *testing.T) *deskVisitor {
	w := openWorld(t)
	v := &deskVisitor{w, w.newBrowser(), t}
	v.as(vendorPerson)
	return v
}

// as signs somebody in.
func (v *deskVisitor) as(o official) { v.t.Helper(); v.must("/who", "person", o.ID) }

func (v *deskVisitor) get(path string) (page string, code int) {
	v.t.Helper()
	return v.answer(v.browser.Type(v.t.Context(), v.deskURL+path))
}

func (v *deskVisitor) post(path string, fields ...string) (page string, code int) {
	v.t.Helper()
	sent := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		sent.Add(fields[i], fields[i+1])
	}
	return v.answer(v.browser.Post(v.t.Context(), v.deskURL+path, v.deskURL+path, sent))
}

func (v *deskVisitor) answer(page *launchtest.Page, err error) (string, int) {
	v.t.Helper()
	require.NoError(v.t, err)
	return page.Body, page.Status
}

// must posts, and wants it taken.
func (v *deskVisitor) must(path string, fields ...string) string {
	v.t.Helper()
	page, code := v.post(path, fields...)
	require.Equal(v.t, http.StatusOK, code, "%s: %s", path, page)
	return page
}

// written are the fields of a part of the form as it is, with some of them written anew.
func (v *deskVisitor) written(f *file, part string, edits ...string) []string {
	v.t.Helper()
	m, err := v.desk.form(f, "nb")
	require.NoError(v.t, err)
	s, found := m.section(part)
	require.True(v.t, found, part)
	values := url.Values{}
	for _, b := range s.Blocks {
		for _, c := range b.Fields {
			for _, o := range c.Options {
				if o.Chosen {
					values.Add(c.Pointer, o.Value)
				}
			}
			if len(c.Options) == 0 && c.Kind != kindFile {
				values.Add(c.Pointer, c.Value)
			}
		}
	}
	for i := 0; i < len(edits); i += 2 {
		values.Del(edits[i])
	}
	for i := 0; i < len(edits); i += 2 {
		values.Add(edits[i], edits[i+1])
	}
	var out []string
	for _, name := range slices.Sorted(maps.Keys(values)) {
		for _, value := range values[name] {
			out = append(out, name, value)
		}
	}
	return out
}

func TestDeskTexts(t *testing.T) {
	require.NotEmpty(t, deskTexts)
	for key, text := range deskTexts {
		for _, lang := range languages {
			assert.NotEmpty(t, text[lang], "%s in %s", key, lang)
		}
	}
	used := regexp.MustCompile(`\bt "([a-z0-9-]+)"`)
	names, err := files.ReadDir("templates/desk")
	require.NoError(t, err)
	found := 0
	for _, name := range names {
		data, err := files.ReadFile("templates/desk/" + name.Name())
		require.NoError(t, err)
		for _, key := range used.FindAllStringSubmatch(string(data), -1) {
			found++
			_, err := deskSay("nb", key[1])
			assert.NoError(t, err, name.Name())
		}
	}
	assert.Greater(t, found, 100)
}

// No other site can do anything at the desk in a visitor's name.
func TestDeskRefusesFormsOfOtherSites(t *testing.T) {
	v := visit(t)
	tried := 0
	for pattern := range (deskSite{desk: v.desk}).routes() {
		path, isPost := strings.CutPrefix(pattern, "POST ")
		if !isPost {
			continue
		}
		tried++
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, v.deskURL+strings.ReplaceAll(path, "{id}", "case-1"), nil)
		require.NoError(t, err)
		r.Header.Set("Sec-Fetch-Site", "cross-site")
		response, err := http.DefaultClient.Do(r)
		require.NoError(t, err)
		response.Body.Close()
		assert.Equal(t, http.StatusForbidden, response.StatusCode, path)
	}
	assert.Equal(t, 12, tried)
}
