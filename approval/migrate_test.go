package approval_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
)

func migrated(t testing.TB, d *declaration, m *approval.Mapping, from, to *approval.RequirementSet) (*declaration, *approval.MigrationReport) {
	t.Helper()
	before := encode(t, d)
	out, report, err := approval.Migrate(d, m, from, to)
	require.NoError(t, err)
	require.Equal(t, before, encode(t, d), "the earlier declaration stays as it was")
	require.Len(t, report.Answers, len(d.Answers), "every answer once")
	for _, a := range report.Answers {
		require.Equal(t, d.Answers[a.Requirement], a.Answer)
		requireLanguages(t, a.Why)
		for _, target := range a.Targets {
			requireLanguages(t, target.Why)
			_, there := out.Answers[target.Requirement]
			require.False(t, target.Carried && !there)
		}
	}
	for _, f := range report.Facts {
		requireLanguages(t, f.Why)
	}
	return out, report
}

func fates(r *approval.MigrationReport) map[string]approval.Fate {
	out := map[string]approval.Fate{}
	for _, a := range r.Answers {
		out[a.Requirement] = a.Fate
	}
	return out
}

func TestMigrateToTheNextVersion(t *testing.T) {
	from, to := small(t), later(t, nil)
	d := good(t, from, func(d *declaration) {
		d.Facts["colour"] = "blue"
		d.Answers["Z-1"] = approval.Answer{Status: approval.Yes}
	})
	out, report := migrated(t, d, nil, from, to)
	assert.Equal(t, map[string]approval.Fate{"A-1": "carried", "A-2": "confirm", "A-3": "split", "B-1": "dropped", "B-2": "dropped", "D-1": "carried",
		"Z-1": "unmapped"}, fates(report))
	assert.Equal(t, map[string]approval.Answer{"A-1": d.Answers["A-1"], "D-1": d.Answers["D-1"], "E-1": d.Answers["A-3"]}, out.Answers)
	assert.Equal(t, []string{"A-2", "E-2"}, report.Unconfirmed)
	assert.Empty(t, report.Unanswered, "C-1 is about children")
	assert.Equal(t, []string{"a", "b"}, []string{report.Answers[1].Text["en"], report.Answers[1].Targets[0].Text["en"]}, "old wording and new")
	assert.Equal(t, d.Evidence, out.Evidence)
	assert.Equal(t, map[string]any{"guidance": "unguided", "login": true, "platforms": []string{"web", "backend"}, "minimumAge": 18.0}, out.Facts)
	assert.Equal(t, "colour", report.Facts[4].Fact)
	assert.False(t, report.Facts[4].Carried)
}

// What applies, or may apply, has to be answered; what the facts rule out has not.
func TestMigrateListsWhatIsLeft(t *testing.T) {
	from, to := small(t), later(t, nil)
	for name, edit := range map[string]func(*declaration){
		"children":     func(d *declaration) { d.Facts["minimumAge"] = 12 },
		"no known age": func(d *declaration) { delete(d.Facts, "minimumAge") },
	} {
		_, report := migrated(t, good(t, from, edit), nil, from, to)
		assert.Equal(t, []string{"C-1"}, report.Unanswered, name)
	}
}

// Nobody has submitted or signed the new declaration: it decides nothing until somebody does.
func TestMigrateMakesADraft(t *testing.T) {
	from, to := small(t), later(t, nil)
	d := good(t, from, nil)
	out, _ := migrated(t, d, nil, from, to)
	assert.Empty(t, out.Submitted)
	assert.Empty(t, out.SignedBy)
	assert.Equal(t, to.Ref(), out.Set)
	assert.Equal(t, d.Revision+1, out.Revision)
	assert.Equal(t, []any{d.ID, d.Tool, d.Vendor}, []any{out.ID, out.Tool, out.Vendor})
	dec, err := approval.Evaluate(out, to, decided)
	require.NoError(t, err)
	assert.False(t, dec.Outcome.Approves())
	_, err = approval.CheckDeclaration([]byte(encode(t, out)), to)
	assert.Equal(t, []found{{"/signedBy", "", "missing-member"}, {"/submitted", "", "missing-member"}}, places(problems(t, err)))
	_, err = approval.CheckDraft([]byte(encode(t, out)), to)
	require.NoError(t, err)
	out.Submitted, out.SignedBy = "2026-11-01", d.SignedBy
	_, err = approval.CheckDeclaration([]byte(encode(t, out)), to)
	require.NoError(t, err)
}

