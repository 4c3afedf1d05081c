package approval_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
)

func editedSet(t testing.TB, edit func(document)) *approval.RequirementSet {
	t.Helper()
	set, err := approval.ParseRequirementSet(edited(t, "small@1.0.0.json", edit))
	require.NoError(t, err)
	return set
}

func TestDiffSets(t *testing.T) {
	changed := func(id string, reworded bool, members ...string) []approval.SetChange {
		return []approval.SetChange{{ID: id, Kind: approval.SetChanged, Reworded: reworded, Members: members}}
	}
	cases := []struct {
		name         string
		edit         func(document)
		requirements []approval.SetChange
		facts        []approval.SetChange
		members      []string
	}{
		{name: "nothing"},
		{name: "version and days", edit: func(d document) { d["version"], d["validFrom"], d["validTo"] = "1.1.0", "2026-05-01", "2029-01-01" }},
		{name: "reworded", edit: func(d document) { part(item(d, "requirements", 0), "text")["nn"] = "b" }, requirements: changed("A-1", true, "text")},
		{name: "other help", edit: func(d document) { item(d, "requirements", 0)["help"] = document{"nb": "a", "nn": "a", "en": "a"} },
			requirements: changed("A-1", true, "help")},
		{name: "another title", edit: func(d document) { part(item(d, "requirements", 0), "title")["nn"] = "b" }, requirements: changed("A-1", false, "title")},
		{name: "severity", edit: func(d document) { item(d, "requirements", 0)["severity"] = "minor" }, requirements: changed("A-1", false, "severity")},
		{name: "when and evidence", edit: func(d document) { r := item(d, "requirements", 3); delete(r, "when"); delete(r, "evidence") },
			requirements: changed("B-1", false, "evidence", "when")},
		{name: "withdrawn", edit: func(d document) { item(d, "requirements", 0)["withdrawn"] = true },
			requirements: []approval.SetChange{{ID: "A-1", Kind: approval.SetWithdrawn, Members: []string{"withdrawn"}}}},
		{name: "another id", edit: func(d document) { item(d, "requirements", 0)["id"] = "A-9" },
			requirements: []approval.SetChange{{ID: "A-9", Kind: approval.SetAdded}, {ID: "A-1", Kind: approval.SetMissing}}},
		{name: "a material fact", edit: func(d document) { item(d, "facts", 1)["material"] = true }, facts: changed("login", false, "material")},
		{name: "another question", edit: func(d document) { part(item(d, "facts", 1), "question")["nb"] = "b" }, facts: changed("login", true, "question")},
		{name: "a bound", edit: func(d document) { item(d, "facts", 3)["max"] = 120 }, facts: changed("minimumAge", true, "max")},
		{name: "the set's own", edit: func(d document) { d["reviewMonths"], d["tracked"] = 12, true }, members: []string{"reviewMonths", "tracked"}},
	}
	from := small(t)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := approval.DiffSets(from, editedSet(t, c.edit))
			assert.Equal(t, append([]approval.SetChange{}, c.requirements...), got.Requirements)
			assert.Equal(t, append([]approval.SetChange{}, c.facts...), got.Facts)
			assert.Equal(t, c.members, got.Members)
		})
	}
}

func TestDiffSetsTheOtherWay(t *testing.T) {
	withdrawn := editedSet(t, func(d document) { item(d, "requirements", 0)["withdrawn"] = true })
	got := approval.DiffSets(withdrawn, small(t))
	assert.Equal(t, []approval.SetChange{{ID: "A-1", Kind: approval.SetReturned, Members: []string{"withdrawn"}}}, got.Requirements)
	all := approval.DiffSets(nil, small(t))
	assert.Len(t, all.Requirements, 7)
	assert.Len(t, all.Facts, 4)
	assert.Equal(t, approval.SetRef{ID: "small", Version: "1.0.0"}, all.To)
}

// What a caller changed in a set is not what was released.
func TestDiffSetsComparesWhatWasRead(t *testing.T) {
	set := small(t)
	set.Requirements[0].Severity = approval.Minor
	assert.Empty(t, approval.DiffSets(set, small(t)).Requirements)
}
