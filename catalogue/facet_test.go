package catalogue_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/catalogue"
	"github.com/verktoykatalog/verktoy/vendor"
)

// shelf is a catalogue in which every filter and facet parts the tools.
func shelf(t testing.TB) *catalogue.Index {
	t.Helper()
	a, b, c, d := named("a", "Angst og søvn"), named("b", "Angst"), named("c", "Søvn"), named("d", "Angst i dag")
	a.Areas, a.Kind, a.Languages = []catalogue.Area{"anxiety", "sleep"}, catalogue.KindCourse, []catalogue.Lang{"nb", "nn"}
	b.Areas, b.Kind, b.Languages = []catalogue.Area{"anxiety"}, catalogue.KindApp, []catalogue.Lang{"nb"}
	c.Areas, c.Kind = []catalogue.Area{"sleep"}, catalogue.KindCourse
	a.Vendor = &vendor.Vendor{OrgNumber: "999999999", Name: "Eksempel AS"}
	b.Vendor = &vendor.Vendor{OrgNumber: "999999999", Name: "Eksempel ASA"}
	a.Audiences, b.Audiences = []catalogue.Audience{"adults"}, []catalogue.Audience{"youth", "adults"}
	a.Start = starts(catalogue.PlatformWeb, catalogue.PlatformIOS, catalogue.PlatformIOS)
	b.Start = starts(catalogue.PlatformAndroid)
	a.Access = catalogue.Access{RequiresPrescription: true, National: true}
	b.Access = catalogue.Access{WithoutLogin: true, OnBehalf: true}
	a.Units = []catalogue.Unit{{ID: "u", Title: a.Name, Days: 56}, {ID: "v", Title: a.Name, Days: 112}}
	b.Units = []catalogue.Unit{{ID: "u", Title: b.Name}}
	a.Listing, c.Listing = &catalogue.Listing{From: "2026-01-01"}, &catalogue.Listing{From: "2026-05-05"}
	a.Evidence = []catalogue.Evidence{{Kind: "study", Title: a.Name, Reviewed: "2024-01-01"}, {Kind: "study", Title: a.Name, Reviewed: "2025-06-01"}}
	b.Start[0].Profile = catalogue.ProfileHTI
	b.Evidence = []catalogue.Evidence{{Kind: "guideline", Title: a.Name, Reviewed: "2026-01-01"}}
	d.Status = catalogue.StatusWithdrawn
	return with(t, a, b, c, d)
}

func starts(platforms ...catalogue.Platform) []catalogue.Start {
	var out []catalogue.Start
	for _, p := range platforms {
		out = append(out, catalogue.Start{Platform: p, URL: "https://a.example.no/", Profile: catalogue.ProfileLink})
	}
	return out
}

func p[T any](v T) *T { return &v }

