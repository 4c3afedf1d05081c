package requirement_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/approval/requirement"
	"github.com/verktoykatalog/verktoy/catalogue"
)

func baseline(t testing.TB) *approval.RequirementSet {
	t.Helper()
	set, err := requirement.Get(requirement.Baseline)
	require.NoError(t, err)
	return set
}

func TestBaselineHasItsSixtyRequirements(t *testing.T) {
	want := map[string]int{"GEN": 5, "CLIN": 10, "MDR": 4, "PRIV": 12, "SEC": 11, "MOB": 6, "WEB": 4, "UU": 5, "INT": 2, "AI": 1}
	got := map[string]int{}
	for _, r := range baseline(t).Requirements {
		kind, number, _ := strings.Cut(r.ID, "-")
		got[kind]++
		assert.Regexp(t, `^\d\d$`, number)
	}
	assert.Equal(t, want, got)
}

// An id stands for the same demand in both sets, so that answers can be carried over.
func TestBaselineKeepsTheTitlesOfTheWebBaseline(t *testing.T) {
	set := baseline(t)
	old, err := requirement.GetVersion(requirement.WebBaseline, "1.0.0")
	require.NoError(t, err)
	require.Len(t, old.Requirements, 51)
	for _, was := range old.Requirements {
		is, ok := set.Requirement(was.ID)
		require.True(t, ok, was.ID)
		assert.Equal(t, was.Title, is.Title, was.ID)
		assert.Subset(t, is.Refs, was.Refs, was.ID)
	}
}

// The set must never be taken for an official one.
func TestBaselineSaysWhatItIs(t *testing.T) {
	set := baseline(t)
	for lang, words := range map[catalogue.Lang][]string{
		"nb": {"eksempel", "ikke offisielle", "ikke juridisk rådgivning", "Fagfolk må kontrollere", "bokmål og nynorsk", "leverandørens egne opplysninger"},
		"nn": {"døme", "ikkje offisielle", "ikkje juridisk rådgiving", "Fagfolk må kontrollere", "bokmål og nynorsk", "opplysningane til leverandøren sjølv"},
		"en": {"example", "not a set of official", "not legal advice", "Experts must check", "Bokmål and Nynorsk", "the vendor’s own information"},
	} {
		for _, w := range words {
			assert.Contains(t, set.Note[lang], w)
		}
		assert.Contains(t, strings.ToLower(set.Title[lang]), words[0])
	}
}

// A closed reason that is bound to no fact could not be contradicted.
func TestEveryReasonOfTheBaselineIsBoundToAFact(t *testing.T) {
	reasons := 0
	for _, r := range baseline(t).Requirements {
		for _, n := range r.NotApplicable {
			reasons++
			assert.NotNil(t, n.When, "%s %s", r.ID, n.Code)
		}
	}
	assert.Equal(t, 15, reasons)
}

// applies are the ids of the requirements that certainly apply with these facts.
func applies(set *approval.RequirementSet, known facts) map[string]bool {
	out := map[string]bool{}
	for _, r := range set.Requirements {
		if r.When.Holds(known) == approval.True {
			out[r.ID] = true
		}
	}
	return out
}

func TestPlatformsDecideWhatApplies(t *testing.T) {
	set := baseline(t)
	cases := []struct {
		name      string
		platforms []string
		mobile    bool
		web       bool
	}{
		{"mobile only", []string{"mobile"}, true, false},
		{"web only", []string{"web"}, false, true},
		{"mobile with a back end", []string{"mobile", "backend"}, true, false},
		{"both", []string{"web", "mobile", "backend"}, true, true},
		{"what the vendor answers for all tools", nil, false, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			known := completeFacts()
			known["platforms"], known["localData"] = c.platforms, "health"
			got := applies(set, known)
			for _, r := range set.Requirements {
				switch r.ID[:3] {
				case "MOB":
					assert.Equal(t, c.mobile, got[r.ID], r.ID)
				case "WEB":
					assert.Equal(t, c.web, got[r.ID], r.ID)
				}
			}
			assert.Equal(t, c.mobile, got["UU-03"])
			for _, id := range []string{"GEN-01", "GEN-04", "GEN-05", "PRIV-09", "PRIV-11", "SEC-01", "SEC-11", "UU-01"} {
				assert.True(t, got[id], id)
			}
		})
	}
}

// Uu-tilsynet leaves out six success criteria for apps (page 1018); the set says so where it asks for the test.
func TestAppsAreToldWhichCriteriaDoNotApply(t *testing.T) {
	r, ok := baseline(t).Requirement("UU-01")
	require.True(t, ok)
	for lang, text := range r.Help {
		criteria := regexp.MustCompile(`\d\.\d\.\d`).FindAllString(text, -1)
		assert.Equal(t, []string{"2.4.1", "2.4.2", "2.4.5", "3.1.2", "3.2.3", "3.2.4"}, criteria, lang)
	}
}

// What only the vendor is asked about must not hang on a platform: it is answered once for all tools.
func TestScopesFitConditions(t *testing.T) {
	for _, r := range baseline(t).Requirements {
		switch {
		case strings.HasPrefix(r.ID, "MOB"), r.ID == "UU-03":
			assert.Equal(t, []string{"mobile"}, r.Scope, r.ID)
		case strings.HasPrefix(r.ID, "WEB"):
			assert.Equal(t, []string{"web"}, r.Scope, r.ID)
		case len(r.Scope) == 1:
			assert.Equal(t, []string{"vendor"}, r.Scope, r.ID)
		default:
			assert.Equal(t, []string{"web", "mobile", "backend"}, r.Scope, r.ID)
		}
	}
}