// Whatever the mapping says, the wording decides; and an answer must be one that the new requirement takes.
func TestMigrateCarriesOnlyWhatIsTheSame(t *testing.T) {
	wording := func(set *approval.RequirementSet, id string) approval.Digest {
		r, _ := set.Requirement(id)
		return r.Wording()
	}
	from, to := small(t), later(t, nil)
	allowing := editedSet(t, func(d document) { item(d, "requirements", 0)["allowed"] = []any{"partial"} })
	pair := func(relation approval.Relation, a, b string) *approval.Mapping {
		return &approval.Mapping{From: from.Ref(), To: to.Ref(), Entries: []approval.MapEntry{{From: []string{a}, To: []string{b}, Relation: relation}}}
	}
	cases := []struct {
		name     string
		from     *approval.RequirementSet
		mapping  *approval.Mapping
		id       string
		answer   approval.Answer
		want     approval.Fate
		whyHolds string
	}{
		{"said to be modified, worded the same", from, pair("modified", "A-1", "A-1"), "A-1", approval.Answer{Status: "yes"}, "carried", "the same"},
		{"said to be equal, worded otherwise", from, pair("equal", "A-2", "A-2"), "A-2", approval.Answer{Status: "yes"}, "confirm", "wording is another one"},
		{"moved to the same words", from, pair("moved", "A-1", "E-1"), "A-1", approval.Answer{Status: "no"}, "carried", "the same"},
		{"moved to other words", from, pair("moved", "A-1", "E-2"), "A-1", approval.Answer{Status: "no"}, "confirm", "wording is another one"},
		{"given to this wording", from, nil, "A-1", approval.Answer{Status: "yes", Answered: &approval.Answered{By: "Kari", At: decided, Wording: wording(from, "A-1")}}, "carried", "the same"},
		{"given to an earlier wording", from, nil, "A-1", approval.Answer{Status: "yes", Answered: &approval.Answered{By: "Kari", Wording: approval.DigestOf(nil)}}, "confirm", "earlier wording"},
		{"a reason that is worded otherwise", from, nil, "D-1", approval.Answer{Status: "not-applicable", Reason: "no-backend"}, "confirm", "reason"},
		{"a reason that is not there", from, nil, "A-1", approval.Answer{Status: "not-applicable", Reason: "x"}, "confirm", "reason"},
		{"a status that is not taken", allowing, nil, "A-1", approval.Answer{Status: "partial"}, "confirm", "does not take"},
		{"no status", from, nil, "A-1", approval.Answer{}, "confirm", "does not take"},
		{"not mapped", from, pair("moved", "A-2", "A-2"), "A-1", approval.Answer{Status: "yes"}, "unmapped", "Nobody has said"},
		{"not in the earlier set", from, nil, "Z-1", approval.Answer{Status: "yes"}, "unmapped", "no such requirement"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d := good(t, from, func(d *declaration) { d.Answers = map[string]approval.Answer{c.id: c.answer} })
			out, report := migrated(t, d, c.mapping, c.from, to)
			assert.Equal(t, c.want, report.Answers[0].Fate)
			assert.Contains(t, report.Answers[0].Why["en"], c.whyHolds)
			if c.want == approval.FateCarried {
				assert.Equal(t, map[string]approval.Answer{report.Answers[0].Targets[0].Requirement: c.answer}, out.Answers)
			} else {
				assert.Empty(t, out.Answers)
			}
		})
	}
}

// Where two answers fit one requirement, nobody but the vendor knows which is meant.
func TestMigrateDoesNotChooseBetweenTwoAnswers(t *testing.T) {
	from, to := small(t), later(t, nil)
	m := &approval.Mapping{From: from.Ref(), To: to.Ref(), Entries: []approval.MapEntry{{From: []string{"A-1", "A-3"}, To: []string{"E-1"}, Relation: "merged"}}}
	d := good(t, from, func(d *declaration) {
		d.Answers = map[string]approval.Answer{"A-1": {Status: "yes"}, "A-3": {Status: "no"}}
	})
	out, report := migrated(t, d, m, from, to)
	assert.Empty(t, out.Answers)
	assert.Equal(t, 2, report.Count(approval.FateConfirm))
	assert.Contains(t, report.Answers[1].Why["en"], "More than one")
	assert.Equal(t, []string{"E-1"}, report.Unconfirmed)

	delete(d.Answers, "A-3")
	out, _ = migrated(t, d, m, from, to)
	assert.Contains(t, out.Answers, "E-1", "one alone is carried")
}

func TestMigrateOfATombstone(t *testing.T) {
	from, to := later(t, nil), small(t)
	d := good(t, to, func(d *declaration) { d.Set = from.Ref() })
	out, report := migrated(t, d, nil, from, to)
	assert.Equal(t, approval.FateUnmapped, fates(report)["A-3"])
	assert.NotContains(t, out.Answers, "A-3", "what was answered to a tombstone was not used")
	assert.Equal(t, []string{"A-3", "B-1"}, report.Gaps.Tombstones)
}