func TestFiltersForAllOfTheModel(t *testing.T) {
	x := shelf(t)
	cases := []struct {
		name  string
		query catalogue.Query
		want  []string
	}{
		{"none", catalogue.Query{}, []string{"b", "a", "c"}},
		{"kind", catalogue.Query{Kinds: []catalogue.Kind{"course"}}, []string{"a", "c"}},
		{"one of two kinds", catalogue.Query{Kinds: []catalogue.Kind{"course", "app"}}, []string{"b", "a", "c"}},
		{"withdrawn", catalogue.Query{Statuses: []catalogue.Status{"withdrawn"}, All: true}, []string{"d"}},
		{"listed", catalogue.Query{Statuses: []catalogue.Status{"listed"}, All: true}, []string{"b", "a", "c"}},
		{"profile", catalogue.Query{Profiles: []string{"hti"}}, []string{"b"}},
		{"one of two profiles", catalogue.Query{Profiles: []string{"hti", "link"}}, []string{"b", "a"}},
		{"evidence", catalogue.Query{Evidence: []catalogue.EvidenceKind{"guideline"}}, []string{"b"}},
		{"every area", catalogue.Query{Areas: []catalogue.Area{"sleep", "anxiety"}, Every: []catalogue.Facet{"area"}}, []string{"a"}},
		{"every area, one of the kinds", catalogue.Query{Areas: []catalogue.Area{"anxiety"}, Kinds: []catalogue.Kind{"app", "course"}, Every: []catalogue.Facet{"area"}}, []string{"b", "a"}},
		{"every platform", catalogue.Query{Platforms: []catalogue.Platform{"web", "ios"}, Every: []catalogue.Facet{"platform"}}, []string{"a"}},
		{"every audience and language", catalogue.Query{Audiences: []catalogue.Audience{"adults", "youth"}, Languages: []catalogue.Lang{"nb"}, Every: []catalogue.Facet{"audience", "language"}}, []string{"b"}},
		{"every area, one that no tool has", catalogue.Query{Areas: []catalogue.Area{"anxiety", "pain"}, Every: []catalogue.Facet{"area"}}, []string{}},
		{"every profile and evidence", catalogue.Query{Profiles: []string{"hti", "link"}, Every: []catalogue.Facet{"profile", "evidence"}}, []string{}},
		{"language", catalogue.Query{Languages: []catalogue.Lang{"nn"}}, []string{"a"}},
		{"platform", catalogue.Query{Platforms: []catalogue.Platform{"ios"}}, []string{"a"}},
		{"one of two platforms", catalogue.Query{Platforms: []catalogue.Platform{"ios", "android"}}, []string{"b", "a"}},
		{"vendor", catalogue.Query{Vendors: []vendor.OrgNumber{"999999999"}}, []string{"b", "a"}},
		{"national", catalogue.Query{National: p(true)}, []string{"a"}},
		{"not national", catalogue.Query{National: p(false)}, []string{"b", "c"}},
		{"on behalf", catalogue.Query{OnBehalf: p(true)}, []string{"b"}},
		{"without login", catalogue.Query{WithoutLogin: p(true)}, []string{"b"}},
		{"requires no prescription", catalogue.Query{RequiresPrescription: p(false)}, []string{"b", "c"}},
		{"prescribable", catalogue.Query{Prescribable: p(true)}, []string{"b", "a"}},
		{"at least 57 days", catalogue.Query{MinDays: 57}, []string{"a"}},
		{"at most 55 days", catalogue.Query{MaxDays: 55}, []string{}},
		{"no unit between two", catalogue.Query{MinDays: 57, MaxDays: 111}, []string{}},
		{"the very days", catalogue.Query{MinDays: 112, MaxDays: 112}, []string{"a"}},
		{"reviewed on the day", catalogue.Query{ReviewedSince: "2025-06-01"}, []string{"b", "a"}},
		{"reviewed later", catalogue.Query{ReviewedSince: "2025-06-02"}, []string{"b"}},
		{"two fields", catalogue.Query{Kinds: []catalogue.Kind{"course"}, Areas: []catalogue.Area{"anxiety"}}, []string{"a"}},
		{"withdrawn ones too", catalogue.Query{All: true}, []string{"b", "d", "a", "c"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			r, err := x.Search(c.query)
			require.NoError(t, err)
			assert.Equal(t, c.want, ids(r))
			assert.Equal(t, len(c.want), r.Total)
		})
	}
}

