package approvalcdx_test

import (
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/verktoykatalog/verktoy/approval"
	"github.com/verktoykatalog/verktoy/approval/approvalcdx"
	"github.com/verktoykatalog/verktoy/approval/requirement"
)

type object = map[string]any

var decided = time.Date(2026, 11, 22, 10, 30, 0, 0, time.FixedZone("Oslo", 3600))

func read(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile("../testdata/" + name)
	require.NoError(t, err)
	return data
}

// decision is what comes of the good declaration with one change.
func decision(t testing.TB, edit func(*approval.SelfDeclaration)) (*approval.Decision, *approval.SelfDeclaration, *approval.RequirementSet) {
	t.Helper()
	set, err := approval.ParseRequirementSet(read(t, "small@1.0.0.json"))
	require.NoError(t, err)
	d, err := approval.CheckDeclaration(read(t, "good.json"), set)
	require.NoError(t, err)
	if edit != nil {
		edit(d)
	}
	dec, err := approval.Evaluate(d, set, decided)
	require.NoError(t, err)
	return dec, d, set
}

func export(t testing.TB, edit func(*approval.SelfDeclaration), o approvalcdx.Options) []byte {
	t.Helper()
	dec, d, set := decision(t, edit)
	out, err := approvalcdx.Export(dec, d, set, o)
	require.NoError(t, err)
	return out
}

func parsed(t testing.TB, text []byte) object {
	t.Helper()
	var out object
	require.NoError(t, json.Unmarshal(text, &out))
	return out
}

type written struct {
	name    string
	written []byte
}

func cases(t *testing.T) []written {
	t.Helper()
	out := []written{
		{"good", export(t, nil, approvalcdx.Options{})},
		{"by another, in Nynorsk", export(t, nil, approvalcdx.Options{Assessor: "Helsedirektoratet", Lang: "nn"})},
		{"confidential", export(t, confidential, approvalcdx.Options{})},
		{"nothing answered", export(t, func(d *approval.SelfDeclaration) { clear(d.Answers); d.Evidence = nil }, approvalcdx.Options{})},
		{"no and not applicable", export(t, refusing, approvalcdx.Options{})},
	}
	for _, ref := range []string{"web-baseline"} {
		set, err := requirement.Get(ref)
		require.NoError(t, err)
		data, err := os.ReadFile("../../examples/demo/declaration.json")
		require.NoError(t, err)
		d, err := approval.CheckDeclaration(data, set)
		require.NoError(t, err)
		dec, err := approval.Evaluate(d, set, decided)
		require.NoError(t, err)
		text, err := approvalcdx.Export(dec, d, set, approvalcdx.Options{})
		require.NoError(t, err)
		out = append(out, written{ref, text})
	}
	return out
}

func confidential(d *approval.SelfDeclaration) { d.Evidence[0].Confidential = true }

func refusing(d *approval.SelfDeclaration) {
	d.Answers["A-1"] = approval.Answer{Status: approval.No, Explanation: "Ikke ennå"}
}

func part(o object, path ...string) []any {
	for _, name := range path[:len(path)-1] {
		o = o[name].(object)
	}
	list, _ := o[path[len(path)-1]].([]any)
	return list
}

func byRef(t testing.TB, list []any, name, ref string) object {
	t.Helper()
	for _, one := range list {
		if one.(object)[name] == ref {
			return one.(object)
		}
	}
	require.Fail(t, "not there", ref)
	return nil
}

func TestWhatIsWritten(t *testing.T) {
	out := parsed(t, export(t, func(d *approval.SelfDeclaration) {
		refusing(d)
		d.Evidence[0].Level, d.Evidence[0].Issuer, d.Evidence[0].Expires = approval.ThirdParty, "Testerne AS", "2027-02-28"
	}, approvalcdx.Options{Assessor: "Helsedirektoratet"}))
	assert.Equal(t, "2026-11-22T09:30:00Z", out["metadata"].(object)["timestamp"])

	assessor := part(out, "declarations", "assessors")[0].(object)
	assert.Equal(t, true, assessor["thirdParty"])
	assert.Equal(t, object{"name": "Helsedirektoratet"}, assessor["organization"])

	standard := part(out, "definitions", "standards")[0].(object)
	assert.Equal(t, "1.0.0", standard["version"])
	byRef(t, standard["requirements"].([]any), "bom-ref", "requirement-A-1")

	maps := part(out, "declarations", "attestations")[0].(object)["map"].([]any)
	no := byRef(t, maps, "requirement", "requirement-A-1")
	assert.Equal(t, []any{"claim-A-1"}, no["counterClaims"])
	assert.Nil(t, no["claims"])
	assert.Equal(t, 0.0, no["conformance"].(object)["score"])
	assert.Equal(t, 0.25, no["confidence"].(object)["score"])
	yes := byRef(t, maps, "requirement", "requirement-A-2")
	assert.Equal(t, []any{"claim-A-2"}, yes["claims"])
	assert.Equal(t, 1.0, yes["conformance"].(object)["score"])
	assert.Equal(t, 1.0, yes["confidence"].(object)["score"], "conformance and confidence are apart")

	claim := byRef(t, part(out, "declarations", "claims"), "bom-ref", "claim-A-2")
	assert.Equal(t, []any{"evidence-e1"}, claim["evidence"])
	evidence := byRef(t, part(out, "declarations", "evidence"), "bom-ref", "evidence-e1")
	assert.Equal(t, "2026-03-01T00:00:00Z", evidence["created"])
	assert.Equal(t, "2027-03-01T00:00:00Z", evidence["expires"], "the day after the last")
	assert.Equal(t, object{"name": "Testerne AS"}, evidence["author"])

	signatory := out["declarations"].(object)["affirmation"].(object)["signatories"].([]any)[0].(object)
	assert.Equal(t, "Kari Nordmann", signatory["name"])
}

