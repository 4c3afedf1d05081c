package approval_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/catalogue"
)

// diffCase is what a test compares of a change.
type diffCase struct {
	kind     approval.ChangeKind
	about    string // requirement, fact or evidence
	pointer  string
	material bool
}

func diffCases(changes approval.Changes) []diffCase {
	var out []diffCase
	for _, c := range changes {
		out = append(out, diffCase{c.Kind, c.Requirement + c.Fact + c.Evidence, c.Pointer, c.Material})
	}
	return out
}

// withMaterialFact is the small set with a material fact, and statuses for all.
func withMaterialFact(t testing.TB) *approval.RequirementSet {
	t.Helper()
	set, err := approval.ParseRequirementSet(edited(t, "small@1.0.0.json", func(d document) {
		item(d, "facts", 2)["material"] = true
	}))
	require.NoError(t, err)
	return set
}

func editAnswer(d *declaration, id string, edit func(*approval.Answer)) {
	a := d.Answers[id]
	a.Evidence = slices.Clone(a.Evidence)
	edit(&a)
	d.Answers[id] = a
}

func TestDiff(t *testing.T) {
	cases := []struct {
		name string
		edit func(*declaration)
		want []diffCase
	}{
		{"nothing", func(*declaration) {}, nil},
		{"id, revision and day are the document's own", func(d *declaration) { d.ID, d.Revision, d.Submitted = "decl-2", 4, "2027-01-01" }, nil},
		{"a number in another Go type", func(d *declaration) { d.Facts["minimumAge"] = 18.0 }, nil},
		{"the order of choices", func(d *declaration) { d.Facts["platforms"] = []string{"backend", "web"} }, nil},
		{"the other tool", func(d *declaration) { d.Tool.ID = "annet" }, []diffCase{{approval.ChangedTool, "", "/tool/id", true}}},
		{"tool name", func(d *declaration) { d.Tool.Name = catalogue.Text{"nb": "x"} }, []diffCase{{approval.ChangedToolName, "", "/tool/name", true}}},
		{"release", func(d *declaration) { d.Tool.Release = "4" }, []diffCase{{approval.ChangedRelease, "", "/tool/release", true}}},
		{"release, with new documents", func(d *declaration) {
			d.Tool.Release = "4"
			for i := range d.Evidence {
				d.Evidence[i].Issued, d.Evidence[i].SHA256 = "2026-10-30", approval.DigestOf([]byte("4"))
			}
		}, []diffCase{{approval.ChangedRelease, "", "/tool/release", false},
			{approval.RenewedEvidence, "e1", "/evidence/0", false}, {approval.RenewedEvidence, "e2", "/evidence/1", false}}},
		{"vendor", func(d *declaration) { d.Vendor.OrgNumber = "974760673" }, []diffCase{{approval.ChangedVendor, "", "/vendor/orgNumber", true}}},
		{"vendor's name", func(d *declaration) { d.Vendor.Name = "x" }, []diffCase{{approval.ChangedName, "", "/vendor/name", true}}},
		{"signatory", func(d *declaration) { d.SignedBy.Name = "x" }, []diffCase{{approval.ChangedSignatory, "", "/signedBy", false}}},
		{"material fact", func(d *declaration) { d.Facts["platforms"] = []string{"backend"} },
			[]diffCase{{approval.ChangedFact, "platforms", "/facts/platforms", true}}},
		{"material fact removed", func(d *declaration) { delete(d.Facts, "platforms") },
			[]diffCase{{approval.RemovedFact, "platforms", "/facts/platforms", true}}},
		{"unknown fact", func(d *declaration) { d.Facts["colour"] = "blue" }, []diffCase{{approval.AddedFact, "colour", "/facts/colour", false}}},
		{"a fact that moves a blocker in", func(d *declaration) { d.Facts["minimumAge"] = 12 },
			[]diffCase{{approval.ChangedFact, "minimumAge", "/facts/minimumAge", true}, {approval.NowApplies, "C-1", "/facts", true}}},
		{"a fact that may move a blocker in", func(d *declaration) { delete(d.Facts, "minimumAge") },
			[]diffCase{{approval.RemovedFact, "minimumAge", "/facts/minimumAge", true}, {approval.NowApplies, "C-1", "/facts", true}}},
		{"a fact that moves a blocker out", func(d *declaration) { d.Facts["login"] = false },
			[]diffCase{{approval.ChangedFact, "login", "/facts/login", true}, {approval.NoLongerApplies, "B-1", "/facts", true}}},
		{"with a therapist only", guided,
			[]diffCase{{approval.ChangedFact, "guidance", "/facts/guidance", true}, {approval.ChangedUse, "", "/facts", true}}},
		{"status of a blocker", func(d *declaration) { editAnswer(d, "A-1", func(a *approval.Answer) { a.Status = "no" }) },
			[]diffCase{{approval.ChangedStatus, "A-1", "/answers/A-1/status", true}}},
		{"status of a major", func(d *declaration) { editAnswer(d, "A-2", func(a *approval.Answer) { a.Status = "no" }) },
			[]diffCase{{approval.ChangedStatus, "A-2", "/answers/A-2/status", true}}},
		{"status of a minor", func(d *declaration) { editAnswer(d, "A-3", func(a *approval.Answer) { a.Status = "no" }) },
			[]diffCase{{approval.ChangedStatus, "A-3", "/answers/A-3/status", false}}},
		{"answer to a blocker removed", func(d *declaration) { delete(d.Answers, "A-1") },
			[]diffCase{{approval.RemovedAnswer, "A-1", "/answers/A-1", true}}},
		{"answer to a minor removed", func(d *declaration) { delete(d.Answers, "A-3") },
			[]diffCase{{approval.RemovedAnswer, "A-3", "/answers/A-3", false}}},
		{"answer added", func(d *declaration) { d.Answers["C-1"] = approval.Answer{Status: "no"} },
			[]diffCase{{approval.AddedAnswer, "C-1", "/answers/C-1", true}}},
		{"answer to what is not asked", func(d *declaration) { d.Answers["Z-1"] = approval.Answer{Status: "no"} },
			[]diffCase{{approval.AddedAnswer, "Z-1", "/answers/Z-1", false}}},
		{"explanation", func(d *declaration) { editAnswer(d, "A-1", func(a *approval.Answer) { a.Explanation = "x" }) },
			[]diffCase{{approval.ChangedExplanation, "A-1", "/answers/A-1/explanation", false}}},
		{"reason of a major", func(d *declaration) { editAnswer(d, "B-2", func(a *approval.Answer) { a.Reason = "x" }) },
			[]diffCase{{approval.ChangedReason, "B-2", "/answers/B-2/reason", true}}},
		{"day of a major", func(d *declaration) { editAnswer(d, "B-2", func(a *approval.Answer) { a.Due = "2027-01-01" }) },
			[]diffCase{{approval.ChangedDue, "B-2", "/answers/B-2/due", true}}},
		{"who answered", func(d *declaration) {
			editAnswer(d, "B-2", func(a *approval.Answer) { a.Answered = &approval.Answered{By: "Kari"} })
		}, []diffCase{{approval.ChangedAnswered, "B-2", "/answers/B-2/answered", false}}},
		{"where it comes from", func(d *declaration) {
			editAnswer(d, "B-2", func(a *approval.Answer) { a.Inherited = &approval.Origin{Declaration: "v"} })
		}, []diffCase{{approval.ChangedOrigin, "B-2", "/answers/B-2/inherited", false}}},
		{"a blocker that points to less", func(d *declaration) { editAnswer(d, "B-1", func(a *approval.Answer) { a.Evidence = []string{"e1"} }) },
			[]diffCase{{approval.ChangedReferences, "B-1", "/answers/B-1/evidence", true}}},
		{"a blocker that points to more", func(d *declaration) {
			editAnswer(d, "B-1", func(a *approval.Answer) { a.Evidence = []string{"e1", "e2", "e1"} })
		}, []diffCase{{approval.ChangedReferences, "B-1", "/answers/B-1/evidence", false}}},
		{"a major that points to less", func(d *declaration) { editAnswer(d, "A-2", func(a *approval.Answer) { a.Evidence = nil }) },
			[]diffCase{{approval.ChangedReferences, "A-2", "/answers/A-2/evidence", false}}},
		{"evidence added", func(d *declaration) { d.Evidence = append(d.Evidence, approval.Evidence{ID: "e3"}) },
			[]diffCase{{approval.AddedEvidence, "e3", "/evidence/2", false}}},
		{"evidence of a blocker removed", func(d *declaration) { d.Evidence = d.Evidence[:1] },
			[]diffCase{{approval.RemovedEvidence, "e2", "/evidence/1", true}}},
		{"evidence of a major removed", func(d *declaration) { d.Evidence = d.Evidence[1:] },
			[]diffCase{{approval.RemovedEvidence, "e1", "/evidence/0", false}}},
		{"the order of evidence", func(d *declaration) { slices.Reverse(d.Evidence) }, nil},
	}
	set := withMaterialFact(t)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			changes, err := approval.Diff(good(t, set, nil), good(t, set, c.edit), set)
			require.NoError(t, err)
			assert.Equal(t, c.want, diffCases(changes))
			assert.Equal(t, slices.ContainsFunc(c.want, func(w diffCase) bool { return w.material }), changes.Material())
			for _, ch := range changes {
				requireLanguages(t, ch.Why)
			}
		})
	}
}

