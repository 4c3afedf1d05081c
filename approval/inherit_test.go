package approval_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/catalogue"
)

// inheriting is the day of the inheritances in these tests.
var inheriting = time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)

func vendors(t testing.TB, edit func(document)) *approval.VendorDeclaration {
	t.Helper()
	d, err := approval.CheckVendorDeclaration(edited(t, "vendor.json", edit), tracked(t))
	require.NoError(t, err)
	return d
}

// product is a declaration about a tool, unchecked, so that it may be broken.
func product(t testing.TB, edit func(document)) *approval.SelfDeclaration {
	t.Helper()
	d := &approval.SelfDeclaration{}
	require.NoError(t, json.Unmarshal(edited(t, "tracked.json", edit), d))
	return d
}

// unanswered drops the answers that a vendor gives for all its tools.
func unanswered(d document) {
	for _, id := range []string{"V-1", "V-2", "V-4"} {
		delete(part(d, "answers"), id)
	}
	d["evidence"] = d["evidence"].([]any)[:1]
}

func TestVendorDeclarations(t *testing.T) {
	cases := []struct {
		name string
		edit func(document)
		want []found
		says string
	}{
		{"as it is", nil, nil, ""},
		{"one answer only", func(d document) { delete(part(d, "answers"), "V-2") }, nil, ""},
		{"level that facts of a tool may ask for", func(d document) { delete(item(d, "evidence", 1), "level") }, nil, ""},
		{"answer about a tool", func(d document) { part(d, "answers")["V-3"] = fresh(t, "V-3", "yes") },
			[]found{{"/answers/V-3", "V-3", "unknown-member"}}, "concerns each tool"},
		{"answer to what is withdrawn", func(d document) { part(d, "answers")["W-2"] = fresh(t, "W-2", "yes") },
			[]found{{"/answers/W-2", "W-2", approval.CodeWithdrawn}}, "no longer in use"},
		{"inherited itself", ofAnswer("V-2", put("inherited", document{"declaration": "own-0", "sha256": strings.Repeat("0", 64), "until": "2027-01-01"})),
			[]found{{"/answers/V-2/inherited", "V-2", "contradiction"}}, "remove inherited"},
		{"yes without evidence where it hangs on the tool", ofAnswer("V-4", removing("evidence")),
			[]found{{"/answers/V-4/evidence", "V-4", approval.CodeMissingEvidence}}, "evidence is missing"},
		{"level that is always asked for", func(d document) { delete(item(d, "evidence", 0), "level") },
			[]found{{"/evidence/0/level", "V-1", approval.CodeEvidenceLevel}}, "other than the author"},
		{"nobody answered", ofAnswer("V-1", removing("answered")), []found{{"/answers/V-1/answered", "V-1", "missing-member"}}, "who answered"},
		{"facts", put("facts", document{}), []found{{"/facts", "", "unknown-member"}}, ""},
		{"nobody signed", removing("signedBy"), []found{{"/signedBy", "", "missing-member"}}, "missing"},
		{"version of the future", put("version", 2), []found{{"/version", "", "not-allowed"}}, "1"},
		{"another set", put("set", document{"id": "tracked", "version": "2.0.0"}), []found{{"/set/version", "", "other-set"}}, "tracked version 1.0.0"},
		{"identity number", put("id", "000000-00000"), []found{{"/id", "", approval.CodePersonalData}}, "Remove it"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d, err := approval.CheckVendorDeclaration(edited(t, "vendor.json", c.edit), tracked(t))
			if c.want == nil {
				require.NoError(t, err)
				again, err := approval.CheckVendorDeclaration([]byte(encode(t, d)), tracked(t))
				require.NoError(t, err)
				assert.Equal(t, d.Digest(), again.Digest())
				return
			}
			assert.Nil(t, d)
			ps := problems(t, err)
			assert.Equal(t, c.want, places(ps))
			assert.Contains(t, ps[0].Text["en"], c.says)
		})
	}
	_, err := approval.CheckVendorDeclaration(read(t, "vendor.json"), nil)
	require.ErrorIs(t, err, approval.ErrSet)
	assert.Empty(t, (*approval.VendorDeclaration)(nil).Digest())
	assert.NotEqual(t, vendors(t, nil).Digest(), vendors(t, put("id", "own-2")).Digest())
	same := vendors(t, nil)
	same.Version = 0
	assert.Equal(t, vendors(t, nil).Digest(), same.Digest(), "0 means the same")
}

