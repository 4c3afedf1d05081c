package approval_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
)

// later is version 2.0.0 of the small set: A-1 unchanged, A-2 reworded, A-3
// withdrawn for E-1 and E-2, B-1 withdrawn, B-2 gone, C-1 unchanged, D-1 with
// another reason.
func later(t testing.TB, edit func(document)) *approval.RequirementSet {
	t.Helper()
	return editedSet(t, func(d document) {
		d["version"] = "2.0.0"
		part(item(d, "requirements", 1), "text")["en"] = "b"
		tombstone := item(d, "requirements", 2)
		tombstone["withdrawn"], tombstone["replacedBy"] = true, []any{"E-1", "E-2"}
		item(d, "requirements", 3)["withdrawn"] = true
		e1, e2 := requirementLike(item(d, "requirements", 0), "E-1"), requirementLike(item(d, "requirements", 0), "E-2")
		e2["text"] = document{"nb": "e", "nn": "e", "en": "e"}
		item(item(d, "requirements", 6), "notApplicable", 0)["text"] = document{"nb": "x", "nn": "x", "en": "x"}
		list := d["requirements"].([]any)
		d["requirements"] = append(append(append([]any{}, list[:4]...), list[5:]...), e1, e2)
		if edit != nil {
			edit(d)
		}
	})
}

func requirementLike(r document, id string) document {
	out := document{}
	for name, value := range r {
		out[name] = value
	}
	out["id"] = id
	return out
}

func TestSameIDs(t *testing.T) {
	from, to := small(t), later(t, nil)
	got := approval.SameIDs(from, to)
	assert.Equal(t, []approval.MapEntry{
		{From: []string{"A-1"}, To: []string{"A-1"}, Relation: approval.RelationEqual},
		{From: []string{"A-2"}, To: []string{"A-2"}, Relation: approval.RelationModified},
		{From: []string{"A-3"}, To: []string{"E-1", "E-2"}, Relation: approval.RelationSplit},
		{From: []string{"B-1"}, Relation: approval.RelationDeleted, Reason: "withdrawn in small 2.0.0"},
		{From: []string{"B-2"}, Relation: approval.RelationDeleted, Reason: "withdrawn in small 2.0.0"},
		{From: []string{"C-1"}, To: []string{"C-1"}, Relation: approval.RelationEqual},
		{From: []string{"D-1"}, To: []string{"D-1"}, Relation: approval.RelationEqual},
	}, got.Entries)
	assert.Empty(t, got.Gaps(from, to))
	again, err := approval.ParseMapping([]byte(encode(t, got)), from, to)
	require.NoError(t, err)
	assert.Equal(t, got, again)

	back := approval.SameIDs(to, from)
	assert.Equal(t, approval.MapEntry{To: []string{"A-3"}, Relation: approval.RelationAdded}, back.Entries[len(back.Entries)-3])
	assert.Equal(t, []string{"A-3", "B-1"}, back.Gaps(to, from).Tombstones)
	one := later(t, func(d document) { item(d, "requirements", 2)["replacedBy"] = []any{"E-2", "B-1"} })
	assert.Equal(t, approval.MapEntry{From: []string{"A-3"}, To: []string{"E-2"}, Relation: approval.RelationMoved}, approval.SameIDs(from, one).Entries[2])
}

func TestGaps(t *testing.T) {
	m := &approval.Mapping{Entries: []approval.MapEntry{{From: []string{"A-1"}, To: []string{"A-1"}}}}
	assert.Equal(t, approval.Gaps{
		Unmapped: []string{"A-2", "A-3", "B-1", "B-2", "C-1", "D-1"},
		New:      []string{"A-2", "C-1", "D-1", "E-1", "E-2"},
	}, m.Gaps(small(t), later(t, nil)))
	assert.Equal(t, []string{"A-3", "B-1"}, m.Gaps(later(t, nil), nil).Tombstones)
}

func mappingDocument(entries ...any) document {
	return document{"version": 1, "from": document{"id": "small", "version": "1.0.0"}, "to": document{"id": "small", "version": "2.0.0"}, "entries": append([]any{}, entries...)}
}

func entry(relation string, from, to []any) document {
	return document{"relation": relation, "from": from, "to": to}
}