// What is not known has no score: it is not zero.
func TestUnknownHasNoScore(t *testing.T) {
	out := parsed(t, export(t, func(d *approval.SelfDeclaration) { delete(d.Answers, "A-1") }, approvalcdx.Options{}))
	m := byRef(t, part(out, "declarations", "attestations")[0].(object)["map"].([]any), "requirement", "requirement-A-1")
	assert.NotContains(t, m["conformance"], "score")
	assert.NotEmpty(t, m["conformance"].(object)["rationale"])
	assert.NotContains(t, m, "confidence")
	assert.NotContains(t, m, "claims")
}

func TestTheVendorIsNoThirdParty(t *testing.T) {
	for _, name := range []string{"", " ", "søvnhjelp as ", "Søvnhjelp AS"} {
		out := parsed(t, export(t, nil, approvalcdx.Options{Assessor: name}))
		assert.Equal(t, false, part(out, "declarations", "assessors")[0].(object)["thirdParty"], name)
	}
}

func TestConfidentialEvidenceIsLeftOut(t *testing.T) {
	open, closed := string(export(t, nil, approvalcdx.Options{})), string(export(t, confidential, approvalcdx.Options{}))
	for _, secret := range []string{"evidence-e1", "Penetrasjonstest", "pentest.pdf"} {
		assert.Contains(t, open, secret)
		assert.NotContains(t, closed, secret)
	}
}

func TestRefsAreUniqueAndLeadSomewhere(t *testing.T) {
	for _, c := range cases(t) {
		refs, wanted := map[string]bool{}, []string{}
		walk(parsed(t, c.written), func(name string, v any) {
			switch text, _ := v.(string); name {
			case "bom-ref":
				assert.False(t, refs[text], "%s twice", text)
				refs[text] = true
			case "requirement", "claims", "counterClaims", "evidence", "assessor", "target", "parent":
				if text != "" {
					wanted = append(wanted, text)
				}
			}
		})
		require.NotEmpty(t, wanted)
		for _, w := range wanted {
			assert.True(t, refs[w], "%s: %s leads nowhere", c.name, w)
		}
	}
}

// walk visits strings with the name of the member, or of the list, that they are in.
func walk(v any, visit func(name string, v any)) { walkIn("", v, visit) }

func walkIn(name string, v any, visit func(string, any)) {
	visit(name, v)
	switch v := v.(type) {
	case object:
		for n, one := range v {
			walkIn(n, one, visit)
		}
	case []any:
		for _, one := range v {
			walkIn(name, one, visit)
		}
	}
}

func TestTheSameInputGivesTheSameBytes(t *testing.T) {
	dec, d, set := decision(t, nil)
	first, err := approvalcdx.Export(dec, d, set, approvalcdx.Options{})
	require.NoError(t, err)
	for range 50 {
		again, err := approvalcdx.Export(dec, d, set, approvalcdx.Options{})
		require.NoError(t, err)
		require.Equal(t, string(first), string(again))
	}
	other := parsed(t, export(t, nil, approvalcdx.Options{Lang: "nb"}))
	assert.NotEqual(t, parsed(t, first)["serialNumber"], other["serialNumber"])
}

func TestExportRefuses(t *testing.T) {
	dec, d, set := decision(t, nil)
	altered := *dec
	altered.Outcome = approval.Rejected
	_, err := approvalcdx.Export(&altered, d, set, approvalcdx.Options{})
	assert.ErrorIs(t, err, approval.ErrAltered)
	_, err = approvalcdx.Export(nil, d, set, approvalcdx.Options{})
	assert.ErrorIs(t, err, approval.ErrAltered)
	_, other, _ := decision(t, refusing)
	_, err = approvalcdx.Export(dec, other, set, approvalcdx.Options{})
	assert.ErrorIs(t, err, approval.ErrOtherDeclaration)
	_, err = approvalcdx.Export(dec, d, nil, approvalcdx.Options{})
	assert.ErrorIs(t, err, approval.ErrSet)
	_, err = approvalcdx.Export(dec, d, set, approvalcdx.Options{Assessor: "13097248022"})
	assert.ErrorContains(t, err, "Options.Assessor")
	assert.NotContains(t, err.Error(), "13097248022")

	dec, d, set = decision(t, func(d *approval.SelfDeclaration) { d.SignedBy.Title = "leder 13097248022" })
	_, err = approvalcdx.Export(dec, d, set, approvalcdx.Options{})
	var wrong *approval.DeclarationError
	require.True(t, errors.As(err, &wrong))
	assert.Equal(t, "/signedBy/title", wrong.Problems[0].Pointer)
	assert.False(t, strings.Contains(err.Error(), "13097248022"))
}