func TestInheritFillsWhatIsNotAnswered(t *testing.T) {
	own, set := vendors(t, nil), tracked(t)
	tool := product(t, unanswered)
	before, ownBefore := encode(t, tool), encode(t, own)
	got, report, err := approval.Inherit(tool, own, set, inheriting)
	require.NoError(t, err)
	assert.Equal(t, approval.InheritReport{Filled: []string{"V-1", "V-2", "V-4"}, Renamed: map[string]string{"e1": "e1-2"}}, report)
	assert.Equal(t, []string{"e1", "e1-2", "e3"}, ids(got.Evidence))
	for id, until := range map[string]catalogue.Date{"V-1": "2028-01-15", "V-2": "2028-09-01", "V-4": "2027-02-01"} {
		assert.Equal(t, &approval.Origin{Declaration: "own-1", SHA256: own.Digest(), Until: until}, got.Answers[id].Inherited, id)
		assert.Equal(t, own.Answers[id].Answered, got.Answers[id].Answered)
	}
	assert.Equal(t, []string{"e1-2"}, got.Answers["V-1"].Evidence)
	assert.Equal(t, "Sertifikat", got.Evidence[1].Title)

	_, err = approval.CheckDeclaration([]byte(encode(t, got)), set)
	require.NoError(t, err, "what comes out is a good declaration")
	assert.Equal(t, before, encode(t, tool), "the tool's declaration is not changed")
	assert.Equal(t, ownBefore, encode(t, own), "nor is the vendor's")
	got.Answers["V-1"].Evidence[0], got.Answers["V-1"].Answered.By, got.Evidence[0].ID = "x", "x", "x"
	assert.Equal(t, before, encode(t, tool), "nor what they share")
	assert.Equal(t, ownBefore, encode(t, own))
}

func ids(es []approval.Evidence) (out []string) {
	for _, e := range es {
		out = append(out, e.ID)
	}
	return out
}

func TestTheToolsOwnAnswerWins(t *testing.T) {
	tool := product(t, func(d document) { delete(part(d, "answers", "V-4"), "inherited") })
	got, report, err := approval.Inherit(tool, vendors(t, nil), tracked(t), inheriting)
	require.NoError(t, err)
	assert.Equal(t, approval.InheritReport{Kept: []string{"V-1", "V-2", "V-4"}}, report)
	assert.Equal(t, tool, got)
}

// A renewed declaration takes the place of the old one, and its evidence goes with it.
func TestWhatWasInheritedIsTakenAnew(t *testing.T) {
	own, set := vendors(t, nil), tracked(t)
	first, _, err := approval.Inherit(product(t, unanswered), own, set, inheriting)
	require.NoError(t, err)
	again, report, err := approval.Inherit(first, own, set, inheriting)
	require.NoError(t, err)
	assert.Equal(t, []string{"V-1", "V-2", "V-4"}, report.Filled)
	assert.Equal(t, first, again)

	renewed := vendors(t, func(d document) {
		delete(part(d, "answers"), "V-4")
		d["id"], d["submitted"], d["evidence"] = "own-2", "2026-10-30", d["evidence"].([]any)[:1]
	})
	before := encode(t, first)
	last, report, err := approval.Inherit(first, renewed, set, inheriting)
	require.NoError(t, err)
	assert.Equal(t, before, encode(t, first), "the declaration is not changed where evidence goes")
	assert.Equal(t, []string{"V-4"}, report.Missing)
	assert.NotContains(t, last.Answers, "V-4", "the old answer is not kept")
	assert.Equal(t, "own-2", last.Answers["V-2"].Inherited.Declaration)
	assert.Equal(t, []string{"e1", "e1-2"}, ids(last.Evidence))
}

func TestInheritIntoADraft(t *testing.T) {
	empty := product(t, func(d document) {
		for _, m := range []string{"submitted", "signedBy", "facts", "answers", "evidence"} {
			delete(d, m)
		}
	})
	got, report, err := approval.Inherit(empty, vendors(t, nil), tracked(t), inheriting)
	require.NoError(t, err)
	assert.Len(t, report.Filled, 3)
	assert.Empty(t, report.Renamed)
	assert.Nil(t, empty.Answers)
	_, err = approval.CheckDraft([]byte(encode(t, got)), tracked(t))
	require.NoError(t, err)
}