func TestFacetsIgnoreTheirOwnFilter(t *testing.T) {
	x := shelf(t)
	count := func(value string, n int, chosen bool) catalogue.FacetCount {
		return catalogue.FacetCount{Value: value, Count: n, Chosen: chosen}
	}
	cases := []struct {
		name  string
		query catalogue.Query
		facet catalogue.Facet
		want  []catalogue.FacetCount
	}{
		{"no filter, the most frequent first, equals by the alphabet", catalogue.Query{}, "area", []catalogue.FacetCount{count("anxiety", 2, false), count("sleep", 2, false)}},
		{"its own filter", catalogue.Query{Areas: []catalogue.Area{"anxiety"}}, "area", []catalogue.FacetCount{count("anxiety", 2, true), count("sleep", 2, false)}},
		{"another filter", catalogue.Query{Kinds: []catalogue.Kind{"app"}}, "area", []catalogue.FacetCount{count("anxiety", 1, false)}},
		{"both", catalogue.Query{Kinds: []catalogue.Kind{"app"}, Areas: []catalogue.Area{"sleep"}}, "area", []catalogue.FacetCount{count("anxiety", 1, false), count("sleep", 0, true)}},
		{"both, the other facet", catalogue.Query{Kinds: []catalogue.Kind{"app"}, Areas: []catalogue.Area{"sleep"}}, "kind", []catalogue.FacetCount{count("course", 2, false), count("app", 0, true)}},
		{"a value that no tool has", catalogue.Query{Areas: []catalogue.Area{"pain", "pain"}}, "area", []catalogue.FacetCount{count("anxiety", 2, false), count("sleep", 2, false), count("pain", 0, true)}},
		{"words", catalogue.Query{Text: "søvn"}, "kind", []catalogue.FacetCount{count("course", 2, false)}},
		{"a filter without facet", catalogue.Query{MinDays: 1}, "kind", []catalogue.FacetCount{count("course", 1, false)}},
		{"a platform is counted once a tool", catalogue.Query{}, "platform", []catalogue.FacetCount{count("android", 1, false), count("ios", 1, false), count("web", 1, false)}},
		{"a fact", catalogue.Query{National: p(true)}, "national", []catalogue.FacetCount{count("false", 2, false), count("true", 1, true)}},
		{"mode", catalogue.Query{}, "mode", []catalogue.FacetCount{count("login", 1, false), count("open", 1, false), count("prescribed", 1, false)}},
		{"vendors have a name", catalogue.Query{}, "vendor", []catalogue.FacetCount{{Value: "999999999", Label: "Eksempel AS", Count: 2}}},
		{"the name of a vendor that is counted", catalogue.Query{Kinds: []catalogue.Kind{"app"}}, "vendor", []catalogue.FacetCount{{Value: "999999999", Label: "Eksempel ASA", Count: 1}}},
		{"every value, what a further one would leave", catalogue.Query{Areas: []catalogue.Area{"sleep"}, Every: []catalogue.Facet{"area"}}, "area", []catalogue.FacetCount{count("sleep", 2, true), count("anxiety", 1, false)}},
		{"status", catalogue.Query{All: true}, "status", []catalogue.FacetCount{count("listed", 3, false), count("withdrawn", 1, false)}},
		{"profile", catalogue.Query{}, "profile", []catalogue.FacetCount{count("hti", 1, false), count("link", 1, false)}},
		{"evidence is counted once a tool", catalogue.Query{}, "evidence", []catalogue.FacetCount{count("guideline", 1, false), count("study", 1, false)}},
		{"nothing", catalogue.Query{Text: "xyzzy"}, "area", []catalogue.FacetCount{}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			c.query.Facets = []catalogue.Facet{c.facet}
			for range 5 {
				r, err := x.Search(c.query)
				require.NoError(t, err)
				require.Equal(t, []catalogue.FacetCounts{{Facet: c.facet, Values: c.want}}, r.Facets)
			}
		})
	}
}

// What a facet promises is what a search with that value gives.
func TestFacetCountsAreWhatAChoiceWouldGive(t *testing.T) {
	x := shelf(t)
	checked := 0
	for _, base := range []catalogue.Query{{}, {Kinds: []catalogue.Kind{"course"}}, {Text: "angst", Areas: []catalogue.Area{"anxiety"}}, {All: true, National: p(false)}} {
		base.Facets = catalogue.Facets()
		r, err := x.Search(base)
		require.NoError(t, err)
		require.Len(t, r.Facets, len(catalogue.Facets()))
		for _, facet := range r.Facets {
			for _, v := range facet.Values {
				q := choose(base, facet.Facet, v.Value)
				chosen, err := x.Search(q)
				require.NoError(t, err)
				assert.Equal(t, chosen.Total, v.Count, "%s %s", facet.Facet, v.Value)
				checked++
			}
		}
	}
	assert.Greater(t, checked, 50)
}

func choose(q catalogue.Query, facet catalogue.Facet, v string) catalogue.Query {
	yes := v == "true"
	switch facet {
	case catalogue.FacetKind:
		q.Kinds = []catalogue.Kind{catalogue.Kind(v)}
	case catalogue.FacetArea:
		q.Areas = []catalogue.Area{catalogue.Area(v)}
	case catalogue.FacetAudience:
		q.Audiences = []catalogue.Audience{catalogue.Audience(v)}
	case catalogue.FacetLanguage:
		q.Languages = []catalogue.Lang{catalogue.Lang(v)}
	case catalogue.FacetMode:
		q.Modes = []catalogue.Mode{catalogue.Mode(v)}
	case catalogue.FacetPlatform:
		q.Platforms = []catalogue.Platform{catalogue.Platform(v)}
	case catalogue.FacetVendor:
		q.Vendors = []vendor.OrgNumber{vendor.OrgNumber(v)}
	case catalogue.FacetStatus:
		q.Statuses = []catalogue.Status{catalogue.Status(v)}
	case catalogue.FacetProfile:
		q.Profiles = []string{v}
	case catalogue.FacetEvidence:
		q.Evidence = []catalogue.EvidenceKind{catalogue.EvidenceKind(v)}
	case catalogue.FacetWithoutLogin:
		q.WithoutLogin = &yes
	case catalogue.FacetRequiresPrescription:
		q.RequiresPrescription = &yes
	case catalogue.FacetNational:
		q.National = &yes
	case catalogue.FacetOnBehalf:
		q.OnBehalf = &yes
	case catalogue.FacetPrescribable:
		q.Prescribable = &yes
	default:
		panic(fmt.Sprintf("facet %s", facet))
	}
	return q
}