// A fact is material when the set flags it, shows it or asks about it anywhere.
func TestDiffOfFacts(t *testing.T) {
	fact := func(flag string) document {
		f := document{"id": "extra", "type": "boolean", "question": document{"nb": "Hva?", "nn": "Kva?", "en": "What?"}}
		if flag != "" {
			f[flag] = true
		}
		return f
	}
	asked := document{"fact": "extra", "in": []any{"true"}}
	cases := []struct {
		name, flag string
		edit       func(document)
		material   bool
	}{
		{"nobody asks", "", nil, false},
		{"flagged", "material", nil, true},
		{"shown to the public", "publish", nil, true},
		{"asked about by a reason", "", func(d document) {
			item(d, "requirements", 4)["notApplicable"].([]any)[0].(document)["when"] = asked
		}, true},
		{"asked about by a requirement", "", func(d document) { item(d, "requirements", 2)["when"] = asked }, true},
		{"asked about by a level", "", func(d document) {
			item(d, "requirements", 5)["evidence"] = document{"kinds": []any{"x"}, "raised": []any{document{"when": asked, "minLevel": "checked"}}}
		}, true},
		{"asked about by a rule", "", func(d document) {
			d["rules"] = []any{document{"id": "r", "when": asked, "outcome": "needs-review", "text": document{"nb": "a", "nn": "b", "en": "c"}}}
		}, true},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			set, err := approval.ParseRequirementSet(edited(t, "small@1.0.0.json", func(d document) {
				d["facts"] = append(d["facts"].([]any), fact(c.flag))
				if c.edit != nil {
					c.edit(d)
				}
			}))
			require.NoError(t, err)
			changes, err := approval.Diff(good(t, set, nil), good(t, set, func(d *declaration) { d.Facts["extra"] = true }), set)
			require.NoError(t, err)
			require.NotEmpty(t, changes)
			assert.Equal(t, "extra", changes[0].Fact)
			assert.Equal(t, c.material, changes[0].Material)
			requireLanguages(t, changes[0].Why)
		})
	}
}