// Ids are cut so that they stay ids.
func TestLongIDsOfEvidence(t *testing.T) {
	long := strings.Repeat("e", 64)
	own := vendors(t, func(d document) {
		item(d, "evidence", 0)["id"] = long
		part(d, "answers", "V-1")["evidence"] = []any{long}
	})
	tool := product(t, func(d document) {
		unanswered(d)
		item(d, "evidence", 0)["id"] = long
		d["evidence"] = append(d["evidence"].([]any), document{"id": long[:62] + "-2", "kind": "report", "title": "x", "issued": "2026-01-01"})
		part(d, "answers", "T-2")["evidence"] = []any{long}
	})
	got, report, err := approval.Inherit(tool, own, tracked(t), inheriting)
	require.NoError(t, err)
	assert.Equal(t, long[:62]+"-3", report.Renamed[long])
	_, err = approval.CheckDeclaration([]byte(encode(t, got)), tracked(t))
	require.NoError(t, err)
}

func TestHowLongAnAnswerMayBeReliedOn(t *testing.T) {
	second := func(expires string) func(document) {
		return func(d document) {
			more := maps.Clone(item(d, "evidence", 0))
			more["id"], more["expires"] = "more", expires
			if expires == "" {
				delete(more, "expires")
			}
			d["evidence"] = append(d["evidence"].([]any), more)
			part(d, "answers", "V-1")["evidence"] = []any{"e1", "more"}
		}
	}
	expires := func(day string) func(document) {
		return func(d document) { item(d, "evidence", 0)["expires"] = day }
	}
	cases := []struct {
		name string
		edit func(document)
		at   string
		want catalogue.Date // "" where it is over
	}{
		{"certificate before review", nil, "2026-11-01", "2028-01-15"},
		{"last day of the certificate", nil, "2028-01-15", "2028-01-15"},
		{"a day later", nil, "2028-01-16", ""},
		{"review before certificate", expires("2030-01-01"), "2026-11-01", "2028-09-01"},
		{"last day of the review time", expires("2030-01-01"), "2028-09-01", "2028-09-01"},
		{"the longer of two", second("2028-03-01"), "2026-11-01", "2028-03-01"},
		{"one of two without an end", second(""), "2026-11-01", "2028-09-01"},
		{"one of two is over", second("2028-03-01"), "2028-02-01", "2028-03-01"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			at, err := time.Parse(time.DateOnly, c.at)
			require.NoError(t, err)
			got, report, err := approval.Inherit(product(t, unanswered), vendors(t, c.edit), tracked(t), at)
			require.NoError(t, err)
			if c.want == "" {
				assert.Contains(t, report.Over, "V-1")
				assert.NotContains(t, got.Answers, "V-1")
				return
			}
			require.Contains(t, report.Filled, "V-1")
			assert.Equal(t, c.want, got.Answers["V-1"].Inherited.Until)
		})
	}
}

func TestInheritRefuses(t *testing.T) {
	type call struct {
		tool *approval.SelfDeclaration
		own  *approval.VendorDeclaration
		set  *approval.RequirementSet
		at   time.Time
	}
	cases := []struct {
		name string
		edit func(*call)
		want error
	}{
		{"no tool", func(c *call) { c.tool = nil }, approval.ErrNoDeclaration},
		{"no vendor", func(c *call) { c.own = nil }, approval.ErrNoDeclaration},
		{"no set", func(c *call) { c.set = nil }, approval.ErrSet},
		{"a set of one's own", func(c *call) { c.set = &approval.RequirementSet{} }, approval.ErrSet},
		{"no time", func(c *call) { c.at = time.Time{} }, approval.ErrNoTime},
		{"another vendor", func(c *call) { c.own.Vendor.OrgNumber = "315260183" }, approval.ErrOtherVendor},
		{"no number at all", func(c *call) { c.own.Vendor.OrgNumber, c.tool.Vendor.OrgNumber = "", "" }, approval.ErrOtherVendor},
		{"tool of another set", func(c *call) { c.tool.Set.Version = "2.0.0" }, approval.ErrOtherSet},
		{"vendor of another set", func(c *call) { c.own.Set.ID = "small" }, approval.ErrOtherSet},
		{"both of another set", func(c *call) { c.set = small(t) }, approval.ErrOtherSet},
		{"from a later day", func(c *call) { c.at = c.at.AddDate(0, -3, 0) }, approval.ErrNotSubmittedYet},
		{"over", func(c *call) { c.at = time.Date(2028, 9, 2, 0, 0, 0, 0, time.UTC) }, approval.ErrVendorDeclarationOver},
		{"not signed", func(c *call) { c.own.SignedBy.Name = "" }, approval.ErrInvalid},
		{"not submitted", func(c *call) { c.own.Submitted = "" }, approval.ErrInvalid},
		{"answer without evidence", func(c *call) { c.own.Evidence = nil }, approval.ErrInvalid},
		{"year 10000", func(c *call) { c.own.Answers["V-1"].Answered.At = time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC) }, approval.ErrInvalid},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			in := call{product(t, unanswered), vendors(t, nil), tracked(t), inheriting}
			c.edit(&in)
			got, report, err := approval.Inherit(in.tool, in.own, in.set, in.at)
			require.ErrorIs(t, err, c.want)
			assert.Nil(t, got)
			assert.Zero(t, report)
		})
	}
}