func TestSorts(t *testing.T) {
	x := shelf(t)
	for sort, want := range map[catalogue.Sort][]string{
		"": {"b", "a"}, catalogue.SortRelevance: {"b", "a"}, catalogue.SortName: {"b", "a"},
		catalogue.SortNewest: {"a", "b"}, catalogue.SortReviewed: {"b", "a"},
	} {
		assert.Equal(t, want, found(t, x, catalogue.Query{Text: "angst", Sort: sort}), "%q", sort)
	}
	assert.Equal(t, []string{"c", "a", "b"}, found(t, x, catalogue.Query{Sort: catalogue.SortNewest}), "without a day last")
	assert.Equal(t, []string{"b", "a", "c"}, found(t, x, catalogue.Query{Sort: catalogue.SortReviewed}), "without a review last")
	assert.Equal(t, []string{"b", "a", "c"}, found(t, x, catalogue.Query{Text: "søvn angst", Sort: catalogue.SortName}))
	assert.Equal(t, []string{"a", "b", "c"}, found(t, x, catalogue.Query{Text: "søvn angst"}))
}

// Days decide what is found, and they are those of the time's own location.
func TestListingDays(t *testing.T) {
	tool, other := named("a", "Angst"), named("b", "Angst")
	tool.Listing = &catalogue.Listing{From: "2026-11-01", To: "2026-11-30"}
	x := with(t, tool, other)
	oslo := time.FixedZone("Oslo", 3600)
	first, last := time.Date(2026, 11, 1, 0, 0, 0, 0, oslo), time.Date(2026, 11, 30, 23, 59, 59, 0, oslo)
	cases := []struct {
		name      string
		at        time.Time
		want, all []string
	}{
		{"first moment", first, []string{"a", "b"}, []string{"a", "b"}},
		{"before it", first.Add(-time.Second), []string{"b"}, []string{"b"}},
		{"the same elsewhere", first.UTC(), []string{"b"}, []string{"b"}},
		{"last moment", last, []string{"a", "b"}, []string{"a", "b"}},
		{"after it", last.Add(time.Second), []string{"b"}, []string{"a", "b"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			assert.Equal(t, c.want, found(t, x, catalogue.Query{At: c.at}))
			assert.Equal(t, c.want, found(t, x, catalogue.Query{At: c.at, Text: "angst"}))
			assert.Equal(t, c.all, found(t, x, catalogue.Query{At: c.at, All: true}))
		})
	}
}

func TestGenerationFollowsTheContent(t *testing.T) {
	x := index(t)
	assert.Equal(t, x.Generation(), index(t).Generation())
	assert.NotEmpty(t, x.Generation())
	tool := get(t, "pust")
	tool.AcuteNotice = catalogue.Text{"nb": "Ring 113"}
	changed, err := x.With(tool)
	require.NoError(t, err)
	assert.NotEqual(t, x.Generation(), changed.Generation())
	first := changed.Generation()
	changed.Prepare()
	assert.Equal(t, first, changed.Generation())
	assert.Equal(t, new(catalogue.Index).Generation(), with(t).Generation())

	seen := map[string]bool{x.Generation(): true}
	for _, s := range []catalogue.Synonyms{{Same: []string{"blubb"}}, {Same: []string{"søvn", "blubb"}}, {Same: []string{"søvn"}, For: []string{"blubb"}}} {
		other, err := catalogue.Options{Synonyms: []catalogue.Synonyms{s}}.NewIndex(x.Tools())
		require.NoError(t, err)
		assert.False(t, seen[other.Generation()], "%v", s)
		seen[other.Generation()] = true
	}
}