// What the change of a release says about certificates.
func TestDiffOfAReleaseNamesCertificates(t *testing.T) {
	set := small(t)
	changes, err := approval.Diff(good(t, set, nil), good(t, set, func(d *declaration) { d.Tool.Release = "2.0" }), set)
	require.NoError(t, err)
	require.Len(t, changes, 1)
	for lang, word := range map[catalogue.Lang]string{"nb": "sertifikater", "nn": "testrapportar", "en": "test reports"} {
		assert.Contains(t, changes[0].Why[lang], word)
	}
}

func requireLanguages(t testing.TB, text catalogue.Text) {
	t.Helper()
	for _, lang := range languages {
		require.NotEmpty(t, text[lang])
		require.NotContains(t, text[lang], "%!")
	}
}

// Each case changes the document that a blocker rests on.
func TestDiffOfEvidence(t *testing.T) {
	first := approval.Evidence{ID: "e2", Kind: "certificate", Title: "Sertifikat", Issued: "2026-01-15", Expires: "2028-01-15",
		Level: approval.Documented, SHA256: approval.DigestOf([]byte("1")), URL: "https://example.no/1"}
	cases := []struct {
		name     string
		edit     func(*approval.Evidence)
		want     approval.ChangeKind
		material bool
	}{
		{"renewed", func(e *approval.Evidence) {
			e.Issued, e.Expires, e.SHA256, e.URL, e.Title = "2026-10-01", "2028-10-01", approval.DigestOf([]byte("2")), "", "Nytt"
		}, approval.RenewedEvidence, false},
		{"renewed at a higher level", func(e *approval.Evidence) { e.Issued, e.Level = "2026-10-01", approval.ThirdParty }, approval.RenewedEvidence, false},
		{"renewed at a lower level", func(e *approval.Evidence) { e.Issued, e.Level = "2026-10-01", "" }, approval.ReplacedEvidence, true},
		{"renewed by another issuer", func(e *approval.Evidence) { e.Issued, e.Issuer = "2026-10-01", "Noen" }, approval.ReplacedEvidence, true},
		{"renewed as another kind", func(e *approval.Evidence) { e.Issued, e.Kind = "2026-10-01", "report" }, approval.ReplacedEvidence, true},
		{"an older one", func(e *approval.Evidence) { e.Issued = "2025-10-01" }, approval.ReplacedEvidence, true},
		{"another digest", func(e *approval.Evidence) { e.SHA256 = approval.DigestOf([]byte("2")) }, approval.ReplacedEvidence, true},
		{"no digest", func(e *approval.Evidence) { e.SHA256 = "" }, approval.ReplacedEvidence, true},
		{"holds longer without being renewed", func(e *approval.Evidence) { e.Expires = "2030-01-15" }, approval.ReplacedEvidence, true},
		{"title", func(e *approval.Evidence) { e.Title = "x" }, approval.ChangedEvidence, false},
		{"moved, with the same digest", func(e *approval.Evidence) { e.URL = "https://example.no/2" }, approval.ChangedEvidence, false},
		{"raised", func(e *approval.Evidence) { e.Level, e.CheckedBy = approval.Checked, "Per" }, approval.ChangedEvidence, false},
	}
	set := small(t)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			a := good(t, set, func(d *declaration) { d.Evidence[1] = first })
			b := good(t, set, func(d *declaration) { d.Evidence[1] = first; c.edit(&d.Evidence[1]) })
			changes, err := approval.Diff(a, b, set)
			require.NoError(t, err)
			assert.Equal(t, []diffCase{{c.want, "e2", "/evidence/1", c.material}}, diffCases(changes))
		})
	}
	moved := func(url string) func(*declaration) {
		return func(d *declaration) { d.Evidence[1].URL = url }
	}
	changes, err := approval.Diff(good(t, set, moved("https://example.no/1")), good(t, set, moved("https://example.no/2")), set)
	require.NoError(t, err)
	assert.True(t, changes.Material(), "without a digest the address is all there is")
}