// The day is read where the caller is.
func TestTheDayOfInheriting(t *testing.T) {
	oslo := time.FixedZone("Oslo", 3600)
	lastMinute := time.Date(2028, 9, 1, 23, 59, 0, 0, oslo)
	_, _, err := approval.Inherit(product(t, unanswered), vendors(t, nil), tracked(t), lastMinute)
	require.NoError(t, err)
	_, _, err = approval.Inherit(product(t, unanswered), vendors(t, nil), tracked(t), lastMinute.Add(time.Minute))
	require.ErrorIs(t, err, approval.ErrVendorDeclarationOver)
}

func TestPruneInapplicable(t *testing.T) {
	cases := []struct {
		name    string
		edit    func(document)
		dropped []string
	}{
		{"nothing", nil, nil},
		{"a fact has changed", func(d document) { part(d, "facts")["login"] = false }, []string{"T-3", "V-4"}},
		{"a fact is not known", func(d document) { delete(part(d, "facts"), "login") }, nil},
		{"a fact has a value of the wrong type", func(d document) { part(d, "facts")["login"] = "no" }, nil},
		{"withdrawn", func(d document) { part(d, "answers")["W-1"] = fresh(t, "W-1", "yes") }, []string{"W-1"}},
		{"over", func(d document) { part(d, "answers")["T-4"] = fresh(t, "T-4", "yes") }, []string{"T-4"}},
		{"over, in a draft", func(d document) {
			part(d, "answers")["T-4"] = fresh(t, "T-4", "yes")
			delete(d, "submitted")
		}, nil},
		{"yet to come", func(d document) { part(d, "answers")["T-5"] = fresh(t, "T-5", "yes") }, nil},
		{"unknown to the set", func(d document) { part(d, "answers")["Z-9"] = document{"status": "yes"} }, nil},
		{"in the set's order", func(d document) {
			part(d, "facts")["login"] = false
			part(d, "answers")["W-2"], part(d, "answers")["T-4"] = fresh(t, "W-2", "yes"), fresh(t, "T-4", "yes")
		}, []string{"T-3", "T-4", "V-4", "W-2"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d := product(t, c.edit)
			before := encode(t, d)
			pruned, dropped := approval.PruneInapplicable(d, tracked(t))
			assert.Equal(t, c.dropped, dropped)
			assert.Equal(t, before, encode(t, d), "the declaration is not changed")
			left := slices.Sorted(maps.Keys(pruned.Answers))
			for _, id := range dropped {
				delete(d.Answers, id)
			}
			assert.Equal(t, slices.Sorted(maps.Keys(d.Answers)), left)
			assert.Equal(t, d.Evidence, pruned.Evidence)
		})
	}
	none, dropped := approval.PruneInapplicable(nil, tracked(t))
	assert.Nil(t, none)
	assert.Empty(t, dropped)
	kept, dropped := approval.PruneInapplicable(product(t, nil), &approval.RequirementSet{})
	assert.Len(t, kept.Answers, 7)
	assert.Empty(t, dropped)
}

// What is pruned and checked again has no problem that it had not before.
func TestPruningAnOldDraft(t *testing.T) {
	d := product(t, func(d document) {
		part(d, "answers")["W-1"] = fresh(t, "W-1", "yes")
		part(d, "facts")["login"] = false
	})
	_, err := approval.CheckDeclaration([]byte(encode(t, d)), tracked(t))
	assert.Equal(t, []found{{"/answers/W-1", "W-1", approval.CodeWithdrawn}}, places(problems(t, err)))
	pruned, dropped := approval.PruneInapplicable(d, tracked(t))
	assert.Equal(t, []string{"T-3", "V-4", "W-1"}, dropped)
	_, err = approval.CheckDeclaration([]byte(encode(t, pruned)), tracked(t))
	require.NoError(t, err)
}