func TestParseMappingNamesEveryMistake(t *testing.T) {
	a1, a2, none := []any{"A-1"}, []any{"A-2"}, []any{}
	cases := []struct {
		name string
		doc  document
		want []found
	}{
		{"unknown earlier id", mappingDocument(entry("equal", []any{"Z-1"}, a1)), []found{{"/entries/0/from/0", "", "unknown"}}},
		{"unknown later id", mappingDocument(entry("equal", a1, []any{"B-2"})), []found{{"/entries/0/to/0", "", "unknown"}}},
		{"withdrawn later id", mappingDocument(entry("equal", a1, []any{"A-3"})), []found{{"/entries/0/to/0", "", "withdrawn"}}},
		{"an id in two entries", mappingDocument(entry("equal", a1, a1), entry("moved", a1, a2)), []found{{"/entries/1/from/0", "", "repeated"}}},
		{"an id twice in an entry", mappingDocument(entry("merged", []any{"A-1", "A-1"}, a2)), []found{{"/entries/0/from/1", "", "repeated"}}},
		{"a later id twice in an entry", mappingDocument(entry("split", a1, []any{"A-1", "A-1"})), []found{{"/entries/0/to/1", "", "repeated"}}},
		{"split to one", mappingDocument(entry("split", a1, a1)), []found{{"/entries/0/to", "", "too-few"}}},
		{"merged to two", mappingDocument(entry("merged", a1, []any{"A-1", "A-2"})), []found{{"/entries/0/to", "", "too-many"}}},
		{"moved to none", mappingDocument(entry("moved", a1, none)), []found{{"/entries/0/to", "", "too-few"}}},
		{"equal from two", mappingDocument(entry("equal", []any{"A-1", "A-2"}, a1)), []found{{"/entries/0/from", "", "too-many"}}},
		{"covered by none", mappingDocument(entry("covered", a1, none)), []found{{"/entries/0/to", "", "too-few"}}},
		{"deleted without a reason", mappingDocument(entry("deleted", a1, none)), []found{{"/entries/0/reason", "", "missing-member"}}},
		{"deleted and led on", mappingDocument(document{"relation": "deleted", "reason": "x", "from": a1, "to": a1}), []found{{"/entries/0/to", "", "too-many"}}},
		{"added from something", mappingDocument(entry("added", a1, a1)), []found{{"/entries/0/from", "", "too-many"}}},
		{"unknown relation", mappingDocument(entry("similar", a1, a1)), []found{{"/entries/0/relation", "", "not-allowed"}}},
		{"no relation", mappingDocument(document{"from": a1, "to": a1}), []found{{"/entries/0/relation", "", "missing-member"}}},
		{"unknown member", mappingDocument(document{"relation": "equal", "from": a1, "to": a1, "why": "x"}), []found{{"/entries/0/why", "", "unknown-member"}}},
		{"other sets", document{"from": document{"id": "large", "version": "1.0.0"}, "to": document{"id": "small", "version": "1.0.0"}, "entries": none},
			[]found{{"/from/id", "", "not-allowed"}, {"/to/version", "", "not-allowed"}}},
		{"another form", document{"version": 2, "from": document{"id": "small", "version": "1.0.0"}, "to": document{"id": "small", "version": "2.0.0"}, "entries": none},
			[]found{{"/version", "", "not-allowed"}}},
		{"all at once", mappingDocument(entry("moved", []any{"Z-1"}, none), entry("split", a1, []any{"A-3"})),
			[]found{{"/entries/0/from/0", "", "unknown"}, {"/entries/0/to", "", "too-few"}, {"/entries/1/to", "", "too-few"}, {"/entries/1/to/0", "", "withdrawn"}}},
	}
	from, to := small(t), later(t, nil)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			m, err := approval.ParseMapping([]byte(encode(t, c.doc)), from, to)
			require.ErrorIs(t, err, approval.ErrInvalid)
			var e *approval.MappingError
			require.ErrorAs(t, err, &e)
			assert.Equal(t, c.want, places(e.Problems), "%v", err)
			assert.Nil(t, m)
			for _, p := range e.Problems {
				requireLanguages(t, p.Text)
			}
		})
	}
}

func TestParseMappingRefuses(t *testing.T) {
	from, to := small(t), later(t, nil)
	good := encode(t, mappingDocument())
	_, err := approval.ParseMapping([]byte(good), from, to)
	require.NoError(t, err)
	for _, data := range []string{"", "[]", "null", good + "{}", `{"entries":[],"entries":[]}`} {
		_, err := approval.ParseMapping([]byte(data), from, to)
		require.ErrorIs(t, err, approval.ErrInvalid, data)
	}
	_, err = approval.ParseMapping([]byte(good), nil, small(t))
	require.ErrorIs(t, err, approval.ErrSet)
	_, err = approval.ParseMapping([]byte(good), small(t), &approval.RequirementSet{})
	require.ErrorIs(t, err, approval.ErrSet)
}