func TestMigrateFacts(t *testing.T) {
	cases := []struct {
		name string
		edit func(document)
		fact string
		says string
	}{
		{"gone", func(d document) {
			item(d, "facts", 3)["id"] = "age"
			item(d, "requirements", 5)["when"].(document)["fact"] = "age"
		}, "minimumAge", "no longer asked"},
		{"another question", func(d document) { part(item(d, "facts", 1), "question")["nn"] = "x" }, "login", "question is another one"},
		{"another type", func(d document) {
			item(d, "facts", 1)["type"] = "choice"
			item(d, "facts", 1)["choices"] = []any{document{"code": "true", "text": everywhere("x")}, document{"code": "false", "text": everywhere("y")}}
		}, "login", "question is another one"},
		{"a choice that is gone", func(d document) { item(item(d, "facts", 2), "choices", 0)["code"] = "site" }, "platforms", "does not take"},
		{"a choice that means something else", func(d document) { item(item(d, "facts", 2), "choices", 0)["text"] = everywhere("x") }, "platforms", "does not take"},
		{"a choice that was not made", func(d document) { item(item(d, "facts", 0), "choices", 2)["text"] = everywhere("x") }, "guidance", ""},
		{"out of bounds", func(d document) { item(d, "facts", 3)["min"] = 19 }, "minimumAge", "does not take"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			to := editedSet(t, func(d document) { d["version"] = "1.1.0"; c.edit(d) })
			out, report := migrated(t, good(t, small(t), nil), nil, small(t), to)
			require.Len(t, report.Facts, 4)
			for _, f := range report.Facts {
				assert.Equal(t, f.Fact != c.fact || c.says == "", f.Carried, f.Fact)
				_, has := out.Facts[f.Fact]
				assert.Equal(t, f.Carried, has)
				if !f.Carried {
					assert.Contains(t, f.Why["en"], c.says)
				}
			}
		})
	}
}

func TestMigrateRefuses(t *testing.T) {
	from, to := small(t), later(t, nil)
	d := good(t, from, nil)
	cases := []struct {
		name     string
		d        *declaration
		m        *approval.Mapping
		from, to *approval.RequirementSet
		want     error
	}{
		{"no set", d, nil, nil, to, approval.ErrSet},
		{"a set that was not read", d, nil, from, &approval.RequirementSet{}, approval.ErrSet},
		{"no declaration", nil, nil, from, to, approval.ErrNoDeclaration},
		{"another set", d, nil, to, from, approval.ErrOtherSet},
		{"the zero mapping", d, &approval.Mapping{}, from, to, approval.ErrInvalid},
		{"a mapping to what is withdrawn", d, &approval.Mapping{From: from.Ref(), To: to.Ref(),
			Entries: []approval.MapEntry{{From: []string{"A-1"}, To: []string{"B-1"}, Relation: "moved"}}}, from, to, approval.ErrInvalid},
		{"a mapping to the same twice", d, &approval.Mapping{From: from.Ref(), To: to.Ref(),
			Entries: []approval.MapEntry{{From: []string{"A-1"}, To: []string{"A-1", "A-1"}, Relation: "split"}}}, from, to, approval.ErrInvalid},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			out, report, err := approval.Migrate(c.d, c.m, c.from, c.to)
			require.ErrorIs(t, err, c.want)
			assert.Nil(t, out)
			assert.Nil(t, report)
		})
	}
}

// What comes out shares nothing with what went in, and is the same each time.
func TestMigrateSharesNothing(t *testing.T) {
	from, to := small(t), later(t, nil)
	r, _ := from.Requirement("A-1")
	d := good(t, from, func(d *declaration) {
		d.Answers["A-1"] = approval.Answer{Status: "yes", Evidence: []string{"e1"}, Answered: &approval.Answered{By: "Kari", At: time.Unix(0, 0), Wording: r.Wording()},
			Inherited: &approval.Origin{Declaration: "v"}}
	})
	out, report := migrated(t, d, nil, from, to)
	first := encode(t, []any{out, report})
	a := out.Answers["A-1"]
	a.Evidence[0], a.Answered.By, a.Inherited.Declaration = "x", "x", "x"
	out.Tool.Name["nb"], out.Evidence[0].Title = "x", "x"
	out.Facts["platforms"].([]string)[0] = "x"
	for range 20 {
		again, report := migrated(t, d, nil, from, to)
		require.Equal(t, first, encode(t, []any{again, report}))
	}
}
