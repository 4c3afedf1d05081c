package catalogueapi_test

import (
	"net/http"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/catalogue/catalogueapi"
	"github.com/verktoykatalog/verktoy/catalogue/cataloguetest"
	"github.com/verktoykatalog/verktoy/catalogue/sample"
)

// The simulator's mapping was written apart: what comes back is what went in, in every member.
func TestTheSampleTravelsWhole(t *testing.T) {
	d, err := sample.Document()
	require.NoError(t, err)
	w := begin(t, cataloguetest.Config{Tools: d.Tools, MaxPage: 7}, nil)
	got, err := w.client.Document(t.Context())
	require.NoError(t, err)
	assert.Empty(t, got.Notes)
	var want []catalogue.Tool
	for _, tool := range w.api.Tools() {
		if tool.Status != catalogue.StatusDraft {
			want = append(want, tool)
		}
	}
	require.Greater(t, len(want), 50)
	for i, tool := range want {
		assert.Equal(t, tool, got.Document.Tools[i])
		one, err := w.client.Get(t.Context(), tool.ID)
		require.NoError(t, err)
		assert.Equal(t, catalogueapi.Found{Tool: tool}, one)
	}
	assert.Len(t, got.Document.Tools, len(want))
	assert.Equal(t, (len(want)+6)/7, w.api.Requests(cataloguetest.List))
}

func TestTagChangesWithTheCatalogue(t *testing.T) {
	w := begin(t, cataloguetest.Config{Tools: tools()}, nil)
	first, err := w.client.Document(t.Context())
	require.NoError(t, err)
	again, err := w.open(func(c *catalogueapi.Config) { c.PageSize = 1 }).Document(t.Context())
	require.NoError(t, err)
	assert.Equal(t, first, again)
	assert.Regexp(t, "^[0-9a-f]{64}$", first.Tag)
	require.NoError(t, w.api.Withdraw("angst"))
	later, err := w.client.Document(t.Context())
	require.NoError(t, err)
	assert.NotEqual(t, first.Tag, later.Tag)
	assert.Equal(t, catalogue.StatusWithdrawn, later.Document.Tools[0].Status)
}

func TestFilters(t *testing.T) {
	yes, no := true, false
	w := begin(t, cataloguetest.Config{Tools: []catalogue.Tool{
		cataloguetest.Tool("a", cataloguetest.For("sleep", "stress")),
		cataloguetest.Tool("b", cataloguetest.For("anxiety"), cataloguetest.WithAccess(catalogue.Access{WithoutLogin: true})),
		cataloguetest.Tool("c", func(t *catalogue.Tool) {
			t.Audiences, t.Languages = []catalogue.Audience{"youth"}, []catalogue.Lang{catalogue.Nynorsk}
			t.Access = catalogue.Access{National: true, RequiresPrescription: true, OnBehalf: true}
		}),
		cataloguetest.Tool("d", cataloguetest.WithStatus(catalogue.StatusDraft)),
	}}, nil)
	cases := []struct {
		name   string
		filter catalogueapi.Filter
		want   []catalogue.ToolID
	}{
		{"none", catalogueapi.Filter{}, []catalogue.ToolID{"a", "b", "c"}},
		{"areas", catalogueapi.Filter{Areas: []catalogue.Area{"stress", "anxiety"}}, []catalogue.ToolID{"a", "b"}},
		{"audiences", catalogueapi.Filter{Audiences: []catalogue.Audience{"youth"}}, []catalogue.ToolID{"c"}},
		{"languages", catalogueapi.Filter{Languages: []catalogue.Lang{"nn", "se"}}, []catalogue.ToolID{"c"}},
		{"national", catalogueapi.Filter{National: &yes}, []catalogue.ToolID{"a", "c"}},
		{"not national", catalogueapi.Filter{National: &no}, []catalogue.ToolID{"b"}},
		{"without login", catalogueapi.Filter{WithoutLogin: &yes}, []catalogue.ToolID{"b"}},
		{"with prescription", catalogueapi.Filter{RequiresPrescription: &yes}, []catalogue.ToolID{"c"}},
		{"without prescription", catalogueapi.Filter{RequiresPrescription: &no}, []catalogue.ToolID{"a", "b"}},
		{"all must hold", catalogueapi.Filter{Areas: []catalogue.Area{"sleep"}, National: &no}, nil},
	}
	require.NotEmpty(t, cases)
	for _, c := range cases {
		got, err := w.client.List(t.Context(), c.filter)
		require.NoError(t, err, c.name)
		var ids []catalogue.ToolID
		for _, tool := range got.Tools {
			ids = append(ids, tool.ID)
		}
		assert.Equal(t, c.want, ids, c.name)
	}
}

// A host's codes are used both ways.
func TestCodes(t *testing.T) {
	var asked []string
	w := begin(t, cataloguetest.Config{Tools: []catalogue.Tool{cataloguetest.Tool("a", cataloguetest.For("f12", "other"))}}, nil)
	client := w.open(func(c *catalogueapi.Config) {
		c.Wire = catalogueapi.AssumedWire(catalogueapi.Codes{Areas: map[string]catalogue.Area{"f12": "sleep", "f13": "sleep"}})
		c.HTTP = doer(func(r *http.Request) (*http.Response, error) {
			asked = append(asked, r.URL.Query()["fagomrade"]...)
			return w.api.Client().Do(r)
		})
	})
	got, err := client.List(t.Context(), catalogueapi.Filter{Areas: []catalogue.Area{"sleep"}})
	require.NoError(t, err)
	assert.Equal(t, []string{"f12"}, asked)
	require.Len(t, got.Tools, 1)
	assert.Equal(t, []catalogue.Area{"sleep", "other"}, got.Tools[0].Areas, "what is not translated is kept")
}