// What an alternative does instead stands in its explanation.
func TestDiffOfAnAlternative(t *testing.T) {
	set := small(t)
	alternative := func(says string) *declaration {
		return good(t, set, func(d *declaration) {
			d.Answers["A-1"] = approval.Answer{Status: approval.Alternative, Explanation: says}
		})
	}
	changes, err := approval.Diff(alternative("a"), alternative("b"), set)
	require.NoError(t, err)
	assert.Equal(t, []diffCase{{approval.ChangedExplanation, "A-1", "/answers/A-1/explanation", true}}, diffCases(changes))
}

func TestDiffRefuses(t *testing.T) {
	set := small(t)
	d := good(t, set, nil)
	other := good(t, set, func(d *declaration) { d.Set.Version = "2.0.0" })
	cases := []struct {
		name string
		a, b *declaration
		set  *approval.RequirementSet
		want error
	}{
		{"no set", d, d, nil, approval.ErrSet},
		{"a set that was not read", d, d, &approval.RequirementSet{}, approval.ErrSet},
		{"no declaration", nil, d, set, approval.ErrNoDeclaration},
		{"no later declaration", d, nil, set, approval.ErrNoDeclaration},
		{"another set", d, other, set, approval.ErrOtherSet},
		{"another set before", other, d, set, approval.ErrOtherSet},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := approval.Diff(c.a, c.b, c.set)
			require.ErrorIs(t, err, c.want)
		})
	}
}

// The same input gives the same changes in the same order, and nothing of it changes.
func TestDiffIsInOrder(t *testing.T) {
	set := withMaterialFact(t)
	a := good(t, set, nil)
	b := good(t, set, func(d *declaration) {
		d.Tool.Release, d.Vendor.Name, d.Answers, d.Facts = "9", "x", map[string]approval.Answer{"Z": {}, "Y": {}}, map[string]any{"b": 1, "a": 2}
		d.Evidence = []approval.Evidence{{ID: "n1"}, {ID: "n0"}}
	})
	before := encode(t, []any{a, b})
	first, err := approval.Diff(a, b, set)
	require.NoError(t, err)
	for range 50 {
		again, err := approval.Diff(a, b, set)
		require.NoError(t, err)
		require.Equal(t, encode(t, first), encode(t, again))
	}
	assert.Equal(t, before, encode(t, []any{a, b}))
	var order []string
	for _, c := range first {
		if c.Evidence+c.Fact+c.Requirement != "" && c.Pointer != "/facts" {
			order = append(order, c.Evidence+c.Fact+c.Requirement)
		}
	}
	assert.Equal(t, []string{"guidance", "login", "platforms", "minimumAge", "a", "b", "A-1", "A-2", "A-3", "B-1", "B-2", "D-1", "Y", "Z",
		"n1", "n0", "e1", "e2"}, order)
}