func TestSearch(t *testing.T) {
	w := begin(t, cataloguetest.Config{Tools: append(tools(), cataloguetest.Tool("old", cataloguetest.Named("Søvn"), cataloguetest.WithStatus(catalogue.StatusWithdrawn)))}, nil)
	for text, want := range map[string]int{"søvn": 1, " INSOMNI ": 1, "angst": 1, "depresjon": 0, "steg for": 1} {
		got, err := w.client.Search(t.Context(), text)
		require.NoError(t, err)
		assert.Len(t, got.Tools, want, text)
	}
	for _, text := range []string{"", "  ", "\xff", string(slices.Repeat([]byte("a"), 501)), "hjelp til " + w.number, w.number[:6] + " " + w.number[6:]} {
		_, err := w.client.Search(t.Context(), text)
		e := failure(t, err, catalogueapi.ErrInvalid)
		assert.Equal(t, catalogueapi.OpSearch, e.Operation)
		w.clean(err.Error())
	}
	assert.Equal(t, 5, w.api.Requests(cataloguetest.Search))
}

func TestGet(t *testing.T) {
	w := begin(t, cataloguetest.Config{Tools: append(tools(), cataloguetest.Tool("new", cataloguetest.WithStatus(catalogue.StatusDraft)))}, nil)
	for _, id := range []catalogue.ToolID{"missing", "new"} {
		_, err := w.client.Get(t.Context(), id)
		assert.Equal(t, 404, failure(t, err, catalogueapi.ErrNotFound).Status)
		require.ErrorIs(t, err, catalogueapi.ErrRefused)
		assert.EqualError(t, err, "catalogueapi: get: status 404: the API refused it: it knows no such tool: check the tool's id, and Config.Paths")
	}
	for _, id := range []catalogue.ToolID{"", "../x", "A", catalogue.ToolID(w.number)} {
		_, err := w.client.Get(t.Context(), id)
		require.ErrorIs(t, err, catalogueapi.ErrInvalid)
		w.clean(err.Error())
	}
	assert.Equal(t, 2, w.api.Requests(cataloguetest.Get))
}

func TestConfig(t *testing.T) {
	_, err := catalogueapi.New(catalogueapi.Config{Address: "http://api.example", Tool: "A", Version: "v/1", PageSize: 1001,
		Paths: catalogueapi.Paths{List: "list", Search: "/{x}", Get: "/get", Invite: "//host/x", Therapists: "/a?b"}})
	require.EqualError(t, err, "catalogueapi: invalid Config: field Address is not an https address without query (http needs AllowLoopback and a loopback host); "+
		"field HTTP is nil; field PageSize is not between 1 and 1000; "+
		"field Paths.Get is not a path that begins with / and holds {tool}, and no other { than {version}; "+
		"field Paths.Invite is not a path that begins with / and holds no other { than {version}; "+
		"field Paths.List is not a path that begins with / and holds no other { than {version}; "+
		"field Paths.Search is not a path that begins with / and holds no other { than {version}; "+
		"field Paths.Therapists is not a path that begins with / and holds no other { than {version}; "+
		"field Tool is not a tool's id; field Version is not letters, digits and . _ -")
	for address, good := range map[string]bool{"https://api.example/": true, "https://api.example/base": true, "http://127.0.0.1:1": true, "https://api.example?a": false, "": false} {
		_, err := catalogueapi.New(catalogueapi.Config{Address: address, HTTP: &http.Client{}, AllowLoopback: true})
		assert.Equal(t, good, err == nil, address)
	}
	w := begin(t, cataloguetest.Config{}, nil)
	_, err = w.client.With(nil)
	require.ErrorContains(t, err, "field HTTP is nil")
	_, err = catalogueapi.New(catalogueapi.Config{HTTP: (*http.Client)(nil)})
	require.ErrorContains(t, err, "field HTTP is nil")
}

// What is not public is told, until it is configured.
func TestAssumptions(t *testing.T) {
	w := begin(t, cataloguetest.Config{}, nil)
	list := w.client.Assumptions()
	assert.Len(t, list, 16)
	for _, name := range []string{"Paths.List", "Version", "Wire.Tool"} {
		assert.Contains(t, list, name)
		assert.Contains(t, w.log.String(), name)
	}
	w.log.Reset()
	sure := w.open(func(c *catalogueapi.Config) {
		c.Paths, c.Version, c.Wire = catalogueapi.AssumedPaths(), "v1", catalogueapi.AssumedWire(catalogueapi.Codes{})
	})
	assert.Empty(t, sure.Assumptions())
	assert.Empty(t, w.log.String())
}

// Another mapping and other paths are used, and nothing else.
func TestReplacedWire(t *testing.T) {
	w := begin(t, cataloguetest.Config{}, nil)
	client := w.open(func(c *catalogueapi.Config) {
		c.Version, c.Paths.Get = "v2", "/verktoy/{version}/Hent/{tool}/alt"
		c.Wire.Tool = func(body []byte) (catalogueapi.Found, error) {
			return catalogueapi.Found{Tool: cataloguetest.Tool(catalogue.ToolID(body))}, nil
		}
		c.HTTP = doer(func(r *http.Request) (*http.Response, error) {
			assert.Equal(t, "/verktoy/v2/Hent/sovn/alt", r.URL.Path)
			return answers(200, "application/json", "sovn")(r)
		})
	})
	got, err := client.Get(t.Context(), "sovn")
	require.NoError(t, err)
	assert.Equal(t, cataloguetest.Tool("sovn"), got.Tool)
}
